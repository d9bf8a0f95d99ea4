/*
 * Days as a spreadsheet counts them: whole numbers, day 0 is 1899-12-30. Gregorian throughout.
 */
#ifndef TB_RULE_CALENDAR_H
#define TB_RULE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Years that serial days are made for. */
#define TB_YEAR_MIN 1583
#define TB_YEAR_MAX 9999

/* True when the calendar has that day, in the years above. */
bool tb_calendar_exists(int64_t year, int64_t month, int64_t day);
/* The serial day of a day that need not exist: month 13 is January of the next year, day 0 the last
 * of the month before. The arguments must not be larger than a few millions. */
int64_t tb_calendar_serial(int64_t year, int64_t month, int64_t day);
/* The other way round; false outside the years above. */
bool tb_calendar_date(int64_t serial, int *ret_year, int *ret_month, int *ret_day);

#endif
