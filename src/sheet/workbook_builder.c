/*
 * Making a workbook. Cells of a band lie side by side in blocks; a band that outgrows its block
 * moves to a larger one. What came in order, as it does in nearly every file, is not sorted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "sheet/range_index.h"
#include "sheet/workbook.h"

#define FIRST_BLOCK   64
#define LARGEST_BLOCK 4096

/* A band being built; its cells are unsorted while `disorder`. */
typedef struct open_band {
    tb_band band;
    size_t number; /* in order of arrival */
    bool disorder;
} open_band;

typedef struct range_list {
    tb_range *ranges;
    size_t count, capacity;
    bool disorder;
} range_list;

typedef struct open_sheet {
    tb_sheet sheet;
    open_band *bands;
    size_t band_capacity;
    range_list merges, validities;
    bool disorder;
} open_sheet;

struct tb_workbook_builder {
    tb_arena *arena;
    tb_workbook workbook;
    open_sheet *sheets;
    size_t sheet_capacity;
    size_t cell_count, merge_count, validity_count;
    open_sheet *sheet; /* the present one, and its present band; NULL: none */
    open_band *band;
    tb_cell *block; /* where the next cells go */
    size_t block_used, block_size;
};

static tb_status limit_error(tb_error *error, tb_message message, size_t max)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", max);
    return tb_error_set(error, TB_LIMIT, message, text, NULL);
}

/* Makes room for one more element; NULL when memory is exhausted. */
static void *room_for_one(tb_arena *arena, void *array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return array;
    size_t wanted = *capacity > 0 ? *capacity * 2 : 16;
    void *grown = tb_arena_grow(arena, array, *capacity, wanted, size);
    if (grown != NULL)
        *capacity = wanted;
    return grown;
}

tb_status tb_workbook_builder_new(tb_arena *arena, tb_workbook_builder **ret_builder,
                                  tb_error *error)
{
    tb_workbook_builder *builder = tb_arena_alloc(arena, sizeof *builder);
    if (builder == NULL)
        return tb_error_memory(error);
    builder->arena = arena;
    *ret_builder = builder;
    return TB_OK;
}

/* ---- Adding ---- */

static bool is_empty(const tb_cell *cell)
{
    return cell->type == TB_CELL_EMPTY && cell->formula.size == 0;
}

/* The cell given out last is looked at only now that it is filled in. */
static void settle_cell(tb_workbook_builder *builder)
{
    open_band *band = builder->band;
    if (band == NULL || band->band.cell_count == 0)
        return;
    if (is_empty(&band->band.cells[band->band.cell_count - 1])) {
        band->band.cell_count--;
        builder->block_used--;
        builder->cell_count--;
    }
}

/* A band that ends up empty and visible says nothing. */
static void settle_band(tb_workbook_builder *builder)
{
    settle_cell(builder);
    const open_band *band = builder->band;
    if (band != NULL && band->band.cell_count == 0 && !band->band.hidden)
        builder->sheet->sheet.band_count--;
    builder->band = NULL;
}

tb_status tb_workbook_builder_sheet(tb_workbook_builder *builder, tb_str name, bool hidden,
                                    tb_error *error)
{
    settle_band(builder);
    size_t count = builder->workbook.sheet_count;
    if (count == TB_MAX_SHEETS)
        return limit_error(error, TB_MSG_SHEET_TOO_MANY_SHEETS, TB_MAX_SHEETS);
    open_sheet *sheets = room_for_one(builder->arena, builder->sheets, count,
                                      &builder->sheet_capacity, sizeof *sheets);
    if (sheets == NULL)
        return tb_error_memory(error);
    builder->sheets = sheets;
    sheets[count] = (open_sheet){.sheet = {.name = name, .hidden = hidden}};
    builder->sheet = &sheets[count];
    builder->workbook.sheet_count++;
    return TB_OK;
}

