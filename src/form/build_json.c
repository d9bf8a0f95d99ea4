/*
 * Writes the rows of a definition as form.json, object by object. On the first pass it also tells
 * of rows that belong nowhere; what is wrong in their cells is for build_members.c.
 */
#include "form/build.h"

#include "base/limits.h"
#include "form/build_members.h"

/* ---- head, parameters, lists ---- */

static void write_head(tb_build *build)
{
    tb_build_row *row = &build->tables[TB_BUILD_ABOUT].rows[0];
    tb_build__break_line(build, 1);
    tb_build__note_place(build, TB_BUILD_ABOUT, row, TB_ABOUT_ID);
    tb_build__write_members(build, TB_BUILD_ABOUT, row, tb_build_about);
    tb_build__break_line(build, 1);
    tb_json_key(&build->json, "recognise");
    tb_json_object(&build->json);
    tb_build__write_members(build, TB_BUILD_ABOUT, row, tb_build_recognise);
    if (row->cells[TB_ABOUT_FROM].size > 0 || row->cells[TB_ABOUT_TO].size > 0) {
        tb_json_key(&build->json, "budget_years");
        tb_build__note_place(build, TB_BUILD_ABOUT, row, TB_ABOUT_FROM);
        tb_json_object(&build->json);
        tb_build__write_members(build, TB_BUILD_ABOUT, row, tb_build_years);
        tb_json_object_end(&build->json);
    }
    tb_json_object_end(&build->json);
}

/* The parameters of a rule; those of the whole definition for an empty id. */
static void write_parameters(tb_build *build, tb_str rule, int depth)
{
    tb_build_table *table = &build->tables[TB_BUILD_PARAMETERS];
    bool open = false;
    for (size_t i = 0; i < table->row_count; i++) {
        tb_build_row *row = &table->rows[i];
        if (!tb_str_equal(row->cells[TB_PARAMETERS_RULE], rule))
            continue;
        tb_build__open_list(build, "parameters", depth, &open);
        tb_build__open_object(build, TB_BUILD_PARAMETERS, row, depth + 1, TB_PARAMETERS_ID);
        tb_build__write_members(build, TB_BUILD_PARAMETERS, row, tb_build_parameter);
        tb_json_object_end(&build->json);
    }
    tb_build__close_list(build, open);
}

/* The codes of a list below a code; the empty text: those at the top. */
static void write_codes(tb_build *build, tb_str list, tb_str parent, int depth)
{
    tb_build_table *table = &build->tables[TB_BUILD_LISTS];
    bool open = false;
    for (size_t i = 0; i < table->row_count && depth < TB_MAX_DEFINITION_DEPTH; i++) {
        tb_build_row *row = &table->rows[i];
        if (!tb_str_equal(row->cells[TB_LISTS_ID], list) || row->written ||
            !tb_str_equal(row->cells[TB_LISTS_PARENT], parent))
            continue;
        if (!open)
            tb_json_key(&build->json, "codes");
        if (!open)
            tb_json_array(&build->json);
        open = true;
        tb_build__open_object(build, TB_BUILD_LISTS, row, depth, TB_LISTS_CODE);
        tb_build__write_members(build, TB_BUILD_LISTS, row, tb_build_code);
        if (row->cells[TB_LISTS_CODE].size > 0)
            write_codes(build, list, row->cells[TB_LISTS_CODE], depth + 1);
        tb_json_object_end(&build->json);
    }
    tb_build__close_list(build, open);
}

static bool is_first_of_list(const tb_build_table *table, size_t row)
{
    return row == 0 || !tb_str_equal(table->rows[row].cells[TB_LISTS_ID],
                                     table->rows[row - 1].cells[TB_LISTS_ID]);
}

