/*
 * Only folders that are named as we name them are ever removed, and of those only the files: one in
 * which somebody has put a folder stays.
 */
#include "calc/mail/copy_folder.h"

#include <osl/file.h>
#include <osl/time.h>
#include <rtl/uri.h>
#include <stdio.h>

#include "base/limits.h"
#include "calc/office.h"
#include "calc/uno/value.h"

#define NAME_SIZE    24 /* 2026-11-23-231501, and -12 for the twelfth of one second */
#define STAMP_LENGTH 17
#define SAME_MAX     99

/* ---- names ---- */

static void stamp(char out[NAME_SIZE], uint32_t days_ago)
{
    TimeValue now, local;
    oslDateTime day = {0};
    if (osl_getSystemTime(&now) && osl_getLocalTimeFromSystemTime(&now, &local)) {
        local.Seconds -= days_ago * 86400u;
        osl_getDateTimeFromTimeValue(&local, &day);
    }
    snprintf(out, NAME_SIZE, "%04d-%02u-%02u-%02u%02u%02u", day.Year % 10000, day.Month % 100u,
             day.Day % 100u, day.Hours % 100u, day.Minutes % 100u, day.Seconds % 100u);
}

/* Whether it is a stamp, perhaps with a number behind it. */
static bool is_ours(const rtl_uString *name)
{
    static const char pattern[] = "dddd-dd-dd-dddddd-dd";
    if (name->length < STAMP_LENGTH || name->length >= (sal_Int32)sizeof pattern ||
        name->length == STAMP_LENGTH + 1)
        return false;
    for (sal_Int32 i = 0; i < name->length; i++) {
        bool digit = name->buffer[i] >= '0' && name->buffer[i] <= '9';
        if (pattern[i] == 'd' ? !digit : name->buffer[i] != '-')
            return false;
    }
    return true;
}

/* Both begin with a stamp. */
static bool is_older(const rtl_uString *name, const char *limit)
{
    for (int i = 0; i < STAMP_LENGTH; i++) {
        if (name->buffer[i] != (sal_Unicode)limit[i])
            return name->buffer[i] < (sal_Unicode)limit[i];
    }
    return false;
}

tb_str tb_copy_folder_file(tb_str folder_url, tb_str name, tb_arena *arena)
{
    rtl_uString *plain = tb_text_new(name), *coded = NULL;
    tb_buffer url;
    tb_buffer_init(&url, TB_MAX_TEXT_SIZE);
    tb_buffer_text(&url, folder_url);
    if (folder_url.size > 0 && folder_url.data[folder_url.size - 1] != '/')
        tb_buffer_char(&url, '/');
    if (plain != NULL) {
        rtl_uriEncode(plain, rtl_getUriCharClass(rtl_UriCharClassPchar), rtl_UriEncodeIgnoreEscapes,
                      RTL_TEXTENCODING_UTF8, &coded);
        tb_buffer_text(&url, tb_text_utf8(arena, coded));
        rtl_uString_release(coded);
        rtl_uString_release(plain);
    }
    bool complete = plain != NULL && !url.failed;
    tb_str result = complete ? tb_arena_dup(arena, tb_buffer_get(&url)) : (tb_str){NULL, 0};
    tb_buffer_done(&url);
    return result;
}

/* ---- folders ---- */

/* Calls `visit` with the name and the URL of each entry of a folder. */
typedef void (*visit_entry)(const rtl_uString *name, rtl_uString *url, const void *data);

