/*
 * Temporary names are those of OUT with an ending, in the same folder: only there can a name be
 * changed in one step.
 */
#include "sum/output.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/platform.h"

#define MAX_ATTEMPTS 100 /* at a name that is not there yet */

/* Without slashes at the end, which would put the temporary folder inside. */
static tb_str trim_slashes(const char *path)
{
    tb_str text = tb_str_of(path);
    while (text.size > 1 && text.data[text.size - 1] == '/')
        text.size--;
    return text;
}

static const char *set_name(tb_buffer *name, const char *path, const char *ending, int number)
{
    tb_buffer_reset(name);
    tb_buffer_text(name, trim_slashes(path));
    tb_buffer_cstr(name, ending);
    if (number > 0)
        tb_buffer_uint(name, (unsigned)number);
    return name->failed ? "" : name->data;
}

static bool is_table_file(tb_str name)
{
    return tb_str_ends(name, TB_STR(".csv")) || tb_str_ends(name, TB_STR(".jsonl"));
}

static tb_status check_folder(const char *path, tb_error *error)
{
    tb_arena arena;
    tb_str *names = NULL;
    size_t count = 0;
    tb_arena_init(&arena, TB_MAX_RESULT_MEMORY);
    tb_status status = tb_platform_list_folder(path, &arena, &names, &count, error);
    for (size_t i = 0; i < count && status == TB_OK; i++)
        if (!is_table_file(names[i]))
            status = tb_error_set(error, TB_IO, TB_MSG_SUM_OUT_HAS_MORE, names[i].data, NULL);
    tb_arena_done(&arena);
    return status;
}

static tb_status check_place(tb_output *output, bool may_replace, tb_error *error)
{
    tb_path_kind kind = tb_platform_path_kind(output->path);
    output->replaces = kind != TB_PATH_MISSING;
    if (kind == TB_PATH_MISSING)
        return TB_OK;
    if (!may_replace)
        return tb_error_set(error, TB_IO, TB_MSG_SUM_OUT_EXISTS, NULL);
    if (kind != (output->is_folder ? TB_PATH_FOLDER : TB_PATH_FILE))
        return tb_error_set(error, TB_IO,
                            output->is_folder ? TB_MSG_SUM_OUT_NO_FOLDER : TB_MSG_SUM_OUT_NO_FILE,
                            NULL);
    return output->is_folder ? check_folder(output->path, error) : TB_OK;
}

static tb_status make_temporary(tb_output *output, tb_error *error)
{
    tb_status status = TB_OK;
    bool exists = true;
    for (int i = 0; i < MAX_ATTEMPTS && exists; i++) {
        const char *name = set_name(&output->temporary, output->path, ".part", i);
        if (output->is_folder) {
            status = tb_platform_make_folder(name, &exists, error);
        } else {
            exists = tb_platform_path_kind(name) != TB_PATH_MISSING;
        }
    }
    return status;
}

tb_status tb_output_open(tb_output *output, const char *path, bool is_folder, bool may_replace,
                         tb_error *error)
{
    *output = (tb_output){.path = path, .is_folder = is_folder};
    tb_buffer_init(&output->temporary, TB_MAX_TEXT_SIZE);
    tb_status status = check_place(output, may_replace, error);
    if (status == TB_OK)
        status = make_temporary(output, error);
    if (status != TB_OK)
        tb_buffer_reset(&output->temporary); /* there is nothing to take away */
    return status;
}

/* A folder can't take the place of another in one step: the old one steps aside, and comes back
 * where the new one can't be put there. */
static tb_status replace_folder(tb_output *output, tb_error *error)
{
    tb_buffer aside;
    tb_buffer_init(&aside, TB_MAX_TEXT_SIZE);
    tb_status status = TB_OK;
    int number = 0;
    const char *name = set_name(&aside, output->path, ".old", 0);
    while (tb_platform_path_kind(name) != TB_PATH_MISSING && number < MAX_ATTEMPTS)
        name = set_name(&aside, output->path, ".old", ++number);
    status = tb_platform_rename(output->path, name, error);
    if (status == TB_OK) {
        status = tb_platform_rename(output->temporary.data, output->path, error);
        if (status == TB_OK)
            tb_platform_remove_folder(name);
        else
            (void)tb_platform_rename(name, output->path, NULL);
    }
    tb_buffer_done(&aside);
    return status;
}

tb_status tb_output_commit(tb_output *output, tb_error *error)
{
    tb_status status = output->is_folder && output->replaces
                           ? replace_folder(output, error)
                           : tb_platform_rename(output->temporary.data, output->path, error);
    if (status == TB_OK)
        tb_buffer_reset(&output->temporary);
    return status;
}

void tb_output_done(tb_output *output)
{
    if (output->temporary.size > 0 && output->is_folder)
        tb_platform_remove_folder(output->temporary.data);
    else if (output->temporary.size > 0)
        (void)remove(output->temporary.data);
    tb_buffer_done(&output->temporary);
}
