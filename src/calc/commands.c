/*
 * The protocol handler: one object per frame, which says of each command whether it can run now
 * and runs it. A command runs in the office's main loop and not inside the click that asked for
 * it: a script may ask from a thread of its own, where no window can be made.
 */
#include "calc/commands.h"

#include "calc/add_rows.h"
#include "calc/document.h"
#include "calc/findings.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/uno/calls.h"
#include "calc/uno/value.h"

/* com.sun.star.util.URL, of which only the first part is looked at */
typedef struct url {
    rtl_uString *complete, *main, *protocol, *user, *password, *server;
    sal_Int16 port;
    rtl_uString *path, *name, *arguments, *mark;
} url;

/* com.sun.star.frame.FeatureStateEvent */
typedef struct state_event {
    uno_Interface *source;
    url feature;
    rtl_uString *descriptor;
    sal_Bool is_enabled, requery;
    uno_Any state;
} state_event;

/* com.sun.star.frame.DispatchDescriptor */
typedef struct dispatch_descriptor {
    url feature;
    rtl_uString *frame_name;
    sal_Int32 flags;
} dispatch_descriptor;

typedef struct commands {
    tb_object head;
    uno_Interface *frame; /* owned */
} commands;

typedef void (*command_run)(uno_Interface *context, uno_Interface *frame);

static const struct {
    const char *url;
    command_run run;
} command_rows[] = {
    {"org.tianbao:check", tb_findings_check},
    {"org.tianbao:next", tb_findings_next},
    {"org.tianbao:previous", tb_findings_previous},
    {"org.tianbao:add-goal", tb_add_block},
    {"org.tianbao:add-row", tb_add_row},
};

enum { COMMAND_COUNT = sizeof(command_rows) / sizeof(command_rows[0]) };

/* Its place in the table, or -1. */
static sal_Int32 find_command(const url *feature)
{
    for (sal_Int32 i = 0; i < COMMAND_COUNT; i++) {
        if (tb_text_is(feature->complete, command_rows[i].url))
            return i;
    }
    return -1;
}

static bool frame_shows_spreadsheet(uno_Interface *frame)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    uno_Interface *document =
        controller == NULL ? NULL
                           : tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL);
    bool result = tb_document_is_spreadsheet(document);
    tb_calls_done(&calls, NULL);
    return result;
}

/* XInitialization: the arguments are the frame. */
static tb_status initialize(tb_object *object, void *result TB_UNUSED, void **arguments,
                            tb_error *error TB_UNUSED)
{
    commands *self = (commands *)object;
    const uno_Sequence *given = *(uno_Sequence **)arguments[0];
    uno_Interface *frame =
        given->nElements > 0 ? tb_any_find_object(TB_ITEMS(given, const uno_Any)) : NULL;
    tb_object_acquire(frame);
    tb_object_clear(&self->frame);
    self->frame = frame;
    return TB_OK;
}

static uno_Interface *dispatch_for(tb_object *self, const url *feature)
{
    if (find_command(feature) < 0)
        return NULL;
    uno_Interface *own = tb_object_get_interface(self, "com.sun.star.frame.XDispatch");
    tb_object_acquire(own);
    return own;
}

static tb_status query_dispatch(tb_object *self, void *result, void **arguments,
                                tb_error *error TB_UNUSED)
{
    *(uno_Interface **)result = dispatch_for(self, arguments[0]);
    return TB_OK;
}

static tb_status query_dispatches(tb_object *self, void *result, void **arguments, tb_error *error)
{
    const uno_Sequence *asked = *(uno_Sequence **)arguments[0];
    uno_Sequence *found = NULL;
    if (!uno_type_sequence_construct(&found, tb_library_type(TB_TYPE_DISPATCHES, NULL), NULL,
                                     asked->nElements, NULL))
        return tb_error_memory(error);
    uno_Interface **items = TB_ITEMS(found, uno_Interface *);
    for (sal_Int32 i = 0; i < asked->nElements; i++)
        items[i] = dispatch_for(self, &TB_ITEMS(asked, const dispatch_descriptor)[i].feature);
    *(uno_Sequence **)result = found;
    return TB_OK;
}

