/*
 * A text in a formula holds 255 characters; longer ones are put together of pieces.
 */
#include "sum/xlsx_formula.h"

#define PIECE 120 /* code points, each at most two of those characters */

/* ---- texts ---- */

static void append_string(tb_buffer *out, tb_str text)
{
    size_t points = 0;
    tb_buffer_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        bool begins = ((unsigned char)text.data[i] & 0xc0) != 0x80;
        if (begins && points++ == PIECE) {
            tb_buffer_cstr(out, "\"&\"");
            points = 1;
        }
        if (text.data[i] == '"')
            tb_buffer_char(out, '"');
        tb_buffer_char(out, text.data[i]);
    }
    tb_buffer_char(out, '"');
}

static void append_doubled(tb_buffer *out, tb_str text, char quote)
{
    tb_buffer_char(out, quote);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == quote)
            tb_buffer_char(out, quote);
        tb_buffer_char(out, text.data[i]);
    }
    tb_buffer_char(out, quote);
}

/* ---- links ---- */

/* Letters of other scripts stand in a link as they are: both offices take them so. */
static void append_url(tb_buffer *out, tb_str path)
{
    static const char digits[] = "0123456789ABCDEF";
    tb_buffer_cstr(out, "file://");
    for (size_t i = 0; i < path.size; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (c > ' ' && c != '%' && c != '#' && c != '?') {
            tb_buffer_char(out, (char)c);
            continue;
        }
        tb_buffer_char(out, '%');
        tb_buffer_char(out, digits[c >> 4]);
        tb_buffer_char(out, digits[c & 15]);
    }
}

void tb_xlsx_append_link(tb_buffer *out, tb_str path, tb_str sheet, tb_str cell, tb_str shown)
{
    tb_buffer url;
    tb_buffer_init(&url, out->max);
    append_url(&url, path);
    if (cell.size > 0) {
        tb_buffer_char(&url, '#');
        append_doubled(&url, sheet, '\'');
        tb_buffer_char(&url, '!');
        tb_buffer_text(&url, cell);
    }
    tb_buffer_cstr(out, "=HYPERLINK(");
    append_string(out, tb_buffer_get(&url));
    tb_buffer_char(out, ',');
    append_string(out, shown);
    tb_buffer_char(out, ')');
    out->failed |= url.failed;
    tb_buffer_done(&url);
}

/* ---- totals ---- */

size_t tb_xlsx_find_column(const tb_sum_table *table, tb_str id)
{
    size_t i = 0;
    while (i < table->column_count && !tb_str_equal(table->columns[i].id, id))
        i++;
    return i;
}

static void append_letters(tb_buffer *out, size_t column)
{
    if (column >= 26)
        append_letters(out, column / 26 - 1);
    tb_buffer_char(out, (char)('A' + column % 26));
}

void tb_xlsx_append_column(tb_buffer *out, const char *sheet, size_t column)
{
    append_doubled(out, tb_str_of(sheet), '\'');
    tb_buffer_cstr(out, "!$");
    append_letters(out, column);
    tb_buffer_cstr(out, ":$");
    append_letters(out, column);
}

/* Which column of which table the values of an amount stand in. */
typedef struct money_place {
    size_t table, column;
} money_place;

static bool find_in_plan(const tb_sum_plan *plan, const tb_sum_family *family, size_t money,
                         money_place *place)
{
    for (size_t slot = 0; slot < plan->scope->field_count; slot++) {
        if (plan->money[slot] != money)
            continue;
        if (plan->scope->parent == NULL) {
            place->table = family->amounts;
            return true;
        }
        for (size_t i = 0; i < plan->source_count; i++) {
            const tb_sum_source *source = &plan->sources[i];
            place->table = plan->table;
            place->column = TB_SUM_LEAD + i;
            if (source->origin == TB_SUM_FROM_FIELD && source->part == TB_SUM_WHOLE &&
                source->slot == slot)
                return true;
        }
    }
    return false;
}

static bool find_money(const tb_outline *outline, size_t family, size_t money, money_place *place)
{
    for (size_t i = 0; i < outline->definition_count; i++) {
        const tb_definition_plan *definition = &outline->definitions[i];
        for (size_t j = 0; j < definition->plan_count && definition->family == family; j++)
            if (find_in_plan(&definition->plans[j], &outline->families[family], money, place))
                return true;
    }
    return false;
}

static bool find_total(const tb_xlsx_total *total, money_place *place)
{
    const tb_outline *outline = total->outline;
    const tb_sum_table *totals = &outline->tables[TB_SUM_TOTALS];
    tb_str id = total->row[tb_xlsx_find_column(totals, TB_STR("form"))].text;
    tb_str path = total->row[tb_xlsx_find_column(totals, TB_STR("field"))].text;
    for (size_t i = 0; i < outline->family_count; i++) {
        const tb_sum_family *family = &outline->families[i];
        for (size_t j = 0; j < family->money_count && tb_str_equal(family->id, id); j++)
            if (tb_str_equal(family->money[j].path, path))
                return find_money(outline, i, j, place);
    }
    return false;
}

/* ,'sheet'!$B:$B,criterion */
static void append_condition(tb_buffer *out, const char *sheet, size_t column, tb_str criterion)
{
    tb_buffer_char(out, ',');
    tb_xlsx_append_column(out, sheet, column);
    tb_buffer_char(out, ',');
    tb_buffer_text(out, criterion);
}

bool tb_xlsx_append_total(tb_buffer *out, const tb_xlsx_total *total)
{
    money_place place = {0, 0};
    if (!find_total(total, &place))
        return false;
    const tb_sum_table *totals = &total->outline->tables[TB_SUM_TOTALS];
    const tb_sum_table *table = &total->outline->tables[place.table];
    const char *sheet = total->sheets[place.table];
    const tb_sum_cell *year = &total->row[tb_xlsx_find_column(totals, TB_STR("year"))];
    bool is_single = place.column == 0;
    size_t column = is_single ? tb_xlsx_find_column(table, TB_STR("value")) : place.column;
    tb_buffer_cstr(out, "=SUMIFS(");
    tb_xlsx_append_column(out, sheet, tb_xlsx_column(table, column));
    append_condition(out, sheet, tb_xlsx_find_column(table, TB_STR("year")),
                     year->kind == TB_SUM_NONE ? TB_STR("\"=\"") : year->text);
    if (is_single) {
        append_condition(out, sheet,
                         tb_xlsx_column(table, tb_xlsx_find_column(table, TB_STR("field"))),
                         TB_STR(""));
        append_string(out, total->row[tb_xlsx_find_column(totals, TB_STR("field"))].text);
    }
    if (total->without_errors)
        append_condition(out, sheet, TB_XLSX_ERRORS_COLUMN, TB_STR("0"));
    tb_buffer_char(out, ')');
    return true;
}
