/*
 * The life of the findings dialogs. A dialog holds its document and is known to it as a listener;
 * when either the document, its view or the dialog goes, all three let go of each other.
 */
#include "calc/findings.h"

#include "calc/findings_dialog.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/uno/value.h"

static tb_findings *open_dialogs;

static uno_Interface *listener_of(tb_findings *self)
{
    return tb_object_get_interface(&self->head, "com.sun.star.lang.XEventListener");
}

/* Closing */

static bool forget(tb_findings *self)
{
    for (tb_findings **link = &open_dialogs; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            return true;
        }
    }
    return false;
}

/* A document or view that is already gone refuses; there is nothing left to do for it then. */
static void stop_listening(tb_findings *self, uno_Interface *to)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *own = listener_of(self);
    tb_uno_call(&calls, to, TB_XComponent_removeEventListener, TB_ARGS(&own));
    tb_calls_done(&calls, NULL);
}

static void let_go(tb_findings *self)
{
    self->is_closed = true;
    if (self->checked != NULL)
        tb_checked_unwatch(self->checked, self);
    stop_listening(self, self->controller);
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->view.dialog, TB_XComponent_dispose, NULL);
    tb_calls_done(&calls, NULL);
    tb_object_clear(&self->view.dialog);
    tb_object_unref(&self->head);
}

static void close_dialog(tb_findings *self)
{
    if (forget(self))
        let_go(self);
}

static void done(tb_object *object)
{
    tb_findings *self = (tb_findings *)object;
    tb_object_clear(&self->view.dialog);
    tb_object_clear(&self->frame);
    tb_object_clear(&self->controller);
    tb_findings_view_done(&self->view);
    tb_checked_unref(self->checked);
}

/* What the dialog tells us */

static void event_check(tb_object *self)
{
    tb_findings__refresh((tb_findings *)self);
}

static void event_jump(tb_object *self)
{
    tb_findings__jump((tb_findings *)self);
}

static void event_explain(tb_object *self)
{
    tb_findings__explain((tb_findings *)self);
}

static void event_withdraw(tb_object *self)
{
    tb_findings__withdraw((tb_findings *)self);
}

static void event_filter(tb_object *self)
{
    tb_findings__filter((tb_findings *)self);
}

static void event_close(tb_object *self)
{
    close_dialog((tb_findings *)self);
}

/* As dialogs/Findings.xdl calls them. */
static const tb_dialog_event events[] = {{"check", event_check},
                                         {"jump", event_jump},
                                         {"explain", event_explain},
                                         {"withdraw", event_withdraw},
                                         {"filter", event_filter},
                                         {"close", event_close},
                                         {NULL, NULL}};

static tb_status selection_changed(tb_object *self, void *result TB_UNUSED,
                                   void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    tb_findings__show_details((tb_findings *)self);
    return TB_OK;
}

/* com.sun.star.awt.MouseEvent */
typedef struct mouse_event {
    struct {
        uno_Interface *source;
        sal_Int16 modifiers;
    } input;
    sal_Int16 buttons;
    sal_Int32 x, y, clicks;
    sal_Bool popup;
} mouse_event;

static tb_status mouse_pressed(tb_object *self, void *result TB_UNUSED, void **arguments,
                               tb_error *error TB_UNUSED)
{
    if (((const mouse_event *)arguments[0])->clicks == 2)
        tb_findings__jump((tb_findings *)self);
    return TB_OK;
}

static tb_status window_closing(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                                tb_error *error TB_UNUSED)
{
    close_dialog((tb_findings *)self);
    return TB_OK;
}

static tb_status window_resized(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                                tb_error *error TB_UNUSED)
{
    tb_findings__resize((tb_findings *)self);
    return TB_OK;
}

/* The document, its view or a control goes. All of our listeners must answer alike: where a derived
 * one is known to the office, it is taken for the plain event listener too. */
static tb_status something_gone(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                                tb_error *error TB_UNUSED)
{
    close_dialog((tb_findings *)self);
    return TB_OK;
}

static tb_status ignore(tb_object *self TB_UNUSED, void *result TB_UNUSED,
                        void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    return TB_OK;
}

static const tb_method selection_methods[] = {
    {"selectionChanged", selection_changed}, {"disposing", something_gone}, {NULL, NULL}};
