/*
 * Numbers of 256 bits: sums, products, division by 128 bits, and the way back to a decimal.
 */
#include "base/wide.h"

const uint64_t tb_small_powers[TB_SMALL_POWER_MAX + 1] = {1u,
                                                          10u,
                                                          100u,
                                                          1000u,
                                                          10000u,
                                                          100000u,
                                                          1000000u,
                                                          10000000u,
                                                          100000000u,
                                                          1000000000u,
                                                          10000000000u,
                                                          100000000000u,
                                                          1000000000000u,
                                                          10000000000000u,
                                                          100000000000000u,
                                                          1000000000000000u,
                                                          10000000000000000u,
                                                          100000000000000000u,
                                                          1000000000000000000u,
                                                          10000000000000000000u};

int tb_count_digits(tb_uint128 a)
{
    int digits = 0;
    if (a >= tb_small_powers[TB_SMALL_POWER_MAX]) {
        a /= tb_small_powers[TB_SMALL_POWER_MAX];
        digits = TB_SMALL_POWER_MAX;
        if (a >= tb_small_powers[TB_SMALL_POWER_MAX])
            return 2 * TB_SMALL_POWER_MAX + 1;
    }
    uint64_t rest = (uint64_t)a;
    int n = 1;
    while (n <= TB_SMALL_POWER_MAX && rest >= tb_small_powers[n])
        n++;
    return digits + (rest == 0 && digits == 0 ? 1 : n);
}

tb_wide tb_wide_multiply(tb_uint128 a, tb_uint128 b)
{
    uint64_t a1 = (uint64_t)(a >> 64), a0 = (uint64_t)a;
    uint64_t b1 = (uint64_t)(b >> 64), b0 = (uint64_t)b;
    tb_uint128 low = (tb_uint128)a0 * b0;
    tb_uint128 middle = (tb_uint128)a1 * b0 + (uint64_t)(low >> 64);
    tb_uint128 middle2 = (tb_uint128)a0 * b1 + (uint64_t)middle;
    return (tb_wide){(tb_uint128)a1 * b1 + (uint64_t)(middle >> 64) + (uint64_t)(middle2 >> 64),
                     middle2 << 64 | (uint64_t)low};
}

tb_wide tb_wide_add(tb_wide a, tb_wide b)
{
    tb_wide sum = {a.high + b.high, a.low + b.low};
    sum.high += sum.low < a.low;
    return sum;
}

tb_wide tb_wide_subtract(tb_wide a, tb_wide b)
{
    return (tb_wide){a.high - b.high - (a.low < b.low), a.low - b.low};
}

int tb_wide_compare(tb_wide a, tb_wide b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

/* One half of a division by a 64-bit number: *half becomes its quotient, carry is what is left of
 * the half above. */
static uint64_t divide_half(tb_uint128 *half, uint64_t carry, uint64_t divisor)
{
    tb_uint128 upper = (tb_uint128)carry << 64 | (uint64_t)(*half >> 64);
    tb_uint128 lower = (tb_uint128)(uint64_t)(upper % divisor) << 64 | (uint64_t)*half;
    *half = upper / divisor << 64 | (uint64_t)(lower / divisor);
    return (uint64_t)(lower % divisor);
}

tb_uint128 tb_wide_divide(tb_wide *a, tb_uint128 divisor)
{
    if (divisor == (uint64_t)divisor) {
        uint64_t carry = divide_half(&a->high, 0, (uint64_t)divisor);
        return divide_half(&a->low, carry, (uint64_t)divisor);
    }
    tb_uint128 rest = 0;
    for (int i = 0; i < 256; i++) {
        bool out = rest >> 127 != 0;
        rest = rest << 1 | a->high >> 127;
        a->high = a->high << 1 | a->low >> 127;
        a->low <<= 1;
        if (out || rest >= divisor) {
            rest -= divisor;
            a->low |= 1;
        }
    }
    return rest;
}

static int tb_wide_count_digits(tb_wide a)
{
    int digits = 0;
    while (a.high != 0) {
        tb_wide_divide(&a, tb_small_powers[TB_SMALL_POWER_MAX]);
        digits += TB_SMALL_POWER_MAX;
    }
    return digits + (a.low == 0 ? 0 : tb_count_digits(a.low));
}

/* Takes `drop` digits, at least 1, off the end, rounding half-even; `sticky`: more, not zero,
 * follows below. */
static void drop_digits(tb_wide *a, int drop, bool sticky)
{
    for (; drop > TB_SMALL_POWER_MAX; drop -= TB_SMALL_POWER_MAX)
        sticky |= tb_wide_divide(a, tb_small_powers[TB_SMALL_POWER_MAX]) != 0;
    uint64_t unit = tb_small_powers[drop];
    uint64_t rest = (uint64_t)tb_wide_divide(a, unit);
    bool up = rest > unit / 2 || (rest == unit / 2 && (sticky || (a->low & 1) != 0));
    if (up)
        *a = tb_wide_add(*a, (tb_wide){0, 1});
}

static tb_decimal signed_decimal(bool negative, tb_uint128 coefficient, int scale)
{
    return (tb_decimal){negative ? -(tb_int128)coefficient : (tb_int128)coefficient, scale};
}

bool tb_wide_round(bool negative, tb_wide a, int scale, bool sticky, int digits, tb_decimal *ret)
{
    int drop = tb_wide_count_digits(a) - digits;
    if (drop < scale - TB_DECIMAL_MAX_SCALE)
        drop = scale - TB_DECIMAL_MAX_SCALE;
    if (drop > 0) {
        drop_digits(&a, drop, sticky);
        scale -= drop;
    }
    tb_uint128 factor =
        scale < 0 ? tb_power_of_ten(-scale < TB_DECIMAL_MAX_DIGITS ? -scale : TB_DECIMAL_MAX_DIGITS)
                  : 1;
    tb_wide result = tb_wide_multiply(a.low, factor);
    if (a.high != 0 || result.high != 0 || result.low >= tb_power_of_ten(TB_DECIMAL_MAX_DIGITS))
        return false;
    *ret = signed_decimal(negative, result.low, scale < 0 ? 0 : scale);
    return true;
}

bool tb_wide_exact(bool negative, tb_wide a, int scale, tb_decimal *ret)
{
    while (scale > 0 && (scale > TB_DECIMAL_MAX_SCALE || a.high != 0 ||
                         a.low >= tb_power_of_ten(TB_DECIMAL_MAX_DIGITS))) {
        if (tb_wide_divide(&a, 10) != 0)
            return false;
        scale--;
    }
    if (a.high != 0 || a.low >= tb_power_of_ten(TB_DECIMAL_MAX_DIGITS))
        return false;
    *ret = signed_decimal(negative, a.low, scale);
    return true;
}
