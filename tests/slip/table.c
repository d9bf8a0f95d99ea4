/*
 * Making balanced tables. What is free is log-uniform; totals and remainders follow from it.
 */
#include "table.h"

#include <math.h>
#include <string.h>

#define LEAST_AMOUNT 0.01
#define MOST_AMOUNT  1000000.0

static uint64_t dice_roll(slip_dice *dice)
{
    uint64_t z = dice->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t dice_below(slip_dice *dice, uint64_t bound)
{
    return dice_roll(dice) % bound;
}

/* Log-uniform between the two, in whole cents. */
static units random_amount(slip_dice *dice)
{
    double at = (double)(dice_roll(dice) >> 11) / 9007199254740992.0;
    double amount = LEAST_AMOUNT * exp(at * log(MOST_AMOUNT / LEAST_AMOUNT));
    return (units)floor(amount * 100 + 0.5) * CENT;
}

/* The same, but less than `limit`; zero where no cent fits. */
static units random_amount_below(slip_dice *dice, units limit)
{
    units amount = limit > CENT ? random_amount(dice) : 0;
    while (amount >= limit && amount > 0)
        amount = random_amount(dice);
    return amount;
}

units rounded_share(units amount, units total)
{
    units scaled = amount * (ONE / SHARE_PLACE), half = total / 2;
    units whole = scaled >= 0 ? (scaled + half) / total : -((-scaled + half) / total);
    return whole * SHARE_PLACE;
}

static void make_projects(slip_dice *dice, slip_table *table)
{
    for (size_t i = 0; i < table->project_count; i++) {
        units budget = random_amount(dice), later = 0;
        if (dice_below(dice, 2) == 0)
            later = random_amount(dice);
        table->cells[budget_cell(i)] = budget;
        table->cells[whole_budget_cell(i)] = budget + later;
    }
}

static void make_year(slip_dice *dice, slip_table *table, enum year year)
{
    units *amounts = &table->cells[amount_cell(year, 0)];
    amounts[BASIC] = random_amount(dice);
    amounts[PROJECT] = year == CURRENT ? 0 : random_amount(dice);
    for (size_t i = 0; year == CURRENT && i < table->project_count; i++)
        amounts[PROJECT] += table->cells[budget_cell(i)];
    amounts[EXPENDITURE] = amounts[INCOME] = amounts[BASIC] + amounts[PROJECT];
    amounts[OTHER] = random_amount_below(dice, amounts[INCOME]);
    amounts[FISCAL] = amounts[INCOME] - amounts[OTHER];
}

void table_make(slip_dice *dice, slip_table *ret)
{
    memset(ret, 0, sizeof *ret);
    ret->project_count = 1 + dice_below(dice, MAX_PROJECTS);
    make_projects(dice, ret);
    for (int year = 0; year < YEAR_COUNT; year++)
        make_year(dice, ret, (enum year)year);
    for (int row = 0; row < ROW_COUNT; row++) {
        enum row total = row <= INCOME ? INCOME : EXPENDITURE;
        ret->cells[share_cell((enum row)row)] =
            rounded_share(ret->cells[amount_cell(CURRENT, (enum row)row)],
                          ret->cells[amount_cell(CURRENT, total)]);
    }
}

units power_of_ten(int exponent)
{
    units power = 1;
    for (; exponent > 0; exponent--)
        power *= 10;
    return power;
}

int digit_at(units value, int position)
{
    units size = value < 0 ? -value : value;
    return (int)(size / power_of_ten(position) % 10);
}

void seen_positions(size_t cell, units value, int *ret_low, int *ret_units, int *ret_high)
{
    units size = value < 0 ? -value : value;
    int whole = is_share_cell(cell) ? UNIT_DIGITS - 2 : UNIT_DIGITS; /* 1 % is 0.01 */
    int low = whole - 2, high = whole;
    while (low > 0 && size % power_of_ten(low) != 0)
        low--;
    while (size / power_of_ten(high) >= 10)
        high++;
    *ret_low = low;
    *ret_units = whole;
    *ret_high = high;
}