tb_status tb_workbook_builder_band(tb_workbook_builder *builder, uint32_t row, uint32_t rows,
                                   bool hidden, tb_error *error)
{
    settle_band(builder);
    open_sheet *sheet = builder->sheet;
    tb_assert_or(sheet != NULL && rows > 0, TB_INTERNAL);
    if (row >= TB_MAX_ROWS || rows > TB_MAX_ROWS - row)
        return limit_error(error, TB_MSG_SHEET_TOO_MANY_ROWS, TB_MAX_ROWS);
    size_t count = sheet->sheet.band_count;
    open_band *bands =
        room_for_one(builder->arena, sheet->bands, count, &sheet->band_capacity, sizeof *bands);
    if (bands == NULL)
        return tb_error_memory(error);
    sheet->bands = bands;
    if (count > 0 && bands[count - 1].band.row + bands[count - 1].band.rows > row)
        sheet->disorder = true;
    bands[count] =
        (open_band){.band = {.row = row, .rows = rows, .hidden = hidden}, .number = count};
    if (builder->block != NULL)
        bands[count].band.cells = builder->block + builder->block_used;
    builder->band = &bands[count];
    sheet->sheet.band_count++;
    return TB_OK;
}

/* A new block, with the cells that the open band has already. */
static bool add_block(tb_workbook_builder *builder, open_band *band)
{
    size_t kept = band->band.cell_count;
    size_t size = builder->block_size == 0 ? FIRST_BLOCK : builder->block_size * 2;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < 2 * kept)
        size = 2 * kept;
    tb_cell *block = tb_arena_room(builder->arena, size * sizeof *block);
    if (block == NULL)
        return false;
    if (kept > 0)
        memcpy(block, band->band.cells, kept * sizeof *block);
    band->band.cells = block;
    builder->block = block;
    builder->block_used = kept;
    builder->block_size = size;
    return true;
}

tb_cell *tb_workbook_builder_cell(tb_workbook_builder *builder, uint32_t column, uint32_t width,
                                  tb_error *error)
{
    settle_cell(builder);
    open_band *band = builder->band;
    tb_assert_or(band != NULL && width > 0, NULL);
    if (column >= TB_MAX_COLUMNS || width > TB_MAX_COLUMNS - column) {
        limit_error(error, TB_MSG_SHEET_TOO_MANY_COLUMNS, TB_MAX_COLUMNS);
        return NULL;
    }
    if (builder->cell_count == TB_MAX_CELLS) {
        limit_error(error, TB_MSG_SHEET_TOO_MANY_CELLS, TB_MAX_CELLS);
        return NULL;
    }
    if (builder->block_used == builder->block_size && !add_block(builder, band)) {
        tb_error_memory(error);
        return NULL;
    }
    tb_cell *cell = &builder->block[builder->block_used];
    size_t count = band->band.cell_count;
    if (count > 0 && cell[-1].column + cell[-1].width > column)
        band->disorder = true;
    *cell = (tb_cell){.column = column, .width = width};
    cell->format.decimals = TB_DECIMALS_ANY;
    builder->block_used++;
    builder->cell_count++;
    band->band.cell_count++;
    return cell;
}

