/*
 * The list of open documents holds one reference to each object, given up when the document goes.
 * The document tells of every change by one listener; those that our own check causes (cells with
 * TB_CHECK or TB_OPEN show another number) do not count.
 */
#include "calc/checked.h"

#include <stdlib.h>

#include "calc/commands.h"
#include "calc/office.h"
#include "calc/uno/calls.h"
#include "calc/uno/value.h"

typedef struct watcher {
    struct watcher *next;
    void *self;
    tb_checked_told told; /* NULL: has gone while others were told; freed after that */
} watcher;

struct tb_checked {
    tb_object head;
    tb_checked *next;        /* in `open_documents` */
    uno_Interface *document; /* its XInterface, which names it; owned */
    tb_language language;
    tb_session *session;
    const tb_result *result;
    tb_error error;
    uint64_t generation;
    bool is_stale, is_running, is_closed, was_form;
    bool is_read; /* the session is amid reading the document in steps */
    watcher *watchers;
    int telling; /* how many calls of tell() are at work */
};

static tb_checked *open_documents;

/* ---- watchers ---- */

static void sweep(tb_checked *self)
{
    for (watcher **link = &self->watchers; *link != NULL;) {
        watcher *each = *link;
        if (each->told != NULL) {
            link = &each->next;
            continue;
        }
        *link = each->next;
        free(each);
    }
}

/* A watcher may leave, or bring another one, while it is told. */
static void tell(tb_checked *self, tb_checked_event event)
{
    tb_object_ref(&self->head);
    self->telling++;
    for (watcher *each = self->watchers; each != NULL; each = each->next) {
        if (each->told != NULL)
            each->told(each->self, event);
    }
    if (--self->telling == 0)
        sweep(self);
    tb_object_unref(&self->head);
}

tb_status tb_checked_watch(tb_checked *self, void *watcher_self, tb_checked_told told,
                           tb_error *error)
{
    watcher *made = self->is_closed ? NULL : calloc(1, sizeof(*made));
    if (self->is_closed)
        return tb_error_set(error, TB_NOT_FOUND, TB_MSG_CALC_DOCUMENT_CLOSED, NULL);
    if (made == NULL)
        return tb_error_memory(error);
    *made = (watcher){self->watchers, watcher_self, told};
    self->watchers = made;
    return TB_OK;
}

void tb_checked_unwatch(tb_checked *self, const void *watcher_self)
{
    for (watcher *each = self->watchers; each != NULL; each = each->next) {
        if (each->self == watcher_self)
            each->told = NULL;
    }
    if (self->telling == 0)
        sweep(self);
}

/* ---- checking ---- */

static tb_status begin(tb_checked *self, tb_error *error)
{
    tb_status status = TB_OK;
    if (self->is_closed)
        return tb_error_set(error, TB_NOT_FOUND, TB_MSG_CALC_DOCUMENT_CLOSED, NULL);
    if (self->session == NULL)
        status = tb_session_new(self->head.context, self->language, &self->session, error);
    if (status == TB_OK)
        tb_session_begin(self->session, self->document);
    self->is_read = status == TB_OK;
    return status;
}

static void end(tb_checked *self)
{
    self->is_read = false;
    self->is_stale = false;
    self->generation++;
    self->was_form = self->was_form || (self->result != NULL && self->result->definition != NULL);
    tell(self, TB_CHECKED_RESULT);
    tb_commands_tell();
}

/* One step. Reading the document may run what asks for a check in turn: that one is at work
 * already, and what changes meanwhile is our own doing. */
static tb_status step(tb_checked *self, bool *ret_done, tb_error *error)
{
    const tb_result *result = NULL;
    tb_error failure = {.status = TB_OK};
    if (self->is_running)
        return TB_OK;
    tb_object_ref(&self->head);
    self->is_running = true;
    tb_status status = self->is_read ? TB_OK : begin(self, &failure);
    if (status == TB_OK)
        status = tb_session_step(self->session, &result, &failure);
    self->is_running = false;
    if (status != TB_OK || result != NULL) {
        self->result = result;
        self->error = failure;
        *ret_done = true;
        end(self);
    }
    if (status != TB_OK && error != NULL)
        *error = failure;
    tb_object_unref(&self->head);
    return status;
}

tb_status tb_checked_run(tb_checked *self, tb_error *error)
{
    tb_status status = TB_OK;
    bool done = self->is_running;
    self->is_read = self->is_read && self->is_running;
    while (status == TB_OK && !done)
        status = step(self, &done, error);
    return status;
}

tb_status tb_checked_step(tb_checked *self, bool *ret_done, tb_error *error)
{
    *ret_done = self->generation > 0 && !self->is_stale;
    return *ret_done || self->is_running ? TB_OK : step(self, ret_done, error);
}

tb_status tb_checked_refresh(tb_checked *self, tb_error *error)
{
    return self->result == NULL || self->is_stale ? tb_checked_run(self, error) : TB_OK;
}

