/*
 * Both sides are brought to one unit, the target as an interval whose ends may be open.
 */
#include "form/achievement.h"

/* A target in its base unit: low ≤ x ≤ high, where there is a low or a high end. */
typedef struct interval {
    bool has_low, has_high;
    bool open; /* the end itself does not count: > and < */
    tb_decimal low, high;
} interval;

typedef struct comparison {
    tb_indicator target;
    interval wanted;
    tb_decimal reached; /* in the target's base unit */
} comparison;

/* A percentage as the part of one that it is; anything else times its multiple (万元). */
static bool to_base(const tb_indicator *indicator, tb_decimal number, tb_decimal *ret)
{
    static const tb_decimal percent = {1, 2}, per_mille = {1, 3};
    if (!indicator->percent)
        return tb_decimal_multiply(number, tb_decimal_of(indicator->factor), ret);
    bool thousandths = tb_str_find(indicator->unit, TB_STR("‰")) >= 0;
    return tb_decimal_multiply(number, thousandths ? per_mille : percent, ret);
}

static bool read_target(const tb_indicator *target, interval *ret)
{
    tb_decimal number, upper = tb_decimal_of(0);
    *ret = (interval){0};
    if (target->kind == TB_INDICATOR_QUALITY || !to_base(target, target->number, &number))
        return false;
    if (target->kind == TB_INDICATOR_RANGE) {
        bool fits = to_base(target, target->upper, &upper);
        *ret = (interval){.has_low = true, .has_high = true, .low = number, .high = upper};
        return fits && tb_decimal_compare(number, upper) <= 0;
    }
    tb_indicator_operator operator_ = target->operator_;
    bool exact = operator_ == TB_OPERATOR_EQUAL;
    ret->has_low = exact || operator_ == TB_OPERATOR_AT_LEAST || operator_ == TB_OPERATOR_MORE;
    ret->has_high = exact || operator_ == TB_OPERATOR_AT_MOST || operator_ == TB_OPERATOR_LESS;
    ret->open = operator_ == TB_OPERATOR_MORE || operator_ == TB_OPERATOR_LESS;
    ret->low = ret->high = number;
    return ret->has_low || ret->has_high;
}

#define RATIO_END 2 /* a plain number from here on is percent points */

/* A number without a unit, or with a multiple alone (75万), in the target's unit. */
static bool take_target_unit(const tb_indicator *actual, const tb_indicator *target,
                             tb_decimal *ret)
{
    bool ratio =
        tb_decimal_compare(tb_decimal_absolute(actual->number), tb_decimal_of(RATIO_END)) < 0;
    if (actual->incomplete_unit)
        return !target->percent && to_base(actual, actual->number, ret);
    *ret = actual->number;
    return (target->percent && ratio) || to_base(target, actual->number, ret);
}

static bool same_unit(tb_arena *arena, const tb_indicator *actual, const tb_indicator *target)
{
    return actual->percent == target->percent &&
           (actual->percent || tb_str_equal(tb_text_key(arena, actual->base_unit),
                                            tb_text_key(arena, target->base_unit)));
}

static bool read_actual(tb_arena *arena, tb_str text, const tb_indicator *target, tb_decimal *ret)
{
    tb_indicator actual;
    if (!tb_indicator_parse(arena, text, &actual) ||
        (actual.kind != TB_INDICATOR_COMPARISON && actual.kind != TB_INDICATOR_DEADLINE))
        return false;
    if (actual.unit.size == 0 || actual.incomplete_unit)
        return take_target_unit(&actual, target, ret);
    return same_unit(arena, &actual, target) && to_base(&actual, actual.number, ret);
}

static bool compare(tb_arena *arena, tb_str actual, tb_str target, comparison *ret)
{
    return tb_indicator_parse(arena, tb_str_trim(target), &ret->target) &&
           read_target(&ret->target, &ret->wanted) &&
           read_actual(arena, tb_str_trim(actual), &ret->target, &ret->reached);
}

static bool meets(const comparison *self)
{
    const interval *wanted = &self->wanted;
    int above_low = tb_decimal_compare(self->reached, wanted->low);
    int above_high = tb_decimal_compare(self->reached, wanted->high);
    bool low = !wanted->has_low || above_low > 0 || (above_low == 0 && !wanted->open);
    bool high = !wanted->has_high || above_high < 0 || (above_high == 0 && !wanted->open);
    return low && high;
}

bool tb_achievement_meets(tb_arena *arena, tb_str actual, tb_str target, bool *ret_meets)
{
    comparison both;
    if (!compare(arena, actual, target, &both))
        return false;
    *ret_meets = meets(&both);
    return true;
}

/* weight × part ÷ whole, and 0 where that says nothing. */
static bool share_of(tb_decimal weight, tb_decimal part, tb_decimal whole, tb_decimal *ret)
{
    *ret = tb_decimal_of(0);
    if (tb_decimal_sign(part) <= 0 || tb_decimal_sign(whole) <= 0)
        return true;
    tb_decimal product;
    return tb_decimal_multiply_rounded(weight, part, &product) &&
           tb_decimal_divide(product, whole, ret);
}

bool tb_achievement_score(tb_arena *arena, tb_str actual, tb_str target, tb_decimal weight,
                          tb_score_method method, tb_decimal *ret_score)
{
    comparison both;
    if (!compare(arena, actual, target, &both))
        return false;
    *ret_score = weight;
    if (meets(&both))
        return true;
    *ret_score = tb_decimal_of(0);
    if (method == TB_SCORE_ALL_OR_NOTHING)
        return true;
    const interval *wanted = &both.wanted;
    bool too_low = wanted->has_low && tb_decimal_compare(both.reached, wanted->low) <= 0;
    return too_low ? share_of(weight, both.reached, wanted->low, ret_score)
                   : share_of(weight, wanted->high, both.reached, ret_score);
}
