/*
 * An office that has no stylesheet for help ends itself, with all documents, when it is to show the
 * help of an extension (7.4; Debian has the stylesheet in a package of its own,
 * libreoffice-help-common). So a window has a help URL only where the stylesheet is, and the
 * command shows the same texts as a page in the browser (extension/manual.py), which is there
 * everywhere.
 */
#include "calc/help.h"

#include <osl/file.h>
#include <string.h>

#include "base/limits.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/uno/value.h"

#define STYLESHEET "/main_transform.xsl"

/* The URL of the office's folder of help, whose configured form has variables. */
static const rtl_uString *find_folder(tb_calls *calls, uno_Interface *context)
{
    uno_Interface *paths = tb_office_configuration(
        calls, context, "/org.openoffice.Office.Common/Path/Current", false);
    const uno_Any *path = tb_property(calls, paths, "Help");
    rtl_uString *name = path == NULL ? NULL : (rtl_uString *)tb_any_find_text(path);
    sal_Bool required = false;
    uno_Interface *variables =
        tb_service(calls, context, "com.sun.star.util.PathSubstitution", NULL);
    return name == NULL
               ? NULL
               : tb_uno_call_text(calls, variables, TB_XStringSubstitution_substituteVariables,
                                  TB_ARGS(&name, &required));
}

static bool is_file(const rtl_uString *folder, tb_calls *calls, tb_arena *arena)
{
    tb_buffer url;
    oslDirectoryItem item = NULL;
    tb_buffer_init(&url, TB_MAX_TEXT_SIZE);
    tb_buffer_text(&url, tb_text_utf8(arena, folder));
    tb_buffer_cstr(&url, STYLESHEET);
    rtl_uString *name = tb_calls_text(calls, tb_buffer_get(&url));
    bool found = name != NULL && osl_getDirectoryItem(name, &item) == osl_File_E_None;
    if (found)
        osl_releaseDirectoryItem(item);
    tb_buffer_done(&url);
    return found;
}

static bool can_show_help(uno_Interface *context)
{
    tb_calls calls;
    tb_arena arena;
    tb_calls_init(&calls);
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    const rtl_uString *folder = find_folder(&calls, context);
    bool found = folder != NULL && is_file(folder, &calls, &arena);
    tb_arena_done(&arena);
    tb_calls_done(&calls, NULL);
    return found;
}

/* dialogs/Findings.xdl: findings */
static void append_anchor(tb_buffer *url, const char *file)
{
    const char *name = strrchr(file, '/');
    for (name = name == NULL ? file : name + 1; *name != '\0' && *name != '.'; name++)
        tb_buffer_char(url, *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name);
}

void tb_help_attach(tb_calls *calls, uno_Interface *context, uno_Interface *window,
                    const char *file)
{
    if (window == NULL || tb_calls_failed(calls) || !can_show_help(context))
        return;
    tb_buffer url;
    tb_buffer_init(&url, TB_MAX_TEXT_SIZE);
    tb_buffer_cstr(&url, "HID:" TB_EXTENSION_ID ":");
    append_anchor(&url, file);
    uno_Interface *model = tb_uno_call_object(calls, window, TB_XControl_getModel, NULL);
    tb_property_set_text(calls, model, "HelpURL", tb_buffer_get(&url));
    tb_buffer_done(&url);
}

void tb_help_show(uno_Interface *context, uno_Interface *frame)
{
    static const char *const manuals[TB_LANGUAGE_COUNT] = {
        [TB_LANGUAGE_ZH] = "manual/zh-CN.html", [TB_LANGUAGE_EN] = "manual/en.html"};
    tb_calls calls;
    tb_arena arena;
    tb_error error;
    tb_calls_init(&calls);
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_str url =
        tb_office_package_url(&calls, context, manuals[tb_office_language(context)], &arena);
    tb_status status = tb_calls_done(&calls, &error);
    if (status == TB_OK)
        status = tb_office_show(context, url, &error);
    tb_arena_done(&arena);
    if (status != TB_OK)
        tb_message_box_show_error(context, frame, &error);
}
