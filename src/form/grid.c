/*
 * Cells and merges by row and column. A form's sheets are small, so their cells lie in a plain
 * table; of larger sheets only the first columns and rows do, and the rest is searched for.
 */
#include "base/limits.h"
#include "form/locate.h"

#define GRID_ROWS_MAX    2048u
#define GRID_COLUMNS_MAX 32u
#define GRID_CELLS_MAX   65536u /* of all sheets */
#define GROUP_WIDTH_MAX  16u    /* columns below a heading that is not merged */

tb_range tb_whole_sheet(void)
{
    return (tb_range){0, 0, TB_MAX_ROWS, TB_MAX_COLUMNS};
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static void enter_band(tb_grid *grid, const tb_band *band)
{
    uint32_t end = band->rows < grid->rows ? least(band->row + band->rows, grid->rows) : grid->rows;
    for (uint32_t row = band->row; row < end; row++) {
        tb_grid_place *places = &grid->places[row * grid->columns];
        grid->bands[row] = band;
        for (size_t i = 0; i < band->cell_count; i++) {
            const tb_cell *cell = &band->cells[i];
            if (cell->column >= grid->columns)
                break;
            places[cell->column].cell = (uint16_t)(i + 1);
            uint32_t width = least(cell->width, grid->columns - cell->column);
            for (uint32_t j = 1; j < width; j++)
                places[cell->column + j].cell = (uint16_t)(i + 1);
        }
    }
}

static void enter_merge(tb_grid *grid, size_t index)
{
    const tb_range *merge = &grid->sheet->merges[index];
    for (uint32_t row = merge->row; row <= merge->last_row && row < grid->rows; row++) {
        tb_grid_place *places = &grid->places[row * grid->columns];
        for (uint32_t column = merge->column;
             column <= merge->last_column && column < grid->columns; column++) {
            if (places[column].merge == 0)
                places[column].merge = (uint16_t)(index + 1);
        }
    }
}

/* Merges are numbered in 16 bits. Overlapping ones are broken and would cost much: at most so many
 * places are entered. */
static bool merges_fit(const tb_sheet *sheet, const tb_grid *grid)
{
    uint64_t places = 0;
    if (sheet->merge_count > UINT16_MAX)
        return false;
    for (size_t i = 0; i < sheet->merge_count; i++) {
        const tb_range *merge = &sheet->merges[i];
        if (merge->row >= grid->rows || merge->column >= grid->columns)
            continue;
        uint64_t rows = least(merge->last_row + 1, grid->rows) - merge->row;
        uint64_t columns = least(merge->last_column + 1, grid->columns) - merge->column;
        places += rows * columns;
    }
    return places <= (uint64_t)grid->rows * grid->columns;
}

static bool make_grid(tb_locator *locator, const tb_sheet *sheet, uint32_t *cells, tb_grid *grid)
{
    grid->sheet = sheet;
    grid->rows = least(sheet->row_count + 1, GRID_ROWS_MAX);
    grid->columns = least(sheet->column_count + 1, GRID_COLUMNS_MAX);
    if (grid->rows * grid->columns > *cells || !merges_fit(sheet, grid)) {
        grid->rows = grid->columns = 0;
        return true;
    }
    *cells -= grid->rows * grid->columns;
    grid->places =
        tb_locator__array(locator, (size_t)grid->rows * grid->columns, sizeof *grid->places);
    grid->bands = tb_locator__array(locator, grid->rows, sizeof *grid->bands);
    grid->known = tb_locator__array(locator, grid->rows, sizeof *grid->known);
    if (grid->places == NULL || grid->bands == NULL || grid->known == NULL)
        return false;
    for (size_t i = 0; i < sheet->band_count && sheet->bands[i].row < grid->rows; i++)
        enter_band(grid, &sheet->bands[i]);
    for (size_t i = 0; i < sheet->merge_count && sheet->merges[i].row < grid->rows; i++)
        enter_merge(grid, i);
    return true;
}

bool tb_locator__make_grids(tb_locator *locator)
{
    uint32_t cells = GRID_CELLS_MAX;
    size_t count = locator->workbook->sheet_count;
    locator->grids = tb_locator__array(locator, count, sizeof *locator->grids);
    if (locator->grids == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!make_grid(locator, &locator->workbook->sheets[i], &cells, &locator->grids[i]))
            return false;
    }
    return true;
}

tb_range tb_locator__group(const tb_locator *locator, uint32_t sheet, tb_range heading)
{
    if (heading.column != heading.last_column)
        return heading;
    for (uint32_t n = 1; n < GROUP_WIDTH_MAX; n++) {
        tb_range next = tb_locator__area(locator, sheet, heading.row, heading.column + n);
        if (next.column != next.last_column || next.row != next.last_row ||
            !tb_cell_is_blank(tb_locator__cell(locator, sheet, next)))
            break;
        heading.last_column = next.column;
    }
    return heading;
}
