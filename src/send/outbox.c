/*
 * The outbox' folder and database: opening, adding, removing.
 */
#include "send/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "send/outbox_parts.h"

#define MAX_PATH_SIZE ((size_t)1 << 16)
#define WAIT_FOR_LOCK 30000 /* milliseconds that a writer waits for others */

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS submission("
    "id TEXT PRIMARY KEY, replaces TEXT NOT NULL, destination TEXT NOT NULL, source TEXT NOT NULL, "
    "file_name TEXT NOT NULL, name TEXT NOT NULL, suffix TEXT NOT NULL, form TEXT NOT NULL, "
    "version TEXT NOT NULL, definition BLOB NOT NULL, unit TEXT NOT NULL, year TEXT NOT NULL, "
    "sha256 BLOB NOT NULL, size INTEGER NOT NULL, report TEXT NOT NULL, state TEXT NOT NULL, "
    "problem TEXT NOT NULL DEFAULT 'none', detail TEXT NOT NULL DEFAULT '', "
    "attempts INTEGER NOT NULL DEFAULT 0, queued_at INTEGER NOT NULL, "
    "next_try INTEGER NOT NULL DEFAULT 0, wait INTEGER NOT NULL DEFAULT 0, "
    "delivered_at INTEGER NOT NULL DEFAULT 0, receipt TEXT NOT NULL DEFAULT '', "
    "owner TEXT NOT NULL DEFAULT '', "
    "lease_until INTEGER NOT NULL DEFAULT 0)";

/* Which sender wants which: one may be wanted by two. */
static const char batch_schema[] = "CREATE TABLE IF NOT EXISTS batch(owner TEXT NOT NULL, "
                                   "id TEXT NOT NULL, PRIMARY KEY(owner, id)) WITHOUT ROWID";

static const char *const further_schema[] = {
    batch_schema,
    "CREATE INDEX IF NOT EXISTS submission_bytes ON submission(destination, sha256)",
    "CREATE INDEX IF NOT EXISTS submission_source ON submission(destination, source)",
    "CREATE INDEX IF NOT EXISTS submission_replaces ON submission(replaces)",
};

/* ---- opening ---- */

static void default_folder(tb_buffer *out)
{
    const char *data = getenv("XDG_DATA_HOME");
    if (data != NULL && *data == '/') {
        tb_buffer_cstr(out, data);
    } else {
        const char *home = getenv("HOME");
        tb_buffer_cstr(out, home != NULL ? home : "");
        tb_buffer_cstr(out, "/.local/share");
    }
    tb_buffer_cstr(out, "/tianbao/outbox");
}

void tb_outbox__path(const tb_outbox *outbox, const char *part, const char *name, tb_buffer *out)
{
    tb_buffer_init(out, MAX_PATH_SIZE);
    tb_buffer_text(out, tb_buffer_get(&outbox->folder));
    tb_buffer_char(out, '/');
    tb_buffer_cstr(out, part);
    if (name != NULL) {
        tb_buffer_char(out, '/');
        tb_buffer_cstr(out, name);
    }
}

static tb_status make_folders(const tb_outbox *outbox, tb_error *error)
{
    static const char *const parts[] = {TB_OUTBOX_COPIES, TB_OUTBOX_OWNERS};
    tb_status status = TB_OK;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == TB_OK; i++) {
        tb_buffer path;
        tb_outbox__path(outbox, parts[i], NULL, &path);
        status = path.failed ? tb_error_memory(error) : tb_platform_make_path(path.data, error);
        tb_buffer_done(&path);
    }
    return status;
}

static tb_status make_tables(sqlite3 *database, tb_error *error)
{
    tb_status status = tb_query_once(database, "PRAGMA journal_mode=WAL", error);
    if (status == TB_OK)
        status = tb_query_once(database, "PRAGMA synchronous=FULL", error);
    if (status == TB_OK)
        status = tb_query_once(database, schema, error);
    for (size_t i = 0; i < sizeof further_schema / sizeof further_schema[0] && status == TB_OK; i++)
        status = tb_query_once(database, further_schema[i], error);
    return status;
}

