/*
 * A table of money as the declaration has it, as plain whole numbers: income and expenditure over
 * three years, shares of the current year, projects. Made balanced, at random. Knows nothing of
 * the program under test.
 */
#ifndef TB_SLIP_TABLE_H
#define TB_SLIP_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Every value counts units of 10^-10, so that a cent of 元 for 万元 divided once more is whole. */
__extension__ typedef __int128 units;

#define UNIT_DIGITS  10
#define CENT         ((units)100000000)   /* 0.01 */
#define ONE          ((units)10000000000) /* 1 */
#define SHARE_PLACE  ((units)1000000)     /* 0.01 % */
#define MAX_PROJECTS 20

enum year { CURRENT, EARLIER, LAST, YEAR_COUNT };
enum row { FISCAL, OTHER, INCOME, BASIC, PROJECT, EXPENDITURE, ROW_COUNT };

/* Cells are numbered: amounts year by year, shares, then budget and total budget by project. */
#define FIRST_SHARE   (YEAR_COUNT * ROW_COUNT)
#define FIRST_PROJECT (FIRST_SHARE + ROW_COUNT)
#define MAX_CELLS     (FIRST_PROJECT + 2 * MAX_PROJECTS)

typedef struct slip_table {
    size_t project_count;
    units cells[MAX_CELLS];
} slip_table;

static inline size_t amount_cell(enum year year, enum row row)
{
    return (size_t)year * ROW_COUNT + (size_t)row;
}

static inline size_t share_cell(enum row row)
{
    return FIRST_SHARE + (size_t)row;
}

static inline size_t budget_cell(size_t project)
{
    return FIRST_PROJECT + 2 * project;
}

static inline size_t whole_budget_cell(size_t project)
{
    return FIRST_PROJECT + 2 * project + 1;
}

static inline size_t table_cell_count(const slip_table *table)
{
    return FIRST_PROJECT + 2 * table->project_count;
}

static inline int is_share_cell(size_t cell)
{
    return cell >= FIRST_SHARE && cell < FIRST_PROJECT;
}

/* The share as the form asks for it: rounded half up to 0.01 %. */
units rounded_share(units amount, units total);

/* The decimal positions (powers of ten, in units) of the digits that a person sees in the cell:
 * from *ret_low up to *ret_high, with at least two behind the point and one before it. */
void seen_positions(size_t cell, units value, int *ret_low, int *ret_units, int *ret_high);
units power_of_ten(int exponent);
int digit_at(units value, int position);

/* Pseudo-random numbers (splitmix64): the same on every machine. */
typedef struct slip_dice {
    uint64_t state;
} slip_dice;

uint64_t dice_below(slip_dice *dice, uint64_t bound);

void table_make(slip_dice *dice, slip_table *ret);

#endif
