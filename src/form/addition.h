/*
 * Where a form can take one more row of a table or one more block, and what has to be copied for
 * it. Decides only; whoever has the document open (calc/rows.c) does it.
 *
 * A new row is made inside of what belongs together, so that merged cells, sums and lists grow by
 * themselves: where something merged ends in the row that is copied, the row comes in above it and
 * the two change places.
 */
#ifndef TB_FORM_ADDITION_H
#define TB_FORM_ADDITION_H

#include "base/buffer.h"
#include "form/form.h"

#define TB_ADDITION_SPANS_MAX 64

/* Columns, the end exclusive. */
typedef struct tb_column_span {
    uint32_t from, end;
} tb_column_span;

typedef struct tb_row_addition {
    const tb_record_list *list; /* the table */
    uint32_t sheet;
    uint32_t model;    /* the row that the new one is like; the new one is model + 1 */
    uint32_t insert;   /* a row comes in before this one: model or model + 1 */
    size_t span_count; /* what to copy of the row: all but cells merged with other rows */
    tb_column_span spans[TB_ADDITION_SPANS_MAX];
    bool merges; /* in the end the two rows share one cell, as other rows of the table do: */
    tb_range shared;
} tb_row_addition;

typedef struct tb_block_addition {
    const tb_record *model;    /* the last block of its kind */
    uint32_t sheet, from, end; /* its rows; the new ones come in before `end` */
    uint32_t column_count;     /* to copy */
    int64_t number;            /* of the new block, from 1; 0: blocks of this kind have none */
} tb_block_addition;

/* A row for the table that the cursor stands in or is nearest to on its sheet; false when that
 * sheet has none. */
bool tb_addition_find_row(const tb_form *form, tb_address cursor, tb_row_addition *ret);

/* A block after the last one of the kind that the cursor stands in or below; of the form's first
 * kind when it stands above all. False when the form has no blocks. */
bool tb_addition_find_block(const tb_form *form, tb_address cursor, tb_block_addition *ret);

/* The new block's title: the model's with the new number and without its text. False when it has no
 * title of its own (a formula). */
bool tb_addition_title(const tb_form *form, const tb_block_addition *addition, tb_buffer *out);

/* Where the model's text stands or belongs: in its title's cell or in the one beside it. */
tb_address tb_addition_text_cell(const tb_form *form, const tb_block_addition *addition);

/* A formula that joins the blocks' texts (="目标1："&C21), with the new block's joined to it; false
 * when the formula does not end in the model's text. The sheets are the same. */
bool tb_addition_join(const tb_form *form, const tb_block_addition *addition, tb_str formula,
                      tb_buffer *out);

/* Whether a new row keeps what the copied one has in that column: the kinds that go down a table.
 * Everything else that was typed is cleared. */
bool tb_addition_keeps(const tb_record_list *list, uint32_t column);

#endif
