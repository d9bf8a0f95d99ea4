/*
 * The life of the marks of a view, and when they are laid out anew: after a check, and whenever the
 * view tells that cells may have moved on the screen. That comes in bursts, so it is done once,
 * when the office's main loop gets to it.
 */
#include "calc/marks/marks.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "calc/checked.h"
#include "calc/commands.h"
#include "calc/marks/layer.h"
#include "calc/marks/places.h"
#include "calc/message_box.h"
#include "calc/uno/value.h"

/* com.sun.star.accessibility.AccessibleEventId: of the cursor and the selection, which move no
 * cells */
enum { STATE_CHANGED = 4, ACTIVE_DESCENDANT_CHANGED = 5, SELECTION_CHANGED = 9 };

typedef struct marks {
    tb_object head;
    struct marks *next;        /* in the list of all, which owns one reference */
    uno_Interface *frame;      /* owned, as the next */
    uno_Interface *controller; /* of the view; goes before its frame */
    tb_checked *checked;       /* owned */
    tb_mark_places places;
    tb_mark_layer layers[TB_PANES_MAX];
    bool is_due, is_closed;
} marks;

static marks *all_marks;

static uno_Interface *own(marks *self, const char *type)
{
    return tb_object_get_interface(&self->head, type);
}

/* ---- laying out ---- */

static tb_range_address visible_range(tb_calls *calls, uno_Interface *controller, sal_Int32 index)
{
    const tb_range_address nothing = {-1, 0, 0, -1, -1};
    uno_Interface *pane =
        tb_uno_call_object(calls, controller, TB_XIndexAccess_getByIndex, TB_ARGS(&index));
    const tb_range_address *range = tb_uno_call(calls, pane, TB_XViewPane_getVisibleRange, NULL);
    if (range == NULL)
        return nothing;
    tb_range_address seen = *range;
    seen.last_row++; /* of the next ones a part may be seen */
    seen.last_column++;
    return seen;
}

typedef struct view_ranges {
    sal_Int32 count;
    tb_range_address list[TB_PANES_MAX];
} view_ranges;

static view_ranges read_visible(tb_calls *calls, uno_Interface *controller)
{
    view_ranges ranges = {0};
    ranges.count = tb_uno_call_long(calls, controller, TB_XIndexAccess_getCount, NULL);
    ranges.count = ranges.count < TB_PANES_MAX ? ranges.count : TB_PANES_MAX;
    for (sal_Int32 i = 0; i < ranges.count; i++)
        ranges.list[i] = visible_range(calls, controller, i);
    return ranges;
}

/* What a pane is filled with. */
typedef struct showing {
    tb_calls *calls;
    const tb_pane *pane;
    tb_mark_layer *layer;
    tb_severity severity;
} showing;

static sal_Int32 larger(sal_Int32 a, sal_Int32 b)
{
    return a > b ? a : b;
}

static sal_Int32 smaller(sal_Int32 a, sal_Int32 b)
{
    return a < b ? a : b;
}

/* A range is a single cell, unless the office has joined some that came to touch. */
static void show_range(const showing *self, const tb_range_address *cells,
                       const tb_range_address *visible)
{
    sal_Int32 last_row = smaller(cells->last_row, visible->last_row);
    sal_Int32 last_column = smaller(cells->last_column, visible->last_column);
    if (cells->sheet != visible->sheet)
        return;
    for (sal_Int32 row = larger(cells->row, visible->row); row <= last_row; row++) {
        for (sal_Int32 column = larger(cells->column, visible->column); column <= last_column;
             column++) {
            tb_rectangle place;
            tb_calls_value *mark = tb_calls_mark(self->calls);
            if (tb_pane_find_cell(self->calls, self->pane, row, column, &place))
                tb_mark_layer_place(self->calls, self->layer, self->severity, row, column, &place);
            tb_calls_release(self->calls, mark);
        }
    }
}

