/*
 * Looking for mends, in two steps: proposals from what the form says (mend_computed.c,
 * mend_spelling.c), then the proof. For check.c, which has what both need.
 */
#ifndef TB_RULE_MEND_SEARCH_H
#define TB_RULE_MEND_SEARCH_H

#include "rule/check.h"
#include "rule/run.h"

typedef struct tb_mend_search {
    tb_run *run;
    const tb_result *result;
    size_t count, capacity;
    tb_mend *list; /* in the run's arena */
    bool no_memory;
} tb_mend_search;

/* Adds a proposal about the item, with the sentence made of the message and the argument. */
void tb_mend_propose(tb_mend_search *search, tb_mend_kind kind, const tb_item *item,
                     const tb_cell *cell, tb_message why, tb_str argument);
/* True when the item's value is all that stands in a cell of its own, without a formula. */
bool tb_mend_owns_cell(const tb_mend_search *search, const tb_item *item);
/* An open finding about the item, or NULL. */
const tb_finding *tb_mend_find_finding(const tb_mend_search *search, const tb_item *item);

tb_status tb_mend_propose_computed(tb_mend_search *search, tb_error *error);
void tb_mend_propose_spelling(tb_mend_search *search);

/* Proposes and proves. `trial` checks the form as it would be. */
tb_status tb_mend_search_run(tb_run *run, const tb_result *result, tb_check *trial,
                             tb_mends *ret_mends, tb_error *error);

#endif
