/*
 * The cells of an OpenDocument table: what their start tags say, and what stands in them. A tag
 * that stands in the part again is taken apart once.
 */
#include "base/search.h"
#include "sheet/number.h"
#include "sheet/ods_table.h"

uint32_t tb_ods_count(tb_str value, uint32_t max)
{
    uint64_t count = 0;
    for (size_t i = 0; i < value.size; i++) {
        unsigned digit = (unsigned char)value.data[i] - (unsigned)'0';
        if (digit >= 10)
            break;
        count = count * 10 + digit;
        if (count > max)
            return max;
    }
    return count > 0 ? (uint32_t)count : 1;
}

/* ---- Formats ---- */

static tb_str find_column_style(const tb_ods_table *table, uint32_t column)
{
    size_t count = tb_upper_bound(table->columns, table->column_count, sizeof *table->columns,
                                  offsetof(tb_ods_column_style, first), column);
    return count > 0 ? table->columns[count - 1].name : (tb_str){NULL, 0};
}

static tb_number_format find_format(tb_ods_table *table, tb_str style)
{
    if (style.size == 0)
        style = table->row_style;
    if (style.size == 0)
        style = find_column_style(table, table->column);
    if (table->last_style.data != NULL && tb_str_equal(style, table->last_style))
        return table->last_format;
    table->last_style = style.data != NULL ? style : (tb_str){"", 0};
    table->last_format = tb_ods_find_format(table->styles, style);
    return table->last_format;
}

/* ---- Values ---- */

static void set_text(tb_cell *cell, tb_str text)
{
    cell->text = text;
    cell->type = text.size > 0 ? TB_CELL_TEXT : TB_CELL_EMPTY;
}

/* A value with a format of its own where the style has none. */
static void set_number(tb_cell *cell, tb_cell_type type, tb_number_format format)
{
    cell->type = type;
    if (cell->format.class_ == TB_FORMAT_GENERAL)
        cell->format = format;
}

static void set_numeric(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text,
                        tb_number_format format)
{
    if (!tb_number_parse(tag->value, &cell->number)) {
        set_text(cell, tag->value.size > 0 ? tag->value : text);
        return;
    }
    set_number(cell, TB_CELL_NUMBER, format);
    if (cell->format.class_ == TB_FORMAT_DATE)
        cell->type = TB_CELL_DATE;
}

static void set_boolean(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    bool value =
        tb_str_equal(tag->boolean, TB_STR("true")) || tb_str_equal(tag->boolean, TB_STR("1"));
    (void)text;
    cell->number = tb_decimal_of(value ? 1 : 0);
    set_number(cell, TB_CELL_BOOLEAN, (tb_number_format){TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY});
}

static const tb_number_format date_format = {TB_FORMAT_DATE, TB_DECIMALS_ANY};

static void set_float(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    set_numeric(cell, tag, text, cell->format);
}

static void set_percentage(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    set_numeric(cell, tag, text, (tb_number_format){TB_FORMAT_PERCENT, 2});
}

static void set_currency(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    set_numeric(cell, tag, text, (tb_number_format){TB_FORMAT_CURRENCY, 2});
}

static void set_date(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    if (tb_number_parse_date(tag->date, &cell->number))
        set_number(cell, TB_CELL_DATE, date_format);
    else
        set_text(cell, text);
}

static void set_time(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    if (tb_number_parse_duration(tag->time, &cell->number))
        set_number(cell, TB_CELL_DATE, date_format);
    else
        set_text(cell, text);
}

static void set_string(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    set_text(cell, tag->has_string && tag->string.size > 0 ? tag->string : text);
}

static tb_ods_set_value *find_setter(tb_str type)
{
    static const struct {
        const char *type;
        tb_ods_set_value *set;
    } types[] = {
        {"string", set_string},   {"float", set_float},       {"percentage", set_percentage},
        {"boolean", set_boolean}, {"currency", set_currency}, {"date", set_date},
        {"time", set_time},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (tb_str_equal(type, tb_str_of(types[i].type)))
            return types[i].set;
    }
    return set_string;
}

static void set_value(tb_cell *cell, const tb_ods_cell_tag *tag, tb_str text)
{
    if (tag->is_error && text.size > 0) {
        cell->text = text;
        cell->type = TB_CELL_ERROR;
        return;
    }
    tag->set(cell, tag, text);
}

/* ---- Tags ---- */

/* Without the namespace of its language and the equals sign: `of:=SUM(…)` → `SUM(…)`. */
static tb_str bare_formula(tb_str formula)
{
    size_t at = 0;
    while (at < formula.size && formula.data[at] >= 'a' && formula.data[at] <= 'z')
        at++;
    at = at > 0 && at < formula.size && formula.data[at] == ':' ? at + 1 : 0;
    if (at < formula.size && formula.data[at] == '=')
        at++;
    return tb_str_slice(formula, at, formula.size);
}

