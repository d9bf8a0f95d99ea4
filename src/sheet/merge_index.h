/*
 * Finds the merge that covers a cell. The merges of a sheet are sorted; behind them in the same
 * array stand the bounding boxes of every 16 of them, then of every 16 boxes, and so on (a packed
 * R-tree), so that hostile merges cost no more than honest ones.
 */
#ifndef TB_SHEET_MERGE_INDEX_H
#define TB_SHEET_MERGE_INDEX_H

#include "sheet/workbook.h"

/* How many ranges stand in the array behind `count` merges. */
size_t tb_merge_index_size(size_t count);
/* Fills them in; ranges has room for count + tb_merge_index_size(count). */
void tb_merge_index_build(tb_range *ranges, size_t count);
/* The first merge that covers the cell, or NULL. */
const tb_range *tb_merge_index_find(const tb_range *ranges, size_t count, uint32_t row,
                                    uint32_t column);

#endif
