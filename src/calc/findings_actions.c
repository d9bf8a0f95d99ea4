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

static const tb_finding *find_by_name(tb_findings *self, const char *name)
{
    return tb_checked_result(self->checked) == NULL
               ? NULL
               : tb_session_find(tb_checked_session(self->checked), name);
}

static size_t place_of(const tb_findings *self, const tb_finding *finding)
{
    return (size_t)(finding - tb_checked_result(self->checked)->findings);
}

/* What was selected before is so again, or what is in its place now. */
void tb_findings__show(tb_findings *self)
{
    tb_calls calls;
    if (tb_checked_generation(self->checked) == 0)
        return;
    tb_calls_init(&calls);
    const tb_result *result = tb_checked_result(self->checked);
    const tb_finding *same = find_by_name(self, self->selected);
    size_t place = same != NULL ? place_of(self, same) : self->place;
    if (result == NULL) {
        show_error(self, &calls, tb_checked_error(self->checked), tb_findings_view_message);
    } else {
        tb_findings_view_fill(&calls, &self->view, tb_checked_session(self->checked), result);
        tb_findings_view_select(&calls, &self->view, place);
    }
    tb_calls_done(&calls, NULL);
}

void tb_findings__refresh(tb_findings *self)
{
    tb_checked_run(self->checked, NULL);
}

/* Checks again; the finding of that name as it is now, or NULL. */
static const tb_finding *check_again(tb_findings *self, const char *name)
{
    tb_checked_run(self->checked, NULL);
    return find_by_name(self, name);
}

/* ---- the selected finding ---- */

static const tb_finding *selected_finding(tb_findings *self, tb_calls *calls)
{
    const tb_result *result = tb_checked_result(self->checked);
    ptrdiff_t place = tb_findings_view_selected(calls, &self->view);
    bool known = result != NULL && place >= 0 && (size_t)place < result->finding_count;
    return known ? &result->findings[place] : NULL;
}

void tb_findings__show_details(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const tb_finding *finding = selected_finding(self, &calls);
    tb_findings_view_details(&calls, &self->view, finding);
    if (finding != NULL) {
        self->place = place_of(self, finding);
        tb_session_name_finding(tb_checked_session(self->checked), finding, self->selected);
    }
    tb_calls_done(&calls, NULL);
}

void tb_findings__jump(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const tb_finding *finding = selected_finding(self, &calls);
    if (finding != NULL) {
        tb_error error;
        tb_str sheet = tb_session_sheet_name(tb_checked_session(self->checked), finding->at);
        if (tb_jump_to_cell(tb_checked_document(self->checked), sheet, finding->at, &error) !=
            TB_OK)
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

void tb_findings__filter(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_view_read_filter(&calls, &self->view);
    tb_calls_done(&calls, NULL);
    tb_findings__show(self);
}

void tb_findings__resize(tb_findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    bool fill_again = tb_findings_view_resize(&calls, &self->view);
    tb_calls_done(&calls, NULL);
    if (fill_again)
        tb_findings__show(self);
}

/* ---- explaining ---- */

static void say(tb_findings *self, tb_message message)
{
    tb_message_box_show(self->head.context, self->frame,
                        tb_str_of(tb_message_get(self->view.language, message)));
}

static const tb_explanations *known_explanations(const tb_findings *self)
{
    return tb_checked_result(self->checked)->explanations;
}

static tb_status explain_texts(tb_findings *self, const tb_finding *finding,
                               tb_str ret_texts[TB_EXPLANATION_COLUMNS], tb_error *error)
{
    return tb_session_explain(tb_checked_session(self->checked), finding, ret_texts, error);
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
    tb_session_name_finding(tb_checked_session(self->checked), finding, name);
    finding = check_again(self, name);
    if (finding == NULL)
        say(self, TB_MSG_CALC_EXPLAIN_FINDING_GONE);
    return finding;
}

/* The finding's code as it is before the question, and the answer; false for none. */
static bool ask(tb_findings *self, const tb_finding *finding, tb_buffer *code,
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

/* A script may have changed the document under the question, which asked about what was before. */
static void write_answer(tb_findings *self, const char *name, tb_str code,
                         const tb_explain_answer *answer)
{
    char today[TB_DATE_SIZE];
    tb_error error;
    tb_str texts[TB_EXPLANATION_COLUMNS];
    const tb_finding *finding = check_again(self, name);
    if (finding == NULL || explain_texts(self, finding, texts, &error) != TB_OK ||
        !tb_str_equal(texts[TB_EXPLANATION_CODE], code)) {
        say(self, TB_MSG_CALC_EXPLAIN_FINDING_GONE);
        return;
    }
    texts[TB_EXPLANATION_REASON] = tb_buffer_get(&answer->reason);
    texts[TB_EXPLANATION_WHO] = tb_buffer_get(&answer->who);
    texts[TB_EXPLANATION_WHEN] = tb_office_today(today);
    if (tb_explain_write(tb_checked_document(self->checked), known_explanations(self),
                         finding->explanation, texts, self->view.language, &error) != TB_OK)
        say_error(self, &error);
    tb_findings__refresh(self);
}

static void explain_finding(tb_findings *self)
{
    char name[TB_FINDING_NAME_SIZE];
    const tb_finding *finding = check_selected(self, name);
    if (finding == NULL)
        return;
    if (!finding->explainable) {
        say(self, TB_MSG_CALC_EXPLAIN_NOT_POSSIBLE);
        return;
    }
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
    uint32_t row = finding->explanation != NULL ? finding->explanation->at.row : finding->at.row;
    if (tb_explain_withdraw(tb_checked_document(self->checked), known_explanations(self), row,
                            self->view.language, &error) != TB_OK)
        say_error(self, &error);
    tb_findings__refresh(self);
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
