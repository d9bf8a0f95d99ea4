/*
 * Reading a sheet: which cells have content, then that content in rectangular blocks, each by one
 * call for the values and one for the formulas. Blocks never share a row, and rows between them
 * are not looked at, so that a sheet costs what it holds and not how far it reaches.
 */
#include "calc/sheet.h"

#include <stdlib.h>

#include "base/limits.h"
#include "calc/formats.h"
#include "calc/uno/value.h"

enum { BLOCK_CELLS = 1 << 16 }; /* of one bulk call */
#define MAX_CELLS_LOOKED_AT ((uint64_t)TB_MAX_CELLS * 16)

/* com.sun.star.sheet.CellFlags: value, date or time, text, formula */
enum { CONTENT = 1 | 2 | 4 | 16 };

size_t tb_sheet_addresses(tb_calls *calls, uno_Interface *ranges,
                          const tb_range_address **ret_addresses)
{
    const uno_Sequence *sequence =
        tb_uno_call_sequence(calls, ranges, TB_XSheetCellRanges_getRangeAddresses, NULL);
    if (sequence == NULL)
        return 0;
    *ret_addresses = TB_ITEMS(sequence, const tb_range_address);
    return (size_t)sequence->nElements;
}

/* Cells */

static const struct {
    sal_Int32 code;
    const char *text;
} error_texts[] = {{532, "#DIV/0!"}, {519, "#VALUE!"}, {524, "#REF!"},
                   {525, "#NAME?"},  {503, "#NUM!"},   {32767, "#N/A"}};

/* An error has no value of its own: what the cell shows is asked for. */
static tb_str error_text(tb_reading *reading, uno_Interface *sheet, sal_Int32 row, sal_Int32 column)
{
    uno_Interface *cell = tb_uno_call_object(reading->calls, sheet, TB_XCellRange_getCellByPosition,
                                             TB_ARGS(&column, &row));
    sal_Int32 code = tb_uno_call_long(reading->calls, cell, TB_XCell_getError, NULL);
    for (size_t i = 0; i < sizeof(error_texts) / sizeof(error_texts[0]); i++) {
        if (error_texts[i].code == code)
            return tb_str_of(error_texts[i].text);
    }
    return tb_text_utf8(reading->arena,
                        tb_uno_call_text(reading->calls, cell, TB_XTextRange_getString, NULL));
}

static void fill_number(tb_cell *cell, double number)
{
    cell->type = TB_CELL_NUMBER;
    if (cell->format.class_ == TB_FORMAT_DATE)
        cell->type = TB_CELL_DATE;
    else if (cell->format.class_ == TB_FORMAT_BOOLEAN)
        cell->type = TB_CELL_BOOLEAN;
    if (!tb_decimal_from_double(number, &cell->number)) {
        cell->type = TB_CELL_ERROR;
        cell->text = TB_STR("#NUM!");
    }
}

/* A text that begins with = is no formula: its value is the same text. */
static bool is_formula(const rtl_uString *formula, const rtl_uString *text)
{
    return formula->length > 1 && formula->buffer[0] == '=' &&
           (text == NULL || rtl_ustr_compare_WithLength(text->buffer, text->length, formula->buffer,
                                                        formula->length) != 0);
}

static void fill_cell(tb_reading *reading, const uno_Any *value, const rtl_uString *formula,
                      tb_cell *cell)
{
    double number;
    const rtl_uString *text = tb_any_find_text(value);
    if (is_formula(formula, text))
        cell->formula = tb_str_slice(tb_text_utf8(reading->arena, formula), 1, SIZE_MAX);
    if (tb_any_double(value, &number)) {
        fill_number(cell, number);
    } else if (text != NULL && text->length > 0) {
        cell->type = TB_CELL_TEXT;
        cell->text = tb_text_utf8(reading->arena, text);
        if (cell->text.data == NULL)
            tb_error_memory(&reading->calls->error);
    } else if (text == NULL) {
        cell->type = TB_CELL_ERROR;
    }
}

