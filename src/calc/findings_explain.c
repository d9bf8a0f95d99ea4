/*
 * Explaining from a pane. Before anything is written the document is checked again, so that what is
 * written is true of what stands there now.
 */
#include "base/limits.h"
#include "calc/explain.h"
#include "calc/explain_dialog.h"
#include "calc/findings_pane.h"
#include "calc/message_box.h"
#include "calc/office.h"

static void say_error(tb_findings_pane *self, const tb_error *error)
{
    tb_message_box_show_error(self->head.context, self->frame, error);
}

static void say(tb_findings_pane *self, tb_message message)
{
    tb_message_box_show(self->head.context, self->frame,
                        tb_str_of(tb_message_get(self->view.language, message)));
}

static const tb_explanations *known_explanations(const tb_findings_pane *self)
{
    return tb_checked_result(self->checked)->explanations;
}

static tb_status explain_texts(tb_findings_pane *self, const tb_finding *finding,
                               tb_str ret_texts[TB_EXPLANATION_COLUMNS], tb_error *error)
{
    return tb_session_explain(tb_checked_session(self->checked), finding, ret_texts, error);
}

/* The selected finding as it is now; NULL where it is gone, which has been said then. */
static const tb_finding *check_selected(tb_findings_pane *self, char name[TB_FINDING_NAME_SIZE])
{
    const tb_finding *finding = tb_findings_pane_selected(self);
    if (finding == NULL)
        return NULL;
    tb_session_name_finding(tb_checked_session(self->checked), finding, name);
    finding = tb_findings_pane_check_for(self, name);
    if (finding == NULL)
        say(self, TB_MSG_CALC_EXPLAIN_FINDING_GONE);
    return finding;
}

/* The finding's code as it is before the question, and the answer; false for none. */
static bool ask(tb_findings_pane *self, const tb_finding *finding, tb_buffer *code,
                tb_explain_answer *answer)
{
    tb_error error;
    uno_Interface *document = tb_checked_document(self->checked);
    tb_str texts[TB_EXPLANATION_COLUMNS];
    bool accepted = false;
    tb_status status = explain_texts(self, finding, texts, &error);
    if (status == TB_OK)
        status = tb_explain_check_writable(document, known_explanations(self), &error);
    if (status == TB_OK) {
        tb_buffer_text(code, texts[TB_EXPLANATION_CODE]);
        status = tb_explain_dialog_ask(self->head.context, document, self->view.language, finding,
                                       answer, &accepted, &error);
    }
    if (status != TB_OK)
        say_error(self, &error);
    return accepted;
}

/* The document may have changed since the reason was given, which is about what was before. */
bool tb_findings_pane_write_reason(tb_findings_pane *self, const char *name, tb_str code,
                                   tb_str reason, tb_str who)
{
    char today[TB_DATE_SIZE];
    tb_error error;
    tb_str texts[TB_EXPLANATION_COLUMNS];
    const tb_finding *finding = tb_findings_pane_check_for(self, name);
    if (finding == NULL || explain_texts(self, finding, texts, &error) != TB_OK ||
        !tb_str_equal(texts[TB_EXPLANATION_CODE], code)) {
        say(self, TB_MSG_CALC_EXPLAIN_FINDING_GONE);
        return false;
    }
    texts[TB_EXPLANATION_REASON] = reason;
    texts[TB_EXPLANATION_WHO] = who;
    texts[TB_EXPLANATION_WHEN] = tb_office_today(today);
    tb_status status =
        tb_explain_write(tb_checked_document(self->checked), known_explanations(self),
                         finding->explanation, texts, self->view.language, &error);
    if (status != TB_OK)
        say_error(self, &error);
    tb_findings_pane_check(self);
    return status == TB_OK;
}

static void explain_finding(tb_findings_pane *self)
{
    char name[TB_FINDING_NAME_SIZE];
    const tb_finding *finding = check_selected(self, name);
    if (finding == NULL || !finding->explainable)
        return;
    tb_buffer code;
    tb_explain_answer answer;
    tb_buffer_init(&code, TB_MAX_VALUE_SIZE);
    tb_explain_answer_init(&answer);
    if (ask(self, finding, &code, &answer) && !self->is_closed)
        tb_findings_pane_write_reason(self, name, tb_buffer_get(&code),
                                      tb_buffer_get(&answer.reason), tb_buffer_get(&answer.who));
    tb_explain_answer_done(&answer);
    tb_buffer_done(&code);
}

static void withdraw_explanation(tb_findings_pane *self)
{
    tb_error error;
    char name[TB_FINDING_NAME_SIZE];
    const tb_finding *finding = check_selected(self, name);
    if (finding == NULL)
        return;
    uint32_t row = finding->explanation != NULL ? finding->explanation->at.row : finding->at.row;
    if (tb_explain_withdraw(tb_checked_document(self->checked), known_explanations(self), row,
                            self->view.language, &error) != TB_OK)
        say_error(self, &error);
    tb_findings_pane_check(self);
}

/* What was asked in between lay over the document, which has the focus then. */
static void take_focus(tb_findings_pane *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->view.window, TB_XTopWindow_toFront, NULL);
    tb_calls_forgive(&calls); /* a panel is no window of its own */
    tb_findings_view_focus(&calls, &self->view);
    tb_calls_done(&calls, NULL);
}

/* The dialog may be closed while a message or a question is shown: it lives until that is over. */
static void hold(tb_findings_pane *self, void (*run)(tb_findings_pane *self))
{
    tb_object_ref(&self->head);
    run(self);
    if (!self->is_closed)
        take_focus(self);
    tb_object_unref(&self->head);
}

void tb_findings_pane_explain(tb_findings_pane *self)
{
    hold(self, explain_finding);
}

void tb_findings_pane_withdraw(tb_findings_pane *self)
{
    hold(self, withdraw_explanation);
}
