/*
 * The sheet of explanations: finding it, reading its rows, and taking it out of the form's sight.
 */
#include <stdio.h>

#include "base/limits.h"
#include "rule/calendar.h"
#include "rule/explanation.h"
#include "rule/explanation_code.h"

enum { HEADING_BANDS = 20 }; /* that may stand above or are the headings */
#define NO_COLUMN UINT32_MAX

static const tb_message headings[TB_EXPLANATION_COLUMNS] = {
    [TB_EXPLANATION_RULE] = TB_MSG_RULE_EXPLANATION_HEAD_RULE,
    [TB_EXPLANATION_CELL] = TB_MSG_RULE_EXPLANATION_HEAD_CELL,
    [TB_EXPLANATION_VALUE] = TB_MSG_RULE_EXPLANATION_HEAD_VALUE,
    [TB_EXPLANATION_REASON] = TB_MSG_RULE_EXPLANATION_HEAD_REASON,
    [TB_EXPLANATION_WHO] = TB_MSG_RULE_EXPLANATION_HEAD_WHO,
    [TB_EXPLANATION_WHEN] = TB_MSG_RULE_EXPLANATION_HEAD_WHEN,
    [TB_EXPLANATION_CODE] = TB_MSG_RULE_EXPLANATION_HEAD_CODE,
};

/* ---- names ---- */

tb_str tb_explanations_sheet_name(tb_language language)
{
    return tb_str_of(tb_message_get(language, TB_MSG_RULE_EXPLANATION_SHEET));
}

tb_str tb_explanations_heading(tb_explanation_column column, tb_language language)
{
    return tb_str_of(tb_message_get(language, headings[column]));
}

/* The key of the next character that has one; 0 at the end. */
static size_t next_key(tb_str text, size_t *at, char key[TB_TEXT_KEY_MAX])
{
    size_t size = 0;
    while (size == 0 && *at < text.size)
        size = tb_text_key_of(tb_text_next(text, at), key);
    return size;
}

/* As tb_text_key compares, but character by character: most names differ in the first one. */
static bool have_one_key(tb_str a, tb_str b)
{
    char left[TB_TEXT_KEY_MAX], right[TB_TEXT_KEY_MAX];
    size_t at = 0, other = 0, size, wanted;
    do {
        size = next_key(a, &at, left);
        wanted = next_key(b, &other, right);
        if (size != wanted || memcmp(left, right, size) != 0)
            return false;
    } while (size > 0);
    return true;
}

/* A text that is the message in some language, whatever its blanks and width. */
static bool is_word(tb_str text, tb_message message)
{
    for (int i = 0; i < TB_LANGUAGE_COUNT; i++)
        if (have_one_key(text, tb_str_of(tb_message_get((tb_language)i, message))))
            return true;
    return false;
}

bool tb_explanations_is_sheet_name(tb_str name)
{
    return is_word(name, TB_MSG_RULE_EXPLANATION_SHEET);
}

/* ---- headings ---- */

static void note_heading(const tb_cell *cell, uint32_t columns[TB_EXPLANATION_COLUMNS])
{
    for (int i = 0; i < TB_EXPLANATION_COLUMNS && cell->type == TB_CELL_TEXT; i++)
        if (columns[i] == NO_COLUMN && is_word(tb_str_trim(cell->text), headings[i])) {
            columns[i] = cell->column;
            return;
        }
}

/* A code without a heading goes behind all that have one. */
static bool read_headings(const tb_band *band, tb_explanations *ret)
{
    uint32_t *columns = ret->columns, end = 0;
    for (int i = 0; i < TB_EXPLANATION_COLUMNS; i++)
        columns[i] = NO_COLUMN;
    for (size_t i = 0; i < band->cell_count; i++) {
        note_heading(&band->cells[i], columns);
        end = band->cells[i].column + band->cells[i].width;
    }
    for (int i = 0; i < TB_EXPLANATION_CODE; i++)
        if (columns[i] == NO_COLUMN)
            return false;
    ret->has_code_heading = columns[TB_EXPLANATION_CODE] != NO_COLUMN;
    if (!ret->has_code_heading)
        columns[TB_EXPLANATION_CODE] = end;
    ret->heading_row = band->row;
    return true;
}

/* The place of the band with the headings among the sheet's; their count where there is none. */
static size_t find_headings(const tb_sheet *sheet, tb_explanations *ret)
{
    size_t end = sheet->band_count < HEADING_BANDS ? sheet->band_count : HEADING_BANDS;
    for (size_t i = 0; i < end; i++)
        if (read_headings(&sheet->bands[i], ret))
            return i;
    return sheet->band_count;
}

/* ---- rows ---- */

static tb_str date_text(tb_arena *arena, const tb_cell *cell)
{
    char text[32];
    int64_t days = 0;
    int year, month, day;
    tb_decimal whole;
    if (!tb_decimal_round(cell->number, 0, TB_ROUND_FLOOR, &whole) ||
        !tb_decimal_to_int(whole, &days) || !tb_calendar_date(days, &year, &month, &day))
        return TB_STR("");
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return tb_arena_dup(arena, tb_str_of(text));
}

