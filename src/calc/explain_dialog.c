/*
 * dialogs/Explain.xdl: what is found, the reason, who gives it. OK can be pressed only while there
 * is a reason.
 */
#include "calc/explain_dialog.h"

#include "base/limits.h"
#include "calc/dialog.h"
#include "calc/office.h"
#include "calc/uno/value.h"

typedef struct explain_dialog {
    tb_object head;
    uno_Interface *dialog; /* borrowed while it is open */
} explain_dialog;

void tb_explain_answer_init(tb_explain_answer *answer)
{
    tb_buffer_init(&answer->reason, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&answer->who, TB_MAX_TEXT_SIZE);
}

void tb_explain_answer_done(tb_explain_answer *answer)
{
    tb_buffer_done(&answer->reason);
    tb_buffer_done(&answer->who);
}

/* ---- the fields ---- */

static void set_text(tb_calls *calls, uno_Interface *dialog, const char *name, tb_str text)
{
    tb_property_set_text(calls, tb_dialog_model(calls, dialog, name), "Text", text);
}

static void read_text(tb_calls *calls, uno_Interface *dialog, const char *name, tb_buffer *out)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE * 2);
    const uno_Any *text = tb_property(calls, tb_dialog_model(calls, dialog, name), "Text");
    if (text != NULL)
        tb_buffer_text(out, tb_str_trim(tb_text_utf8(&arena, tb_any_find_text(text))));
    tb_arena_done(&arena);
}

static void require_reason(tb_calls *calls, uno_Interface *dialog)
{
    tb_buffer reason;
    tb_buffer_init(&reason, TB_MAX_TEXT_SIZE);
    read_text(calls, dialog, "reason", &reason);
    tb_dialog_enable(calls, dialog, "ok", reason.size > 0);
    tb_buffer_done(&reason);
}

/* ---- events ---- */

static void reason_changed(tb_object *object)
{
    explain_dialog *self = (explain_dialog *)object;
    tb_calls calls;
    if (self->dialog == NULL)
        return;
    tb_calls_init(&calls);
    require_reason(&calls, self->dialog);
    tb_calls_done(&calls, NULL);
}

static const tb_dialog_event events[] = {{"reason_changed", reason_changed}, {NULL, NULL}};

static const tb_interface interfaces[] = {
    {"com.sun.star.awt.XDialogEventHandler", tb_dialog_handler_methods}, {NULL, NULL}};

tb_class tb_explain_dialog_class = {.implementation = "org.tianbao.calc.ExplainDialog",
                                    .events = events,
                                    .interfaces = interfaces,
                                    .size = sizeof(explain_dialog)};

/* ---- asking ---- */

static void fill_in(tb_calls *calls, const explain_dialog *self, const tb_finding *finding)
{
    tb_arena arena;
    tb_buffer what;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&what, TB_MAX_TEXT_SIZE);
    tb_buffer_text(&what, finding->place);
    tb_buffer_char(&what, '\n');
    tb_buffer_text(&what, finding->message);
    set_text(calls, self->dialog, "finding", tb_buffer_get(&what));
    if (finding->explanation != NULL)
        set_text(calls, self->dialog, "reason", finding->explanation->texts[TB_EXPLANATION_REASON]);
    set_text(calls, self->dialog, "who", tb_office_user_name(self->head.context, &arena));
    require_reason(calls, self->dialog);
    tb_buffer_done(&what);
    tb_arena_done(&arena);
}

static void run_dialog(explain_dialog *self, tb_calls *calls, uno_Interface *document,
                       const tb_finding *finding, tb_explain_answer *answer, bool *ret_accepted)
{
    self->dialog = tb_dialog_create(calls, &self->head, document, "dialogs/Explain.xdl");
    if (self->dialog == NULL)
        return;
    fill_in(calls, self, finding);
    tb_uno_call(calls, tb_dialog_control(calls, self->dialog, "reason"), TB_XWindow_setFocus, NULL);
    const sal_Int16 *ended = tb_uno_call(calls, self->dialog, TB_XDialog_execute, NULL);
    if (ended != NULL && *ended == 1) {
        read_text(calls, self->dialog, "reason", &answer->reason);
        read_text(calls, self->dialog, "who", &answer->who);
    }
    *ret_accepted = answer->reason.size > 0;
    tb_uno_call(calls, self->dialog, TB_XComponent_dispose, NULL);
    self->dialog = NULL;
}

tb_status tb_explain_dialog_ask(uno_Interface *context, uno_Interface *document,
                                tb_language language, const tb_finding *finding,
                                tb_explain_answer *answer, bool *ret_accepted, tb_error *error)
{
    tb_object *object;
    tb_calls calls;
    *ret_accepted = false;
    tb_object_set_language(language);
    tb_status status = tb_object_new(&tb_explain_dialog_class, context, &object, error);
    if (status != TB_OK)
        return status;
    tb_calls_init(&calls);
    run_dialog((explain_dialog *)object, &calls, document, finding, answer, ret_accepted);
    status = tb_calls_done(&calls, error);
    tb_object_unref(object);
    return status;
}
