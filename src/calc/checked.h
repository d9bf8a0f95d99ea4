/*
 * What is known of an open document: its session and its last result, one object for each document
 * whichever window or command asks. Whoever shows a result watches it and is told of new ones.
 * It listens to the document and goes with it. To be called in the office's main loop.
 */
#ifndef TB_CALC_CHECKED_H
#define TB_CALC_CHECKED_H

#include "calc/session.h"
#include "calc/uno/calls.h"
#include "calc/uno/object.h"

typedef struct tb_checked tb_checked;

typedef enum tb_checked_event {
    TB_CHECKED_RESULT, /* a check has ended: with a result, or with a failure and none */
    TB_CHECKED_EDITED, /* the document was changed; told at every change, so do little */
    TB_CHECKED_CLOSED  /* the document goes: the last event, there is nothing to unwatch then */
} tb_checked_event;

typedef void (*tb_checked_told)(void *watcher, tb_checked_event event);

/* The document's object, made at the first use. The caller gives the reference back. */
tb_status tb_checked_get(uno_Interface *context, uno_Interface *document, tb_checked **ret_checked,
                         tb_error *error);
/* The same without making one: borrowed, NULL for none. */
const tb_checked *tb_checked_find(tb_calls *calls, uno_Interface *document);
void tb_checked_ref(tb_checked *checked);
void tb_checked_unref(tb_checked *checked); /* NULL is fine */

/* From now on `told` is called with `watcher`, which is also the name to unwatch by. */
tb_status tb_checked_watch(tb_checked *checked, void *watcher, tb_checked_told told,
                           tb_error *error);
void tb_checked_unwatch(tb_checked *checked, const void *watcher);

/* Checks the document as it is now. The watchers hear of it before this returns, of a failure
 * too. */
tb_status tb_checked_run(tb_checked *checked, tb_error *error);
/* The same, unless the last result is still true of the document. */
tb_status tb_checked_refresh(tb_checked *checked, tb_error *error);

/* Checks a little at a time, a sheet at a call: for those who do it unasked and must not hold the
 * user up. *ret_done tells that the last result is true of the document, with watchers told. An
 * edit in between makes it begin again; several who do it help each other. */
tb_status tb_checked_step(tb_checked *checked, bool *ret_done, tb_error *error);

/* The last result, good until the next check; NULL before the first one, after a failure and when
 * the document has gone. */
const tb_result *tb_checked_result(const tb_checked *checked);
/* Why there is no result; TB_OK where there is one or nobody has checked. */
const tb_error *tb_checked_error(const tb_checked *checked);
/* How many checks have ended: another number, another result. */
uint64_t tb_checked_generation(const tb_checked *checked);
/* Whether the document was changed since the last check, or was not checked at all. */
bool tb_checked_is_stale(const tb_checked *checked);
/* Whether some check so far knew the document as a form. */
bool tb_checked_was_form(const tb_checked *checked);
bool tb_checked_is_closed(const tb_checked *checked);

/* Borrowed. The session is NULL before the first check. */
tb_session *tb_checked_session(const tb_checked *checked);
uno_Interface *tb_checked_document(const tb_checked *checked);
tb_language tb_checked_language(const tb_checked *checked);

extern tb_class tb_checked_class;

#endif
