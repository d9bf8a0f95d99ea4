/*
 * Writes the rows of a definition as form.json, object by object from the tables of members. On
 * the first pass it also tells what is wrong in the rows themselves: blanks, words that are not
 * known, cells that have no use, rows that belong nowhere.
 */
#include "form/build.h"

#include <string.h>

#include "base/limits.h"
#include "base/message.h"

/* ---- layout ---- */

/* Goes on on a new line; the comma, where one is due, stays on the old one. */
static void break_line(tb_build *build, int depth)
{
    if (build->json.need_comma)
        tb_buffer_char(&build->text, ',');
    build->json.need_comma = false;
    tb_buffer_char(&build->text, '\n');
    for (int i = 0; i < depth; i++)
        tb_buffer_cstr(&build->text, "  ");
}

static void note_place(tb_build *build, int table, const tb_build_row *row, int column)
{
    if (build->place_count == build->place_capacity) {
        size_t wanted = build->place_capacity == 0 ? 256 : 2 * build->place_capacity;
        tb_build_place *places = tb_arena_grow(build->arena, build->places, build->place_count,
                                               wanted, sizeof *build->places);
        if (places == NULL) {
            build->no_memory = true;
            return;
        }
        build->places = places;
        build->place_capacity = wanted;
    }
    build->places[build->place_count++] = (tb_build_place){
        (uint32_t)build->text.size, table, (size_t)(row - build->tables[table].rows), column};
}

/* ---- cells ---- */

static void fail(tb_build *build, int table, tb_build_row *row, int column, tb_message message,
                 tb_str argument, tb_str second)
{
    if (build->written_once)
        return;
    tb_build_fail(build, table, row, column, message, argument, second);
    row->wrong = true;
    row->id_wrong = row->id_wrong || (table == TB_BUILD_RULES && column == TB_RULES_ID);
}

/* The word above a column, in the language of the sheet's name. */
static tb_str heading_of(const tb_build *build, int table, int column)
{
    tb_message heading = tb_build_layouts[table].headings[column];
    const tb_build_table *rows = &build->tables[table];
    if (build->workbook != NULL && rows->columns[column] != TB_BUILD_NO_COLUMN) {
        const tb_cell *cell = tb_sheet_find_cell(&build->workbook->sheets[rows->sheet],
                                                 rows->header_row, rows->columns[column]);
        if (cell != NULL && cell->type == TB_CELL_TEXT)
            return tb_str_trim(cell->text);
    }
    return tb_build_first_word(tb_message_get(TB_LANGUAGE_ZH, heading));
}

/* The words that a cell may hold, in both languages. */
static tb_str allowed_words(tb_build *build, const tb_build_word *words)
{
    tb_buffer list;
    tb_buffer_init(&list, TB_ERROR_ARGS_SIZE / 2 - 1);
    for (size_t i = 0; words[i].json != NULL; i++) {
        if (i > 0)
            tb_buffer_cstr(&list, ", ");
        tb_buffer_text(&list, tb_build_first_word(tb_message_get(TB_LANGUAGE_ZH, words[i].word)));
        tb_buffer_char(&list, '/');
        tb_buffer_cstr(&list, words[i].json);
    }
    tb_str text = tb_arena_dup(build->arena, tb_buffer_get(&list));
    tb_buffer_done(&list);
    return text;
}

/* What one piece of a cell ends at: a line's end, or also a comma between names. */
static bool is_separator(uint32_t c, bool names)
{
    return c == '\n' || (names && (c == ',' || c == ';' || c == ' ' || c == 0xFF0C /* ， */ ||
                                   c == 0x3001 /* 、 */ || c == 0xFF1B /* ； */));
}

static tb_str next_piece(tb_str *text, bool names)
{
    size_t at = 0, end = 0;
    while (at < text->size) {
        end = at;
        if (is_separator(tb_text_next(*text, &at), names))
            break;
        end = at;
    }
    tb_str piece = tb_str_trim(tb_str_slice(*text, 0, end));
    *text = tb_str_slice(*text, at, text->size);
    return piece;
}

static void write_pieces(tb_build *build, tb_str text, bool names, bool array)
{
    tb_str rest = text;
    tb_str first = next_piece(&rest, names);
    if (!array && tb_str_trim(rest).size == 0) {
        tb_json_string(&build->json, first);
        return;
    }
    tb_json_array(&build->json);
    while (text.size > 0) {
        tb_str piece = next_piece(&text, names);
        if (piece.size > 0)
            tb_json_string(&build->json, piece);
    }
    tb_json_array_end(&build->json);
}

static void write_word(tb_build *build, int table, tb_build_row *row, int column,
                       const tb_build_word *words, bool flag)
{
    int word = tb_build_find_word(build->arena, words, row->cells[column]);
    if (word < 0)
        fail(build, table, row, column, TB_MSG_FORM_BUILD_UNKNOWN_WORD, row->cells[column],
             allowed_words(build, words));
    if (flag)
        tb_json_bool(&build->json, word == 0);
    else
        tb_json_cstr(&build->json, words[word < 0 ? 0 : word].json);
}

