/*
 * The commands that make a form longer and shorter: one more row of the table at the cursor, one
 * more goal, the selected rows taken out. A step that can be taken back; protection, formulas,
 * lists, hints and merged cells stay in order.
 */
#ifndef TB_CALC_ROWS_H
#define TB_CALC_ROWS_H

#include "calc/uno/uno.h"

/* On the document in the frame; what can't be done is told in a message box. */
void tb_rows_add(uno_Interface *context, uno_Interface *frame);
void tb_rows_add_block(uno_Interface *context, uno_Interface *frame);
void tb_rows_remove(uno_Interface *context, uno_Interface *frame);

#endif
