/*
 * The life of the findings dialogs. A dialog holds its document and is known to it as a listener;
 * when either the document, its view or the dialog goes, all three let go of each other.
 */
#include "calc/findings.h"

#include "base/limits.h"
#include "calc/findings_view.h"
#include "calc/jump.h"
#include "calc/office.h"
#include "calc/session.h"
#include "calc/uno/value.h"

typedef struct findings {
    tb_object head;
    struct findings *next;     /* in open_dialogs, which owns one reference */
    uno_Interface *document;   /* owned, as the next four */
    uno_Interface *controller; /* of the view that the dialog lies over; goes before its frame */
    uno_Interface *frame;
    tb_session *session;
    tb_findings_view view;   /* its dialog is owned */
    const tb_result *result; /* of the session; NULL before the first check and after a failure */
} findings;

static findings *open_dialogs;

static uno_Interface *listener_of(findings *self)
{
    return tb_object_get_interface(&self->head, "com.sun.star.lang.XEventListener");
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

static void close_dialog(findings *self)
{
    if (!forget(self))
        return;
    stop_listening(self, self->document);
    stop_listening(self, self->controller);
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->view.dialog, TB_XComponent_dispose, NULL);
    tb_calls_done(&calls, NULL);
    tb_object_clear(&self->view.dialog);
    tb_object_unref(&self->head);
}

static void done(tb_object *object)
{
    findings *self = (findings *)object;
    tb_object_clear(&self->view.dialog);
    tb_object_clear(&self->frame);
    tb_object_clear(&self->controller);
    tb_object_clear(&self->document);
    tb_session_free(self->session);
}

/* Checking */

typedef void (*show_text)(tb_calls *calls, const tb_findings_view *view, tb_str text);

static void show_error(findings *self, tb_calls *calls, const tb_error *error, show_text show)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_error_format(&text, self->view.language, error);
    show(calls, &self->view, tb_buffer_get(&text));
    tb_buffer_done(&text);
}

static tb_status run_check(findings *self, tb_error *error)
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

static void refresh(findings *self)
{
    tb_error error;
    tb_calls calls;
    tb_calls_init(&calls);
    if (run_check(self, &error) != TB_OK)
        show_error(self, &calls, &error, tb_findings_view_message);
    else
        tb_findings_view_fill(&calls, &self->view, self->session, self->result);
    if (self->result != NULL && self->result->finding_count > 0)
        tb_findings_view_select(&calls, &self->view, 0);
    tb_calls_done(&calls, NULL);
}

/* The finding in the selected row, or NULL. */
static const tb_finding *selected_finding(findings *self, tb_calls *calls)
{
    sal_Int32 row = tb_findings_view_selected(calls, &self->view);
    bool known = self->result != NULL && row >= 0 && (size_t)row < self->result->finding_count;
    return known ? &self->result->findings[row] : NULL;
}

static void show_details(findings *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_view_details(&calls, &self->view, selected_finding(self, &calls));
    tb_calls_done(&calls, NULL);
}

static void jump(findings *self)
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

/* What the dialog tells us */

typedef struct dialog_command {
    const char *name; /* in dialogs/Findings.xdl */
    void (*run)(findings *self);
} dialog_command;

static const dialog_command dialog_commands[] = {
    {"check", refresh}, {"jump", jump}, {"close", close_dialog}};

enum { DIALOG_COMMANDS = sizeof(dialog_commands) / sizeof(dialog_commands[0]) };

static tb_status call_handler(tb_object *object, void *result, void **arguments,
                              tb_error *error TB_UNUSED)
{
    *(sal_Bool *)result = false;
    for (size_t i = 0; i < DIALOG_COMMANDS; i++) {
        if (!tb_text_is(*(rtl_uString **)arguments[2], dialog_commands[i].name))
            continue;
        *(sal_Bool *)result = true;
        dialog_commands[i].run((findings *)object);
        break;
    }
    return TB_OK;
}

