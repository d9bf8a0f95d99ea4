/*
 * One dialog for all questions about a mail: a text, a line to copy, two buttons.
 */
#include "calc/mail/question.h"

#include "calc/dialog.h"
#include "calc/uno/calls.h"

/* The dialog needs a handler; its buttons close it by themselves. */
static const tb_dialog_event events[] = {{NULL, NULL}};

static const tb_interface interfaces[] = {
    {"com.sun.star.awt.XDialogEventHandler", tb_dialog_handler_methods}, {NULL, NULL}};

tb_class tb_mail_question_class = {.implementation = "org.tianbao.calc.MailQuestion",
                                   .events = events,
                                   .interfaces = interfaces,
                                   .size = sizeof(tb_object)};

static void set_flag(tb_calls *calls, uno_Interface *model, const char *name, bool value)
{
    sal_Bool flag = value;
    tb_property_set(calls, model, name, tb_calls_any(calls, TB_TYPE_BOOLEAN, &flag));
}

static void fill_button(tb_calls *calls, uno_Interface *dialog, const char *name, tb_str label,
                        bool is_default)
{
    uno_Interface *model = tb_dialog_model(calls, dialog, name);
    tb_property_set_text(calls, model, "Label", label);
    set_flag(calls, model, "DefaultButton", is_default);
    if (is_default)
        tb_uno_call(calls, tb_dialog_control(calls, dialog, name), TB_XWindow_setFocus, NULL);
}

static void fill_in(tb_calls *calls, uno_Interface *dialog, const tb_mail_question *question)
{
    uno_Interface *detail = tb_dialog_model(calls, dialog, "detail");
    tb_property_set_text(calls, tb_dialog_model(calls, dialog, "text"), "Label", question->text);
    tb_property_set_text(calls, detail, "Text", question->detail);
    set_flag(calls, detail, "EnableVisible", question->detail.size > 0);
    fill_button(calls, dialog, "accept", question->accept, !question->refuse_is_default);
    fill_button(calls, dialog, "refuse", question->refuse, question->refuse_is_default);
}

tb_status tb_mail_question_ask(uno_Interface *context, uno_Interface *document,
                               const tb_mail_question *question, bool *ret_accepted,
                               tb_error *error)
{
    tb_object *handler;
    tb_calls calls;
    *ret_accepted = false;
    tb_status status = tb_object_new(&tb_mail_question_class, context, &handler, error);
    if (status != TB_OK)
        return status;
    tb_calls_init(&calls);
    uno_Interface *dialog = tb_dialog_create(&calls, handler, document, "dialogs/Mail.xdl");
    if (dialog != NULL) {
        fill_in(&calls, dialog, question);
        const sal_Int16 *ended = tb_uno_call(&calls, dialog, TB_XDialog_execute, NULL);
        *ret_accepted = ended != NULL && *ended == 1;
        tb_uno_call(&calls, dialog, TB_XComponent_dispose, NULL);
    }
    status = tb_calls_done(&calls, error);
    tb_object_unref(handler);
    return status;
}
