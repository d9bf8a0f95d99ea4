/*
 * Counts who uses a checker. The newest one has a use more, so that it stays while no session is
 * open.
 */
#include "calc/shared_checker.h"

#include <stdlib.h>

#include "base/limits.h"
#include "calc/office.h"
#include "calc/settings/settings.h"
#include "calc/uno/lock.h"
#include "calc/uno/value.h"
#include "rule/definition_folders.h"

struct tb_shared_checker {
    tb_checker *checker;
    tb_arena arena; /* of the folder's name */
    tb_str folder;  /* as it was set */
    size_t uses;
};

static tb_shared_checker *newest;

static void free_shared(tb_shared_checker *shared)
{
    tb_checker_free(shared->checker);
    tb_arena_done(&shared->arena);
    free(shared);
}

/* ---- making ---- */

static tb_status read_definitions(const char *administrator, const char *shipped,
                                  tb_checker **ret_checker, tb_error *error)
{
    tb_definition_folders folders;
    tb_status status = tb_definition_folders_init(&folders, administrator, shipped, NULL, error);
    if (status != TB_OK)
        return status;
    tb_definition_sources sources = {NULL, folders.folders, folders.count};
    status = tb_checker_new(&sources, ret_checker, error);
    tb_definition_folders_done(&folders);
    return status;
}

static tb_status make_checker(uno_Interface *context, tb_shared_checker *shared, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_str url = tb_office_package_url(&calls, context, "templates", &shared->arena);
    rtl_uString *text = tb_calls_text(&calls, url);
    tb_str shipped = tb_office_system_path(text, &shared->arena);
    tb_status status = tb_calls_done(&calls, error);
    if (status == TB_OK && shipped.data == NULL)
        status = tb_error_set(error, TB_NOT_FOUND, TB_MSG_CALC_PACKAGE_MISSING, "templates", NULL);
    if (status == TB_OK)
        status = read_definitions(shared->folder.data, shipped.data, &shared->checker, error);
    return status;
}

static tb_status new_shared(uno_Interface *context, tb_shared_checker **ret_shared, tb_error *error)
{
    tb_shared_checker *shared = calloc(1, sizeof(*shared));
    if (shared == NULL)
        return tb_error_memory(error);
    tb_arena_init(&shared->arena, TB_MAX_TEXT_SIZE * 3);
    shared->folder = tb_setting_get_text(context, TB_SETTING_FORMS_FOLDER, &shared->arena, NULL);
    *ret_shared = shared;
    return TB_OK;
}

/* ---- sharing ---- */

/* The newest one with a use more, or NULL when it reads another folder. */
static tb_shared_checker *use_newest(tb_str folder)
{
    tb_shared_checker *found = NULL;
    tb_lock();
    if (newest != NULL && tb_str_equal(newest->folder, folder)) {
        found = newest;
        found->uses++;
    }
    tb_unlock();
    return found;
}

/* Of two threads that made one at a time the later one's stays. */
static void make_newest(tb_shared_checker *shared)
{
    shared->uses = 2; /* the caller's, and of being the newest */
    tb_lock();
    tb_shared_checker *old = newest;
    newest = shared;
    tb_unlock();
    tb_shared_checker_give_back(old);
}

tb_status tb_shared_checker_take(uno_Interface *context, tb_shared_checker **ret_shared,
                                 tb_error *error)
{
    tb_shared_checker *made = NULL;
    tb_status status = new_shared(context, &made, error);
    if (status != TB_OK)
        return status;
    tb_shared_checker *known = use_newest(made->folder);
    if (known == NULL)
        status = make_checker(context, made, error);
    if (known != NULL || status != TB_OK) {
        free_shared(made);
        made = known;
    } else {
        make_newest(made);
    }
    if (status == TB_OK)
        *ret_shared = made;
    return status;
}

void tb_shared_checker_give_back(tb_shared_checker *shared)
{
    if (shared == NULL)
        return;
    tb_lock();
    bool unused = --shared->uses == 0;
    tb_unlock();
    if (unused)
        free_shared(shared);
}

const tb_checker *tb_shared_checker_get(const tb_shared_checker *shared)
{
    return shared->checker;
}
