/*
 * One sheet of the open document; called by document.c for each.
 */
#ifndef TB_CALC_SHEET_H
#define TB_CALC_SHEET_H

#include "calc/uno/calls.h"
#include "sheet/workbook.h"

/* com.sun.star.table.CellRangeAddress */
typedef struct tb_range_address {
    sal_Int16 sheet;
    sal_Int32 column, row, last_column, last_row;
} tb_range_address;

/* What reading a document needs all the way. Failures go into calls->error and end everything. */
typedef struct tb_reading {
    tb_calls *calls;
    tb_arena *arena;
    tb_workbook_builder *builder;
    uno_Interface *number_formats;
    uint64_t cells; /* looked at so far */
} tb_reading;

void tb_sheet_read(tb_reading *reading, uno_Interface *sheet);

/* The addresses in a range collection; 0 after a failure. */
size_t tb_sheet_addresses(tb_calls *calls, uno_Interface *ranges,
                          const tb_range_address **ret_addresses);

#endif
