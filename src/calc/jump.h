/*
 * The cursor of the open document: where it is, and going to a cell, whose sheet comes to the
 * front; the cell is selected and scrolled into sight.
 */
#ifndef TB_CALC_JUMP_H
#define TB_CALC_JUMP_H

#include "calc/uno/calls.h"
#include "sheet/workbook.h"

/* The sheet goes by its name, since its number may have changed since the check. TB_NOT_FOUND when
 * it is gone or hidden. */
tb_status tb_jump_to_cell(uno_Interface *document, tb_str sheet, tb_address at, tb_error *error);

/* What is selected in a document's view: one range. False where no cells are selected or several
 * ranges, and after a failure, which calls remembers. */
bool tb_jump_find_selection(tb_calls *calls, uno_Interface *controller, uint32_t *ret_sheet,
                            tb_range *ret_selection);
/* Where it begins. */
bool tb_jump_find_cursor(tb_calls *calls, uno_Interface *controller, tb_address *ret_cursor);

#endif