static void visit_folder(rtl_uString *url, visit_entry visit, const void *data)
{
    oslDirectory folder = NULL;
    oslDirectoryItem item = NULL;
    if (osl_openDirectory(url, &folder) != osl_File_E_None)
        return;
    while (osl_getNextDirectoryItem(folder, &item, 0) == osl_File_E_None) {
        oslFileStatus status = {.uStructSize = sizeof status};
        sal_uInt32 wanted = osl_FileStatus_Mask_FileName | osl_FileStatus_Mask_FileURL;
        if (osl_getFileStatus(item, &status, wanted) == osl_File_E_None)
            visit(status.ustrFileName, status.ustrFileURL, data);
        if (status.ustrFileName != NULL)
            rtl_uString_release(status.ustrFileName);
        if (status.ustrFileURL != NULL)
            rtl_uString_release(status.ustrFileURL);
        osl_releaseDirectoryItem(item);
        item = NULL;
    }
    osl_closeDirectory(folder);
}

static void remove_file(const rtl_uString *name TB_UNUSED, rtl_uString *url,
                        const void *data TB_UNUSED)
{
    osl_removeFile(url);
}

static void remove_old(const rtl_uString *name, rtl_uString *url, const void *limit)
{
    if (!is_ours(name) || !is_older(name, limit))
        return;
    visit_folder(url, remove_file, NULL);
    osl_removeDirectory(url);
}

/* The user's documents, as Tools - Options - Paths says. */
static tb_str root_url(uno_Interface *context, tb_language language, tb_arena *arena,
                       tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *paths = tb_service(&calls, context, "com.sun.star.util.PathSettings", NULL);
    const uno_Any *work = tb_property(&calls, paths, "Work");
    tb_str url = tb_text_utf8(arena, work != NULL ? tb_any_find_text(work) : NULL);
    tb_str name = tb_str_of(tb_message_get(language, TB_MSG_CALC_MAIL_FOLDER));
    tb_str result = tb_copy_folder_file(url, name, arena);
    if (tb_calls_done(&calls, error) != TB_OK)
        return (tb_str){NULL, 0};
    if (result.data == NULL)
        tb_error_memory(error);
    return result;
}

static tb_status refuse(rtl_uString *url, tb_arena *arena, tb_error *error)
{
    tb_str path = tb_office_system_path(url, arena);
    return tb_error_set(error, TB_IO, TB_MSG_CALC_MAIL_NO_FOLDER,
                        path.data != NULL ? path.data : "", NULL);
}

/* A folder that was not there before: two copies of one second have two. */
static tb_status make_new(tb_str root, tb_arena *arena, tb_str *ret_url, tb_error *error)
{
    char now[NAME_SIZE];
    stamp(now, 0);
    oslFileError result = osl_File_E_EXIST;
    for (int i = 1; result == osl_File_E_EXIST && i <= SAME_MAX; i++) {
        if (i > 1)
            snprintf(now + STAMP_LENGTH, NAME_SIZE - STAMP_LENGTH, "-%02d", i);
        *ret_url = tb_copy_folder_file(root, tb_str_of(now), arena);
        rtl_uString *url = ret_url->data != NULL ? tb_text_new(*ret_url) : NULL;
        if (url == NULL)
            return tb_error_memory(error);
        result = osl_createDirectory(url);
        if (result != osl_File_E_None && result != osl_File_E_EXIST)
            refuse(url, arena, error);
        rtl_uString_release(url);
    }
    return result == osl_File_E_None ? TB_OK : TB_IO;
}

tb_status tb_copy_folder_make(uno_Interface *context, tb_language language, tb_arena *arena,
                              tb_str *ret_url, tb_error *error)
{
    char limit[NAME_SIZE];
    tb_str root = root_url(context, language, arena, error);
    rtl_uString *url = root.data != NULL ? tb_text_new(root) : NULL;
    if (url == NULL)
        return root.data != NULL ? tb_error_memory(error) : error->status;
    oslFileError made = osl_createDirectoryPath(url, NULL, NULL);
    tb_status status = TB_OK;
    if (made != osl_File_E_None && made != osl_File_E_EXIST)
        status = refuse(url, arena, error);
    stamp(limit, TB_COPY_DAYS);
    if (status == TB_OK) {
        visit_folder(url, remove_old, limit);
        status = make_new(root, arena, ret_url, error);
    }
    rtl_uString_release(url);
    return status;
}
