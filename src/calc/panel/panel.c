/*
 * The panel is to the office what a toolbar is: each button asks the frame for its command's
 * dispatch, follows the state that it is told, and sends the command there. Its .xdl is made of
 * extension/commands.json (extension/command_dialogs.py), each button named as its command.
 */
#include "calc/panel/panel.h"

#include <string.h>

#include "base/limits.h"
#include "calc/command_listeners.h"
#include "calc/command_table.h"
#include "calc/dialog.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/panel/place.h"
#include "calc/panel/window_state.h"
#include "calc/uno/value.h"

typedef struct panel {
    tb_object head;
    struct panel *next;        /* in the list of open panels, which owns one reference */
    uno_Interface *controller; /* of the view below it; owned, as the next two */
    uno_Interface *frame;
    uno_Interface *dialog;
    uno_Interface *dispatches[TB_COMMAND_COUNT]; /* owned; NULL of those that it does not show */
    bool gives_focus_back;                       /* when it gets it first */
} panel;

static panel *open_panels;

/* The command's part of the URL, which is also the name of its button. */
static const char *button_of(tb_command command)
{
    return strchr(tb_command_entries[command].url, ':') + 1;
}

static tb_url make_url(tb_calls *calls, tb_command command)
{
    rtl_uString *empty = tb_calls_text(calls, TB_STR(""));
    tb_url url = {empty, empty, empty, empty, empty, empty, 0, empty, empty, empty, empty};
    url.complete = tb_calls_text(calls, tb_str_of(tb_command_entries[command].url));
    return url;
}

/* ---- closing ---- */

static bool forget(const panel *self)
{
    for (panel **link = &open_panels; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            return true;
        }
    }
    return false;
}

static void stop_following(panel *self, tb_command command)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_url url = make_url(&calls, command);
    uno_Interface *own = tb_object_get_interface(&self->head, "com.sun.star.frame.XStatusListener");
    tb_uno_call(&calls, self->dispatches[command], TB_XDispatch_removeStatusListener,
                TB_ARGS(&own, &url));
    tb_calls_done(&calls, NULL);
    tb_object_clear(&self->dispatches[command]);
}

/* What is gone already refuses; there is nothing left to do for it then. */
static void let_go(panel *self)
{
    tb_calls calls;
    for (tb_command i = 0; i < TB_COMMAND_COUNT; i++) {
        if (self->dispatches[i] != NULL)
            stop_following(self, i);
    }
    tb_calls_init(&calls);
    uno_Interface *own = tb_object_get_interface(&self->head, "com.sun.star.lang.XEventListener");
    tb_uno_call(&calls, self->controller, TB_XComponent_removeEventListener, TB_ARGS(&own));
    tb_calls_forgive(&calls);
    tb_uno_call(&calls, self->dialog, TB_XComponent_dispose, NULL);
    tb_calls_done(&calls, NULL);
    tb_object_clear(&self->dialog);
    tb_object_unref(&self->head);
}

static void remember_place(const panel *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_place_remember(&calls, self->head.context, self->dialog);
    tb_calls_done(&calls, NULL);
}

static void close_panel(panel *self)
{
    if (forget(self))
        let_go(self);
}

/* The user closes it, and wants none in other windows either. */
static void close_all(panel *self)
{
    remember_place(self);
    tb_window_state_set_open(self->head.context, false);
    while (open_panels != NULL)
        close_panel(open_panels);
}

static void done(tb_object *object)
{
    panel *self = (panel *)object;
    for (tb_command i = 0; i < TB_COMMAND_COUNT; i++)
        tb_object_clear(&self->dispatches[i]);
    tb_object_clear(&self->dialog);
    tb_object_clear(&self->frame);
    tb_object_clear(&self->controller);
}

/* ---- what the office tells ---- */

static void send(panel *self, tb_command command)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_url url = make_url(&calls, command);
    uno_Sequence *none = tb_calls_sequence(&calls, TB_TYPE_PROPERTY_VALUES, 0);
    tb_uno_call(&calls, self->dispatches[command], TB_XDispatch_dispatch, TB_ARGS(&url, &none));
    tb_calls_done(&calls, NULL);
}

