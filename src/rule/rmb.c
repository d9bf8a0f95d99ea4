/*
 * From the highest digit down. A zero waits until a digit follows it; the end of a group of four
 * that holds something forgets it, since 壹拾万柒仟 needs none.
 */
#include "rule/rmb.h"

#define PLACES 16 /* digits before the point: up to 千万亿 */

static void append_digit(tb_buffer *out, int digit)
{
    static const char *const digits[] = {"零", "壹", "贰", "叁", "肆",
                                         "伍", "陆", "柒", "捌", "玖"};
    tb_buffer_cstr(out, digits[digit]);
}

static void append_whole(tb_buffer *out, const char digits[PLACES])
{
    static const char *const units[] = {"", "拾", "佰", "仟"};
    bool begun = false, zero = false, group = false; /* group: something but zeros is in it */
    for (int i = 0; i < PLACES; i++) {
        int place = PLACES - 1 - i;
        if (digits[i] == 0) {
            zero = begun;
        } else {
            if (zero)
                append_digit(out, 0);
            append_digit(out, digits[i]);
            tb_buffer_cstr(out, units[place % 4]);
            begun = group = true;
            zero = false;
        }
        if (place % 4 != 0)
            continue;
        if (place == 8 && begun)
            tb_buffer_cstr(out, "亿");
        else if (place % 8 == 4 && group)
            tb_buffer_cstr(out, "万");
        zero = zero && !group;
        group = false;
    }
    tb_buffer_cstr(out, "元");
}

static void append_fraction(tb_buffer *out, bool has_whole, int jiao, int fen)
{
    if (jiao > 0) {
        append_digit(out, jiao);
        tb_buffer_cstr(out, "角");
    } else if (has_whole && fen > 0) {
        append_digit(out, 0);
    }
    if (fen > 0) {
        append_digit(out, fen);
        tb_buffer_cstr(out, "分");
    } else {
        tb_buffer_cstr(out, "整");
    }
}

bool tb_rmb_append(tb_buffer *out, tb_decimal amount)
{
    char digits[PLACES];
    tb_decimal rounded, cents;
    if (!tb_decimal_round(amount, 2, TB_ROUND_HALF_UP, &rounded) ||
        !tb_decimal_multiply(tb_decimal_absolute(rounded), tb_decimal_of(100), &cents))
        return false;
    cents = tb_decimal_normalize(cents);
    tb_int128 whole = cents.coefficient / 100, left = whole;
    int fraction = (int)(cents.coefficient % 100);
    for (int i = PLACES; i-- > 0; left /= 10)
        digits[i] = (char)(left % 10);
    if (left > 0)
        return false;
    if (tb_decimal_sign(rounded) < 0)
        tb_buffer_cstr(out, "负");
    if (whole > 0)
        append_whole(out, digits);
    else if (fraction == 0)
        tb_buffer_cstr(out, "零元");
    append_fraction(out, whole > 0, fraction / 10, fraction % 10);
    return true;
}
