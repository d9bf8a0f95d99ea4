/*
 * Where an aggregation is written to: beside its place under another name, which is changed when
 * all is written, so that there is the whole of it or nothing.
 */
#ifndef TB_SUM_OUTPUT_H
#define TB_SUM_OUTPUT_H

#include "base/buffer.h"
#include "base/status.h"

typedef struct tb_output {
    const char *path; /* borrowed: where it is to be */
    bool is_folder;
    bool replaces;       /* something stands there that goes away in the end */
    tb_buffer temporary; /* the folder or file that is written to meanwhile */
} tb_output;

/* Makes the temporary folder, or chooses the name of the file. What stands at the path already is
 * an error, unless it may be replaced; a folder may be when there is nothing in it but tables
 * (.csv, .jsonl), so that nobody loses anything else by a slip. */
tb_status tb_output_open(tb_output *output, const char *path, bool is_folder, bool may_replace,
                         tb_error *error);
/* Puts it into its place. */
tb_status tb_output_commit(tb_output *output, tb_error *error);
/* Takes away what is not in its place, and frees. A zeroed struct is fine. */
void tb_output_done(tb_output *output);

#endif
