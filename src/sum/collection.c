/*
 * The temporary database: one row a file, its sheaf in a table of its own, so that sorting and
 * choosing do not read it.
 */
#include "sum/collection.h"

#include <stdlib.h>

#include "sum/collection_database.h"

/* No journal and no waiting for the disk: a database that is lost with the process needs neither.
 */
static const char schema[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA cache_size = -4096; PRAGMA temp_store = FILE; PRAGMA page_size = 16384;"
    "CREATE TABLE form (id INTEGER PRIMARY KEY, file TEXT, state INTEGER, sha256 BLOB,"
    " modified INTEGER, family TEXT, version TEXT, unit TEXT, identity TEXT, year INTEGER,"
    " day INTEGER, errors INTEGER, warnings INTEGER, notices INTEGER, explained INTEGER,"
    " reason TEXT, sheets TEXT, link TEXT, instead INTEGER, listed INTEGER);"
    "CREATE TABLE bytes (id INTEGER PRIMARY KEY, facts BLOB, sheaf BLOB);"
    "CREATE TABLE flag (form INTEGER, entry INTEGER, row INTEGER, fact BLOB, severity INTEGER,"
    " count INTEGER, expected TEXT, others TEXT, PRIMARY KEY (form, entry, row)) WITHOUT ROWID;"
    "BEGIN;";

static const char insert_form[] =
    "INSERT INTO form (file, state, sha256, modified, family, version, unit, identity, year, day,"
    " errors, warnings, notices, explained, reason, sheets, link)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
    " ?16, ?17)";
static const char insert_bytes[] = "INSERT INTO bytes (id, facts, sheaf) VALUES (?1, ?2, ?3)";

/* A form without a date comes after those that have one. */
static const char choose[] =
    "UPDATE form SET instead = latest, state = iif(latest = form.id, state, 1)"
    " FROM (SELECT id, first_value(id) OVER (PARTITION BY family, year, identity"
    "  ORDER BY day DESC, modified DESC, file) AS latest FROM form"
    "  WHERE state = 0 AND identity <> '') AS chosen WHERE chosen.id = form.id";

static const char select_all[] =
    "SELECT form.file, form.state, form.sha256, form.modified, form.family, form.version,"
    " form.unit, form.identity, form.year, form.day, form.errors, form.warnings, form.notices,"
    " form.explained, form.reason, counted.file,"
    " CASE WHEN form.sha256 = counted.sha256 THEN 0 WHEN form.day IS NOT counted.day THEN 1"
    " WHEN form.modified <> counted.modified THEN 2 ELSE 3 END, form.id,"
    " form.sheets, form.link, form.listed"
    " FROM form LEFT JOIN form AS counted ON counted.id = form.instead AND form.instead <> form.id"
    " ORDER BY form.family IS NULL, form.family, form.year, form.unit, form.file, form.id";

/* Read one by one: sorting would carry them along. */
static const char select_sheaf[] = "SELECT sheaf FROM bytes WHERE id = ?1";

/* ---- failures ---- */

/* What went wrong is the disk for temporary files, or memory. */
tb_status tb_collection__fail(const tb_collection *self, tb_error *error)
{
    int code = self->database != NULL ? sqlite3_errcode(self->database) : SQLITE_NOMEM;
    if (code == SQLITE_NOMEM)
        return tb_error_memory(error);
    return tb_error_set(error, TB_IO, TB_MSG_SUM_TEMPORARY, sqlite3_errmsg(self->database), NULL);
}

tb_status tb_collection__run(tb_collection *self, const char *sql, tb_error *error)
{
    int code = sqlite3_exec(self->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? TB_OK : tb_collection__fail(self, error);
}

tb_status tb_collection__prepare(tb_collection *self, const char *sql, sqlite3_stmt **ret,
                                 tb_error *error)
{
    if (*ret != NULL)
        return TB_OK;
    int code = sqlite3_prepare_v2(self->database, sql, -1, ret, NULL);
    return code == SQLITE_OK ? TB_OK : tb_collection__fail(self, error);
}

/* ---- adding ---- */

tb_status tb_collection_new(tb_collection **ret_collection, tb_error *error)
{
    tb_collection *self = calloc(1, sizeof *self);
    if (self == NULL)
        return tb_error_memory(error);
    tb_status status = TB_OK;
    if (sqlite3_open("", &self->database) != SQLITE_OK)
        status = tb_collection__fail(self, error);
    if (status == TB_OK)
        status = tb_collection__run(self, schema, error);
    if (status == TB_OK)
        status = tb_collection__prepare(self, insert_form, &self->add, error);
    if (status == TB_OK)
        status = tb_collection__prepare(self, insert_bytes, &self->add_bytes, error);
    if (status == TB_OK)
        *ret_collection = self;
    else
        tb_collection_free(self);
    return status;
}

void tb_collection_free(tb_collection *self)
{
    if (self == NULL)
        return;
    sqlite3_stmt *const statements[] = {self->add,  self->add_bytes, self->walk, self->sheaf,
                                        self->find, self->rivals,    self->flag, self->flags};
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++)
        sqlite3_finalize(statements[i]);
    sqlite3_close(self->database);
    free(self);
}

void tb_collection__bind_text(sqlite3_stmt *statement, int place, tb_str text)
{
    if (text.data != NULL)
        sqlite3_bind_text64(statement, place, text.data, text.size, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_form(sqlite3_stmt *add, const tb_collected *form)
{
    const uint64_t counts[] = {form->errors, form->warnings, form->notices, form->explained};
    sqlite3_clear_bindings(add);
    tb_collection__bind_text(add, 1, form->file);
    sqlite3_bind_int(add, 2, (int)form->state);
    if (form->has_hash)
        sqlite3_bind_blob(add, 3, form->sha256, TB_SHA256_SIZE, SQLITE_STATIC);
    sqlite3_bind_int64(add, 4, form->modified);
    tb_collection__bind_text(add, 5, form->family);
    tb_collection__bind_text(add, 6, form->version);
    tb_collection__bind_text(add, 7, form->unit);
    tb_collection__bind_text(add, 8, form->identity);
    sqlite3_bind_int(add, 9, form->year);
    if (form->day != TB_SUM_NO_DAY)
        sqlite3_bind_int64(add, 10, form->day);
    for (int i = 0; i < 4; i++)
        sqlite3_bind_int64(add, 11 + i, (sqlite3_int64)counts[i]);
    tb_collection__bind_text(add, 15, form->reason);
    tb_collection__bind_text(add, 16, form->sheets);
    tb_collection__bind_text(add, 17, form->link);
}

tb_status tb_collection__step_once(tb_collection *self, sqlite3_stmt *statement, tb_error *error)
{
    int code = sqlite3_step(statement);
    tb_status status = code == SQLITE_DONE ? TB_OK : tb_collection__fail(self, error);
    sqlite3_reset(statement);
    return status;
}

tb_status tb_collection_add(tb_collection *self, const tb_collected *form, tb_error *error)
{
    bind_form(self->add, form);
    tb_status status = tb_collection__step_once(self, self->add, error);
    if (status != TB_OK || form->sheaf.size == 0)
        return status;
    sqlite3_bind_int64(self->add_bytes, 1, sqlite3_last_insert_rowid(self->database));
    sqlite3_bind_blob64(self->add_bytes, 2, form->facts.data, form->facts.size, SQLITE_STATIC);
    sqlite3_bind_blob64(self->add_bytes, 3, form->sheaf.data, form->sheaf.size, SQLITE_STATIC);
    return tb_collection__step_once(self, self->add_bytes, error);
}

tb_status tb_collection_settle(tb_collection *self, tb_error *error)
{
    return tb_collection__run(self, choose, error);
}

tb_status tb_collection_count(tb_collection *self, tb_sum_counts *ret_counts, tb_error *error)
{
    sqlite3_stmt *query = NULL;
    tb_sum_counts counts = {.expected = self->expected};
    tb_status status =
        tb_collection__prepare(self,
                               "SELECT state, count(*), sum(ifnull(errors, 0) > 0),"
                               " sum(ifnull(listed = 0, 0)) FROM form GROUP BY state",
                               &query, error);
    if (status != TB_OK)
        return status;
    int code;
    while ((code = sqlite3_step(query)) == SQLITE_ROW) {
        int state = sqlite3_column_int(query, 0);
        counts.by_state[state] = (size_t)sqlite3_column_int64(query, 1);
        if (state == TB_SUM_COUNTED) {
            counts.with_errors = (size_t)sqlite3_column_int64(query, 2);
            counts.unlisted = (size_t)sqlite3_column_int64(query, 3);
        }
    }
    if (code != SQLITE_DONE)
        status = tb_collection__fail(self, error);
    sqlite3_finalize(query);
    if (status == TB_OK)
        *ret_counts = counts;
    return status;
}

/* ---- going through ---- */

tb_status tb_collection_begin(tb_collection *self, tb_error *error)
{
    if (self->walk != NULL) {
        sqlite3_reset(self->walk);
        return TB_OK;
    }
    tb_status status = tb_collection__prepare(self, select_all, &self->walk, error);
    return status == TB_OK ? tb_collection__prepare(self, select_sheaf, &self->sheaf, error)
                           : status;
}

tb_str tb_collection__text(sqlite3_stmt *walk, int column)
{
    const char *text = (const char *)sqlite3_column_text(walk, column);
    return (tb_str){text, (size_t)sqlite3_column_bytes(walk, column)};
}

tb_str tb_collection__bytes(sqlite3_stmt *walk, int column)
{
    const char *bytes = sqlite3_column_blob(walk, column);
    return (tb_str){bytes, (size_t)sqlite3_column_bytes(walk, column)};
}

static void read_form(sqlite3_stmt *walk, tb_collected *form)
{
    *form = (tb_collected){.file = tb_collection__text(walk, 0),
                           .state = (tb_sum_state)sqlite3_column_int(walk, 1),
                           .modified = sqlite3_column_int64(walk, 3),
                           .family = tb_collection__text(walk, 4),
                           .version = tb_collection__text(walk, 5),
                           .unit = tb_collection__text(walk, 6),
                           .identity = tb_collection__text(walk, 7),
                           .year = sqlite3_column_int(walk, 8),
                           .day = TB_SUM_NO_DAY,
                           .errors = (uint64_t)sqlite3_column_int64(walk, 10),
                           .warnings = (uint64_t)sqlite3_column_int64(walk, 11),
                           .notices = (uint64_t)sqlite3_column_int64(walk, 12),
                           .explained = (uint64_t)sqlite3_column_int64(walk, 13),
                           .reason = tb_collection__text(walk, 14),
                           .instead = tb_collection__text(walk, 15),
                           .choice = (tb_sum_choice)sqlite3_column_int(walk, 16),
                           .id = (uint32_t)sqlite3_column_int64(walk, 17),
                           .sheets = tb_collection__text(walk, 18),
                           .link = tb_collection__text(walk, 19)};
    if (sqlite3_column_type(walk, 9) != SQLITE_NULL)
        form->day = sqlite3_column_int64(walk, 9);
    if (sqlite3_column_type(walk, 20) != SQLITE_NULL)
        form->listing = sqlite3_column_int(walk, 20) != 0 ? TB_SUM_LISTED : TB_SUM_UNLISTED;
    tb_str hash = tb_collection__bytes(walk, 2);
    form->has_hash = hash.size == TB_SHA256_SIZE;
    if (form->has_hash)
        memcpy(form->sha256, hash.data, TB_SHA256_SIZE);
}

static tb_status read_sheaf(tb_collection *self, tb_error *error)
{
    sqlite3_reset(self->sheaf);
    sqlite3_bind_int64(self->sheaf, 1, sqlite3_column_int64(self->walk, 17));
    int code = sqlite3_step(self->sheaf);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return tb_collection__fail(self, error);
    if (code == SQLITE_ROW)
        self->current.sheaf = tb_collection__bytes(self->sheaf, 0);
    return TB_OK;
}

tb_status tb_collection_next(tb_collection *self, const tb_collected **ret_form, tb_error *error)
{
    int code = sqlite3_step(self->walk);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return tb_collection__fail(self, error);
    *ret_form = NULL;
    if (code == SQLITE_DONE)
        return TB_OK;
    read_form(self->walk, &self->current);
    tb_status status = self->current.state == TB_SUM_COUNTED ? read_sheaf(self, error) : TB_OK;
    if (status == TB_OK)
        *ret_form = &self->current;
    return status;
}