static void write_lists(tb_build *build)
{
    tb_build_table *table = &build->tables[TB_BUILD_LISTS];
    bool open = false;
    for (size_t i = 0; i < table->row_count; i++) {
        tb_build_row *row = &table->rows[i];
        if (!is_first_of_list(table, i))
            continue;
        tb_build__open_list(build, "lists", 1, &open);
        tb_build__break_line(build, 2);
        tb_build__note_place(build, TB_BUILD_LISTS, row, TB_LISTS_ID);
        tb_json_object(&build->json);
        tb_build__write_members(build, TB_BUILD_LISTS, row, tb_build_list);
        write_codes(build, row->cells[TB_LISTS_ID], TB_STR(""), 3);
        tb_json_object_end(&build->json);
    }
    tb_build__close_list(build, open);
}

/* ---- fields and blocks ---- */

typedef enum line_kind { LINE_COLUMN, LINE_ROW, LINE_NONE } line_kind;

/* What a row of the sheet of fields is: a column (also a single field) or a row of a matrix. */
static line_kind find_line_kind(tb_build *build, tb_build_row *row)
{
    tb_str text = row->cells[TB_FIELDS_LINE];
    if (text.size == 0)
        return LINE_COLUMN;
    int word = tb_build_find_word(build->arena, tb_build_line_kinds, text);
    return word < 0 ? LINE_NONE : word == 0 ? LINE_COLUMN : LINE_ROW;
}

/* The fields that belong to `owner`, of one kind of line, as a list under the key. */
static void write_fields(tb_build *build, const char *key, tb_str owner, line_kind kind,
                         const tb_build_member *members, int depth)
{
    tb_build_table *table = &build->tables[TB_BUILD_FIELDS];
    unsigned structure = 1u << TB_FIELDS_IN | 1u << TB_FIELDS_LINE;
    bool open = false;
    for (size_t i = 0; i < table->row_count; i++) {
        tb_build_row *row = &table->rows[i];
        if (!tb_str_equal(row->cells[TB_FIELDS_IN], owner) || find_line_kind(build, row) != kind)
            continue;
        tb_build__open_list(build, key, depth, &open);
        tb_build__open_object(build, TB_BUILD_FIELDS, row, depth + 1, TB_FIELDS_ID);
        tb_build__check_unused(build, TB_BUILD_FIELDS, row,
                               structure |
                                   tb_build__write_members(build, TB_BUILD_FIELDS, row, members));
        tb_json_object_end(&build->json);
    }
    tb_build__close_list(build, open);
}

/* The path of a block: its own id, below a block after the block's. */
static tb_str path_of(tb_build *build, const tb_build_row *row)
{
    tb_str owner = row->cells[TB_BLOCKS_IN], id = row->cells[TB_BLOCKS_ID];
    if (owner.size == 0)
        return id;
    tb_buffer path;
    tb_buffer_init(&path, TB_MAX_LABEL_SIZE * 4);
    tb_buffer_text(&path, owner);
    tb_buffer_char(&path, '.');
    tb_buffer_text(&path, id);
    tb_str text = tb_arena_dup(build->arena, tb_buffer_get(&path));
    tb_buffer_done(&path);
    return text;
}

typedef enum block_kind {
    BLOCK_MATRIX,
    BLOCK_TABLE,
    BLOCK_ENTRIES,
    BLOCK_BLOCK,
    BLOCK_KIND_COUNT
} block_kind;

static void write_blocks(tb_build *build, block_kind kind, tb_str owner, int depth);

/* What stands below a block of each kind. */
static void write_inside(tb_build *build, block_kind kind, tb_str path, int depth)
{
    switch (kind) {
    case BLOCK_MATRIX:
        write_fields(build, "columns", path, LINE_COLUMN, tb_build_column, depth);
        write_fields(build, "rows", path, LINE_ROW, tb_build_line, depth);
        break;
    case BLOCK_TABLE:
        write_fields(build, "columns", path, LINE_COLUMN, tb_build_column, depth);
        break;
    case BLOCK_ENTRIES:
        write_fields(build, "fields", path, LINE_COLUMN, tb_build_field, depth);
        break;
    case BLOCK_BLOCK:
        write_fields(build, "fields", path, LINE_COLUMN, tb_build_field, depth);
        if (depth < TB_MAX_DEFINITION_DEPTH)
            write_blocks(build, BLOCK_TABLE, path, depth);
        break;
    case BLOCK_KIND_COUNT:
        break;
    }
}

