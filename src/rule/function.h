/*
 * Functions of the rule language: one row each. The built-in ones stand in rule/functions.c, those
 * that only forms have (an indicator's unit, the paired indicator) in rule/form_functions.c.
 */
#ifndef TB_RULE_FUNCTION_H
#define TB_RULE_FUNCTION_H

#include "rule/expression.h"

typedef struct tb_call {
    const tb_environment *environment;
    size_t argument_count;
    const tb_value *arguments; /* already evaluated; may be errors or arrays */
} tb_call;

#define TB_FUNCTION_TAKES_ERRORS 1u /* is called although an argument is an error (IFERROR) */
#define TB_FUNCTION_TAKES_ARRAYS 2u /* else an array argument gives #VALUE! */
#define TB_FUNCTION_LAZY 4u         /* arguments are evaluated by the evaluator (IF, AND, OR) */

typedef struct tb_function {
    const char *name; /* in capitals */
    unsigned minimum, maximum; /* how many arguments; maximum 255: any number */
    unsigned flags;
    tb_value (*call)(const tb_call *call);
} tb_function;

#endif
