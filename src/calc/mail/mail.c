/*
 * The steps of a mail, one after the other, each of which may end it. Questions come before the
 * last check: what a script changes while one is open is seen.
 */
#include "calc/mail/mail.h"

#include <stdio.h>

#include "base/limits.h"
#include "calc/checked.h"
#include "calc/findings.h"
#include "calc/mail/client.h"
#include "calc/mail/copy.h"
#include "calc/mail/question.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/settings/settings.h"
#include "report/mail.h"

typedef struct mailing {
    uno_Interface *context, *frame; /* borrowed */
    uno_Interface *document;        /* borrowed from `checked` */
    tb_checked *checked;
    tb_language language;
    tb_mail_format format;
    size_t errors; /* that are open */
} mailing;

static tb_str text_of(const mailing *self, tb_message message)
{
    return tb_str_of(tb_message_get(self->language, message));
}

static bool ask(const mailing *self, const tb_mail_question *question, tb_error *error)
{
    bool accepted = false;
    tb_mail_question_ask(self->context, self->document, question, &accepted, error);
    return accepted;
}

/* ---- questions ---- */

enum { LISTED_ERRORS = 3, LISTED_SIZE = 120 /* bytes of each, a line of the dialog */ };

/* The first errors, a line each: place and message, cut at a whole character. */
static void list_errors(const mailing *self, tb_buffer *out)
{
    const tb_result *result = tb_checked_result(self->checked);
    size_t listed = 0;
    for (size_t i = 0; i < result->finding_count && listed < LISTED_ERRORS; i++) {
        const tb_finding *finding = &result->findings[i];
        if (finding->severity != TB_ERROR_SEVERITY || finding->cause != 0)
            continue;
        tb_str text = finding->message;
        size_t at = 0, kept = 0;
        while (at < text.size && at <= LISTED_SIZE) {
            kept = at;
            tb_text_next(text, &at);
        }
        bool whole = at <= LISTED_SIZE;
        tb_buffer_cstr(out, listed++ > 0 ? "\n- " : "- ");
        tb_buffer_text(out, whole ? text : tb_str_slice(text, 0, kept));
        tb_buffer_cstr(out, whole ? "" : "…");
    }
}

static void append_errors(const mailing *self, tb_buffer *out, tb_message message)
{
    char number[24];
    tb_buffer list;
    tb_buffer_init(&list, TB_MAX_TEXT_SIZE);
    list_errors(self, &list);
    snprintf(number, sizeof number, "%zu", self->errors);
    const tb_str args[] = {tb_str_of(number), tb_buffer_get(&list)};
    tb_message_append(out, self->language, message, args, 2);
    tb_buffer_done(&list);
}

/* Shows the findings, and tells the errors over them; true where the user may send all the same,
 * and wants to. */
static bool may_send_errors(const mailing *self, tb_error *error)
{
    bool stops =
        tb_setting_get_choice(self->context, TB_SETTING_MAIL_WITH_ERRORS, NULL) == TB_MAIL_STOP;
    tb_buffer text;
    bool accepted = false;
    tb_findings_check(self->context, self->frame);
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    append_errors(self, &text, stops ? TB_MSG_CALC_MAIL_ERRORS_STOP : TB_MSG_CALC_MAIL_ERRORS_ASK);
    tb_mail_question question = {.text = tb_buffer_get(&text),
                                 .accept = text_of(self, TB_MSG_CALC_MAIL_SEND_ANYWAY),
                                 .refuse = text_of(self, TB_MSG_CALC_MAIL_CORRECT_FIRST),
                                 .refuse_is_default = true};
    if (stops)
        tb_message_box_show(self->context, self->frame, question.text);
    else
        accepted = ask(self, &question, error);
    tb_buffer_done(&text);
    return accepted;
}

static bool may_convert(const mailing *self, const tb_copy_plan *plan, tb_error *error)
{
    tb_mail_question question = {.text = text_of(self, plan->why),
                                 .accept = text_of(self, TB_MSG_CALC_MAIL_SEND_XLSX),
                                 .refuse = text_of(self, TB_MSG_CALC_MAIL_DO_NOT_SEND)};
    return !plan->asks || ask(self, &question, error);
}

/* Says how far it went, and offers the folder with the copy. */
static void say_handed_on(const mailing *self, const tb_copy *copy, tb_error *error)
{
    tb_mail_question question = {.text = text_of(self, TB_MSG_CALC_MAIL_HANDED_ON),
                                 .detail = copy->path,
                                 .accept = text_of(self, TB_MSG_CALC_MAIL_OPEN_FOLDER),
                                 .refuse = text_of(self, TB_MSG_CALC_MAIL_CLOSE),
                                 .refuse_is_default = true};
    if (ask(self, &question, error))
        tb_office_show(self->context, copy->folder_url, error);
}

/* ---- the message ---- */

