/*
 * The grid: looking up cells, merges and hidden rows, and names of cells. Making one is
 * workbook_builder.c.
 */
#include "sheet/workbook.h"

#include "base/limits.h"
#include "base/search.h"
#include "sheet/range_index.h"

/* The last band that begins at or above the row, or NULL. */
static const tb_band *find_band(const tb_sheet *sheet, uint32_t row)
{
    size_t count = tb_upper_bound(sheet->bands, sheet->band_count, sizeof *sheet->bands,
                                  offsetof(tb_band, row), row);
    if (count == 0)
        return NULL;
    const tb_band *band = &sheet->bands[count - 1];
    return row - band->row < band->rows ? band : NULL;
}

const tb_cell *tb_sheet_find_cell(const tb_sheet *sheet, uint32_t row, uint32_t column)
{
    const tb_band *band = find_band(sheet, row);
    if (band == NULL)
        return NULL;
    size_t count = tb_upper_bound(band->cells, band->cell_count, sizeof *band->cells,
                                  offsetof(tb_cell, column), column);
    if (count == 0)
        return NULL;
    const tb_cell *cell = &band->cells[count - 1];
    return column - cell->column < cell->width ? cell : NULL;
}

const tb_range *tb_sheet_find_merge(const tb_sheet *sheet, uint32_t row, uint32_t column)
{
    return tb_range_index_find(sheet->merges, sheet->merge_count, row, column);
}

bool tb_sheet_has_validity(const tb_sheet *sheet, uint32_t row, uint32_t column)
{
    return tb_range_index_find(sheet->validities, sheet->validity_count, row, column) != NULL;
}

bool tb_sheet_row_hidden(const tb_sheet *sheet, uint32_t row)
{
    const tb_band *band = find_band(sheet, row);
    return band != NULL && band->hidden;
}

tb_str tb_cell_name(uint32_t row, uint32_t column, char out[TB_CELL_NAME_SIZE])
{
    char backwards[TB_CELL_NAME_SIZE];
    size_t count = 0, size = 0;
    uint32_t number = row + 1;
    do
        backwards[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0 && count < 10);
    number = column + 1;
    do {
        number--;
        backwards[count++] = (char)('A' + number % 26);
    } while ((number /= 26) > 0 && count < TB_CELL_NAME_SIZE - 1);
    while (count > 0)
        out[size++] = backwards[--count];
    out[size] = '\0';
    return (tb_str){out, size};
}

bool tb_cell_parse_name(tb_str name, uint32_t *ret_row, uint32_t *ret_column)
{
    uint32_t row = 0, column = 0;
    size_t at = name.size > 0 && name.data[0] == '$' ? 1 : 0;
    size_t letters = at;
    for (; at < name.size; at++) {
        unsigned letter = ((unsigned char)name.data[at] | 32u) - 'a';
        if (letter >= 26)
            break;
        column = column * 26 + letter + 1;
        if (column > TB_MAX_COLUMNS)
            return false;
    }
    if (at == letters)
        return false;
    if (at < name.size && name.data[at] == '$')
        at++;
    size_t digits = at;
    for (; at < name.size; at++) {
        unsigned digit = (unsigned char)name.data[at] - (unsigned)'0';
        if (digit >= 10)
            return false;
        row = row * 10 + digit;
        if (row > TB_MAX_ROWS)
            return false;
    }
    if (at == digits || row == 0)
        return false;
    *ret_row = row - 1;
    *ret_column = column - 1;
    return true;
}
