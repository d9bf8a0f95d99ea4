/*
 * A panel lives as long as the office wants it; its document may go before. When its window, the
 * document or the office's interest goes, it lets go of everything at once.
 */
#include "calc/sidebar/panel.h"

#include "calc/office.h"
#include "calc/sidebar/deck.h"
#include "calc/sidebar/reason.h"
#include "calc/uno/value.h"

typedef struct panel {
    tb_findings_pane pane;
    struct panel *next;    /* in the list of open panels; borrowed */
    uno_Interface *parent; /* the office's window; owned */
    rtl_uString *url;      /* owned */
    tb_reason reason;
} panel;

static panel *open_panels;

/* ---- the plan ---- */

static const tb_anchor anchors[] = {
    {"summary", 0, 100, 0, 0},        {"severity", 0, 50, 0, 0},
    {"grouping_label", 50, 0, 0, 0},  {"grouping", 50, 50, 0, 0},
    {"show_explained", 0, 100, 0, 0}, {"findings_label", 0, 100, 0, 0},
    {"findings", 0, 100, 0, 70},      {"check", 0, 33, 70, 0},
    {"previous", 33, 33, 70, 0},      {"next", 66, 34, 70, 0},
    {"details_label", 0, 100, 70, 0}, {"details", 0, 100, 70, 30},
    {"reason_label", 0, 100, 100, 0}, {"reason", 0, 100, 100, 0},
    {"save", 0, 50, 100, 0},          {"withdraw", 50, 50, 100, 0},
};

static const char *const for_explainable[] = {"reason", NULL};
static const char *const for_explained[] = {"withdraw", NULL};
static const char *const for_any[] = {"previous", "next", NULL};

static const tb_findings_plan plan = {
    .column_count = 3,
    .columns = {{TB_COLUMN_SEVERITY, 36, 0}, {TB_COLUMN_CELL, 34, 10}, {TB_COLUMN_MESSAGE, 78, 90}},
    .list_units = 156,
    .list = "findings",
    .anchors = anchors,
    .anchor_count = sizeof(anchors) / sizeof(anchors[0]),
    .for_explainable = for_explainable,
    .for_explained = for_explained,
    .for_any = for_any};

/* ---- closing ---- */

static void close_panel(panel *self)
{
    if (self->pane.is_closed)
        return;
    for (panel **link = &open_panels; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            break;
        }
    }
    tb_findings_pane_close(&self->pane);
    tb_object_clear(&self->parent);
}

static void done(tb_object *object)
{
    panel *self = (panel *)object;
    tb_findings_pane_done(&self->pane);
    tb_reason_done(&self->reason);
    tb_object_clear(&self->parent);
    if (self->url != NULL)
        rtl_uString_release(self->url);
}

/* The window, a control or the document goes. All of our listeners must answer alike: where a
 * derived one is known to the office, it is taken for the plain event listener too. */
static tb_status something_gone(tb_object *self, void *result TB_UNUSED, void **arguments TB_UNUSED,
                                tb_error *error TB_UNUSED)
{
    close_panel((panel *)self);
    return TB_OK;
}

static tb_status ignore(tb_object *self TB_UNUSED, void *result TB_UNUSED,
                        void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    return TB_OK;
}

/* ---- what the controls tell ---- */

static void event_check(tb_object *self)
{
    tb_findings_pane_check((tb_findings_pane *)self);
}

static void event_previous(tb_object *self)
{
    tb_findings_pane_step((tb_findings_pane *)self, -1);
}

static void event_next(tb_object *self)
{
    tb_findings_pane_step((tb_findings_pane *)self, 1);
}

static void event_save(tb_object *self)
{
    tb_reason_save(&((panel *)self)->reason, (tb_findings_pane *)self);
}

static void event_withdraw(tb_object *self)
{
    tb_findings_pane_withdraw((tb_findings_pane *)self);
}

static void event_typed(tb_object *self)
{
    tb_reason_typed((tb_findings_pane *)self);
}

