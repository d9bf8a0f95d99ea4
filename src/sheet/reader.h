/*
 * Reads .ods, .ots, .fods, .xlsx, .xlsm and .xltx files into a workbook, without an office. Told
 * apart by their content, not by their name. A reader keeps its buffers from file to file, so that
 * reading a thousand forms takes the memory of the largest one. One thread at a time.
 */
#ifndef TB_SHEET_READER_H
#define TB_SHEET_READER_H

#include "sheet/workbook.h"

typedef struct tb_reader tb_reader;

tb_status tb_reader_new(tb_reader **ret_reader, tb_error *error); /* the caller frees it */
void tb_reader_free(tb_reader *reader);                           /* NULL is fine */

/*
 * Reads a file. The workbook is borrowed: it and all its texts are good until the reader's next
 * read or its end. Fails with TB_IO, TB_LIMIT, TB_DAMAGED, TB_ENCRYPTED, TB_UNSUPPORTED; the
 * message says what was found and what to do. `path` is the name for the system, in UTF-8.
 */
tb_status tb_reader_read_file(tb_reader *reader, const char *path, const tb_workbook **ret_workbook,
                              tb_error *error);

/* As above from bytes in memory, which must stay until the workbook is no longer used. `name` is
 * for messages only. */
tb_status tb_reader_read_bytes(tb_reader *reader, tb_str bytes, const char *name,
                               const tb_workbook **ret_workbook, tb_error *error);

#endif