static void write_blocks(tb_build *build, block_kind kind, tb_str owner, int depth)
{
    static const struct {
        const char *key;
        const tb_build_member *members;
    } kinds[BLOCK_KIND_COUNT] = {
        [BLOCK_MATRIX] = {"matrices", tb_build_matrix},
        [BLOCK_TABLE] = {"tables", tb_build_table_members},
        [BLOCK_ENTRIES] = {"entries", tb_build_entries},
        [BLOCK_BLOCK] = {"blocks", tb_build_block},
    };
    tb_build_table *table = &build->tables[TB_BUILD_BLOCKS];
    unsigned structure = 1u << TB_BLOCKS_IN | 1u << TB_BLOCKS_KIND;
    bool open = false;
    for (size_t i = 0; i < table->row_count; i++) {
        tb_build_row *row = &table->rows[i];
        int found = tb_build_find_word(build->arena, tb_build_kinds, row->cells[TB_BLOCKS_KIND]);
        if (found != (int)kind || !tb_str_equal(row->cells[TB_BLOCKS_IN], owner))
            continue;
        tb_build__open_list(build, kinds[kind].key, depth, &open);
        tb_build__open_object(build, TB_BUILD_BLOCKS, row, depth + 1, TB_BLOCKS_ID);
        tb_build__check_unused(
            build, TB_BUILD_BLOCKS, row,
            structure | tb_build__write_members(build, TB_BUILD_BLOCKS, row, kinds[kind].members));
        write_inside(build, kind, path_of(build, row), depth + 2);
        tb_json_object_end(&build->json);
    }
    tb_build__close_list(build, open);
}

/* ---- rules ---- */

/* Stands in for a rule that is wrong, so that what refers to its id is not wrong too. */
static void write_stand_in(tb_build *build, const tb_build_row *row)
{
    static const char rest[] = "\"severity\":\"notice\",\"formula\":\"TRUE\","
                               "\"message\":{\"zh\":\"-\",\"en\":\"-\"},\"basis\":\"practice\","
                               "\"basis_note\":{\"zh\":\"-\",\"en\":\"-\"}}";
    bool named = row->cells[TB_RULES_ID].size > 0 && !row->id_wrong;
    tb_build__break_line(build, 2);
    tb_build__note_place(build, TB_BUILD_RULES, row, TB_RULES_ID);
    tb_json_object(&build->json);
    tb_json_key(&build->json, "id");
    tb_json_string(&build->json, named ? row->cells[TB_RULES_ID] : TB_STR("x"));
    tb_buffer_char(&build->text, ',');
    tb_buffer_cstr(&build->text, rest);
    build->json.need_comma = true;
}

static void write_rule(tb_build *build, tb_build_row *row)
{
    if (row->wrong) {
        write_stand_in(build, row);
        return;
    }
    tb_build__open_object(build, TB_BUILD_RULES, row, 2, TB_RULES_ID);
    tb_build__write_members(build, TB_BUILD_RULES, row, tb_build_rule);
    if (row->cells[TB_RULES_ID].size > 0)
        write_parameters(build, row->cells[TB_RULES_ID], 3);
    tb_json_object_end(&build->json);
}

static void write_rules(tb_build *build)
{
    tb_build_table *table = &build->tables[TB_BUILD_RULES];
    tb_build__break_line(build, 1);
    tb_json_key(&build->json, "rules");
    tb_json_array(&build->json);
    for (size_t i = 0; i < table->row_count; i++)
        write_rule(build, &table->rows[i]);
    tb_json_array_end(&build->json);
}