/* Which item of a list box is chosen; 0 for none. */
static size_t read_choice(tb_calls *calls, const panel *self, const char *name)
{
    const uno_Any *items =
        tb_property(calls, tb_dialog_model(calls, self->pane.view.window, name), "SelectedItems");
    if (items == NULL || items->pType->eTypeClass != typelib_TypeClass_SEQUENCE)
        return 0;
    const uno_Sequence *chosen = *(uno_Sequence *const *)items->pData;
    return chosen->nElements > 0 ? (size_t)TB_ITEMS(chosen, const sal_Int16)[0] : 0;
}

/* The items as in dialogs/Sidebar.xdl. */
static void event_filter(tb_object *object)
{
    static const size_t severities[] = {TB_ALL_SEVERITIES, TB_ERROR_SEVERITY, TB_WARNING_SEVERITY,
                                        TB_NOTICE_SEVERITY};
    static const tb_findings_grouping groupings[] = {TB_GROUP_SEVERITY, TB_GROUP_PLACE,
                                                     TB_GROUP_NONE};
    panel *self = (panel *)object;
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_filter *filter = &self->pane.view.filter;
    filter->severity = severities[read_choice(&calls, self, "severity") % 4];
    filter->grouping = groupings[read_choice(&calls, self, "grouping") % 3];
    tb_findings_view_read_box(&calls, &self->pane.view);
    tb_calls_done(&calls, NULL);
    tb_findings_pane_show(&self->pane);
}

/* As dialogs/Sidebar.xdl calls them. */
static const tb_dialog_event events[] = {
    {"check", event_check},        {"previous", event_previous},
    {"next", event_next},          {"save", event_save},
    {"withdraw", event_withdraw},  {"filter", event_filter},
    {"reason_typed", event_typed}, {NULL, NULL}};

static tb_status call_handler(tb_object *object, void *result, void **arguments,
                              tb_error *error TB_UNUSED)
{
    if (((panel *)object)->pane.view.plan != NULL)
        return tb_dialog_handle(object, events, result, arguments);
    *(sal_Bool *)result = false; /* a control that is being made tells of its first value */
    return TB_OK;
}

static tb_status get_handler_names(tb_object *self TB_UNUSED, void *result,
                                   void **arguments TB_UNUSED, tb_error *error)
{
    return tb_dialog_event_names(events, result, error);
}

/* com.sun.star.awt.KeyEvent */
typedef struct key_event {
    struct {
        uno_Interface *source;
        sal_Int16 modifiers;
    } input;
    sal_Int16 code;
} key_event;

static tb_status key_pressed(tb_object *self, void *result TB_UNUSED, void **arguments,
                             tb_error *error TB_UNUSED)
{
    enum { RETURN = 1280 }; /* com.sun.star.awt.Key */
    if (((const key_event *)arguments[0])->code == RETURN)
        tb_findings_pane_jump((tb_findings_pane *)self);
    return TB_OK;
}

/* The office gives the parent its size at last, and changes it with the sidebar. */
static tb_status parent_resized(tb_object *object, void *result, void **arguments, tb_error *error)
{
    panel *self = (panel *)object;
    tb_calls calls;
    if (self->pane.is_closed)
        return TB_OK;
    tb_calls_init(&calls);
    tb_rectangle place = tb_window_place(&calls, self->parent);
    if (place.width > 0 && place.height > 0)
        tb_window_set_size(&calls, self->pane.view.window, place.width, place.height);
    bool has_size = tb_calls_done(&calls, NULL) == TB_OK && place.width > 0 && place.height > 0;
    return has_size ? tb_findings_pane_resized(object, result, arguments, error) : TB_OK;
}

/* ---- what the sidebar asks ---- */

static tb_status give(uno_Interface *object, void *result)
{
    tb_object_acquire(object);
    *(uno_Interface **)result = object;
    return TB_OK;
}

static tb_status get_frame(tb_object *self, void *result, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    return give(((panel *)self)->pane.frame, result);
}

static tb_status get_url(tb_object *self, void *result, void **arguments TB_UNUSED,
                         tb_error *error TB_UNUSED)
{
    *(rtl_uString **)result = ((panel *)self)->url;
    rtl_uString_acquire(((panel *)self)->url);
    return TB_OK;
}