static void write_number(tb_build *build, int table, tb_build_row *row, int column)
{
    tb_decimal number;
    int64_t whole = 0;
    if (!tb_decimal_parse(row->cells[column], &number) || !tb_decimal_to_int(number, &whole) ||
        whole < 0 || whole > 1000000) {
        fail(build, table, row, column, TB_MSG_FORM_BUILD_NOT_WHOLE, row->cells[column],
             TB_STR(""));
        whole = 0;
    }
    tb_json_int(&build->json, whole);
}

/* {"zh": …, "en": …} of two columns; both are needed. */
static void write_localized(tb_build *build, int table, tb_build_row *row, int column)
{
    static const char *const keys[TB_LANGUAGE_COUNT] = {
        [TB_LANGUAGE_ZH] = "zh",
        [TB_LANGUAGE_EN] = "en",
    };
    tb_json_object(&build->json);
    for (int i = 0; i < TB_LANGUAGE_COUNT; i++) {
        if (row->cells[column + i].size == 0)
            fail(build, table, row, column + i, TB_MSG_FORM_BUILD_BLANK,
                 heading_of(build, table, column + i), TB_STR(""));
        tb_json_key(&build->json, keys[i]);
        note_place(build, table, row, column + i);
        tb_json_string(&build->json, row->cells[column + i]);
    }
    tb_json_object_end(&build->json);
}

static void write_view(tb_build *build, int table, tb_build_row *row, int column)
{
    tb_json_object(&build->json);
    tb_json_key(&build->json, "id");
    note_place(build, table, row, column);
    tb_json_string(&build->json, row->cells[column]);
    tb_json_key(&build->json, "name");
    write_localized(build, table, row, column + 1);
    tb_json_object_end(&build->json);
}

static void write_value(tb_build *build, int table, tb_build_row *row,
                        const tb_build_member *member)
{
    tb_str text = row->cells[member->column];
    switch (member->kind) {
    case TB_BUILD_TEXT:
        tb_json_string(&build->json, text);
        break;
    case TB_BUILD_LINES:
        write_pieces(build, text, false, true);
        break;
    case TB_BUILD_NAMES:
        write_pieces(build, text, true, false);
        break;
    case TB_BUILD_NAME_LIST:
        write_pieces(build, text, true, true);
        break;
    case TB_BUILD_FLAG:
        write_word(build, table, row, member->column, tb_build_flags, true);
        break;
    case TB_BUILD_NUMBER:
        write_number(build, table, row, member->column);
        break;
    case TB_BUILD_WORD:
        write_word(build, table, row, member->column, member->words, false);
        break;
    case TB_BUILD_LOCALIZED:
        write_localized(build, table, row, member->column);
        break;
    case TB_BUILD_VIEW:
        write_view(build, table, row, member->column);
        break;
    }
}

/* How many columns a member takes. */
static int width_of(const tb_build_member *member)
{
    return member->kind == TB_BUILD_LOCALIZED ? 2 : member->kind == TB_BUILD_VIEW ? 3 : 1;
}

static bool is_blank(const tb_build_row *row, const tb_build_member *member)
{
    for (int i = 0; i < width_of(member); i++) {
        if (row->cells[member->column + i].size > 0)
            return false;
    }
    return true;
}

/* The members of an open object; returns the columns that they take, one bit each. */
static unsigned write_members(tb_build *build, int table, tb_build_row *row,
                              const tb_build_member *members)
{
    unsigned used = 0;
    for (const tb_build_member *member = members; member->key != NULL; member++) {
        used |= ((1u << width_of(member)) - 1) << member->column;
        if (is_blank(row, member)) {
            if (member->required)
                fail(build, table, row, member->column, TB_MSG_FORM_BUILD_BLANK,
                     heading_of(build, table, member->column), TB_STR(""));
            continue;
        }
        tb_json_key(&build->json, member->key);
        note_place(build, table, row, member->column);
        write_value(build, table, row, member);
    }
    return used;
}

static void open_object(tb_build *build, int table, tb_build_row *row, int depth, int column)
{
    break_line(build, depth);
    note_place(build, table, row, column);
    tb_json_object(&build->json);
    row->written = true;
}

/* What stands in the row and has no use there. */
static void check_unused(tb_build *build, int table, tb_build_row *row, unsigned used)
{
    for (int i = 0; i < tb_build_layouts[table].column_count; i++) {
        if ((used & 1u << i) == 0 && row->cells[i].size > 0)
            fail(build, table, row, i, TB_MSG_FORM_BUILD_NO_USE, heading_of(build, table, i),
                 TB_STR(""));
    }
}

static void open_list(tb_build *build, const char *key, int depth, bool *open)
{
    if (*open)
        return;
    break_line(build, depth);
    tb_json_key(&build->json, key);
    tb_json_array(&build->json);
    *open = true;
}

