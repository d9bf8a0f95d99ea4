/*
 * Looking into the row of a sheaf that a fact was taken from. Used inside src/sum only.
 */
#ifndef TB_SUM_ACROSS_ROW_H
#define TB_SUM_ACROSS_ROW_H

#include "sum/outline.h"

/* What stands in the column of a field, or of a part of its indicator; empty where there is
 * nothing. Borrowed from the sheaf. */
tb_str tb_across_row_find(tb_str sheaf, uint32_t row, const tb_outline *outline,
                          const tb_field *field, tb_sum_part part);
/* What stands in a column by its id. */
tb_str tb_across_row_column(tb_str sheaf, uint32_t row, const tb_outline *outline, tb_str id);

#endif
