/*
 * Joins failures that have one cause, so that one mistake in a form is one finding with followers
 * and not five: what reads a blank or wrong cell follows from that cell's own finding, and what
 * would hold if a number were put right follows from the finding about that number.
 */
#ifndef TB_RULE_CAUSE_H
#define TB_RULE_CAUSE_H

#include "rule/run.h"

/* Joins the failures of a run; names probable slips on the way. */
tb_status tb_cause_search(tb_run *run, tb_error *error);

/* All failures still without a cause that would hold if the item's number were `value` become one:
 * returns the one that the others now follow from, or NULL when there is none. */
tb_failure *tb_cause_repair(tb_run *run, const tb_item *item, tb_decimal value);

/* Points the failure at the item, which should be `value`. False when memory ran out. */
bool tb_cause_blame(tb_run *run, tb_failure *failure, const tb_item *item, tb_decimal value);

#endif
