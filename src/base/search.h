/*
 * Searching sorted arrays.
 */
#ifndef TB_BASE_SEARCH_H
#define TB_BASE_SEARCH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* How many items of an array that is sorted by a uint32_t member have at most `key` there:
 * the upper bound of the key. `item_size` and `offset` are the items' size and the member's place
 * in them. */
static inline size_t tb_upper_bound(const void *items, size_t count, size_t item_size,
                                    size_t offset, uint32_t key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t value;
        memcpy(&value, (const char *)items + middle * item_size + offset, sizeof value);
        if (value <= key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
