/*
 * Columns: their ids, headings and kinds.
 */
#include "sum/outline_table.h"

#include "rule/place.h"

#define MAX_ID_SIZE 512

static const struct indicator_part {
    const char *suffix;
    tb_message heading;
    tb_sum_kind kind;
} parts[TB_SUM_PART_COUNT] = {
    [TB_SUM_INDICATOR_KIND] = {"_kind", TB_MSG_SUM_PART_KIND, TB_SUM_WORD},
    [TB_SUM_INDICATOR_OPERATOR] = {"_operator", TB_MSG_SUM_PART_OPERATOR, TB_SUM_TEXT},
    [TB_SUM_INDICATOR_NUMBER] = {"_number", TB_MSG_SUM_PART_NUMBER, TB_SUM_NUMBER},
    [TB_SUM_INDICATOR_UPPER] = {"_upper", TB_MSG_SUM_PART_UPPER, TB_SUM_NUMBER},
    [TB_SUM_INDICATOR_UNIT] = {"_unit", TB_MSG_SUM_PART_UNIT, TB_SUM_TEXT},
};

static const tb_sum_kind kinds[] = {
    [TB_FIELD_TEXT] = TB_SUM_TEXT,      [TB_FIELD_AMOUNT] = TB_SUM_NUMBER,
    [TB_FIELD_NUMBER] = TB_SUM_NUMBER,  [TB_FIELD_SHARE] = TB_SUM_NUMBER,
    [TB_FIELD_DATE] = TB_SUM_DAY,       [TB_FIELD_YEAR] = TB_SUM_COUNT,
    [TB_FIELD_PHONE] = TB_SUM_TEXT,     [TB_FIELD_CODE] = TB_SUM_TEXT,
    [TB_FIELD_INDICATOR] = TB_SUM_TEXT,
};

/* ---- texts ---- */

static tb_str keep(tb_growing_table *self, tb_str text)
{
    tb_str copy = tb_arena_dup(self->arena, text);
    self->failed |= copy.data == NULL;
    return copy;
}

/* 年度目标·目标内容 */
static tb_str join(tb_growing_table *self, tb_str first, tb_str second)
{
    tb_buffer text;
    const tb_str both[] = {first, second};
    tb_buffer_init(&text, MAX_ID_SIZE * 8);
    tb_message_append(&text, self->language, TB_MSG_SUM_JOINED, both, 2);
    tb_str joined = keep(self, tb_buffer_get(&text));
    self->failed |= text.failed;
    tb_buffer_done(&text);
    return joined;
}

static tb_str heading_of(tb_growing_table *self, const tb_field *field, tb_sum_part part)
{
    tb_str heading = tb_localized_get(&field->name, self->language);
    if (part == TB_SUM_WHOLE)
        return heading;
    return join(self, heading, tb_str_of(tb_message_get(self->language, parts[part].heading)));
}

void tb_growing_table_append_id(tb_buffer *out, const tb_field *field, tb_sum_origin origin,
                                tb_sum_part part)
{
    static const char *const taken[] = {"unit", "year", "file", "sheet", "cell", "block"};
    const char *prefix = origin == TB_SUM_FROM_OUTER ? "block_" : "";
    for (size_t i = 0; i < sizeof taken / sizeof taken[0] && *prefix == '\0'; i++)
        if (part == TB_SUM_WHOLE && tb_str_equal(field->id, tb_str_of(taken[i])))
            prefix = "field_";
    tb_buffer_cstr(out, prefix);
    tb_buffer_text(out, field->id);
    tb_buffer_cstr(out, part == TB_SUM_WHOLE ? "" : parts[part].suffix);
}

/* The same, with as many underscores behind as it takes to be another one. */
static tb_str id_of(tb_growing_table *self, const tb_field *field, tb_sum_source source,
                    unsigned again)
{
    tb_buffer id;
    tb_buffer_init(&id, MAX_ID_SIZE);
    tb_growing_table_append_id(&id, field, source.origin, source.part);
    for (; again > 0; again--)
        tb_buffer_char(&id, '_');
    tb_str kept = keep(self, tb_buffer_get(&id));
    self->failed |= id.failed;
    tb_buffer_done(&id);
    return kept;
}

