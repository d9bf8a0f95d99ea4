/*
 * One statement of SQLite with its values in order, and SQLite's failures as ours. For the outbox.
 */
#ifndef TB_SEND_QUERY_H
#define TB_SEND_QUERY_H

#include <sqlite3.h>

#include "base/status.h"
#include "base/text.h"

typedef struct tb_query {
    sqlite3 *database;
    sqlite3_stmt *statement;
    int bound;  /* values so far */
    int result; /* of SQLite's last call */
} tb_query;

/* Failures are kept until tb_query_end, so that values can be added without asking. */
void tb_query_begin(tb_query *query, sqlite3 *database, const char *sql);
void tb_query_text(tb_query *query, tb_str text); /* must stay until the end */
void tb_query_cstr(tb_query *query, const char *text);
void tb_query_bytes(tb_query *query, const void *data, size_t size);
void tb_query_int(tb_query *query, int64_t number);

/* Whether there is a (next) row. */
bool tb_query_next(tb_query *query);
/* Of the row; good until the next one. */
tb_str tb_query_get_text(const tb_query *query, int column);
int64_t tb_query_get_int(const tb_query *query, int column);

tb_status tb_query_end(tb_query *query, tb_error *error);
/* Runs a statement that has no rows to be read. */
tb_status tb_query_run(tb_query *query, tb_error *error);
tb_status tb_query_once(sqlite3 *database, const char *sql, tb_error *error);

/* What SQLite's code means. */
tb_status tb_query_failed(sqlite3 *database, int code, tb_error *error);

#endif
