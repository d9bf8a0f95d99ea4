/*
 * One file for each table, in a folder, written through a buffer. Used inside src/sum only.
 */
#ifndef TB_SUM_TABLE_FILES_H
#define TB_SUM_TABLE_FILES_H

#include <stdio.h>

#include "base/buffer.h"
#include "sum/writer.h"

typedef struct tb_table_file {
    FILE *stream; /* NULL: the table is not written */
    tb_buffer text;
} tb_table_file;

typedef struct tb_table_files {
    size_t count;
    tb_table_file *list; /* by table */
    bool failed;
} tb_table_files;

/* Makes <folder>/<table's id><ending> for each table that is used. */
tb_status tb_table_files_open(tb_table_files *files, const tb_sum_writing *writing,
                              const char *ending, tb_error *error);
/* After a row was added to the text of a table's file: writes what has gathered. */
void tb_table_files_pass(tb_table_files *files, size_t table);
tb_status tb_table_files_close(tb_table_files *files, tb_error *error);
/* Closes what is still open; a zeroed struct is fine. */
void tb_table_files_done(tb_table_files *files);

#endif
