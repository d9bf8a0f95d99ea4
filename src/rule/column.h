/*
 * Up to 64 records of one scope, and what is known of them: the values of the operands and the
 * answers to the tests of the scope's rules. Each is made for a record when it is first asked for.
 */
#ifndef TB_RULE_COLUMN_H
#define TB_RULE_COLUMN_H

#include "rule/fact.h"

typedef struct tb_column {
    tb_record_set known;
    tb_value *values; /* of each record; NULL: nothing is known */
} tb_column;

/* For which records a test or a condition is true and false. In none of the sets: an error. */
typedef struct tb_answer {
    tb_record_set yes, no;
    tb_record_set unsure; /* the formula has to be evaluated: no truth value, or near a limit */
} tb_answer;

typedef struct tb_known_answer {
    tb_record_set known;
    tb_answer answer;
} tb_known_answer;

typedef struct tb_columns {
    const tb_test_set *set;
    tb_binding *binding;
    size_t record_count; /* at most TB_COLUMN_SIZE */
    const tb_record **records;
    tb_column *values;          /* of each operand */
    tb_known_answer *answers;   /* of each test */
    tb_fact_column *facts;      /* of each subject */
    struct tb_held_array *held; /* of each calculation of arrays, for the whole scope */
} tb_columns;

/* The columns of nothing known, in the binding's arena. False when memory ran out. */
bool tb_columns_init(tb_columns *columns, const tb_test_set *set, tb_binding *binding,
                     struct tb_held_array *held, const tb_record **records, size_t record_count);

/* What is known of a subject. NULL: no memory, which the binding notes. */
const tb_fact_column *tb_columns_recall(tb_columns *columns, size_t subject);

/* The answer for the records that are wanted. Where memory runs out, the binding notes it. */
tb_answer tb_columns_ask(tb_columns *columns, size_t test, tb_record_set wanted);

/* The values of an operand that makes no arrays, of which those for the wanted records are made;
 * NULL: no memory. */
const tb_value *tb_columns__fill(tb_columns *columns, size_t operand, tb_record_set wanted);

/* The record below which the operand is the same for all, seen from the record i. */
const tb_record *tb_columns__above(const tb_columns *columns, const tb_operand *operand, size_t i);

#endif