static const tb_method mouse_methods[] = {
    {"mousePressed", mouse_pressed}, {"mouseReleased", ignore},     {"mouseEntered", ignore},
    {"mouseExited", ignore},         {"disposing", something_gone}, {NULL, NULL}};
static const tb_method size_methods[] = {
    {"windowResized", window_resized}, {"windowMoved", ignore},       {"windowShown", ignore},
    {"windowHidden", ignore},          {"disposing", something_gone}, {NULL, NULL}};
static const tb_method window_methods[] = {
    {"windowOpened", ignore},      {"windowClosing", window_closing}, {"windowClosed", ignore},
    {"windowMinimized", ignore},   {"windowNormalized", ignore},      {"windowActivated", ignore},
    {"windowDeactivated", ignore}, {"disposing", something_gone},     {NULL, NULL}};
static const tb_method document_methods[] = {{"disposing", something_gone}, {NULL, NULL}};

static const tb_interface interfaces[] = {
    {"com.sun.star.awt.XDialogEventHandler", tb_dialog_handler_methods},
    {"com.sun.star.awt.grid.XGridSelectionListener", selection_methods},
    {"com.sun.star.awt.XMouseListener", mouse_methods},
    {"com.sun.star.awt.XTopWindowListener", window_methods},
    {"com.sun.star.awt.XWindowListener", size_methods},
    {"com.sun.star.lang.XEventListener", document_methods},
    {NULL, NULL}};

tb_class tb_findings_class = {.implementation = "org.tianbao.calc.Findings",
                              .events = events,
                              .interfaces = interfaces,
                              .size = sizeof(tb_findings),
                              .done = done};

/* Opening */

static void listen(tb_findings *self, tb_calls *calls)
{
    tb_object *own = &self->head;
    uno_Interface *mouse = tb_object_get_interface(own, "com.sun.star.awt.XMouseListener");
    uno_Interface *window = tb_object_get_interface(own, "com.sun.star.awt.XTopWindowListener");
    uno_Interface *size = tb_object_get_interface(own, "com.sun.star.awt.XWindowListener");
    uno_Interface *selection =
        tb_object_get_interface(own, "com.sun.star.awt.grid.XGridSelectionListener");
    uno_Interface *gone = listener_of(self);
    uno_Interface *grid = tb_dialog_control(calls, self->view.dialog, "findings");
    tb_uno_call(calls, grid, TB_XWindow_addMouseListener, TB_ARGS(&mouse));
    tb_uno_call(calls, grid, TB_XGridRowSelection_addSelectionListener, TB_ARGS(&selection));
    tb_uno_call(calls, self->view.dialog, TB_XTopWindow_addTopWindowListener, TB_ARGS(&window));
    tb_uno_call(calls, self->view.dialog, TB_XWindow_addWindowListener, TB_ARGS(&size));
    tb_uno_call(calls, self->controller, TB_XComponent_addEventListener, TB_ARGS(&gone));
}

static void told(void *watcher, tb_checked_event event)
{
    if (event == TB_CHECKED_RESULT)
        tb_findings__show(watcher);
    else if (event == TB_CHECKED_CLOSED)
        close_dialog(watcher);
}

/* Fills in a new object; what fails leaves it for done(). */
static tb_status open_dialog(tb_findings *self, uno_Interface *document, uno_Interface *frame,
                             tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    self->frame = frame;
    tb_object_acquire(frame);
    self->controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    tb_object_acquire(self->controller);
    if (tb_checked_get(self->head.context, document, &self->checked, &calls.error) == TB_OK)
        tb_checked_watch(self->checked, self, told, &calls.error);
    self->view.language = tb_office_language(self->head.context);
    tb_object_set_language(self->view.language);
    self->view.dialog = tb_dialog_create(&calls, &self->head, document, "dialogs/Findings.xdl");
    tb_object_acquire(self->view.dialog);
    tb_findings_view_init(&calls, &self->view);
    listen(self, &calls);
    return tb_calls_done(&calls, error);
}