static tb_status get_handler_names(tb_object *self TB_UNUSED, void *result,
                                   void **arguments TB_UNUSED, tb_error *error)
{
    uno_Sequence *names = NULL;
    if (!uno_type_sequence_construct(&names, tb_library_type(TB_TYPE_STRINGS, NULL), NULL,
                                     DIALOG_COMMANDS, NULL))
        return tb_error_memory(error);
    for (size_t i = 0; i < DIALOG_COMMANDS; i++)
        rtl_uString_newFromAscii(&TB_ITEMS(names, rtl_uString *)[i], dialog_commands[i].name);
    *(uno_Sequence **)result = names;
    return TB_OK;
}

static tb_status selection_changed(tb_object *self, void *result TB_UNUSED,
                                   void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    show_details((findings *)self);
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
        jump((findings *)self);
    return TB_OK;
}

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

static const tb_method handler_methods[] = {{"callHandlerMethod", call_handler},
                                            {"getSupportedMethodNames", get_handler_names},
                                            {NULL, NULL}};
static const tb_method selection_methods[] = {
    {"selectionChanged", selection_changed}, {"disposing", something_gone}, {NULL, NULL}};
static const tb_method mouse_methods[] = {
    {"mousePressed", mouse_pressed}, {"mouseReleased", ignore},     {"mouseEntered", ignore},
    {"mouseExited", ignore},         {"disposing", something_gone}, {NULL, NULL}};
static const tb_method window_methods[] = {
    {"windowOpened", ignore},      {"windowClosing", window_closing}, {"windowClosed", ignore},
    {"windowMinimized", ignore},   {"windowNormalized", ignore},      {"windowActivated", ignore},
    {"windowDeactivated", ignore}, {"disposing", something_gone},     {NULL, NULL}};
static const tb_method document_methods[] = {{"disposing", something_gone}, {NULL, NULL}};

static const tb_interface interfaces[] = {
    {"com.sun.star.awt.XDialogEventHandler", handler_methods},
    {"com.sun.star.awt.grid.XGridSelectionListener", selection_methods},
    {"com.sun.star.awt.XMouseListener", mouse_methods},
    {"com.sun.star.awt.XTopWindowListener", window_methods},
    {"com.sun.star.lang.XEventListener", document_methods},
    {NULL, NULL}};

tb_class tb_findings_class = {.implementation = "org.tianbao.calc.Findings",
                              .interfaces = interfaces,
                              .size = sizeof(findings),
                              .done = done};

/* Opening */

/* A dialog from our package, over the document's window. */
static uno_Interface *create_dialog(findings *self, tb_calls *calls)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_str place = tb_office_package_url(calls, self->head.context, "dialogs/Findings.xdl", &arena);
    uno_Sequence *arguments = tb_calls_one(calls, tb_calls_any_object(calls, self->document));
    rtl_uString *url = place.data == NULL ? NULL : tb_calls_text(calls, place);
    tb_arena_done(&arena);
    if (arguments == NULL || url == NULL)
        return NULL;
    uno_Interface *provider =
        tb_service(calls, self->head.context, "com.sun.star.awt.DialogProvider2", arguments);
    uno_Interface *handler = tb_object_get_interface(&self->head, "com.sun.star.uno.XInterface");
    return tb_uno_call_object(calls, provider, TB_XDialogProvider2_createDialogWithHandler,
                              TB_ARGS(&url, &handler));
}

static void listen(findings *self, tb_calls *calls)
{
    tb_object *own = &self->head;
    uno_Interface *mouse = tb_object_get_interface(own, "com.sun.star.awt.XMouseListener");
    uno_Interface *window = tb_object_get_interface(own, "com.sun.star.awt.XTopWindowListener");
    uno_Interface *selection =
        tb_object_get_interface(own, "com.sun.star.awt.grid.XGridSelectionListener");
    uno_Interface *events = listener_of(self);
    uno_Interface *grid = tb_findings_view_control(calls, &self->view, "findings");
    tb_uno_call(calls, grid, TB_XWindow_addMouseListener, TB_ARGS(&mouse));
    tb_uno_call(calls, grid, TB_XGridRowSelection_addSelectionListener, TB_ARGS(&selection));
    tb_uno_call(calls, self->view.dialog, TB_XTopWindow_addTopWindowListener, TB_ARGS(&window));
    tb_uno_call(calls, self->document, TB_XComponent_addEventListener, TB_ARGS(&events));
    tb_uno_call(calls, self->controller, TB_XComponent_addEventListener, TB_ARGS(&events));
}

