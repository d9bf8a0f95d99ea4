/*
 * The list of all questions owns one reference to each, given up with the last listener: Calc
 * takes its listener away when the document closes. No lock is held while a listener is told, who
 * takes the office's own.
 */
#include "calc/functions/volatile.h"

#include <stdlib.h>

#include "calc/uno/calls.h"
#include "calc/uno/lock.h"
#include "calc/uno/value.h"

/* com.sun.star.sheet.ResultEvent */
typedef struct result_event {
    uno_Interface *source;
    uno_Any value;
} result_event;

typedef struct listener {
    struct listener *next;
    uno_Interface *told; /* owned */
} listener;

typedef struct question {
    tb_object head;
    struct question *next; /* in `questions` */
    tb_question asked;     /* its texts are owned */
    tb_question_answer answer;
    listener *listeners; /* owned */
} question;

static question *questions; /* under the lock, as their listeners are */

static void tell(uno_Interface *told, double value)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const uno_Any *any = tb_calls_any(&calls, TB_TYPE_DOUBLE, &value);
    if (any != NULL) {
        result_event event = {NULL, *any};
        tb_uno_call(&calls, told, TB_XResultListener_modified, TB_ARGS(&event));
    }
    tb_calls_done(&calls, NULL);
}

/* XVolatileResult */

static tb_status add_listener(tb_object *object, void *result TB_UNUSED, void **arguments,
                              tb_error *error)
{
    question *self = (question *)object;
    double value;
    listener *added = calloc(1, sizeof *added);
    if (added == NULL)
        return tb_error_memory(error);
    added->told = *(uno_Interface **)arguments[0];
    tb_object_acquire(added->told);
    tb_lock();
    added->next = self->listeners;
    self->listeners = added;
    tb_unlock();
    if (self->answer(&self->asked, &value))
        tell(*(uno_Interface **)arguments[0], value);
    return TB_OK;
}

/* Under the lock. */
static listener *unlink_listener(question *self, const uno_Interface *told)
{
    for (listener **link = &self->listeners; *link != NULL; link = &(*link)->next) {
        listener *found = *link;
        if (found->told != told)
            continue;
        *link = found->next;
        return found;
    }
    return NULL;
}

/* Under the lock. True when it was in the list, whose reference is the caller's then. */
static bool unlink_question(const question *self)
{
    for (question **link = &questions; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            return true;
        }
    }
    return false;
}

static tb_status remove_listener(tb_object *object, void *result TB_UNUSED, void **arguments,
                                 tb_error *error TB_UNUSED)
{
    question *self = (question *)object;
    tb_lock();
    listener *removed = unlink_listener(self, *(uno_Interface **)arguments[0]);
    bool forgotten = self->listeners == NULL && unlink_question(self);
    tb_unlock();
    if (removed != NULL)
        tb_object_release(removed->told);
    free(removed);
    if (forgotten)
        tb_object_unref(object);
    return TB_OK;
}

static void done(tb_object *object)
{
    question *self = (question *)object;
    while (self->listeners != NULL) {
        listener *last = self->listeners;
        self->listeners = last->next;
        tb_object_release(last->told);
        free(last);
    }
    rtl_uString_release(self->asked.document);
    rtl_uString_release(self->asked.argument);
}

static const tb_method result_methods[] = {
    {"addResultListener", add_listener}, {"removeResultListener", remove_listener}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.sheet.XVolatileResult", result_methods},
                                          {NULL, NULL}};

tb_class tb_volatile_class = {.implementation = "org.tianbao.calc.VolatileResult",
                              .interfaces = interfaces,
                              .size = sizeof(question),
                              .done = done};

/* Questions */

/* Under the lock. A new reference, or NULL. */
static tb_object *find_question(const tb_question *asked)
{
    for (question *known = questions; known != NULL; known = known->next) {
        if (known->asked.kind == asked->kind &&
            tb_text_equal(known->asked.document, asked->document) &&
            tb_text_equal(known->asked.argument, asked->argument)) {
            tb_object_ref(&known->head);
            return &known->head;
        }
    }
    return NULL;
}

tb_status tb_volatile_get(const tb_question *asked, tb_question_answer answer,
                          tb_object **ret_object, tb_error *error)
{
    tb_lock();
    *ret_object = find_question(asked);
    tb_unlock();
    if (*ret_object != NULL)
        return TB_OK;
    tb_status status = tb_object_new(&tb_volatile_class, NULL, ret_object, error);
    if (status != TB_OK)
        return status;
    question *made = (question *)*ret_object;
    made->asked = *asked;
    made->answer = answer;
    rtl_uString_acquire(made->asked.document);
    rtl_uString_acquire(made->asked.argument);
    tb_object_ref(&made->head);
    tb_lock();
    made->next = questions;
    questions = made;
    tb_unlock();
    return TB_OK;
}

/* The document's questions, each with a new reference, in an array that ends with NULL and is the
 * caller's; NULL when memory ran out. */
static question **questions_of(const rtl_uString *document)
{
    size_t count = 0;
    tb_lock();
    for (const question *known = questions; known != NULL; known = known->next)
        count++;
    question **found = calloc(count + 1, sizeof *found);
    size_t next = 0;
    for (question *known = questions; known != NULL && found != NULL; known = known->next) {
        if (!tb_text_equal(known->asked.document, document))
            continue;
        tb_object_ref(&known->head);
        found[next++] = known;
    }
    tb_unlock();
    return found;
}

/* The listener at that place; a new reference, or NULL. */
static uno_Interface *next_listener(const question *self, size_t place)
{
    uno_Interface *told = NULL;
    tb_lock();
    const listener *at = self->listeners;
    for (size_t i = 0; i < place && at != NULL; i++)
        at = at->next;
    if (at != NULL)
        told = at->told;
    tb_object_acquire(told);
    tb_unlock();
    return told;
}

void tb_volatile_tell(const rtl_uString *document)
{
    question **all = questions_of(document);
    for (question **each = all; each != NULL && *each != NULL; each++) {
        double value;
        bool answered = (*each)->answer(&(*each)->asked, &value);
        uno_Interface *told;
        for (size_t i = 0; answered && (told = next_listener(*each, i)) != NULL; i++) {
            tell(told, value);
            tb_object_release(told);
        }
        tb_object_unref(&(*each)->head);
    }
    free(all);
}
