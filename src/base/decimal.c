/*
 * Exact decimals. Nearly all numbers of a form fit into 64 bits and take the short ways; the others
 * go through 256 bits (wide.h). Nothing here depends on the locale, and nothing sees a double.
 */
#include "base/wide.h"

/* ---- the operations ---- */

/* The coefficients of both at their common, finer scale. */
static int align_wide(tb_decimal a, tb_decimal b, tb_wide *ret_a, tb_wide *ret_b)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    *ret_a = tb_wide_multiply(tb_magnitude(a.coefficient), tb_power_of_ten(scale - a.scale));
    *ret_b = tb_wide_multiply(tb_magnitude(b.coefficient), tb_power_of_ten(scale - b.scale));
    return scale;
}

static tb_wide add_signed(tb_wide a, bool a_negative, tb_wide b, bool b_negative,
                          bool *ret_negative)
{
    *ret_negative = a_negative;
    if (a_negative == b_negative)
        return tb_wide_add(a, b);
    if (tb_wide_compare(a, b) >= 0)
        return tb_wide_subtract(a, b);
    *ret_negative = b_negative;
    return tb_wide_subtract(b, a);
}

tb_decimal tb_decimal_of(int64_t integer)
{
    return (tb_decimal){integer, 0};
}

/* The coefficients at the finer scale where both are small; false: take the long way. */
static bool align_small(tb_decimal a, tb_decimal b, tb_int128 *ret_a, tb_int128 *ret_b,
                        int *ret_scale)
{
    int difference = a.scale - b.scale;
    if (!tb_fits_64(a.coefficient) || !tb_fits_64(b.coefficient) || difference > 18 ||
        difference < -18)
        return false;
    *ret_a = difference < 0 ? a.coefficient * (int64_t)tb_small_powers[-difference] : a.coefficient;
    *ret_b = difference > 0 ? b.coefficient * (int64_t)tb_small_powers[difference] : b.coefficient;
    *ret_scale = difference > 0 ? a.scale : b.scale;
    return true;
}

static bool add(tb_decimal a, tb_decimal b, bool rounded, tb_decimal *ret)
{
    tb_int128 small_a, small_b;
    int scale;
    if (align_small(a, b, &small_a, &small_b, &scale)) {
        *ret = (tb_decimal){small_a + small_b, scale};
        return true;
    }
    tb_wide wide_a, wide_b;
    bool negative;
    scale = align_wide(a, b, &wide_a, &wide_b);
    tb_wide sum = add_signed(wide_a, a.coefficient < 0, wide_b, b.coefficient < 0, &negative);
    return tb_wide_exact(negative, sum, scale, ret) ||
           (rounded && tb_wide_round(negative, sum, scale, false, TB_DECIMAL_QUOTIENT_DIGITS, ret));
}

static bool multiply(tb_decimal a, tb_decimal b, bool rounded, tb_decimal *ret)
{
    int scale = a.scale + b.scale;
    if (tb_fits_64(a.coefficient) && tb_fits_64(b.coefficient) && scale <= TB_DECIMAL_MAX_SCALE) {
        *ret = (tb_decimal){a.coefficient * b.coefficient, scale};
        return true;
    }
    bool negative = (a.coefficient < 0) != (b.coefficient < 0);
    tb_wide product = tb_wide_multiply(tb_magnitude(a.coefficient), tb_magnitude(b.coefficient));
    return tb_wide_exact(negative, product, scale, ret) ||
           (rounded &&
            tb_wide_round(negative, product, scale, false, TB_DECIMAL_QUOTIENT_DIGITS, ret));
}

bool tb_decimal_add(tb_decimal a, tb_decimal b, tb_decimal *ret)
{
    return add(a, b, false, ret);
}

bool tb_decimal_subtract(tb_decimal a, tb_decimal b, tb_decimal *ret)
{
    return add(a, tb_decimal_negate(b), false, ret);
}

bool tb_decimal_multiply(tb_decimal a, tb_decimal b, tb_decimal *ret)
{
    return multiply(a, b, false, ret);
}

bool tb_decimal_add_rounded(tb_decimal a, tb_decimal b, tb_decimal *ret)
{
    return add(a, b, true, ret);
}

bool tb_decimal_multiply_rounded(tb_decimal a, tb_decimal b, tb_decimal *ret)
{
    return multiply(a, b, true, ret);
}

bool tb_decimal_divide(tb_decimal a, tb_decimal b, tb_decimal *ret)
{
    if (b.coefficient == 0)
        return false;
    tb_uint128 dividend = tb_magnitude(a.coefficient), divisor = tb_magnitude(b.coefficient);
    int digits = tb_count_digits(dividend);
    /* So many zeros that the quotient has a digit to spare for rounding; 67 digits at most. */
    int zeros = TB_DECIMAL_QUOTIENT_DIGITS + 2 + tb_count_digits(divisor) - digits;
    if (zeros < 0)
        zeros = 0;
    int first = zeros < TB_DECIMAL_MAX_DIGITS - digits ? zeros : TB_DECIMAL_MAX_DIGITS - digits;
    tb_wide quotient =
        tb_wide_multiply(dividend * tb_power_of_ten(first), tb_power_of_ten(zeros - first));
    bool sticky = tb_wide_divide(&quotient, divisor) != 0;
    bool negative = (a.coefficient < 0) != (b.coefficient < 0);
    if (!tb_wide_round(negative, quotient, a.scale + zeros - b.scale, sticky,
                       TB_DECIMAL_QUOTIENT_DIGITS, ret))
        return false;
    *ret = tb_decimal_normalize(*ret);
    return true;
}

