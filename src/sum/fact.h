/*
 * Facts: what the rules across forms need to know of the records of one form, as one piece of bytes
 * beside its sheaf. Texts are in it as hashes of their keys (tb_text_sentence_key), so that a fact
 * has one size; what is to be told of it stands in the row of the sheaf that it was taken from.
 */
#ifndef TB_SUM_FACT_H
#define TB_SUM_FACT_H

#include "base/buffer.h"
#include "sum/outline.h"

typedef struct tb_fact {
    uint64_t key;           /* of the text by which records are peers, or that is compared */
    uint64_t measure;       /* of an indicator's unit of measurement without its multiple */
    double number;          /* of an indicator, in that unit */
    uint32_t row;           /* where its row begins in the sheaf */
    uint32_t block, record; /* which one it is, from 0 */
    tb_address at;
    uint32_t rule; /* in outline->across: the first of those that share it */
    uint32_t form; /* that it is from; not known yet when it is extracted */
} tb_fact;

/* Appends the facts of one record; `row` is where its row begins. False: no memory. */
bool tb_fact_extract(tb_buffer *out, const tb_outline *outline, const tb_definition_plan *plan,
                     const tb_form *form, const tb_record *record, size_t row);

/* How many facts there are, and one of them. */
static inline size_t tb_fact_count(tb_str facts)
{
    return facts.size / sizeof(tb_fact);
}

static inline tb_fact tb_fact_get(tb_str facts, size_t index)
{
    tb_fact fact;
    memcpy(&fact, facts.data + index * sizeof fact, sizeof fact);
    return fact;
}

#endif
