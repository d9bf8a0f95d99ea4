/*
 * Reading values of cells.
 */
#include "sheet/number.h"

#define SHORT_DIGITS   15
#define SECONDS_OF_DAY 86400.0
#define DAYS_TO_1899   693899 /* from 0000-03-01 to 1899-12-30, day 0 of serial days */

/* [-]digits[.digits] with at most 15 of them; false: take the long way. */
static bool parse_short(tb_str text, tb_decimal *ret)
{
    if (text.size == 0)
        return false;
    const char *p = text.data, *end = text.data + text.size;
    bool negative = p < end && *p == '-';
    if (negative)
        p++;
    if (end - p > SHORT_DIGITS + 1)
        return false;
    int64_t value = 0;
    int digits = 0, point = -1, zeros = 0;
    for (; p < end; p++) {
        unsigned digit = (unsigned char)*p - (unsigned)'0';
        if (digit < 10) {
            value = value * 10 + digit;
            zeros = digit == 0 ? zeros + 1 : 0;
            digits++;
        } else if (*p == '.' && point < 0) {
            point = digits;
            zeros = 0;
        } else {
            return false;
        }
    }
    if (digits == 0 || digits > SHORT_DIGITS || point == 0 || point == digits)
        return false;
    int scale = point < 0 ? 0 : digits - point;
    for (; scale > 0 && zeros > 0; scale--, zeros--)
        value /= 10;
    *ret = (tb_decimal){negative ? -value : value, scale};
    return true;
}

bool tb_number_parse(tb_str text, tb_decimal *ret)
{
    return parse_short(text, ret) || tb_decimal_parse_stored(tb_str_trim(text), ret);
}

/* Reads digits at *at into *ret; false when there are none or too many. */
static bool take_number(tb_str text, size_t *at, int *ret)
{
    size_t begin = *at;
    int value = 0;
    while (*at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9') {
        if (*at - begin == 8)
            return false;
        value = value * 10 + (text.data[(*at)++] - '0');
    }
    *ret = value;
    return *at > begin;
}

static bool take_char(tb_str text, size_t *at, char c)
{
    if (*at == text.size || text.data[*at] != c)
        return false;
    ++*at;
    return true;
}

/* Seconds with a fraction behind a point or a comma. */
static bool take_seconds(tb_str text, size_t *at, double *ret)
{
    int whole;
    if (!take_number(text, at, &whole))
        return false;
    *ret = whole;
    if (!take_char(text, at, '.') && !take_char(text, at, ','))
        return true;
    double unit = 0.1;
    for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at) {
        *ret += (text.data[*at] - '0') * unit;
        unit /= 10;
    }
    return true;
}

/* Days from 1899-12-30 in the Gregorian calendar; years begin in March, so that the leap day is
 * the last. */
static int64_t serial_day(int year, int month, int day)
{
    int64_t y = year - (month <= 2 ? 1 : 0);
    int64_t m = month > 2 ? month - 3 : month + 9;
    int64_t days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1;
    return days - DAYS_TO_1899;
}

static bool take_date(tb_str text, size_t *at, double *ret)
{
    int year, month, day;
    if (!take_number(text, at, &year) || !take_char(text, at, '-') ||
        !take_number(text, at, &month) || !take_char(text, at, '-') || !take_number(text, at, &day))
        return false;
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *ret = (double)serial_day(year, month, day);
    return true;
}

static bool take_time(tb_str text, size_t *at, double *ret)
{
    int hours, minutes;
    double seconds = 0;
    if (!take_number(text, at, &hours) || !take_char(text, at, ':') ||
        !take_number(text, at, &minutes))
        return false;
    if (take_char(text, at, ':') && !take_seconds(text, at, &seconds))
        return false;
    *ret = (hours * 3600.0 + minutes * 60.0 + seconds) / SECONDS_OF_DAY;
    return true;
}

bool tb_number_parse_date(tb_str text, tb_decimal *ret)
{
    size_t at = 0;
    double day, time = 0;
    text = tb_str_trim(text);
    if (!take_date(text, &at, &day))
        return false;
    if (take_char(text, &at, 'T') && !take_time(text, &at, &time))
        return false;
    take_char(text, &at, 'Z');
    return at == text.size && tb_decimal_from_double(day + time, ret);
}

bool tb_number_parse_duration(tb_str text, tb_decimal *ret)
{
    text = tb_str_trim(text);
    size_t at = 0;
    double total = 0;
    bool negative = take_char(text, &at, '-');
    if (!take_char(text, &at, 'P'))
        return false;
    bool time = false;
    while (at < text.size) {
        if (!time && take_char(text, &at, 'T')) {
            time = true;
            continue;
        }
        double value;
        if (!take_seconds(text, &at, &value) || at == text.size)
            return false;
        char unit = text.data[at++];
        if (unit == 'D' && !time)
            total += value * SECONDS_OF_DAY;
        else if (unit == 'H' && time)
            total += value * 3600;
        else if (unit == 'M' && time)
            total += value * 60;
        else if (unit == 'S' && time)
            total += value;
        else
            return false;
    }
    total /= SECONDS_OF_DAY;
    return tb_decimal_from_double(negative ? -total : total, ret);
}
