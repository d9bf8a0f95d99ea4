/*
 * The life of the findings dialogs. A dialog watches its document and listens to its view; when
 * either of them or the dialog goes, all three let go of each other.
 */
#include "calc/findings.h"

#include "calc/findings_pane.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/sidebar/panel.h"
#include "calc/uno/value.h"

typedef struct findings {
    tb_findings_pane pane;
    struct findings *next;     /* in the list of open dialogs, which owns one reference */
    uno_Interface *controller; /* of the view that the dialog lies over; goes before its frame */
} findings;

static findings *open_dialogs;

static const tb_anchor anchors[] = {
    {"summary", 0, 100, 0, 0},   {"findings_label", 0, 100, 0, 0}, {"show_explained", 100, 0, 0, 0},
    {"findings", 0, 100, 0, 60}, {"details_label", 0, 100, 60, 0}, {"details", 0, 100, 60, 40},
    {"check", 0, 0, 100, 0},     {"explain", 0, 0, 100, 0},        {"withdraw", 0, 0, 100, 0},
    {"jump", 100, 0, 100, 0},    {"close", 100, 0, 100, 0},
};

static const char *const for_explainable[] = {"explain", NULL};
static const char *const for_explained[] = {"withdraw", NULL};
static const char *const for_any[] = {"jump", NULL};

/* The columns are together as wide as the list less its scroll bar. */
static const tb_findings_plan plan = {.column_count = 4,
                                      .columns = {{TB_COLUMN_SEVERITY, 48, 0},
                                                  {TB_COLUMN_CELL, 56, 10},
                                                  {TB_COLUMN_PLACE, 108, 35},
                                                  {TB_COLUMN_MESSAGE, 148, 55}},
                                      .list_units = 368,
                                      .list = "findings",
                                      .anchors = anchors,
                                      .anchor_count = sizeof(anchors) / sizeof(anchors[0]),
                                      .for_explainable = for_explainable,
                                      .for_explained = for_explained,
                                      .for_any = for_any};

static uno_Interface *listener_of(findings *self)
{
    return tb_object_get_interface(&self->pane.head, "com.sun.star.lang.XEventListener");
}

/* Closing */

static bool forget(findings *self)
{
    for (findings **link = &open_dialogs; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            return true;
        }
    }
    return false;
}

/* A document or view that is already gone refuses; there is nothing left to do for it then. */
static void stop_listening(findings *self, uno_Interface *to)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *own = listener_of(self);
    tb_uno_call(&calls, to, TB_XComponent_removeEventListener, TB_ARGS(&own));
    tb_calls_done(&calls, NULL);
}

static void let_go(findings *self)
{
    stop_listening(self, self->controller);
    tb_findings_pane_close(&self->pane);
    tb_object_unref(&self->pane.head);
}

static void close_dialog(findings *self)
{
    if (forget(self))
        let_go(self);
}

static void done(tb_object *object)
{
    tb_object_clear(&((findings *)object)->controller);
    tb_findings_pane_done(&((findings *)object)->pane);
}

/* What the dialog tells us */

static void event_check(tb_object *self)
{
    tb_findings_pane_check((tb_findings_pane *)self);
}

static void event_jump(tb_object *self)
{
    tb_findings_pane_jump((tb_findings_pane *)self);
}

static void event_explain(tb_object *self)
{
    tb_findings_pane_explain((tb_findings_pane *)self);
}

static void event_withdraw(tb_object *self)
{
    tb_findings_pane_withdraw((tb_findings_pane *)self);
}

static void event_filter(tb_object *object)
{
    tb_findings_pane *self = (tb_findings_pane *)object;
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_view_read_box(&calls, &self->view);
    tb_calls_done(&calls, NULL);
    tb_findings_pane_show(self);
}

static void event_close(tb_object *self)
{
    close_dialog((findings *)self);
}

/* As dialogs/Findings.xdl calls them. */
static const tb_dialog_event events[] = {{"check", event_check},
                                         {"jump", event_jump},
                                         {"explain", event_explain},
                                         {"withdraw", event_withdraw},
                                         {"filter", event_filter},
                                         {"close", event_close},
                                         {NULL, NULL}};

