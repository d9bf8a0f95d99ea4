/*
 * Exact decimal numbers: a whole number of at most 38 digits and a scale. Money is counted with
 * these; no binary floating point decides whether a form balances.
 *
 * The value is coefficient / 10^scale. Two values that are equal may have different scales (1.0
 * and 1.00); compare with tb_decimal_compare only. Sums and products are exact or fail with
 * false (overflow); division rounds half-even at 28 significant digits.
 */
#ifndef TB_BASE_DECIMAL_H
#define TB_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

__extension__ typedef __int128 tb_int128;

#define TB_DECIMAL_MAX_SCALE       34 /* digits after the point */
#define TB_DECIMAL_QUOTIENT_DIGITS 28
#define TB_DECIMAL_TEXT_SIZE       80 /* enough for any tb_decimal_format, with its NUL */

typedef struct tb_decimal {
    tb_int128 coefficient; /* |coefficient| < 10^38 */
    int scale;             /* 0 … TB_DECIMAL_MAX_SCALE */
} tb_decimal;

/* Sum, difference and so on: *ret is set only when true is returned. */
tb_decimal tb_decimal_of(int64_t integer);
bool tb_decimal_add(tb_decimal a, tb_decimal b, tb_decimal *ret);
bool tb_decimal_subtract(tb_decimal a, tb_decimal b, tb_decimal *ret);
bool tb_decimal_multiply(tb_decimal a, tb_decimal b, tb_decimal *ret);
/* As above, but what does not fit exactly is rounded half-even to 28 significant digits (and 34
 * places); false only when it is too large. For formulas: a / b * (c / d) should have a value. */
bool tb_decimal_add_rounded(tb_decimal a, tb_decimal b, tb_decimal *ret);
bool tb_decimal_multiply_rounded(tb_decimal a, tb_decimal b, tb_decimal *ret);
bool tb_decimal_divide(tb_decimal a, tb_decimal b, tb_decimal *ret); /* false for b = 0 too */
tb_decimal tb_decimal_negate(tb_decimal a);
tb_decimal tb_decimal_absolute(tb_decimal a);
int tb_decimal__compare_scaled(tb_decimal a, tb_decimal b);
/* -1, 0, 1; never overflows. */
static inline int tb_decimal_compare(tb_decimal a, tb_decimal b)
{
    if (a.scale != b.scale)
        return tb_decimal__compare_scaled(a, b);
    return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
}
int tb_decimal_sign(tb_decimal a); /* -1, 0, 1 */
bool tb_decimal_is_integer(tb_decimal a);

typedef enum tb_rounding {
    TB_ROUND_HALF_UP,
    TB_ROUND_HALF_EVEN,
    TB_ROUND_DOWN,
    TB_ROUND_FLOOR,
    TB_ROUND_CEILING
} tb_rounding;

/* Rounds to `places` digits after the point (negative: before it). Half up means away from zero,
 * as Calc's ROUND does. False when the result would overflow. */
bool tb_decimal_round(tb_decimal a, int places, tb_rounding mode, tb_decimal *ret);
/* Rounds to that many significant digits, half-even; 10^38, which would not fit, stays as it was.
 */
tb_decimal tb_decimal_round_significant(tb_decimal a, int digits);
/* The same value with the smallest scale: 1.50 → 1.5, 100 → 100 (scale 0). */
tb_decimal tb_decimal_normalize(tb_decimal a);
/* How many digits after the point the value needs: 1.50 → 1. */
int tb_decimal_places(tb_decimal a);

/* Reads `-?digits[.digits][(e|E)[+-]digits]`, ASCII only, the whole text. False when it is not
 * that or does not fit. */
bool tb_decimal_parse(tb_str text, tb_decimal *ret);
/* As tb_decimal_parse, then rounded to 15 significant digits: how a spreadsheet's stored double
 * ("5832.9499999999998") is read as what the office shows (5832.95). Digits beyond 34 places are
 * rounded away. */
bool tb_decimal_parse_stored(tb_str text, tb_decimal *ret);
/* The double rounded to 15 significant digits. False for infinities, NaN and what does not fit. */
bool tb_decimal_from_double(double number, tb_decimal *ret);
/* The nearest double. Only for the last step towards a Calc function. */
double tb_decimal_to_double(tb_decimal a);
bool tb_decimal_to_int(tb_decimal a, int64_t *ret); /* false unless a whole number that fits */

/* Writes it in plain notation (no exponent), its scale kept: "-1.50". Returns the text, in out,
 * NUL-ended. */
tb_str tb_decimal_format(tb_decimal a, char out[TB_DECIMAL_TEXT_SIZE]);

#endif
