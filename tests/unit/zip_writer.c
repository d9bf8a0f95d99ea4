/*
 * Stored zip entries, their directory and its end record.
 */
#include "zip_writer.h"

#include <libdeflate.h>
#include <stdint.h>
#include <string.h>

static void put(tb_buffer *out, uint32_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++, value >>= 8)
        tb_buffer_char(out, (char)(value & 0xFF));
}

/* What the local header and the directory entry have in common. */
static void put_common(tb_buffer *out, const zip_part *part)
{
    uint32_t size = (uint32_t)strlen(part->content);
    put(out, 20, 2); /* version needed */
    put(out, 0, 4);  /* flags, method: stored */
    put(out, 0, 4);  /* time */
    put(out, libdeflate_crc32(0, part->content, size), 4);
    put(out, size, 4);
    put(out, size, 4);
    put(out, (uint32_t)strlen(part->name), 2);
    put(out, 0, 2); /* extra */
}

void zip_write(tb_buffer *out, const zip_part *parts)
{
    uint32_t offsets[32], count = 0;
    size_t start = out->size;
    for (; parts[count].content != NULL; count++) {
        offsets[count] = (uint32_t)(out->size - start);
        put(out, 0x04034B50, 4);
        put_common(out, &parts[count]);
        tb_buffer_cstr(out, parts[count].name);
        tb_buffer_cstr(out, parts[count].content);
    }
    uint32_t directory = (uint32_t)(out->size - start);
    for (uint32_t i = 0; i < count; i++) {
        put(out, 0x02014B50, 4);
        put(out, 20, 2);
        put_common(out, &parts[i]);
        put(out, 0, 10); /* comment, disk, attributes */
        put(out, offsets[i], 4);
        tb_buffer_cstr(out, parts[i].name);
    }
    uint32_t size = (uint32_t)(out->size - start) - directory;
    put(out, 0x06054B50, 4);
    put(out, 0, 4);
    put(out, count, 2);
    put(out, count, 2);
    put(out, size, 4);
    put(out, directory, 4);
    put(out, 0, 2);
}