static void read_row(tb_reading *reading, uno_Interface *sheet, tb_range row, const uno_Any *values,
                     rtl_uString *const *formulas, const tb_number_format *formats)
{
    tb_error *error = &reading->calls->error;
    for (uint32_t i = 0; i <= row.last_column - row.column && error->status == TB_OK; i++) {
        const rtl_uString *text = tb_any_find_text(&values[i]);
        if (text != NULL && text->length == 0 && formulas[i]->length == 0)
            continue;
        tb_cell *cell = tb_workbook_builder_cell(reading->builder, row.column + i, 1, error);
        if (cell == NULL)
            return;
        cell->format = formats[i];
        fill_cell(reading, &values[i], formulas[i], cell);
        if (cell->type == TB_CELL_ERROR && cell->text.size == 0)
            cell->text =
                error_text(reading, sheet, (sal_Int32)row.row, (sal_Int32)(row.column + i));
    }
}

/* Blocks */

typedef struct sheet_content {
    uno_Interface *sheet;
    const tb_formats *formats;
    const bool *hidden; /* per row from the first one with content */
    uint32_t first_row;
} sheet_content;

static void read_rows(tb_reading *reading, const sheet_content *content, tb_range block,
                      const tb_number_format *formats, const uno_Sequence *values,
                      const uno_Sequence *formulas)
{
    size_t width = block.last_column - block.column + 1;
    for (uint32_t row = block.row; row <= block.last_row; row++) {
        uint32_t i = row - block.row;
        bool hidden = content->hidden[row - content->first_row];
        if (tb_workbook_builder_band(reading->builder, row, 1, hidden, &reading->calls->error) !=
            TB_OK)
            return;
        tb_range line = {row, block.column, row, block.last_column};
        read_row(
            reading, content->sheet, line, TB_ITEMS(TB_ITEMS(values, uno_Sequence *)[i], uno_Any),
            TB_ITEMS(TB_ITEMS(formulas, uno_Sequence *)[i], rtl_uString *), formats + i * width);
    }
}

static void read_block(tb_reading *reading, const sheet_content *content, tb_range block)
{
    tb_calls *calls = reading->calls;
    tb_calls_value *mark = tb_calls_mark(calls);
    size_t count =
        (size_t)(block.last_row - block.row + 1) * (block.last_column - block.column + 1);
    tb_number_format *formats = calloc(count, sizeof(*formats));
    if (formats == NULL) {
        tb_error_memory(&calls->error);
        return;
    }
    tb_formats_paint(content->formats, block, formats);
    uno_Interface *range =
        tb_uno_call_object(calls, content->sheet, TB_XCellRange_getCellRangeByPosition,
                           TB_ARGS(&block.column, &block.row, &block.last_column, &block.last_row));
    const uno_Sequence *values =
        tb_uno_call_sequence(calls, range, TB_XCellRangeData_getDataArray, NULL);
    const uno_Sequence *formulas =
        tb_uno_call_sequence(calls, range, TB_XCellRangeFormula_getFormulaArray, NULL);
    if (!tb_calls_failed(calls))
        read_rows(reading, content, block, formats, values, formulas);
    tb_calls_release(calls, mark);
    free(formats);
}

/* A block may be taller than one call should be. */
static void read_tall_block(tb_reading *reading, const sheet_content *content, tb_range block)
{
    uint32_t width = block.last_column - block.column + 1;
    uint32_t rows = BLOCK_CELLS / width + 1;
    reading->cells += (uint64_t)(block.last_row - block.row + 1) * width;
    if (reading->cells > MAX_CELLS_LOOKED_AT) {
        tb_error_set(&reading->calls->error, TB_LIMIT, TB_MSG_CALC_TOO_SPREAD_OUT, NULL);
        return;
    }
    for (uint32_t row = block.row; row <= block.last_row; row += rows) {
        tb_range part = block;
        part.row = row;
        if (block.last_row - row >= rows)
            part.last_row = row + rows - 1;
        if (!tb_calls_failed(reading->calls))
            read_block(reading, content, part);
    }
}

