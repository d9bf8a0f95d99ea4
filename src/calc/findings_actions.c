/*
 * The actions of the findings dialog. Before anything is written the document is checked again, so
 * that what is written is true of what stands there now.
 */
#include "base/limits.h"
#include "calc/explain.h"
#include "calc/explain_dialog.h"
#include "calc/findings_dialog.h"
#include "calc/jump.h"
#include "calc/message_box.h"
#include "calc/office.h"

typedef void (*show_text)(tb_calls *calls, tb_findings_view *view, tb_str text);

static void show_error(tb_findings *self, tb_calls *calls, const tb_error *error, show_text show)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_error_format(&text, self->view.language, error);
    show(calls, &self->view, tb_buffer_get(&text));
    tb_buffer_done(&text);
}

static void say_error(tb_findings *self, const tb_error *error)
{
    tb_message_box_show_error(self->head.context, self->frame, error);
}

/* ---- checking ---- */

static tb_status run_check(tb_findings *self, tb_error *error)
{
    self->result = NULL;
    if (self->session == NULL) {
        tb_status status =
            tb_session_new(self->head.context, self->view.language, &self->session, error);
        if (status != TB_OK)
            return status;
    }
    return tb_session_run(self->session, self->document, &self->result, error);
}

/* Checks again and selects the finding of that name, which is returned; without one (NULL) the
 * finding in that place. */
static const tb_finding *check_again(tb_findings *self, const char *name, size_t place)
{
    tb_error error;
    tb_calls calls;
    const tb_finding *found = NULL;
    tb_calls_init(&calls);
    if (run_check(self, &error) != TB_OK)
        show_error(self, &calls, &error, tb_findings_view_message);
    else
        tb_findings_view_fill(&calls, &self->view, self->session, self->result);
    if (self->result != NULL && name != NULL)
        found = tb_session_find(self->session, name);
    if (found != NULL)
        place = (size_t)(found - self->result->findings);
    if (self->result != NULL)
        tb_findings_view_select(&calls, &self->view, place);
    tb_calls_done(&calls, NULL);
    return found;
}

void tb_findings__refresh(tb_findings *self)
{
    check_again(self, NULL, 0);
}

/* ---- the selected finding ---- */

static const tb_finding *selected_finding(tb_findings *self, tb_calls *calls)
{
    ptrdiff_t place = tb_findings_view_selected(calls, &self->view);
    bool known = self->result != NULL && place >= 0 && (size_t)place < self->result->finding_count;
    return known ? &self->result->findings[place] : NULL;
}

void tb_findings__show_details(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_view_details(&calls, &self->view, selected_finding(self, &calls));
    tb_calls_done(&calls, NULL);
}

void tb_findings__jump(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const tb_finding *finding = selected_finding(self, &calls);
    if (finding != NULL) {
        tb_error error;
        tb_str sheet = tb_session_sheet_name(self->session, finding->at);
        if (tb_jump_to_cell(self->document, sheet, finding->at, &error) != TB_OK)
            show_error(self, &calls, &error, tb_findings_view_note);
    }
    tb_calls_done(&calls, NULL);
}

void tb_findings__step(tb_findings *self, sal_Int32 by)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_view_step(&calls, &self->view, by);
    tb_calls_done(&calls, NULL);
    tb_findings__jump(self);
}

/* ---- the list as a whole ---- */

static void fill_again(tb_findings *self, tb_calls *calls)
{
    const tb_finding *selected = selected_finding(self, calls);
    if (self->result == NULL)
        return;
    size_t place = selected != NULL ? (size_t)(selected - self->result->findings) : 0;
    tb_findings_view_fill(calls, &self->view, self->session, self->result);
    tb_findings_view_select(calls, &self->view, place);
}

void tb_findings__filter(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_view_read_filter(&calls, &self->view);
    fill_again(self, &calls);
    tb_calls_done(&calls, NULL);
}

void tb_findings__resize(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    if (tb_findings_view_resize(&calls, &self->view))
        fill_again(self, &calls);
    tb_calls_done(&calls, NULL);
}

/* ---- explaining ---- */

static void say(tb_findings *self, tb_message message)
{
    tb_message_box_show(self->head.context, self->frame,
                        tb_str_of(tb_message_get(self->view.language, message)));
}

