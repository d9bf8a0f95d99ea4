/*
 * Tests: the parts of conditions that are true, false, or an error for a record. Nearly all are an
 * operand (rule/operand.h) or compare two:
 *
 *   ISBLANK(share)    KIND(value) = "comparison"    UNIT(value) <> UNIT(PAIRED(value))
 *
 * The others (REGEX, AND and OR within functions, very long ones) are run as they are. Equal tests
 * of one scope's rules are one, to be made once for a record.
 */
#ifndef TB_RULE_TEST_H
#define TB_RULE_TEST_H

#include "rule/operand.h"
#include "rule/subject.h"

typedef enum tb_test_kind {
    TB_TEST_RUN,        /* its instructions are run */
    TB_TEST_VALUE,      /* what an operand is, is the answer */
    TB_TEST_CALL,       /* the same of a TB_OPERAND_CALL */
    TB_TEST_COMPARISON, /* of two operands */
    TB_TEST_TEXT        /* whether the first operand is the text that the second one always is */
} tb_test_kind;
#define TB_TEST_KIND_COUNT 5

typedef struct tb_test {
    tb_test_kind kind;
    size_t operands[2];
    size_t node_count; /* of the operands and all that they are made of */
    tb_opcode comparison;
    const tb_expression *expression;
    size_t from, to; /* of its instructions */
    size_t subject;  /* what it asks for, in the set, or TB_NO_SUBJECT */
    size_t fact;     /* its number among those that ask for the same */
} tb_test;

/* What the conditions of one scope consist of. */
typedef struct tb_test_set {
    tb_operand_set operands;
    size_t test_count, test_capacity;
    tb_test *tests;
    tb_subject_set subjects;
} tb_test_set;

/* The place in the set of the test that the instructions [from, to) are, which is added where it
 * is new. False when memory ran out. */
bool tb_test_set_add(tb_test_set *set, tb_arena *arena, const tb_expression *expression,
                     size_t from, size_t to, size_t *ret_test);

#endif