/* .data is NULL when memory ran out. */
static tb_str cell_text(tb_arena *arena, const tb_cell *cell)
{
    char number[TB_DECIMAL_TEXT_SIZE];
    if (cell == NULL || cell->type == TB_CELL_EMPTY)
        return TB_STR("");
    if (cell->type == TB_CELL_DATE)
        return date_text(arena, cell);
    if (cell->type == TB_CELL_NUMBER || cell->type == TB_CELL_BOOLEAN)
        return tb_arena_dup(arena, tb_decimal_format(tb_decimal_normalize(cell->number), number));
    tb_str text = tb_str_trim(cell->text);
    return text.data != NULL ? text : TB_STR("");
}

static bool find_sheet(const tb_workbook *workbook, tb_str name, uint32_t *ret)
{
    for (size_t i = 0; i < workbook->sheet_count; i++)
        if (tb_str_equal(workbook->sheets[i].name, name)) {
            *ret = (uint32_t)i;
            return true;
        }
    return false;
}

/* 申报表!H12, '申报 表'!$H$12; without a sheet only where there is one beside that of explanations.
 */
static bool parse_target(const tb_workbook *workbook, uint32_t own_sheet, tb_str text,
                         tb_address *ret)
{
    size_t mark = text.size;
    while (mark > 0 && text.data[mark - 1] != '!')
        mark--;
    if (!tb_cell_parse_name(tb_str_slice(text, mark, text.size), &ret->row, &ret->column))
        return false;
    if (mark == 0) {
        ret->sheet = own_sheet == 0 ? 1 : 0;
        return workbook->sheet_count == 2;
    }
    tb_str sheet = tb_str_slice(text, 0, mark - 1);
    if (tb_str_starts(sheet, TB_STR("$")))
        sheet = tb_str_slice(sheet, 1, sheet.size);
    if (sheet.size >= 2 && tb_str_starts(sheet, TB_STR("'")) && tb_str_ends(sheet, TB_STR("'")))
        sheet = tb_str_slice(sheet, 1, sheet.size - 1);
    return find_sheet(workbook, sheet, &ret->sheet);
}

/* False when memory ran out; *ret_blank tells a row that says nothing. */
static bool read_row(const tb_workbook *workbook, const tb_explanations *from, uint32_t row,
                     tb_arena *arena, tb_explanation *ret, bool *ret_blank)
{
    const tb_sheet *sheet = &workbook->sheets[from->sheet];
    *ret = (tb_explanation){
        .at = {from->sheet, row, from->columns[TB_EXPLANATION_REASON]},
    };
    *ret_blank = true;
    for (int i = 0; i < TB_EXPLANATION_COLUMNS; i++) {
        ret->texts[i] = cell_text(arena, tb_sheet_find_cell(sheet, row, from->columns[i]));
        if (ret->texts[i].data == NULL)
            return false;
        *ret_blank &= i == TB_EXPLANATION_CODE || ret->texts[i].size == 0;
    }
    ret->has_target =
        parse_target(workbook, from->sheet, ret->texts[TB_EXPLANATION_CELL], &ret->target);
    ret->has_code =
        tb_explanation_code_parse(ret->texts[TB_EXPLANATION_CODE], ret->identity, ret->reads);
    return true;
}

static tb_status read_rows(const tb_workbook *workbook, size_t band, tb_arena *arena,
                           tb_explanations *ret, tb_error *error)
{
    const tb_sheet *sheet = &workbook->sheets[ret->sheet];
    ret->next_row = ret->heading_row + 1;
    ret->list = tb_arena_array(arena, sheet->band_count, sizeof *ret->list);
    if (ret->list == NULL)
        return tb_error_memory(error);
    while (++band < sheet->band_count) {
        bool blank;
        const tb_band *rows = &sheet->bands[band];
        if (!read_row(workbook, ret, rows->row, arena, &ret->list[ret->count], &blank))
            return tb_error_memory(error);
        ret->count += !blank;
        if (rows->cell_count > 0)
            ret->next_row = rows->row + rows->rows;
    }
    return TB_OK;
}

tb_status tb_explanations_read(const tb_workbook *workbook, tb_arena *arena, tb_explanations *ret,
                               tb_error *error)
{
    *ret = (tb_explanations){0};
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        const tb_sheet *sheet = &workbook->sheets[i];
        if (!tb_explanations_is_sheet_name(sheet->name))
            continue;
        size_t band = find_headings(sheet, ret);
        if (band == sheet->band_count)
            continue;
        ret->found = true;
        ret->sheet = (uint32_t)i;
        return read_rows(workbook, band, arena, ret, error);
    }
    return TB_OK;
}

/* ---- out of sight ---- */

tb_status tb_explanations_set_aside(const tb_workbook *workbook,
                                    const tb_explanations *explanations, tb_arena *arena,
                                    const tb_workbook **ret, tb_error *error)
{
    *ret = workbook;
    if (!explanations->found)
        return TB_OK;
    tb_workbook *rest = tb_arena_alloc(arena, sizeof *rest);
    tb_sheet *sheets = tb_arena_array(arena, workbook->sheet_count, sizeof *sheets);
    if (rest == NULL || sheets == NULL)
        return tb_error_memory(error);
    memcpy(sheets, workbook->sheets, workbook->sheet_count * sizeof *sheets);
    tb_sheet *own = &sheets[explanations->sheet];
    *own = (tb_sheet){.name = own->name, .hidden = own->hidden};
    *rest = *workbook;
    rest->sheets = sheets;
    *ret = rest;
    return TB_OK;
}
