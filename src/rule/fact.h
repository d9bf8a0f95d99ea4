/*
 * Facts: the answers to those tests that ask of one content and of nothing else,
 *
 *   ISBLANK(share)    KIND(value) = "comparison"    AND(LEN(code) > 3; ENDSWITH(code; endings))
 *
 * kept with the content in the form's dictionary, one byte a test. So such a test is made once for
 * a content and not for every record and form where it stands.
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

/* What is known of the contents that the records of a column have in one field. */
typedef struct tb_fact_column {
    bool is_made;
    tb_record_set kept; /* whose content the dictionary has */
    uint8_t **facts;    /* of each record that is kept */
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

#endif