/* The selected finding as it is now; NULL where it is gone, which has been said then. */
static const tb_finding *check_selected(tb_findings *self, char name[TB_FINDING_NAME_SIZE])
{
    tb_calls calls;
    tb_calls_init(&calls);
    const tb_finding *finding = selected_finding(self, &calls);
    tb_calls_done(&calls, NULL);
    if (finding == NULL)
        return NULL;
    size_t place = (size_t)(finding - self->result->findings);
    tb_session_name_finding(self->session, finding, name);
    finding = check_again(self, name, place);
    if (finding == NULL)
        say(self, TB_MSG_CALC_EXPLAIN_FINDING_GONE);
    return finding;
}

/* The finding's code as it is before the question, and the answer; false for none. */
static bool ask(tb_findings *self, const tb_finding *finding, tb_buffer *code,
                tb_explain_answer *answer)
{
    tb_error error;
    tb_str texts[TB_EXPLANATION_COLUMNS];
    bool accepted = false;
    tb_status status = tb_session_explain(self->session, finding, texts, &error);
    if (status == TB_OK)
        status = tb_explain_check_writable(self->document, self->result->explanations, &error);
    if (status == TB_OK) {
        tb_buffer_text(code, texts[TB_EXPLANATION_CODE]);
        status = tb_explain_dialog_ask(self->head.context, self->document, self->view.language,
                                       finding, answer, &accepted, &error);
    }
    if (status != TB_OK)
        say_error(self, &error);
    return accepted;
}

/* A script may have changed the document under the question, which asked about what was before. */
static void write_answer(tb_findings *self, const char *name, tb_str code,
                         const tb_explain_answer *answer)
{
    char today[TB_DATE_SIZE];
    tb_error error;
    tb_str texts[TB_EXPLANATION_COLUMNS];
    const tb_finding *finding = check_again(self, name, 0);
    if (finding == NULL || tb_session_explain(self->session, finding, texts, &error) != TB_OK ||
        !tb_str_equal(texts[TB_EXPLANATION_CODE], code)) {
        say(self, TB_MSG_CALC_EXPLAIN_FINDING_GONE);
        return;
    }
    size_t place = (size_t)(finding - self->result->findings);
    texts[TB_EXPLANATION_REASON] = tb_buffer_get(&answer->reason);
    texts[TB_EXPLANATION_WHO] = tb_buffer_get(&answer->who);
    texts[TB_EXPLANATION_WHEN] = tb_office_today(today);
    if (tb_explain_write(self->document, self->result->explanations, finding->explanation, texts,
                         self->view.language, &error) != TB_OK)
        say_error(self, &error);
    check_again(self, name, place);
}

static void explain_finding(tb_findings *self)
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
        write_answer(self, name, tb_buffer_get(&code), &answer);
    tb_explain_answer_done(&answer);
    tb_buffer_done(&code);
}

static void withdraw_explanation(tb_findings *self)
{
    tb_error error;
    char name[TB_FINDING_NAME_SIZE];
    const tb_finding *finding = check_selected(self, name);
    if (finding == NULL)
        return;
    size_t place = (size_t)(finding - self->result->findings);
    uint32_t row = finding->explanation != NULL ? finding->explanation->at.row : finding->at.row;
    if (tb_explain_withdraw(self->document, self->result->explanations, row, self->view.language,
                            &error) != TB_OK)
        say_error(self, &error);
    check_again(self, name, place);
}

/* What was asked in between lay over the document, which has the focus then. */
static void take_focus(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->view.dialog, TB_XTopWindow_toFront, NULL);
    tb_findings_view_focus(&calls, &self->view);
    tb_calls_done(&calls, NULL);
}

/* The dialog may be closed while a message or a question is shown: it lives until that is over. */
static void hold(tb_findings *self, void (*run)(tb_findings *self))
{
    tb_object_ref(&self->head);
    run(self);
    if (!self->is_closed)
        take_focus(self);
    tb_object_unref(&self->head);
}

void tb_findings__explain(tb_findings *self)
{
    hold(self, explain_finding);
}

void tb_findings__withdraw(tb_findings *self)
{
    hold(self, withdraw_explanation);
}
