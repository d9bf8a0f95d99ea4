/*
 * A workbook as it would be with other contents in some cells. Nothing is written anywhere: this is
 * for asking what a check would find then.
 */
#ifndef TB_SHEET_WORKBOOK_CHANGE_H
#define TB_SHEET_WORKBOOK_CHANGE_H

#include "sheet/workbook.h"

typedef struct tb_cell_change {
    tb_address at;
    tb_cell cell; /* its column and width are those of `at` */
} tb_cell_change;

/* The changed workbook, in the arena; it borrows everything else from `workbook`. Of two changes of
 * one cell the last one counts. */
tb_status tb_workbook_change(const tb_workbook *workbook, const tb_cell_change *changes,
                             size_t count, tb_arena *arena, const tb_workbook **ret_workbook,
                             tb_error *error);

#endif
