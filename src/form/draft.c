/*
 * Goes through the printed texts of a blank form in reading order and makes of each what it looks
 * like. Tables and matrices are draft_table.c.
 */
#include "form/draft.h"

#include <stdio.h>

#include "form/draft_cells.h"
#include "form/draft_words.h"

#define CELLS_MAX  4000
#define LABEL_SIZE 60 /* bytes of a field's label at most; longer texts are notes */

/* ---- cells ---- */

tb_draft_cell *tb_draft__find(const tb_draft *draft, uint32_t sheet, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < draft->count; i++) {
        const tb_range *area = &draft->cells[i].area;
        if (draft->cells[i].sheet == sheet && row >= area->row && row <= area->last_row &&
            column >= area->column && column <= area->last_column)
            return &draft->cells[i];
    }
    return NULL;
}

#define SHOWN_LENGTH 24 /* characters of a text that a note shows */

/* The beginning of a cell's first line. */
static tb_str shorten(tb_draft *draft, tb_str text)
{
    size_t at = 0, length = 0;
    while (at < text.size && text.data[at] != '\n' && length++ < SHOWN_LENGTH)
        tb_text_next(text, &at);
    if (at == text.size)
        return text;
    tb_buffer cut;
    tb_buffer_init(&cut, 256);
    tb_buffer_text(&cut, tb_str_slice(text, 0, at));
    tb_buffer_cstr(&cut, "…");
    tb_str shown = tb_arena_dup(draft->build->arena, tb_buffer_get(&cut));
    tb_buffer_done(&cut);
    return shown;
}

void tb_draft__note(tb_draft *draft, const tb_draft_cell *cell, tb_message message, tb_str argument)
{
    tb_build_fail_at(draft->build, (tb_address){cell->sheet, cell->area.row, cell->area.column},
                     message, shorten(draft, cell->text), argument);
}

/* Splits a label from its colon. */
static bool fold_label(tb_draft_cell *cell, tb_arena *arena)
{
    tb_str key = tb_text_key(arena, cell->text);
    if (key.data == NULL)
        return false;
    cell->key = key;
    if (key.size > 0 && key.data[key.size - 1] == ':') {
        cell->inside = true;
        cell->key.size--;
    }
    return true;
}

static bool add_cell(tb_draft *draft, const tb_sheet *sheet, uint32_t number, uint32_t row,
                     const tb_cell *cell)
{
    tb_draft_cell *added = &draft->cells[draft->count];
    const tb_range *merge = tb_sheet_find_merge(sheet, row, cell->column);
    *added = (tb_draft_cell){.sheet = number, .text = tb_str_trim(cell->text)};
    added->area = merge != NULL ? *merge : (tb_range){row, cell->column, row, cell->column};
    if (cell->type != TB_CELL_TEXT || added->text.size == 0)
        return true;
    draft->count++;
    return fold_label(added, draft->build->arena);
}

static bool collect_cells(tb_draft *draft)
{
    const tb_workbook *workbook = draft->build->workbook;
    draft->cells = tb_arena_array(draft->build->arena, CELLS_MAX + 1, sizeof *draft->cells);
    if (draft->cells == NULL)
        return false;
    for (uint32_t n = 0; n < workbook->sheet_count; n++) {
        const tb_sheet *sheet = &workbook->sheets[n];
        for (size_t i = 0; i < sheet->band_count; i++) {
            const tb_band *band = &sheet->bands[i];
            for (size_t j = 0; j < band->cell_count && draft->count < CELLS_MAX; j++) {
                if (!add_cell(draft, sheet, n, band->row, &band->cells[j]))
                    return false;
            }
        }
    }
    return true;
}

/* ---- rows of the definition ---- */

static bool is_taken(const tb_build_table *table, int owner_column, int id_column, tb_str owner,
                     tb_str id)
{
    for (size_t i = 0; i + 1 < table->row_count; i++) {
        if (tb_str_equal(table->rows[i].cells[owner_column], owner) &&
            tb_str_equal(table->rows[i].cells[id_column], id))
            return true;
    }
    return false;
}

static tb_str make_text(tb_draft *draft, const char *word, size_t number)
{
    char text[64];
    int size = snprintf(text, sizeof text, "%s%zu", word, number);
    return tb_arena_dup(draft->build->arena, (tb_str){text, size > 0 ? (size_t)size : 0});
}

