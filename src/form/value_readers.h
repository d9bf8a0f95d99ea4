/*
 * Reading the types whose notations take more than a line. A reader gets the text's key
 * (tb_text_key) and fills in the item's number and so on; false: it is not of that type. For
 * values.c, which has the table of them.
 */
#ifndef TB_FORM_VALUE_READERS_H
#define TB_FORM_VALUE_READERS_H

#include "form/values.h"

bool tb_value_read_amount(tb_str key, tb_item *item);
bool tb_value_read_plain_number(tb_str key, tb_item *item);
bool tb_value_read_share(tb_str key, tb_item *item);
/* These two may find that nothing was filled in but what is printed (年 月 日) and make it BLANK.
 */
bool tb_value_read_date(tb_str key, tb_item *item);
bool tb_value_read_year(tb_str key, tb_item *item);
bool tb_value_read_phone(tb_str key, tb_item *item);

/* A whole number at the offset, in digits or in numerals (二〇二三, 十一). Returns where it ends;
 * `at` when there is none. */
size_t tb_value_read_count(tb_str key, size_t at, int64_t *ret);

/* The day that a serial number from 1900 on stands for. */
void tb_date_from_serial(int64_t serial, int64_t *year, int64_t *month, int64_t *day);

#endif
