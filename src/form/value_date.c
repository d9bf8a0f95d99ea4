/*
 * Days and years in texts, and the serial numbers of days.
 */
#include "form/value_readers.h"

static int64_t days_of_month(int64_t year, int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Days before March 1st of the year, counted from year 0. */
static int64_t days_before_march(int64_t year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

bool tb_date_serial(int64_t year, int64_t month, int64_t day, int64_t *ret_serial)
{
    static const int before[] = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
    const int64_t epoch = days_before_march(1899) + 275 + 29; /* 1899-12-30 */
    if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_of_month(year, month))
        return false;
    int64_t march_year = month < 3 ? year - 1 : year;
    *ret_serial = days_before_march(march_year) + before[month - 1] + day - 1 - epoch;
    return true;
}

#define DATE_PARTS 3

/* The size of a separator of dates there, or 0; forms are printed with a line to write on. */
static size_t date_separator(tb_str rest)
{
    static const tb_str separators[] = {{"年", 3}, {"月", 3}, {"日", 3}, {"号", 3},
                                        {"-", 1},  {"/", 1},  {".", 1},  {"_", 1}};
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        if (tb_str_starts(rest, separators[i]))
            return separators[i].size;
    }
    return 0;
}

/* The numbers of a date: 2023年11月15日, 2023-11-15, 2023/11/15, 2023.11.15, 20231115,
 * 二〇二三年十一月十五日. */
static size_t date_parts(tb_str key, int64_t parts[DATE_PARTS], bool *ret_clean)
{
    size_t count = 0, at = 0;
    *ret_clean = true;
    while (at < key.size) {
        int64_t number;
        size_t end = tb_value_read_count(key, at, &number);
        if (end > at && count < DATE_PARTS)
            parts[count++] = number;
        else if (end > at)
            *ret_clean = false;
        size_t separator = date_separator(tb_str_slice(key, end, key.size));
        if (end == at && separator == 0) {
            *ret_clean = false;
            separator = 1;
        }
        at = end + separator;
    }
    if (count == 1 && parts[0] > 9999999) {
        parts[2] = parts[0] % 100;
        parts[1] = parts[0] / 100 % 100;
        parts[0] /= 10000;
        return DATE_PARTS;
    }
    return count;
}

bool tb_value_read_date(tb_str key, tb_item *item)
{
    int64_t parts[DATE_PARTS], serial;
    bool clean;
    size_t count = date_parts(key, parts, &clean);
    if (count == 0 && clean) {
        item->state = TB_ITEM_BLANK; /* only 年 月 日, as printed on the form */
        return true;
    }
    if (!clean || count != DATE_PARTS || !tb_date_serial(parts[0], parts[1], parts[2], &serial))
        return false;
    item->number = tb_decimal_of(serial);
    item->decimals = 0;
    return true;
}

/* The end of the year that a period begins with, and of the sign behind it (2024-, 2024年至); 0
 * where it is no period. */
static size_t skip_period_begin(tb_str key)
{
    static const tb_str signs[] = {{"-", 1}, {"–", 3}, {"—", 3}, {"~", 1}, {"至", 3}, {"到", 3}};
    int64_t year;
    size_t at = tb_value_read_count(key, 0, &year);
    if (at == 0)
        return 0;
    if (tb_str_starts(tb_str_slice(key, at, key.size), TB_STR("年")))
        at += 3;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (tb_str_starts(tb_str_slice(key, at, key.size), signs[i]))
            return at + signs[i].size;
    }
    return 0;
}

/* A year, with anything behind 年 (2023年度, 2026年12月31日, 2023年金额); of a period the last one.
 */
bool tb_value_read_year(tb_str key, tb_item *item)
{
    int64_t year;
    while (tb_str_starts(key, TB_STR("_")))
        key = tb_str_slice(key, 1, key.size);
    if (key.size == 0 || tb_str_equal(key, TB_STR("年"))) {
        item->state = TB_ITEM_BLANK; /* the line to write on, as printed on the form */
        return true;
    }
    key = tb_str_slice(key, skip_period_begin(key), key.size);
    tb_str tail = tb_str_slice(key, tb_value_read_count(key, 0, &year), key.size);
    if (year < 1900 || year > 9999 || (tail.size > 0 && !tb_str_starts(tail, TB_STR("年"))))
        return false;
    item->number = tb_decimal_of(year);
    item->decimals = 0;
    return true;
}

void tb_date_from_serial(int64_t serial, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t first;
    *year = 1900 + serial / 366;
    while (tb_date_serial(*year + 1, 1, 1, &first) && first <= serial)
        *year += 1;
    *month = 1;
    while (*month < 12 && tb_date_serial(*year, *month + 1, 1, &first) && first <= serial)
        *month += 1;
    tb_date_serial(*year, *month, 1, &first);
    *day = serial - first + 1;
}
