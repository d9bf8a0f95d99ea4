/*
 * The temporary database, as the files collection*.c share it.
 */
#ifndef TB_SUM_COLLECTION_DATABASE_H
#define TB_SUM_COLLECTION_DATABASE_H

#include <sqlite3.h>

#include "sum/collection.h"

struct tb_collection {
    sqlite3 *database;
    sqlite3_stmt *add, *add_bytes, *walk, *sheaf;
    sqlite3_stmt *find, *rivals, *flag, *flags; /* collection_flags.c */
    size_t expected;                            /* units on the list */
    tb_collected current;
    tb_sum_flag current_flag;
};

tb_status tb_collection__fail(const tb_collection *self, tb_error *error);
/* Prepares a statement that is not there yet. */
tb_status tb_collection__prepare(tb_collection *self, const char *sql, sqlite3_stmt **statement,
                                 tb_error *error);
tb_status tb_collection__run(tb_collection *self, const char *sql, tb_error *error);
tb_status tb_collection__step_once(tb_collection *self, sqlite3_stmt *statement, tb_error *error);
void tb_collection__bind_text(sqlite3_stmt *statement, int place, tb_str text);
tb_str tb_collection__text(sqlite3_stmt *statement, int column);
tb_str tb_collection__bytes(sqlite3_stmt *statement, int column);

#endif
