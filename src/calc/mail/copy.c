/*
 * Making the copy by the office's own export, and reading it by the library.
 */
#include "calc/mail/copy.h"

#include "base/limits.h"
#include "base/platform.h"
#include "calc/mail/copy_folder.h"
#include "calc/office.h"
#include "calc/uno/value.h"
#include "rule/compare_results.h"

void tb_copy_init(tb_copy *copy)
{
    *copy = (tb_copy){.folder_url = TB_STR("")};
    tb_arena_init(&copy->arena, TB_MAX_TEXT_SIZE);
    tb_buffer_init(&copy->bytes, TB_MAX_FILE_SIZE);
}

void tb_copy_done(tb_copy *copy)
{
    tb_buffer_done(&copy->bytes);
    tb_arena_done(&copy->arena);
}

static tb_status store(uno_Interface *document, tb_str url, tb_str filter, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Sequence *arguments =
        tb_calls_named(&calls, "FilterName", tb_calls_any_text(&calls, filter));
    rtl_uString *to = tb_calls_text(&calls, url);
    tb_uno_call(&calls, document, TB_XStorable_storeToURL, TB_ARGS(&to, &arguments));
    return tb_calls_done(&calls, error);
}

static tb_str system_path(tb_str url, tb_arena *arena)
{
    rtl_uString *text = tb_text_new(url);
    tb_str path = tb_office_system_path(text, arena);
    if (text != NULL)
        rtl_uString_release(text);
    return path;
}

tb_status tb_copy_make(tb_copy *copy, uno_Interface *context, uno_Interface *document,
                       tb_language language, const tb_copy_plan *plan, tb_str name, tb_error *error)
{
    tb_status status =
        tb_copy_folder_make(context, language, &copy->arena, &copy->folder_url, error);
    if (status != TB_OK)
        return status;
    copy->url = tb_copy_folder_file(copy->folder_url, name, &copy->arena);
    copy->path = copy->url.data != NULL ? system_path(copy->url, &copy->arena) : copy->url;
    if (copy->path.data == NULL)
        return tb_error_memory(error);
    if (store(document, copy->url, plan->filter, error) != TB_OK ||
        tb_platform_read_file(copy->path.data, &copy->bytes, error) != TB_OK)
        return tb_error_set(error, TB_IO, TB_MSG_CALC_MAIL_NO_COPY, copy->path.data, NULL);
    return TB_OK;
}

tb_status tb_copy_check(const tb_copy *copy, tb_session *session, const tb_result *expected,
                        tb_error *error)
{
    const tb_result *result = NULL;
    tb_status status =
        tb_session_run_bytes(session, tb_buffer_get(&copy->bytes), copy->path.data, &result, error);
    if (status == TB_OK && !tb_result_equal(result, expected))
        status =
            tb_error_set(error, TB_INTERNAL, TB_MSG_CALC_MAIL_COPY_DIFFERS, copy->path.data, NULL);
    return status;
}
