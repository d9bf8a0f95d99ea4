/*
 * Number formats: taken apart into what stands before, the digits, and what stands behind.
 */
#include "rule/number_format.h"

#include <string.h>

#define DIGITS_MAX 30 /* digits asked for on either side of the point */
#define AFFIX_SIZE 64 /* of the characters before and behind, in bytes */

typedef struct number_layout {
    char before[AFFIX_SIZE], behind[AFFIX_SIZE];
    size_t before_size, behind_size;
    int whole;    /* digits before the point that are always shown */
    int places;   /* digits after the point, at most */
    int required; /* of them those that are always shown */
    bool point, grouped, digits;
    int thousands; /* commas at the end: divided by 1000 for each */
    int percents;
} number_layout;

/* A character that is shown as it is. */
static bool add_literal(number_layout *layout, char c)
{
    char *affix = layout->digits ? layout->behind : layout->before;
    size_t *size = layout->digits ? &layout->behind_size : &layout->before_size;
    if (*size == AFFIX_SIZE)
        return false;
    affix[(*size)++] = c;
    return true;
}

static bool add_quoted(number_layout *layout, tb_str format, size_t *at)
{
    while (++*at < format.size && format.data[*at] != '"') {
        if (!add_literal(layout, format.data[*at]))
            return false;
    }
    return *at < format.size; /* at the closing quote */
}

static bool add_digit(number_layout *layout, bool always)
{
    if (layout->behind_size > 0)
        return false; /* digits in two places */
    layout->digits = true;
    layout->grouped |= layout->thousands > 0;
    layout->thousands = 0;
    if (!layout->point) {
        layout->whole += always || layout->whole > 0;
    } else {
        layout->places++;
        if (always)
            layout->required = layout->places;
    }
    return layout->whole <= DIGITS_MAX && layout->places <= DIGITS_MAX;
}

static bool add_character(number_layout *layout, tb_str format, size_t *at)
{
    char c = format.data[*at];
    switch (c) {
    case '0':
    case '#':
        return add_digit(layout, c == '0');
    case ',':
        layout->thousands++;
        return layout->digits && layout->thousands <= 3;
    case '.': {
        bool first = !layout->point;
        layout->point = layout->digits = true;
        return first && layout->thousands == 0;
    }
    case '%':
        return ++layout->percents <= 2 && add_literal(layout, c);
    case '"':
        return add_quoted(layout, format, at);
    case '\\':
        return ++*at < format.size && add_literal(layout, format.data[*at]);
    case ' ':
    case '-':
    case '+':
    case '(':
    case ')':
        return add_literal(layout, c);
    default:
        return false;
    }
}

static bool read_layout(tb_str format, number_layout *ret)
{
    *ret = (number_layout){.whole = 0};
    for (size_t at = 0; at < format.size; at++) {
        if (!add_character(ret, format, &at))
            return false;
    }
    return ret->digits;
}

/* Multiplies by the percent signs, divides by the thousands, rounds. */
static bool scale_number(tb_decimal number, const number_layout *layout, tb_decimal *ret)
{
    int shift = 2 * layout->percents - 3 * layout->thousands;
    int64_t factor = 1;
    for (int i = shift < 0 ? -shift : shift; i > 0; i--)
        factor *= 10;
    bool done = shift < 0 ? tb_decimal_divide(number, tb_decimal_of(factor), &number)
                          : tb_decimal_multiply(number, tb_decimal_of(factor), &number);
    return done && tb_decimal_round(number, layout->places, TB_ROUND_HALF_UP, ret);
}

typedef struct text_writer {
    char *out;
    size_t size;
} text_writer;

static void write_bytes(text_writer *writer, const char *bytes, size_t size)
{
    memcpy(writer->out + writer->size, bytes, size);
    writer->size += size;
}

static void write_whole(text_writer *writer, const number_layout *layout, tb_str digits)
{
    if (digits.size == 1 && digits.data[0] == '0')
        digits.size = 0; /* "#" shows no 0 */
    int count = (int)digits.size > layout->whole ? (int)digits.size : layout->whole;
    for (int left = count; left > 0; left--) {
        size_t from_end = (size_t)left;
        write_bytes(writer, from_end > digits.size ? "0" : &digits.data[digits.size - from_end], 1);
        if (layout->grouped && left > 1 && (left - 1) % 3 == 0)
            write_bytes(writer, ",", 1);
    }
}

static void write_places(text_writer *writer, const number_layout *layout, tb_str digits)
{
    size_t shown = digits.size;
    while (shown > (size_t)layout->required && digits.data[shown - 1] == '0')
        shown--;
    if (layout->point && (shown > 0 || layout->required > 0 || layout->places == 0))
        write_bytes(writer, ".", 1);
    write_bytes(writer, digits.size == 0 ? "" : digits.data, shown);
    for (size_t i = shown; i < (size_t)layout->required; i++)
        write_bytes(writer, "0", 1);
}

bool tb_number_format_apply(tb_decimal number, tb_str format, char out[TB_NUMBER_FORMAT_SIZE],
                            tb_str *ret)
{
    number_layout layout;
    char digits[TB_DECIMAL_TEXT_SIZE];
    if (!read_layout(format, &layout) || !scale_number(number, &layout, &number))
        return false;
    text_writer writer = {out, 0};
    tb_str text = tb_decimal_format(tb_decimal_absolute(number), digits);
    ptrdiff_t point = tb_str_find(text, TB_STR("."));
    tb_str whole = point < 0 ? text : tb_str_slice(text, 0, (size_t)point);
    tb_str places = point < 0 ? TB_STR("") : tb_str_slice(text, (size_t)point + 1, text.size);
    if (tb_decimal_sign(number) < 0)
        write_bytes(&writer, "-", 1);
    write_bytes(&writer, layout.before, layout.before_size);
    write_whole(&writer, &layout, whole);
    write_places(&writer, &layout, places);
    write_bytes(&writer, layout.behind, layout.behind_size);
    *ret = (tb_str){out, writer.size};
    return true;
}
