/*
 * Exact decimals. Nearly all numbers of a form fit into 64 bits and take the short ways; the others
 * go through 256 bits, which hold every sum, product and scaled dividend of two 38-digit numbers.
 * Nothing here depends on the locale, and nothing but the two conversions at the end sees a double.
 */
#include "base/decimal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef unsigned __int128 uint128;

#define MAX_DIGITS    38
#define STORED_DIGITS 15 /* what a spreadsheet shows of a double */

/* 10^n for n up to 19, which 64 bits hold. */
static const uint64_t small_powers[] = {1u,
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
#define SMALL_POWER_MAX 19

static uint128 power_of_ten(int n)
{
    return n <= SMALL_POWER_MAX
               ? small_powers[n]
               : (uint128)small_powers[SMALL_POWER_MAX] * small_powers[n - SMALL_POWER_MAX];
}

static uint128 magnitude(tb_int128 a)
{
    return a < 0 ? -(uint128)a : (uint128)a;
}

static bool fits_64(tb_int128 a)
{
    return a == (int64_t)a;
}

static int count_digits(uint128 a)
{
    int digits = 0;
    if (a >= small_powers[SMALL_POWER_MAX]) {
        a /= small_powers[SMALL_POWER_MAX];
        digits = SMALL_POWER_MAX;
        if (a >= small_powers[SMALL_POWER_MAX])
            return 2 * SMALL_POWER_MAX + 1;
    }
    uint64_t rest = (uint64_t)a;
    int n = 1;
    while (n <= SMALL_POWER_MAX && rest >= small_powers[n])
        n++;
    return digits + (rest == 0 && digits == 0 ? 1 : n);
}

/* ---- 256 bits ---- */

typedef struct wide {
    uint128 high, low;
} wide;

static wide multiply_wide(uint128 a, uint128 b)
{
    uint64_t a1 = (uint64_t)(a >> 64), a0 = (uint64_t)a;
    uint64_t b1 = (uint64_t)(b >> 64), b0 = (uint64_t)b;
    uint128 low = (uint128)a0 * b0;
    uint128 middle = (uint128)a1 * b0 + (uint64_t)(low >> 64);
    uint128 middle2 = (uint128)a0 * b1 + (uint64_t)middle;
    return (wide){(uint128)a1 * b1 + (uint64_t)(middle >> 64) + (uint64_t)(middle2 >> 64),
                  middle2 << 64 | (uint64_t)low};
}

static wide add_wide(wide a, wide b)
{
    wide sum = {a.high + b.high, a.low + b.low};
    sum.high += sum.low < a.low;
    return sum;
}

static wide subtract_wide(wide a, wide b)
{
    return (wide){a.high - b.high - (a.low < b.low), a.low - b.low};
}

static int compare_wide(wide a, wide b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

/* One half of a division by a 64-bit number: *half becomes its quotient, carry is what is left of
 * the half above. */
static uint64_t divide_half(uint128 *half, uint64_t carry, uint64_t divisor)
{
    uint128 upper = (uint128)carry << 64 | (uint64_t)(*half >> 64);
    uint128 lower = (uint128)(uint64_t)(upper % divisor) << 64 | (uint64_t)*half;
    *half = upper / divisor << 64 | (uint64_t)(lower / divisor);
    return (uint64_t)(lower % divisor);
}

/* *a becomes the quotient; returns the remainder. */
static uint128 divide_wide(wide *a, uint128 divisor)
{
    if (divisor == (uint64_t)divisor) {
        uint64_t carry = divide_half(&a->high, 0, (uint64_t)divisor);
        return divide_half(&a->low, carry, (uint64_t)divisor);
    }
    uint128 rest = 0;
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

static int count_digits_wide(wide a)
{
    int digits = 0;
    while (a.high != 0) {
        divide_wide(&a, small_powers[SMALL_POWER_MAX]);
        digits += SMALL_POWER_MAX;
    }
    return digits + (a.low == 0 ? 0 : count_digits(a.low));
}

/* Takes `drop` digits, at least 1, off the end, rounding half-even; `sticky`: more, not zero,
 * follows below. */
static void drop_digits(wide *a, int drop, bool sticky)
{
    for (; drop > SMALL_POWER_MAX; drop -= SMALL_POWER_MAX)
        sticky |= divide_wide(a, small_powers[SMALL_POWER_MAX]) != 0;
    uint64_t unit = small_powers[drop];
    uint64_t rest = (uint64_t)divide_wide(a, unit);
    bool up = rest > unit / 2 || (rest == unit / 2 && (sticky || (a->low & 1) != 0));
    if (up)
        *a = add_wide(*a, (wide){0, 1});
}

static tb_decimal signed_decimal(bool negative, uint128 coefficient, int scale)
{
    return (tb_decimal){negative ? -(tb_int128)coefficient : (tb_int128)coefficient, scale};
}

/* a / 10^scale rounded half-even to at most `digits` digits and TB_DECIMAL_MAX_SCALE places. */
static bool round_wide(bool negative, wide a, int scale, bool sticky, int digits, tb_decimal *ret)
{
    int drop = count_digits_wide(a) - digits;
    if (drop < scale - TB_DECIMAL_MAX_SCALE)
        drop = scale - TB_DECIMAL_MAX_SCALE;
    if (drop > 0) {
        drop_digits(&a, drop, sticky);
        scale -= drop;
    }
    uint128 factor = scale < 0 ? power_of_ten(-scale < MAX_DIGITS ? -scale : MAX_DIGITS) : 1;
    wide result = multiply_wide(a.low, factor);
    if (a.high != 0 || result.high != 0 || result.low >= power_of_ten(MAX_DIGITS))
        return false;
    *ret = signed_decimal(negative, result.low, scale < 0 ? 0 : scale);
    return true;
}

/* a / 10^scale, exactly: zeros at the end go where it would not fit, anything else fails. */
static bool exact_wide(bool negative, wide a, int scale, tb_decimal *ret)
{
    while (scale > 0 &&
           (scale > TB_DECIMAL_MAX_SCALE || a.high != 0 || a.low >= power_of_ten(MAX_DIGITS))) {
        if (divide_wide(&a, 10) != 0)
            return false;
        scale--;
    }
    if (a.high != 0 || a.low >= power_of_ten(MAX_DIGITS))
        return false;
    *ret = signed_decimal(negative, a.low, scale);
    return true;
}

/* The coefficients of both at their common, finer scale. */
static int align_wide(tb_decimal a, tb_decimal b, wide *ret_a, wide *ret_b)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    *ret_a = multiply_wide(magnitude(a.coefficient), power_of_ten(scale - a.scale));
    *ret_b = multiply_wide(magnitude(b.coefficient), power_of_ten(scale - b.scale));
    return scale;
}

static wide add_signed(wide a, bool a_negative, wide b, bool b_negative, bool *ret_negative)
{
    *ret_negative = a_negative;
    if (a_negative == b_negative)
        return add_wide(a, b);
    if (compare_wide(a, b) >= 0)
        return subtract_wide(a, b);
    *ret_negative = b_negative;
    return subtract_wide(b, a);
}

/* ---- the operations ---- */

tb_decimal tb_decimal_of(int64_t integer)
{
    return (tb_decimal){integer, 0};
}

/* The coefficients at the finer scale where both are small; false: take the long way. */
static bool align_small(tb_decimal a, tb_decimal b, tb_int128 *ret_a, tb_int128 *ret_b,
                        int *ret_scale)
{
    int difference = a.scale - b.scale;
    if (!fits_64(a.coefficient) || !fits_64(b.coefficient) || difference > 18 || difference < -18)
        return false;
    *ret_a = difference < 0 ? a.coefficient * (int64_t)small_powers[-difference] : a.coefficient;
    *ret_b = difference > 0 ? b.coefficient * (int64_t)small_powers[difference] : b.coefficient;
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
    wide wide_a, wide_b;
    bool negative;
    scale = align_wide(a, b, &wide_a, &wide_b);
    wide sum = add_signed(wide_a, a.coefficient < 0, wide_b, b.coefficient < 0, &negative);
    return exact_wide(negative, sum, scale, ret) ||
           (rounded && round_wide(negative, sum, scale, false, TB_DECIMAL_QUOTIENT_DIGITS, ret));
}

static bool multiply(tb_decimal a, tb_decimal b, bool rounded, tb_decimal *ret)
{
    int scale = a.scale + b.scale;
    if (fits_64(a.coefficient) && fits_64(b.coefficient) && scale <= TB_DECIMAL_MAX_SCALE) {
        *ret = (tb_decimal){a.coefficient * b.coefficient, scale};
        return true;
    }
    bool negative = (a.coefficient < 0) != (b.coefficient < 0);
    wide product = multiply_wide(magnitude(a.coefficient), magnitude(b.coefficient));
    return exact_wide(negative, product, scale, ret) ||
           (rounded &&
            round_wide(negative, product, scale, false, TB_DECIMAL_QUOTIENT_DIGITS, ret));
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
    uint128 dividend = magnitude(a.coefficient), divisor = magnitude(b.coefficient);
    int digits = count_digits(dividend);
    /* So many zeros that the quotient has a digit to spare for rounding; 67 digits at most. */
    int zeros = TB_DECIMAL_QUOTIENT_DIGITS + 2 + count_digits(divisor) - digits;
    if (zeros < 0)
        zeros = 0;
    int first = zeros < MAX_DIGITS - digits ? zeros : MAX_DIGITS - digits;
    wide quotient = multiply_wide(dividend * power_of_ten(first), power_of_ten(zeros - first));
    bool sticky = divide_wide(&quotient, divisor) != 0;
    bool negative = (a.coefficient < 0) != (b.coefficient < 0);
    if (!round_wide(negative, quotient, a.scale + zeros - b.scale, sticky,
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

int tb_decimal_compare(tb_decimal a, tb_decimal b)
{
    tb_int128 small_a, small_b;
    int scale;
    if (align_small(a, b, &small_a, &small_b, &scale))
        return (small_a > small_b) - (small_a < small_b);
    int sign = tb_decimal_sign(a);
    if (sign != tb_decimal_sign(b))
        return sign < tb_decimal_sign(b) ? -1 : 1;
    wide wide_a, wide_b;
    align_wide(a, b, &wide_a, &wide_b);
    return sign * compare_wide(wide_a, wide_b);
}

int tb_decimal_sign(tb_decimal a)
{
    return (a.coefficient > 0) - (a.coefficient < 0);
}

bool tb_decimal_is_integer(tb_decimal a)
{
    return a.scale == 0 || magnitude(a.coefficient) % power_of_ten(a.scale) == 0;
}

/* ---- rounding ---- */

/* Whether what is cut off, `rest` of `unit`, makes the kept digits one larger in magnitude. */
static bool rounds_away(bool negative, bool odd, uint128 rest, uint128 unit, tb_rounding mode)
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
    uint128 kept = 0, rest = magnitude(a.coefficient), unit = power_of_ten(MAX_DIGITS);
    bool all = places < a.scale - MAX_DIGITS; /* even the first digit is below a tenth of a unit */
    if (!all) {
        unit = power_of_ten(a.scale - places);
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
    if (places < -(MAX_DIGITS - 1))
        return false;
    wide result = multiply_wide(kept, places < 0 ? power_of_ten(-places) : 1);
    return exact_wide(negative, result, places < 0 ? 0 : places, ret);
}

tb_decimal tb_decimal_round_significant(tb_decimal a, int digits)
{
    int drop = count_digits(magnitude(a.coefficient)) - digits;
    tb_decimal rounded;
    if (drop <= 0 || !tb_decimal_round(a, a.scale - drop, TB_ROUND_HALF_EVEN, &rounded))
        return a;
    return rounded;
}

tb_decimal tb_decimal_normalize(tb_decimal a)
{
    static const int steps[] = {16, 8, 4, 2, 1};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        int64_t power = (int64_t)small_powers[steps[i]];
        while (a.scale >= steps[i]) {
            bool small = fits_64(a.coefficient);
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

/* ---- text ---- */

/* A number as it is being read: coefficient * 10^exponent. */
typedef struct digits {
    uint128 coefficient;
    int exponent;
    bool lost; /* digits that are not zero did not fit */
} digits;

#define EXPONENT_MAX 100000 /* beyond any that fits; larger ones stop here */

/* Reads a run of digits at *at; `step` is added to the exponent for each (−1 after the point). */
static bool read_digits(tb_str text, size_t *at, int step, digits *number)
{
    size_t start = *at;
    for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at) {
        unsigned digit = (unsigned)(text.data[*at] - '0');
        bool room = number->coefficient < power_of_ten(MAX_DIGITS - 1);
        if (room)
            number->coefficient = number->coefficient * 10 + digit;
        else
            number->lost |= digit != 0;
        number->exponent += step + !room;
        if (number->exponent > EXPONENT_MAX || number->exponent < -EXPONENT_MAX)
            return false;
    }
    return *at > start;
}

static bool read_exponent(tb_str text, size_t *at, digits *number)
{
    bool negative = *at < text.size && text.data[*at] == '-';
    if (negative || (*at < text.size && text.data[*at] == '+'))
        ++*at;
    size_t start = *at;
    int exponent = 0;
    for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at) {
        if (exponent < EXPONENT_MAX)
            exponent = exponent * 10 + (text.data[*at] - '0');
    }
    number->exponent += negative ? -exponent : exponent;
    return *at > start;
}

static bool read_number(tb_str text, bool *ret_negative, digits *ret)
{
    size_t at = 0;
    *ret = (digits){0, 0, false};
    *ret_negative = text.size > 0 && text.data[0] == '-';
    at += *ret_negative;
    if (!read_digits(text, &at, 0, ret))
        return false;
    if (at < text.size && text.data[at] == '.') {
        at++;
        if (!read_digits(text, &at, -1, ret))
            return false;
    }
    if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
        at++;
        if (!read_exponent(text, &at, ret))
            return false;
    }
    return at == text.size;
}

bool tb_decimal_parse(tb_str text, tb_decimal *ret)
{
    bool negative;
    digits number;
    if (!read_number(text, &negative, &number) || number.lost)
        return false;
    int scale = -number.exponent;
    if (number.coefficient == 0) {
        *ret = (tb_decimal){0, scale < 0 ? 0 : scale > TB_DECIMAL_MAX_SCALE ? 0 : scale};
        return true;
    }
    if (scale < -(MAX_DIGITS - 1))
        return false;
    wide value = multiply_wide(number.coefficient, scale < 0 ? power_of_ten(-scale) : 1);
    return exact_wide(negative, value, scale < 0 ? 0 : scale, ret);
}

bool tb_decimal_parse_stored(tb_str text, tb_decimal *ret)
{
    bool negative;
    digits number;
    if (!read_number(text, &negative, &number))
        return false;
    /* Of two texts of one double, the shortest and the longest, one may end in a 5 that the other
     * shows to be less or more; the double itself decides. */
    tb_decimal exact;
    if (number.coefficient >= power_of_ten(STORED_DIGITS) && tb_decimal_parse(text, &exact))
        return tb_decimal_from_double(tb_decimal_to_double(exact), ret);
    int scale = -number.exponent;
    if (number.coefficient == 0 || scale > 2 * MAX_DIGITS + TB_DECIMAL_MAX_SCALE) {
        *ret = tb_decimal_of(0);
        return true;
    }
    tb_decimal rounded;
    if (!round_wide(negative, (wide){0, number.coefficient}, scale, number.lost, STORED_DIGITS,
                    &rounded))
        return false;
    *ret = tb_decimal_normalize(rounded);
    return true;
}

/* Writes the digits so that they end before `end`; returns where they begin. */
static char *write_digits(char *end, uint128 number, int minimum)
{
    char *at = end;
    while (number != (uint64_t)number) {
        uint64_t part = (uint64_t)(number % small_powers[SMALL_POWER_MAX]);
        number /= small_powers[SMALL_POWER_MAX];
        for (int i = 0; i < SMALL_POWER_MAX; i++, part /= 10)
            *--at = (char)('0' + part % 10);
    }
    for (uint64_t rest = (uint64_t)number; rest != 0; rest /= 10)
        *--at = (char)('0' + rest % 10);
    while (end - at < minimum)
        *--at = '0';
    return at;
}

tb_str tb_decimal_format(tb_decimal a, char out[TB_DECIMAL_TEXT_SIZE])
{
    char text[TB_DECIMAL_TEXT_SIZE];
    char *end = text + sizeof text;
    const char *first = write_digits(end, magnitude(a.coefficient), a.scale + 1);
    size_t whole = (size_t)(end - first) - (size_t)a.scale;
    size_t size = 0;
    if (a.coefficient < 0)
        out[size++] = '-';
    memcpy(out + size, first, whole);
    size += whole;
    if (a.scale > 0) {
        out[size++] = '.';
        memcpy(out + size, first + whole, (size_t)a.scale);
        size += (size_t)a.scale;
    }
    out[size] = '\0';
    return (tb_str){out, size};
}

bool tb_decimal_to_int(tb_decimal a, int64_t *ret)
{
    a = tb_decimal_normalize(a);
    if (a.scale > 0 || !fits_64(a.coefficient))
        return false;
    *ret = (int64_t)a.coefficient;
    return true;
}

/* ---- doubles ---- */

bool tb_decimal_from_double(double number, tb_decimal *ret)
{
    if (!isfinite(number))
        return false;
    if (fabs(number) < 1e15 && number == (double)(int64_t)number) {
        *ret = tb_decimal_of((int64_t)number);
        return true;
    }
    /* The standard library rounds correctly, but its decimal point is the locale's. */
    char printed[40], plain[40];
    snprintf(printed, sizeof printed, "%.*e", STORED_DIGITS - 1, number);
    size_t size = 0;
    const char *p = printed;
    if (*p == '-')
        plain[size++] = *p++;
    plain[size++] = *p++;
    plain[size++] = '.';
    while (*p < '0' || *p > '9')
        p++;
    size += strlen(strcpy(plain + size, p));
    return tb_decimal_parse_stored((tb_str){plain, size}, ret);
}

static int bit_length(uint128 a)
{
    int bits = 0;
    for (; a != 0; a >>= 1)
        bits++;
    return bits;
}

/* The largest whole number up to which doubles leave none out. */
#define DOUBLE_EXACT_MAX   ((int64_t)1 << 53)
#define DOUBLE_POWER_EXACT 22 /* 10^22 is the largest power of ten that is a double */

double tb_decimal_to_double(tb_decimal a)
{
    if (a.coefficient <= DOUBLE_EXACT_MAX && a.coefficient >= -DOUBLE_EXACT_MAX &&
        a.scale <= DOUBLE_POWER_EXACT) /* one operation on exact operands: rounded once */
        return (double)(int64_t)a.coefficient / (double)power_of_ten(a.scale);
    /* Shift left until the quotient has 64 bits or more, mark what is left over in its last bit,
     * and let the one conversion round. */
    uint128 divisor = power_of_ten(a.scale);
    uint128 coefficient = magnitude(a.coefficient);
    int shift = 65 + bit_length(divisor) - bit_length(coefficient);
    if (shift < 0)
        shift = 0;
    wide quotient = {shift >= 128 ? coefficient << (shift - 128)
                     : shift > 0  ? coefficient >> (128 - shift)
                                  : 0,
                     shift >= 128 ? 0 : coefficient << shift};
    if (divide_wide(&quotient, divisor) != 0)
        quotient.low |= 1;
    double result = ldexp((double)quotient.low, -shift);
    return a.coefficient < 0 ? -result : result;
}
