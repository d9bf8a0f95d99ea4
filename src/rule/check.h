/*
 * The check: a workbook in, findings out. What the command line and the office component call;
 * below it stand recognition, locating, the rules and the search for causes and slips.
 *
 * A checker holds the compiled definitions and may be shared by threads; each thread has its own
 * tb_check with the memory of one result and what is known of contents (form/dictionary.h), which
 * later forms are checked with. What is found does not depend on them.
 */
#ifndef TB_RULE_CHECK_H
#define TB_RULE_CHECK_H

#include "form/definition.h"
#include "rule/finding.h"
#include "rule/mend.h"

typedef struct tb_checker tb_checker;
typedef struct tb_check tb_check;

/* Folders are searched in this order; each subfolder with a form.json is a definition. A missing
 * folder is passed over; a definition that is wrong is an error that names its file and line. */
typedef struct tb_definition_sources {
    const char *only;           /* --form: a definition's id, a folder or a form.json; or NULL */
    const char *const *folders; /* the user's, the administrator's, the shipped ones */
    size_t folder_count;
} tb_definition_sources;

tb_status tb_checker_new(const tb_definition_sources *sources, tb_checker **ret_checker,
                         tb_error *error); /* the caller frees it */
void tb_checker_free(tb_checker *checker); /* NULL is fine */
size_t tb_checker_definitions(const tb_checker *checker, const tb_definition *const **ret);

typedef enum tb_outcome {
    TB_OUTCOME_PASS,
    TB_OUTCOME_FAIL,
    TB_OUTCOME_UNREADABLE,
    TB_OUTCOME_UNRECOGNISED
} tb_outcome;

typedef struct tb_result {
    tb_outcome outcome;
    const tb_definition *definition; /* NULL when unreadable or unrecognised */
    const tb_form *form;             /* the same */
    tb_counts counts;
    size_t finding_count;
    const tb_finding *findings; /* by sheet, row, column; what follows from a cause comes after it;
                                 * at the end what there is to say of explanations */
    const tb_explanations *explanations; /* NULL when there is no form */
    tb_error error;                      /* when unreadable or unrecognised: why */
} tb_result;

tb_status tb_check_new(const tb_checker *checker, tb_language language, tb_check **ret_check,
                       tb_error *error); /* the caller frees it */
void tb_check_free(tb_check *check);

/* Checks a workbook. *ret_result is borrowed: good until the next run or the end of `check`. An
 * unrecognised workbook is a result, not a failure. */
tb_status tb_check_run(tb_check *check, const tb_workbook *workbook, const tb_result **ret_result,
                       tb_error *error);

/*
 * What a row of the sheet of explanations says of an explainable finding of the last result: rule,
 * cell, value and code; reason, who and when are for the caller. The texts are good until the next
 * run. The workbook must still be there.
 */
tb_status tb_check_explain(tb_check *check, const tb_finding *finding,
                           tb_str ret_texts[TB_EXPLANATION_COLUMNS], tb_error *error);

/* The safe mends of the last result (rule/mend.h); borrowed as above, and so is the workbook.
 * Checks the form at least once more. Empty where there is no form. */
tb_status tb_check_mends(tb_check *check, tb_mends *ret_mends, tb_error *error);

/* A result for a file that could not be read; borrowed as above. */
const tb_result *tb_check_unreadable(tb_check *check, const tb_error *why);

#endif
