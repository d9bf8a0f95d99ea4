/*
 * The functions that only form rules have: what an indicator is made of, codes, states of a field,
 * the paired indicator. Described, with examples, in FORM_FUNCTIONS.md.
 */
#ifndef TB_RULE_FORM_FUNCTIONS_H
#define TB_RULE_FORM_FUNCTIONS_H

#include "rule/function.h"

/* The table, for tb_expression_compile. */
const tb_function *tb_form_functions(size_t *ret_count);

#endif
