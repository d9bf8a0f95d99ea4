/*
 * A list under the lock. The office is called without it, for one listener after the other: each
 * call may add or remove some.
 */
#include "calc/command_listeners.h"

#include <stdlib.h>

#include "calc/uno/calls.h"
#include "calc/uno/lock.h"
#include "calc/uno/value.h"

struct tb_command_listener {
    tb_command_listener *next;
    uno_Interface *listener; /* owned */
    tb_command command;
    bool is_enabled; /* as it was told last */
    tb_url feature;  /* owned */
};

static void free_listener(tb_command_listener *one)
{
    tb_object_release(one->listener);
    uno_type_destructData(&one->feature, tb_library_type(TB_TYPE_URL, NULL), NULL);
    free(one);
}

static tb_command_listener *new_listener(uno_Interface *listener, tb_command command,
                                         const tb_url *feature, bool is_enabled)
{
    typelib_TypeDescriptionReference *type = tb_library_type(TB_TYPE_URL, NULL);
    tb_command_listener *one = type == NULL ? NULL : calloc(1, sizeof(*one));
    if (one == NULL)
        return NULL;
    tb_object_acquire(listener);
    one->listener = listener;
    one->command = command;
    one->is_enabled = is_enabled;
    uno_type_copyData(&one->feature, (void *)feature, type, NULL);
    return one;
}

/* One that is gone by now need not know. */
static void tell(uno_Interface *source, const tb_command_listener *one)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_state_event event = {.source = source,
                            .feature = one->feature,
                            .descriptor = tb_calls_text(&calls, TB_STR("")),
                            .is_enabled = one->is_enabled};
    uno_any_construct(&event.state, NULL, NULL, NULL);
    tb_uno_call(&calls, one->listener, TB_XStatusListener_statusChanged, TB_ARGS(&event));
    uno_any_destruct(&event.state, NULL);
    tb_calls_done(&calls, NULL);
}

tb_status tb_command_listeners_add(tb_command_listeners *listeners, uno_Interface *listener,
                                   tb_command command, const tb_url *feature, bool is_enabled,
                                   tb_error *error)
{
    tb_command_listener *kept = new_listener(listener, command, feature, is_enabled);
    tb_command_listener *told = new_listener(listener, command, feature, is_enabled);
    if (kept != NULL && told != NULL) {
        tb_lock();
        kept->next = listeners->first;
        listeners->first = kept;
        tb_unlock();
        tell(listeners->source, told);
        free_listener(told);
        return TB_OK;
    }
    if (kept != NULL)
        free_listener(kept);
    if (told != NULL)
        free_listener(told);
    return tb_error_memory(error);
}

void tb_command_listeners_remove(tb_command_listeners *listeners, const uno_Interface *listener,
                                 tb_command command)
{
    tb_command_listener *removed = NULL;
    tb_lock();
    for (tb_command_listener **link = &listeners->first; *link != NULL; link = &(*link)->next) {
        if ((*link)->listener != listener || (*link)->command != command)
            continue;
        removed = *link;
        *link = removed->next;
        break;
    }
    tb_unlock();
    if (removed != NULL)
        free_listener(removed);
}

/* A copy of the first one that knows an old state, which is new from now on; NULL for none. */
static tb_command_listener *take_outdated(tb_command_listeners *listeners, const bool *is_enabled)
{
    tb_command_listener *copy = NULL;
    tb_lock();
    for (tb_command_listener *one = listeners->first; one != NULL; one = one->next) {
        if (one->is_enabled == is_enabled[one->command])
            continue;
        one->is_enabled = is_enabled[one->command];
        copy = new_listener(one->listener, one->command, &one->feature, one->is_enabled);
        break;
    }
    tb_unlock();
    return copy;
}

void tb_command_listeners_tell(tb_command_listeners *listeners,
                               const bool is_enabled[TB_COMMAND_COUNT])
{
    tb_command_listener *one;
    while ((one = take_outdated(listeners, is_enabled)) != NULL) {
        tell(listeners->source, one);
        free_listener(one);
    }
}

bool tb_command_listeners_are_none(const tb_command_listeners *listeners)
{
    tb_lock();
    bool none = listeners->first == NULL;
    tb_unlock();
    return none;
}

void tb_command_listeners_done(tb_command_listeners *listeners)
{
    tb_lock();
    tb_command_listener *first = listeners->first;
    listeners->first = NULL;
    tb_unlock();
    while (first != NULL) {
        tb_command_listener *next = first->next;
        free_listener(first);
        first = next;
    }
}
