/*
 * Screening: which records of its scope a rule can be against. A test that several rules share is
 * made once for each record, and conditions are joined for 64 records at once, so that the rules
 * of a form without errors cost little. What is suspected here is evaluated afterwards, and only
 * that tells (rule/run.c); what is not is never found by evaluating.
 */
#ifndef TB_RULE_SCREEN_H
#define TB_RULE_SCREEN_H

#include "rule/column.h"
#include "rule/rulebook.h"

/* Of one scope. */
typedef struct tb_screen {
    const tb_scope_rules *scope; /* NULL: not begun */
    size_t record_count;
    const tb_record **records; /* in the order of the form */
    tb_columns *columns;       /* of each word: TB_COLUMN_SIZE records */
} tb_screen;

/* Whether the rule is for this record of its scope: it may name some rows of a matrix only. */
bool tb_rule_concerns(const tb_rule *rule, const tb_record *record);

/* Gathers the scope's records. All memory is the binding's arena's. */
tb_status tb_screen_begin(tb_screen *screen, const tb_scope_rules *scope, tb_binding *binding,
                          tb_error *error);

/* Those records of the word that the rule, which must be one that is screened, may fail for. */
tb_record_set tb_screen_suspects(tb_screen *screen, const tb_compiled_rule *rule, size_t word);

#endif
