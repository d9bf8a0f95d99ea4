/*
 * One check: recognise, locate, run the rules, join causes, make findings.
 */
#include "rule/check.h"

#include <stdlib.h>

#include "base/limits.h"
#include "form/dictionary.h"
#include "rule/cause.h"
#include "rule/checker.h"
#include "rule/display.h"
#include "rule/explanation_code.h"
#include "rule/explanation_match.h"
#include "rule/findings.h"
#include "rule/mend_search.h"

struct tb_check {
    const tb_checker *checker;
    tb_language language;
    tb_arena arena;   /* of one result */
    tb_arena scratch; /* of one evaluation */
    tb_dictionary *dictionary;
    tb_run run;
    tb_explanations explanations;
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
    check->dictionary = tb_dictionary_new(TB_MAX_CONTENT_MEMORY);
    if (check->dictionary == NULL) {
        tb_check_free(check);
        return tb_error_memory(error);
    }
    *ret_check = check;
    return TB_OK;
}

void tb_check_free(tb_check *check)
{
    if (check == NULL)
        return;
    tb_arena_done(&check->arena);
    tb_arena_done(&check->scratch);
    tb_dictionary_free(check->dictionary);
    free(check);
}

static void begin(tb_check *check)
{
    tb_arena_reset(&check->arena);
    tb_arena_reset(&check->scratch);
    tb_dictionary_begin(check->dictionary);
    check->result = (tb_result){.outcome = TB_OUTCOME_PASS};
}

const tb_result *tb_check_unreadable(tb_check *check, const tb_error *why)
{
    begin(check);
    check->result.outcome = TB_OUTCOME_UNREADABLE;
    check->result.error = *why;
    return &check->result;
}

/* The form as reports see it: with the sheet of explanations. */
static tb_status show_whole(tb_check *check, const tb_form *located, const tb_workbook *workbook,
                            tb_error *error)
{
    tb_form *form = tb_arena_alloc(&check->arena, sizeof *form);
    if (form == NULL)
        return tb_error_memory(error);
    *form = *located;
    form->workbook = workbook;
    check->result.form = form;
    check->result.explanations = &check->explanations;
    return TB_OK;
}

static tb_status check_form(tb_check *check, const tb_form *form, tb_error *error)
{
    tb_result *result = &check->result;
    tb_run *run = &check->run;
    const tb_rulebook *book = tb_checker_rulebook(check->checker, result->definition);
    tb_status status =
        tb_run_rules(run, book, form, check->language, &check->arena, &check->scratch, error);
    if (status == TB_OK)
        status = tb_cause_search(run, error);
    if (status == TB_OK)
        status = tb_explanations_match(run, &check->explanations, error);
    if (status == TB_OK)
        status = tb_findings_make(run, &check->explanations, &result->findings,
                                  &result->finding_count, &result->counts, error);
    if (status == TB_OK && result->counts.by_severity[TB_ERROR_SEVERITY] > 0)
        result->outcome = TB_OUTCOME_FAIL;
    return status;
}

/* Which form it is; result->definition stays NULL where it is none that is known. */
static tb_status recognise(tb_check *check, const tb_workbook *workbook, tb_error *error)
{
    tb_result *result = &check->result;
    const tb_definition *const *definitions = NULL;
    size_t count = tb_checker_definitions(check->checker, &definitions);
    tb_status status = tb_form_recognise(workbook, definitions, count, &check->scratch,
                                         &result->definition, &result->error);
    tb_arena_reset(&check->scratch);
    if (status == TB_OK)
        return TB_OK;
    result->definition = NULL;
    if (status == TB_UNRECOGNISED) {
        result->outcome = TB_OUTCOME_UNRECOGNISED;
        return TB_OK;
    }
    if (error != NULL)
        *error = result->error;
    return status;
}

