/*
 * A kind is what a column says that goes down a table (数量指标): named once for its rows, merged
 * over them, or repeated in each.
 */
#include "form/removal.h"

#include "form/layout.h"
#include "form/values.h"

/* Tables */

static bool holds(const tb_record_list *list, uint32_t sheet, uint32_t first, uint32_t last)
{
    const tb_table_rows *rows = &list->rows;
    return list->scope->kind == TB_SCOPE_TABLE && rows->columns != NULL && rows->sheet == sheet &&
           rows->first <= first && first <= last && last < rows->limit;
}

static const tb_record_list *find_in_blocks(const tb_record_list *blocks, uint32_t sheet,
                                            uint32_t first, uint32_t last)
{
    for (size_t i = 0; blocks->scope->kind == TB_SCOPE_BLOCK && i < blocks->count; i++) {
        for (size_t j = 0; j < blocks->scope->scope_count; j++) {
            if (holds(&blocks->records[i]->lists[j], sheet, first, last))
                return &blocks->records[i]->lists[j];
        }
    }
    return NULL;
}

static const tb_record_list *find_table(const tb_form *form, uint32_t sheet, uint32_t first,
                                        uint32_t last)
{
    const tb_record_list *found = NULL;
    for (size_t i = 0; i < form->root->scope->scope_count && found == NULL; i++) {
        const tb_record_list *list = &form->root->lists[i];
        found = holds(list, sheet, first, last) ? list : find_in_blocks(list, sheet, first, last);
    }
    return found;
}

/* Kinds */

static tb_str text_at(const tb_sheet *sheet, uint32_t row, uint32_t column)
{
    const tb_cell *cell = tb_sheet_find_cell(sheet, row, column);
    return cell == NULL ? TB_STR("") : tb_str_trim(cell->text);
}

/* What the row is of the column's kinds: the text there or the nearest one above. */
static tb_str kind_of(const tb_sheet *sheet, const tb_table_rows *rows, uint32_t row,
                      uint32_t column)
{
    tb_str kind = text_at(sheet, row, column);
    while (kind.size == 0 && row > rows->first)
        kind = text_at(sheet, --row, column);
    return kind;
}

static bool same_kinds(const tb_sheet *sheet, const tb_record_list *list, uint32_t a, uint32_t b)
{
    const tb_table_layout *layout = list->scope->layout;
    for (size_t i = 0; i < list->scope->field_count; i++) {
        uint32_t column = list->rows.columns[i];
        if (layout->columns[i].fill_down && column != TB_NO_COLUMN &&
            !tb_str_equal(kind_of(sheet, &list->rows, a, column),
                          kind_of(sheet, &list->rows, b, column)))
            return false;
    }
    return true;
}

/* Whether the row only holds a place for more of them: "……" instead of a kind. */
static bool is_filler(const tb_sheet *sheet, const tb_record_list *list, uint32_t row)
{
    const tb_table_layout *layout = list->scope->layout;
    for (size_t i = 0; i < list->scope->field_count; i++) {
        uint32_t column = list->rows.columns[i];
        if (layout->columns[i].fill_down && column != TB_NO_COLUMN &&
            tb_value_is_filler(text_at(sheet, row, column)))
            return true;
    }
    return false;
}

/* Whether a row of the same kinds is left, before or behind those that go. */
static bool kind_stays(const tb_sheet *sheet, const tb_row_removal *removal, uint32_t row)
{
    const tb_table_rows *rows = &removal->list->rows;
    return (removal->first > rows->first &&
            same_kinds(sheet, removal->list, row, removal->first - 1)) ||
           (removal->last + 1 < rows->limit &&
            same_kinds(sheet, removal->list, row, removal->last + 1));
}

tb_removal_verdict tb_removal_find_rows(const tb_form *form, uint32_t sheet, uint32_t first,
                                        uint32_t last, tb_row_removal *ret)
{
    const tb_record_list *list = find_table(form, sheet, first, last);
    if (list == NULL)
        return TB_REMOVAL_NO_ROWS;
    if (list->rows.first == first && list->rows.limit == last + 1)
        return TB_REMOVAL_LAST_ROW;
    *ret = (tb_row_removal){list, sheet, first, last};
    const tb_sheet *cells = &form->workbook->sheets[sheet];
    for (uint32_t row = first; row <= last; row++) {
        if (!is_filler(cells, list, row) && !kind_stays(cells, ret, row))
            return TB_REMOVAL_LAST_OF_KIND;
    }
    return TB_REMOVAL_POSSIBLE;
}

/* Moving up */

/* The merge across rows that begins in the row and reaches beyond those that go, or NULL. */
static const tb_range *merge_from(const tb_sheet *sheet, const tb_row_removal *removal,
                                  uint32_t row, uint32_t column)
{
    const tb_range *merge = tb_sheet_find_merge(sheet, row, column);
    return merge != NULL && merge->row == row && merge->last_row > removal->last ? merge : NULL;
}

/* Whether the kind is named here for rows that stay. */
static bool names_kind(const tb_sheet *sheet, const tb_row_removal *removal, uint32_t row,
                       uint32_t column)
{
    const tb_table_rows *rows = &removal->list->rows;
    return tb_addition_keeps(removal->list, column) && text_at(sheet, row, column).size > 0 &&
           removal->last + 1 < rows->limit && text_at(sheet, removal->last + 1, column).size == 0;
}

/* One past the last column at `column` that stays as it is; `column` when it moves. */
static uint32_t end_of_what_stays(const tb_sheet *sheet, const tb_row_removal *removal,
                                  uint32_t row, uint32_t column)
{
    const tb_range *merge = merge_from(sheet, removal, row, column);
    if (merge != NULL)
        return merge->last_column + 1;
    return names_kind(sheet, removal, row, column) ? column + 1 : column;
}

size_t tb_removal_spans(const tb_form *form, const tb_row_removal *removal, uint32_t row,
                        tb_column_span spans[TB_ADDITION_SPANS_MAX])
{
    const tb_sheet *sheet = &form->workbook->sheets[removal->sheet];
    size_t count = 0;
    uint32_t from = 0;
    bool stays = false;
    for (uint32_t column = 0; column < sheet->column_count; column++) {
        uint32_t end = end_of_what_stays(sheet, removal, row, column);
        if (end == column)
            continue;
        stays = true;
        if (from < column && count < TB_ADDITION_SPANS_MAX)
            spans[count++] = (tb_column_span){from, column};
        from = end;
        column = end - 1;
    }
    if (from < sheet->column_count && count < TB_ADDITION_SPANS_MAX)
        spans[count++] = (tb_column_span){from, sheet->column_count};
    return stays ? count : 0;
}
