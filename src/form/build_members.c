/*
 * Writes what a row says as members of a JSON object, by the tables of members, and tells what is
 * wrong in its cells: blanks, words that are not known, cells that have no use.
 */
#include "form/build_members.h"

#include "base/message.h"

/* ---- layout ---- */

void tb_build__break_line(tb_build *build, int depth)
{
    if (build->json.need_comma)
        tb_buffer_char(&build->text, ',');
    build->json.need_comma = false;
    tb_buffer_char(&build->text, '\n');
    for (int i = 0; i < depth; i++)
        tb_buffer_cstr(&build->text, "  ");
}

void tb_build__note_place(tb_build *build, int table, const tb_build_row *row, int column)
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

void tb_build__fail(tb_build *build, int table, tb_build_row *row, int column, tb_message message,
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

tb_str tb_build__allowed_words(tb_build *build, const tb_build_word *words)
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
        tb_build__fail(build, table, row, column, TB_MSG_FORM_BUILD_UNKNOWN_WORD,
                       row->cells[column], tb_build__allowed_words(build, words));
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
        tb_build__fail(build, table, row, column, TB_MSG_FORM_BUILD_NOT_WHOLE, row->cells[column],
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
            tb_build__fail(build, table, row, column + i, TB_MSG_FORM_BUILD_BLANK,
                           heading_of(build, table, column + i), TB_STR(""));
        tb_json_key(&build->json, keys[i]);
        tb_build__note_place(build, table, row, column + i);
        tb_json_string(&build->json, row->cells[column + i]);
    }
    tb_json_object_end(&build->json);
}

static void write_view(tb_build *build, int table, tb_build_row *row, int column)
{
    tb_json_object(&build->json);
    tb_json_key(&build->json, "id");
    tb_build__note_place(build, table, row, column);
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

unsigned tb_build__write_members(tb_build *build, int table, tb_build_row *row,
                                 const tb_build_member *members)
{
    unsigned used = 0;
    for (const tb_build_member *member = members; member->key != NULL; member++) {
        used |= ((1u << width_of(member)) - 1) << member->column;
        if (is_blank(row, member)) {
            if (member->required)
                tb_build__fail(build, table, row, member->column, TB_MSG_FORM_BUILD_BLANK,
                               heading_of(build, table, member->column), TB_STR(""));
            continue;
        }
        tb_json_key(&build->json, member->key);
        tb_build__note_place(build, table, row, member->column);
        write_value(build, table, row, member);
    }
    return used;
}

void tb_build__open_object(tb_build *build, int table, tb_build_row *row, int depth, int column)
{
    tb_build__break_line(build, depth);
    tb_build__note_place(build, table, row, column);
    tb_json_object(&build->json);
    row->written = true;
}

void tb_build__check_unused(tb_build *build, int table, tb_build_row *row, unsigned used)
{
    for (int i = 0; i < tb_build_layouts[table].column_count; i++) {
        if ((used & 1u << i) == 0 && row->cells[i].size > 0)
            tb_build__fail(build, table, row, i, TB_MSG_FORM_BUILD_NO_USE,
                           heading_of(build, table, i), TB_STR(""));
    }
}

void tb_build__open_list(tb_build *build, const char *key, int depth, bool *open)
{
    if (*open)
        return;
    tb_build__break_line(build, depth);
    tb_json_key(&build->json, key);
    tb_json_array(&build->json);
    *open = true;
}

void tb_build__close_list(tb_build *build, bool open)
{
    if (open)
        tb_json_array_end(&build->json);
}
