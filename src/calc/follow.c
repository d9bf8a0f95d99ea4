/*
 * An edit sets the alarm anew; when it rings, one sheet is read, and then there is a short pause in
 * which the office gets to what has come in, until all is read and checked.
 */
#include "calc/follow.h"

#include <stdlib.h>

#include "calc/alarm.h"
#include "calc/uno/calls.h"

/* In milliseconds. Together with the reading they stay under a second. */
enum { QUIET = 250, PAUSE = 8, OUT_OF_SIGHT = 1000 };

struct tb_follower {
    tb_checked *checked; /* owned */
    tb_alarm *alarm;
    void *viewer;
    tb_follower_in_sight in_sight;
};

/* A script that locks the views has not finished its changes. */
static bool is_busy(const tb_follower *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    bool busy = tb_uno_call_boolean(&calls, tb_checked_document(self->checked),
                                    TB_XModel_hasControllersLocked, NULL);
    tb_calls_done(&calls, NULL);
    return busy;
}

/* Whoever is told of a result may free this; as long as it is not done, nobody is told. */
static void check_on(void *data)
{
    tb_follower *self = data;
    bool is_done = false;
    if (tb_checked_is_closed(self->checked) || !tb_checked_is_stale(self->checked))
        return;
    if (!self->in_sight(self->viewer)) {
        tb_alarm_set(self->alarm, OUT_OF_SIGHT);
        return;
    }
    if (is_busy(self)) {
        tb_alarm_set(self->alarm, QUIET);
        return;
    }
    tb_checked_step(self->checked, &is_done, NULL);
    if (!is_done)
        tb_alarm_set(self->alarm, PAUSE);
}

static void told(void *watcher, tb_checked_event event)
{
    tb_follower *self = watcher;
    if (event == TB_CHECKED_EDITED && tb_checked_was_form(self->checked))
        tb_alarm_set(self->alarm, QUIET);
    else if (event != TB_CHECKED_EDITED)
        tb_alarm_cancel(self->alarm);
}

tb_status tb_follower_new(tb_checked *checked, uno_Interface *context, void *viewer,
                          tb_follower_in_sight in_sight, tb_follower **ret_follower,
                          tb_error *error)
{
    tb_follower *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return tb_error_memory(error);
    self->checked = checked;
    self->viewer = viewer;
    self->in_sight = in_sight;
    tb_checked_ref(checked);
    tb_status status = tb_alarm_new(context, self, check_on, &self->alarm, error);
    if (status == TB_OK)
        status = tb_checked_watch(checked, self, told, error);
    if (status != TB_OK) {
        tb_follower_free(self);
        return status;
    }
    if (tb_checked_was_form(checked) && tb_checked_is_stale(checked))
        tb_alarm_set(self->alarm, PAUSE);
    *ret_follower = self;
    return TB_OK;
}

void tb_follower_free(tb_follower *self)
{
    if (self == NULL)
        return;
    tb_checked_unwatch(self->checked, self);
    tb_alarm_free(self->alarm);
    tb_checked_unref(self->checked);
    free(self);
}