static tb_status open_database(tb_outbox *outbox, tb_error *error)
{
    tb_buffer path;
    tb_outbox__path(outbox, "outbox.db", NULL, &path);
    if (path.failed) {
        tb_buffer_done(&path);
        return tb_error_memory(error);
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int result = sqlite3_open_v2(path.data, &outbox->database, flags, NULL);
    tb_buffer_done(&path);
    if (result != SQLITE_OK)
        return tb_query_failed(outbox->database, result, error);
    sqlite3_busy_timeout(outbox->database, WAIT_FOR_LOCK);
    return make_tables(outbox->database, error);
}

static tb_status open_outbox(tb_outbox *outbox, const char *folder, tb_error *error)
{
    tb_buffer_init(&outbox->folder, MAX_PATH_SIZE);
    outbox->lock.file = -1;
    if (folder != NULL)
        tb_buffer_cstr(&outbox->folder, folder);
    else
        default_folder(&outbox->folder);
    if (outbox->folder.failed)
        return tb_error_memory(error);
    if (!tb_make_uuid(outbox->owner))
        return tb_error_set(error, TB_IO, TB_MSG_SEND_NO_CHANCE, NULL);
    tb_status status = make_folders(outbox, error);
    return status == TB_OK ? open_database(outbox, error) : status;
}

tb_status tb_outbox_open(const char *folder, tb_outbox **ret_outbox, tb_error *error)
{
    tb_outbox *outbox = calloc(1, sizeof *outbox);
    if (outbox == NULL)
        return tb_error_memory(error);
    tb_status status = open_outbox(outbox, folder, error);
    if (status == TB_OK) {
        *ret_outbox = outbox;
    } else {
        tb_error_locate(error, outbox->folder.data, NULL);
        tb_outbox_close(outbox);
    }
    return status;
}

static void remove_file(const tb_outbox *outbox, const char *part, const char *name)
{
    tb_buffer path;
    tb_outbox__path(outbox, part, name, &path);
    if (!path.failed)
        remove(path.data);
    tb_buffer_done(&path);
}

void tb_outbox_close(tb_outbox *outbox)
{
    if (outbox == NULL)
        return;
    if (outbox->database != NULL)
        tb_outbox__forget_batch(outbox, outbox->owner);
    sqlite3_close(outbox->database);
    if (outbox->lock.file >= 0)
        remove_file(outbox, TB_OUTBOX_OWNERS, outbox->owner);
    tb_platform_unlock(&outbox->lock);
    tb_buffer_done(&outbox->folder);
    free(outbox);
}

/* ---- batches ---- */

tb_status tb_outbox__show_life(tb_outbox *outbox, tb_error *error)
{
    tb_buffer path;
    if (outbox->lock.file >= 0)
        return TB_OK;
    tb_outbox__path(outbox, TB_OUTBOX_OWNERS, outbox->owner, &path);
    bool locked = !path.failed && tb_platform_lock(path.data, &outbox->lock);
    tb_buffer_done(&path);
    return locked ? TB_OK : tb_error_set(error, TB_IO, TB_MSG_SEND_OUTBOX_DENIED, NULL);
}

tb_status tb_outbox__want(tb_outbox *outbox, const char *id, tb_error *error)
{
    tb_query query;
    tb_status status = tb_outbox__show_life(outbox, error);
    if (status != TB_OK)
        return status;
    tb_query_begin(&query, outbox->database, "INSERT OR IGNORE INTO batch VALUES(?,?)");
    tb_query_cstr(&query, outbox->owner);
    tb_query_cstr(&query, id);
    return tb_query_run(&query, error);
}

/* What a sender wanted is of no use after its end, and is forgotten by the next one where this
 * fails. */
void tb_outbox__forget_batch(tb_outbox *outbox, const char *owner)
{
    tb_query query;
    tb_query_begin(&query, outbox->database, "DELETE FROM batch WHERE owner=?");
    tb_query_cstr(&query, owner);
    tb_query_run(&query, NULL);
}

/* ---- turns ---- */

tb_status tb_outbox_begin(tb_outbox *outbox, tb_error *error)
{
    return tb_query_once(outbox->database, "BEGIN IMMEDIATE", error);
}

tb_status tb_outbox_end(tb_outbox *outbox, tb_status status, tb_error *error)
{
    if (status == TB_OK)
        status = tb_query_once(outbox->database, "COMMIT", error);
    if (status != TB_OK)
        tb_query_once(outbox->database, "ROLLBACK", NULL);
    return status;
}

/* ---- adding ---- */

/* The id in the first row, where there is one. */
static tb_status find_id(tb_query *query, char ret_id[TB_UUID_SIZE], tb_error *error)
{
    ret_id[0] = '\0';
    if (tb_query_next(query)) {
        tb_str id = tb_query_get_text(query, 0);
        if (id.size < TB_UUID_SIZE) {
            memcpy(ret_id, id.data, id.size);
            ret_id[id.size] = '\0';
        }
    }
    return tb_query_end(query, error);
}

/* The same bytes for the same place, unless something newer took their place since. */
static tb_status find_same(tb_outbox *outbox, const tb_submission *submission,
                           char ret_id[TB_UUID_SIZE], tb_error *error)
{
    tb_query query;
    tb_query_begin(
        &query, outbox->database,
        "SELECT id FROM submission AS own WHERE destination=? AND sha256=? AND NOT EXISTS "
        "(SELECT 1 FROM submission AS newer WHERE newer.replaces=own.id) "
        "ORDER BY rowid DESC LIMIT 1");
    tb_query_text(&query, submission->destination);
    tb_query_bytes(&query, submission->sha256, TB_SHA256_SIZE);
    return find_id(&query, ret_id, error);
}

static tb_status find_older(tb_outbox *outbox, const tb_submission *submission,
                            char ret_id[TB_UUID_SIZE], tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "SELECT id FROM submission WHERE destination=? AND source=? "
                   "ORDER BY rowid DESC LIMIT 1");
    tb_query_text(&query, submission->destination);
    tb_query_text(&query, submission->source);
    return find_id(&query, ret_id, error);
}

