/*
 * The packed R-tree over ranges.
 */
#include "sheet/range_index.h"

#define FAN_OUT 16
#define LEVELS  8 /* 16^8 is far above TB_MAX_MERGES and TB_MAX_VALIDITIES */

static size_t parents(size_t count)
{
    return (count + FAN_OUT - 1) / FAN_OUT;
}

size_t tb_range_index_size(size_t count)
{
    size_t size = 0;
    while (count > 1) {
        count = parents(count);
        size += count;
    }
    return size;
}

static tb_range bounds(const tb_range *ranges, size_t count)
{
    tb_range box = ranges[0];
    for (size_t i = 1; i < count; i++) {
        const tb_range *range = &ranges[i];
        box.row = range->row < box.row ? range->row : box.row;
        box.column = range->column < box.column ? range->column : box.column;
        box.last_row = range->last_row > box.last_row ? range->last_row : box.last_row;
        box.last_column =
            range->last_column > box.last_column ? range->last_column : box.last_column;
    }
    return box;
}

void tb_range_index_build(tb_range *ranges, size_t count)
{
    tb_range *level = ranges;
    while (count > 1) {
        tb_range *next = level + count;
        size_t next_count = parents(count);
        for (size_t i = 0; i < next_count; i++) {
            size_t from = i * FAN_OUT;
            size_t size = count - from < FAN_OUT ? count - from : FAN_OUT;
            next[i] = bounds(level + from, size);
        }
        level = next;
        count = next_count;
    }
}

static bool covers(const tb_range *range, uint32_t row, uint32_t column)
{
    return row >= range->row && row <= range->last_row && column >= range->column &&
           column <= range->last_column;
}

typedef struct range_tree {
    const tb_range *levels[LEVELS]; /* from the ranges up */
    size_t counts[LEVELS];
} range_tree;

static const tb_range *search(const range_tree *tree, size_t level, size_t node, uint32_t row,
                              uint32_t column)
{
    const tb_range *range = &tree->levels[level][node];
    if (!covers(range, row, column))
        return NULL;
    if (level == 0)
        return range;
    size_t from = node * FAN_OUT;
    size_t to = from + FAN_OUT;
    if (to > tree->counts[level - 1])
        to = tree->counts[level - 1];
    for (size_t i = from; i < to; i++) {
        const tb_range *found = search(tree, level - 1, i, row, column);
        if (found != NULL)
            return found;
    }
    return NULL;
}

const tb_range *tb_range_index_find(const tb_range *ranges, size_t count, uint32_t row,
                                    uint32_t column)
{
    if (count == 0)
        return NULL;
    range_tree tree;
    size_t top = 0;
    tree.levels[0] = ranges;
    tree.counts[0] = count;
    while (tree.counts[top] > 1 && top + 1 < LEVELS) {
        tree.levels[top + 1] = tree.levels[top] + tree.counts[top];
        tree.counts[top + 1] = parents(tree.counts[top]);
        top++;
    }
    return search(&tree, top, 0, row, column);
}