/* XDialogEventHandler: a button is pressed. */
static tb_status call_handler(tb_object *object, void *result, void **arguments,
                              tb_error *error TB_UNUSED)
{
    panel *self = (panel *)object;
    *(sal_Bool *)result = false;
    for (tb_command i = 0; i < TB_COMMAND_COUNT; i++) {
        if (self->dispatches[i] == NULL || !tb_text_is(*(rtl_uString **)arguments[2], button_of(i)))
            continue;
        *(sal_Bool *)result = true;
        send(self, i);
        break;
    }
    return TB_OK;
}

static tb_status get_handler_names(tb_object *self TB_UNUSED, void *result,
                                   void **arguments TB_UNUSED, tb_error *error)
{
    tb_dialog_event events[TB_COMMAND_COUNT + 1] = {{0}};
    for (tb_command i = 0; i < TB_COMMAND_COUNT; i++)
        events[i].name = button_of(i);
    return tb_dialog_event_names(events, result, error);
}

/* XStatusListener */
static tb_status status_changed(tb_object *object, void *result TB_UNUSED, void **arguments,
                                tb_error *error TB_UNUSED)
{
    panel *self = (panel *)object;
    const tb_state_event *event = arguments[0];
    tb_calls calls;
    tb_calls_init(&calls);
    for (tb_command i = 0; i < TB_COMMAND_COUNT && self->dialog != NULL; i++) {
        if (tb_command_entries[i].in_panel &&
            tb_text_is(event->feature.complete, tb_command_entries[i].url))
            tb_dialog_enable(&calls, self->dialog, button_of(i), event->is_enabled);
    }
    tb_calls_done(&calls, NULL);
    return TB_OK;
}

static tb_status close_it(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                          tb_error *error TB_UNUSED)
{
    close_panel((panel *)self);
    return TB_OK;
}

static tb_status close_by_user(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                               tb_error *error TB_UNUSED)
{
    tb_object_ref(self);
    close_all((panel *)self);
    tb_object_unref(self);
    return TB_OK;
}

/* The user may have moved it before. */
static tb_status leave(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                       tb_error *error TB_UNUSED)
{
    if (((panel *)object)->dialog != NULL)
        remember_place((panel *)object);
    return TB_OK;
}

/* A panel that has come by itself gives the focus back that the window manager gave it. */
static tb_status activated(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    panel *self = (panel *)object;
    tb_calls calls;
    if (!self->gives_focus_back)
        return TB_OK;
    self->gives_focus_back = false;
    tb_calls_init(&calls);
    uno_Interface *window =
        tb_uno_call_object(&calls, self->frame, TB_XFrame_getContainerWindow, NULL);
    tb_uno_call(&calls, window, TB_XTopWindow_toFront, NULL);
    window = tb_uno_call_object(&calls, self->frame, TB_XFrame_getComponentWindow, NULL);
    tb_uno_call(&calls, window, TB_XWindow_setFocus, NULL);
    tb_calls_done(&calls, NULL);
    return TB_OK;
}

static tb_status ignore(tb_object *self TB_UNUSED, void *result TB_UNUSED,
                        void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    return TB_OK;
}

static const tb_method handler_methods[] = {{"callHandlerMethod", call_handler},
                                            {"getSupportedMethodNames", get_handler_names},
                                            {NULL, NULL}};
static const tb_method status_methods[] = {
    {"statusChanged", status_changed}, {"disposing", close_it}, {NULL, NULL}};
static const tb_method window_methods[] = {
    {"windowOpened", ignore},     {"windowClosing", close_by_user}, {"windowClosed", ignore},
    {"windowMinimized", ignore},  {"windowNormalized", ignore},     {"windowActivated", activated},
    {"windowDeactivated", leave}, {"disposing", close_it},          {NULL, NULL}};
static const tb_method gone_methods[] = {{"disposing", close_it}, {NULL, NULL}};

static const tb_interface interfaces[] = {{"com.sun.star.awt.XDialogEventHandler", handler_methods},
                                          {"com.sun.star.frame.XStatusListener", status_methods},
                                          {"com.sun.star.awt.XTopWindowListener", window_methods},
                                          {"com.sun.star.lang.XEventListener", gone_methods},
                                          {NULL, NULL}};

tb_class tb_panel_class = {.implementation = "org.tianbao.calc.Panel",
                           .interfaces = interfaces,
                           .size = sizeof(panel),
                           .done = done};

/* ---- opening ---- */