static void show_severity(const marks *self, const showing *show, const view_ranges *visible)
{
    const tb_range_address *cells = NULL;
    size_t count = tb_mark_places_get(show->calls, &self->places, show->severity, &cells);
    for (size_t i = 0; i < count && !tb_calls_failed(show->calls); i++)
        for (sal_Int32 j = 0; j < visible->count; j++)
            show_range(show, &cells[i], &visible->list[j]);
}

static void listen(marks *self, tb_calls *calls, uno_Interface **held, uno_Interface *to)
{
    if (*held == to)
        return;
    uno_Interface *listener = own(self, "com.sun.star.accessibility.XAccessibleEventListener");
    if (*held != NULL) {
        tb_uno_call(calls, *held, TB_XAccessibleEventBroadcaster_removeAccessibleEventListener,
                    TB_ARGS(&listener));
        tb_calls_forgive(calls); /* it may have gone */
    }
    tb_object_clear(held);
    if (to == NULL)
        return;
    tb_uno_call(calls, to, TB_XAccessibleEventBroadcaster_addAccessibleEventListener,
                TB_ARGS(&listener));
    tb_object_acquire(to);
    *held = to;
}

static void drop_layer(marks *self, tb_mark_layer *layer)
{
    tb_calls calls;
    tb_calls_init(&calls);
    listen(self, &calls, &layer->accessible, NULL);
    listen(self, &calls, &layer->table, NULL);
    tb_mark_layer_done(layer);
    tb_calls_done(&calls, NULL);
}

/* The layers in the order of the panes; those of panes that have gone are given up. */
static void match_layers(marks *self, const tb_pane *panes, size_t count)
{
    for (size_t i = 0; i < TB_PANES_MAX; i++) {
        uno_Interface *window = i < count ? panes[i].window : NULL;
        for (size_t j = i + 1; j < TB_PANES_MAX && self->layers[i].window != window; j++) {
            if (window == NULL || self->layers[j].window != window)
                continue;
            tb_mark_layer other = self->layers[i];
            self->layers[i] = self->layers[j];
            self->layers[j] = other;
        }
        if (self->layers[i].window != NULL && self->layers[i].window != window)
            drop_layer(self, &self->layers[i]);
        if (self->layers[i].window == NULL && window != NULL) {
            tb_object_acquire(window);
            self->layers[i].window = window;
        }
    }
}

static void show_pane(marks *self, tb_calls *calls, const tb_pane *pane, tb_mark_layer *layer,
                      const view_ranges *visible)
{
    listen(self, calls, &layer->accessible, pane->accessible);
    listen(self, calls, &layer->table, pane->table);
    tb_mark_layer_begin(layer);
    for (int severity = 0; severity < TB_SEVERITY_COUNT; severity++) {
        showing show = {calls, pane, layer, (tb_severity)severity};
        show_severity(self, &show, visible);
    }
    tb_mark_layer_end(calls, layer);
}

static void lay_out(marks *self)
{
    tb_calls calls;
    tb_pane panes[TB_PANES_MAX];
    tb_calls_init(&calls);
    self->is_due = false;
    size_t count = tb_panes_find(&calls, self->frame, panes);
    view_ranges visible = read_visible(&calls, self->controller);
    match_layers(self, panes, count);
    for (size_t i = 0; i < count; i++)
        show_pane(self, &calls, &panes[i], &self->layers[i], &visible);
    tb_calls_done(&calls, NULL); /* a view that is being closed shows nothing, which is right */
}

static void lay_out_soon(marks *self)
{
    tb_calls calls;
    if (self->is_due || self->is_closed)
        return;
    tb_calls_init(&calls);
    uno_Interface *loop =
        tb_service(&calls, self->head.context, "com.sun.star.awt.AsyncCallback", NULL);
    uno_Interface *callback = own(self, "com.sun.star.awt.XCallback");
    uno_Any nothing;
    uno_any_construct(&nothing, NULL, NULL, NULL);
    tb_uno_call(&calls, loop, TB_XRequestCallback_addCallback, TB_ARGS(&callback, &nothing));
    uno_any_destruct(&nothing, NULL);
    self->is_due = tb_calls_done(&calls, NULL) == TB_OK;
}

