/*
 * Units that should have sent a form, against those that did. Names are compared as labels are.
 */
#include "base/limits.h"
#include "sum/collection_database.h"

/* SQL's unit_key(name): base/text.h, tb_text_key. */
static void unit_key(sqlite3_context *context, int count TB_UNUSED, sqlite3_value **values)
{
    tb_arena arena;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    tb_str name = {text, (size_t)sqlite3_value_bytes(values[0])};
    tb_arena_init(&arena, TB_MAX_RESULT_MEMORY);
    tb_str key = name.size > 0 ? tb_text_key(&arena, name) : TB_STR("");
    if (key.data == NULL)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text64(context, key.data, key.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    tb_arena_done(&arena);
}

static tb_status make_list(tb_collection *self, tb_error *error)
{
    int code =
        sqlite3_create_function(self->database, "unit_key", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                NULL, unit_key, NULL, NULL);
    if (code != SQLITE_OK)
        return tb_collection__fail(self, error);
    return tb_collection__run(
        self, "CREATE TABLE expected (key TEXT PRIMARY KEY, unit TEXT) WITHOUT ROWID", error);
}

static tb_status fill_list(tb_collection *self, const tb_expected *expected, tb_error *error)
{
    sqlite3_stmt *add = NULL;
    tb_status status = tb_collection__prepare(
        self, "INSERT OR IGNORE INTO expected VALUES (unit_key(?1), ?1)", &add, error);
    for (size_t i = 0; i < expected->count && status == TB_OK; i++) {
        tb_collection__bind_text(add, 1, expected->names[i]);
        status = tb_collection__step_once(self, add, error);
        self->expected += status == TB_OK ? (size_t)sqlite3_changes(self->database) : 0;
    }
    sqlite3_finalize(add);
    return status;
}

/* 5 is TB_SUM_MISSING. A unit whose form was set aside for another one has sent both. */
static const char compare[] =
    "UPDATE form SET listed = unit_key(ifnull(unit, '')) IN (SELECT key FROM expected)"
    " WHERE family <> '';"
    "INSERT INTO form (file, state, unit, year, listed)"
    " SELECT '', 5, unit, 0, 1 FROM expected WHERE key NOT IN"
    " (SELECT unit_key(ifnull(unit, '')) FROM form WHERE family <> '') ORDER BY unit";

tb_status tb_collection_expect(tb_collection *self, const tb_expected *expected, tb_error *error)
{
    tb_status status = make_list(self, error);
    if (status == TB_OK)
        status = fill_list(self, expected, error);
    return status == TB_OK ? tb_collection__run(self, compare, error) : status;
}
