/*
 * Writes small zip files of stored entries, so that tests carry no binary files.
 */
#ifndef TB_TESTS_ZIP_WRITER_H
#define TB_TESTS_ZIP_WRITER_H

#include "base/buffer.h"

typedef struct zip_part {
    const char *name;
    const char *content; /* NULL ends a list */
} zip_part;

/* Appends a whole archive to out. */
void zip_write(tb_buffer *out, const zip_part *parts);

#endif
