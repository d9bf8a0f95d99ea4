/*
 * Subjects: the one or two contents of a record that a test asks for and nothing else, or all
 * tests of a rule do. What is known of a subject holds wherever the same contents stand
 * (rule/fact.h).
 */
#ifndef TB_RULE_SUBJECT_H
#define TB_RULE_SUBJECT_H

#include "rule/program.h"

struct tb_field;

/* A field of the record, or its PAIRED one. */
typedef struct tb_subject_part {
    const struct tb_field *field;
    bool paired;
} tb_subject_part;

#define TB_SUBJECT_PARTS     2
#define TB_SUBJECT_MAX_RULES 64
#define TB_NO_SUBJECT        SIZE_MAX

typedef struct tb_subject {
    size_t part_count;
    tb_subject_part parts[TB_SUBJECT_PARTS];
    size_t fact_count; /* of the tests that ask for it */
    size_t rule_count; /* of the rules that do, TB_SUBJECT_MAX_RULES at most */
} tb_subject;

/* Adds what the instructions [from, to) ask for. False: for something else, or too much. */
bool tb_subject_read(tb_subject *subject, const tb_expression *expression, size_t from, size_t to);

/* Those of one scope's tests and rules. */
typedef struct tb_subject_set {
    size_t count, capacity;
    tb_subject *list;
} tb_subject_set;

/* The place of the subject in the set, or TB_NO_SUBJECT. */
size_t tb_subject_set_find(const tb_subject_set *set, const tb_subject *subject);

/* The place in the set of the subject, which is added where it is new. False: no memory. */
bool tb_subject_set_add(tb_subject_set *set, tb_arena *arena, const tb_subject *subject,
                        size_t *ret_place);

#endif
