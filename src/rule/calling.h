/*
 * Calling functions as formulas do: errors spread, a function of scalars that meets arrays is
 * called for each of their elements, and every call takes steps.
 */
#ifndef TB_RULE_CALLING_H
#define TB_RULE_CALLING_H

#include "rule/operator.h"

tb_value tb_call_run(tb_work *work, const tb_function *function, const tb_call *call);

/* The steps that an argument adds to those of the call. */
static inline size_t tb_call_text_steps(const tb_value *argument)
{
    return argument->type == TB_VALUE_TEXT ? argument->as.text.size / TB_TEXT_STEP : 0;
}

#endif