static void show_icon(panel *self, tb_calls *calls, tb_command command)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_str url =
        tb_office_package_url(calls, self->head.context, tb_command_entries[command].icon, &arena);
    if (url.data != NULL)
        tb_property_set_text(calls, tb_dialog_model(calls, self->dialog, button_of(command)),
                             "ImageURL", url);
    tb_arena_done(&arena);
}

/* From now on the button is as the command is. */
static void follow(panel *self, tb_calls *calls, tb_command command)
{
    sal_Int32 flags = 0;
    tb_url url = make_url(calls, command);
    rtl_uString *target = tb_calls_text(calls, TB_STR("_self"));
    uno_Interface *own = tb_object_get_interface(&self->head, "com.sun.star.frame.XStatusListener");
    uno_Interface *dispatch = tb_uno_call_object(
        calls, self->frame, TB_XDispatchProvider_queryDispatch, TB_ARGS(&url, &target, &flags));
    if (dispatch == NULL)
        return;
    tb_object_acquire(dispatch);
    self->dispatches[command] = dispatch;
    tb_uno_call(calls, dispatch, TB_XDispatch_addStatusListener, TB_ARGS(&own, &url));
}

static void listen(panel *self, tb_calls *calls)
{
    uno_Interface *window =
        tb_object_get_interface(&self->head, "com.sun.star.awt.XTopWindowListener");
    uno_Interface *gone = tb_object_get_interface(&self->head, "com.sun.star.lang.XEventListener");
    tb_uno_call(calls, self->dialog, TB_XTopWindow_addTopWindowListener, TB_ARGS(&window));
    tb_uno_call(calls, self->controller, TB_XComponent_addEventListener, TB_ARGS(&gone));
}

/* Fills in a new object; what fails leaves it for let_go(). */
static tb_status open_panel(panel *self, uno_Interface *frame, tb_error *error)
{
    sal_Bool visible = true;
    tb_calls calls;
    tb_calls_init(&calls);
    self->frame = frame;
    tb_object_acquire(frame);
    self->controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    tb_object_acquire(self->controller);
    uno_Interface *document =
        tb_uno_call_object(&calls, self->controller, TB_XController_getModel, NULL);
    self->dialog = tb_dialog_create(&calls, &self->head, document, "dialogs/Ribbon.xdl");
    tb_object_acquire(self->dialog);
    for (tb_command i = 0; i < TB_COMMAND_COUNT; i++) {
        if (!tb_command_entries[i].in_panel)
            continue;
        show_icon(self, &calls, i);
        follow(self, &calls, i);
    }
    listen(self, &calls);
    tb_place_restore(&calls, self->head.context, frame, self->dialog);
    tb_uno_call(&calls, self->dialog, TB_XWindow_setVisible, TB_ARGS(&visible));
    return tb_calls_done(&calls, error);
}

static void new_panel(uno_Interface *context, uno_Interface *frame, bool gives_focus_back)
{
    tb_object *object;
    tb_error error;
    if (tb_object_new(&tb_panel_class, context, &object, &error) != TB_OK) {
        tb_message_box_show_error(context, frame, &error);
        return;
    }
    panel *self = (panel *)object;
    self->gives_focus_back = gives_focus_back;
    self->next = open_panels;
    open_panels = self;
    if (open_panel(self, frame, &error) != TB_OK) {
        close_panel(self);
        tb_message_box_show_error(context, frame, &error);
    }
}

/* Two references to one object are one pointer only when both are of one type. */
static panel *find_panel(uno_Interface *frame)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    panel *found = open_panels;
    while (found != NULL && found->controller != controller)
        found = found->next;
    tb_calls_done(&calls, NULL);
    return found;
}

void tb_panel_toggle(uno_Interface *context, uno_Interface *frame)
{
    panel *open = find_panel(frame);
    if (open != NULL) {
        close_all(open);
        return;
    }
    tb_window_state_set_open(context, true);
    new_panel(context, frame, false);
}

void tb_panel_restore(uno_Interface *context, uno_Interface *frame)
{
    tb_calls calls;
    const panel *open = find_panel(frame);
    if (open == NULL && tb_window_state_is_open(context))
        new_panel(context, frame, true);
    if (open != NULL) {
        tb_calls_init(&calls);
        tb_place_keep_on_screen(&calls, context, frame, open->dialog);
        tb_calls_done(&calls, NULL);
    }
}
