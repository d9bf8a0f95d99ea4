/*
 * The tables of built-in functions, one per kind; rule/functions.c looks through all of them.
 */
#ifndef TB_RULE_FUNCTIONS_H
#define TB_RULE_FUNCTIONS_H

#include "rule/function.h"

extern const tb_function tb_functions_logic[], tb_functions_number[], tb_functions_range[],
    tb_functions_text[], tb_functions_date[], tb_functions_lookup[], tb_functions_pattern[],
    tb_functions_official[];
extern const size_t tb_functions_logic_count, tb_functions_number_count, tb_functions_range_count,
    tb_functions_text_count, tb_functions_date_count, tb_functions_lookup_count,
    tb_functions_pattern_count, tb_functions_official_count;

/* base^exponent by repeated squaring, exact as long as it fits; #NUM! unless the exponent is whole.
 * Also the operator ^. */
tb_value tb_number_power(tb_decimal base, tb_decimal exponent);

/* A text made in the scratch arena; `size` bytes at most TB_MAX_VALUE_SIZE, else NULL. */
char *tb_call_room(const tb_call *call, size_t size);

#endif
