/*
 * Facts: the answers to those tests that ask of one content or of two, and of nothing else,
 *
 *   ISBLANK(share)    KIND(value) = "comparison"    UNIT(value) = UNIT(PAIRED(value))
 *
 * kept with the contents in the form's dictionary, one byte a test. So such a test is made once for
 * a content, or for two side by side, and not for every record and form where they stand. Rules all
 * of whose tests ask for the same are kept as cleared where they were not against it, one bit a
 * rule, so that most contents cost one look for all rules about them.
 */
#ifndef TB_RULE_FACT_H
#define TB_RULE_FACT_H

#include "rule/binding.h"
#include "rule/test.h"

#define TB_COLUMN_SIZE 64

/* A set of records: bit i is the record i of the 64. */
typedef uint64_t tb_record_set;

typedef enum tb_test_result {
    TB_RESULT_YES,
    TB_RESULT_NO,
    TB_RESULT_ERROR,
    TB_RESULT_UNSURE /* the formula has to be evaluated: no truth value, or near a limit */
} tb_test_result;
#define TB_RESULT_COUNT 4

typedef struct tb_facts {
    uint64_t cleared;  /* rules, by their places in the subject */
    uint8_t results[]; /* of tests: 0 as long as it is not known, else its result and 1 */
} tb_facts;

/* What is known of the contents that the records of a column have in one subject. */
typedef struct tb_fact_column {
    bool is_made;
    tb_record_set kept;  /* whose content the dictionary has */
    tb_facts **facts;    /* of each record that is kept */
    tb_record_set *open; /* of each rule: the kept records that it was not cleared for before */
} tb_fact_column;

/* Finds the facts of the subject's contents. False: no memory. */
bool tb_fact_column_make(tb_fact_column *column, const tb_subject *subject, tb_binding *binding,
                         const tb_record *const *records, size_t record_count);

/* Adds the wanted records to the sets of their results, where these are known; gives the others. */
tb_record_set tb_fact_column_recall(const tb_fact_column *column, size_t fact, tb_record_set wanted,
                                    tb_record_set sets[TB_RESULT_COUNT]);
/* Keeps the results of records that were not known. */
void tb_fact_column_note(const tb_fact_column *column, size_t fact,
                         const tb_record_set sets[TB_RESULT_COUNT]);

/* The records that the rule at this place of the subject was not cleared for. */
static inline tb_record_set tb_fact_column_open(const tb_fact_column *column, size_t rule)
{
    return column->open[rule] | ~column->kept;
}
/* Keeps that the rule was not against these records. */
void tb_fact_column_clear(const tb_fact_column *column, size_t rule, tb_record_set records);

#endif
