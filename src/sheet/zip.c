/*
 * Zip, as APPNOTE.TXT describes it, as far as packages use it: stored and deflated entries, data
 * descriptors (their sizes stand in the directory too), zip64, bytes before and after the archive.
 */
#include "sheet/zip.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#define END_SIGNATURE     0x06054B50u
#define END_SIZE          22
#define LOCATOR_SIGNATURE 0x07064B50u
#define LOCATOR_SIZE      20
#define END64_SIGNATURE   0x06064B50u
#define END64_SIZE        56
#define ENTRY_SIGNATURE   0x02014B50u
#define ENTRY_SIZE        46
#define LOCAL_SIGNATURE   0x04034B50u
#define LOCAL_SIZE        30
#define ZIP64_FIELD       1
#define FLAG_ENCRYPTED    1u
#define METHOD_STORED     0
#define METHOD_DEFLATED   8

/* Where the directory is. */
typedef struct zip_directory {
    uint64_t count, size, offset;
    uint64_t shift; /* bytes that stand before the archive: all offsets are that much too small */
} zip_directory;

static uint16_t get16(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return (uint16_t)(b[0] | b[1] << 8);
}

static uint32_t get32(const char *p)
{
    return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static uint64_t get64(const char *p)
{
    return get32(p) | (uint64_t)get32(p + 4) << 32;
}

tb_status tb_zip_init(tb_zip *zip, tb_error *error)
{
    *zip = (tb_zip){.decompressor = libdeflate_alloc_decompressor()};
    return zip->decompressor != NULL ? TB_OK : tb_error_memory(error);
}

void tb_zip_done(tb_zip *zip)
{
    free(zip->entries);
    if (zip->decompressor != NULL)
        libdeflate_free_decompressor(zip->decompressor);
    *zip = (tb_zip){0};
}

static tb_status truncated(tb_error *error)
{
    return tb_error_set(error, TB_DAMAGED, TB_MSG_SHEET_ZIP_TRUNCATED, NULL);
}

static tb_status broken_entry(const tb_zip_entry *entry, tb_message message, tb_status status,
                              tb_error *error)
{
    char name[128];
    size_t size = entry->name.size < sizeof name - 1 ? entry->name.size : sizeof name - 1;
    for (size_t i = 0; i < size; i++) {
        char c = entry->name.data[i];
        name[i] = (char)(c >= ' ' && c <= '~' ? c : '?');
    }
    name[size] = '\0';
    return tb_error_set(error, status, message, name, NULL);
}

/* ---- The end record ---- */

static bool range_fits(tb_str bytes, uint64_t offset, uint64_t size)
{
    return offset <= bytes.size && size <= bytes.size - offset;
}

/* Takes the 64-bit numbers where the archive has them. */
static bool read_zip64(tb_str bytes, size_t end, zip_directory *ret)
{
    if (end < LOCATOR_SIZE || get32(bytes.data + end - LOCATOR_SIZE) != LOCATOR_SIGNATURE)
        return false;
    uint64_t at = get64(bytes.data + end - LOCATOR_SIZE + 8);
    if (!range_fits(bytes, at, END64_SIZE) || get32(bytes.data + at) != END64_SIGNATURE)
        return false;
    const char *record = bytes.data + at;
    ret->count = get64(record + 32);
    ret->size = get64(record + 40);
    ret->offset = get64(record + 48);
    return true;
}

/* The end record at `end`, when what it says can be true. */
static bool read_end(tb_str bytes, size_t end, zip_directory *ret)
{
    const char *record = bytes.data + end;
    if (get32(record) != END_SIGNATURE || get16(record + 4) != get16(record + 6))
        return false;
    *ret = (zip_directory){
        .count = get16(record + 10), .size = get32(record + 12), .offset = get32(record + 16)};
    bool zip64 = ret->count == 0xFFFF || ret->size == 0xFFFFFFFF || ret->offset == 0xFFFFFFFF;
    if (zip64 && read_zip64(bytes, end, ret))
        return range_fits(bytes, ret->offset, ret->size);
    if (ret->size > end || ret->offset > end - ret->size)
        return false;
    ret->shift = end - ret->size - ret->offset;
    return true;
}

/* The last end record of the file; what stands behind it (a comment, junk) does not matter. */
static bool find_end(tb_str bytes, zip_directory *ret)
{
    if (bytes.size < END_SIZE)
        return false;
    for (size_t at = bytes.size - END_SIZE + 1; at-- > 0;) {
        if (bytes.data[at] == 'P' && read_end(bytes, at, ret))
            return true;
    }
    return false;
}

/* ---- Directory entries ---- */

/* The sizes that did not fit into 32 bits stand in an extra field, in this order. */
static void read_extra(tb_str extra, tb_zip_entry *entry)
{
    while (extra.size >= 4) {
        size_t size = get16(extra.data + 2);
        tb_str field = tb_str_slice(extra, 4, 4 + size);
        if (get16(extra.data) == ZIP64_FIELD) {
            uint64_t *const values[] = {&entry->size, &entry->packed_size, &entry->offset};
            for (size_t i = 0; i < 3 && field.size >= 8; i++) {
                if (*values[i] != 0xFFFFFFFF)
                    continue;
                *values[i] = get64(field.data);
                field = tb_str_slice(field, 8, field.size);
            }
            return;
        }
        extra = tb_str_slice(extra, 4 + size, extra.size);
    }
}

/* Reads one record; returns its size, 0 when it is none. */
static size_t read_entry(tb_str rest, tb_zip_entry *entry)
{
    if (rest.size < ENTRY_SIZE || get32(rest.data) != ENTRY_SIGNATURE)
        return 0;
    size_t name_size = get16(rest.data + 28);
    size_t extra_size = get16(rest.data + 30);
    size_t size = ENTRY_SIZE + name_size + extra_size + get16(rest.data + 32);
    if (size > rest.size)
        return 0;
    *entry = (tb_zip_entry){
        .name = {rest.data + ENTRY_SIZE, name_size},
        .flags = get16(rest.data + 8),
        .method = get16(rest.data + 10),
        .modified = get32(rest.data + 12),
        .crc = get32(rest.data + 16),
        .packed_size = get32(rest.data + 20),
        .size = get32(rest.data + 24),
        .offset = get32(rest.data + 42),
    };
    read_extra((tb_str){rest.data + ENTRY_SIZE + name_size, extra_size}, entry);
    return size;
}

static tb_status reserve_entries(tb_zip *zip, size_t count, tb_error *error)
{
    if (count <= zip->capacity)
        return TB_OK;
    tb_zip_entry *entries = realloc(zip->entries, count * sizeof *entries);
    if (entries == NULL)
        return tb_error_memory(error);
    zip->entries = entries;
    zip->capacity = count;
    return TB_OK;
}

static int compare_offsets(const void *a, const void *b)
{
    const tb_zip_entry *x = a, *y = b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Sorts by offset; entries that share bytes are how small files unpack to huge ones. */
static tb_status check_overlaps(tb_zip *zip, tb_error *error)
{
    if (zip->entry_count > 1)
        qsort(zip->entries, zip->entry_count, sizeof *zip->entries, compare_offsets);
    for (size_t i = 1; i < zip->entry_count; i++) {
        const tb_zip_entry *before = &zip->entries[i - 1], *entry = &zip->entries[i];
        if (entry->offset - before->offset < LOCAL_SIZE + before->packed_size)
            return broken_entry(entry, TB_MSG_SHEET_ZIP_OVERLAP, TB_DAMAGED, error);
    }
    return TB_OK;
}

static tb_status read_directory(tb_zip *zip, const zip_directory *directory, tb_error *error)
{
    tb_str rest = {zip->bytes.data + directory->offset + directory->shift, directory->size};
    for (uint64_t i = 0; i < directory->count; i++) {
        tb_zip_entry *entry = &zip->entries[zip->entry_count];
        size_t size = read_entry(rest, entry);
        if (size == 0)
            return truncated(error);
        entry->offset += directory->shift;
        if (!range_fits(zip->bytes, entry->offset, LOCAL_SIZE) ||
            !range_fits(zip->bytes, entry->offset + LOCAL_SIZE, entry->packed_size))
            return broken_entry(entry, TB_MSG_SHEET_ZIP_ENTRY, TB_DAMAGED, error);
        zip->entry_count++;
        rest = tb_str_slice(rest, size, rest.size);
    }
    return check_overlaps(zip, error);
}

tb_status tb_zip_open(tb_zip *zip, tb_str bytes, tb_error *error)
{
    zip_directory directory;
    zip->bytes = bytes;
    zip->entry_count = 0;
    zip->inflated = 0;
    if (!find_end(bytes, &directory))
        return truncated(error);
    if (directory.count > TB_MAX_ZIP_ENTRIES) {
        char max[24];
        snprintf(max, sizeof max, "%d", TB_MAX_ZIP_ENTRIES);
        return tb_error_set(error, TB_LIMIT, TB_MSG_SHEET_ZIP_ENTRIES, max, NULL);
    }
    tb_status status = reserve_entries(zip, (size_t)directory.count, error);
    return status == TB_OK ? read_directory(zip, &directory, error) : status;
}

/* ---- Looking up ---- */

static char fold(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c == '\\' ? '/' : c);
}

static bool names_alike(tb_str a, tb_str b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        if (fold(a.data[i]) != fold(b.data[i]))
            return false;
    }
    return true;
}

