/*
 * Serial days and calendar days. Counts in eras of 400 years that begin in March, so that the leap
 * day comes last and a month's first day is a linear formula.
 */
#include "rule/calendar.h"

#define DAYS_PER_ERA 146097
#define EPOCH_OFFSET 693899 /* days from 0000-03-01 to 1899-12-30 */

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t tb_calendar_serial(int64_t year, int64_t month, int64_t day)
{
    int64_t months = year * 12 + month - 3; /* since March of the year 0 */
    year = floor_divide(months, 12);
    month = months - year * 12; /* 0 is March */
    int64_t era = floor_divide(year, 400);
    int64_t of_era = year - era * 400;
    int64_t days = of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5;
    return era * DAYS_PER_ERA + days + day - 1 - EPOCH_OFFSET;
}

bool tb_calendar_date(int64_t serial, int *ret_year, int *ret_month, int *ret_day)
{
    if (serial < tb_calendar_serial(TB_YEAR_MIN, 1, 1) ||
        serial > tb_calendar_serial(TB_YEAR_MAX, 12, 31))
        return false;
    int64_t days = serial + EPOCH_OFFSET;
    int64_t era = days / DAYS_PER_ERA;
    int64_t rest = days % DAYS_PER_ERA;
    int64_t of_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    rest -= of_era * 365 + of_era / 4 - of_era / 100;
    int64_t month = (5 * rest + 2) / 153; /* 0 is March */
    *ret_day = (int)(rest - (153 * month + 2) / 5 + 1);
    *ret_month = (int)(month < 10 ? month + 3 : month - 9);
    *ret_year = (int)(era * 400 + of_era + (month >= 10));
    return true;
}

bool tb_calendar_exists(int64_t year, int64_t month, int64_t day)
{
    int y, m, d;
    if (year < TB_YEAR_MIN || year > TB_YEAR_MAX || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    return tb_calendar_date(tb_calendar_serial(year, month, day), &y, &m, &d) && m == month &&
           d == day;
}
