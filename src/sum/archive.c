/*
 * Reading one archive at a time.
 */
#include "sum/archive.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/platform.h"
#include "sheet/zip.h"

#define FLAG_UTF8     0x0800u /* the name is in UTF-8 (APPNOTE.TXT, 4.4.4, bit 11) */
#define ZONE_SECONDS  (8 * 3600)
#define MEMBER_MEMORY ((size_t)64 << 20)

struct tb_archive {
    tb_buffer path, bytes;
    tb_zip zip;
    tb_arena arena; /* of the members */
};

tb_status tb_archive_new(tb_archive **ret_archive, tb_error *error)
{
    tb_archive *self = calloc(1, sizeof *self);
    if (self == NULL)
        return tb_error_memory(error);
    tb_buffer_init(&self->path, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&self->bytes, TB_MAX_ARCHIVE_SIZE);
    tb_arena_init(&self->arena, MEMBER_MEMORY);
    tb_status status = tb_zip_init(&self->zip, error);
    if (status == TB_OK)
        *ret_archive = self;
    else
        tb_archive_free(self);
    return status;
}

void tb_archive_free(tb_archive *self)
{
    if (self == NULL)
        return;
    tb_buffer_done(&self->path);
    tb_buffer_done(&self->bytes);
    tb_zip_done(&self->zip);
    tb_arena_done(&self->arena);
    free(self);
}

/* ---- names and times ---- */

/* Some programs of Windows write backslashes. */
static void append_name(tb_buffer *out, tb_str name)
{
    char bytes[4];
    for (size_t offset = 0; offset < name.size;) {
        uint32_t c = tb_text_next(name, &offset);
        if (c == '\\')
            c = '/';
        tb_buffer_append(out, bytes, tb_text_encode(c < ' ' ? 0xFFFD : c, bytes));
    }
}

void tb_archive_decode_name(tb_buffer *out, tb_str name, bool is_utf8)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (!is_utf8 && !tb_text_is_utf8(name) && tb_platform_from_gb18030(&text, name))
        append_name(out, tb_buffer_get(&text));
    else
        append_name(out, name);
    out->failed |= text.failed;
    tb_buffer_done(&text);
}

/* Days from 1970-01-01 to the first of March of a year, after which leap days come last. */
static int64_t days_to(int64_t year, int64_t month, int64_t day)
{
    if (month <= 2) {
        year--;
        month += 12;
    }
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1 -
           719468;
}

/* As DOS keeps it: day, month, year since 1980 above; two seconds, minutes, hours below. */
static int64_t time_of(uint32_t packed)
{
    int64_t days =
        days_to((int64_t)(packed >> 25) + 1980, (packed >> 21) & 15, (packed >> 16) & 31);
    int64_t seconds = ((packed >> 11) & 31) * 3600 + ((packed >> 5) & 63) * 60 + (packed & 31) * 2;
    return (days * 86400 + seconds - ZONE_SECONDS) * 1000000000;
}

/* ---- members ---- */

static tb_status load(tb_archive *self, const char *path, tb_error *error)
{
    tb_buffer_reset(&self->path);
    tb_status status = tb_platform_read_file(path, &self->bytes, error);
    if (status == TB_OK)
        status = tb_zip_open(&self->zip, tb_buffer_get(&self->bytes), error);
    if (status != TB_OK)
        return status;
    tb_buffer_cstr(&self->path, path);
    return self->path.failed ? tb_error_memory(error) : TB_OK;
}

static bool read_member(tb_archive *self, const tb_zip_entry *entry, tb_archive_member *member)
{
    tb_buffer name;
    tb_buffer_init(&name, TB_MAX_TEXT_SIZE * 4);
    tb_archive_decode_name(&name, entry->name, (entry->flags & FLAG_UTF8) != 0);
    *member = (tb_archive_member){.name = tb_arena_dup(&self->arena, tb_buffer_get(&name)),
                                  .offset = entry->offset,
                                  .modified = time_of(entry->modified)};
    bool ok = !name.failed && member->name.data != NULL;
    tb_buffer_done(&name);
    return ok;
}

static int compare_members(const void *a, const void *b)
{
    const tb_archive_member *x = a, *y = b;
    int order = tb_str_compare(x->name, y->name);
    return order != 0 ? order : (x->offset > y->offset) - (x->offset < y->offset);
}

tb_status tb_archive_open(tb_archive *self, const char *path, const tb_archive_member **ret_members,
                          size_t *ret_count, tb_error *error)
{
    tb_status status = load(self, path, error);
    if (status != TB_OK)
        return status;
    size_t count = self->zip.entry_count;
    tb_arena_reset(&self->arena);
    tb_archive_member *members = tb_arena_array(&self->arena, count + 1, sizeof *members);
    if (members == NULL)
        return tb_error_memory(error);
    for (size_t i = 0; i < count; i++)
        if (!read_member(self, &self->zip.entries[i], &members[i]))
            return tb_error_memory(error);
    if (count > 1)
        qsort(members, count, sizeof *members, compare_members);
    *ret_members = members;
    *ret_count = count;
    return TB_OK;
}

tb_status tb_archive_read(tb_archive *self, const char *path, uint64_t offset, tb_buffer *out,
                          tb_error *error)
{
    tb_status status = TB_OK;
    if (!tb_str_equal(tb_buffer_get(&self->path), tb_str_of(path)))
        status = load(self, path, error);
    if (status != TB_OK)
        return status;
    for (size_t i = 0; i < self->zip.entry_count; i++) {
        if (self->zip.entries[i].offset != offset)
            continue;
        self->zip.inflated = 0; /* its limit is one of workbooks, and each member is one */
        return tb_zip_read(&self->zip, &self->zip.entries[i], 0, out, error);
    }
    return tb_error_set(error, TB_IO, TB_MSG_SUM_ARCHIVE_CHANGED, NULL);
}