/* ---- closing ---- */

static bool forget(marks *self)
{
    for (marks **link = &all_marks; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            return true;
        }
    }
    return false;
}

static void close_marks(marks *self)
{
    if (!forget(self))
        return;
    self->is_closed = true;
    tb_checked_unwatch(self->checked, self);
    for (size_t i = 0; i < TB_PANES_MAX; i++)
        drop_layer(self, &self->layers[i]);
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *listener = own(self, "com.sun.star.lang.XEventListener");
    tb_uno_call(&calls, self->controller, TB_XComponent_removeEventListener, TB_ARGS(&listener));
    tb_calls_done(&calls, NULL);
    tb_object_unref(&self->head);
}

static void done(tb_object *object)
{
    marks *self = (marks *)object;
    tb_mark_places_done(&self->places);
    tb_checked_unref(self->checked);
    tb_object_clear(&self->controller);
    tb_object_clear(&self->frame);
}

/* ---- what we are told ---- */

static void take_result(marks *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_mark_places_set(&calls, &self->places, tb_checked_document(self->checked),
                       tb_checked_result(self->checked));
    tb_calls_done(&calls, NULL);
    lay_out_soon(self);
}

static void told(void *watcher, tb_checked_event event)
{
    marks *self = watcher;
    if (event == TB_CHECKED_CLOSED)
        close_marks(self);
    else if (event == TB_CHECKED_RESULT)
        take_result(self);
    else
        lay_out_soon(self);
}

/* XCallback */
static tb_status notify(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                        tb_error *error TB_UNUSED)
{
    marks *self = (marks *)object;
    if (!self->is_closed)
        lay_out(self);
    return TB_OK;
}

/* com.sun.star.accessibility.AccessibleEventObject, the part that is looked at */
typedef struct accessible_event {
    uno_Interface *source;
    sal_Int16 id;
} accessible_event;

static tb_status notify_event(tb_object *self, void *result TB_UNUSED, void **arguments,
                              tb_error *error TB_UNUSED)
{
    sal_Int16 id = ((const accessible_event *)arguments[0])->id;
    if (id != STATE_CHANGED && id != ACTIVE_DESCENDANT_CHANGED && id != SELECTION_CHANGED)
        lay_out_soon((marks *)self);
    return TB_OK;
}

/* A pane's table goes when another sheet is shown, a pane when the view is split otherwise, the
 * view when its window is closed: the last is told by the controller's disposing alone. */
static tb_status something_gone(tb_object *object, void *result TB_UNUSED, void **arguments,
                                tb_error *error TB_UNUSED)
{
    marks *self = (marks *)object;
    uno_Interface *source = *(uno_Interface **)arguments[0];
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *gone = tb_calls_query(&calls, source, TB_TYPE_INTERFACE);
    uno_Interface *view = tb_calls_query(&calls, self->controller, TB_TYPE_INTERFACE);
    bool is_view = gone != NULL && gone == view;
    tb_calls_done(&calls, NULL);
    if (is_view)
        close_marks(self);
    else
        lay_out_soon(self);
    return TB_OK;
}

static const tb_method callback_methods[] = {{"notify", notify}, {NULL, NULL}};
static const tb_method accessible_methods[] = {
    {"notifyEvent", notify_event}, {"disposing", something_gone}, {NULL, NULL}};
static const tb_method view_methods[] = {{"disposing", something_gone}, {NULL, NULL}};
static const tb_interface interfaces[] = {
    {"com.sun.star.awt.XCallback", callback_methods},
    {"com.sun.star.accessibility.XAccessibleEventListener", accessible_methods},
    {"com.sun.star.lang.XEventListener", view_methods},
    {NULL, NULL}};

