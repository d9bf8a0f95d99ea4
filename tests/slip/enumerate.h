/*
 * What can be known of a table with a slip, by brute force: every cell, every slip of every kind.
 * The measure of what the program says; shares nothing with it.
 */
#ifndef TB_SLIP_ENUMERATE_H
#define TB_SLIP_ENUMERATE_H

#include "table.h"

/* The likeliest first. */
enum rank { RANK_SWAPPED, RANK_SIGN, RANK_POWER, RANK_ADDEND, RANK_COUNT };

typedef struct slip_repair {
    size_t cell;
    units value;
} slip_repair;

#define MAX_REPAIRS 256

typedef struct slip_verdict {
    enum rank rank; /* the lowest that has a repair */
    size_t count;   /* of different repairs of that rank */
    slip_repair repairs[MAX_REPAIRS];
} slip_verdict;

/* A repair makes every equation hold in which its cell stands, and at least one of them did not.
 * The table is as it was afterwards. */
void enumerate_repairs(slip_table *table, slip_verdict *ret_verdict);

#endif
