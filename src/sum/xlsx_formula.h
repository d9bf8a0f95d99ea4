/*
 * Formulas of the workbook: links to the forms, and totals that follow when a figure is changed.
 * Used inside src/sum only.
 */
#ifndef TB_SUM_XLSX_FORMULA_H
#define TB_SUM_XLSX_FORMULA_H

#include "base/buffer.h"
#include "sum/outline.h"

/* Appends a formula that shows `shown` and leads to a cell of the form at the path, or where
 * `cell` is empty to the form. */
void tb_xlsx_append_link(tb_buffer *out, tb_str path, tb_str sheet, tb_str cell, tb_str shown);

/* 'sheet'!$C:$C; columns count from 0. */
void tb_xlsx_append_column(tb_buffer *out, const char *sheet, size_t column);

typedef struct tb_xlsx_total {
    const tb_outline *outline;
    const char *const *sheets; /* the name of each table's */
    const tb_sum_cell *row;    /* of TB_SUM_TOTALS */
    bool without_errors;
} tb_xlsx_total;

/* Appends a formula of the total of a row: SUMIFS over the column that its amounts stand in, of
 * the row's year. False where no column has them. */
bool tb_xlsx_append_total(tb_buffer *out, const tb_xlsx_total *total);

/* Where a column of a table stands in its sheet: tables of a form's definition have one more
 * behind their lead, with the number of the form's open errors. */
#define TB_XLSX_ERRORS_COLUMN TB_SUM_LEAD
static inline bool tb_xlsx_has_errors_column(const tb_sum_table *table)
{
    return table->definition != NULL;
}
static inline size_t tb_xlsx_column(const tb_sum_table *table, size_t column)
{
    return column + (tb_xlsx_has_errors_column(table) && column >= TB_SUM_LEAD);
}

/* The column of that id, or the number of columns. */
size_t tb_xlsx_find_column(const tb_sum_table *table, tb_str id);

#endif