/* To the lower right of the document's window, where it hides least of a form. */
static void place_dialog(tb_findings *self)
{
    enum { MARGIN = 24, POSITION = 3 /* com.sun.star.awt.PosSize.POS */ };
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *window =
        tb_uno_call_object(&calls, self->frame, TB_XFrame_getContainerWindow, NULL);
    const tb_rectangle *outer = tb_uno_call(&calls, window, TB_XWindow_getPosSize, NULL);
    const tb_rectangle *own = tb_uno_call(&calls, self->view.dialog, TB_XWindow_getPosSize, NULL);
    if (own != NULL) {
        sal_Int32 x = outer->width - own->width - MARGIN, y = outer->height - own->height - MARGIN;
        sal_Int32 none = 0;
        sal_Int16 flags = POSITION;
        x = x < 0 ? 0 : x;
        y = y < 0 ? 0 : y;
        tb_uno_call(&calls, self->view.dialog, TB_XWindow_setPosSize,
                    TB_ARGS(&x, &y, &none, &none, &flags));
    }
    tb_calls_done(&calls, NULL);
}

static void raise_dialog(tb_findings *self)
{
    sal_Bool visible = true;
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->view.dialog, TB_XWindow_setVisible, TB_ARGS(&visible));
    tb_uno_call(&calls, self->view.dialog, TB_XTopWindow_toFront, NULL);
    tb_calls_done(&calls, NULL);
}

static tb_findings *find_dialog(uno_Interface *context, uno_Interface *document)
{
    tb_checked *checked;
    if (open_dialogs == NULL || tb_checked_get(context, document, &checked, NULL) != TB_OK)
        return NULL;
    tb_findings *dialog = open_dialogs;
    while (dialog != NULL && dialog->checked != checked)
        dialog = dialog->next;
    tb_checked_unref(checked);
    return dialog;
}

static tb_findings *new_dialog(uno_Interface *context, uno_Interface *document,
                               uno_Interface *frame)
{
    tb_object *object;
    tb_error error;
    tb_status status = tb_object_new(&tb_findings_class, context, &object, &error);
    tb_findings *self = status == TB_OK ? (tb_findings *)object : NULL;
    if (self != NULL)
        status = open_dialog(self, document, frame, &error);
    if (status != TB_OK) {
        tb_message_box_show_error(context, frame, &error);
        if (self != NULL)
            let_go(self);
        return NULL;
    }
    place_dialog(self);
    self->next = open_dialogs;
    open_dialogs = self;
    return self;
}

/* The dialog of the frame's document, made where there is none; *ret_new tells. The caller gives
 * the reference back: the document may be closed while the dialog is at work. */
static tb_findings *get_dialog(uno_Interface *context, uno_Interface *frame, bool *ret_new)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    uno_Interface *model = tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL);
    tb_findings *dialog = model == NULL ? NULL : find_dialog(context, model);
    *ret_new = dialog == NULL;
    if (model != NULL && dialog == NULL)
        dialog = new_dialog(context, model, frame);
    if (dialog != NULL)
        tb_object_ref(&dialog->head);
    tb_calls_done(&calls, NULL);
    return dialog;
}

void tb_findings_check(uno_Interface *context, uno_Interface *frame)
{
    bool is_new;
    tb_findings *dialog = get_dialog(context, frame, &is_new);
    if (dialog == NULL)
        return;
    tb_findings__refresh(dialog);
    raise_dialog(dialog);
    tb_object_unref(&dialog->head);
}

static void go(uno_Interface *context, uno_Interface *frame, sal_Int32 by)
{
    bool is_new;
    tb_findings *dialog = get_dialog(context, frame, &is_new);
    if (dialog == NULL)
        return;
    if (is_new) {
        tb_findings__refresh(dialog);
        raise_dialog(dialog);
        by = 0;
    }
    tb_findings__step(dialog, by);
    tb_object_unref(&dialog->head);
}

void tb_findings_next(uno_Interface *context, uno_Interface *frame)
{
    go(context, frame, 1);
}

void tb_findings_previous(uno_Interface *context, uno_Interface *frame)
{
    go(context, frame, -1);
}

void tb_findings_explain(uno_Interface *context, uno_Interface *frame)
{
    bool is_new;
    tb_findings *dialog = get_dialog(context, frame, &is_new);
    if (dialog == NULL)
        return;
    if (is_new)
        tb_findings__refresh(dialog);
    raise_dialog(dialog);
    tb_findings__explain(dialog);
    tb_object_unref(&dialog->head);
}
