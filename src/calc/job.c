/*
 * The check as a job: takes a document, returns the findings as one text. Each call has a session
 * of its own, so that several threads may call.
 */
#include "calc/job.h"

#include "base/limits.h"
#include "calc/arguments.h"
#include "calc/document.h"
#include "calc/office.h"
#include "calc/session.h"
#include "calc/uno/calls.h"
#include "calc/uno/value.h"
#include "report/report.h"

typedef struct request {
    uno_Interface *document; /* borrowed from the arguments */
    bool as_text;
    tb_language language;
} request;

static tb_status read_request(tb_object *self, const uno_Sequence *arguments, request *ret_request,
                              tb_error *error)
{
    tb_language language = tb_office_language(self->context);
    tb_object_set_language(language);
    ret_request->document = tb_arguments_find_object(arguments, "Document");
    if (!tb_document_is_spreadsheet(ret_request->document))
        return tb_error_set(error, TB_INVALID, TB_MSG_CALC_JOB_DOCUMENT, NULL);
    bool english = language == TB_LANGUAGE_EN;
    ret_request->as_text = false;
    if (!tb_arguments_choose(arguments, "Format", "json", "text", &ret_request->as_text) ||
        !tb_arguments_choose(arguments, "Language", "zh", "en", &english))
        return tb_error_set(error, TB_INVALID, TB_MSG_CALC_JOB_ARGUMENT, NULL);
    ret_request->language = english ? TB_LANGUAGE_EN : TB_LANGUAGE_ZH;
    return TB_OK;
}

static tb_status write_report(tb_buffer *out, const request *asked, const tb_result *result,
                              tb_error *error)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_str path = tb_document_path(asked->document, &arena);
    if (asked->as_text)
        tb_report_text(out, path, result, asked->language);
    else
        tb_report_json(out, path, result, asked->language);
    tb_arena_done(&arena);
    return out->failed ? tb_error_memory(error) : TB_OK;
}

static tb_status run_request(tb_object *self, const request *asked, tb_buffer *out, tb_error *error)
{
    tb_session *session = NULL;
    const tb_result *result;
    tb_status status = tb_session_new(self->context, asked->language, &session, error);
    if (status == TB_OK)
        status = tb_session_run(session, asked->document, &result, error);
    if (status == TB_OK)
        status = write_report(out, asked, result, error);
    tb_session_free(session);
    return status;
}

static tb_status execute(tb_object *self, void *result, void **arguments, tb_error *error)
{
    request asked;
    tb_status status = read_request(self, *(uno_Sequence **)arguments[0], &asked, error);
    if (status != TB_OK)
        return status;
    tb_buffer out;
    tb_buffer_init(&out, TB_MAX_OUTPUT_SIZE);
    status = run_request(self, &asked, &out, error);
    rtl_uString *text = status == TB_OK ? tb_text_new(tb_buffer_get(&out)) : NULL;
    tb_buffer_done(&out);
    if (status != TB_OK)
        return status;
    if (text == NULL)
        return tb_error_memory(error);
    uno_type_any_construct(result, &text, tb_library_type(TB_TYPE_STRING, NULL), NULL);
    rtl_uString_release(text);
    return TB_OK;
}

static const tb_method job_methods[] = {{"execute", execute}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.task.XJob", job_methods}, {NULL, NULL}};
static const char *const services[] = {"org.tianbao.Check", NULL};

tb_class tb_job_class = {.implementation = "org.tianbao.calc.Job",
                         .services = services,
                         .interfaces = interfaces,
                         .size = sizeof(tb_object)};
