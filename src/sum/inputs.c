/*
 * Going through folders and archives.
 */
#include "sum/inputs.h"

#include <string.h>

#include "base/limits.h"
#include "base/platform.h"
#include "sum/archive.h"

#define MAX_INPUT_MEMORY ((size_t)512 << 20)
#define MAX_NAMES_SIZE   ((size_t)256 << 20) /* on standard input */
#define MAX_FOLDER_DEPTH 64

void tb_inputs_init(tb_inputs *inputs)
{
    *inputs = (tb_inputs){0};
    tb_arena_init(&inputs->arena, MAX_INPUT_MEMORY);
}

void tb_inputs_done(tb_inputs *inputs)
{
    tb_arena_done(&inputs->arena);
    *inputs = (tb_inputs){0};
}

/* ---- names ---- */

typedef enum name_kind {
    NAME_OTHER,
    NAME_FORM,     /* what the readers read */
    NAME_WORKBOOK, /* what they name, with what to do */
    NAME_ZIP,
    NAME_PACKED /* archives of other kinds */
} name_kind;

static const struct name_ending {
    const char *ending; /* in small letters */
    name_kind kind;
} endings[] = {
    {".ods", NAME_FORM},     {".xlsx", NAME_FORM},    {".fods", NAME_FORM},
    {".xlsm", NAME_FORM},    {".ots", NAME_FORM},     {".xltx", NAME_FORM},
    {".xls", NAME_WORKBOOK}, {".et", NAME_WORKBOOK},  {".xlsb", NAME_WORKBOOK},
    {".xlt", NAME_WORKBOOK}, {".ett", NAME_WORKBOOK}, {".zip", NAME_ZIP},
    {".rar", NAME_PACKED},   {".7z", NAME_PACKED},    {".gz", NAME_PACKED},
    {".tar", NAME_PACKED},   {".bz2", NAME_PACKED},   {".xz", NAME_PACKED},
};

/* Whether the name ends so, in small or capital letters. */
static bool ends_with(tb_str name, tb_str ending)
{
    if (name.size < ending.size)
        return false;
    const char *end = name.data + name.size - ending.size;
    for (size_t i = 0; i < ending.size; i++) {
        char c = (char)(end[i] >= 'A' && end[i] <= 'Z' ? end[i] + ('a' - 'A') : end[i]);
        if (c != ending.data[i])
            return false;
    }
    return true;
}

static name_kind kind_of(tb_str name)
{
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (ends_with(name, tb_str_of(endings[i].ending)))
            return endings[i].kind;
    return NAME_OTHER;
}

/* Hidden files, among them the locks and backups of offices, and what systems leave in folders. */
static bool is_hidden(tb_str name)
{
    return tb_str_starts(name, TB_STR(".")) || tb_str_starts(name, TB_STR("~")) ||
           tb_str_equal(name, TB_STR("Thumbs.db")) || tb_str_equal(name, TB_STR("desktop.ini"));
}

/* ---- the list ---- */

static bool keep_text(tb_inputs *inputs, tb_str text, const char **ret)
{
    tb_str copy = tb_arena_dup(&inputs->arena, text);
    *ret = copy.data;
    return copy.data != NULL;
}

/* The path as people see it: names that are not UTF-8 are taken for GB18030. */
static bool keep_shown(tb_inputs *inputs, const char *path, const char **ret)
{
    *ret = path;
    if (tb_text_is_utf8(tb_str_of(path)))
        return true;
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_archive_decode_name(&text, tb_str_of(path), false);
    bool kept = !text.failed && keep_text(inputs, tb_buffer_get(&text), ret);
    tb_buffer_done(&text);
    return kept;
}