tb_build_row *tb_draft__add(tb_draft *draft, tb_build_table_id table, const tb_draft_cell *label,
                            tb_str owner, const char *prefix)
{
    bool field = table == TB_BUILD_FIELDS;
    int owner_column = field ? TB_FIELDS_IN : TB_BLOCKS_IN;
    int id_column = field ? TB_FIELDS_ID : TB_BLOCKS_ID;
    int name_column = field ? TB_FIELDS_NAME : TB_BLOCKS_NAME;
    tb_build_row *row = tb_build_add_row(draft->build, table, label->area.row);
    if (row == NULL)
        return NULL;
    const tb_draft_word *word = tb_draft_find_word(label->key);
    tb_str id = tb_str_of(word->id), name = tb_str_of(word->name);
    if (id.size == 0 ||
        is_taken(&draft->build->tables[table], owner_column, id_column, owner, id)) {
        id = make_text(draft, prefix, ++draft->names);
        name = id;
    }
    row->cells[owner_column] = owner;
    row->cells[id_column] = id;
    row->cells[name_column] = tb_arena_dup(draft->build->arena, label->key);
    row->cells[name_column + 1] = name;
    row->cells[field ? TB_FIELDS_LABELS : TB_BLOCKS_LABELS] =
        tb_arena_dup(draft->build->arena, label->key);
    return row;
}

tb_build_row *tb_draft__add_field(tb_draft *draft, tb_draft_cell *label, tb_str owner,
                                  const char *prefix)
{
    tb_build_row *row = tb_draft__add(draft, TB_BUILD_FIELDS, label, owner, prefix);
    if (row == NULL)
        return NULL;
    row->cells[TB_FIELDS_TYPE] = tb_str_of(tb_draft_find_word(label->key)->type);
    label->used = true;
    return row;
}

/* ---- title ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 2026年度项目支出绩效目标表: the title without its year. */
static tb_str without_year(tb_str key)
{
    static const char year[] = "年", of_year[] = "年度";
    size_t at = 0;
    while (at < key.size && is_digit(key.data[at]))
        at++;
    tb_str rest = tb_str_slice(key, at, key.size);
    if (at == 0)
        return key;
    if (tb_str_starts(rest, tb_str_of(of_year)))
        return tb_str_slice(rest, sizeof of_year - 1, rest.size);
    return tb_str_starts(rest, tb_str_of(year)) ? tb_str_slice(rest, sizeof year - 1, rest.size)
                                                : key;
}

/* The first text that ends as the titles of forms do, else the first of all. */
static tb_draft_cell *find_title(const tb_draft *draft)
{
    static const char *const endings[] = {"表", "单", "书"};
    tb_draft_cell *first = NULL;
    for (size_t i = 0; i < draft->count; i++) {
        if (tb_str_find(draft->cells[i].key, TB_STR("{")) >= 0 || draft->cells[i].key.size == 0 ||
            draft->cells[i].key.size > LABEL_SIZE)
            continue;
        first = first != NULL ? first : &draft->cells[i];
        for (size_t j = 0; j < sizeof endings / sizeof endings[0]; j++) {
            if (tb_str_ends(draft->cells[i].key, tb_str_of(endings[j])))
                return &draft->cells[i];
        }
    }
    return first;
}

static void draft_title(tb_draft *draft)
{
    tb_draft_cell *cell = find_title(draft);
    tb_build_row *row = tb_build_add_row(draft->build, TB_BUILD_ABOUT, 0);
    if (row == NULL)
        return;
    tb_str title = cell == NULL ? tb_str_of("新表")
                                : tb_arena_dup(draft->build->arena, without_year(cell->key));
    row->cells[TB_ABOUT_ID] = TB_STR("new-form");
    row->cells[TB_ABOUT_VERSION] = TB_STR("1");
    row->cells[TB_ABOUT_TITLE] = title;
    row->cells[TB_ABOUT_TITLE_EN] = TB_STR("New form");
    row->cells[TB_ABOUT_LABELS] = title;
    if (cell == NULL)
        return;
    cell->used = true;
    tb_draft__note(draft, cell, TB_MSG_FORM_DRAFT_TITLE, TB_STR(""));
}

