/*
 * Lines and JSON about submissions, and what is told while they are sent.
 */
#include "cli/outbox_show.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"
#include "send/timestamp.h"

#define SHORT_ID  8 /* digits of an id that a line shows */
#define LINE_SIZE ((size_t)64 << 10)

static const tb_message state_messages[TB_OUTBOX_STATE_COUNT] = {
    [TB_OUTBOX_QUEUED] = TB_MSG_CLI_STATE_QUEUED,
    [TB_OUTBOX_SENDING] = TB_MSG_CLI_STATE_SENDING,
    [TB_OUTBOX_DELIVERED] = TB_MSG_CLI_STATE_DELIVERED,
    [TB_OUTBOX_NEEDS_YOU] = TB_MSG_CLI_STATE_NEEDS_YOU,
    [TB_OUTBOX_REFUSED] = TB_MSG_CLI_STATE_REFUSED,
};

tb_message tb_cli_state_message(tb_outbox_state state)
{
    return state_messages[state];
}

void tb_cli_append_problem(tb_buffer *out, tb_language language, tb_problem problem,
                           const char *destination, const char *detail)
{
    const tb_str args[] = {tb_str_of(destination), tb_str_of(detail)};
    tb_message_append(out, language, tb_problem_get(problem)->message, args, 2);
}

/* ---- JSON ---- */

static const char *const actor_names[] = {
    [TB_ACTOR_TIME] = "time",
    [TB_ACTOR_USER] = "you",
    [TB_ACTOR_OFFICE] = "office",
};

static void append_problem_member(tb_json *json, const tb_outbox_item *item, tb_language language)
{
    const tb_problem_facts *facts = tb_problem_get(item->problem);
    tb_buffer text, destination, detail;
    tb_buffer_init(&text, LINE_SIZE);
    tb_buffer_init(&destination, LINE_SIZE);
    tb_buffer_init(&detail, LINE_SIZE);
    tb_buffer_text(&destination, item->submission.destination);
    tb_buffer_text(&detail, item->detail);
    tb_cli_append_problem(&text, language, item->problem, destination.data, detail.data);
    tb_json_key(json, "problem");
    tb_json_object(json);
    tb_json_member_cstr(json, "name", facts->name);
    tb_json_member_cstr(json, "who", actor_names[facts->actor]);
    tb_json_member_string(json, "message", tb_buffer_get(&text));
    tb_json_member_string(json, "detail", item->detail);
    tb_json_object_end(json);
    tb_buffer_done(&text);
    tb_buffer_done(&destination);
    tb_buffer_done(&detail);
}

static void append_moment(tb_json *json, const char *key, int64_t moment)
{
    char text[TB_TIMESTAMP_SIZE];
    if (moment > 0)
        tb_json_member_cstr(json, key, tb_timestamp(moment, text));
}

void tb_cli_item_members(tb_json *json, const tb_outbox_item *item, tb_language language)
{
    const tb_submission *submission = &item->submission;
    char digest[TB_SHA256_TEXT_SIZE];
    tb_encode_sha256(submission->sha256, digest);
    tb_json_member_cstr(json, "state", tb_outbox_state_name(item->state));
    tb_json_member_cstr(json, "submission", submission->id);
    if (submission->replaces[0] != '\0')
        tb_json_member_cstr(json, "replaces", submission->replaces);
    tb_json_member_string(json, "destination", submission->destination);
    tb_json_member_cstr(json, "sha256", digest);
    tb_json_member_string(json, "unit", submission->unit);
    tb_json_member_string(json, "year", submission->year);
    append_moment(json, "queued_at", item->queued_at);
    if (item->state == TB_OUTBOX_QUEUED)
        append_moment(json, "next_try", item->next_try);
    append_moment(json, "delivered_at", item->delivered_at);
    tb_json_member_int(json, "attempts", item->attempts);
    if (item->problem != TB_PROBLEM_NONE)
        append_problem_member(json, item, language);
    if (item->receipt.size > 0) {
        tb_json_key(json, "receipt");
        tb_json_raw(json, item->receipt);
    }
}

/* ---- text ---- */

static void append_reason(tb_buffer *out, const tb_outbox_item *item, tb_language language)
{
    const tb_str args[] = {item->submission.destination, item->detail};
    tb_buffer_cstr(out, "\n    ");
    tb_message_append(out, language, tb_problem_get(item->problem)->message, args, 2);
}

