/*
 * Reading values of cells.
 */
#include "sheet/number.h"

#define LONGEST_SHORT  19                         /* with the point and zeros at the beginning */
#define FIRST_LONG     UINT64_C(1000000000000000) /* has more than the 15 digits that count */
#define SECONDS_OF_DAY 86400.0
#define DAYS_TO_1899   693899 /* from 0000-03-01 to 1899-12-30, day 0 of serial days */

/* The same value without zeros at the end of its places. */
static tb_decimal without_zeros(int64_t value, int scale)
{
    static const struct {
        int zeros;
        int64_t power;
    } steps[] = {{8, 100000000}, {4, 10000}, {2, 100}, {1, 10}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (scale >= steps[i].zeros && value % steps[i].power == 0) {
            value /= steps[i].power;
            scale -= steps[i].zeros;
        }
    }
    return (tb_decimal){value, scale};
}

/*
 * Rounds a number of 16 or 17 digits to the 15 that count. It stands for the nearest double, which
 * is at most 0.12 of the last of these away from it: where the rest is further than that from one
 * half, both are rounded alike. False where it is not.
 */
static bool round_digits(uint64_t *value, int *scale)
{
    uint64_t unit = *value >= 10 * FIRST_LONG ? 100 : 10;
    uint64_t percent = *value % unit * (100 / unit);
    if (percent > 38 && percent < 62)
        return false;
    *value = *value / unit + (percent >= 62);
    *scale -= unit == 100 ? 2 : 1;
    return *scale >= 0;
}

/* [-]digits[.digits] with few digits; false: take the long way. */
static bool parse_short(tb_str text, tb_decimal *ret)
{
    if (text.size == 0)
        return false;
    bool negative = text.data[0] == '-';
    const char *begin = text.data + negative, *end = text.data + text.size, *point = NULL;
    const char *p = begin;
    if (end - p > LONGEST_SHORT)
        return false;
    uint64_t value = 0; /* holds 19 digits */
    for (; p < end; p++) {
        unsigned digit = (unsigned char)*p - (unsigned)'0';
        if (digit < 10)
            value = value * 10 + digit;
        else if (*p == '.' && point == NULL)
            point = p;
        else
            return false;
    }
    if (p == begin || point == begin || point == end - 1)
        return false;
    int scale = point == NULL || value == 0 ? 0 : (int)(end - point - 1);
    if (value >= FIRST_LONG && (value >= 100 * FIRST_LONG || !round_digits(&value, &scale)))
        return false;
    *ret = without_zeros(negative ? -(int64_t)value : (int64_t)value, scale);
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
