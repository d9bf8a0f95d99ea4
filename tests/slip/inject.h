/*
 * Makes one slip of a given kind in a balanced table, at random.
 */
#ifndef TB_SLIP_INJECT_H
#define TB_SLIP_INJECT_H

#include "table.h"

enum slip_kind {
    SWAPPED_NEIGHBOURS,
    SWAPPED_APART,
    WRONG_SIGN,
    TENFOLD,
    HUNDREDFOLD,
    YUAN_FOR_WAN,
    LEFT_OUT,
    DOUBLED,
    KIND_COUNT
};

enum slip_place { IN_TOTAL, IN_ADDEND, IN_SHARE, IN_BUDGET, IN_WHOLE_BUDGET, PLACE_COUNT };

typedef struct slip_injection {
    enum slip_kind kind;
    enum slip_place place;
    size_t cell;
    units right, wrong; /* what stood there, and what stands there now */
} slip_injection;

/* Always changes a cell; where the first one allows no such slip another one is chosen. */
void inject_slip(slip_dice *dice, slip_table *table, enum slip_kind kind, slip_injection *ret);

#endif