static tb_status get_type(tb_object *self TB_UNUSED, void *result, void **arguments TB_UNUSED,
                          tb_error *error TB_UNUSED)
{
    enum { TOOL_PANEL = 7 }; /* com.sun.star.ui.UIElementType */
    *(sal_Int16 *)result = TOOL_PANEL;
    return TB_OK;
}

static tb_status get_real_interface(tb_object *self, void *result, void **arguments TB_UNUSED,
                                    tb_error *error TB_UNUSED)
{
    return give(tb_object_get_interface(self, "com.sun.star.uno.XInterface"), result);
}

static tb_status get_window(tb_object *self, void *result, void **arguments TB_UNUSED,
                            tb_error *error TB_UNUSED)
{
    return give(((panel *)self)->pane.view.window, result);
}

/* The window has an accessible of its own. */
static tb_status create_accessible(tb_object *self TB_UNUSED, void *result,
                                   void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    return give(NULL, result);
}

/* com.sun.star.ui.LayoutSize */
typedef struct layout_size {
    sal_Int32 minimum, maximum, preferred;
} layout_size;

static tb_status get_height(tb_object *self, void *result, void **arguments TB_UNUSED,
                            tb_error *error TB_UNUSED)
{
    sal_Int32 height = ((panel *)self)->pane.view.layout.window.height;
    *(layout_size *)result = (layout_size){height, -1, height};
    return TB_OK;
}

static tb_status get_width(tb_object *self, void *result, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    *(sal_Int32 *)result = ((panel *)self)->pane.view.layout.window.width;
    return TB_OK;
}

/* ---- the class ---- */

static const tb_method element_methods[] = {{"Frame", get_frame},
                                            {"ResourceURL", get_url},
                                            {"Type", get_type},
                                            {"getRealInterface", get_real_interface},
                                            {NULL, NULL}};
static const tb_method tool_panel_methods[] = {
    {"Window", get_window}, {"createAccessible", create_accessible}, {NULL, NULL}};
static const tb_method sidebar_panel_methods[] = {
    {"getHeightForWidth", get_height}, {"getMinimalWidth", get_width}, {NULL, NULL}};
/* The sidebar disposes of a panel and does not ask to hear of it. */
static const tb_method component_methods[] = {{"dispose", something_gone},
                                              {"addEventListener", ignore},
                                              {"removeEventListener", ignore},
                                              {NULL, NULL}};
static const tb_method handler_methods[] = {{"callHandlerMethod", call_handler},
                                            {"getSupportedMethodNames", get_handler_names},
                                            {NULL, NULL}};
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
static const tb_method key_methods[] = {{"keyPressed", key_pressed},
                                        {"keyReleased", ignore},
                                        {"disposing", something_gone},
                                        {NULL, NULL}};
static const tb_method size_methods[] = {
    {"windowResized", parent_resized}, {"windowMoved", ignore},       {"windowShown", ignore},
    {"windowHidden", ignore},          {"disposing", something_gone}, {NULL, NULL}};

static const tb_interface interfaces[] = {
    {"com.sun.star.ui.XUIElement", element_methods},
    {"com.sun.star.ui.XToolPanel", tool_panel_methods},
    {"com.sun.star.ui.XSidebarPanel", sidebar_panel_methods},
    {"com.sun.star.lang.XComponent", component_methods},
    {"com.sun.star.awt.XContainerWindowEventHandler", handler_methods},
    {"com.sun.star.awt.grid.XGridSelectionListener", selection_methods},
    {"com.sun.star.awt.XMouseListener", mouse_methods},
    {"com.sun.star.awt.XKeyListener", key_methods},
    {"com.sun.star.awt.XWindowListener", size_methods},
    {NULL, NULL}};

tb_class tb_sidebar_panel_class = {.implementation = "org.tianbao.calc.SidebarPanel",
                                   .interfaces = interfaces,
                                   .size = sizeof(panel),
                                   .done = done};

/* ---- opening ---- */

