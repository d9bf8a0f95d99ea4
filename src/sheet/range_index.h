/*
 * Finds the first range that covers a cell. The ranges of a sheet are sorted; behind them in the
 * same array stand the bounding boxes of every 16 of them, then of every 16 boxes, and so on (a
 * packed R-tree), so that hostile ranges cost no more than honest ones.
 */
#ifndef TB_SHEET_RANGE_INDEX_H
#define TB_SHEET_RANGE_INDEX_H

#include "sheet/workbook.h"

/* How many boxes stand in the array behind `count` ranges. */
size_t tb_range_index_size(size_t count);
/* Fills them in; ranges has room for count + tb_range_index_size(count). */
void tb_range_index_build(tb_range *ranges, size_t count);
/* The first range that covers the cell, or NULL. */
const tb_range *tb_range_index_find(const tb_range *ranges, size_t count, uint32_t row,
                                    uint32_t column);

#endif