static tb_status window_closing(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                                tb_error *error TB_UNUSED)
{
    close_dialog((findings *)self);
    return TB_OK;
}

/* The document, its view or a control goes. All of our listeners must answer alike: where a derived
 * one is known to the office, it is taken for the plain event listener too. */
static tb_status something_gone(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                                tb_error *error TB_UNUSED)
{
    close_dialog((findings *)self);
    return TB_OK;
}

static tb_status ignore(tb_object *self TB_UNUSED, void *result TB_UNUSED,
                        void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    return TB_OK;
}

static const tb_method selection_methods[] = {
    {"selectionChanged", tb_findings_pane_selection_changed},
    {"disposing", something_gone},
    {NULL, NULL}};
static const tb_method mouse_methods[] = {{"mousePressed", tb_findings_pane_mouse_pressed},
                                          {"mouseReleased", ignore},
                                          {"mouseEntered", ignore},
                                          {"mouseExited", ignore},
                                          {"disposing", something_gone},
                                          {NULL, NULL}};
static const tb_method size_methods[] = {{"windowResized", tb_findings_pane_resized},
                                         {"windowMoved", ignore},
                                         {"windowShown", ignore},
                                         {"windowHidden", ignore},
                                         {"disposing", something_gone},
                                         {NULL, NULL}};
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
                              .size = sizeof(findings),
                              .done = done};

/* Opening */

static void listen(findings *self, tb_calls *calls)
{
    tb_object *own = &self->pane.head;
    uno_Interface *dialog = self->pane.view.window;
    uno_Interface *mouse = tb_object_get_interface(own, "com.sun.star.awt.XMouseListener");
    uno_Interface *window = tb_object_get_interface(own, "com.sun.star.awt.XTopWindowListener");
    uno_Interface *size = tb_object_get_interface(own, "com.sun.star.awt.XWindowListener");
    uno_Interface *selection =
        tb_object_get_interface(own, "com.sun.star.awt.grid.XGridSelectionListener");
    uno_Interface *gone = listener_of(self);
    uno_Interface *grid = tb_dialog_control(calls, dialog, plan.list);
    tb_uno_call(calls, grid, TB_XWindow_addMouseListener, TB_ARGS(&mouse));
    tb_uno_call(calls, grid, TB_XGridRowSelection_addSelectionListener, TB_ARGS(&selection));
    tb_uno_call(calls, dialog, TB_XTopWindow_addTopWindowListener, TB_ARGS(&window));
    tb_uno_call(calls, dialog, TB_XWindow_addWindowListener, TB_ARGS(&size));
    tb_uno_call(calls, self->controller, TB_XComponent_addEventListener, TB_ARGS(&gone));
}

static void told(void *watcher, tb_checked_event event)
{
    if (event == TB_CHECKED_RESULT)
        tb_findings_pane_show(watcher);
    else if (event == TB_CHECKED_CLOSED)
        close_dialog(watcher);
}

/* A dialog that is not in sight is closed. */
static bool is_in_sight(void *viewer TB_UNUSED)
{
    return true;
}

/* Fills in a new object; what fails leaves it for done(). */
static tb_status open_dialog(findings *self, uno_Interface *document, uno_Interface *frame,
                             tb_error *error)
{
    tb_calls calls;
    tb_findings_pane *pane = &self->pane;
    tb_calls_init(&calls);
    tb_object_set_language(tb_office_language(pane->head.context));
    self->controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    tb_object_acquire(self->controller);
    pane->view.window = tb_dialog_create(&calls, &pane->head, document, "dialogs/Findings.xdl");
    tb_object_acquire(pane->view.window);
    if (!tb_calls_failed(&calls))
        tb_findings_pane_open(pane, document, frame, &plan, told, is_in_sight, &calls.error);
    listen(self, &calls);
    return tb_calls_done(&calls, error);
}

