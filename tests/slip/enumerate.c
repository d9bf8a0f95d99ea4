/*
 * The equations of the declaration in whole numbers, and every slip that could have been made.
 */
#include "enumerate.h"

#define MAX_EQUATIONS (4 * ROW_COUNT + MAX_PROJECTS)
#define MAX_MEMBERS   (1 + MAX_PROJECTS)

enum relation { SUM, EQUAL, SHARE, WHOLE, AT_MOST };

/* SUM: the first cell is the sum of the others; EQUAL: the two are equal; SHARE: the first is the
 * second by the third, as rounded; WHOLE: the two make 100 % but for a rounding of each; AT_MOST:
 * the first is no more than the second. */
typedef struct slip_equation {
    enum relation relation;
    size_t count, cells[MAX_MEMBERS];
} slip_equation;

typedef struct slip_system {
    slip_table *table;
    size_t count;
    slip_equation equations[MAX_EQUATIONS];
    slip_verdict *verdict;
} slip_system;

static void add(slip_system *self, enum relation relation, size_t a, size_t b, size_t c,
                size_t count)
{
    slip_equation *equation = &self->equations[self->count++];
    equation->relation = relation;
    equation->count = count;
    equation->cells[0] = a;
    equation->cells[1] = b;
    equation->cells[2] = c;
}

static void add_year(slip_system *self, enum year year)
{
    size_t at = amount_cell(year, 0);
    add(self, SUM, at + INCOME, at + FISCAL, at + OTHER, 3);
    add(self, SUM, at + EXPENDITURE, at + BASIC, at + PROJECT, 3);
    add(self, EQUAL, at + EXPENDITURE, at + INCOME, 0, 2);
}

static void add_shares(slip_system *self)
{
    size_t at = amount_cell(CURRENT, 0);
    for (size_t row = 0; row < ROW_COUNT; row++)
        add(self, SHARE, FIRST_SHARE + row, at + row, at + (row <= INCOME ? INCOME : EXPENDITURE),
            3);
    add(self, WHOLE, share_cell(FISCAL), share_cell(OTHER), 0, 2);
    add(self, WHOLE, share_cell(BASIC), share_cell(PROJECT), 0, 2);
}

static void add_projects(slip_system *self)
{
    size_t count = self->table->project_count;
    for (size_t i = 0; i < count; i++)
        add(self, AT_MOST, budget_cell(i), whole_budget_cell(i), 0, 2);
    slip_equation *sum = &self->equations[self->count];
    add(self, SUM, amount_cell(CURRENT, PROJECT), 0, 0, 1 + count);
    for (size_t i = 0; i < count; i++)
        sum->cells[1 + i] = budget_cell(i);
}

static units round_share(units share)
{
    units size = (share < 0 ? -share : share) + SHARE_PLACE / 2;
    size -= size % SHARE_PLACE;
    return share < 0 ? -size : size;
}

static int holds(const slip_system *self, const slip_equation *equation)
{
    const units *value = self->table->cells;
    const size_t *cell = equation->cells;
    units sum = 0, gap;
    switch (equation->relation) {
    case SUM:
        for (size_t i = 1; i < equation->count; i++)
            sum += value[cell[i]];
        return value[cell[0]] == sum;
    case EQUAL:
        return value[cell[0]] == value[cell[1]];
    case SHARE:
        return value[cell[2]] != 0 &&
               round_share(value[cell[0]]) == rounded_share(value[cell[1]], value[cell[2]]);
    case WHOLE:
        gap = value[cell[0]] + value[cell[1]] - ONE;
        return gap <= SHARE_PLACE && -gap <= SHARE_PLACE;
    case AT_MOST:
        break;
    }
    return value[cell[0]] <= value[cell[1]];
}

static int stands_in(const slip_equation *equation, size_t cell)
{
    for (size_t i = 0; i < equation->count; i++)
        if (equation->cells[i] == cell)
            return 1;
    return 0;
}

static int all_hold(const slip_system *self, size_t cell)
{
    for (size_t i = 0; i < self->count; i++)
        if (stands_in(&self->equations[i], cell) && !holds(self, &self->equations[i]))
            return 0;
    return 1;
}

static int is_known(const slip_verdict *verdict, size_t cell, units value)
{
    for (size_t i = 0; i < verdict->count; i++)
        if (verdict->repairs[i].cell == cell && verdict->repairs[i].value == value)
            return 1;
    return 0;
}

static void try_value(slip_system *self, size_t cell, units value, enum rank rank)
{
    slip_verdict *verdict = self->verdict;
    units before = self->table->cells[cell];
    if (value == before)
        return;
    self->table->cells[cell] = value;
    int repaired = all_hold(self, cell);
    self->table->cells[cell] = before;
    if (!repaired || (verdict->count > 0 && rank > verdict->rank))
        return;
    if (rank < verdict->rank)
        verdict->count = 0;
    verdict->rank = rank;
    if (verdict->count < MAX_REPAIRS && !is_known(verdict, cell, value))
        verdict->repairs[verdict->count++] = (slip_repair){cell, value};
}

static void try_swaps(slip_system *self, size_t cell)
{
    units value = self->table->cells[cell];
    units sign = value < 0 ? -1 : 1;
    int low, whole, high;
    seen_positions(cell, value, &low, &whole, &high);
    for (int lower = low; lower < high; lower++) {
        for (int upper = lower + 1; upper <= high; upper++) {
            int digit = digit_at(value, lower), other = digit_at(value, upper);
            int leads_with_zero = upper == high && high > whole && digit == 0;
            units change = (digit - other) * (power_of_ten(upper) - power_of_ten(lower));
            if (!leads_with_zero)
                try_value(self, cell, value + sign * change, RANK_SWAPPED);
        }
    }
}

static void try_powers(slip_system *self, size_t cell)
{
    units value = self->table->cells[cell];
    int powers[] = {1, 2, 4}, count = is_share_cell(cell) ? 2 : 3;
    for (int i = 0; i < count; i++) {
        units factor = power_of_ten(powers[i]);
        try_value(self, cell, value * factor, RANK_POWER);
        if (value % factor == 0)
            try_value(self, cell, value / factor, RANK_POWER);
    }
}

/* The cell as the total of an equation: each addend left out, each counted twice. */
static void try_addends(slip_system *self, size_t cell)
{
    units value = self->table->cells[cell];
    for (size_t i = 0; i < self->count; i++) {
        const slip_equation *equation = &self->equations[i];
        if (equation->relation != SUM || equation->cells[0] != cell)
            continue;
        for (size_t j = 1; j < equation->count; j++) {
            units addend = self->table->cells[equation->cells[j]];
            try_value(self, cell, value + addend, RANK_ADDEND);
            try_value(self, cell, value - addend, RANK_ADDEND);
        }
    }
}

void enumerate_repairs(slip_table *table, slip_verdict *ret_verdict)
{
    slip_system self = {.table = table, .verdict = ret_verdict};
    ret_verdict->rank = RANK_COUNT;
    ret_verdict->count = 0;
    for (int year = 0; year < YEAR_COUNT; year++)
        add_year(&self, (enum year)year);
    add_shares(&self);
    add_projects(&self);
    for (size_t cell = 0; cell < table_cell_count(table); cell++) {
        if (all_hold(&self, cell))
            continue;
        try_swaps(&self, cell);
        try_value(&self, cell, -table->cells[cell], RANK_SIGN);
        try_powers(&self, cell);
        try_addends(&self, cell);
    }
}