static void told(void *watcher, tb_checked_event event)
{
    if (event == TB_CHECKED_RESULT)
        tb_findings_pane_show(watcher);
    else if (event == TB_CHECKED_CLOSED)
        close_panel(watcher);
}

static bool is_in_sight(void *viewer)
{
    return tb_deck_is_visible(((tb_findings_pane *)viewer)->frame);
}

static void details_shown(tb_findings_pane *pane, const tb_finding *finding)
{
    tb_reason_show(&((panel *)pane)->reason, pane, finding);
}

static void listen(panel *self, tb_calls *calls)
{
    tb_object *own = &self->pane.head;
    uno_Interface *mouse = tb_object_get_interface(own, "com.sun.star.awt.XMouseListener");
    uno_Interface *keys = tb_object_get_interface(own, "com.sun.star.awt.XKeyListener");
    uno_Interface *size = tb_object_get_interface(own, "com.sun.star.awt.XWindowListener");
    uno_Interface *selection =
        tb_object_get_interface(own, "com.sun.star.awt.grid.XGridSelectionListener");
    uno_Interface *grid = tb_dialog_control(calls, self->pane.view.window, plan.list);
    tb_uno_call(calls, grid, TB_XWindow_addMouseListener, TB_ARGS(&mouse));
    tb_uno_call(calls, grid, TB_XWindow_addKeyListener, TB_ARGS(&keys));
    tb_uno_call(calls, grid, TB_XGridRowSelection_addSelectionListener, TB_ARGS(&selection));
    tb_uno_call(calls, self->parent, TB_XWindow_addWindowListener, TB_ARGS(&size));
}

/* What is known already is shown; nothing is checked unasked. */
static void show_first(panel *self, tb_calls *calls)
{
    tb_findings_view *view = &self->pane.view;
    sal_Bool visible = true;
    view->filter.grouping = TB_GROUP_SEVERITY;
    self->pane.details_shown = details_shown;
    tb_findings_view_message(calls, view,
                             tb_str_of(tb_message_get(view->language, TB_MSG_CALC_NOT_CHECKED)));
    tb_findings_pane_show(&self->pane);
    tb_uno_call(calls, view->window, TB_XWindow_setVisible, TB_ARGS(&visible));
}

static tb_status open_panel(panel *self, uno_Interface *frame, tb_error *error)
{
    tb_calls calls;
    tb_findings_pane *pane = &self->pane;
    tb_calls_init(&calls);
    tb_object_set_language(tb_office_language(pane->head.context));
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    uno_Interface *document = tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL);
    pane->view.window =
        tb_dialog_create_within(&calls, &pane->head, self->parent, "dialogs/Sidebar.xdl");
    tb_object_acquire(pane->view.window);
    if (!tb_calls_failed(&calls))
        tb_findings_pane_open(pane, document, frame, &plan, told, is_in_sight, &calls.error);
    if (!tb_calls_failed(&calls))
        show_first(self, &calls);
    listen(self, &calls);
    return tb_calls_done(&calls, error);
}

tb_status tb_sidebar_panel_new(uno_Interface *context, uno_Interface *frame, uno_Interface *parent,
                               rtl_uString *url, tb_object **ret_panel, tb_error *error)
{
    tb_object *object;
    tb_status status = tb_object_new(&tb_sidebar_panel_class, context, &object, error);
    if (status != TB_OK)
        return status;
    panel *self = (panel *)object;
    tb_reason_init(&self->reason);
    self->url = url;
    rtl_uString_acquire(url);
    self->parent = parent;
    tb_object_acquire(parent);
    self->next = open_panels;
    open_panels = self;
    status = open_panel(self, frame, error);
    if (status == TB_OK) {
        *ret_panel = object;
    } else {
        close_panel(self);
        tb_object_unref(object);
    }
    return status;
}

/* Frames are one pointer only as one type: the office gave both as XFrame. */
tb_findings_pane *tb_sidebar_panel_find(uno_Interface *frame)
{
    for (panel *each = open_panels; each != NULL; each = each->next) {
        if (each->pane.frame == frame && tb_deck_is_visible(frame))
            return &each->pane;
    }
    return NULL;
}
