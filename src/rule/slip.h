/*
 * The probable slip: what a person most likely mistyped. Proposes what could have happened to one
 * number; and among all numbers of the equations that fail, finds the one slip that repairs every
 * equation its cell stands in. Where not exactly one of the likeliest kind does, it says nothing.
 * Knows no form: the equations are data.
 */
#ifndef TB_RULE_SLIP_H
#define TB_RULE_SLIP_H

#include "rule/equation.h"

#define TB_SLIP_MAX_PROPOSALS 256

/* What could have happened to the item's number, by itself: swapped digits, sign, powers of ten.
 * Returns how many. */
size_t tb_slip_propose(const tb_item *item, tb_slip out[TB_SLIP_MAX_PROPOSALS]);

/* Kinds of one rank are equally likely; 0 is the likeliest. */
unsigned tb_slip_rank(tb_slip_kind kind);

/* The slips that were found are set in the failures that they belong to, and what else they
 * repair follows from these. Evaluates until run->binding.values_read reaches `limit`. */
tb_status tb_slip_search(tb_run *run, tb_equations *equations, uint64_t limit, tb_error *error);

#endif
