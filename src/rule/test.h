/*
 * A test: a part of a formula that is true, false, or an error for a record. Most tests ask one
 * thing of one name, or compare two such things:
 *
 *   ISBLANK(share)    KIND(value) = "comparison"    UNIT(value) <> UNIT(PAIRED(value))
 *
 * These are taken apart when they are compiled and need no stack; the others are run.
 */
#ifndef TB_RULE_TEST_H
#define TB_RULE_TEST_H

#include "rule/program.h"

#define TB_OPERAND_CALLS     2 /* one in the other around a name */
#define TB_OPERAND_ARGUMENTS 3 /* of one call; all but the first are constants */

/* A constant, a name, or a function of a name. */
typedef struct tb_operand {
    const tb_value *constant; /* NULL: a name */
    const tb_reference *reference;
    size_t call_count;
    struct {
        const tb_compiled_call *call;
        const tb_value *constants[TB_OPERAND_ARGUMENTS - 1];
    } calls[TB_OPERAND_CALLS]; /* the innermost first */
} tb_operand;

typedef struct tb_test {
    const tb_expression *expression;
    size_t from, to;      /* of its instructions */
    size_t operand_count; /* 0: it is run; 2: they are compared */
    tb_operand operands[2];
    tb_opcode comparison;
} tb_test;

typedef enum tb_test_result {
    TB_TEST_YES,
    TB_TEST_NO,
    TB_TEST_ERROR,
    TB_TEST_UNSURE /* the whole formula has to be evaluated: no truth value, or a limit is near */
} tb_test_result;

/* The test that the instructions [from, to) are. */
tb_test tb_test_make(const tb_expression *expression, size_t from, size_t to);
/* Whether both have the same result for every record. */
bool tb_test_equal(const tb_test *a, const tb_test *b);
/* A test of more steps than `limit` is unsure. */
tb_test_result tb_test_run(const tb_test *test, const tb_environment *environment, size_t limit);

#endif