/* ---- what the document tells ---- */

static tb_status modified(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                          tb_error *error TB_UNUSED)
{
    tb_checked *self = (tb_checked *)object;
    if (self->is_running || self->is_closed)
        return TB_OK;
    bool was_stale = self->is_stale;
    self->is_stale = true;
    self->is_read = false;
    tell(self, TB_CHECKED_EDITED);
    if (!was_stale)
        tb_commands_tell();
    return TB_OK;
}

static void forget(tb_checked *self)
{
    for (tb_checked **link = &open_documents; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            tb_object_unref(&self->head);
            return;
        }
    }
}

/* Whoever still holds the object has no result from now on. */
static tb_status disposing(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    tb_checked *self = (tb_checked *)object;
    if (self->is_closed)
        return TB_OK;
    self->is_closed = true;
    tell(self, TB_CHECKED_CLOSED);
    for (watcher *each = self->watchers; each != NULL; each = each->next)
        each->told = NULL;
    self->result = NULL;
    tb_object_clear(&self->document);
    forget(self);
    return TB_OK;
}

static void done(tb_object *object)
{
    tb_checked *self = (tb_checked *)object;
    for (watcher *each = self->watchers; each != NULL; each = each->next)
        each->told = NULL;
    sweep(self);
    tb_session_free(self->session);
    tb_object_clear(&self->document);
}

static const tb_method listener_methods[] = {
    {"modified", modified}, {"disposing", disposing}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.util.XModifyListener", listener_methods},
                                          {NULL, NULL}};

tb_class tb_checked_class = {.implementation = "org.tianbao.calc.Checked",
                             .interfaces = interfaces,
                             .size = sizeof(tb_checked),
                             .done = done};

/* ---- the open documents ---- */

static tb_checked *find_checked(const uno_Interface *document)
{
    tb_checked *each = open_documents;
    while (each != NULL && each->document != document)
        each = each->next;
    return each;
}

static tb_status new_checked(uno_Interface *context, uno_Interface *document, tb_calls *calls,
                             tb_checked **ret)
{
    tb_object *object;
    tb_status status = tb_object_new(&tb_checked_class, context, &object, &calls->error);
    if (status != TB_OK)
        return status;
    tb_checked *self = (tb_checked *)object;
    uno_Interface *own = tb_object_get_interface(object, "com.sun.star.util.XModifyListener");
    self->document = document;
    tb_object_acquire(document);
    self->language = tb_office_language(context);
    self->is_stale = true;
    tb_uno_call(calls, document, TB_XModifyBroadcaster_addModifyListener, TB_ARGS(&own));
    if (tb_calls_failed(calls)) {
        tb_object_unref(object);
        return calls->error.status;
    }
    self->next = open_documents;
    open_documents = self; /* the list's reference */
    *ret = self;
    return TB_OK;
}

tb_status tb_checked_get(uno_Interface *context, uno_Interface *document, tb_checked **ret_checked,
                         tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *name = tb_calls_query(&calls, document, TB_TYPE_INTERFACE);
    tb_checked *found = name == NULL ? NULL : find_checked(name);
    if (name == NULL && !tb_calls_failed(&calls))
        tb_error_set(&calls.error, TB_NOT_FOUND, TB_MSG_CALC_DOCUMENT_CLOSED, NULL);
    if (found == NULL && !tb_calls_failed(&calls))
        new_checked(context, name, &calls, &found);
    if (found != NULL) {
        tb_object_ref(&found->head);
        *ret_checked = found;
    }
    return tb_calls_done(&calls, error);
}

const tb_checked *tb_checked_find(tb_calls *calls, uno_Interface *document)
{
    uno_Interface *name = tb_calls_query(calls, document, TB_TYPE_INTERFACE);
    return name == NULL ? NULL : find_checked(name);
}

void tb_checked_ref(tb_checked *self)
{
    tb_object_ref(&self->head);
}

void tb_checked_unref(tb_checked *self)
{
    if (self != NULL)
        tb_object_unref(&self->head);
}

/* ---- asking ---- */

const tb_result *tb_checked_result(const tb_checked *self)
{
    return self->result;
}

const tb_error *tb_checked_error(const tb_checked *self)
{
    return &self->error;
}

uint64_t tb_checked_generation(const tb_checked *self)
{
    return self->generation;
}

bool tb_checked_is_stale(const tb_checked *self)
{
    return self->is_stale;
}

bool tb_checked_was_form(const tb_checked *self)
{
    return self->was_form;
}

bool tb_checked_is_closed(const tb_checked *self)
{
    return self->is_closed;
}

tb_session *tb_checked_session(const tb_checked *self)
{
    return self->session;
}

uno_Interface *tb_checked_document(const tb_checked *self)
{
    return self->document;
}

tb_language tb_checked_language(const tb_checked *self)
{
    return self->language;
}
