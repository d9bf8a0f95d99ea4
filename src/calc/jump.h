/*
 * Going to a cell of the open document: its sheet comes to the front, the cell is selected and
 * scrolled into sight.
 */
#ifndef TB_CALC_JUMP_H
#define TB_CALC_JUMP_H

#include "calc/uno/uno.h"
#include "sheet/workbook.h"

/* The sheet goes by its name, since its number may have changed since the check. TB_NOT_FOUND when
 * it is gone or hidden. */
tb_status tb_jump_to_cell(uno_Interface *document, tb_str sheet, tb_address at, tb_error *error);

#endif