/* ---- columns ---- */

static size_t push(tb_growing_table *self, tb_sum_column column)
{
    tb_sum_table *table = &self->table;
    if (table->column_count == self->capacity) {
        size_t wanted = self->capacity == 0 ? 16 : self->capacity * 2;
        tb_sum_column *grown = NULL;
        if (wanted <= TB_SUM_MAX_COLUMNS)
            grown = tb_arena_grow(self->arena, self->columns, table->column_count, wanted,
                                  sizeof *self->columns);
        if (grown == NULL) {
            self->failed = true;
            return 0;
        }
        self->columns = grown;
        self->capacity = wanted;
        table->columns = grown;
    }
    self->columns[table->column_count] = column;
    return table->column_count++;
}

static size_t find(const tb_growing_table *self, tb_str id)
{
    size_t i = 0;
    while (i < self->table.column_count && !tb_str_equal(self->columns[i].id, id))
        i++;
    return i;
}

void tb_growing_table_add(tb_growing_table *self, const char *id, tb_message heading,
                          tb_sum_kind kind)
{
    push(self, (tb_sum_column){.id = tb_str_of(id),
                               .heading = tb_str_of(tb_message_get(self->language, heading)),
                               .kind = kind});
}

void tb_growing_table_init(tb_growing_table *self, tb_arena *arena, tb_language language,
                           bool of_forms)
{
    *self = (tb_growing_table){.arena = arena, .language = language};
    self->table.of_forms = of_forms;
    if (!of_forms)
        return;
    tb_growing_table_add(self, "unit", TB_MSG_SUM_COLUMN_UNIT, TB_SUM_TEXT);
    tb_growing_table_add(self, "year", TB_MSG_SUM_COLUMN_YEAR, TB_SUM_COUNT);
    tb_growing_table_add(self, "file", TB_MSG_SUM_COLUMN_FILE, TB_SUM_TEXT);
}

void tb_growing_table_add_origin(tb_growing_table *self, const char *id, tb_message heading,
                                 tb_sum_origin origin, tb_sum_source *sources)
{
    size_t column = find(self, tb_str_of(id));
    if (column == self->table.column_count)
        tb_growing_table_add(self, id, heading, TB_SUM_TEXT);
    sources[column] = (tb_sum_source){.origin = origin};
}

static void add_part(tb_growing_table *self, const tb_field *field, tb_sum_source source,
                     tb_sum_source *sources)
{
    size_t column = 0;
    tb_str id;
    for (unsigned again = 0; again < 6; again++) {
        id = id_of(self, field, source, again);
        column = find(self, id);
        if (column == self->table.column_count || sources[column].origin == TB_SUM_FROM_NOTHING)
            break;
    }
    if (column == self->table.column_count) {
        tb_sum_kind kind =
            source.part == TB_SUM_WHOLE ? kinds[field->type] : parts[source.part].kind;
        bool is_money = source.part == TB_SUM_WHOLE && field->type == TB_FIELD_AMOUNT;
        column =
            push(self, (tb_sum_column){id, heading_of(self, field, source.part), kind, is_money});
    }
    if (!self->failed)
        sources[column] = source;
}

void tb_growing_table_add_field(tb_growing_table *self, const tb_scope *scope,
                                const tb_field *field, tb_sum_source *sources)
{
    tb_sum_source source = {.slot = field->slot, .part = TB_SUM_WHOLE};
    source.origin = field->scope == scope ? TB_SUM_FROM_FIELD : TB_SUM_FROM_OUTER;
    add_part(self, field, source, sources);
    if (field->type != TB_FIELD_INDICATOR)
        return;
    for (int part = TB_SUM_WHOLE + 1; part < TB_SUM_PART_COUNT; part++) {
        source.part = (tb_sum_part)part;
        add_part(self, field, source, sources);
    }
}
