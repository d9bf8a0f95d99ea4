/*
 * Finds a matrix: a table whose rows and columns both have labels, some of them below a group
 * (合计 of 收入构成 and 合计 of 支出构成).
 */
#include "form/locate.h"
#include "form/values.h"

#define NOT_FOUND UINT32_MAX

typedef struct sheet_area {
    uint32_t sheet;
    tb_range range;
} sheet_area;

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Where the matrix lies: from its heading to the next heading or title; without a heading the
 * sheet of its first row's label. */
static bool find_area(const tb_locator *locator, const tb_matrix *matrix, sheet_area *ret)
{
    const unsigned stops = TB_ROLE_HEADING | TB_ROLE_TITLE;
    size_t at = tb_locator__find_anywhere(locator, &matrix->headings, 0, NULL);
    ret->range = tb_whole_sheet();
    if (at == locator->occurrence_count) {
        for (size_t i = 0; i < matrix->row_count && at == locator->occurrence_count; i++)
            at = tb_locator__find_anywhere(locator, &matrix->rows[i].labels, 0, NULL);
        ret->sheet = at < locator->occurrence_count ? locator->occurrences[at].sheet : 0;
        return false;
    }
    ret->sheet = locator->occurrences[at].sheet;
    ret->range.row = locator->occurrences[at].area.row;
    for (size_t i = at + 1; i < locator->occurrence_count; i++) {
        const tb_occurrence *next = &locator->occurrences[i];
        if (next->sheet != ret->sheet)
            break;
        if (next->area.row == ret->range.row || !tb_locator__has_role(locator, i, stops) ||
            tb_labels_find(&matrix->headings, next->shape) != NULL)
            continue;
        ret->range.last_row = next->area.row - 1;
        break;
    }
    return true;
}

/* The rows beside a group's label: those of its merged cell, and on to the next group. */
static tb_range rows_under(const tb_locator *locator, const tb_matrix *matrix,
                           const sheet_area *area, size_t group)
{
    const tb_occurrence *at = &locator->occurrences[group];
    tb_range range = area->range;
    range.row = at->area.row;
    range.column = at->area.last_column + 1;
    for (size_t i = 0; i < matrix->row_count; i++) {
        tb_range below = area->range;
        below.row = at->area.last_row + 1;
        size_t next =
            tb_locator__find(locator, &matrix->rows[i].under, area->sheet, below, 0, NULL);
        if (next < locator->occurrence_count)
            range.last_row = least(range.last_row, locator->occurrences[next].area.row - 1);
    }
    return range;
}

/* How many rows before this one have its first label: 合计 stands under each group. */
static size_t rank_of(const tb_line *lines, size_t index)
{
    size_t rank = 0;
    for (size_t i = 0; i < index; i++)
        rank += tb_labels_find(&lines[i].labels, lines[index].labels.labels[0].shape) != NULL;
    return rank;
}

static uint32_t find_row(const tb_locator *locator, const tb_matrix *matrix, const sheet_area *area,
                         size_t index)
{
    const tb_line *line = &matrix->rows[index];
    size_t group = tb_locator__find(locator, &line->under, area->sheet, area->range, 0, NULL);
    size_t at = locator->occurrence_count;
    if (group < locator->occurrence_count)
        at = tb_locator__find(locator, &line->labels, area->sheet,
                              rows_under(locator, matrix, area, group), 0, NULL);
    if (at == locator->occurrence_count && group == locator->occurrence_count) {
        size_t from = 0;
        for (size_t rank = rank_of(matrix->rows, index) + 1; rank > 0; rank--, from = at + 1)
            at = tb_locator__find(locator, &line->labels, area->sheet, area->range, from, NULL);
    }
    return at < locator->occurrence_count ? locator->occurrences[at].area.row : NOT_FOUND;
}

/* The n-th cell of the row below a group's heading; blank ones do not count where the heading is
 * not merged and so tells nothing about its columns. */
static bool nth_below(const tb_locator *locator, uint32_t sheet, tb_range heading, size_t nth,
                      tb_range *ret)
{
    tb_range group = tb_locator__group(locator, sheet, heading);
    bool merged = heading.column != heading.last_column;
    uint32_t column = group.column;
    for (size_t i = 0; column <= group.last_column;) {
        tb_range cell = tb_locator__area(locator, sheet, group.last_row + 1, column);
        i += merged || !tb_cell_is_blank(tb_locator__cell(locator, sheet, cell));
        if (i == nth) {
            *ret = cell;
            return true;
        }
        column = cell.last_column + 1;
    }
    return false;
}

/* Captures from a cell that is known by its place: what it says need not be its label. */
static bool capture_by_place(tb_locator *locator, const tb_line *line, uint32_t sheet,
                             tb_range cell)
{
    const tb_field *field = line->labels.labels[0].captures[0];
    if (field == NULL)
        return true;
    tb_item *item = locator->form->root->items[field->slot];
    return tb_locator__read_cell(locator, item, sheet, cell);
}

