/*
 * dialogs/New.xdl has a button for each blank form, named as the form's folder
 * (extension/command_dialogs.py makes it of the definitions), so that nothing is read to ask.
 */
#include "calc/filling/new_form.h"

#include "base/limits.h"
#include "calc/dialog.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/uno/value.h"

typedef struct new_form {
    tb_object head;
    uno_Interface *dialog; /* borrowed while it is open */
    rtl_uString *chosen;   /* the form's folder; owned; NULL: none */
} new_form;

/* XDialogEventHandler: the button of a form is pressed. */
static tb_status call_handler(tb_object *object, void *result, void **arguments,
                              tb_error *error TB_UNUSED)
{
    new_form *self = (new_form *)object;
    tb_calls calls;
    rtl_uString_assign(&self->chosen, *(rtl_uString **)arguments[2]);
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->dialog, TB_XDialog_endExecute, NULL);
    tb_calls_done(&calls, NULL);
    *(sal_Bool *)result = true;
    return TB_OK;
}

static tb_status get_handler_names(tb_object *self TB_UNUSED, void *result,
                                   void **arguments TB_UNUSED, tb_error *error)
{
    static const tb_dialog_event none[] = {{NULL, NULL}};
    return tb_dialog_event_names(none, result, error);
}

static void done(tb_object *object)
{
    new_form *self = (new_form *)object;
    if (self->chosen != NULL)
        rtl_uString_release(self->chosen);
}

static const tb_method handler_methods[] = {{"callHandlerMethod", call_handler},
                                            {"getSupportedMethodNames", get_handler_names},
                                            {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.awt.XDialogEventHandler", handler_methods},
                                          {NULL, NULL}};

tb_class tb_new_form_class = {.implementation = "org.tianbao.calc.NewForm",
                              .interfaces = interfaces,
                              .size = sizeof(new_form),
                              .done = done};

/* An office opens a template as a new document. */
static void open_blank(new_form *self, tb_calls *calls)
{
    tb_arena arena;
    tb_buffer file;
    sal_Int32 flags = 0;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&file, TB_MAX_TEXT_SIZE);
    tb_buffer_cstr(&file, "blank/tianbao/");
    tb_buffer_text(&file, tb_text_utf8(&arena, self->chosen));
    tb_buffer_cstr(&file, ".ots");
    rtl_uString *url = tb_calls_text(
        calls, tb_office_package_url(calls, self->head.context, tb_buffer_get(&file).data, &arena));
    rtl_uString *target = tb_calls_text(calls, TB_STR("_blank"));
    uno_Sequence *none = tb_calls_sequence(calls, TB_TYPE_PROPERTY_VALUES, 0);
    uno_Interface *desktop =
        tb_service(calls, self->head.context, "com.sun.star.frame.Desktop", NULL);
    tb_uno_call(calls, desktop, TB_XComponentLoader_loadComponentFromURL,
                TB_ARGS(&url, &target, &flags, &none));
    tb_buffer_done(&file);
    tb_arena_done(&arena);
}

static void ask(new_form *self, tb_calls *calls, uno_Interface *frame)
{
    uno_Interface *controller = tb_uno_call_object(calls, frame, TB_XFrame_getController, NULL);
    uno_Interface *document = tb_uno_call_object(calls, controller, TB_XController_getModel, NULL);
    self->dialog = tb_dialog_create(calls, &self->head, document, "dialogs/New.xdl");
    tb_uno_call(calls, self->dialog, TB_XDialog_execute, NULL);
    tb_uno_call(calls, self->dialog, TB_XComponent_dispose, NULL);
    self->dialog = NULL;
    if (self->chosen != NULL)
        open_blank(self, calls);
}

void tb_new_form(uno_Interface *context, uno_Interface *frame)
{
    tb_object *object;
    tb_error error;
    tb_calls calls;
    tb_status status = tb_object_new(&tb_new_form_class, context, &object, &error);
    if (status == TB_OK) {
        tb_calls_init(&calls);
        ask((new_form *)object, &calls, frame);
        status = tb_calls_done(&calls, &error);
        tb_object_unref(object);
    }
    if (status != TB_OK)
        tb_message_box_show_error(context, frame, &error);
}
