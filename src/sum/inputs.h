/*
 * The files that a check or an aggregation works on: names as given, folders gone through.
 */
#ifndef TB_SUM_INPUTS_H
#define TB_SUM_INPUTS_H

#include <stdio.h>

#include "base/arena.h"
#include "base/status.h"

typedef struct tb_input {
    const char *path;      /* for the system */
    const char *shown;     /* for people, in UTF-8: the same, or of a member of an archive
                            * returned.zip/school.ods */
    const tb_error *error; /* why there is nothing to read, or NULL */
    bool is_other;         /* found in a folder or archive, and not called as workbooks are */
    bool is_member;        /* of the zip archive at the path: sum/archive.h */
    uint64_t offset;       /* of the member */
    int64_t modified;      /* of the member: nanoseconds since 1970 */
} tb_input;

typedef struct tb_inputs {
    tb_arena arena;
    bool with_others; /* what else is in a folder is an input, too, and so are the members of zip
                       * archives; false at first */
    size_t count, capacity;
    tb_input *list;
} tb_inputs;

void tb_inputs_init(tb_inputs *inputs);
void tb_inputs_done(tb_inputs *inputs);

/* Adds a file, or the forms in a folder and below it in the order of their names. A folder without
 * forms becomes an input with an error. */
tb_status tb_inputs_add(tb_inputs *inputs, const char *path, tb_error *error);
/* Adds the names in a stream, each ended by NUL. */
tb_status tb_inputs_add_stream(tb_inputs *inputs, FILE *stream, tb_error *error);

#endif