/* ---- blocks ---- */

/* 年度目标1：… : the size of what stands before the number; 0: it is no such title. */
static size_t find_number(tb_str key)
{
    size_t end = 0;
    while (end < key.size && !is_digit(key.data[end]))
        end++;
    size_t at = end;
    while (at < key.size && is_digit(key.data[at]))
        at++;
    bool title = end > 0 && at > end && at < key.size && key.data[at] == ':';
    return title ? end : 0;
}

static void add_block_field(tb_draft *draft, uint32_t row, tb_str owner, const char *id,
                            const char *name, const char *english, const char *type)
{
    tb_build_row *field = tb_build_add_row(draft->build, TB_BUILD_FIELDS, row);
    if (field == NULL)
        return;
    field->cells[TB_FIELDS_IN] = owner;
    field->cells[TB_FIELDS_ID] = tb_str_of(id);
    field->cells[TB_FIELDS_NAME] = tb_str_of(name);
    field->cells[TB_FIELDS_NAME_EN] = tb_str_of(english);
    field->cells[TB_FIELDS_TYPE] = tb_str_of(type);
}

static tb_str find_block(const tb_draft *draft, tb_str name)
{
    const tb_build_table *blocks = &draft->build->tables[TB_BUILD_BLOCKS];
    for (size_t i = 0; i < blocks->row_count; i++) {
        if (tb_str_equal(blocks->rows[i].cells[TB_BLOCKS_NAME], name) &&
            tb_str_equal(blocks->rows[i].cells[TB_BLOCKS_KIND], TB_STR("block")))
            return blocks->rows[i].cells[TB_BLOCKS_ID];
    }
    return TB_STR("");
}

static tb_str block_title(tb_draft *draft, tb_str name)
{
    static const char captures[] = "{number}：{text}";
    tb_buffer title;
    tb_buffer_init(&title, 512);
    tb_buffer_text(&title, name);
    tb_buffer_cstr(&title, captures);
    tb_str text = tb_arena_dup(draft->build->arena, tb_buffer_get(&title));
    tb_buffer_done(&title);
    return text;
}

static bool draft_block(tb_draft *draft, tb_draft_cell *cell)
{
    tb_str key = tb_text_key(draft->build->arena, cell->text);
    size_t end = key.data == NULL ? 0 : find_number(key);
    if (end == 0 || end > LABEL_SIZE || tb_str_find(tb_str_slice(key, 0, end), TB_STR("{")) >= 0)
        return false;
    cell->used = true;
    tb_str name = tb_arena_dup(draft->build->arena, tb_str_slice(key, 0, end));
    draft->block = find_block(draft, name);
    if (draft->block.size > 0)
        return true;
    tb_draft_cell label = *cell;
    label.key = name;
    tb_build_row *row = tb_draft__add(draft, TB_BUILD_BLOCKS, &label, TB_STR(""), "block");
    if (row == NULL)
        return true;
    row->cells[TB_BLOCKS_KIND] = TB_STR("block");
    row->cells[TB_BLOCKS_LABELS] = block_title(draft, name);
    draft->block = row->cells[TB_BLOCKS_ID];
    tb_draft__note(draft, cell, TB_MSG_FORM_DRAFT_BLOCK, draft->block);
    add_block_field(draft, cell->area.row, draft->block, "number", "序号", "Number", "number");
    add_block_field(draft, cell->area.row, draft->block, "text", "内容", "Text", "text");
    return true;
}

/* ---- fields ---- */

static bool is_note(const tb_draft_cell *cell)
{
    static const char *const beginnings[] = {"注", "说明", "填表说明", "填报说明"};
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (tb_str_starts(cell->key, tb_str_of(beginnings[i])))
            return true;
    }
    return cell->key.size > LABEL_SIZE || cell->key.size == 0 || cell->key.data[0] == '(' ||
           tb_str_find(cell->key, TB_STR("{")) >= 0;
}

/* 单位：万元, 填报日期：　年　月　日 : the label ends at the colon. */
static void split_inside(tb_draft_cell *cell)
{
    static const char part[] = "其中";
    ptrdiff_t colon = tb_str_find(cell->key, TB_STR(":"));
    if (colon <= 0 || tb_str_starts(cell->key, tb_str_of(part)))
        return;
    cell->key = tb_str_slice(cell->key, 0, (size_t)colon);
    cell->inside = true;
}

