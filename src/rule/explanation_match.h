/*
 * Which explanation speaks of which finding, and whether it still holds.
 */
#ifndef TB_RULE_EXPLANATION_MATCH_H
#define TB_RULE_EXPLANATION_MATCH_H

#include "rule/explanation.h"
#include "rule/run.h"

/* Whether a reason may be given for the failure: as its rule says, else where it is a warning. What
 * no rule found (a gap in the layout) can't be explained away. */
bool tb_failure_is_explainable(const tb_failure *failure);

/* Joins explanations and failures; to be called when the failures' causes are known. What follows
 * from an explained failure stands by itself from then on: its cause is held to be right. */
tb_status tb_explanations_match(tb_run *run, const tb_explanations *explanations, tb_error *error);

#endif