static void close_list(tb_build *build, bool open)
{
    if (open)
        tb_json_array_end(&build->json);
}

/* ---- head, parameters, lists ---- */

static void write_head(tb_build *build)
{
    tb_build_row *row = &build->tables[TB_BUILD_ABOUT].rows[0];
    break_line(build, 1);
    note_place(build, TB_BUILD_ABOUT, row, TB_ABOUT_ID);
    write_members(build, TB_BUILD_ABOUT, row, tb_build_about);
    break_line(build, 1);
    tb_json_key(&build->json, "recognise");
    tb_json_object(&build->json);
    write_members(build, TB_BUILD_ABOUT, row, tb_build_recognise);
    if (row->cells[TB_ABOUT_FROM].size > 0 || row->cells[TB_ABOUT_TO].size > 0) {
        tb_json_key(&build->json, "budget_years");
        note_place(build, TB_BUILD_ABOUT, row, TB_ABOUT_FROM);
        tb_json_object(&build->json);
        write_members(build, TB_BUILD_ABOUT, row, tb_build_years);
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
        open_list(build, "parameters", depth, &open);
        open_object(build, TB_BUILD_PARAMETERS, row, depth + 1, TB_PARAMETERS_ID);
        write_members(build, TB_BUILD_PARAMETERS, row, tb_build_parameter);
        tb_json_object_end(&build->json);
    }
    close_list(build, open);
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
        open_object(build, TB_BUILD_LISTS, row, depth, TB_LISTS_CODE);
        write_members(build, TB_BUILD_LISTS, row, tb_build_code);
        if (row->cells[TB_LISTS_CODE].size > 0)
            write_codes(build, list, row->cells[TB_LISTS_CODE], depth + 1);
        tb_json_object_end(&build->json);
    }
    close_list(build, open);
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
        open_list(build, "lists", 1, &open);
        break_line(build, 2);
        note_place(build, TB_BUILD_LISTS, row, TB_LISTS_ID);
        tb_json_object(&build->json);
        write_members(build, TB_BUILD_LISTS, row, tb_build_list);
        write_codes(build, row->cells[TB_LISTS_ID], TB_STR(""), 3);
        tb_json_object_end(&build->json);
    }
    close_list(build, open);
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
        open_list(build, key, depth, &open);
        open_object(build, TB_BUILD_FIELDS, row, depth + 1, TB_FIELDS_ID);
        check_unused(build, TB_BUILD_FIELDS, row,
                     structure | write_members(build, TB_BUILD_FIELDS, row, members));
        tb_json_object_end(&build->json);
    }
    close_list(build, open);
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
        open_list(build, kinds[kind].key, depth, &open);
        open_object(build, TB_BUILD_BLOCKS, row, depth + 1, TB_BLOCKS_ID);
        check_unused(build, TB_BUILD_BLOCKS, row,
                     structure | write_members(build, TB_BUILD_BLOCKS, row, kinds[kind].members));
        write_inside(build, kind, path_of(build, row), depth + 2);
        tb_json_object_end(&build->json);
    }
    close_list(build, open);
}

/* ---- rules ---- */

/* Stands in for a rule that is wrong, so that what refers to its id is not wrong too. */
static void write_stand_in(tb_build *build, const tb_build_row *row)
{
    static const char rest[] = "\"severity\":\"notice\",\"formula\":\"TRUE\","
                               "\"message\":{\"zh\":\"-\",\"en\":\"-\"},\"basis\":\"practice\","
                               "\"basis_note\":{\"zh\":\"-\",\"en\":\"-\"}}";
    bool named = row->cells[TB_RULES_ID].size > 0 && !row->id_wrong;
    break_line(build, 2);
    note_place(build, TB_BUILD_RULES, row, TB_RULES_ID);
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
    open_object(build, TB_BUILD_RULES, row, 2, TB_RULES_ID);
    write_members(build, TB_BUILD_RULES, row, tb_build_rule);
    if (row->cells[TB_RULES_ID].size > 0)
        write_parameters(build, row->cells[TB_RULES_ID], 3);
    tb_json_object_end(&build->json);
}

static void write_rules(tb_build *build)
{
    tb_build_table *table = &build->tables[TB_BUILD_RULES];
    break_line(build, 1);
    tb_json_key(&build->json, "rules");
    tb_json_array(&build->json);
    for (size_t i = 0; i < table->row_count; i++)
        write_rule(build, &table->rows[i]);
    tb_json_array_end(&build->json);
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
                fail(build, owners[i].table, row, owners[i].column, owners[i].message,
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
            fail(build, table_id, row, column, TB_MSG_FORM_BUILD_UNKNOWN_WORD, text,
                 allowed_words(build, words));
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
    tb_buffer_char(&build->text, '\n');
    tb_json_object_end(&build->json);
    tb_buffer_char(&build->text, '\n');
    check_left_over(build);
    build->written_once = true;
    if (build->text.failed || build->no_memory)
        return tb_error_memory(error);
    return TB_OK;
}
