/*
 * The operators of formulas on values, as the evaluator applies them. Errors spread; arrays are
 * gone through element by element.
 */
#ifndef TB_RULE_OPERATOR_H
#define TB_RULE_OPERATOR_H

#include "rule/program.h"

/* What an evaluation takes. */
typedef struct tb_work {
    tb_arena *scratch; /* for the texts and arrays that are made */
    size_t steps;      /* so far; TB_MAX_FORMULA_STEPS is the end */
} tb_work;

/* The result of an operator of two values, comparisons among them. */
tb_value tb_operator_apply(tb_work *work, tb_opcode op, const tb_value *a, const tb_value *b);
/* TB_OP_NEGATE and TB_OP_PERCENT. */
tb_value tb_operator_change_sign(tb_work *work, tb_opcode op, const tb_value *a);

/* Room for an array, not zeroed; NULL when that is too much. */
tb_value *tb_array_make(tb_work *work, size_t count);
/* The element of an array; a scalar is all its elements. */
static inline const tb_value *tb_array_element(const tb_value *value, size_t index)
{
    return value->type == TB_VALUE_ARRAY ? &value->as.array.values[index] : value;
}

#endif
