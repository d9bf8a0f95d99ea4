/*
 * The reader: gets the bytes, tells what kind of file they are, and hands them to the reader of
 * that kind. Holds everything that is used again for the next file.
 */
#include "sheet/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"
#include "sheet/package.h"

/* A buffer that one large file made larger than this is given back before the next. */
#define KEPT_CAPACITY ((size_t)8 << 20)

struct tb_reader {
    tb_buffer file;
    tb_package package;
};

static void init_room(tb_part_room *room)
{
    tb_buffer_init(&room->raw, TB_MAX_PART_SIZE + TB_XML_PADDING);
    tb_buffer_init(&room->converted, TB_MAX_PART_SIZE + TB_XML_PADDING);
}

static void done_room(tb_part_room *room)
{
    tb_buffer_done(&room->raw);
    tb_buffer_done(&room->converted);
}

tb_status tb_reader_new(tb_reader **ret_reader, tb_error *error)
{
    tb_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return tb_error_memory(error);
    tb_buffer_init(&reader->file, TB_MAX_FILE_SIZE);
    init_room(&reader->package.kept);
    init_room(&reader->package.passing);
    tb_buffer_init(&reader->package.scratch, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&reader->package.joined, TB_MAX_TEXT_SIZE);
    tb_arena_init(&reader->package.arena, TB_MAX_WORKBOOK_MEMORY);
    tb_status status = tb_zip_init(&reader->package.zip, error);
    if (status != TB_OK) {
        tb_reader_free(reader);
        return status;
    }
    *ret_reader = reader;
    return TB_OK;
}

void tb_reader_free(tb_reader *reader)
{
    if (reader == NULL)
        return;
    tb_buffer_done(&reader->file);
    done_room(&reader->package.kept);
    done_room(&reader->package.passing);
    tb_buffer_done(&reader->package.scratch);
    tb_buffer_done(&reader->package.joined);
    tb_arena_done(&reader->package.arena);
    tb_zip_done(&reader->package.zip);
    free(reader);
}

static void shrink(tb_buffer *buffer)
{
    size_t max = buffer->max;
    if (buffer->capacity <= KEPT_CAPACITY)
        return;
    tb_buffer_done(buffer);
    tb_buffer_init(buffer, max);
}

static void forget_last_file(tb_reader *reader)
{
    tb_package *package = &reader->package;
    tb_buffer *const buffers[] = {
        &reader->file,         &package->kept.raw,          &package->kept.converted,
        &package->passing.raw, &package->passing.converted, &package->scratch,
        &package->joined};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
        shrink(buffers[i]);
    tb_arena_reset(&package->arena);
    package->zip.bytes = (tb_str){NULL, 0};
    package->zip.entry_count = 0;
}

/* ---- Kinds of files ---- */

typedef tb_status kind_reader(tb_package *package, tb_package_facts *facts);

/* OLE files: old binary workbooks and documents, and the shell around an encrypted .xlsx, whose
 * directory names its streams in UTF-16. */
static tb_status refuse_ole(tb_str bytes, tb_error *error)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    static const char word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";
    if (tb_str_find(bytes, TB_STR(encrypted)) >= 0)
        return tb_error_set(error, TB_ENCRYPTED, TB_MSG_SHEET_FILE_ENCRYPTED, NULL);
    if (tb_str_find(bytes, TB_STR(word)) >= 0)
        return tb_error_set(error, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_IS_DOC, NULL);
    return tb_error_set(error, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_IS_XLS, NULL);
}

static bool has_entry(const tb_zip *zip, const char *name)
{
    return tb_zip_find(zip, tb_str_of(name)) != NULL;
}

/* What else a zip may be, by an entry that only it has. */
static const struct {
    const char *entry;
    tb_status status;
    tb_message message;
} other_packages[] = {
    {"xl/workbook.bin", TB_UNSUPPORTED, TB_MSG_SHEET_FILE_IS_XLSB},
    {"word/document.xml", TB_UNSUPPORTED, TB_MSG_SHEET_FILE_IS_DOC},
    {"ppt/presentation.xml", TB_UNSUPPORTED, TB_MSG_SHEET_FILE_NO_WORKBOOK},
    {"encrypted-package", TB_ENCRYPTED, TB_MSG_SHEET_FILE_ENCRYPTED},
};