static void take_attribute(tb_ods_table *table, size_t index, tb_ods_cell_tag *tag)
{
    tb_package *package = table->package;
    tb_xml *xml = &package->xml;
    tb_str value = xml->attributes[index].value;
    switch (xml->attributes[index].token) {
    case O_TABLE_STYLE:
        tag->style = value;
        break;
    case O_VALUE_TYPE:
        tag->type = value;
        break;
    case O_CALC_VALUE_TYPE:
        tag->is_error = tb_str_equal(value, TB_STR("error"));
        break;
    case O_VALUE:
        tag->value = value;
        break;
    case O_DATE_VALUE:
        tag->date = value;
        break;
    case O_TIME_VALUE:
        tag->time = value;
        break;
    case O_BOOLEAN_VALUE:
        tag->boolean = value;
        break;
    case O_STRING_VALUE:
        tag->string = tb_xml_attribute_text(xml, index, &package->arena);
        tag->has_string = true;
        break;
    case O_FORMULA:
        tag->formula = bare_formula(tb_xml_attribute_text(xml, index, &package->arena));
        break;
    case O_CELL_VALIDITY:
        tag->is_restricted = tb_ods_is_restricting(table->validities, value);
        break;
    case O_COLUMNS_REPEATED:
        tag->repeated = tb_ods_count(value, TB_MAX_COLUMNS);
        break;
    case O_COLUMNS_SPANNED:
        tag->columns_spanned = tb_ods_count(value, TB_MAX_COLUMNS);
        break;
    case O_ROWS_SPANNED:
        tag->rows_spanned = tb_ods_count(value, TB_MAX_ROWS);
        break;
    default:
        break;
    }
}

static void take_attributes(tb_ods_table *table, tb_ods_cell_tag *tag)
{
    const tb_xml *xml = &table->package->xml;
    *tag =
        (tb_ods_cell_tag){.repeated = 1, .columns_spanned = 1, .rows_spanned = 1, .is_blank = true};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        unsigned token = xml->attributes[i].token;
        take_attribute(table, i, tag);
        tag->is_blank = tag->is_blank && (token == O_TABLE_STYLE || token == O_COLUMNS_REPEATED);
    }
    tag->set = find_setter(tag->type);
    if (tag->style.size > 0 && !tag->is_blank)
        tag->format = find_format(table, tag->style);
    if (tb_str_find(tag->formula, TB_STR("'file:")) >= 0)
        table->facts->has_external_links = true;
}

/* A tag with a value in it will hardly stand there again. */
static bool may_recur(const tb_xml *xml, const tb_ods_cell_tag *tag)
{
    return xml->tag_is_known || (tag->value.size == 0 && tag->date.size == 0 &&
                                 tag->time.size == 0 && tag->formula.size == 0);
}

const tb_ods_cell_tag *tb_ods_read_cell_tag(tb_ods_table *table, tb_ods_cell_tag *room)
{
    const void **note = tb_xml_note(&table->package->xml);
    if (note != NULL && *note != NULL)
        return *note;
    take_attributes(table, room);
    if (note == NULL || !may_recur(&table->package->xml, room))
        return room;
    tb_ods_cell_tag *kept = tb_arena_room(&table->package->arena, sizeof *kept);
    if (kept == NULL)
        return room;
    *kept = *room;
    *note = kept;
    return kept;
}

/* ---- Cells ---- */

static void add_merges(tb_ods_table *table, const tb_ods_cell_tag *tag)
{
    tb_package *package = table->package;
    if (tag->columns_spanned == 1 && tag->rows_spanned == 1)
        return;
    for (uint32_t i = 0; i < table->rows; i++) {
        uint32_t row = table->row + i;
        tb_range range = {row, table->column, row + tag->rows_spanned - 1,
                          table->column + tag->columns_spanned - 1};
        tb_status status = tb_workbook_builder_merge(package->builder, range, package->error);
        if (status != TB_OK) {
            tb_xml_stop(&package->xml, status);
            return;
        }
    }
}

static void add_validity(tb_ods_table *table, const tb_ods_cell_tag *tag)
{
    tb_package *package = table->package;
    tb_range range = {table->row, table->column, table->row + table->rows - 1,
                      tag->repeated < TB_MAX_COLUMNS - table->column
                          ? table->column + tag->repeated - 1
                          : TB_MAX_COLUMNS - 1};
    tb_status status = tb_workbook_builder_validity(package->builder, range, package->error);
    if (status != TB_OK)
        tb_xml_stop(&package->xml, status);
}

void tb_ods_add_cell(tb_ods_table *table, const tb_ods_cell_tag *tag, tb_str text)
{
    tb_package *package = table->package;
    uint32_t width = tag->repeated;
    if (table->column < TB_MAX_COLUMNS && width > TB_MAX_COLUMNS - table->column)
        width = TB_MAX_COLUMNS - table->column;
    tb_cell *cell =
        tb_workbook_builder_cell(package->builder, table->column, width, package->error);
    if (cell == NULL) {
        tb_xml_stop(&package->xml, TB_LIMIT);
        return;
    }
    cell->format = tag->style.size > 0 ? tag->format : find_format(table, tag->style);
    cell->formula = tag->formula;
    set_value(cell, tag, text);
}

void tb_ods_end_cell(tb_ods_table *table, const tb_ods_cell_tag *tag)
{
    add_merges(table, tag);
    if (tag->is_restricted && table->column < TB_MAX_COLUMNS)
        add_validity(table, tag);
    tb_ods_pass_columns(table, tag->repeated);
}
