/*
 * Numbers lie in the row itself.
 */
#include "sum/row.h"

#include <assert.h>
#include <stdio.h>

#include "base/sha256.h"
#include "rule/calendar.h"
#include "sum/collection.h"

void tb_sum_row_init(tb_sum_row *row)
{
    row->count = 0;
}

static void push(tb_sum_row *row, tb_sum_kind kind, tb_str text)
{
    assert(row->count < TB_SUM_ROW_CELLS);
    row->cells[row->count++] =
        (tb_sum_cell){.kind = text.size > 0 ? kind : TB_SUM_NONE, .text = text};
}

void tb_sum_row_text(tb_sum_row *row, tb_str text)
{
    push(row, TB_SUM_TEXT, text);
}

void tb_sum_row_word(tb_sum_row *row, const char *word)
{
    push(row, TB_SUM_WORD, tb_str_of(word));
}

void tb_sum_row_number(tb_sum_row *row, const tb_decimal *number)
{
    tb_str text = {0};
    if (number != NULL)
        text = tb_decimal_format(tb_decimal_normalize(*number), row->numbers[row->count]);
    push(row, TB_SUM_NUMBER, text);
}

void tb_sum_row_count(tb_sum_row *row, uint64_t number)
{
    char *out = row->numbers[row->count];
    int size = snprintf(out, TB_DECIMAL_TEXT_SIZE, "%llu", (unsigned long long)number);
    push(row, TB_SUM_COUNT, (tb_str){out, (size_t)size});
}

void tb_sum_row_year(tb_sum_row *row, int year)
{
    if (year == TB_SUM_NO_YEAR)
        push(row, TB_SUM_COUNT, TB_STR(""));
    else
        tb_sum_row_count(row, (uint64_t)year);
}

void tb_sum_row_day(tb_sum_row *row, int64_t serial)
{
    int year = 0, month = 0, day = 0, size = 0;
    char *out = row->numbers[row->count];
    if (serial != TB_SUM_NO_DAY && tb_calendar_date(serial, &year, &month, &day))
        size = snprintf(out, TB_DECIMAL_TEXT_SIZE, "%04d-%02d-%02d", year, month, day);
    push(row, TB_SUM_DAY, (tb_str){out, (size_t)size});
}

void tb_sum_row_hash(tb_sum_row *row, const unsigned char *sha256, char out[65])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < TB_SHA256_SIZE; i++) {
        out[2 * i] = digits[sha256[i] >> 4];
        out[2 * i + 1] = digits[sha256[i] & 15];
    }
    out[64] = '\0';
    push(row, TB_SUM_TEXT, (tb_str){out, 64});
}
