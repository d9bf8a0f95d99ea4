/*
 * One check: recognise, locate, run the rules, join causes, make findings.
 */
#include "rule/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "rule/cause.h"
#include "rule/checker.h"
#include "rule/findings.h"

struct tb_check {
    const tb_checker *checker;
    tb_language language;
    tb_arena arena;   /* of one result */
    tb_arena scratch; /* of one evaluation */
    tb_run run;
    tb_result result;
};

tb_status tb_check_new(const tb_checker *checker, tb_language language, tb_check **ret_check,
                       tb_error *error)
{
    tb_check *check = calloc(1, sizeof *check);
    if (check == NULL)
        return tb_error_memory(error);
    check->checker = checker;
    check->language = language;
    tb_arena_init(&check->arena, TB_MAX_RESULT_MEMORY);
    tb_arena_init(&check->scratch, TB_MAX_RESULT_MEMORY);
    *ret_check = check;
    return TB_OK;
}

void tb_check_free(tb_check *check)
{
    if (check == NULL)
        return;
    tb_arena_done(&check->arena);
    tb_arena_done(&check->scratch);
    free(check);
}

static void begin(tb_check *check)
{
    tb_arena_reset(&check->arena);
    tb_arena_reset(&check->scratch);
    check->result = (tb_result){.outcome = TB_OUTCOME_PASS};
}

const tb_result *tb_check_unreadable(tb_check *check, const tb_error *why)
{
    begin(check);
    check->result.outcome = TB_OUTCOME_UNREADABLE;
    check->result.error = *why;
    return &check->result;
}

static tb_status check_form(tb_check *check, tb_error *error)
{
    tb_result *result = &check->result;
    tb_run *run = &check->run;
    const tb_rulebook *book = tb_checker_rulebook(check->checker, result->definition);
    tb_status status = tb_run_rules(run, book, result->form, check->language, &check->arena,
                                    &check->scratch, error);
    if (status == TB_OK)
        status = tb_cause_search(run, error);
    if (status == TB_OK)
        status = tb_findings_make(run, &result->findings, &result->finding_count, &result->counts,
                                  error);
    if (status == TB_OK && result->counts.by_severity[TB_ERROR_SEVERITY] > 0)
        result->outcome = TB_OUTCOME_FAIL;
    return status;
}

tb_status tb_check_run(tb_check *check, const tb_workbook *workbook, const tb_result **ret_result,
                       tb_error *error)
{
    begin(check);
    tb_result *result = &check->result;
    const tb_definition *const *definitions = NULL;
    size_t count = tb_checker_definitions(check->checker, &definitions);
    tb_status status = tb_form_recognise(workbook, definitions, count, &check->scratch,
                                         &result->definition, &result->error);
    tb_arena_reset(&check->scratch);
    if (status == TB_UNRECOGNISED) {
        result->outcome = TB_OUTCOME_UNRECOGNISED;
        result->definition = NULL;
        *ret_result = result;
        return TB_OK;
    }
    if (status != TB_OK) {
        if (error != NULL)
            *error = result->error;
        return status;
    }
    status = tb_form_locate(workbook, result->definition, &check->arena, &result->form, error);
    if (status == TB_OK)
        status = check_form(check, error);
    if (status == TB_OK)
        *ret_result = result;
    return status;
}
