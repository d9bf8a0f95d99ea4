/*
 * A pane keeps no finding but by name: results come and go under it.
 */
#include "calc/findings_pane.h"

#include "base/limits.h"
#include "calc/jump.h"
#include "calc/uno/value.h"

typedef void (*show_text)(tb_calls *calls, tb_findings_view *view, tb_str text);

static void show_error(tb_findings_pane *self, tb_calls *calls, const tb_error *error,
                       show_text show)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_error_format(&text, self->view.language, error);
    show(calls, &self->view, tb_buffer_get(&text));
    tb_buffer_done(&text);
}

void tb_findings_pane_note(tb_findings_pane *self, const tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    show_error(self, &calls, error, tb_findings_view_note);
    tb_calls_done(&calls, NULL);
}

/* ---- life ---- */

tb_status tb_findings_pane_open(tb_findings_pane *self, uno_Interface *document,
                                uno_Interface *frame, const tb_findings_plan *plan,
                                tb_checked_told told, tb_follower_in_sight in_sight,
                                tb_error *error)
{
    tb_calls calls;
    self->frame = frame;
    tb_object_acquire(frame);
    tb_status status = tb_checked_get(self->head.context, document, &self->checked, error);
    if (status == TB_OK)
        status = tb_checked_watch(self->checked, self, told, error);
    if (status == TB_OK)
        status = tb_follower_new(self->checked, self->head.context, self, in_sight, &self->follower,
                                 error);
    if (status != TB_OK)
        return status;
    tb_calls_init(&calls);
    self->view.language = tb_checked_language(self->checked);
    tb_findings_view_init(&calls, &self->view, plan);
    return tb_calls_done(&calls, error);
}

void tb_findings_pane_close(tb_findings_pane *self)
{
    tb_calls calls;
    self->is_closed = true;
    if (self->checked != NULL)
        tb_checked_unwatch(self->checked, self);
    tb_follower_free(self->follower);
    self->follower = NULL;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->view.window, TB_XComponent_dispose, NULL);
    tb_calls_done(&calls, NULL);
    tb_object_clear(&self->view.window);
}

void tb_findings_pane_done(tb_findings_pane *self)
{
    tb_follower_free(self->follower);
    tb_object_clear(&self->view.window);
    tb_object_clear(&self->frame);
    tb_findings_view_done(&self->view);
    tb_checked_unref(self->checked);
}

/* ---- the selected finding ---- */

static size_t place_of(const tb_findings_pane *self, const tb_finding *finding)
{
    return (size_t)(finding - tb_checked_result(self->checked)->findings);
}

static const tb_finding *find_by_name(tb_findings_pane *self, const char *name)
{
    return tb_checked_result(self->checked) == NULL
               ? NULL
               : tb_session_find(tb_checked_session(self->checked), name);
}

const tb_finding *tb_findings_pane_selected(tb_findings_pane *self)
{
    tb_calls calls;
    if (self->is_closed || tb_checked_result(self->checked) == NULL)
        return NULL;
    tb_calls_init(&calls);
    const tb_finding *finding = tb_findings_view_selected(&calls, &self->view);
    tb_calls_done(&calls, NULL);
    return finding;
}

/* A name is kept while nothing is selected, too: what it names may come back. */
static void show_details(tb_findings_pane *self)
{
    tb_calls calls;
    if (self->is_closed || self->is_filling)
        return;
    const tb_finding *finding = tb_findings_pane_selected(self);
    if (finding != NULL) {
        self->place = place_of(self, finding);
        tb_session_name_finding(tb_checked_session(self->checked), finding, self->selected);
    }
    tb_calls_init(&calls);
    tb_findings_view_details(&calls, &self->view, finding);
    tb_calls_done(&calls, NULL);
    if (self->details_shown != NULL)
        self->details_shown(self, finding);
}

void tb_findings_pane_jump(tb_findings_pane *self)
{
    tb_error error;
    const tb_finding *finding = tb_findings_pane_selected(self);
    if (finding == NULL)
        return;
    tb_str sheet = tb_session_sheet_name(tb_checked_session(self->checked), finding->at);
    if (tb_jump_to_cell(tb_checked_document(self->checked), sheet, finding->at, &error) != TB_OK)
        tb_findings_pane_note(self, &error);
}

void tb_findings_pane_step(tb_findings_pane *self, int by)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_findings_view_step(&calls, &self->view, by);
    tb_calls_done(&calls, NULL);
    tb_findings_pane_jump(self);
}

/* ---- results ---- */

/* The finding that is selected in a new result: the same as before, or what is in its place. */
static const tb_finding *find_selected(tb_findings_pane *self, const tb_result *result)
{
    const tb_finding *same = find_by_name(self, self->selected);
    if (same != NULL || result->finding_count == 0)
        return same;
    size_t last = result->finding_count - 1;
    return &result->findings[self->place < last ? self->place : last];
}

static void show_result(tb_findings_pane *self, tb_calls *calls, const tb_result *result)
{
    const tb_finding *finding = find_selected(self, result);
    tb_findings_view_fill(calls, &self->view, tb_checked_session(self->checked), result);
    if (finding != NULL)
        tb_findings_view_select(calls, &self->view, finding);
}

void tb_findings_pane_show(tb_findings_pane *self)
{
    tb_calls calls;
    if (self->is_closed || tb_checked_generation(self->checked) == 0)
        return;
    tb_calls_init(&calls);
    self->is_filling = true;
    const tb_result *result = tb_checked_result(self->checked);
    if (result == NULL)
        show_error(self, &calls, tb_checked_error(self->checked), tb_findings_view_message);
    else
        show_result(self, &calls, result);
    tb_calls_done(&calls, NULL);
    self->is_filling = false;
    if (result != NULL)
        show_details(self);
}

void tb_findings_pane_check(tb_findings_pane *self)
{
    tb_checked_run(self->checked, NULL);
}

const tb_finding *tb_findings_pane_check_for(tb_findings_pane *self, const char *name)
{
    tb_checked_run(self->checked, NULL);
    return find_by_name(self, name);
}

/* ---- what the window tells ---- */

tb_status tb_findings_pane_selection_changed(tb_object *object, void *result TB_UNUSED,
                                             void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    show_details((tb_findings_pane *)object);
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

tb_status tb_findings_pane_mouse_pressed(tb_object *object, void *result TB_UNUSED,
                                         void **arguments, tb_error *error TB_UNUSED)
{
    if (((const mouse_event *)arguments[0])->clicks == 2)
        tb_findings_pane_jump((tb_findings_pane *)object);
    return TB_OK;
}

tb_status tb_findings_pane_resized(tb_object *object, void *result TB_UNUSED,
                                   void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    tb_findings_pane *self = (tb_findings_pane *)object;
    tb_calls calls;
    if (self->is_closed || self->view.plan == NULL)
        return TB_OK;
    tb_calls_init(&calls);
    bool fill_again = tb_findings_view_resize(&calls, &self->view);
    tb_calls_done(&calls, NULL);
    if (fill_again)
        tb_findings_pane_show(self);
    return TB_OK;
}