static bool find_column(tb_locator *locator, const tb_matrix *matrix, const sheet_area *area,
                        uint32_t first_row, size_t index, tb_range *ret)
{
    const tb_line *line = &matrix->columns[index];
    tb_range range = area->range;
    if (first_row != NOT_FOUND)
        range.last_row = least(range.last_row, first_row);
    *ret = (tb_range){NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND};
    size_t group = tb_locator__find(locator, &line->under, area->sheet, range, 0, NULL);
    if (group < locator->occurrence_count) {
        tb_range heading = locator->occurrences[group].area;
        if (line->nth > 0 && nth_below(locator, area->sheet, heading, line->nth, ret))
            return capture_by_place(locator, line, area->sheet, *ret);
        range.row = heading.last_row + 1;
        range.column = heading.column;
        range.last_column = tb_locator__group(locator, area->sheet, heading).last_column;
    }
    const tb_label *label = NULL;
    size_t at = tb_locator__find(locator, &line->labels, area->sheet, range, 0, &label);
    if (at == locator->occurrence_count)
        return true;
    *ret = locator->occurrences[at].area;
    return tb_locator__capture(locator, label, at, locator->form->root);
}

static bool read_cells(tb_locator *locator, const tb_matrix *matrix, const sheet_area *area,
                       const uint32_t *rows, const tb_range *columns)
{
    tb_item **items = locator->form->root->items + matrix->first_slot;
    for (size_t i = 0; i < matrix->row_count * matrix->column_count; i++) {
        uint32_t row = rows[i / matrix->column_count];
        uint32_t column = columns[i % matrix->column_count].column;
        if (row == NOT_FOUND || column == NOT_FOUND) {
            items[i]->at = (tb_address){area->sheet, row != NOT_FOUND ? row : area->range.row,
                                        column != NOT_FOUND ? column : area->range.column};
            continue;
        }
        if (!tb_locator__read_cell(locator, items[i], area->sheet,
                                   tb_locator__area(locator, area->sheet, row, column)))
            return false;
    }
    return true;
}

/* The matrix once more as records that share its items: one for each column, or each row. */
static bool make_view(tb_locator *locator, const tb_matrix *matrix, const tb_scope *scope,
                      const tb_line *lines, size_t count)
{
    bool by_column = scope == matrix->by_column;
    tb_record *root = locator->form->root;
    tb_record_list *list = &root->lists[scope->slot];
    tb_item **items = root->items + matrix->first_slot;
    for (size_t i = 0; i < count; i++) {
        tb_record *record = tb_locator__record(locator, scope, root, list->at);
        if (record == NULL || !tb_locator__push(locator, list, record))
            return false;
        record->id = lines[i].id;
        for (size_t j = 0; j < scope->field_count; j++)
            record->items[j] = by_column ? items[j * matrix->column_count + i]
                                         : items[i * matrix->column_count + j];
        record->at = record->items[0]->at;
        if (by_column) {
            tb_value_settle_shares(record->items, scope->field_count);
            tb_value_settle_decimals(record->items, scope->field_count);
        }
    }
    return true;
}

static bool add_gaps(tb_locator *locator, const tb_matrix *matrix, const sheet_area *area,
                     bool found, const uint32_t *rows, const tb_range *columns)
{
    tb_address at = {area->sheet, area->range.row, area->range.column};
    size_t missing = 0;
    for (size_t i = 0; i < matrix->row_count; i++)
        missing += rows[i] == NOT_FOUND;
    if (!found && missing == matrix->row_count)
        return tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_SCOPE,
                                                 .at = locator->form->root->at,
                                                 .scope = matrix->by_column,
                                                 .required = true});
    for (size_t i = 0; i < matrix->row_count; i++) {
        if (rows[i] == NOT_FOUND &&
            !tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_COLUMN,
                                               .at = at,
                                               .field = &matrix->by_column->fields[i],
                                               .scope = matrix->by_column,
                                               .required = true}))
            return false;
    }
    for (size_t i = 0; i < matrix->column_count; i++) {
        if (columns[i].column == NOT_FOUND &&
            !tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_COLUMN,
                                               .at = at,
                                               .field = &matrix->by_row->fields[i],
                                               .scope = matrix->by_row,
                                               .required = matrix->by_row->fields[i].required}))
            return false;
    }
    return true;
}

bool tb_locator__matrix(tb_locator *locator, const tb_matrix *matrix)
{
    sheet_area area;
    bool found = find_area(locator, matrix, &area);
    uint32_t *rows = tb_locator__array(locator, matrix->row_count, sizeof *rows);
    tb_range *columns = tb_locator__array(locator, matrix->column_count, sizeof *columns);
    if (rows == NULL || columns == NULL)
        return false;
    uint32_t first = NOT_FOUND;
    for (size_t i = 0; i < matrix->row_count; i++) {
        rows[i] = find_row(locator, matrix, &area, i);
        first = least(first, rows[i]);
    }
    for (size_t i = 0; i < matrix->column_count; i++) {
        if (!find_column(locator, matrix, &area, first, i, &columns[i]))
            return false;
    }
    tb_record_list *lists = locator->form->root->lists;
    tb_address at = {area.sheet, area.range.row, area.range.column};
    lists[matrix->by_column->slot].at = lists[matrix->by_row->slot].at = at;
    lists[matrix->by_column->slot].found = lists[matrix->by_row->slot].found = found;
    return read_cells(locator, matrix, &area, rows, columns) &&
           make_view(locator, matrix, matrix->by_column, matrix->columns, matrix->column_count) &&
           make_view(locator, matrix, matrix->by_row, matrix->rows, matrix->row_count) &&
           add_gaps(locator, matrix, &area, found, rows, columns);
}
