/*
 * The values of cells as files write them: numbers, dates, times of day, durations.
 */
#ifndef TB_SHEET_NUMBER_H
#define TB_SHEET_NUMBER_H

#include "base/decimal.h"

/* tb_decimal_parse_stored with a short way for the numbers that nearly all are, of at most 17
 * digits, and without the blanks around. */
bool tb_number_parse(tb_str text, tb_decimal *ret);

/* `2023-11-15`, `2023-11-15T08:30:00.5` as a serial day (tb_cell.number). */
bool tb_number_parse_date(tb_str text, tb_decimal *ret);
/* `PT08H30M00.5S` as a part of a day. */
bool tb_number_parse_duration(tb_str text, tb_decimal *ret);

#endif
