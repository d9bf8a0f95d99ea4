/*
 * Functions of days. A day is its serial number, as in a spreadsheet.
 */
#include "rule/calendar.h"
#include "rule/functions.h"

#define TWO_DIGIT_YEAR_TURN 30 /* 29 is 2029, 30 is 1930: Calc's default */

static int64_t complete_year(int64_t year)
{
    if (year > 99)
        return year;
    return year + (year < TWO_DIGIT_YEAR_TURN ? 2000 : 1900);
}

/* DATE(2024; 13; 1) is 2025-01-01, and the 30th of February the 1st or 2nd of March. */
static tb_value call_date(const tb_call *call)
{
    int64_t year, month, day, serial;
    int y, m, d;
    tb_value failure;
    if (!tb_call_integer(call, 0, 0, TB_YEAR_MAX, &year, &failure) ||
        !tb_call_integer(call, 1, -100000, 100000, &month, &failure) ||
        !tb_call_integer(call, 2, -4000000, 4000000, &day, &failure))
        return failure;
    serial = tb_calendar_serial(complete_year(year), month, day);
    if (!tb_calendar_date(serial, &y, &m, &d))
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    return tb_value_of_integer(serial);
}

typedef struct calendar_day {
    int year, month, day;
} calendar_day;

static bool read_day(const tb_call *call, calendar_day *ret, tb_value *ret_failure)
{
    tb_decimal number;
    int64_t serial;
    if (!tb_call_number(call, 0, &number, ret_failure))
        return false;
    *ret_failure = tb_value_of_error(TB_VALUE_ERROR_VALUE);
    return tb_decimal_round(number, 0, TB_ROUND_FLOOR, &number) &&
           tb_decimal_to_int(number, &serial) &&
           tb_calendar_date(serial, &ret->year, &ret->month, &ret->day);
}

static tb_value call_year(const tb_call *call)
{
    calendar_day day;
    tb_value failure;
    return read_day(call, &day, &failure) ? tb_value_of_integer(day.year) : failure;
}

static tb_value call_month(const tb_call *call)
{
    calendar_day day;
    tb_value failure;
    return read_day(call, &day, &failure) ? tb_value_of_integer(day.month) : failure;
}

static tb_value call_day(const tb_call *call)
{
    calendar_day day;
    tb_value failure;
    return read_day(call, &day, &failure) ? tb_value_of_integer(day.day) : failure;
}

const tb_function tb_functions_date[] = {
    {"DATE", 3, 3, 0, call_date, NULL},
    {"YEAR", 1, 1, 0, call_year, NULL},
    {"MONTH", 1, 1, 0, call_month, NULL},
    {"DAY", 1, 1, 0, call_day, NULL},
};
const size_t tb_functions_date_count = sizeof tb_functions_date / sizeof tb_functions_date[0];