tb_decimal tb_decimal_negate(tb_decimal a)
{
    return (tb_decimal){-a.coefficient, a.scale};
}

tb_decimal tb_decimal_absolute(tb_decimal a)
{
    return a.coefficient < 0 ? tb_decimal_negate(a) : a;
}

int tb_decimal__compare_scaled(tb_decimal a, tb_decimal b)
{
    tb_int128 small_a, small_b;
    int scale;
    if (align_small(a, b, &small_a, &small_b, &scale))
        return (small_a > small_b) - (small_a < small_b);
    int sign = tb_decimal_sign(a);
    if (sign != tb_decimal_sign(b))
        return sign < tb_decimal_sign(b) ? -1 : 1;
    tb_wide wide_a, wide_b;
    align_wide(a, b, &wide_a, &wide_b);
    return sign * tb_wide_compare(wide_a, wide_b);
}

int tb_decimal_sign(tb_decimal a)
{
    return (a.coefficient > 0) - (a.coefficient < 0);
}

bool tb_decimal_is_integer(tb_decimal a)
{
    return a.scale == 0 || tb_magnitude(a.coefficient) % tb_power_of_ten(a.scale) == 0;
}

/* ---- rounding ---- */

/* Whether what is cut off, `rest` of `unit`, makes the kept digits one larger in tb_magnitude. */
static bool rounds_away(bool negative, bool odd, tb_uint128 rest, tb_uint128 unit, tb_rounding mode)
{
    switch (mode) {
    case TB_ROUND_DOWN:
        return false;
    case TB_ROUND_FLOOR:
        return negative && rest != 0;
    case TB_ROUND_CEILING:
        return !negative && rest != 0;
    case TB_ROUND_HALF_UP:
        return rest >= unit - rest;
    case TB_ROUND_HALF_EVEN:
        break;
    }
    return rest > unit - rest || (rest == unit - rest && odd);
}

bool tb_decimal_round(tb_decimal a, int places, tb_rounding mode, tb_decimal *ret)
{
    if (places >= a.scale) {
        *ret = a;
        return true;
    }
    bool negative = a.coefficient < 0;
    tb_uint128 kept = 0, rest = tb_magnitude(a.coefficient),
               unit = tb_power_of_ten(TB_DECIMAL_MAX_DIGITS);
    bool all =
        places <
        a.scale - TB_DECIMAL_MAX_DIGITS; /* even the first digit is below a tenth of a unit */
    if (!all) {
        unit = tb_power_of_ten(a.scale - places);
        kept = rest / unit;
        rest %= unit;
    } else if (mode == TB_ROUND_HALF_UP || mode == TB_ROUND_HALF_EVEN) {
        mode = TB_ROUND_DOWN;
    }
    kept += rounds_away(negative, (kept & 1) != 0, rest, unit, mode);
    if (kept == 0) {
        *ret = (tb_decimal){0, places > 0 ? places : 0};
        return true;
    }
    if (places < -(TB_DECIMAL_MAX_DIGITS - 1))
        return false;
    tb_wide result = tb_wide_multiply(kept, places < 0 ? tb_power_of_ten(-places) : 1);
    return tb_wide_exact(negative, result, places < 0 ? 0 : places, ret);
}

tb_decimal tb_decimal_round_significant(tb_decimal a, int digits)
{
    int drop = tb_count_digits(tb_magnitude(a.coefficient)) - digits;
    tb_decimal rounded;
    if (drop <= 0 || !tb_decimal_round(a, a.scale - drop, TB_ROUND_HALF_EVEN, &rounded))
        return a;
    return rounded;
}

tb_decimal tb_decimal_normalize(tb_decimal a)
{
    static const int steps[] = {16, 8, 4, 2, 1};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        int64_t power = (int64_t)tb_small_powers[steps[i]];
        while (a.scale >= steps[i]) {
            bool small = tb_fits_64(a.coefficient);
            if (small ? (int64_t)a.coefficient % power != 0 : a.coefficient % power != 0)
                break;
            a.coefficient = small ? (int64_t)a.coefficient / power : a.coefficient / power;
            a.scale -= steps[i];
        }
    }
    return a;
}

int tb_decimal_places(tb_decimal a)
{
    return tb_decimal_normalize(a).scale;
}

bool tb_decimal_to_int(tb_decimal a, int64_t *ret)
{
    a = tb_decimal_normalize(a);
    if (a.scale > 0 || !tb_fits_64(a.coefficient))
        return false;
    *ret = (int64_t)a.coefficient;
    return true;
}
