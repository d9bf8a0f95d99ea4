/*
 * Everything that asks the operating system for more than C11 has. Another system gets another
 * platform.c and nothing else changes.
 */
#ifndef TB_BASE_PLATFORM_H
#define TB_BASE_PLATFORM_H

#include "base/buffer.h"
#include "base/status.h"

/*
 * Replaces what is in `out` by the whole of a regular file. TB_IO when it is missing, a folder,
 * no regular file, or can't be read; TB_LIMIT when it is larger than out's maximum. `path` is in
 * UTF-8; the message does not repeat it.
 */
tb_status tb_platform_read_file(const char *path, tb_buffer *out, tb_error *error);

#endif
