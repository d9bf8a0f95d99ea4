/*
 * What a sender does with the outbox: take an item, keep it, say how it ended.
 *
 * Clocks jump. A time in the future counts only as far as the wait that led to it: an item that is
 * due in a year although it was to wait for a minute is due now.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "send/outbox_parts.h"

#define LEASE_TIME ((int64_t)120000) /* milliseconds; renewed every few seconds */

/* Which items a filter and a reach mean: ?1 to ?3. */
#define MEANT                                                                                      \
    "(?1='' OR substr(id,1,length(?1))=?1) AND (?2='' OR destination=?2) AND "                     \
    "(state NOT IN ('refused','delivered') OR (state='refused' AND ?3>=1) OR "                     \
    "(state='delivered' AND ?3>=2))"

static tb_status run_meant(tb_outbox *outbox, const char *sql, const tb_outbox_filter *filter,
                           tb_outbox_reach reach, const char *owner, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database, sql);
    tb_query_cstr(&query, filter->id);
    tb_query_cstr(&query, filter->destination);
    tb_query_int(&query, reach);
    if (owner != NULL)
        tb_query_cstr(&query, owner);
    return tb_query_run(&query, error);
}

tb_status tb_outbox_send_now(tb_outbox *outbox, const tb_outbox_filter *filter,
                             tb_outbox_reach reach, size_t *ret_count, tb_error *error)
{
    tb_status status = tb_outbox__show_life(outbox, error);
    if (status == TB_OK)
        status = run_meant(outbox,
                           "INSERT OR IGNORE INTO batch SELECT ?4, id FROM submission WHERE " MEANT,
                           filter, reach, outbox->owner, error);
    if (status == TB_OK)
        status = run_meant(outbox,
                           "UPDATE submission SET next_try=0, wait=0, attempts=0, state=CASE state "
                           "WHEN 'sending' THEN state ELSE 'queued' END WHERE " MEANT,
                           filter, reach, NULL, error);
    if (status == TB_OK && ret_count != NULL)
        *ret_count = (size_t)sqlite3_changes(outbox->database);
    return status;
}

/* ---- what senders that are no more have left ---- */

static tb_status free_items_of(tb_outbox *outbox, tb_str owner, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "UPDATE submission SET state='queued', owner='', lease_until=0 "
                   "WHERE state='sending' AND owner=?");
    tb_query_text(&query, owner);
    return tb_query_run(&query, error);
}

/* Who can be locked is no more. */
static tb_status free_if_gone(tb_outbox *outbox, const char *owner, tb_error *error)
{
    tb_buffer path;
    tb_file_lock lock;
    tb_status status = TB_OK;
    tb_outbox__path(outbox, TB_OUTBOX_OWNERS, owner, &path);
    if (!path.failed && tb_platform_lock(path.data, &lock)) {
        status = free_items_of(outbox, tb_str_of(owner), error);
        tb_outbox__forget_batch(outbox, owner);
        remove(path.data);
        tb_platform_unlock(&lock);
    }
    tb_buffer_done(&path);
    return status;
}

static tb_status free_of_gone(tb_outbox *outbox, tb_arena *arena, tb_error *error)
{
    enum { MOST = 64 };
    tb_str owners[MOST];
    size_t count = 0;
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "SELECT owner FROM submission WHERE state='sending' AND owner<>?1 "
                   "UNION SELECT owner FROM batch WHERE owner<>?1");
    tb_query_cstr(&query, outbox->owner);
    while (count < MOST && tb_query_next(&query)) {
        owners[count] = tb_arena_dup(arena, tb_query_get_text(&query, 0));
        count += owners[count].data != NULL;
    }
    tb_status status = tb_query_end(&query, error);
    for (size_t i = 0; i < count && status == TB_OK; i++)
        status = free_if_gone(outbox, owners[i].data, error);
    return status;
}

static tb_status has_row(tb_outbox *outbox, tb_str id, bool *ret, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database, "SELECT 1 FROM submission WHERE id=?");
    tb_query_text(&query, id);
    *ret = tb_query_next(&query);
    return tb_query_end(&query, error);
}

/* Copies whose row was never made. Adding is one turn, so that in ours nobody is in the middle. */
static tb_status remove_orphans(tb_outbox *outbox, tb_arena *arena, tb_error *error)
{
    tb_buffer path;
    tb_str *names = NULL;
    size_t count = 0;
    tb_outbox__path(outbox, TB_OUTBOX_COPIES, NULL, &path);
    tb_status status = path.failed
                           ? tb_error_memory(error)
                           : tb_platform_list_folder(path.data, arena, &names, &count, error);
    tb_buffer_done(&path);
    for (size_t i = 0; i < count && status == TB_OK; i++) {
        bool known = true;
        status = has_row(outbox, names[i], &known, error);
        if (status != TB_OK || known)
            continue;
        tb_outbox__path(outbox, TB_OUTBOX_COPIES, names[i].data, &path);
        if (!path.failed)
            remove(path.data);
        tb_buffer_done(&path);
    }
    return status;
}

