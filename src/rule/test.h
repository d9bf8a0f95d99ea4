/*
 * Tests: the parts of conditions that are true, false, or an error for a record. Most ask one
 * thing of one name, or compare two such things:
 *
 *   ISBLANK(share)    KIND(value) = "comparison"    UNIT(value) <> UNIT(PAIRED(value))
 *
 * These are taken apart into operands when they are compiled, the others are run as they are.
 * Equal tests and equal operands of one scope's rules are one, to be evaluated once for a record.
 */
#ifndef TB_RULE_TEST_H
#define TB_RULE_TEST_H

#include "rule/program.h"

#define TB_OPERAND_DEPTH     4 /* calls in one another */
#define TB_OPERAND_ARGUMENTS 3 /* of one call; all but the first are constants */

/* A constant, a name, or a function of another operand. */
typedef struct tb_operand {
    const tb_value *constant;      /* or NULL */
    const tb_reference *reference; /* or NULL */
    const tb_compiled_call *call;  /* or NULL */
    size_t of;                     /* of a call: the operand that is its first argument */
    const tb_value *constants[TB_OPERAND_ARGUMENTS - 1]; /* its others */
} tb_operand;

typedef enum tb_test_kind {
    TB_TEST_RUN,        /* its instructions are run */
    TB_TEST_VALUE,      /* what a name or a constant is, is the answer */
    TB_TEST_CALL,       /* the same of a function */
    TB_TEST_COMPARISON, /* of two operands */
    TB_TEST_TEXT        /* whether the first operand is the text that the second one always is */
} tb_test_kind;
#define TB_TEST_KIND_COUNT 5

typedef struct tb_test {
    tb_test_kind kind;
    size_t operands[2];
    tb_opcode comparison;
    const tb_expression *expression;
    size_t from, to; /* of its instructions */
    size_t subject;  /* whose content it asks for and nothing else, or TB_NO_SUBJECT */
    size_t fact;     /* its number among those that ask the same */
} tb_test;

#define TB_NO_SUBJECT SIZE_MAX

/* A field that tests ask for by itself (rule/fact.h). */
typedef struct tb_subject {
    const struct tb_field *field;
    size_t fact_count;
} tb_subject;

/* What the conditions of one scope consist of. */
typedef struct tb_test_set {
    size_t operand_count, operand_capacity;
    tb_operand *operands; /* each after those that it needs */
    size_t test_count, test_capacity;
    tb_test *tests;
    size_t subject_count, subject_capacity;
    tb_subject *subjects;
} tb_test_set;

/* The place in the set of the test that the instructions [from, to) are, which is added where it
 * is new. False when memory ran out. */
bool tb_test_set_add(tb_test_set *set, tb_arena *arena, const tb_expression *expression,
                     size_t from, size_t to, size_t *ret_test);

#endif
