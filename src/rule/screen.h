/*
 * Screening: which records of its scope a rule can be against. A test that several rules share is
 * made once for each record, and conditions are joined for 64 records at once, so that the rules
 * of a form without errors cost little. What is suspected here is evaluated afterwards, and only
 * that tells (rule/run.c); what is not is never found by evaluating.
 */
#ifndef TB_RULE_SCREEN_H
#define TB_RULE_SCREEN_H

#include "rule/binding.h"
#include "rule/rulebook.h"

/* Sets of records: bit i of a word is the record i of its 64. In none of the sets: an error. */
typedef struct tb_answer {
    uint64_t yes, no;
    uint64_t unsure; /* to be evaluated: no truth value, or near a limit */
} tb_answer;

typedef struct tb_known_answer {
    uint64_t known; /* for these the test was made */
    tb_answer answer;
} tb_known_answer;

/* Of one scope. */
typedef struct tb_screen {
    const tb_scope_rules *scope; /* NULL: not begun */
    size_t record_count;
    const tb_record **records; /* in the order of the form */
    tb_known_answer *answers;  /* of each test for each word, the tests of one word side by side */
} tb_screen;

/* Gathers the scope's records. All memory is the arena's. */
tb_status tb_screen_begin(tb_screen *screen, const tb_scope_rules *scope, const tb_form *form,
                          tb_arena *arena, tb_error *error);

/* Those of the records [64 * word, 64 * word + 63] that the rule, which must have been prepared
 * for screening, may fail for. */
uint64_t tb_screen_suspects(tb_screen *screen, tb_binding *binding, const tb_compiled_rule *rule,
                            size_t word);

#endif