tb_status tb_check_run(tb_check *check, const tb_workbook *workbook, const tb_result **ret_result,
                       tb_error *error)
{
    begin(check);
    tb_result *result = &check->result;
    const tb_workbook *rest = NULL;
    const tb_form *form = NULL;
    tb_status status = tb_explanations_read(workbook, &check->arena, &check->explanations, error);
    if (status == TB_OK)
        status =
            tb_explanations_set_aside(workbook, &check->explanations, &check->arena, &rest, error);
    if (status == TB_OK)
        status = recognise(check, rest, error);
    if (status == TB_OK && result->definition != NULL)
        status = tb_form_locate(rest, result->definition, check->dictionary, &check->arena, &form,
                                error);
    if (status == TB_OK && form != NULL)
        status = show_whole(check, form, workbook, error);
    if (status == TB_OK && form != NULL)
        status = check_form(check, form, error);
    if (status == TB_OK)
        *ret_result = result;
    return status;
}

/* ---- explaining ---- */

#define MAX_VALUE_CHARACTERS 120 /* of what is explained: the code tells the whole of it */

static void append_value(tb_buffer *out, const tb_finding *finding)
{
    tb_buffer shown;
    tb_buffer_init(&shown, TB_MAX_TEXT_SIZE);
    if (finding->item != NULL)
        tb_display_item(&shown, finding->item);
    else
        tb_buffer_text(&shown, finding->actual);
    tb_str text = tb_buffer_get(&shown);
    size_t offset = 0;
    for (size_t i = 0; i < MAX_VALUE_CHARACTERS && offset < text.size; i++)
        tb_text_next(text, &offset);
    tb_buffer_text(out, tb_str_slice(text, 0, offset));
    if (offset < text.size)
        tb_buffer_cstr(out, "…");
    tb_buffer_done(&shown);
}

static void append_cell(tb_buffer *out, const tb_check *check, tb_address at)
{
    char name[TB_CELL_NAME_SIZE];
    const tb_workbook *workbook = check->result.form->workbook;
    if (at.sheet < workbook->sheet_count)
        tb_buffer_text(out, workbook->sheets[at.sheet].name);
    tb_buffer_char(out, '!');
    tb_buffer_text(out, tb_cell_name(at.row, at.column, name));
}

static bool take(tb_check *check, tb_buffer *text, tb_str *ret)
{
    *ret = tb_arena_dup(&check->arena, tb_buffer_get(text));
    bool ok = !text->failed && ret->data != NULL;
    tb_buffer_reset(text);
    return ok;
}

static bool make_code(tb_check *check, const tb_failure *failure, tb_buffer *out)
{
    char code[TB_EXPLANATION_CODE_SIZE];
    unsigned char identity[TB_HALF_CODE_SIZE], reads[TB_HALF_CODE_SIZE];
    if (!tb_explanation_identity(&check->run, failure, identity) ||
        !tb_explanation_reads(&check->run, failure, reads))
        return false;
    tb_explanation_code_format(identity, reads, code);
    tb_buffer_cstr(out, code);
    return true;
}

tb_status tb_check_explain(tb_check *check, const tb_finding *finding,
                           tb_str ret_texts[TB_EXPLANATION_COLUMNS], tb_error *error)
{
    tb_buffer text;
    const tb_failure *failure = check->run.failures[finding->id - 1];
    tb_assert_or(finding->explainable, TB_INTERNAL);
    for (int i = 0; i < TB_EXPLANATION_COLUMNS; i++)
        ret_texts[i] = TB_STR("");
    ret_texts[TB_EXPLANATION_RULE] = finding->rule;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    append_cell(&text, check, finding->at);
    bool ok = take(check, &text, &ret_texts[TB_EXPLANATION_CELL]);
    append_value(&text, finding);
    ok = ok && take(check, &text, &ret_texts[TB_EXPLANATION_VALUE]);
    ok = ok && make_code(check, failure, &text) &&
         take(check, &text, &ret_texts[TB_EXPLANATION_CODE]);
    tb_buffer_done(&text);
    return ok ? TB_OK : tb_error_memory(error);
}

/* ---- mending ---- */

tb_status tb_check_mends(tb_check *check, tb_mends *ret_mends, tb_error *error)
{
    *ret_mends = (tb_mends){0};
    if (check->result.form == NULL)
        return TB_OK;
    tb_check *trial = NULL;
    tb_status status = tb_check_new(check->checker, check->language, &trial, error);
    if (status == TB_OK)
        status = tb_mend_search_run(&check->run, &check->result, trial, ret_mends, error);
    tb_check_free(trial);
    return status;
}