/* `input` has what is to be added but for the texts, which are copied; `shown` may be NULL. */
static tb_status push(tb_inputs *inputs, tb_input input, const tb_error *why, tb_error *error)
{
    if (inputs->count == inputs->capacity) {
        size_t wanted = inputs->capacity == 0 ? 64 : inputs->capacity * 2;
        tb_input *grown = tb_arena_grow(&inputs->arena, inputs->list, inputs->count, wanted,
                                        sizeof *inputs->list);
        if (grown == NULL)
            return tb_error_memory(error);
        inputs->list = grown;
        inputs->capacity = wanted;
    }
    if (why != NULL) {
        tb_error *kept = tb_arena_alloc(&inputs->arena, sizeof *kept);
        if (kept == NULL)
            return tb_error_memory(error);
        *kept = *why;
        input.error = kept;
    }
    bool ok = input.is_member /* it has its archive's path, which is kept already */
              || keep_text(inputs, tb_str_of(input.path), &input.path);
    ok = ok && (input.shown != NULL ? keep_text(inputs, tb_str_of(input.shown), &input.shown)
                                    : keep_shown(inputs, input.path, &input.shown));
    if (ok)
        inputs->list[inputs->count++] = input;
    return ok ? TB_OK : tb_error_memory(error);
}

static tb_status push_path(tb_inputs *inputs, const char *path, const tb_error *why,
                           tb_error *error)
{
    return push(inputs, (tb_input){.path = path}, why, error);
}

/* ---- archives ---- */

/* A member's name without its folders. */
static tb_str base_name(tb_str name)
{
    size_t at = name.size;
    while (at > 0 && name.data[at - 1] != '/')
        at--;
    return tb_str_slice(name, at, name.size);
}

/* What there is to say of a file before it is opened; NULL: nothing. */
static const tb_error *refuse_name(name_kind kind, bool is_member, tb_error *why)
{
    if (kind == NAME_PACKED)
        tb_error_set(why, TB_UNSUPPORTED, TB_MSG_SUM_OTHER_ARCHIVE, NULL);
    else if (kind == NAME_ZIP && is_member)
        tb_error_set(why, TB_UNSUPPORTED, TB_MSG_SUM_ARCHIVE_INSIDE, NULL);
    else
        return NULL;
    return why;
}

static tb_status add_member(tb_inputs *inputs, const tb_input *archive,
                            const tb_archive_member *member, tb_error *error)
{
    tb_error why;
    tb_buffer shown;
    tb_str name = base_name(member->name);
    name_kind kind = kind_of(name);
    if (name.size == 0 || is_hidden(name))
        return TB_OK;
    tb_buffer_init(&shown, TB_MAX_TEXT_SIZE);
    tb_buffer_cstr(&shown, archive->shown);
    tb_buffer_char(&shown, '/');
    tb_buffer_text(&shown, member->name);
    const tb_input input = {.path = archive->path,
                            .shown = shown.data,
                            .is_other = kind == NAME_OTHER,
                            .is_member = true,
                            .offset = member->offset,
                            .modified = member->modified};
    tb_status status = shown.failed ? tb_error_memory(error)
                                    : push(inputs, input, refuse_name(kind, true, &why), error);
    tb_buffer_done(&shown);
    return status;
}

/* Its members take the place of an archive; one without forms, or that can't be read, is an input
 * with an error. */
static tb_status add_archive(tb_inputs *inputs, const char *path, tb_error *error)
{
    tb_error why;
    tb_archive *archive = NULL;
    size_t before = inputs->count, count = 0;
    const tb_archive_member *members = NULL;
    tb_input input = {.path = path};
    if (!keep_text(inputs, tb_str_of(path), &input.path) ||
        !keep_shown(inputs, input.path, &input.shown))
        return tb_error_memory(error);
    tb_status status = tb_archive_new(&archive, error);
    if (status != TB_OK)
        return status;
    tb_status opened = tb_archive_open(archive, path, &members, &count, &why);
    for (size_t i = 0; opened == TB_OK && i < count && status == TB_OK; i++)
        status = add_member(inputs, &input, &members[i], error);
    tb_archive_free(archive);
    if (status != TB_OK || inputs->count > before)
        return status;
    if (opened == TB_OK)
        tb_error_set(&why, TB_NOT_FOUND, TB_MSG_SUM_EMPTY_ARCHIVE, NULL);
    return push(inputs, input, &why, error);
}

