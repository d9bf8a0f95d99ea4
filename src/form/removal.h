/*
 * Which rows of a table can be taken out of a form so that it stays one, and what has to be moved
 * for it. Decides only; whoever has the document open (calc/rows.c) does it.
 *
 * Where something merged begins in a row that goes, or a kind is named there, the next row's
 * entries move up into it and that next row goes in its place: what is merged, kinds and sums keep
 * their first row.
 */
#ifndef TB_FORM_REMOVAL_H
#define TB_FORM_REMOVAL_H

#include "form/addition.h"

typedef enum tb_removal_verdict {
    TB_REMOVAL_POSSIBLE,
    TB_REMOVAL_NO_ROWS,     /* not all of them are rows of one table */
    TB_REMOVAL_LAST_ROW,    /* the table would have none left */
    TB_REMOVAL_LAST_OF_KIND /* a kind would have none left, and its name would be lost */
} tb_removal_verdict;

/* Rows, both included, on a sheet of the workbook. */
typedef struct tb_row_removal {
    const tb_record_list *list; /* their table */
    uint32_t sheet, first, last;
} tb_row_removal;

tb_removal_verdict tb_removal_find_rows(const tb_form *form, uint32_t sheet, uint32_t first,
                                        uint32_t last, tb_row_removal *ret);

/* The columns whose cells move up into the row from the one below, which goes in its place; 0: the
 * row goes itself. To be asked from the last row to the first. */
size_t tb_removal_spans(const tb_form *form, const tb_row_removal *removal, uint32_t row,
                        tb_column_span spans[TB_ADDITION_SPANS_MAX]);

#endif