/* Fills in a new object; what fails leaves it for done(). */
static tb_status open_dialog(findings *self, uno_Interface *document, uno_Interface *frame,
                             tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    self->document = document;
    self->frame = frame;
    tb_object_acquire(document);
    tb_object_acquire(frame);
    self->controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    tb_object_acquire(self->controller);
    self->view.language = tb_office_language(self->head.context);
    tb_object_set_language(self->view.language);
    self->view.dialog = create_dialog(self, &calls);
    tb_object_acquire(self->view.dialog);
    tb_findings_view_columns(&calls, &self->view);
    listen(self, &calls);
    return tb_calls_done(&calls, error);
}

/* com.sun.star.awt.Rectangle */
typedef struct rectangle {
    sal_Int32 x, y, width, height;
} rectangle;

/* To the lower right of the document's window, where it hides least of a form. */
static void place_dialog(findings *self)
{
    enum { MARGIN = 24, POSITION = 3 /* com.sun.star.awt.PosSize.POS */ };
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *window =
        tb_uno_call_object(&calls, self->frame, TB_XFrame_getContainerWindow, NULL);
    const rectangle *outer = tb_uno_call(&calls, window, TB_XWindow_getPosSize, NULL);
    const rectangle *own = tb_uno_call(&calls, self->view.dialog, TB_XWindow_getPosSize, NULL);
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

static void raise_dialog(findings *self)
{
    sal_Bool visible = true;
    tb_calls calls;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->view.dialog, TB_XWindow_setVisible, TB_ARGS(&visible));
    tb_uno_call(&calls, self->view.dialog, TB_XTopWindow_toFront, NULL);
    tb_calls_done(&calls, NULL);
}

/* Two references to one object are one pointer only when both are of one type. */
static findings *find_dialog(uno_Interface *document)
{
    for (findings *dialog = open_dialogs; dialog != NULL; dialog = dialog->next) {
        if (dialog->document == document)
            return dialog;
    }
    return NULL;
}

static findings *new_dialog(uno_Interface *context, uno_Interface *document, uno_Interface *frame)
{
    tb_object *object;
    tb_error error;
    if (tb_object_new(&tb_findings_class, context, &object, &error) != TB_OK)
        return NULL;
    findings *self = (findings *)object;
    if (open_dialog(self, document, frame, &error) != TB_OK) {
        tb_object_unref(object);
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
    findings *dialog = model == NULL ? NULL : find_dialog(model);
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
    findings *dialog = get_dialog(context, frame, &is_new);
    if (dialog == NULL)
        return;
    refresh(dialog);
    raise_dialog(dialog);
    tb_object_unref(&dialog->head);
}

static void step(findings *self, sal_Int32 by)
{
    if (self->result == NULL || self->result->finding_count == 0)
        return;
    tb_calls calls;
    tb_calls_init(&calls);
    sal_Int32 count = (sal_Int32)self->result->finding_count;
    sal_Int32 row = tb_findings_view_selected(&calls, &self->view) + by;
    tb_findings_view_select(&calls, &self->view, (row + count) % count);
    tb_calls_done(&calls, NULL);
    jump(self);
}

static void go(uno_Interface *context, uno_Interface *frame, sal_Int32 by)
{
    bool is_new;
    findings *dialog = get_dialog(context, frame, &is_new);
    if (dialog == NULL)
        return;
    if (is_new) {
        refresh(dialog);
        raise_dialog(dialog);
        by = 0;
    }
    step(dialog, by);
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
