/*
 * The sentences of a finding, in one language: its message, and what probably happened.
 */
#ifndef TB_RULE_WORDING_H
#define TB_RULE_WORDING_H

#include "rule/run.h"

void tb_wording_message(tb_buffer *out, tb_run *run, const tb_failure *failure);
/* Nothing is appended when no slip is known. */
void tb_wording_hint(tb_buffer *out, const tb_run *run, const tb_failure *failure);

/* What there is to say of a slip; the numbers are amounts, or written as `like` is. */
typedef struct tb_slip_words {
    tb_number_slip slip;
    tb_decimal actual;   /* what stands there */
    const tb_item *like; /* or NULL: amounts with `places` after the point */
    int places;
    bool has_addend;
    tb_decimal addend; /* the one left out or counted twice, written as addend_like is */
    const tb_item *addend_like;
    tb_str addend_place;
} tb_slip_words;

/* “可能把…误写为…” */
void tb_wording_slip(tb_buffer *out, tb_language language, const tb_slip_words *words);

#endif
