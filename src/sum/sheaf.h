/*
 * A sheaf: the rows that one form gives, of all tables, as one piece of bytes. It is made where the
 * form was checked and kept until all forms are known; only then it is decided which forms count
 * and in which order they stand. It holds no file name and nothing of other forms.
 *
 * A row is the number of its table and its cells behind the lead; a cell is its kind, perhaps its
 * place in the form, the size of its text, and the text. Sizes are in the machine's order: a sheaf
 * does not leave it.
 */
#ifndef TB_SUM_SHEAF_H
#define TB_SUM_SHEAF_H

#include "base/buffer.h"
#include "sum/table.h"

/* Rows of TB_SUM_TOTALS are not shown but added to those of other forms, and have their own cells:
 * the place among the family's amounts, the form's sum, how many of its values are missing. */
#define TB_SHEAF_TOTAL_CELLS 3

/* ---- writing ---- */

void tb_sheaf_row(tb_buffer *out, size_t table);
/* `at` may be NULL: it is from no cell. An empty text is no cell content. */
void tb_sheaf_cell(tb_buffer *out, tb_sum_kind kind, tb_str text, const tb_address *at);
void tb_sheaf_none(tb_buffer *out, size_t count);
void tb_sheaf_count(tb_buffer *out, uint64_t number);

static inline void tb_sheaf_text(tb_buffer *out, tb_str text)
{
    tb_sheaf_cell(out, TB_SUM_TEXT, text, NULL);
}

/* A word of sum/word.h. */
static inline void tb_sheaf_word(tb_buffer *out, const char *word)
{
    tb_sheaf_cell(out, TB_SUM_WORD, tb_str_of(word), NULL);
}

/* ---- reading ---- */

typedef struct tb_sheaf_reader {
    tb_str rest;
} tb_sheaf_reader;

/* The next row's table; false at the end. All cells of the row before must have been read. */
bool tb_sheaf_next_row(tb_sheaf_reader *reader, size_t *ret_table);
/* Its text is borrowed from the sheaf. */
void tb_sheaf_next_cells(tb_sheaf_reader *reader, tb_sum_cell *cells, size_t count);

#endif
