/*
 * Functions of the rule language: one row each. The built-in ones stand in rule/functions_*.c,
 * those that only forms have (an indicator's unit, the paired indicator) in rule/form_functions.c.
 */
#ifndef TB_RULE_FUNCTION_H
#define TB_RULE_FUNCTION_H

#include "rule/expression.h"

typedef struct tb_call {
    const tb_environment *environment;
    size_t argument_count;
    const tb_value *arguments; /* already evaluated; may be errors or arrays */
    const void *prepared;      /* what `prepare` made, or NULL */
} tb_call;

#define TB_FUNCTION_TAKES_ERRORS 1u /* is called although an argument is an error (ISERROR) */
#define TB_FUNCTION_TAKES_ARRAYS 2u /* else it is called for each element, giving an array */
#define TB_FUNCTION_LAZY         4u /* compiled to jumps (rule/parser_call.c); has no `call` */
#define TB_FUNCTION_COSTLY       8u /* one call counts as a thousand steps (REGEX) */
#define TB_FUNCTION_LOOKS_AROUND                                                                   \
    16u                          /* what it gives follows not from the contents of its arguments   \
                                  * alone: another record, the cell, the workbook (PAIRED) */
#define TB_FUNCTION_LOOKS_UP 32u /* takes no longer for a longer array, but once (FINDTEXT) */

/* What compiling gives `prepare`. */
typedef struct tb_preparation {
    tb_arena *arena; /* of the expression */
    size_t argument_count;
    const tb_value *const *constants; /* per argument: its value, or NULL when it is not constant */
    size_t wrong_argument;            /* on failure: which argument to underline */
    tb_error *error;
} tb_preparation;

typedef struct tb_function {
    const char *name;          /* in capitals */
    unsigned minimum, maximum; /* how many arguments; maximum 255: any number */
    unsigned flags;
    tb_value (*call)(const tb_call *call);
    /* May be NULL. Called once while compiling, to do what constant arguments allow to be done
     * then; a failure is an error in the formula. */
    tb_status (*prepare)(tb_preparation *preparation, const void **ret_prepared);
} tb_function;

/* The row of a built-in function by its name in any case, or NULL. */
const tb_function *tb_function_find(tb_str name);

/*
 * Arguments, converted (rule/value.h). False: *ret_failure is the error value to return.
 */
bool tb_call_number(const tb_call *call, size_t index, tb_decimal *ret, tb_value *ret_failure);
/* Cut off towards zero; #VALUE! when it is not from minimum to maximum. */
bool tb_call_integer(const tb_call *call, size_t index, int64_t minimum, int64_t maximum,
                     int64_t *ret, tb_value *ret_failure);
bool tb_call_text(const tb_call *call, size_t index, tb_str *ret, tb_value *ret_failure);
bool tb_call_boolean(const tb_call *call, size_t index, bool *ret, tb_value *ret_failure);
/* The elements of an array argument; a scalar is an array of one. */
size_t tb_call_elements(const tb_call *call, size_t index, const tb_value **ret);

#endif
