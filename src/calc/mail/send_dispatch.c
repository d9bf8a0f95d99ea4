/*
 * The command runs in the office's main loop, as ours do (calc/commands.c); until then the loop
 * keeps what it was called with.
 */
#include "calc/mail/send_dispatch.h"

#include "calc/document.h"
#include "calc/mail/mail.h"
#include "calc/settings/settings.h"
#include "calc/uno/value.h"

typedef struct send_dispatch {
    tb_object head;
    uno_Interface *frame, *office; /* owned */
    tb_mail_format format;
} send_dispatch;

static void done(tb_object *object)
{
    tb_object_clear(&((send_dispatch *)object)->frame);
    tb_object_clear(&((send_dispatch *)object)->office);
}

/* XDispatch: runs later, in notify(). */
static tb_status dispatch(tb_object *self, void *result TB_UNUSED, void **arguments,
                          tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *loop = tb_service(&calls, self->context, "com.sun.star.awt.AsyncCallback", NULL);
    uno_Interface *own = tb_object_get_interface(self, "com.sun.star.awt.XCallback");
    uno_Sequence *call = tb_calls_sequence(&calls, TB_TYPE_ANYS, 2);
    if (call != NULL) {
        uno_Any *items = TB_ITEMS(call, uno_Any);
        uno_type_any_assign(&items[0], arguments[0], tb_library_type(TB_TYPE_URL, NULL), NULL,
                            NULL);
        uno_type_any_assign(&items[1], arguments[1], tb_library_type(TB_TYPE_PROPERTY_VALUES, NULL),
                            NULL, NULL);
    }
    uno_Any *data = call != NULL ? tb_calls_any(&calls, TB_TYPE_ANYS, &call) : NULL;
    tb_uno_call(&calls, loop, TB_XRequestCallback_addCallback, TB_ARGS(&own, data));
    return tb_calls_done(&calls, error);
}

static bool runs_check(const send_dispatch *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller =
        tb_uno_call_object(&calls, self->frame, TB_XFrame_getController, NULL);
    uno_Interface *document =
        controller != NULL ? tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL)
                           : NULL;
    bool result = tb_document_is_spreadsheet(document) &&
                  tb_setting_get_bool(self->head.context, TB_SETTING_CHECK_FILE_SEND, NULL);
    tb_calls_done(&calls, NULL);
    return result;
}

/* XCallback */
static tb_status notify(tb_object *object, void *result TB_UNUSED, void **arguments,
                        tb_error *error)
{
    send_dispatch *self = (send_dispatch *)object;
    if (runs_check(self) && tb_mail_send_form(object->context, self->frame, self->format))
        return TB_OK;
    const uno_Any *data = arguments[0];
    const uno_Any *items = TB_ITEMS(*(uno_Sequence **)data->pData, const uno_Any);
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->office, TB_XDispatch_dispatch,
                TB_ARGS(items[0].pData, items[1].pData));
    return tb_calls_done(&calls, error);
}

static tb_status pass_on(tb_object *object, tb_member member, void **arguments, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, ((send_dispatch *)object)->office, member, arguments);
    return tb_calls_done(&calls, error);
}

static tb_status add_listener(tb_object *self, void *result TB_UNUSED, void **arguments,
                              tb_error *error)
{
    return pass_on(self, TB_XDispatch_addStatusListener, arguments, error);
}

static tb_status remove_listener(tb_object *self, void *result TB_UNUSED, void **arguments,
                                 tb_error *error)
{
    return pass_on(self, TB_XDispatch_removeStatusListener, arguments, error);
}

static const tb_method dispatch_methods[] = {{"dispatch", dispatch},
                                             {"addStatusListener", add_listener},
                                             {"removeStatusListener", remove_listener},
                                             {NULL, NULL}};
static const tb_method callback_methods[] = {{"notify", notify}, {NULL, NULL}};

static const tb_interface interfaces[] = {{"com.sun.star.frame.XDispatch", dispatch_methods},
                                          {"com.sun.star.awt.XCallback", callback_methods},
                                          {NULL, NULL}};

tb_class tb_send_dispatch_class = {.implementation = "org.tianbao.calc.SendDispatch",
                                   .interfaces = interfaces,
                                   .size = sizeof(send_dispatch),
                                   .done = done};

uno_Interface *tb_send_dispatch_new(uno_Interface *context, uno_Interface *frame,
                                    uno_Interface *office, tb_mail_format format)
{
    tb_object *object;
    if (tb_object_new(&tb_send_dispatch_class, context, &object, NULL) != TB_OK)
        return NULL;
    send_dispatch *self = (send_dispatch *)object;
    tb_object_acquire(frame);
    tb_object_acquire(office);
    self->frame = frame;
    self->office = office;
    self->format = format;
    return tb_object_get_interface(object, "com.sun.star.frame.XDispatch");
}
