/*
 * Keys by which values and records of two forms are the same (diff.h). Used inside src/sum only.
 */
#ifndef TB_SUM_DIFF_KEY_H
#define TB_SUM_DIFF_KEY_H

#include "base/buffer.h"
#include "form/form.h"

/* What an item means: two items with the same bytes have the same value. False: no memory. */
bool tb_diff__item_key(tb_buffer *out, tb_arena *arena, const tb_item *item);

/* A number that only counts the records of its list: that another record went in before it is no
 * change of this one. */
bool tb_diff__is_ordinal(const tb_record *record, const tb_item *item);

/* Keys of a record, from the strictest to the loosest. */
typedef enum tb_diff_key {
    TB_DIFF_KEY_WHOLE, /* every value but ordinals, and all records below */
    TB_DIFF_KEY_KIND,  /* its name and its codes */
    TB_DIFF_KEY_NAME,  /* its name; the empty text where it has none */
    TB_DIFF_KEYS
} tb_diff_key;

bool tb_diff__record_key(tb_buffer *out, tb_arena *arena, const tb_record *record, tb_diff_key key);

/* False for the views of a matrix, whose items are the root's. */
static inline bool tb_diff__is_part(const tb_scope *scope)
{
    return scope->kind != TB_SCOPE_MATRIX_COLUMN && scope->kind != TB_SCOPE_MATRIX_ROW;
}

#endif