void tb_cli_append_item(tb_buffer *out, const tb_outbox_item *item, tb_language language)
{
    char moment[TB_TIMESTAMP_SIZE];
    tb_buffer_append(out, item->submission.id, SHORT_ID);
    tb_buffer_cstr(out, "  ");
    tb_buffer_cstr(out, tb_message_get(language, state_messages[item->state]));
    tb_buffer_cstr(out, "  ");
    tb_buffer_text(out, item->submission.destination);
    tb_buffer_cstr(out, "  ");
    tb_buffer_text(out, item->submission.file_name);
    if (item->state == TB_OUTBOX_DELIVERED && item->delivered_at > 0) {
        tb_buffer_cstr(out, "  ");
        tb_buffer_cstr(out, tb_timestamp(item->delivered_at, moment));
    } else if (item->state == TB_OUTBOX_QUEUED && item->next_try > 0) {
        const tb_str args[] = {tb_str_of(tb_timestamp(item->next_try, moment))};
        tb_buffer_cstr(out, "  ");
        tb_message_append(out, language, TB_MSG_CLI_NEXT_TRY, args, 1);
    }
    if (item->problem != TB_PROBLEM_NONE)
        append_reason(out, item, language);
    tb_buffer_char(out, '\n');
}

bool tb_cli_print(tb_cli *cli, tb_buffer *text)
{
    bool good = !text->failed;
    if (text->size > 0)
        fwrite(text->data, 1, text->size, cli->out);
    tb_buffer_done(text);
    return good;
}

/* ---- while sending ---- */

typedef struct watcher {
    tb_cli *cli;
    size_t total, delivered;
    bool shows_progress;
} watcher;

static void show_progress(const watcher *self)
{
    char done[24], all[24];
    tb_buffer line;
    snprintf(done, sizeof done, "%zu", self->delivered);
    snprintf(all, sizeof all, "%zu", self->total);
    const tb_str args[] = {tb_str_of(done), tb_str_of(all)};
    tb_buffer_init(&line, 256);
    tb_message_append(&line, self->cli->language, TB_MSG_CLI_UPLOAD_PROGRESS, args, 2);
    fprintf(self->cli->err, "\r\033[K%s", line.data != NULL ? line.data : "");
    fflush(self->cli->err);
    tb_buffer_done(&line);
}

static void tell_line(const watcher *self, tb_buffer *line)
{
    if (line->size > 0)
        fprintf(self->cli->err, "%stianbao: %s\n", self->shows_progress ? "\r\033[K" : "",
                line->data);
    tb_buffer_done(line);
}

/* One notice for all that it keeps from being sent. */
static void tell_stop(const watcher *self, const tb_sender_event *event)
{
    tb_buffer line;
    tb_buffer_init(&line, LINE_SIZE);
    tb_cli_append_problem(&line, self->cli->language, event->problem, event->destination,
                          event->detail);
    tell_line(self, &line);
}

static void tell_wait(const watcher *self, const tb_sender_event *event)
{
    char seconds[24];
    tb_buffer line;
    snprintf(seconds, sizeof seconds, "%llu", (unsigned long long)(event->wait + 999) / 1000);
    const tb_str args[] = {tb_str_of(seconds)};
    tb_buffer_init(&line, LINE_SIZE);
    tb_message_append(&line, self->cli->language, TB_MSG_CLI_UPLOAD_WAITS, args, 1);
    tell_line(self, &line);
}

static void watch(void *context, const tb_sender_event *event)
{
    watcher *self = context;
    if (event->kind == TB_SENDER_STOPPED)
        tell_stop(self, event);
    else if (event->kind == TB_SENDER_WAITING && event->wait > 0)
        tell_wait(self, event);
    self->delivered += event->kind == TB_SENDER_DELIVERED;
    if (self->shows_progress)
        show_progress(self);
}

static bool is_interrupted(void *context)
{
    (void)context;
    return tb_platform_is_interrupted();
}

tb_status tb_cli_send(tb_cli *cli, tb_outbox *outbox, const tb_destinations *destinations,
                      const tb_cli_send_options *options, tb_error *error)
{
    watcher self = {.cli = cli, .total = options->total};
    tb_sender *sender = NULL;
    self.shows_progress = options->total > 1 && tb_platform_is_terminal(cli->err);
    tb_sender_options sending = {options->patience, watch, is_interrupted, &self};
    tb_platform_catch_interrupt();
    tb_status status = tb_sender_new(outbox, destinations, &sender, error);
    if (status == TB_OK)
        status = tb_sender_run(sender, &sending, error);
    tb_sender_free(sender);
    if (self.shows_progress)
        fputs("\r\033[K", cli->err);
    return status;
}

bool tb_cli_parse_patience(const char *text, int64_t *ret)
{
    char *end = NULL;
    unsigned long seconds = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || seconds > 86400)
        return false;
    *ret = (int64_t)seconds * 1000;
    return true;
}
