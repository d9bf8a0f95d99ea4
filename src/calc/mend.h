/*
 * Mending the open document: what rule/mend.h finds is written into the cells, as one step that the
 * user can take back. Cells keep their formats. A locked cell of a protected sheet stays as it is.
 */
#ifndef TB_CALC_MEND_H
#define TB_CALC_MEND_H

#include "calc/checked.h"

/* Writes these mends of the last result and checks again, so that they are gone after this. The
 * number of those that were left out because their cells are locked is not a failure. */
tb_status tb_mend_apply(tb_checked *checked, const tb_mend *mends, size_t count, size_t *ret_locked,
                        tb_error *error);

/* The command: mends the cell at the cursor, or says why not. */
void tb_mend_cell(uno_Interface *context, uno_Interface *frame);
/* The command: shows what would be changed, and after a yes changes it. */
void tb_mend_all(uno_Interface *context, uno_Interface *frame);

#endif