static tb_status clean(tb_outbox *outbox, tb_error *error)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_QUEUE_MEMORY);
    tb_status status = tb_outbox_begin(outbox, error);
    if (status == TB_OK) {
        status = free_of_gone(outbox, &arena, error);
        if (status == TB_OK)
            status = remove_orphans(outbox, &arena, error);
        status = tb_outbox_end(outbox, status, error);
    }
    tb_arena_done(&arena);
    return status;
}

tb_status tb_outbox_take_over(tb_outbox *outbox, tb_error *error)
{
    if (outbox->is_clean)
        return TB_OK;
    tb_status status = tb_outbox__show_life(outbox, error);
    if (status == TB_OK)
        status = clean(outbox, error);
    outbox->is_clean = status == TB_OK;
    return status;
}

/* ---- leases ---- */

/* A lease that the power takes away costs nothing but work, so alone it needs no flush of the disk.
 */
static void set_durable(tb_outbox *outbox, bool durable)
{
    if (sqlite3_get_autocommit(outbox->database) == 0)
        return;
    tb_query_once(outbox->database,
                  durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL", NULL);
}

static tb_status take_next(tb_outbox *outbox, const char *destination, tb_arena *arena,
                           tb_outbox_item *item, bool *ret_found, tb_error *error)
{
    tb_query query;
    tb_query_begin(
        &query, outbox->database,
        "UPDATE submission SET state='sending', owner=?1, lease_until=?2+?4, "
        "attempts=attempts+1 WHERE id=(SELECT id FROM submission WHERE " TB_OUTBOX_IN_BATCH
        "?1) AND "
        "destination=?3 AND ((state='queued' AND (next_try<=?2 OR next_try>?2+wait)) OR "
        "(state='sending' AND owner<>?1 AND (lease_until<=?2 OR lease_until>?2+?4))) "
        "ORDER BY attempts, rowid LIMIT 1) RETURNING " TB_OUTBOX_COLUMNS);
    tb_query_cstr(&query, outbox->owner);
    tb_query_int(&query, tb_platform_clock());
    tb_query_cstr(&query, destination);
    tb_query_int(&query, LEASE_TIME);
    bool kept = true;
    *ret_found = tb_query_next(&query);
    if (*ret_found) {
        tb_outbox__read_row(&query, item);
        kept = tb_outbox__keep_texts(item, arena);
    }
    while (tb_query_next(&query)) {
    }
    tb_status status = tb_query_end(&query, error);
    return status == TB_OK && !kept ? tb_error_memory(error) : status;
}

tb_status tb_outbox_lease(tb_outbox *outbox, const char *destination, tb_arena *arena,
                          tb_outbox_item **ret_item, tb_error *error)
{
    bool found = false;
    tb_outbox_item *item = tb_arena_alloc(arena, sizeof *item);
    if (item == NULL)
        return tb_error_memory(error);
    tb_status status = tb_outbox_take_over(outbox, error);
    if (status != TB_OK)
        return status;
    set_durable(outbox, false);
    status = take_next(outbox, destination, arena, item, &found, error);
    set_durable(outbox, true);
    if (status == TB_OK)
        *ret_item = found ? item : NULL;
    return status;
}

tb_status tb_outbox_renew(tb_outbox *outbox, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "UPDATE submission SET lease_until=?2+?3 WHERE state='sending' AND owner=?1");
    tb_query_cstr(&query, outbox->owner);
    tb_query_int(&query, tb_platform_clock());
    tb_query_int(&query, LEASE_TIME);
    return tb_query_run(&query, error);
}

/* ---- how it ended ---- */

/* Also when another sender took the item meanwhile: a receipt is a receipt. */
tb_status tb_outbox_delivered(tb_outbox *outbox, const char *id, tb_str receipt, tb_error *error)
{
    tb_query query;
    tb_query_begin(
        &query, outbox->database,
        "UPDATE submission SET state='delivered', receipt=?2, delivered_at=?3, owner='', "
        "lease_until=0, problem='none', detail='' WHERE id=?1");
    tb_query_cstr(&query, id);
    tb_query_text(&query, receipt);
    tb_query_int(&query, tb_platform_clock());
    return tb_query_run(&query, error);
}

tb_outbox_state tb_outbox_state_after(tb_problem problem)
{
    const tb_problem_facts *facts = tb_problem_get(problem);
    if (facts->actor == TB_ACTOR_TIME)
        return TB_OUTBOX_QUEUED;
    return facts->refusal ? TB_OUTBOX_REFUSED : TB_OUTBOX_NEEDS_YOU;
}

/* Only what is still ours: the other sender's result counts for what is not. */
tb_status tb_outbox_failed(tb_outbox *outbox, const char *id, tb_problem problem, tb_str detail,
                           int64_t wait, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "UPDATE submission SET state=?3, problem=?4, detail=?5, next_try=?6, wait=?7, "
                   "owner='', lease_until=0 WHERE id=?1 AND owner=?2 AND state='sending'");
    tb_query_cstr(&query, id);
    tb_query_cstr(&query, outbox->owner);
    tb_query_cstr(&query, tb_outbox_state_name(tb_outbox_state_after(problem)));
    tb_query_cstr(&query, tb_problem_get(problem)->name);
    tb_query_text(&query, detail);
    tb_query_int(&query, wait > 0 ? tb_platform_clock() + wait : 0);
    tb_query_int(&query, wait);
    return tb_query_run(&query, error);
}
