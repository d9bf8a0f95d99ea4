/*
 * Going through folders.
 */
#include "sum/inputs.h"

#include <string.h>

#include "base/platform.h"

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

static tb_status push(tb_inputs *inputs, const char *path, bool is_other, const tb_error *why,
                      tb_error *error)
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
    tb_error *kept = NULL;
    if (why != NULL) {
        kept = tb_arena_alloc(&inputs->arena, sizeof *kept);
        if (kept == NULL)
            return tb_error_memory(error);
        *kept = *why;
    }
    tb_str copy = tb_arena_dup(&inputs->arena, tb_str_of(path));
    inputs->list[inputs->count++] = (tb_input){copy.data, kept, is_other};
    return copy.data != NULL ? TB_OK : tb_error_memory(error);
}

/* Hidden files, among them the locks and backups of offices, and what systems leave in folders. */
static bool is_hidden(tb_str name)
{
    return tb_str_starts(name, TB_STR(".")) || tb_str_starts(name, TB_STR("~")) ||
           tb_str_equal(name, TB_STR("Thumbs.db")) || tb_str_equal(name, TB_STR("desktop.ini"));
}

/* Only what the readers read. */
static bool is_form_name(tb_str name)
{
    static const char *const endings[] = {".ods",  ".ots",  ".fods", ".xlsx",
                                          ".xlsm", ".xltx", ".ODS",  ".XLSX"};
    if (is_hidden(name))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (tb_str_ends(name, tb_str_of(endings[i])))
            return true;
    return false;
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
    else if (is_form_name(name))
        status = push(inputs, path.data, false, NULL, error);
    else if (inputs->with_others && !is_hidden(name))
        status = push(inputs, path.data, true, NULL, error);
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
        return push(inputs, folder, false, &why, error);
    for (size_t i = 0; i < count && status == TB_OK; i++)
        status = add_entry(inputs, folder, names[i], depth, error);
    return status;
}

tb_status tb_inputs_add(tb_inputs *inputs, const char *path, tb_error *error)
{
    if (tb_platform_path_kind(path) != TB_PATH_FOLDER)
        return push(inputs, path, false, NULL, error);
    size_t before = inputs->count;
    tb_status status = add_folder(inputs, path, 0, error);
    if (status != TB_OK || inputs->count > before)
        return status;
    tb_error why;
    tb_error_set(&why, TB_NOT_FOUND, TB_MSG_SUM_EMPTY_FOLDER, NULL);
    return push(inputs, path, false, &why, error);
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
