/*
 * What a resubmission changed: two filled forms of one definition, compared field by field. Records
 * that repeat (rows, blocks, entries) are paired by what they say and not by where they stand, so
 * that a row that was moved is no change, and one that was inserted is one. Values are compared as
 * what they mean: 5.0 is 5, and neither width nor blanks matter in a text.
 */
#ifndef TB_SUM_DIFF_H
#define TB_SUM_DIFF_H

#include "base/buffer.h"
#include "form/form.h"

typedef enum tb_difference_kind {
    TB_DIFFERENCE_CHANGED, /* one value: both items are there */
    TB_DIFFERENCE_ADDED,   /* a whole record: only new_record is there */
    TB_DIFFERENCE_REMOVED  /* only old_record is there */
} tb_difference_kind;
#define TB_DIFFERENCE_KINDS 3

typedef struct tb_difference {
    tb_difference_kind kind;
    const tb_scope *part; /* the root, or its child scope that the record lies in or below */
    const tb_record *old_record, *new_record;
    const tb_item *old_item, *new_item;
} tb_difference;

typedef struct tb_diff {
    const tb_form *old_form, *new_form;
    size_t by_kind[TB_DIFFERENCE_KINDS];
    size_t count;
    const tb_difference *differences; /* part by part, in the order of the new form */
} tb_diff;

/* The forms must have one definition. *ret_diff lies in the arena and borrows from the forms. */
tb_status tb_diff_make(const tb_form *old_form, const tb_form *new_form, tb_arena *arena,
                       const tb_diff **ret_diff, tb_error *error);

/* A heading for each part, a line for each difference, and one of counts. */
void tb_diff_text(tb_buffer *out, const tb_diff *diff, tb_language language);
/* One JSON object and a line feed. */
void tb_diff_json(tb_buffer *out, tb_str old_file, tb_str new_file, const tb_diff *diff,
                  tb_language language);

#endif
