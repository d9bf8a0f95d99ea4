/*
 * The thread sleeps until the time has come, hands a callback to the main loop and ends. Nobody
 * waits for it: the main loop may hold the office's lock, which the handing over needs. What it
 * handed over and what was cancelled after that is told apart by a number.
 */
#include "calc/alarm.h"

#include <osl/conditn.h>
#include <osl/thread.h>
#include <osl/time.h>

#include "calc/uno/calls.h"
#include "calc/uno/lock.h"
#include "calc/uno/value.h"

struct tb_alarm {
    tb_object head;
    uno_Interface *loop; /* the office's AsyncCallback; owned */
    void *self;          /* not touched any more once it is freed */
    tb_alarm_ring ring;  /* NULL: freed */
    /* Under the lock from here on. */
    oslCondition changed;
    bool is_set, has_thread;
    sal_uInt32 deadline; /* in the office's milliseconds, which go round */
    sal_Int32 number;    /* of the last setting or cancelling */
};

/* ---- the thread ---- */

/* Waits until the alarm is due, and gives its number; false when it was cancelled. */
static bool wait_until_due(tb_alarm *self, sal_Int32 *ret_number)
{
    tb_lock();
    while (self->is_set) {
        sal_Int32 left = (sal_Int32)(self->deadline - osl_getGlobalTimer());
        if (left <= 0)
            break;
        TimeValue pause = {(sal_uInt32)left / 1000, (sal_uInt32)left % 1000 * 1000000};
        osl_resetCondition(self->changed);
        tb_unlock();
        osl_waitCondition(self->changed, &pause);
        tb_lock();
    }
    bool due = self->is_set;
    *ret_number = self->number;
    self->is_set = false;
    self->has_thread = false;
    tb_unlock();
    return due;
}

/* An office that is shutting down refuses, and then nothing is left to be done. */
static void hand_over(tb_alarm *self, sal_Int32 number)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *own = tb_object_get_interface(&self->head, "com.sun.star.awt.XCallback");
    uno_Any *data = tb_calls_any(&calls, TB_TYPE_LONG, &number);
    tb_uno_call(&calls, self->loop, TB_XRequestCallback_addCallback, TB_ARGS(&own, data));
    tb_calls_done(&calls, NULL);
}

static void SAL_CALL run_thread(void *data)
{
    tb_alarm *self = data;
    sal_Int32 number;
    if (wait_until_due(self, &number))
        hand_over(self, number);
    tb_object_unref(&self->head);
}

/* A thread that cannot be made is an alarm that does not ring. */
static void start_thread(tb_alarm *self)
{
    tb_object_ref(&self->head);
    oslThread thread = osl_createThread(run_thread, self);
    if (thread != NULL) {
        osl_destroyThread(thread); /* it goes on by itself */
        return;
    }
    tb_lock();
    self->is_set = self->has_thread = false;
    tb_unlock();
    tb_object_unref(&self->head);
}

/* ---- the main loop ---- */

/* XCallback */
static tb_status notify(tb_object *object, void *result TB_UNUSED, void **arguments,
                        tb_error *error TB_UNUSED)
{
    tb_alarm *self = (tb_alarm *)object;
    sal_Int32 number;
    if (!tb_any_long(arguments[0], &number))
        return TB_OK;
    tb_lock();
    bool current = number == self->number;
    tb_unlock();
    if (current && self->ring != NULL)
        self->ring(self->self);
    return TB_OK;
}

static void done(tb_object *object)
{
    tb_alarm *self = (tb_alarm *)object;
    tb_object_clear(&self->loop);
    osl_destroyCondition(self->changed);
}

static const tb_method callback_methods[] = {{"notify", notify}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.awt.XCallback", callback_methods},
                                          {NULL, NULL}};

tb_class tb_alarm_class = {.implementation = "org.tianbao.calc.Alarm",
                           .interfaces = interfaces,
                           .size = sizeof(tb_alarm),
                           .done = done};

tb_status tb_alarm_new(uno_Interface *context, void *self_of_ring, tb_alarm_ring ring,
                       tb_alarm **ret_alarm, tb_error *error)
{
    tb_object *object;
    tb_calls calls;
    tb_status status = tb_object_new(&tb_alarm_class, context, &object, error);
    if (status != TB_OK)
        return status;
    tb_alarm *self = (tb_alarm *)object;
    tb_calls_init(&calls);
    self->loop = tb_service(&calls, context, "com.sun.star.awt.AsyncCallback", NULL);
    tb_object_acquire(self->loop);
    self->self = self_of_ring;
    self->ring = ring;
    self->changed = osl_createCondition();
    status = tb_calls_done(&calls, error);
    if (status == TB_OK)
        *ret_alarm = self;
    else
        tb_object_unref(object);
    return status;
}

void tb_alarm_free(tb_alarm *self)
{
    if (self == NULL)
        return;
    self->ring = NULL;
    tb_alarm_cancel(self);
    tb_object_unref(&self->head);
}

void tb_alarm_set(tb_alarm *self, uint32_t milliseconds)
{
    tb_lock();
    bool needs_thread = !self->has_thread;
    self->is_set = self->has_thread = true;
    self->number++;
    self->deadline = osl_getGlobalTimer() + milliseconds;
    osl_setCondition(self->changed);
    tb_unlock();
    if (needs_thread)
        start_thread(self);
}

void tb_alarm_cancel(tb_alarm *self)
{
    tb_lock();
    self->is_set = false;
    self->number++;
    osl_setCondition(self->changed);
    tb_unlock();
}
