/*
 * Decimals from texts and doubles, and back. Nothing here depends on the locale, and nothing but
 * the two conversions at the end sees a double.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/wide.h"

#define STORED_DIGITS 15 /* what a spreadsheet shows of a double */

/* ---- text ---- */

/* A number as it is being read: coefficient * 10^exponent. */
typedef struct digits {
    tb_uint128 coefficient;
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
        bool room = number->coefficient < tb_power_of_ten(TB_DECIMAL_MAX_DIGITS - 1);
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

/* The short way, of up to 18 digits and perhaps a point; false: take the long one. */
static bool parse_small(tb_str text, tb_decimal *ret)
{
    if (text.size == 0)
        return false;
    bool negative = text.data[0] == '-';
    const char *at = text.data + negative, *end = text.data + text.size, *point = NULL;
    if (at == end || (size_t)(end - at) > TB_SMALL_POWER_MAX)
        return false;
    uint64_t coefficient = 0; /* holds 19 digits */
    for (const char *p = at; p < end; p++) {
        if (*p >= '0' && *p <= '9')
            coefficient = coefficient * 10 + (unsigned)(*p - '0');
        else if (*p == '.' && point == NULL && p > at && p + 1 < end)
            point = p;
        else
            return false;
    }
    if (point == NULL && end - at == TB_SMALL_POWER_MAX)
        return false;
    *ret = (tb_decimal){negative ? -(int64_t)coefficient : (int64_t)coefficient,
                        point == NULL ? 0 : (int)(end - point - 1)};
    return true;
}

bool tb_decimal_parse(tb_str text, tb_decimal *ret)
{
    if (parse_small(text, ret))
        return true;
    bool negative;
    digits number;
    if (!read_number(text, &negative, &number) || number.lost)
        return false;
    int scale = -number.exponent;
    if (number.coefficient == 0) {
        *ret = (tb_decimal){0, scale < 0 ? 0 : scale > TB_DECIMAL_MAX_SCALE ? 0 : scale};
        return true;
    }
    if (scale < -(TB_DECIMAL_MAX_DIGITS - 1))
        return false;
    tb_wide value = tb_wide_multiply(number.coefficient, scale < 0 ? tb_power_of_ten(-scale) : 1);
    return tb_wide_exact(negative, value, scale < 0 ? 0 : scale, ret);
}

bool tb_decimal_parse_stored(tb_str text, tb_decimal *ret)
{
    if (text.size <= STORED_DIGITS && parse_small(text, ret)) {
        *ret = tb_decimal_normalize(*ret);
        return true;
    }
    bool negative;
    digits number;
    if (!read_number(text, &negative, &number))
        return false;
    /* Of two texts of one double, the shortest and the longest, one may end in a 5 that the other
     * shows to be less or more; the double itself decides. */
    tb_decimal exact;
    if (number.coefficient >= tb_power_of_ten(STORED_DIGITS) && tb_decimal_parse(text, &exact))
        return tb_decimal_from_double(tb_decimal_to_double(exact), ret);
    int scale = -number.exponent;
    if (number.coefficient == 0 || scale > 2 * TB_DECIMAL_MAX_DIGITS + TB_DECIMAL_MAX_SCALE) {
        *ret = tb_decimal_of(0);
        return true;
    }
    tb_decimal rounded;
    if (!tb_wide_round(negative, (tb_wide){0, number.coefficient}, scale, number.lost,
                       STORED_DIGITS, &rounded))
        return false;
    *ret = tb_decimal_normalize(rounded);
    return true;
}

/* Writes the digits so that they end before `end`; returns where they begin. */
static char *write_digits(char *end, tb_uint128 number, int minimum)
{
    char *at = end;
    while (number != (uint64_t)number) {
        uint64_t part = (uint64_t)(number % tb_small_powers[TB_SMALL_POWER_MAX]);
        number /= tb_small_powers[TB_SMALL_POWER_MAX];
        for (int i = 0; i < TB_SMALL_POWER_MAX; i++, part /= 10)
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
    const char *first = write_digits(end, tb_magnitude(a.coefficient), a.scale + 1);
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

/* ---- doubles ---- */

/* Most amounts have few places: where the nearest hundredth (and so on) is the very same double, it
 * is what 15 digits say, since no two decimals of 15 digits share a double. */
static bool from_few_places(double number, tb_decimal *ret)
{
    static const struct {
        double power;
        int places;
    } steps[] = {{1e2, 2}, {1e4, 4}, {1e6, 6}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        double scaled = number * steps[i].power;
        if (fabs(scaled) >= 1e15)
            return false;
        int64_t nearest = (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
        if ((double)nearest / steps[i].power != number)
            continue;
        int scale = steps[i].places;
        for (; nearest % 10 == 0; scale--)
            nearest /= 10;
        *ret = (tb_decimal){nearest, scale};
        return true;
    }
    return false;
}

bool tb_decimal_from_double(double number, tb_decimal *ret)
{
    if (!isfinite(number))
        return false;
    if (fabs(number) < 1e15 && number == (double)(int64_t)number) {
        *ret = tb_decimal_of((int64_t)number);
        return true;
    }
    if (from_few_places(number, ret))
        return true;
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

static int bit_length(tb_uint128 a)
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
        return (double)(int64_t)a.coefficient / (double)tb_power_of_ten(a.scale);
    /* Shift left until the quotient has 64 bits or more, mark what is left over in its last bit,
     * and let the one conversion round. */
    tb_uint128 divisor = tb_power_of_ten(a.scale);
    tb_uint128 coefficient = tb_magnitude(a.coefficient);
    int shift = 65 + bit_length(divisor) - bit_length(coefficient);
    if (shift < 0)
        shift = 0;
    tb_wide quotient = {shift >= 128 ? coefficient << (shift - 128)
                        : shift > 0  ? coefficient >> (128 - shift)
                                     : 0,
                        shift >= 128 ? 0 : coefficient << shift};
    if (tb_wide_divide(&quotient, divisor) != 0)
        quotient.low |= 1;
    double result = ldexp((double)quotient.low, -shift);
    return a.coefficient < 0 ? -result : result;
}