/* Where the value of a label belongs: in its cell, right of it, below it; NULL: nowhere. */
static const char *find_place(const tb_draft *draft, const tb_draft_cell *cell)
{
    const tb_range *area = &cell->area;
    if (tb_draft__find(draft, cell->sheet, area->row, area->last_column + 1) == NULL)
        return cell->inside ? "inside" : "right";
    if (cell->inside)
        return "inside";
    if (tb_draft__find(draft, cell->sheet, area->last_row + 1, area->column) == NULL)
        return "below";
    return NULL;
}

static void draft_field(tb_draft *draft, tb_draft_cell *cell)
{
    split_inside(cell);
    const char *place = is_note(cell) ? NULL : find_place(draft, cell);
    if (place == NULL) {
        tb_draft__note(draft, cell, TB_MSG_FORM_DRAFT_LEFT_OUT, TB_STR(""));
        return;
    }
    tb_build_row *row = tb_draft__add_field(draft, cell, TB_STR(""), "field");
    if (row == NULL)
        return;
    row->cells[TB_FIELDS_PLACE] = tb_str_of(place);
    row->cells[TB_FIELDS_REQUIRED] = TB_STR("true");
    tb_draft__note(draft, cell, TB_MSG_FORM_DRAFT_FIELD, row->cells[TB_FIELDS_ID]);
}

/* ---- rules ---- */

/* The ids of the single fields, one a line. */
static tb_str list_fields(tb_draft *draft)
{
    const tb_build_table *fields = &draft->build->tables[TB_BUILD_FIELDS];
    tb_buffer list;
    tb_buffer_init(&list, (size_t)64 << 10);
    for (size_t i = 0; i < fields->row_count; i++) {
        if (fields->rows[i].cells[TB_FIELDS_IN].size > 0)
            continue;
        if (list.size > 0)
            tb_buffer_char(&list, '\n');
        tb_buffer_text(&list, fields->rows[i].cells[TB_FIELDS_ID]);
    }
    tb_str text = tb_arena_dup(draft->build->arena, tb_buffer_get(&list));
    tb_buffer_done(&list);
    return text;
}

/* One rule to begin with: the single fields are filled in. */
static void draft_rule(tb_draft *draft)
{
    tb_str fields = list_fields(draft);
    tb_build_row *row = fields.size > 0 ? tb_build_add_row(draft->build, TB_BUILD_RULES, 1) : NULL;
    if (row == NULL)
        return;
    row->cells[TB_RULES_ID] = TB_STR("present");
    row->cells[TB_RULES_SEVERITY] = TB_STR("error");
    row->cells[TB_RULES_EACH] = fields;
    row->cells[TB_RULES_FORMULA] = TB_STR("NOT(ISBLANK(it))");
    row->cells[TB_RULES_MESSAGE] = tb_str_of("{it}没有填写。");
    row->cells[TB_RULES_MESSAGE_EN] = TB_STR("{it} is not filled in.");
    row->cells[TB_RULES_BASIS] = TB_STR("form");
    row->cells[TB_RULES_BASIS_NOTE] = tb_str_of("表上印有此项");
    row->cells[TB_RULES_BASIS_NOTE_EN] = TB_STR("printed on the form");
}

tb_status tb_draft_make(tb_build *build, tb_error *error)
{
    tb_draft draft = {.build = build};
    if (!collect_cells(&draft))
        return tb_error_memory(error);
    if (draft.count == 0)
        return tb_error_set(error, TB_INVALID, TB_MSG_FORM_DRAFT_EMPTY, NULL);
    draft_title(&draft);
    for (size_t i = 0; i < draft.count; i++) {
        tb_draft_cell *cell = &draft.cells[i];
        if (cell->used || draft_block(&draft, cell) || tb_draft__table(&draft, i) ||
            tb_draft__heads_table(&draft, cell))
            continue;
        draft_field(&draft, cell);
    }
    draft_rule(&draft);
    tb_build_sort(build);
    return build->no_memory ? tb_error_memory(error) : TB_OK;
}
