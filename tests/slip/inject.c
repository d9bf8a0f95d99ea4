/*
 * One function per family of slips; each answers with the wrong value, or the right one where the
 * cell does not allow the slip.
 */
#include "inject.h"

static size_t random_total(slip_dice *dice)
{
    static const enum row rows[] = {INCOME, EXPENDITURE};
    size_t at = dice_below(dice, 2 * YEAR_COUNT + 1);
    if (at == 2 * YEAR_COUNT)
        return amount_cell(CURRENT, PROJECT);
    return amount_cell((enum year)(at / 2), rows[at % 2]);
}

static size_t random_addend(slip_dice *dice)
{
    static const enum row rows[] = {FISCAL, OTHER, BASIC, PROJECT};
    enum year year = (enum year)dice_below(dice, YEAR_COUNT);
    return amount_cell(year, rows[dice_below(dice, 4)]);
}

static size_t random_cell(slip_dice *dice, const slip_table *table, enum slip_place place)
{
    switch (place) {
    case IN_TOTAL:
        return random_total(dice);
    case IN_ADDEND:
        return random_addend(dice);
    case IN_SHARE:
        return share_cell((enum row)dice_below(dice, ROW_COUNT));
    case IN_BUDGET:
        return budget_cell(dice_below(dice, table->project_count));
    case IN_WHOLE_BUDGET:
    case PLACE_COUNT:
        break;
    }
    return whole_budget_cell(dice_below(dice, table->project_count));
}

static units swap_digits(slip_dice *dice, size_t cell, units right, int apart)
{
    int low, whole, high;
    seen_positions(cell, right, &low, &whole, &high);
    int lower = low + (int)dice_below(dice, (uint64_t)(high - low + 1));
    int upper = lower + 1;
    if (apart)
        upper += 1 + (int)dice_below(dice, (uint64_t)(high - low + 1));
    if (upper > high)
        return right;
    int digit = digit_at(right, lower), other = digit_at(right, upper);
    if (upper == high && high > whole && digit == 0)
        return right; /* nobody writes 0123.45 */
    return right + (digit - other) * (power_of_ten(upper) - power_of_ten(lower));
}

static units shift_point(slip_dice *dice, units right, units factor)
{
    return dice_below(dice, 2) == 0 ? right * factor : right / factor;
}

/* The value of a random addend of the total in the cell. */
static units random_addend_of(slip_dice *dice, const slip_table *table, size_t cell)
{
    if (cell == amount_cell(CURRENT, PROJECT))
        return table->cells[budget_cell(dice_below(dice, table->project_count))];
    /* The two rows above a total are its addends. */
    return table->cells[cell - 1 - dice_below(dice, 2)];
}

static units slip(slip_dice *dice, const slip_table *table, enum slip_kind kind, size_t cell)
{
    units right = table->cells[cell];
    switch (kind) {
    case SWAPPED_NEIGHBOURS:
        return swap_digits(dice, cell, right, 0);
    case SWAPPED_APART:
        return swap_digits(dice, cell, right, 1);
    case WRONG_SIGN:
        return -right;
    case TENFOLD:
        return shift_point(dice, right, 10);
    case HUNDREDFOLD:
        return shift_point(dice, right, 100);
    case YUAN_FOR_WAN:
        return shift_point(dice, right, 10000);
    case LEFT_OUT:
        return right - random_addend_of(dice, table, cell);
    case DOUBLED:
        return right + random_addend_of(dice, table, cell);
    case KIND_COUNT:
        break;
    }
    return right;
}

static enum slip_place random_place(slip_dice *dice, enum slip_kind kind)
{
    if (kind == LEFT_OUT || kind == DOUBLED)
        return IN_TOTAL;
    enum slip_place place = (enum slip_place)dice_below(dice, PLACE_COUNT);
    while (kind == YUAN_FOR_WAN && place == IN_SHARE)
        place = (enum slip_place)dice_below(dice, PLACE_COUNT);
    return place;
}

void inject_slip(slip_dice *dice, slip_table *table, enum slip_kind kind, slip_injection *ret)
{
    ret->kind = kind;
    do {
        ret->place = random_place(dice, kind);
        ret->cell = random_cell(dice, table, ret->place);
        ret->right = table->cells[ret->cell];
        ret->wrong = slip(dice, table, kind, ret->cell);
    } while (ret->wrong == ret->right);
    table->cells[ret->cell] = ret->wrong;
}
