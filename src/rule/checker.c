/*
 * Loading definitions: from --form alone, or from the folders in their order, where the first of
 * two with the same id and version wins.
 */
#include "rule/checker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"

#define MAX_PATH_SIZE   4096
#define DEFINITION_FILE "form.json"

struct tb_checker {
    tb_arena arena;
    size_t count, capacity;
    const tb_definition **definitions;
    const tb_rulebook **rulebooks;
};

static tb_status grow(tb_checker *checker, tb_error *error)
{
    if (checker->count < checker->capacity)
        return TB_OK;
    size_t wanted = checker->capacity == 0 ? 8 : checker->capacity * 2;
    checker->definitions = tb_arena_grow(&checker->arena, checker->definitions, checker->count,
                                         wanted, sizeof *checker->definitions);
    checker->rulebooks = tb_arena_grow(&checker->arena, checker->rulebooks, checker->count, wanted,
                                       sizeof *checker->rulebooks);
    if (checker->definitions == NULL || checker->rulebooks == NULL)
        return tb_error_memory(error);
    checker->capacity = wanted;
    return TB_OK;
}

static bool is_known(const tb_checker *checker, const tb_definition *definition)
{
    for (size_t i = 0; i < checker->count; i++)
        if (tb_str_equal(checker->definitions[i]->id, definition->id) &&
            tb_str_equal(checker->definitions[i]->version, definition->version))
            return true;
    return false;
}

static tb_status add_definition(tb_checker *checker, tb_str json, const char *path, tb_error *error)
{
    const tb_definition *definition = NULL;
    const tb_rulebook *book = NULL;
    tb_status status = tb_definition_read(&checker->arena, json, path, &definition, error);
    if (status != TB_OK || is_known(checker, definition))
        return status;
    status = tb_rulebook_compile(&checker->arena, definition, path, &book, error);
    if (status == TB_OK)
        status = grow(checker, error);
    if (status != TB_OK)
        return status;
    checker->definitions[checker->count] = definition;
    checker->rulebooks[checker->count++] = book;
    return TB_OK;
}

static tb_status load_file(tb_checker *checker, const char *path, tb_error *error)
{
    tb_buffer file;
    tb_buffer_init(&file, TB_MAX_DEFINITION_SIZE);
    tb_status status = tb_platform_read_file(path, &file, error);
    if (status == TB_OK)
        status = add_definition(checker, tb_buffer_get(&file), path, error);
    else
        tb_error_locate(error, path, NULL);
    tb_buffer_done(&file);
    return status;
}

/* "folder/name/form.json" or, without a name, "folder/form.json"; false when it is too long. */
static bool make_path(char out[MAX_PATH_SIZE], const char *folder, const char *name)
{
    int size = name != NULL ? snprintf(out, MAX_PATH_SIZE, "%s/%s/" DEFINITION_FILE, folder, name)
                            : snprintf(out, MAX_PATH_SIZE, "%s/" DEFINITION_FILE, folder);
    return size > 0 && size < MAX_PATH_SIZE;
}

static tb_status load_folder(tb_checker *checker, const char *folder, tb_error *error)
{
    tb_str *names = NULL;
    size_t count = 0;
    if (tb_platform_path_kind(folder) != TB_PATH_FOLDER)
        return TB_OK;
    tb_status status = tb_platform_list_folder(folder, &checker->arena, &names, &count, error);
    for (size_t i = 0; i < count && status == TB_OK; i++) {
        char path[MAX_PATH_SIZE];
        if (make_path(path, folder, names[i].data) && tb_platform_path_kind(path) == TB_PATH_FILE)
            status = load_file(checker, path, error);
    }
    return status;
}

static tb_status load_folders(tb_checker *checker, const tb_definition_sources *sources,
                              tb_error *error)
{
    tb_status status = TB_OK;
    for (size_t i = 0; i < sources->folder_count && status == TB_OK; i++)
        status = load_folder(checker, sources->folders[i], error);
    if (status == TB_OK && checker->count == 0)
        status = tb_error_set(error, TB_NOT_FOUND, TB_MSG_RULE_NO_FORMS, NULL);
    return status;
}

static tb_status no_such_form(const tb_checker *checker, const char *id, tb_error *error)
{
    tb_buffer known;
    tb_buffer_init(&known, TB_ERROR_ARGS_SIZE);
    for (size_t i = 0; i < checker->count; i++) {
        if (i > 0)
            tb_buffer_cstr(&known, ", ");
        tb_buffer_text(&known, checker->definitions[i]->id);
    }
    tb_status status = tb_error_set(error, TB_NOT_FOUND, TB_MSG_RULE_NO_SUCH_FORM, id,
                                    known.data != NULL ? known.data : "", NULL);
    tb_buffer_done(&known);
    return status;
}

/* Keeps the versions of one definition only. */
static tb_status keep_only(tb_checker *checker, const char *id, tb_error *error)
{
    size_t kept = 0;
    for (size_t i = 0; i < checker->count; i++) {
        if (!tb_str_equal(checker->definitions[i]->id, tb_str_of(id)))
            continue;
        checker->definitions[kept] = checker->definitions[i];
        checker->rulebooks[kept++] = checker->rulebooks[i];
    }
    if (kept == 0)
        return no_such_form(checker, id, error);
    checker->count = kept;
    return TB_OK;
}

static tb_status load_only(tb_checker *checker, const tb_definition_sources *sources,
                           tb_error *error)
{
    char path[MAX_PATH_SIZE];
    switch (tb_platform_path_kind(sources->only)) {
    case TB_PATH_FILE:
        return load_file(checker, sources->only, error);
    case TB_PATH_FOLDER:
        if (make_path(path, sources->only, NULL) && tb_platform_path_kind(path) == TB_PATH_FILE)
            return load_file(checker, path, error);
        if (load_folder(checker, sources->only, error) != TB_OK)
            return error != NULL ? error->status : TB_INVALID;
        return checker->count > 0 ? TB_OK
                                  : tb_error_set(error, TB_NOT_FOUND, TB_MSG_RULE_NO_FORMS, NULL);
    case TB_PATH_MISSING:
    case TB_PATH_OTHER:
        break;
    }
    tb_status status = load_folders(checker, sources, error);
    return status == TB_OK ? keep_only(checker, sources->only, error) : status;
}

tb_status tb_checker_new(const tb_definition_sources *sources, tb_checker **ret_checker,
                         tb_error *error)
{
    tb_checker *checker = calloc(1, sizeof *checker);
    if (checker == NULL)
        return tb_error_memory(error);
    tb_arena_init(&checker->arena, TB_MAX_DEFINITION_MEMORY);
    tb_status status = sources->only != NULL ? load_only(checker, sources, error)
                                             : load_folders(checker, sources, error);
    if (status != TB_OK) {
        tb_checker_free(checker);
        return status;
    }
    *ret_checker = checker;
    return TB_OK;
}

void tb_checker_free(tb_checker *checker)
{
    if (checker == NULL)
        return;
    tb_arena_done(&checker->arena);
    free(checker);
}

size_t tb_checker_definitions(const tb_checker *checker, const tb_definition *const **ret)
{
    *ret = checker->definitions;
    return checker->count;
}

const tb_rulebook *tb_checker_rulebook(const tb_checker *checker, const tb_definition *definition)
{
    for (size_t i = 0; i < checker->count; i++)
        if (checker->definitions[i] == definition)
            return checker->rulebooks[i];
    return NULL;
}