static tb_status hand_on(const mailing *self, const tb_copy *copy, tb_str name, tb_error *error)
{
    const tb_result *result = tb_checked_result(self->checked);
    tb_mail_attachment attachment = {.name = name};
    tb_arena arena;
    tb_buffer subject, body;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&subject, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&body, TB_MAX_TEXT_SIZE);
    tb_sha256(tb_buffer_get(&copy->bytes), attachment.sha256);
    tb_mail_subject(&subject, result, self->language);
    tb_mail_body(&body, result, &attachment, self->language);
    tb_mail_message message = {
        .recipients = tb_setting_get_text(self->context, TB_SETTING_MAIL_TO, &arena, NULL),
        .subject = tb_buffer_get(&subject),
        .body = tb_buffer_get(&body),
        .attachment = copy->url,
        .attachment_path = copy->path};
    bool complete = !subject.failed && !body.failed && message.recipients.data != NULL;
    tb_status status =
        complete ? tb_mail_client_send(self->context, &message, error) : tb_error_memory(error);
    tb_buffer_done(&body);
    tb_buffer_done(&subject);
    tb_arena_done(&arena);
    return status;
}

/* ---- the copy ---- */

static tb_status check_copy(const mailing *self, const tb_copy *copy, tb_error *error)
{
    tb_session *session = NULL;
    tb_status status = tb_session_new(self->context, self->language, &session, error);
    if (status == TB_OK)
        status = tb_copy_check(copy, session, tb_checked_result(self->checked), error);
    tb_session_free(session);
    return status;
}

static tb_status send_copy(const mailing *self, const tb_copy_plan *plan, tb_error *error)
{
    tb_copy copy;
    tb_buffer name;
    tb_copy_init(&copy);
    tb_buffer_init(&name, TB_MAIL_NAME_MAX + 1);
    tb_mail_file_name(&name, tb_checked_result(self->checked), plan->suffix);
    tb_status status = tb_copy_make(&copy, self->context, self->document, self->language, plan,
                                    tb_buffer_get(&name), error);
    if (status == TB_OK)
        status = check_copy(self, &copy, error);
    if (status == TB_OK)
        status = hand_on(self, &copy, tb_buffer_get(&name), error);
    if (status == TB_OK) {
        error->status = TB_OK;
        say_handed_on(self, &copy, error);
        status = error->status;
    }
    tb_buffer_done(&name);
    tb_copy_done(&copy);
    return status;
}

/* ---- all of it ---- */

static size_t count_errors(const mailing *self)
{
    return tb_checked_result(self->checked)->counts.by_severity[TB_ERROR_SEVERITY];
}

/* Checks the document once more: the copy is made of what this check has seen. */
static tb_status check_again(const mailing *self, tb_error *error)
{
    if (tb_checked_is_closed(self->checked))
        return tb_error_set(error, TB_NOT_FOUND, TB_MSG_CALC_DOCUMENT_CLOSED, NULL);
    tb_status status = tb_checked_run(self->checked, error);
    if (status == TB_OK &&
        (tb_checked_result(self->checked)->form == NULL || count_errors(self) != self->errors))
        status = tb_error_set(error, TB_INVALID, TB_MSG_CALC_MAIL_CHANGED, NULL);
    return status;
}

static tb_status send_form(mailing *self, tb_error *error)
{
    tb_copy_plan plan;
    error->status = TB_OK;
    self->errors = count_errors(self);
    if (self->errors > 0 && !may_send_errors(self, error))
        return error->status;
    tb_status status = tb_checked_is_closed(self->checked)
                           ? tb_error_set(error, TB_NOT_FOUND, TB_MSG_CALC_DOCUMENT_CLOSED, NULL)
                           : tb_copy_plan_make(self->document, self->format, &plan, error);
    if (status != TB_OK || !may_convert(self, &plan, error))
        return error->status;
    status = check_again(self, error);
    return status == TB_OK ? send_copy(self, &plan, error) : status;
}

/* The document in the frame, checked. */
static tb_status begin(mailing *self, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller =
        tb_uno_call_object(&calls, self->frame, TB_XFrame_getController, NULL);
    uno_Interface *document = tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL);
    tb_status status = calls.error.status;
    if (status == TB_OK)
        status = tb_checked_get(self->context, document, &self->checked, &calls.error);
    if (status == TB_OK)
        status = tb_checked_run(self->checked, &calls.error);
    tb_calls_done(&calls, error);
    if (status == TB_OK) {
        self->document = tb_checked_document(self->checked);
        self->language = tb_checked_language(self->checked);
    }
    return status;
}

static void say_error(const mailing *self, const tb_error *error)
{
    tb_message_box_show_error(self->context, self->frame, error);
}

void tb_mail_send(uno_Interface *context, uno_Interface *frame)
{
    mailing self = {.context = context, .frame = frame};
    tb_error error = {.status = TB_OK};
    tb_status status = begin(&self, &error);
    if (status == TB_OK && tb_checked_result(self.checked)->form == NULL) {
        error = tb_checked_result(self.checked)->error;
        status = TB_UNRECOGNISED;
    }
    if (status == TB_OK)
        status = send_form(&self, &error);
    if (status != TB_OK)
        say_error(&self, &error);
    tb_checked_unref(self.checked);
}

bool tb_mail_send_form(uno_Interface *context, uno_Interface *frame, tb_mail_format format)
{
    mailing self = {.context = context, .frame = frame, .format = format};
    tb_error error = {.status = TB_OK};
    bool known = begin(&self, &error) == TB_OK && tb_checked_result(self.checked)->form != NULL;
    if (known && send_form(&self, &error) != TB_OK)
        say_error(&self, &error);
    tb_checked_unref(self.checked);
    return known;
}
