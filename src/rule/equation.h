/*
 * The equations of a form: every record of every rule that the definition lists for the search for
 * slips, with the cells that it reads. Gathered only for a form that fails one.
 */
#ifndef TB_RULE_EQUATION_H
#define TB_RULE_EQUATION_H

#include "rule/run.h"

typedef struct tb_equation {
    const tb_compiled_rule *rule;
    const tb_record *record;
    tb_reads reads;
    tb_failure *failure; /* NULL: it holds, or an operand is not there */
    bool closed;         /* several slips would repair it, so none is named */
} tb_equation;

typedef struct tb_equations {
    size_t count, capacity;
    tb_equation *list; /* in the run's arena */
} tb_equations;

tb_status tb_equations_gather(tb_run *run, tb_equations *ret_equations, tb_error *error);

/* True when the item holds a number that a slip can have happened to. */
bool tb_item_is_amount(const tb_item *item);

#endif
