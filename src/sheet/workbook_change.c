/*
 * Copies the sheets that change through a builder. Bands and cells that a file repeats are taken
 * apart where a change falls into them.
 */
#include "sheet/workbook_change.h"

typedef struct change_run {
    const tb_cell_change *changes;
    size_t count;
    uint32_t sheet;
    tb_workbook_builder *builder;
    tb_error *error;
} change_run;

/* The first changed row from `row` on and before `end`; else `end`. */
static uint32_t next_changed_row(const change_run *run, uint32_t row, uint32_t end)
{
    uint32_t next = end;
    for (size_t i = 0; i < run->count; i++) {
        tb_address at = run->changes[i].at;
        if (at.sheet == run->sheet && at.row >= row && at.row < next)
            next = at.row;
    }
    return next;
}

static bool changes_cell(const change_run *run, uint32_t row, const tb_cell *cell)
{
    for (size_t i = 0; i < run->count; i++) {
        tb_address at = run->changes[i].at;
        if (at.sheet == run->sheet && at.row == row && at.column >= cell->column &&
            at.column < cell->column + cell->width)
            return true;
    }
    return false;
}

static tb_status put_cell(const change_run *run, const tb_cell *cell, uint32_t column,
                          uint32_t width)
{
    tb_cell *put = tb_workbook_builder_cell(run->builder, column, width, run->error);
    if (put == NULL)
        return run->error != NULL ? run->error->status : TB_NO_MEMORY;
    *put = *cell;
    put->column = column;
    put->width = width;
    return TB_OK;
}

static tb_status copy_cells(const change_run *run, const tb_band *band, uint32_t row)
{
    tb_status status = TB_OK;
    for (size_t i = 0; i < band->cell_count && status == TB_OK; i++) {
        const tb_cell *cell = &band->cells[i];
        bool apart = cell->width > 1 && changes_cell(run, row, cell);
        uint32_t width = apart ? 1 : cell->width;
        for (uint32_t at = 0; at < cell->width && status == TB_OK; at += width)
            status = put_cell(run, cell, cell->column + at, width);
    }
    return status;
}

static tb_status copy_band(const change_run *run, const tb_band *band)
{
    tb_status status = TB_OK;
    uint32_t end = band->row + band->rows;
    for (uint32_t row = band->row; row < end && status == TB_OK;) {
        uint32_t next = next_changed_row(run, row, end);
        uint32_t rows = next > row ? next - row : 1;
        status = tb_workbook_builder_band(run->builder, row, rows, band->hidden, run->error);
        if (status == TB_OK)
            status = copy_cells(run, band, row);
        row += rows;
    }
    return status;
}

/* The builder lets a later cell replace an earlier one. */
static tb_status put_changes(const change_run *run, const tb_sheet *sheet)
{
    tb_status status = TB_OK;
    for (size_t i = 0; i < run->count && status == TB_OK; i++) {
        const tb_cell_change *change = &run->changes[i];
        if (change->at.sheet != run->sheet)
            continue;
        bool hidden = tb_sheet_row_hidden(sheet, change->at.row);
        status = tb_workbook_builder_band(run->builder, change->at.row, 1, hidden, run->error);
        if (status == TB_OK)
            status = put_cell(run, &change->cell, change->at.column, 1);
    }
    return status;
}

static tb_status copy_sheet(const change_run *run, const tb_sheet *sheet)
{
    tb_status status =
        tb_workbook_builder_sheet(run->builder, sheet->name, sheet->hidden, run->error);
    for (size_t i = 0; i < sheet->band_count && status == TB_OK; i++)
        status = copy_band(run, &sheet->bands[i]);
    for (size_t i = 0; i < sheet->merge_count && status == TB_OK; i++)
        status = tb_workbook_builder_merge(run->builder, sheet->merges[i], run->error);
    return status == TB_OK ? put_changes(run, sheet) : status;
}

tb_status tb_workbook_change(const tb_workbook *workbook, const tb_cell_change *changes,
                             size_t count, tb_arena *arena, const tb_workbook **ret_workbook,
                             tb_error *error)
{
    change_run run = {.changes = changes, .count = count, .error = error};
    tb_workbook *changed = NULL;
    tb_status status = tb_workbook_builder_new(arena, &run.builder, error);
    for (uint32_t i = 0; i < workbook->sheet_count && status == TB_OK; i++) {
        run.sheet = i;
        status = copy_sheet(&run, &workbook->sheets[i]);
    }
    if (status == TB_OK)
        status = tb_workbook_builder_finish(run.builder, &changed, error);
    if (status != TB_OK)
        return status;
    changed->has_external_links = workbook->has_external_links;
    changed->has_macros = workbook->has_macros;
    changed->template_id = workbook->template_id;
    *ret_workbook = changed;
    return TB_OK;
}