static tb_range range_of(const tb_range_address *address)
{
    return (tb_range){(uint32_t)address->row, (uint32_t)address->column,
                      (uint32_t)address->last_row, (uint32_t)address->last_column};
}

static tb_range range_union(tb_range a, tb_range b)
{
    return (tb_range){a.row < b.row ? a.row : b.row, a.column < b.column ? a.column : b.column,
                      a.last_row > b.last_row ? a.last_row : b.last_row,
                      a.last_column > b.last_column ? a.last_column : b.last_column};
}

static int compare_rows(const void *a, const void *b)
{
    const tb_range *left = a, *right = b;
    return (left->row > right->row) - (left->row < right->row);
}

/* Joins what shares rows or nearly touches into blocks. `ranges` are sorted by their first row. */
static void read_blocks(tb_reading *reading, const sheet_content *content, const tb_range *ranges,
                        size_t count)
{
    tb_range block = ranges[0];
    for (size_t i = 1; i < count; i++) {
        if (ranges[i].row > block.last_row + 8) {
            read_tall_block(reading, content, block);
            block = ranges[i];
        } else {
            block = range_union(block, ranges[i]);
        }
    }
    read_tall_block(reading, content, block);
}

/* Hidden rows */

static bool *read_hidden(tb_reading *reading, uno_Interface *sheet, tb_range box)
{
    tb_calls *calls = reading->calls;
    size_t count = box.last_row - box.row + 1;
    bool *hidden = tb_arena_array(reading->arena, count, sizeof(*hidden));
    if (hidden == NULL) {
        tb_error_memory(&calls->error);
        return NULL;
    }
    uno_Interface *range =
        tb_uno_call_object(calls, sheet, TB_XCellRange_getCellRangeByPosition,
                           TB_ARGS(&box.column, &box.row, &box.last_column, &box.last_row));
    uno_Interface *visible =
        tb_uno_call_object(calls, range, TB_XCellRangesQuery_queryVisibleCells, NULL);
    const tb_range_address *addresses;
    size_t address_count = tb_sheet_addresses(calls, visible, &addresses);
    for (size_t i = 0; i < count; i++)
        hidden[i] = true;
    for (size_t i = 0; i < address_count; i++) {
        tb_range shown = range_of(&addresses[i]);
        for (uint32_t row = shown.row; row <= shown.last_row; row++)
            hidden[row - box.row] = false;
    }
    return hidden;
}

static tb_range *sorted_ranges(tb_reading *reading, const tb_range_address *addresses, size_t count,
                               tb_range *ret_box)
{
    tb_range *ranges = tb_arena_array(reading->arena, count, sizeof(*ranges));
    if (ranges == NULL) {
        tb_error_memory(&reading->calls->error);
        return NULL;
    }
    *ret_box = range_of(&addresses[0]);
    for (size_t i = 0; i < count; i++) {
        ranges[i] = range_of(&addresses[i]);
        *ret_box = range_union(*ret_box, ranges[i]);
    }
    qsort(ranges, count, sizeof(*ranges), compare_rows);
    return ranges;
}

void tb_sheet_read(tb_reading *reading, uno_Interface *sheet)
{
    tb_calls *calls = reading->calls;
    tb_formats formats;
    tb_formats_read(reading, sheet, &formats);
    sal_Int16 flags = CONTENT;
    uno_Interface *content_ranges =
        tb_uno_call_object(calls, sheet, TB_XCellRangesQuery_queryContentCells, TB_ARGS(&flags));
    const tb_range_address *addresses;
    size_t count = tb_sheet_addresses(calls, content_ranges, &addresses);
    if (count == 0)
        return;
    tb_range box;
    const tb_range *ranges = sorted_ranges(reading, addresses, count, &box);
    const bool *hidden = ranges == NULL ? NULL : read_hidden(reading, sheet, box);
    sheet_content content = {sheet, &formats, hidden, box.row};
    if (!tb_calls_failed(calls))
        read_blocks(reading, &content, ranges, count);
}
