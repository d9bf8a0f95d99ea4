/*
 * Reads the sheets of a definition into rows. The row of headings is the first that has two known
 * ones; above it anything may stand. Whatever is not understood is a mistake at its cell.
 */
#include "form/build.h"

#include "base/message.h"

static bool heading_is(tb_build *build, tb_message heading, tb_str text)
{
    return text.size > 0 && tb_build_is_word(build->arena, heading, text);
}

static int find_heading(tb_build *build, int table, tb_str text)
{
    const tb_build_layout *layout = &tb_build_layouts[table];
    for (int i = 0; i < layout->column_count; i++) {
        if (heading_is(build, layout->headings[i], text))
            return i;
    }
    return -1;
}

/* A list of first words, in both languages: 字段 fields, 规则 rules … */
static tb_str list_words(tb_build *build, const tb_message *messages, size_t count)
{
    tb_buffer list;
    tb_buffer_init(&list, TB_ERROR_ARGS_SIZE / 2 - 1);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            tb_buffer_cstr(&list, ", ");
        for (int language = 0; language < TB_LANGUAGE_COUNT; language++) {
            if (language > 0)
                tb_buffer_char(&list, '/');
            tb_buffer_text(&list,
                           tb_build_first_word(tb_message_get((tb_language)language, messages[i])));
        }
    }
    tb_str text = tb_arena_dup(build->arena, tb_buffer_get(&list));
    tb_buffer_done(&list);
    return text;
}

/* ---- cells ---- */

/* What a cell says, trimmed; in the arena where it is not the cell's own text. */
static tb_str cell_text(tb_build *build, const tb_cell *cell)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    switch (cell->type) {
    case TB_CELL_TEXT:
        return tb_str_trim(cell->text);
    case TB_CELL_NUMBER:
    case TB_CELL_DATE:
        return tb_arena_dup(build->arena,
                            tb_decimal_format(tb_decimal_normalize(cell->number), digits));
    case TB_CELL_BOOLEAN:
        return tb_decimal_sign(cell->number) != 0 ? TB_STR("true") : TB_STR("false");
    case TB_CELL_ERROR:
    case TB_CELL_EMPTY:
        break;
    }
    return TB_STR("");
}

/* A formula that was typed with = is one of the spreadsheet's own. */
static bool is_live(const tb_cell *cell, int table)
{
    return cell->type == TB_CELL_ERROR || (table == TB_BUILD_RULES && cell->formula.size > 0);
}

static int find_column(const tb_build_table *table, uint32_t column)
{
    for (int i = 0; i < TB_BUILD_COLUMNS_MAX; i++) {
        if (table->columns[i] == column)
            return i;
    }
    return -1;
}

/* Below a heading that is no column's: a remark, or the heading has been told to be wrong. */
static bool has_heading(tb_build *build, const tb_build_table *table, uint32_t column)
{
    const tb_sheet *sheet = &build->workbook->sheets[table->sheet];
    const tb_cell *heading = tb_sheet_find_cell(sheet, table->header_row, column);
    return heading != NULL && cell_text(build, heading).size > 0;
}

static void read_cell(tb_build *build, int table_id, tb_build_row **row, const tb_cell *cell,
                      uint32_t row_number)
{
    tb_build_table *table = &build->tables[table_id];
    tb_address at = {table->sheet, row_number, cell->column};
    int column = find_column(table, cell->column);
    tb_str text = cell_text(build, cell);
    if (column < 0) {
        if (text.size > 0 && !has_heading(build, table, cell->column))
            tb_build_fail_at(build, at, TB_MSG_FORM_BUILD_NO_HEADING, TB_STR(""), TB_STR(""));
        return;
    }
    bool live = is_live(cell, table_id);
    if (text.size == 0 && !live)
        return;
    if (*row == NULL)
        *row = tb_build_add_row(build, table_id, row_number);
    if (*row == NULL)
        return;
    (*row)->cells[column] = text;
    if (live) {
        tb_build_fail_at(build, at, TB_MSG_FORM_BUILD_LIVE_FORMULA, TB_STR(""), TB_STR(""));
        (*row)->wrong = true;
    }
}

static void read_rows(tb_build *build, int table_id, const tb_sheet *sheet)
{
    const tb_build_table *table = &build->tables[table_id];
    for (size_t i = 0; i < sheet->band_count; i++) {
        const tb_band *band = &sheet->bands[i];
        if (band->row <= table->header_row)
            continue;
        tb_build_row *row = NULL;
        for (size_t j = 0; j < band->cell_count; j++)
            read_cell(build, table_id, &row, &band->cells[j], band->row);
    }
}

/* ---- headings ---- */