/* XDispatch: runs later, in notify(). */
static tb_status dispatch(tb_object *self, void *result TB_UNUSED, void **arguments,
                          tb_error *error)
{
    sal_Int32 command = find_command(arguments[0]);
    if (command < 0)
        return TB_OK;
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *loop = tb_service(&calls, self->context, "com.sun.star.awt.AsyncCallback", NULL);
    uno_Interface *own = tb_object_get_interface(self, "com.sun.star.awt.XCallback");
    uno_Any *data = tb_calls_any(&calls, TB_TYPE_LONG, &command);
    tb_uno_call(&calls, loop, TB_XRequestCallback_addCallback, TB_ARGS(&own, data));
    return tb_calls_done(&calls, error);
}

/* The ribbon of a Writer document offers our commands too and does not grey them out. */
static void say_no_spreadsheet(uno_Interface *context, uno_Interface *frame)
{
    tb_language language = tb_office_language(context);
    tb_message_box_show(context, frame,
                        tb_str_of(tb_message_get(language, TB_MSG_CALC_NO_SPREADSHEET)));
}

/* XCallback */
static tb_status notify(tb_object *object, void *result TB_UNUSED, void **arguments,
                        tb_error *error TB_UNUSED)
{
    commands *self = (commands *)object;
    sal_Int32 command;
    bool known = tb_any_long(arguments[0], &command) && command >= 0 && command < COMMAND_COUNT;
    if (known && frame_shows_spreadsheet(self->frame))
        command_rows[command].run(object->context, self->frame);
    else if (known)
        say_no_spreadsheet(object->context, self->frame);
    return TB_OK;
}

/* A listener is told once, when it comes: what a frame shows does not change while it is asked. */
static tb_status add_status_listener(tb_object *object, void *result TB_UNUSED, void **arguments,
                                     tb_error *error)
{
    commands *self = (commands *)object;
    tb_calls calls;
    tb_calls_init(&calls);
    rtl_uString *empty = tb_calls_text(&calls, TB_STR(""));
    uno_Interface *listener = *(uno_Interface **)arguments[0];
    state_event event = {.source = tb_object_get_interface(object, "com.sun.star.uno.XInterface"),
                         .feature = *(url *)arguments[1],
                         .descriptor = empty,
                         .is_enabled = frame_shows_spreadsheet(self->frame)};
    uno_any_construct(&event.state, NULL, NULL, NULL);
    tb_uno_call(&calls, listener, TB_XStatusListener_statusChanged, TB_ARGS(&event));
    uno_any_destruct(&event.state, NULL);
    return tb_calls_done(&calls, error);
}

static tb_status remove_status_listener(tb_object *self TB_UNUSED, void *result TB_UNUSED,
                                        void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    return TB_OK; /* none is kept */
}

static void done(tb_object *object)
{
    tb_object_clear(&((commands *)object)->frame);
}

static const tb_method initialization_methods[] = {{"initialize", initialize}, {NULL, NULL}};
static const tb_method provider_methods[] = {
    {"queryDispatch", query_dispatch}, {"queryDispatches", query_dispatches}, {NULL, NULL}};
static const tb_method dispatch_methods[] = {{"dispatch", dispatch},
                                             {"addStatusListener", add_status_listener},
                                             {"removeStatusListener", remove_status_listener},
                                             {NULL, NULL}};
static const tb_method callback_methods[] = {{"notify", notify}, {NULL, NULL}};

static const tb_interface interfaces[] = {
    {"com.sun.star.lang.XInitialization", initialization_methods},
    {"com.sun.star.frame.XDispatchProvider", provider_methods},
    {"com.sun.star.frame.XDispatch", dispatch_methods},
    {"com.sun.star.awt.XCallback", callback_methods},
    {NULL, NULL}};
static const char *const services[] = {"com.sun.star.frame.ProtocolHandler", NULL};

tb_class tb_commands_class = {.implementation = "org.tianbao.calc.Commands",
                              .services = services,
                              .interfaces = interfaces,
                              .size = sizeof(commands),
                              .done = done};
