/*
 * Running the rules of a definition over one form. What does not hold becomes a failure; the
 * search for causes and slips (rule/cause.h, rule/slip.h) joins failures to one another, and
 * rule/finding.h makes findings of them.
 */
#ifndef TB_RULE_RUN_H
#define TB_RULE_RUN_H

#include "rule/binding.h"
#include "rule/explanation.h"
#include "rule/finding.h"
#include "rule/number_slip.h"
#include "rule/rulebook.h"
#include "rule/screen.h"

#define TB_FAILURE_EXTRAS 2

/* What probably happened in one cell. */
typedef struct tb_slip {
    const tb_item *item;
    tb_slip_kind kind;
    tb_decimal value;      /* what should stand there */
    char digits[2];        /* the two that were swapped, as they should stand */
    const tb_item *addend; /* that was left out or counted twice */
} tb_slip;

/* What is there and what should be. */
typedef struct tb_discrepancy {
    const tb_item *like; /* both are written as this item is; NULL: as plain numbers */
    bool has_actual, has_expected, has_difference;
    tb_value actual, expected;
    tb_decimal difference; /* actual - expected */
} tb_discrepancy;

typedef struct tb_failure tb_failure;

struct tb_failure {
    const tb_compiled_rule *rule; /* NULL: a gap, or the limit of findings */
    const tb_gap *gap;            /* NULL: none */
    const tb_record *record;
    const tb_item *item; /* the field to blame, or NULL */
    tb_address at;
    tb_severity severity;
    tb_reads reads;       /* what the formula read */
    bool is_broken;       /* the formula could not be evaluated, and not for the form's data */
    tb_discrepancy told;  /* what the rule's message speaks of */
    tb_discrepancy shown; /* of the cell that the finding points at */
    size_t related_count, related_capacity;
    tb_related *related;
    tb_str extras[TB_FAILURE_EXTRAS]; /* of a named check's message */
    size_t weighed_count;
    const tb_item *const *weighed; /* what a named check judged by beside `reads` */
    tb_str seen;                   /* a hash of what else it saw; empty: nothing */
    size_t covered_count;
    const tb_item *const *covered;     /* whatever is wrong with these follows from this */
    tb_failure *cause;                 /* that it follows from, never one that has a cause itself */
    const tb_slip *slip;               /* or NULL */
    const tb_explanation *explanation; /* that speaks of it, or NULL */
    tb_explanation_state explained;
    size_t id; /* of its finding */
};

typedef struct tb_run {
    const tb_rulebook *book;
    const tb_form *form;
    tb_language language;
    tb_arena *arena;   /* failures; as long-lived as the result */
    tb_arena *scratch; /* of one evaluation */
    tb_binding binding;
    tb_screen *screens; /* by the scopes of the rulebook */
    size_t failure_count, failure_capacity;
    tb_failure **failures;
    bool full; /* there are more than TB_MAX_FINDINGS */
} tb_run;

typedef enum tb_verdict {
    TB_VERDICT_HOLDS,
    TB_VERDICT_FAILS,
    TB_VERDICT_UNKNOWN, /* an operand is blank or wrong, which has a finding of its own */
    TB_VERDICT_BROKEN   /* a limit was reached */
} tb_verdict;

/* Runs every rule for every record of its scope; gaps in the layout come first. `run` is borrowed
 * memory of the caller's and needs no end of its own. */
tb_status tb_run_rules(tb_run *run, const tb_rulebook *book, const tb_form *form,
                       tb_language language, tb_arena *arena, tb_arena *scratch, tb_error *error);

/* Calls `visit` for each record that the rule runs for; ends early when it does not give TB_OK. */
typedef tb_status tb_record_visitor(void *self, const tb_record *record, tb_error *error);
tb_status tb_run_visit(const tb_run *run, const tb_compiled_rule *rule, tb_record_visitor *visit,
                       void *self, tb_error *error);

/* Whether a rule holds for a record; a rule whose `when` is not met holds. */
tb_verdict tb_run_evaluate(tb_run *run, const tb_compiled_rule *rule, const tb_record *record);

/* The same with one number changed, what if. */
bool tb_run_holds_with(tb_run *run, const tb_compiled_rule *rule, const tb_record *record,
                       const tb_item *item, tb_decimal number);

/* The two sides of a comparison of numbers. */
typedef struct tb_sides {
    tb_decimal left, right;
    const tb_item *left_item; /* when the left side is a field and nothing else, else NULL */
} tb_sides;

/* The two sides of a rule's comparison, as they are or with a number changed (item NULL: none
 * is). False when it is no comparison of two numbers. */
bool tb_run_sides(tb_run *run, const tb_compiled_rule *rule, const tb_record *record,
                  const tb_item *item, tb_decimal number, tb_sides *ret_sides);

/* A new failure at the end of the list; NULL when memory ran out or there are too many (run->full).
 */
tb_failure *tb_run_add_failure(tb_run *run);
/* Sets the difference where both sides are numbers. */
void tb_discrepancy_subtract(tb_discrepancy *discrepancy);
/* Adds a cell to show beside the failure, unless it is there already. */
bool tb_failure_relate(tb_run *run, tb_failure *failure, const tb_item *item);

#endif
