/*
 * A row that is put together here, of the tables that do not come out of forms. Used inside src/sum
 * only.
 */
#ifndef TB_SUM_ROW_H
#define TB_SUM_ROW_H

#include "base/decimal.h"
#include "sum/table.h"

#define TB_SUM_ROW_CELLS 16

typedef struct tb_sum_row {
    size_t count;
    tb_sum_cell cells[TB_SUM_ROW_CELLS];
    char numbers[TB_SUM_ROW_CELLS][TB_DECIMAL_TEXT_SIZE];
} tb_sum_row;

void tb_sum_row_init(tb_sum_row *row);
/* Each adds a cell; texts are borrowed, an empty one is an empty cell. */
void tb_sum_row_text(tb_sum_row *row, tb_str text);
void tb_sum_row_word(tb_sum_row *row, const char *word);
void tb_sum_row_number(tb_sum_row *row, const tb_decimal *number); /* NULL: an empty cell */
void tb_sum_row_count(tb_sum_row *row, uint64_t number);
void tb_sum_row_year(tb_sum_row *row, int year);   /* TB_SUM_NO_YEAR: an empty cell */
void tb_sum_row_day(tb_sum_row *row, int64_t day); /* TB_SUM_NO_DAY: the same */
/* In hexadecimal digits, which `out` holds. */
void tb_sum_row_hash(tb_sum_row *row, const unsigned char *sha256, char out[65]);

#endif