static int compare_ranges(const void *a, const void *b)
{
    const tb_range *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* Cuts the range at the end of the sheet; false when nothing is left. */
static bool cut_range(tb_range *range)
{
    if (range->last_row >= TB_MAX_ROWS)
        range->last_row = TB_MAX_ROWS - 1;
    if (range->last_column >= TB_MAX_COLUMNS)
        range->last_column = TB_MAX_COLUMNS - 1;
    return range->row <= range->last_row && range->column <= range->last_column;
}

static tb_status add_range(tb_workbook_builder *builder, range_list *list, tb_range range,
                           tb_error *error)
{
    tb_range *ranges =
        room_for_one(builder->arena, list->ranges, list->count, &list->capacity, sizeof *ranges);
    if (ranges == NULL)
        return tb_error_memory(error);
    list->ranges = ranges;
    if (list->count > 0 && compare_ranges(&ranges[list->count - 1], &range) > 0)
        list->disorder = true;
    ranges[list->count++] = range;
    return TB_OK;
}

tb_status tb_workbook_builder_merge(tb_workbook_builder *builder, tb_range range, tb_error *error)
{
    tb_assert_or(builder->sheet != NULL, TB_INTERNAL);
    if (!cut_range(&range) || (range.row == range.last_row && range.column == range.last_column))
        return TB_OK;
    if (builder->merge_count == TB_MAX_MERGES)
        return limit_error(error, TB_MSG_SHEET_TOO_MANY_MERGES, TB_MAX_MERGES);
    builder->merge_count++;
    return add_range(builder, &builder->sheet->merges, range, error);
}

tb_status tb_workbook_builder_validity(tb_workbook_builder *builder, tb_range range,
                                       tb_error *error)
{
    tb_assert_or(builder->sheet != NULL, TB_INTERNAL);
    if (!cut_range(&range))
        return TB_OK;
    if (builder->validity_count == TB_MAX_VALIDITIES)
        return limit_error(error, TB_MSG_SHEET_TOO_MANY_VALIDITIES, TB_MAX_VALIDITIES);
    builder->validity_count++;
    return add_range(builder, &builder->sheet->validities, range, error);
}

/* ---- Finishing ---- */

/* Where two cells begin at one place, the one that came last comes first. */
static int compare_cells(const void *a, const void *b)
{
    const tb_cell *x = a, *y = b;
    return (x->column > y->column) - (x->column < y->column);
}

static int compare_bands(const void *a, const void *b)
{
    const open_band *x = a, *y = b;
    if (x->band.row != y->band.row)
        return x->band.row < y->band.row ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Merge sort: equal columns keep their order of arrival, which qsort does not promise. */
static void sort_cells(tb_cell *cells, size_t count, tb_cell *room)
{
    if (count < 2)
        return;
    size_t half = count / 2;
    sort_cells(cells, half, room);
    sort_cells(cells + half, count - half, room);
    memcpy(room, cells, half * sizeof *cells);
    size_t left = 0, right = half, to = 0;
    while (left < half && right < count) {
        bool take_right = compare_cells(&room[left], &cells[right]) > 0;
        cells[to++] = take_right ? cells[right++] : room[left++];
    }
    memcpy(cells + to, room + left, (half - left) * sizeof *cells);
}

/* Drops cells that a later one replaces, and cuts those that reach into the next. */
static size_t drop_replaced(tb_cell *cells, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && cells[kept - 1].column == cells[i].column)
            kept--;
        else if (kept > 0 && cells[kept - 1].column + cells[kept - 1].width > cells[i].column)
            cells[kept - 1].width = cells[i].column - cells[kept - 1].column;
        cells[kept++] = cells[i];
    }
    return kept;
}

static tb_status order_cells(tb_arena *arena, tb_band *band, tb_cell *cells, size_t count,
                             tb_error *error)
{
    tb_cell *room = tb_arena_array(arena, count, sizeof *room);
    if (room == NULL)
        return tb_error_memory(error);
    sort_cells(cells, count, room);
    band->cells = cells;
    band->cell_count = drop_replaced(cells, count);
    return TB_OK;
}

/* Puts the cells of `count` bands that are the same rows into the first. */
static tb_status join_bands(tb_arena *arena, open_band *bands, size_t count, tb_error *error)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += bands[i].band.cell_count;
    tb_cell *cells = tb_arena_array(arena, total, sizeof *cells);
    if (cells == NULL)
        return tb_error_memory(error);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const tb_band *band = &bands[i].band;
        if (band->cell_count > 0)
            memcpy(cells + used, band->cells, band->cell_count * sizeof *cells);
        used += band->cell_count;
        bands[0].band.hidden = bands[0].band.hidden || band->hidden;
    }
    bands[0].disorder = false;
    return order_cells(arena, &bands[0].band, cells, total, error);
}

