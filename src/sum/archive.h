/*
 * Zip archives of forms, as they come by mail: their members, and the bytes of each. Packages of
 * workbooks are read elsewhere (sheet/zip.h, which stands behind this too).
 */
#ifndef TB_SUM_ARCHIVE_H
#define TB_SUM_ARCHIVE_H

#include "base/buffer.h"
#include "base/status.h"

typedef struct tb_archive tb_archive;

typedef struct tb_archive_member {
    tb_str name;      /* in UTF-8, with / between folders; of a folder it ends so */
    uint64_t offset;  /* by which it is read */
    int64_t modified; /* nanoseconds since 1970. An archive has the time on the wall of whoever
                       * packed it; taken for China's, which has one zone */
} tb_archive_member;

tb_status tb_archive_new(tb_archive **ret_archive, tb_error *error); /* the caller frees it */
void tb_archive_free(tb_archive *archive);                           /* NULL is fine */

/* The members of the archive at the path, by name, then by place; borrowed until another is opened.
 */
tb_status tb_archive_open(tb_archive *archive, const char *path,
                          const tb_archive_member **ret_members, size_t *ret_count,
                          tb_error *error);

/* Replaces what is in `out` by a member. The archive is read again only when it is another one than
 * last time. */
tb_status tb_archive_read(tb_archive *archive, const char *path, uint64_t offset, tb_buffer *out,
                          tb_error *error);

/* Appends a name in UTF-8. Unless it is known to be that already, what is not well-formed UTF-8 is
 * taken for GB18030, as Chinese systems pack; what is neither gets U+FFFD. */
void tb_archive_decode_name(tb_buffer *out, tb_str name, bool is_utf8);

#endif
