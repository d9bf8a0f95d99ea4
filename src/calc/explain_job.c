/*
 * Explaining as a job: takes a document, a finding and a reason. Each call has a session of its
 * own.
 */
#include "calc/explain_job.h"

#include "base/limits.h"
#include "calc/arguments.h"
#include "calc/document.h"
#include "calc/explain.h"
#include "calc/office.h"
#include "calc/session.h"

typedef struct request {
    uno_Interface *document; /* borrowed from the arguments */
    tb_language language;
    tb_str rule, cell, reason, who;
} request;

static tb_status read_request(tb_object *self, const uno_Sequence *arguments, tb_arena *arena,
                              request *ret, tb_error *error)
{
    ret->language = tb_office_language(self->context);
    tb_object_set_language(ret->language);
    ret->document = tb_arguments_find_object(arguments, "Document");
    if (!tb_document_is_spreadsheet(ret->document))
        return tb_error_set(error, TB_INVALID, TB_MSG_CALC_JOB_DOCUMENT, NULL);
    ret->rule = tb_arguments_get_text(arguments, "Rule", arena);
    ret->cell = tb_arguments_get_text(arguments, "Cell", arena);
    ret->reason = tb_arguments_get_text(arguments, "Reason", arena);
    ret->who = tb_arguments_find(arguments, "By") != NULL
                   ? tb_arguments_get_text(arguments, "By", arena)
                   : tb_office_user_name(self->context, arena);
    if (ret->rule.size == 0 || ret->cell.size == 0 ||
        tb_arguments_find(arguments, "Reason") == NULL)
        return tb_error_set(error, TB_INVALID, TB_MSG_CALC_JOB_EXPLAIN_ARGUMENT, NULL);
    return TB_OK;
}

static bool is_at(tb_session *session, const tb_finding *finding, tb_str cell)
{
    char name[TB_CELL_NAME_SIZE];
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_buffer_text(&text, tb_session_sheet_name(session, finding->at));
    tb_buffer_char(&text, '!');
    tb_buffer_text(&text, tb_cell_name(finding->at.row, finding->at.column, name));
    bool same = tb_str_equal(tb_buffer_get(&text), cell);
    tb_buffer_done(&text);
    return same;
}

/* An error for scripts: which finding, in words of their own. */
static tb_status refuse(tb_error *error, tb_message message, const request *asked)
{
    tb_buffer rule, cell;
    tb_buffer_init(&rule, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&cell, TB_MAX_TEXT_SIZE);
    tb_buffer_text(&rule, asked->rule);
    tb_buffer_text(&cell, asked->cell);
    tb_status status = tb_error_set(error, TB_INVALID, message, rule.data != NULL ? rule.data : "",
                                    cell.data != NULL ? cell.data : "", NULL);
    tb_buffer_done(&rule);
    tb_buffer_done(&cell);
    return status;
}

static tb_status find_finding(tb_session *session, const tb_result *result, const request *asked,
                              const tb_finding **ret, tb_error *error)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *finding = &result->findings[i];
        if (!tb_str_equal(finding->rule, asked->rule) || !is_at(session, finding, asked->cell))
            continue;
        *ret = finding;
        return TB_OK;
    }
    return refuse(error, TB_MSG_CALC_JOB_NO_FINDING, asked);
}

static tb_status write_reason(tb_session *session, const tb_result *result,
                              const tb_finding *finding, const request *asked, tb_error *error)
{
    char today[TB_DATE_SIZE];
    tb_str texts[TB_EXPLANATION_COLUMNS];
    if (!finding->explainable)
        return refuse(error, TB_MSG_CALC_JOB_NOT_EXPLAINABLE, asked);
    tb_status status = tb_session_explain(session, finding, texts, error);
    if (status != TB_OK)
        return status;
    texts[TB_EXPLANATION_REASON] = asked->reason;
    texts[TB_EXPLANATION_WHO] = asked->who;
    texts[TB_EXPLANATION_WHEN] = tb_office_today(today);
    return tb_explain_write(asked->document, result->explanations, finding->explanation, texts,
                            asked->language, error);
}

static tb_status run_request(tb_object *self, const request *asked, tb_error *error)
{
    tb_session *session = NULL;
    const tb_result *result = NULL;
    const tb_finding *finding = NULL;
    tb_status status = tb_session_new(self->context, asked->language, &session, error);
    if (status == TB_OK)
        status = tb_session_run(session, asked->document, &result, error);
    if (status == TB_OK)
        status = find_finding(session, result, asked, &finding, error);
    if (status == TB_OK && asked->reason.size > 0)
        status = write_reason(session, result, finding, asked, error);
    else if (status == TB_OK && finding->explanation != NULL)
        status = tb_explain_withdraw(asked->document, result->explanations,
                                     finding->explanation->at.row, asked->language, error);
    tb_session_free(session);
    return status;
}

static tb_status execute(tb_object *self, void *result, void **arguments, tb_error *error)
{
    request asked;
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    tb_status status = read_request(self, *(uno_Sequence **)arguments[0], &arena, &asked, error);
    if (status == TB_OK)
        status = run_request(self, &asked, error);
    if (status == TB_OK)
        uno_any_construct(result, NULL, NULL, NULL);
    tb_arena_done(&arena);
    return status;
}

static const tb_method job_methods[] = {{"execute", execute}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.task.XJob", job_methods}, {NULL, NULL}};
static const char *const services[] = {"org.tianbao.Explain", NULL};

tb_class tb_explain_job_class = {.implementation = "org.tianbao.calc.ExplainJob",
                                 .services = services,
                                 .interfaces = interfaces,
                                 .size = sizeof(tb_object)};
