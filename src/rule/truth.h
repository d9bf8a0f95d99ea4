/*
 * A formula as a condition: AND, OR, NOT and IF over tests, where a test is any other part of it.
 * rule/screen.c puts these to all records of a scope at once.
 */
#ifndef TB_RULE_TRUTH_H
#define TB_RULE_TRUTH_H

#include "base/limits.h"
#include "rule/test.h"

typedef enum tb_truth_kind {
    TB_TRUTH_TEST,
    TB_TRUTH_NOT, /* one part */
    TB_TRUTH_AND, /* any number; the first that decides does, as when it is evaluated */
    TB_TRUTH_OR,
    TB_TRUTH_IF /* three parts */
} tb_truth_kind;

typedef struct tb_truth tb_truth;

struct tb_truth {
    tb_truth_kind kind;
    size_t test;       /* of a TEST: its place in the set */
    size_t part_count; /* of the others */
    const tb_truth *parts;
};

#define TB_TRUTH_MAX_TESTS 64 /* of one formula */
/* A test that is run and takes more steps leaves its record to evaluating. */
#define TB_TEST_MAX_STEPS (TB_MAX_FORMULA_STEPS / TB_TRUTH_MAX_TESTS / 4)

/* Takes the formula apart and adds its tests to the set; both live in the arena. *ret_truth stays
 * as it was when there are too many tests. */
tb_status tb_truth_compile(tb_arena *arena, const tb_expression *expression, tb_test_set *tests,
                           const tb_truth **ret_truth, tb_error *error);

/* Adds what all its tests ask for; false as in tb_subject_read. */
bool tb_truth_read_subject(const tb_truth *truth, const tb_test_set *tests, tb_subject *subject);

#endif
