/*
 * The few checks that a formula cannot say. A definition switches one on by its name and sets its
 * parameters; each is one row of a table.
 */
#ifndef TB_RULE_NAMED_CHECK_H
#define TB_RULE_NAMED_CHECK_H

#include "rule/run.h"

typedef enum tb_named_check_kind {
    TB_NAMED_CHECK_SEARCH, /* `run` adds failures */
    TB_NAMED_CHECK_SLIP    /* only names the equations that rule/slip.c goes by */
} tb_named_check_kind;

typedef struct tb_named_check {
    const char *name;
    tb_named_check_kind kind;
    /* May be NULL. Reads the parameters once, when the rule is compiled; what it makes lives in the
     * arena and is the rule's `prepared`. */
    tb_status (*prepare)(tb_arena *arena, const tb_rulebook *book, const tb_rule *rule,
                         const void **ret_prepared, tb_error *error);
    tb_status (*run)(tb_run *run, const tb_compiled_rule *rule, tb_error *error);
    const char *const *placeholders; /* of its message, beside the usual ones; ended by NULL */
} tb_named_check;

const tb_named_check *tb_named_check_find(tb_str name); /* or NULL */

#endif
