/*
 * The table as the workbook that a department would hand in.
 */
#ifndef TB_SLIP_WORKBOOK_H
#define TB_SLIP_WORKBOOK_H

#include "sheet/workbook.h"

#include "table.h"

/* Ends the program when memory runs out. The workbook lives in the arena. */
const tb_workbook *workbook_make(tb_arena *arena, const slip_table *table);

/* Where a cell of the table stands. */
tb_address workbook_address(size_t cell);

/* The value as the program counts. */
tb_decimal workbook_number(units value);

#endif
