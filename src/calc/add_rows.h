/*
 * The commands that make a form longer: one more row of the table at the cursor, one more goal. A
 * step that can be taken back; protection, formulas, lists, hints and merged cells stay in order.
 */
#ifndef TB_CALC_ADD_ROWS_H
#define TB_CALC_ADD_ROWS_H

#include "calc/uno/uno.h"

/* On the document in the frame; what can't be done is told in a message box. */
void tb_add_row(uno_Interface *context, uno_Interface *frame);
void tb_add_block(uno_Interface *context, uno_Interface *frame);

#endif
