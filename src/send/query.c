/*
 * A thin layer over sqlite3.h.
 */
#include "send/query.h"

void tb_query_begin(tb_query *query, sqlite3 *database, const char *sql)
{
    *query = (tb_query){.database = database};
    query->result = sqlite3_prepare_v2(database, sql, -1, &query->statement, NULL);
}

static void note(tb_query *query, int result)
{
    if (query->result == SQLITE_OK)
        query->result = result;
}

void tb_query_text(tb_query *query, tb_str text)
{
    query->bound++;
    if (query->statement != NULL)
        note(query,
             sqlite3_bind_text64(query->statement, query->bound, text.data != NULL ? text.data : "",
                                 text.size, SQLITE_STATIC, SQLITE_UTF8));
}

void tb_query_cstr(tb_query *query, const char *text)
{
    tb_query_text(query, tb_str_of(text));
}

void tb_query_bytes(tb_query *query, const void *data, size_t size)
{
    query->bound++;
    if (query->statement != NULL)
        note(query, sqlite3_bind_blob64(query->statement, query->bound, data, size, SQLITE_STATIC));
}

void tb_query_int(tb_query *query, int64_t number)
{
    query->bound++;
    if (query->statement != NULL)
        note(query, sqlite3_bind_int64(query->statement, query->bound, number));
}

bool tb_query_next(tb_query *query)
{
    if (query->statement == NULL || (query->result != SQLITE_OK && query->result != SQLITE_ROW))
        return false;
    query->result = sqlite3_step(query->statement);
    return query->result == SQLITE_ROW;
}

tb_str tb_query_get_text(const tb_query *query, int column)
{
    const void *data = sqlite3_column_blob(query->statement, column);
    return (tb_str){data, (size_t)sqlite3_column_bytes(query->statement, column)};
}

int64_t tb_query_get_int(const tb_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

tb_status tb_query_end(tb_query *query, tb_error *error)
{
    int result = query->result;
    bool good = result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE;
    tb_status status = good ? TB_OK : tb_query_failed(query->database, result, error);
    sqlite3_finalize(query->statement);
    query->statement = NULL;
    return status;
}

tb_status tb_query_run(tb_query *query, tb_error *error)
{
    while (tb_query_next(query)) {
    }
    return tb_query_end(query, error);
}

tb_status tb_query_once(sqlite3 *database, const char *sql, tb_error *error)
{
    tb_query query;
    tb_query_begin(&query, database, sql);
    return tb_query_run(&query, error);
}

tb_status tb_query_failed(sqlite3 *database, int code, tb_error *error)
{
    switch (code & 0xFF) { /* the primary code; the rest says where */
    case SQLITE_NOMEM:
        return tb_error_memory(error);
    case SQLITE_FULL:
        return tb_error_set(error, TB_IO, TB_MSG_BASE_DISK_FULL, NULL);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return tb_error_set(error, TB_IO, TB_MSG_SEND_OUTBOX_BUSY, NULL);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return tb_error_set(error, TB_DAMAGED, TB_MSG_SEND_OUTBOX_DAMAGED, NULL);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return tb_error_set(error, TB_IO, TB_MSG_SEND_OUTBOX_DENIED, NULL);
    default:
        return tb_error_set(error, TB_IO, TB_MSG_SEND_OUTBOX_FAILED, sqlite3_errmsg(database),
                            NULL);
    }
}