/* To the lower right of the document's window, where it hides least of a form. */
static void place_dialog(findings *self)
{
    enum { MARGIN = 24, POSITION = 3 /* com.sun.star.awt.PosSize.POS */ };
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *window =
        tb_uno_call_object(&calls, self->pane.frame, TB_XFrame_getContainerWindow, NULL);
    const tb_rectangle *outer = tb_uno_call(&calls, window, TB_XWindow_getPosSize, NULL);
    const tb_rectangle *own =
        tb_uno_call(&calls, self->pane.view.window, TB_XWindow_getPosSize, NULL);
    if (own != NULL) {
        sal_Int32 x = outer->width - own->width - MARGIN, y = outer->height - own->height - MARGIN;
        sal_Int32 none = 0;
        sal_Int16 flags = POSITION;
        x = x < 0 ? 0 : x;
        y = y < 0 ? 0 : y;
        tb_uno_call(&calls, self->pane.view.window, TB_XWindow_setPosSize,
                    TB_ARGS(&x, &y, &none, &none, &flags));
    }
    tb_calls_done(&calls, NULL);
}

static void raise_dialog(findings *self)
{
    sal_Bool visible = true;
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->pane.view.window, TB_XWindow_setVisible, TB_ARGS(&visible));
    tb_uno_call(&calls, self->pane.view.window, TB_XTopWindow_toFront, NULL);
    tb_calls_done(&calls, NULL);
}

static findings *find_dialog(uno_Interface *context, uno_Interface *document)
{
    tb_checked *checked;
    if (open_dialogs == NULL || tb_checked_get(context, document, &checked, NULL) != TB_OK)
        return NULL;
    findings *dialog = open_dialogs;
    while (dialog != NULL && dialog->pane.checked != checked)
        dialog = dialog->next;
    tb_checked_unref(checked);
    return dialog;
}

static findings *new_dialog(uno_Interface *context, uno_Interface *document, uno_Interface *frame)
{
    tb_object *object;
    tb_error error;
    tb_status status = tb_object_new(&tb_findings_class, context, &object, &error);
    findings *self = status == TB_OK ? (findings *)object : NULL;
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
static findings *get_dialog(uno_Interface *context, uno_Interface *frame, bool *ret_new)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    uno_Interface *model = tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL);
    findings *dialog = model == NULL ? NULL : find_dialog(context, model);
    *ret_new = dialog == NULL;
    if (model != NULL && dialog == NULL)
        dialog = new_dialog(context, model, frame);
    if (dialog != NULL)
        tb_object_ref(&dialog->pane.head);
    tb_calls_done(&calls, NULL);
    return dialog;
}

/* Where the sidebar shows the findings, no dialog is needed. */
void tb_findings_check(uno_Interface *context, uno_Interface *frame)
{
    bool is_new;
    tb_findings_pane *panel = tb_sidebar_panel_find(frame);
    findings *dialog = panel != NULL ? NULL : get_dialog(context, frame, &is_new);
    if (panel != NULL)
        tb_findings_pane_check(panel);
    if (dialog == NULL)
        return;
    tb_findings_pane_check(&dialog->pane);
    raise_dialog(dialog);
    tb_object_unref(&dialog->pane.head);
}

static void go_in_panel(tb_findings_pane *panel, int by)
{
    tb_object_ref(&panel->head);
    if (tb_checked_generation(panel->checked) == 0) {
        tb_findings_pane_check(panel);
        by = 0;
    }
    tb_findings_pane_step(panel, by);
    tb_object_unref(&panel->head);
}

static void go(uno_Interface *context, uno_Interface *frame, int by)
{
    bool is_new;
    tb_findings_pane *panel = tb_sidebar_panel_find(frame);
    findings *dialog = panel != NULL ? NULL : get_dialog(context, frame, &is_new);
    if (panel != NULL)
        go_in_panel(panel, by);
    if (dialog == NULL)
        return;
    if (is_new) {
        tb_findings_pane_check(&dialog->pane);
        raise_dialog(dialog);
        by = 0;
    }
    tb_findings_pane_step(&dialog->pane, by);
    tb_object_unref(&dialog->pane.head);
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
    tb_findings_pane *panel = tb_sidebar_panel_find(frame);
    findings *dialog = panel != NULL ? NULL : get_dialog(context, frame, &is_new);
    if (panel != NULL) {
        tb_findings_pane_explain(panel);
        return;
    }
    if (dialog == NULL)
        return;
    if (is_new)
        tb_findings_pane_check(&dialog->pane);
    raise_dialog(dialog);
    tb_findings_pane_explain(&dialog->pane);
    tb_object_unref(&dialog->pane.head);
}