const tb_zip_entry *tb_zip_find(const tb_zip *zip, tb_str name)
{
    for (size_t i = 0; i < zip->entry_count; i++) {
        if (tb_str_equal(zip->entries[i].name, name))
            return &zip->entries[i];
    }
    for (size_t i = 0; i < zip->entry_count; i++) {
        if (names_alike(zip->entries[i].name, name))
            return &zip->entries[i];
    }
    return NULL;
}

/* Two readers may choose differently between two entries of one name. */
static bool is_twice(const tb_zip *zip, const tb_zip_entry *entry)
{
    for (size_t i = 0; i < zip->entry_count; i++) {
        if (&zip->entries[i] != entry && tb_str_equal(zip->entries[i].name, entry->name))
            return true;
    }
    return false;
}

/* ---- Content ---- */

static tb_status check_entry(const tb_zip *zip, const tb_zip_entry *entry, tb_error *error)
{
    if ((entry->flags & FLAG_ENCRYPTED) != 0)
        return broken_entry(entry, TB_MSG_SHEET_ZIP_ENCRYPTED, TB_ENCRYPTED, error);
    if (entry->method != METHOD_STORED && entry->method != METHOD_DEFLATED)
        return broken_entry(entry, TB_MSG_SHEET_ZIP_METHOD, TB_UNSUPPORTED, error);
    if (is_twice(zip, entry))
        return broken_entry(entry, TB_MSG_SHEET_ZIP_TWICE, TB_DAMAGED, error);
    if (entry->method == METHOD_STORED && entry->size != entry->packed_size)
        return broken_entry(entry, TB_MSG_SHEET_ZIP_ENTRY, TB_DAMAGED, error);
    if (entry->size > TB_MAX_PART_SIZE || entry->size > TB_MAX_PACKAGE_SIZE - zip->inflated)
        return broken_entry(entry, TB_MSG_SHEET_PART_TOO_LARGE, TB_LIMIT, error);
    if (entry->size > entry->packed_size * TB_MAX_INFLATE_RATIO)
        return broken_entry(entry, TB_MSG_SHEET_ZIP_BOMB, TB_LIMIT, error);
    return TB_OK;
}