static tb_status write_copy(const tb_outbox *outbox, const char *id, tb_str bytes, tb_error *error)
{
    tb_buffer path;
    tb_outbox__path(outbox, TB_OUTBOX_COPIES, id, &path);
    tb_status status =
        path.failed ? tb_error_memory(error) : tb_platform_write_durably(path.data, bytes, error);
    tb_buffer_done(&path);
    return status;
}

static tb_status insert(tb_outbox *outbox, const tb_submission *submission, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "INSERT INTO submission(id, replaces, destination, source, file_name, name, "
                   "suffix, form, version, definition, unit, year, sha256, size, report, state, "
                   "queued_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'queued',?)");
    tb_query_cstr(&query, submission->id);
    tb_query_cstr(&query, submission->replaces);
    const tb_str texts[] = {submission->destination, submission->source, submission->file_name,
                            submission->name,        submission->suffix, submission->form,
                            submission->version};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        tb_query_text(&query, texts[i]);
    tb_query_bytes(&query, submission->definition, TB_SHA256_SIZE);
    tb_query_text(&query, submission->unit);
    tb_query_text(&query, submission->year);
    tb_query_bytes(&query, submission->sha256, TB_SHA256_SIZE);
    tb_query_int(&query, (int64_t)submission->size);
    tb_query_text(&query, submission->report);
    tb_query_int(&query, tb_platform_clock());
    return tb_query_run(&query, error);
}

/* The copy is on disk before the row is. A copy without a row, left by a crash between the two, is
 * taken away by the next sender. */
static tb_status add_new(tb_outbox *outbox, tb_submission *submission, tb_str bytes,
                         tb_error *error)
{
    tb_status status = find_older(outbox, submission, submission->replaces, error);
    if (status == TB_OK)
        status = write_copy(outbox, submission->id, bytes, error);
    if (status == TB_OK)
        status = insert(outbox, submission, error);
    if (status == TB_OK)
        status = tb_outbox__want(outbox, submission->id, error);
    return status;
}

static tb_status add(tb_outbox *outbox, tb_submission *submission, tb_str bytes, bool *ret_known,
                     tb_error *error)
{
    char same[TB_UUID_SIZE];
    tb_status status = find_same(outbox, submission, same, error);
    *ret_known = status == TB_OK && same[0] != '\0';
    if (status != TB_OK)
        return status;
    if (!*ret_known)
        return add_new(outbox, submission, bytes, error);
    memcpy(submission->id, same, sizeof same);
    tb_outbox_filter filter = {.id = same};
    return tb_outbox_send_now(outbox, &filter, TB_OUTBOX_UNDELIVERED, NULL, error);
}

tb_status tb_outbox_add(tb_outbox *outbox, tb_submission *submission, tb_str bytes, bool *ret_known,
                        tb_error *error)
{
    bool known = false;
    tb_status status = tb_outbox_begin(outbox, error);
    if (status != TB_OK)
        return status;
    status = tb_outbox_end(outbox, add(outbox, submission, bytes, &known, error), error);
    if (status == TB_OK)
        *ret_known = known;
    return status;
}

/* ---- removing and reading ---- */

tb_status tb_outbox_remove(tb_outbox *outbox, const tb_outbox_item *item, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, outbox->database,
                   "DELETE FROM submission WHERE id=? AND state<>'sending' RETURNING id");
    tb_query_cstr(&query, item->submission.id);
    bool removed = tb_query_next(&query);
    while (tb_query_next(&query)) {
    }
    tb_status status = tb_query_end(&query, error);
    if (status == TB_OK && !removed)
        status = tb_error_set(error, TB_INVALID, TB_MSG_SEND_OUTBOX_IS_SENDING, NULL);
    if (status == TB_OK)
        remove_file(outbox, TB_OUTBOX_COPIES, item->submission.id);
    return status;
}

tb_status tb_outbox_read(tb_outbox *outbox, const tb_submission *submission, tb_buffer *bytes,
                         tb_error *error)
{
    tb_buffer path;
    unsigned char digest[TB_SHA256_SIZE];
    tb_outbox__path(outbox, TB_OUTBOX_COPIES, submission->id, &path);
    tb_status status =
        path.failed ? tb_error_memory(error) : tb_platform_read_file(path.data, bytes, error);
    tb_buffer_done(&path);
    if (status != TB_OK)
        return status;
    tb_sha256(tb_buffer_get(bytes), digest);
    if (memcmp(digest, submission->sha256, TB_SHA256_SIZE) != 0)
        return tb_error_set(error, TB_DAMAGED, TB_MSG_SEND_PROBLEM_COPY_DAMAGED, NULL);
    return TB_OK;
}
