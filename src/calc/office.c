/*
 * Asking the office's configuration and its package manager.
 */
#include "calc/office.h"

#include <osl/file.h>
#include <osl/time.h>
#include <stdio.h>

#include "base/limits.h"
#include "calc/uno/value.h"

/* com.sun.star.beans.NamedValue */
typedef struct named_value {
    rtl_uString *name;
    uno_Any value;
} named_value;

/* The arguments of a configuration access: one named value, nodepath. */
static uno_Sequence *node_path(tb_calls *calls, const char *path)
{
    rtl_uString *name = tb_calls_text(calls, TB_STR("nodepath"));
    const uno_Any *value = tb_calls_any_text(calls, tb_str_of(path));
    if (value == NULL)
        return NULL;
    named_value argument = {name, *value};
    return tb_calls_one(calls, tb_calls_any(calls, TB_TYPE_NAMED_VALUE, &argument));
}

uno_Interface *tb_office_configuration(tb_calls *calls, uno_Interface *context, const char *path,
                                       bool for_update)
{
    uno_Interface *provider =
        tb_service(calls, context, "com.sun.star.configuration.ConfigurationProvider", NULL);
    const char *name = for_update ? "com.sun.star.configuration.ConfigurationUpdateAccess"
                                  : "com.sun.star.configuration.ConfigurationAccess";
    rtl_uString *service = tb_calls_text(calls, tb_str_of(name));
    uno_Sequence *arguments = node_path(calls, path);
    return tb_uno_call_object(calls, provider, TB_XMultiServiceFactory_createInstanceWithArguments,
                              TB_ARGS(&service, &arguments));
}

/* A text of the configuration; NULL after a failure and where it is no text. */
static const rtl_uString *configured_text(tb_calls *calls, uno_Interface *context, const char *path,
                                          const char *name)
{
    uno_Interface *access = tb_office_configuration(calls, context, path, false);
    rtl_uString *key = tb_calls_text(calls, tb_str_of(name));
    const uno_Any *value = tb_uno_call(calls, access, TB_XNameAccess_getByName, TB_ARGS(&key));
    return value == NULL ? NULL : tb_any_find_text(value);
}

tb_language tb_office_language(uno_Interface *context)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const rtl_uString *text =
        configured_text(&calls, context, "/org.openoffice.Setup/L10N", "ooLocale");
    bool chinese =
        text != NULL && text->length >= 2 && text->buffer[0] == 'z' && text->buffer[1] == 'h';
    tb_calls_done(&calls, NULL);
    return chinese ? TB_LANGUAGE_ZH : TB_LANGUAGE_EN;
}

/* The family name first where the rest of the name is Chinese too. */
tb_str tb_office_user_name(uno_Interface *context, tb_arena *arena)
{
    static const char path[] = "/org.openoffice.UserProfile/Data";
    tb_calls calls;
    tb_buffer name;
    tb_calls_init(&calls);
    tb_buffer_init(&name, TB_MAX_TEXT_SIZE);
    tb_str given =
        tb_str_trim(tb_text_utf8(arena, configured_text(&calls, context, path, "givenname")));
    tb_str family = tb_str_trim(tb_text_utf8(arena, configured_text(&calls, context, path, "sn")));
    size_t at = 0;
    bool is_chinese = family.size > 0 && tb_text_next(family, &at) >= 0x3400;
    tb_buffer_text(&name, is_chinese ? family : given);
    if (!is_chinese && given.size > 0 && family.size > 0)
        tb_buffer_char(&name, ' ');
    tb_buffer_text(&name, is_chinese ? given : family);
    tb_str result = tb_arena_dup(arena, tb_buffer_get(&name));
    tb_buffer_done(&name);
    tb_calls_done(&calls, NULL);
    return result.data != NULL ? result : TB_STR("");
}

tb_str tb_office_today(char out[TB_DATE_SIZE])
{
    TimeValue now, local;
    oslDateTime day = {0};
    if (osl_getSystemTime(&now) && osl_getLocalTimeFromSystemTime(&now, &local))
        osl_getDateTimeFromTimeValue(&local, &day);
    snprintf(out, TB_DATE_SIZE, "%04d-%02d-%02d", day.Year % 10000, day.Month % 100, day.Day % 100);
    return tb_str_of(out);
}

tb_str tb_office_package_url(tb_calls *calls, uno_Interface *context, const char *file,
                             tb_arena *arena)
{
    tb_buffer url;
    tb_buffer_init(&url, TB_MAX_TEXT_SIZE);
    rtl_uString *name = tb_calls_text(
        calls, TB_STR("/singletons/com.sun.star.deployment.PackageInformationProvider"));
    const uno_Any *provider =
        tb_uno_call(calls, context, TB_XComponentContext_getValueByName, TB_ARGS(&name));
    rtl_uString *id = tb_calls_text(calls, TB_STR(TB_EXTENSION_ID));
    const rtl_uString *folder =
        tb_uno_call_text(calls, provider == NULL ? NULL : tb_any_find_object(provider),
                         TB_XPackageInformationProvider_getPackageLocation, TB_ARGS(&id));
    tb_str result = {NULL, 0};
    if (folder != NULL && folder->length > 0) {
        tb_buffer_text(&url, tb_text_utf8(arena, folder));
        tb_buffer_char(&url, '/');
        tb_buffer_cstr(&url, file);
        result = tb_arena_dup(arena, tb_buffer_get(&url));
    }
    if (result.data == NULL && !tb_calls_failed(calls))
        tb_error_set(&calls->error, TB_NOT_FOUND, TB_MSG_CALC_PACKAGE_MISSING, file, NULL);
    tb_buffer_done(&url);
    return result;
}

tb_str tb_office_system_path(const rtl_uString *url, tb_arena *arena)
{
    rtl_uString *system = NULL;
    tb_str path = {NULL, 0};
    if (url != NULL && osl_getSystemPathFromFileURL((rtl_uString *)url, &system) == osl_File_E_None)
        path = tb_arena_dup(arena, tb_text_utf8(arena, system));
    if (system != NULL)
        rtl_uString_release(system);
    return path;
}

tb_status tb_office_show(uno_Interface *context, tb_str url, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    sal_Int32 flags = 2; /* com.sun.star.system.SystemShellExecuteFlags.URIS_ONLY */
    uno_Interface *shell =
        tb_service(&calls, context, "com.sun.star.system.SystemShellExecute", NULL);
    rtl_uString *place = tb_calls_text(&calls, url), *none = tb_calls_text(&calls, TB_STR(""));
    tb_uno_call(&calls, shell, TB_XSystemShellExecute_execute, TB_ARGS(&place, &none, &flags));
    return tb_calls_done(&calls, error);
}
