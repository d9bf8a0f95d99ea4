/*
 * Reads the environment as the XDG base directory specification says.
 */
#include "rule/definition_folders.h"

#include <stdlib.h>
#include <string.h>

#include "base/platform.h"

#define MAX_ARENA            ((size_t)1 << 20)
#define SUBFOLDER            "/tianbao/templates"
#define ADMINISTRATOR_FOLDER "/etc" SUBFOLDER
#define SHIPPED_FROM_PROGRAM "/../share" SUBFOLDER

/* Adds base + tail; a missing base is passed over. */
static bool add(tb_definition_folders *folders, const char *base, const char *tail)
{
    if (base == NULL || *base == '\0')
        return true;
    size_t base_size = strlen(base), tail_size = strlen(tail);
    char *path = tb_arena_array(&folders->arena, base_size + tail_size + 1, 1);
    if (path == NULL)
        return false;
    memcpy(path, base, base_size);
    memcpy(path + base_size, tail, tail_size + 1);
    folders->folders[folders->count++] = path;
    return true;
}

static bool add_user_folder(tb_definition_folders *folders)
{
    const char *data = getenv("XDG_DATA_HOME");
    if (data != NULL && *data == '/')
        return add(folders, data, SUBFOLDER);
    return add(folders, getenv("HOME"), "/.local/share" SUBFOLDER);
}

/* Beside the program, when it is installed. */
static bool add_installed_folder(tb_definition_folders *folders, const char *fallback)
{
    tb_buffer program;
    tb_buffer_init(&program, (size_t)1 << 16);
    bool ok = true;
    size_t before = folders->count;
    if (tb_platform_program_path(&program)) {
        char *slash = strrchr(program.data, '/');
        if (slash != NULL)
            *slash = '\0';
        ok = add(folders, program.data, SHIPPED_FROM_PROGRAM);
    }
    tb_buffer_done(&program);
    bool found = folders->count > before &&
                 tb_platform_path_kind(folders->folders[before]) == TB_PATH_FOLDER;
    if (!found) {
        folders->count = before;
        ok = ok && add(folders, fallback, "");
    }
    return ok;
}

tb_status tb_definition_folders_init(tb_definition_folders *folders, const char *administrator,
                                     const char *shipped, const char *fallback, tb_error *error)
{
    bool is_set = administrator != NULL && *administrator != '\0';
    *folders = (tb_definition_folders){0};
    tb_arena_init(&folders->arena, MAX_ARENA);
    bool ok =
        add(folders, getenv("TIANBAO_TEMPLATES"), "") && add_user_folder(folders) &&
        add(folders, is_set ? administrator : ADMINISTRATOR_FOLDER, "") &&
        (shipped != NULL ? add(folders, shipped, "") : add_installed_folder(folders, fallback));
    if (!ok) {
        tb_definition_folders_done(folders);
        return tb_error_memory(error);
    }
    return TB_OK;
}

void tb_definition_folders_done(tb_definition_folders *folders)
{
    tb_arena_done(&folders->arena);
    *folders = (tb_definition_folders){0};
}