static tb_status order_bands(tb_arena *arena, open_sheet *sheet, tb_error *error)
{
    open_band *bands = sheet->bands;
    size_t count = sheet->sheet.band_count, kept = 0;
    qsort(bands, count, sizeof *bands, compare_bands);
    for (size_t i = 0; i < count;) {
        size_t same = 1;
        while (i + same < count && bands[i + same].band.row == bands[i].band.row)
            same++;
        if (same > 1) {
            tb_status status = join_bands(arena, bands + i, same, error);
            if (status != TB_OK)
                return status;
        }
        bands[kept++] = bands[i];
        i += same;
    }
    sheet->sheet.band_count = kept;
    return TB_OK;
}

static tb_status finish_bands(tb_arena *arena, open_sheet *sheet, tb_error *error)
{
    if (sheet->disorder) {
        tb_status status = order_bands(arena, sheet, error);
        if (status != TB_OK)
            return status;
    }
    size_t count = sheet->sheet.band_count;
    tb_band *bands = tb_arena_array(arena, count, sizeof *bands);
    if (bands == NULL)
        return tb_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        open_band *band = &sheet->bands[i];
        if (band->disorder) {
            /* The builder's own block: const only for those who read. */
            tb_status status = order_cells(arena, &band->band, (tb_cell *)band->band.cells,
                                           band->band.cell_count, error);
            if (status != TB_OK)
                return status;
        }
        bands[i] = band->band;
    }
    sheet->sheet.bands = bands;
    return TB_OK;
}

/* The ranges in their order, with their index behind them. */
static tb_status finish_ranges(tb_arena *arena, const range_list *list, size_t *ret_count,
                               const tb_range **ret_ranges, tb_error *error)
{
    if (list->count == 0)
        return TB_OK;
    tb_range *ranges =
        tb_arena_array(arena, list->count + tb_range_index_size(list->count), sizeof *ranges);
    if (ranges == NULL)
        return tb_error_memory(error);
    memcpy(ranges, list->ranges, list->count * sizeof *ranges);
    if (list->disorder)
        qsort(ranges, list->count, sizeof *ranges, compare_ranges);
    tb_range_index_build(ranges, list->count);
    *ret_count = list->count;
    *ret_ranges = ranges;
    return TB_OK;
}

/* The extent of the cells that have a value. */
static void measure(tb_sheet *sheet)
{
    for (size_t i = 0; i < sheet->band_count; i++) {
        const tb_band *band = &sheet->bands[i];
        for (size_t j = band->cell_count; j-- > 0;) {
            const tb_cell *cell = &band->cells[j];
            if (cell->type == TB_CELL_EMPTY)
                continue;
            sheet->row_count = band->row + band->rows;
            if (cell->column + cell->width > sheet->column_count)
                sheet->column_count = cell->column + cell->width;
            break;
        }
    }
}

static tb_status finish_sheet(tb_arena *arena, open_sheet *open, tb_sheet *ret_sheet,
                              tb_error *error)
{
    tb_sheet *sheet = &open->sheet;
    tb_status status = finish_bands(arena, open, error);
    if (status == TB_OK)
        status = finish_ranges(arena, &open->merges, &sheet->merge_count, &sheet->merges, error);
    if (status == TB_OK)
        status = finish_ranges(arena, &open->validities, &sheet->validity_count, &sheet->validities,
                               error);
    if (status != TB_OK)
        return status;
    measure(sheet);
    *ret_sheet = *sheet;
    return TB_OK;
}

tb_status tb_workbook_builder_finish(tb_workbook_builder *builder, tb_workbook **ret_workbook,
                                     tb_error *error)
{
    settle_band(builder);
    size_t count = builder->workbook.sheet_count;
    tb_sheet *sheets = tb_arena_array(builder->arena, count, sizeof *sheets);
    if (sheets == NULL)
        return tb_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        tb_status status = finish_sheet(builder->arena, &builder->sheets[i], &sheets[i], error);
        if (status != TB_OK)
            return status;
    }
    builder->workbook.sheets = sheets;
    *ret_workbook = &builder->workbook;
    return TB_OK;
}