/* ---- files and folders ---- */

static tb_status add_file(tb_inputs *inputs, const char *path, bool is_found, tb_error *error)
{
    tb_error why;
    name_kind kind = inputs->with_others ? kind_of(tb_str_of(path)) : NAME_FORM;
    if (kind == NAME_ZIP && tb_platform_path_kind(path) == TB_PATH_FILE)
        return add_archive(inputs, path, error);
    const tb_input input = {.path = path, .is_other = is_found && kind == NAME_OTHER};
    return push(inputs, input, refuse_name(kind, false, &why), error);
}

static tb_status add_folder(tb_inputs *inputs, const char *folder, unsigned depth, tb_error *error);

static tb_status add_entry(tb_inputs *inputs, const char *folder, tb_str name, unsigned depth,
                           tb_error *error)
{
    size_t size = strlen(folder);
    bool slash = size > 0 && folder[size - 1] == '/';
    tb_buffer path;
    tb_buffer_init(&path, size + name.size + 2);
    tb_buffer_cstr(&path, folder);
    tb_buffer_cstr(&path, slash ? "" : "/");
    tb_buffer_text(&path, name);
    tb_status status = TB_OK;
    if (path.failed)
        status = tb_error_memory(error);
    else if (tb_platform_path_kind(path.data) == TB_PATH_FOLDER)
        status = tb_str_starts(name, TB_STR(".")) ? TB_OK
                                                  : add_folder(inputs, path.data, depth + 1, error);
    else if (!is_hidden(name) && (inputs->with_others || kind_of(name) == NAME_FORM))
        status = add_file(inputs, path.data, true, error);
    tb_buffer_done(&path);
    return status;
}

static tb_status add_folder(tb_inputs *inputs, const char *folder, unsigned depth, tb_error *error)
{
    tb_str *names = NULL;
    size_t count = 0;
    tb_error why;
    if (depth > MAX_FOLDER_DEPTH)
        return TB_OK; /* a loop of links */
    tb_status status = tb_platform_list_folder(folder, &inputs->arena, &names, &count, &why);
    if (status == TB_NO_MEMORY)
        return tb_error_memory(error);
    if (status != TB_OK)
        return push_path(inputs, folder, &why, error);
    for (size_t i = 0; i < count && status == TB_OK; i++)
        status = add_entry(inputs, folder, names[i], depth, error);
    return status;
}

tb_status tb_inputs_add(tb_inputs *inputs, const char *path, tb_error *error)
{
    if (tb_platform_path_kind(path) != TB_PATH_FOLDER)
        return add_file(inputs, path, false, error);
    size_t before = inputs->count;
    tb_status status = add_folder(inputs, path, 0, error);
    if (status != TB_OK || inputs->count > before)
        return status;
    tb_error why;
    tb_error_set(&why, TB_NOT_FOUND, TB_MSG_SUM_EMPTY_FOLDER, NULL);
    return push_path(inputs, path, &why, error);
}

tb_status tb_inputs_add_stream(tb_inputs *inputs, FILE *stream, tb_error *error)
{
    tb_buffer names;
    tb_buffer_init(&names, MAX_NAMES_SIZE);
    char chunk[4096];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0)
        tb_buffer_append(&names, chunk, got);
    tb_status status = names.failed ? tb_error_memory(error) : TB_OK;
    for (size_t at = 0; at < names.size && status == TB_OK;) {
        const char *name = names.data + at;
        at += strlen(name) + 1;
        if (*name != '\0')
            status = tb_inputs_add(inputs, name, error);
    }
    tb_buffer_done(&names);
    return status;
}
