/*
 * From a file to a submission, and the JSON that describes it.
 */
#include "send/submission.h"

#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/platform.h"
#include "report/mail.h"
#include "report/report.h"
#include "report/terms.h"

#define DEFINITION_NAME "/form.json"
#define MAX_PATH_SIZE   ((size_t)1 << 16)
#define MAX_SUFFIX_SIZE 6

static bool keep(tb_arena *arena, const tb_buffer *text, tb_str *ret)
{
    *ret = text->failed ? (tb_str){0} : tb_arena_dup(arena, tb_buffer_get(text));
    return ret->data != NULL;
}

/* The hash of the definition as it is on disk; zeros where it came from memory. */
static void hash_definition(const tb_definition *definition, unsigned char out[TB_SHA256_SIZE])
{
    tb_buffer path, text;
    memset(out, 0, TB_SHA256_SIZE);
    tb_buffer_init(&path, MAX_PATH_SIZE);
    tb_buffer_init(&text, TB_MAX_DEFINITION_SIZE);
    tb_buffer_text(&path, definition->folder);
    tb_buffer_cstr(&path, DEFINITION_NAME);
    if (!path.failed && tb_platform_read_file(path.data, &text, NULL) == TB_OK)
        tb_sha256(tb_buffer_get(&text), out);
    tb_buffer_done(&path);
    tb_buffer_done(&text);
}

static tb_str file_part(tb_str path)
{
    size_t at = path.size;
    while (at > 0 && path.data[at - 1] != '/')
        at--;
    return tb_str_slice(path, at, path.size);
}

static tb_str suffix_of(tb_str name)
{
    size_t at = name.size;
    while (at > 0 && name.data[at - 1] != '.')
        at--;
    bool found = at > 1 && name.size - at < MAX_SUFFIX_SIZE;
    return found ? tb_str_slice(name, at - 1, name.size) : TB_STR("");
}

static bool keep_source(tb_submission *submission, const char *path, tb_arena *arena)
{
    tb_buffer full;
    tb_buffer_init(&full, MAX_PATH_SIZE);
    tb_platform_full_path(path, &full);
    bool kept = keep(arena, &full, &submission->source);
    submission->file_name = file_part(submission->source);
    submission->suffix = suffix_of(submission->file_name);
    tb_buffer_done(&full);
    return kept;
}

static bool keep_report(tb_submission *submission, const tb_result *result, tb_language language,
                        tb_arena *arena)
{
    tb_buffer report;
    tb_buffer_init(&report, TB_MAX_OUTPUT_SIZE);
    tb_report_json(&report, submission->file_name, result, language);
    if (report.size > 0 && report.data[report.size - 1] == '\n')
        report.size--;
    bool kept = keep(arena, &report, &submission->report);
    tb_buffer_done(&report);
    return kept;
}

/* What is said about a form that was recognised. */
static bool describe(tb_submission *submission, const tb_result *result, tb_arena *arena)
{
    char year[TB_MAIL_YEAR_SIZE];
    tb_buffer name;
    tb_buffer_init(&name, 2 * TB_MAIL_NAME_MAX);
    tb_mail_file_name(&name, result, TB_STR(""));
    bool kept = keep(arena, &name, &submission->name);
    tb_buffer_done(&name);
    submission->form = tb_arena_dup(arena, result->definition->id);
    submission->version = tb_arena_dup(arena, result->definition->version);
    submission->unit = tb_arena_dup(arena, tb_report__filer(result));
    submission->year = tb_arena_dup(arena, tb_mail_year(result, year));
    hash_definition(result->definition, submission->definition);
    return kept && submission->form.data != NULL && submission->version.data != NULL &&
           submission->unit.data != NULL && submission->year.data != NULL;
}

static tb_status check_bytes(const tb_submission_source *source, tb_str bytes,
                             const tb_result **ret_result, tb_error *error)
{
    const tb_workbook *workbook = NULL;
    const tb_result *result = NULL;
    tb_status status = tb_reader_read_bytes(source->reader, bytes, source->path, &workbook, error);
    if (status == TB_OK)
        status = tb_check_run(source->check, workbook, &result, error);
    if (status != TB_OK)
        return status;
    *ret_result = result;
    if (result->form != NULL)
        return TB_OK;
    if (error != NULL)
        *error = result->error;
    return TB_UNRECOGNISED;
}

tb_status tb_submission_read(const tb_submission_source *source, tb_buffer *bytes, tb_arena *arena,
                             tb_submission *ret_submission, const tb_result **ret_result,
                             tb_error *error)
{
    tb_submission submission = {0};
    const tb_result *result = NULL;
    tb_status status = tb_platform_read_file(source->path, bytes, error);
    if (status == TB_OK)
        status = check_bytes(source, tb_buffer_get(bytes), &result, error);
    if (status != TB_OK)
        return status;
    submission.size = bytes->size;
    tb_sha256(tb_buffer_get(bytes), submission.sha256);
    if (!tb_make_uuid(submission.id))
        return tb_error_set(error, TB_IO, TB_MSG_SEND_NO_CHANCE, NULL);
    if (!keep_source(&submission, source->path, arena) || !describe(&submission, result, arena) ||
        !keep_report(&submission, result, source->language, arena))
        return tb_error_memory(error);
    *ret_submission = submission;
    *ret_result = result;
    return TB_OK;
}

static void append_digest(tb_json *json, const char *key, const unsigned char *digest)
{
    char text[TB_SHA256_TEXT_SIZE];
    tb_encode_sha256(digest, text);
    tb_json_member_cstr(json, key, text);
}

void tb_submission_append_meta(tb_buffer *out, const tb_submission *submission)
{
    tb_json json;
    tb_json_init(&json, out);
    tb_json_object(&json);
    tb_json_member_cstr(&json, "submission", submission->id);
    if (submission->replaces[0] != '\0')
        tb_json_member_cstr(&json, "replaces", submission->replaces);
    tb_json_key(&json, "form");
    tb_json_object(&json);
    tb_json_member_string(&json, "id", submission->form);
    tb_json_member_string(&json, "version", submission->version);
    append_digest(&json, "sha256", submission->definition);
    tb_json_object_end(&json);
    tb_json_member_string(&json, "unit", submission->unit);
    tb_json_member_string(&json, "year", submission->year);
    tb_json_key(&json, "file");
    tb_json_object(&json);
    tb_json_member_string(&json, "name", submission->file_name);
    tb_json_member_int(&json, "size", (int64_t)submission->size);
    append_digest(&json, "sha256", submission->sha256);
    tb_json_object_end(&json);
    tb_json_key(&json, "check");
    tb_json_raw(&json, submission->report);
    tb_json_object_end(&json);
}
