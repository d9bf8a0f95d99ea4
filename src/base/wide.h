/*
 * Numbers of 256 bits: they hold every sum, product and scaled dividend of two 38-digit numbers.
 * What stands behind decimal.c and decimal_text.c; nobody else needs it.
 */
#ifndef TB_BASE_WIDE_H
#define TB_BASE_WIDE_H

#include "base/decimal.h"

__extension__ typedef unsigned __int128 tb_uint128;

#define TB_DECIMAL_MAX_DIGITS 38

/* 10^n for n up to 19, which 64 bits hold. */
#define TB_SMALL_POWER_MAX 19
extern const uint64_t tb_small_powers[TB_SMALL_POWER_MAX + 1];

/* n up to 38. */
static inline tb_uint128 tb_power_of_ten(int n)
{
    return n <= TB_SMALL_POWER_MAX ? tb_small_powers[n]
                                   : (tb_uint128)tb_small_powers[TB_SMALL_POWER_MAX] *
                                         tb_small_powers[n - TB_SMALL_POWER_MAX];
}

static inline tb_uint128 tb_magnitude(tb_int128 a)
{
    return a < 0 ? -(tb_uint128)a : (tb_uint128)a;
}

static inline bool tb_fits_64(tb_int128 a)
{
    return a == (int64_t)a;
}

/* Of 0 it is 1. */
int tb_count_digits(tb_uint128 a);

typedef struct tb_wide {
    tb_uint128 high, low;
} tb_wide;

tb_wide tb_wide_multiply(tb_uint128 a, tb_uint128 b);
tb_wide tb_wide_add(tb_wide a, tb_wide b);
tb_wide tb_wide_subtract(tb_wide a, tb_wide b); /* a >= b */
int tb_wide_compare(tb_wide a, tb_wide b);
/* *a becomes the quotient; returns the remainder. */
tb_uint128 tb_wide_divide(tb_wide *a, tb_uint128 divisor);

/* a / 10^scale, exactly: zeros at the end go where it would not fit, anything else fails. */
bool tb_wide_exact(bool negative, tb_wide a, int scale, tb_decimal *ret);
/* a / 10^scale rounded half-even to at most `digits` digits and TB_DECIMAL_MAX_SCALE places;
 * `sticky`: more, not zero, follows below. */
bool tb_wide_round(bool negative, tb_wide a, int scale, bool sticky, int digits, tb_decimal *ret);

#endif