static tb_status find_package_kind(const tb_zip *zip, kind_reader **ret_kind, tb_error *error)
{
    for (size_t i = 0; i < sizeof other_packages / sizeof other_packages[0]; i++) {
        if (has_entry(zip, other_packages[i].entry))
            return tb_error_set(error, other_packages[i].status, other_packages[i].message, NULL);
    }
    if (has_entry(zip, "content.xml"))
        *ret_kind = tb_ods_read;
    else if (has_entry(zip, "_rels/.rels") || has_entry(zip, "xl/workbook.xml"))
        *ret_kind = tb_xlsx_read;
    else
        return tb_error_set(error, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_NO_WORKBOOK, NULL);
    return TB_OK;
}

/* A flat document is copied once: the tokeniser wants zero bytes behind it. */
static tb_status take_flat(tb_package *package, tb_str bytes, const char *name)
{
    tb_buffer *raw = &package->kept.raw;
    tb_buffer_reset(raw);
    char *place = tb_buffer_reserve(raw, bytes.size + TB_XML_PADDING);
    if (place == NULL)
        return tb_error_memory(package->error);
    memcpy(place, bytes.data, bytes.size);
    memset(place + bytes.size, 0, TB_XML_PADDING);
    raw->size = bytes.size;
    snprintf(package->kept.name, sizeof package->kept.name, "%s", name);
    return TB_OK;
}

/* True when the first thing that is not blank is `<`, in UTF-8 or UTF-16. */
static bool looks_like_xml(tb_str bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        if (c == '<')
            return true;
        bool mark = i < 3 && (c == 0xEF || c == 0xBB || c == 0xBF || c == 0xFE || c == 0xFF);
        if (!mark && c != 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n')
            return false;
    }
    return false;
}

static tb_status find_kind(tb_package *package, tb_str bytes, const char *name,
                           kind_reader **ret_kind)
{
    tb_error *error = package->error;
    if (bytes.size == 0)
        return tb_error_set(error, TB_DAMAGED, TB_MSG_SHEET_FILE_EMPTY, NULL);
    if (tb_str_starts(bytes, TB_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return refuse_ole(bytes, error);
    if (looks_like_xml(bytes)) {
        *ret_kind = tb_fods_read;
        return take_flat(package, bytes, name);
    }
    tb_status status = tb_zip_open(&package->zip, bytes, error);
    if (status == TB_OK)
        return find_package_kind(&package->zip, ret_kind, error);
    /* Without a directory and without a zip's first bytes it was never a zip. */
    if (package->zip.entry_count == 0 && !tb_str_starts(bytes, TB_STR("PK")))
        return tb_error_set(error, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_NO_WORKBOOK, NULL);
    return status;
}

/* What the workbook takes has a maximum; passing that is no want of memory. */
static tb_status workbook_failed(const tb_package *package, tb_status status)
{
    if (!package->arena.exhausted)
        return status;
    char mebibytes[24];
    snprintf(mebibytes, sizeof mebibytes, "%zu", TB_MAX_WORKBOOK_MEMORY >> 20);
    return tb_error_set(package->error, TB_LIMIT, TB_MSG_SHEET_WORKBOOK_TOO_LARGE, mebibytes, NULL);
}

static tb_status read_bytes(tb_package *package, tb_str bytes, const char *name,
                            const tb_workbook **ret_workbook)
{
    kind_reader *kind = NULL;
    tb_package_facts facts = {0};
    tb_workbook *workbook = NULL;
    tb_status status = find_kind(package, bytes, name, &kind);
    if (status == TB_OK)
        status = tb_workbook_builder_new(&package->arena, &package->builder, package->error);
    if (status == TB_OK)
        status = kind(package, &facts);
    if (status == TB_OK)
        status = tb_workbook_builder_finish(package->builder, &workbook, package->error);
    if (status != TB_OK)
        return workbook_failed(package, status);
    workbook->has_external_links = facts.has_external_links;
    workbook->has_macros = facts.has_macros;
    workbook->template_id = facts.template_id;
    *ret_workbook = workbook;
    return TB_OK;
}

tb_status tb_reader_read_bytes(tb_reader *reader, tb_str bytes, const char *name,
                               const tb_workbook **ret_workbook, tb_error *error)
{
    forget_last_file(reader);
    reader->package.error = error;
    return read_bytes(&reader->package, bytes, name, ret_workbook);
}

tb_status tb_reader_read_file(tb_reader *reader, const char *path, const tb_workbook **ret_workbook,
                              tb_error *error)
{
    forget_last_file(reader);
    reader->package.error = error;
    tb_status status = tb_platform_read_file(path, &reader->file, error);
    if (status != TB_OK)
        return status;
    const char *slash = strrchr(path, '/');
    return read_bytes(&reader->package, tb_buffer_get(&reader->file),
                      slash != NULL ? slash + 1 : path, ret_workbook);
}