/* The entry's packed bytes; data is NULL when its local header is broken. */
static tb_str packed_bytes(const tb_zip *zip, const tb_zip_entry *entry)
{
    const char *local = zip->bytes.data + entry->offset;
    if (get32(local) != LOCAL_SIGNATURE)
        return (tb_str){NULL, 0};
    uint64_t begin = entry->offset + LOCAL_SIZE + get16(local + 26) + get16(local + 28);
    if (!range_fits(zip->bytes, begin, entry->packed_size))
        return (tb_str){NULL, 0};
    return (tb_str){zip->bytes.data + begin, (size_t)entry->packed_size};
}

static bool unpack(tb_zip *zip, const tb_zip_entry *entry, tb_str packed, char *place)
{
    size_t size = (size_t)entry->size;
    if (entry->method == METHOD_STORED) {
        memcpy(place, packed.data, size);
        return true;
    }
    return libdeflate_deflate_decompress(zip->decompressor, packed.data, packed.size, place, size,
                                         NULL) == LIBDEFLATE_SUCCESS;
}

tb_status tb_zip_read(tb_zip *zip, const tb_zip_entry *entry, size_t padding, tb_buffer *out,
                      tb_error *error)
{
    tb_buffer_reset(out);
    tb_status status = check_entry(zip, entry, error);
    if (status != TB_OK)
        return status;
    tb_str packed = packed_bytes(zip, entry);
    if (packed.data == NULL)
        return broken_entry(entry, TB_MSG_SHEET_ZIP_ENTRY, TB_DAMAGED, error);
    size_t size = (size_t)entry->size;
    char *place = tb_buffer_reserve(out, size + padding);
    if (place == NULL)
        return tb_error_memory(error);
    if (!unpack(zip, entry, packed, place) || libdeflate_crc32(0, place, size) != entry->crc)
        return broken_entry(entry, TB_MSG_SHEET_ZIP_CHECKSUM, TB_DAMAGED, error);
    memset(place + size, 0, padding);
    out->size = size;
    zip->inflated += size;
    return TB_OK;
}