static void write_across(tb_build *build)
{
    tb_build_table *table = &build->tables[TB_BUILD_ACROSS];
    bool open = false;
    for (size_t i = 0; i < table->row_count; i++) {
        tb_build_row *row = &table->rows[i];
        tb_build__open_list(build, "across", 1, &open);
        tb_build__open_object(build, TB_BUILD_ACROSS, row, 2, TB_ACROSS_ID);
        tb_build__write_members(build, TB_BUILD_ACROSS, row, tb_build_across);
        if (row->cells[TB_ACROSS_ID].size > 0)
            write_parameters(build, row->cells[TB_ACROSS_ID], 3);
        tb_json_object_end(&build->json);
    }
    tb_build__close_list(build, open);
}

/* ---- what was left over ---- */

/* Tells of the rows that belong to nothing, at the cell that says to what. */
static void check_left_over(tb_build *build)
{
    static const struct {
        int table, column;
        tb_message message;
    } owners[] = {
        {TB_BUILD_FIELDS, TB_FIELDS_IN, TB_MSG_FORM_BUILD_NO_OWNER},
        {TB_BUILD_BLOCKS, TB_BLOCKS_IN, TB_MSG_FORM_BUILD_NO_OWNER},
        {TB_BUILD_LISTS, TB_LISTS_PARENT, TB_MSG_FORM_BUILD_NO_PARENT},
        {TB_BUILD_PARAMETERS, TB_PARAMETERS_RULE, TB_MSG_FORM_BUILD_NO_RULE},
    };
    for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++) {
        tb_build_table *table = &build->tables[owners[i].table];
        for (size_t j = 0; j < table->row_count; j++) {
            tb_build_row *row = &table->rows[j];
            if (!row->written && !row->wrong)
                tb_build__fail(build, owners[i].table, row, owners[i].column, owners[i].message,
                               row->cells[owners[i].column], TB_STR(""));
        }
    }
}

/* The kinds of blocks and lines decide where a row goes; so they are looked at first. */
static void check_words(tb_build *build, int table_id, int column, const tb_build_word *words,
                        bool needed)
{
    tb_build_table *table = &build->tables[table_id];
    for (size_t i = 0; i < table->row_count; i++) {
        tb_build_row *row = &table->rows[i];
        tb_str text = row->cells[column];
        if (text.size == 0 ? needed : tb_build_find_word(build->arena, words, text) < 0)
            tb_build__fail(build, table_id, row, column, TB_MSG_FORM_BUILD_UNKNOWN_WORD, text,
                           tb_build__allowed_words(build, words));
    }
}

static void begin_pass(tb_build *build)
{
    tb_buffer_reset(&build->text);
    tb_json_init(&build->json, &build->text);
    build->place_count = 0;
    for (int i = 0; i < TB_BUILD_TABLE_COUNT; i++) {
        for (size_t j = 0; j < build->tables[i].row_count; j++)
            build->tables[i].rows[j].written = false;
    }
}

tb_status tb_build_write(tb_build *build, tb_error *error)
{
    if (build->tables[TB_BUILD_ABOUT].row_count == 0)
        return TB_OK;
    begin_pass(build);
    check_words(build, TB_BUILD_BLOCKS, TB_BLOCKS_KIND, tb_build_kinds, true);
    check_words(build, TB_BUILD_FIELDS, TB_FIELDS_LINE, tb_build_line_kinds, false);
    if (!build->written_once && tb_build_is_broken(build))
        return TB_OK;
    tb_json_object(&build->json);
    write_head(build);
    write_parameters(build, TB_STR(""), 1);
    write_lists(build);
    write_fields(build, "fields", TB_STR(""), LINE_COLUMN, tb_build_field, 1);
    for (int kind = 0; kind < BLOCK_KIND_COUNT; kind++)
        write_blocks(build, (block_kind)kind, TB_STR(""), 1);
    write_rules(build);
    write_across(build);
    tb_buffer_char(&build->text, '\n');
    tb_json_object_end(&build->json);
    tb_buffer_char(&build->text, '\n');
    check_left_over(build);
    build->written_once = true;
    if (build->text.failed || build->no_memory)
        return tb_error_memory(error);
    return TB_OK;
}
