/*
 * The directory of a zip file in memory, and its entries, inflated. Reads packages only: it
 * trusts nothing that the directory says before it is checked, and refuses what two readers could
 * understand differently (overlapping entries, an entry twice).
 */
#ifndef TB_SHEET_ZIP_H
#define TB_SHEET_ZIP_H

#include "base/buffer.h"
#include "base/status.h"

typedef struct tb_zip_entry {
    tb_str name; /* as it stands in the directory */
    uint16_t flags, method;
    uint32_t modified; /* date and time as DOS keeps them, the date above */
    uint32_t crc;
    uint64_t packed_size, size;
    uint64_t offset; /* of its local header, from the beginning of the file */
} tb_zip_entry;

typedef struct tb_zip {
    tb_str bytes; /* borrowed: the whole file */
    size_t entry_count, capacity;
    tb_zip_entry *entries;                        /* owned; kept from file to file */
    size_t inflated;                              /* bytes inflated out of this file so far */
    struct libdeflate_decompressor *decompressor; /* owned */
} tb_zip;

/* A zeroed struct may be initialised; done takes a zeroed or half-built one. */
tb_status tb_zip_init(tb_zip *zip, tb_error *error);
void tb_zip_done(tb_zip *zip);

/* Reads the directory of another file. */
tb_status tb_zip_open(tb_zip *zip, tb_str bytes, tb_error *error);

/* The entry of that name, or NULL. Letters may differ in case and slashes may be backslashes
 * where no entry has the exact name. */
const tb_zip_entry *tb_zip_find(const tb_zip *zip, tb_str name);

/*
 * Replaces what is in `out` by the entry's content, followed by `padding` zero bytes that its
 * size does not count. Size, ratio and checksum are checked.
 */
tb_status tb_zip_read(tb_zip *zip, const tb_zip_entry *entry, size_t padding, tb_buffer *out,
                      tb_error *error);

#endif