tb_class tb_marks_class = {.implementation = "org.tianbao.calc.Marks",
                           .interfaces = interfaces,
                           .size = sizeof(marks),
                           .done = done};

/* ---- the commands ---- */

static marks *find_marks(uno_Interface *frame)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    marks *found = NULL;
    for (marks *each = all_marks; each != NULL && found == NULL; each = each->next)
        if (each->controller == controller)
            found = each;
    tb_calls_done(&calls, NULL);
    return found;
}

/* Fills in a new object; what fails leaves it for done(). */
static tb_status open_marks(marks *self, uno_Interface *frame, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    self->frame = frame;
    tb_object_acquire(frame);
    self->controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    tb_object_acquire(self->controller);
    uno_Interface *document =
        tb_uno_call_object(&calls, self->controller, TB_XController_getModel, NULL);
    if (!tb_calls_failed(&calls))
        tb_checked_get(self->head.context, document, &self->checked, &calls.error);
    if (!tb_calls_failed(&calls))
        tb_checked_watch(self->checked, self, told, &calls.error);
    uno_Interface *listener = own(self, "com.sun.star.lang.XEventListener");
    tb_uno_call(&calls, self->controller, TB_XComponent_addEventListener, TB_ARGS(&listener));
    return tb_calls_done(&calls, error);
}

static tb_status make_marks(uno_Interface *context, uno_Interface *frame, marks **ret,
                            tb_error *error)
{
    tb_object *object;
    tb_status status = tb_object_new(&tb_marks_class, context, &object, error);
    if (status != TB_OK)
        return status;
    marks *self = (marks *)object;
    self->next = all_marks;
    all_marks = self;
    status = open_marks(self, frame, error);
    if (status == TB_OK)
        *ret = self;
    else if (self->checked != NULL)
        close_marks(self);
    else if (forget(self))
        tb_object_unref(object);
    return status;
}

static void say(const marks *self, tb_message message, size_t count)
{
    tb_buffer text, number;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&number, TB_MAX_TEXT_SIZE);
    tb_buffer_uint(&number, count);
    tb_str argument = tb_buffer_get(&number);
    tb_message_append(&text, tb_checked_language(self->checked), message, &argument, 1);
    tb_message_box_show(self->head.context, self->frame, tb_buffer_get(&text));
    tb_buffer_done(&number);
    tb_buffer_done(&text);
}

/* The box lets the office's main loop run, in which the document may be closed. */
static void say_what_is_marked(marks *self)
{
    const tb_result *result = tb_checked_result(self->checked);
    tb_object_ref(&self->head);
    if (result == NULL)
        tb_message_box_show_error(self->head.context, self->frame, tb_checked_error(self->checked));
    else if (result->form == NULL)
        tb_message_box_show_error(self->head.context, self->frame, &result->error);
    else if (self->places.count == 0)
        say(self, TB_MSG_CALC_MARKS_NONE, 0);
    else if (self->places.left_out > 0)
        say(self, TB_MSG_CALC_MARKS_LEFT_OUT, self->places.count);
    tb_object_unref(&self->head);
}

void tb_marks_show(uno_Interface *context, uno_Interface *frame)
{
    tb_error error;
    marks *self = find_marks(frame);
    if (self == NULL && make_marks(context, frame, &self, &error) != TB_OK) {
        tb_message_box_show_error(context, frame, &error);
        return;
    }
    tb_checked_refresh(self->checked, &error);
    take_result(self);
    tb_commands_tell();
    say_what_is_marked(self);
}

void tb_marks_hide(uno_Interface *context TB_UNUSED, uno_Interface *frame)
{
    marks *self = find_marks(frame);
    if (self == NULL)
        return;
    close_marks(self);
    tb_commands_tell();
}

bool tb_marks_are_shown(uno_Interface *frame)
{
    return find_marks(frame) != NULL;
}
