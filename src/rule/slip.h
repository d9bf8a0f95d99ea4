/*
 * The probable slip of a form: of all that could have happened to the numbers of the equations that
 * fail (rule/number_slip.h), finds the one slip that repairs every equation its cell stands in.
 * Where not exactly one of the likeliest kind does, it says nothing. Which equations there are is
 * the definition's to say.
 */
#ifndef TB_RULE_SLIP_H
#define TB_RULE_SLIP_H

#include "rule/equation.h"

/* The slips that were found are set in the failures that they belong to, and what else they
 * repair follows from these. Evaluates until run->binding.values_read reaches `limit`. */
tb_status tb_slip_search(tb_run *run, tb_equations *equations, uint64_t limit, tb_error *error);

#endif
