/*
 * By our own calendar, which knows no time zones.
 */
#include "send/timestamp.h"

#include <stdio.h>

#include "rule/calendar.h"

#define DAY_OF_1970 25569 /* as spreadsheets count */

const char *tb_timestamp(int64_t moment, char out[TB_TIMESTAMP_SIZE])
{
    int year = 1970, month = 1, day = 1;
    int64_t seconds = moment > 0 ? moment / 1000 : 0;
    unsigned second = (unsigned)(seconds % 86400);
    if (!tb_calendar_date(seconds / 86400 + DAY_OF_1970, &year, &month, &day))
        second = 0;
    snprintf(out, TB_TIMESTAMP_SIZE, "%04d-%02d-%02dT%02u:%02u:%02uZ", year, month, day,
             second / 3600, second / 60 % 60, second % 60);
    return out;
}