static size_t count_headings(tb_build *build, int table, const tb_band *band)
{
    size_t count = 0;
    for (size_t i = 0; i < band->cell_count; i++)
        count += find_heading(build, table, cell_text(build, &band->cells[i])) >= 0;
    return count;
}

static void read_heading(tb_build *build, int table_id, const tb_cell *cell)
{
    tb_build_table *table = &build->tables[table_id];
    const tb_build_layout *layout = &tb_build_layouts[table_id];
    tb_address at = {table->sheet, table->header_row, cell->column};
    tb_str text = cell_text(build, cell);
    int column = find_heading(build, table_id, text);
    if (text.size == 0 || heading_is(build, TB_MSG_FORM_BUILD_HEAD_REMARK, text))
        return;
    if (column < 0)
        tb_build_fail_at(build, at, TB_MSG_FORM_BUILD_UNKNOWN_HEADING, text,
                         list_words(build, layout->headings, (size_t)layout->column_count));
    else if (table->columns[column] != TB_BUILD_NO_COLUMN)
        tb_build_fail_at(build, at, TB_MSG_FORM_BUILD_HEADING_TWICE, text, TB_STR(""));
    else
        table->columns[column] = cell->column;
}

#define HEADER_ROWS_MAX 20

static void read_table(tb_build *build, int table_id, uint32_t sheet_number)
{
    const tb_sheet *sheet = &build->workbook->sheets[sheet_number];
    tb_build_table *table = &build->tables[table_id];
    table->found = true;
    table->sheet = sheet_number;
    for (size_t i = 0; i < sheet->band_count && sheet->bands[i].row < HEADER_ROWS_MAX; i++) {
        const tb_band *band = &sheet->bands[i];
        if (count_headings(build, table_id, band) < 2)
            continue;
        table->header_row = band->row;
        for (size_t j = 0; j < band->cell_count; j++)
            read_heading(build, table_id, &band->cells[j]);
        read_rows(build, table_id, sheet);
        return;
    }
    const tb_build_layout *layout = &tb_build_layouts[table_id];
    tb_build_fail_at(build, (tb_address){sheet_number, 0, 0}, TB_MSG_FORM_BUILD_NO_HEADINGS,
                     list_words(build, layout->headings, (size_t)layout->column_count), TB_STR(""));
}

/* ---- sheets ---- */

static tb_str list_sheets(tb_build *build)
{
    tb_message names[TB_BUILD_TABLE_COUNT];
    for (int i = 0; i < TB_BUILD_TABLE_COUNT; i++)
        names[i] = tb_build_layouts[i].name;
    return list_words(build, names, TB_BUILD_TABLE_COUNT);
}

static void read_sheet(tb_build *build, uint32_t number)
{
    const tb_sheet *sheet = &build->workbook->sheets[number];
    tb_address at = {number, 0, 0};
    if (sheet->band_count == 0)
        return;
    for (int i = 0; i < TB_BUILD_TABLE_COUNT; i++) {
        if (!tb_build_is_word(build->arena, tb_build_layouts[i].name, sheet->name))
            continue;
        if (build->tables[i].found)
            tb_build_fail_at(build, at, TB_MSG_FORM_BUILD_SHEET_TWICE, sheet->name, TB_STR(""));
        else
            read_table(build, i, number);
        return;
    }
    tb_build_fail_at(build, at, TB_MSG_FORM_BUILD_UNKNOWN_SHEET, sheet->name, list_sheets(build));
}

/* Rows of a list that leave its id blank belong to the list above. */
static void fill_lists(tb_build *build)
{
    tb_build_table *lists = &build->tables[TB_BUILD_LISTS];
    for (size_t i = 1; i < lists->row_count; i++) {
        if (lists->rows[i].cells[TB_LISTS_ID].size == 0)
            lists->rows[i].cells[TB_LISTS_ID] = lists->rows[i - 1].cells[TB_LISTS_ID];
    }
}

static void check_about(tb_build *build)
{
    const tb_build_table *about = &build->tables[TB_BUILD_ABOUT];
    if (!about->found || about->row_count == 0)
        tb_build_fail_at(build, (tb_address){about->sheet, 0, 0}, TB_MSG_FORM_BUILD_NO_ABOUT,
                         list_sheets(build), TB_STR(""));
    else if (about->row_count > 1)
        tb_build_fail(build, TB_BUILD_ABOUT, &about->rows[1], TB_ABOUT_ID,
                      TB_MSG_FORM_BUILD_ABOUT_TWICE, TB_STR(""), TB_STR(""));
}

tb_status tb_build_read(tb_build *build, tb_error *error)
{
    for (uint32_t i = 0; i < build->workbook->sheet_count; i++)
        read_sheet(build, i);
    fill_lists(build);
    check_about(build);
    return build->no_memory ? tb_error_memory(error) : TB_OK;
}
