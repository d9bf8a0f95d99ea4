/*
 * `tianbao upload`: files are checked, kept in the outbox, and sent from there. Whatever happens
 * afterwards, what is in the outbox is not lost.
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/command.h"
#include "cli/outbox_show.h"
#include "sum/inputs.h"

typedef struct upload_options {
    const char *form, *to;
    bool json, from_stream;
    int64_t patience;
} upload_options;

typedef enum upload_fate { FATE_QUEUED, FATE_HAS_ERRORS, FATE_UNREADABLE } upload_fate;

typedef struct upload_entry {
    upload_fate fate;
    bool known;            /* the outbox had it already */
    char id[TB_UUID_SIZE]; /* of FATE_QUEUED */
    size_t errors;         /* open ones */
    tb_error *error;       /* of FATE_UNREADABLE; owned */
} upload_entry;

typedef struct upload {
    tb_cli *cli;
    const upload_options *options;
    const tb_destination *destination;
    tb_inputs inputs;
    upload_entry *entries; /* one for each input */
    tb_destinations *destinations;
    tb_checker *checker;
    tb_reader *reader;
    tb_check *check;
    tb_outbox *outbox;
    int exit_status;
} upload;

static void worsen(upload *self, int status)
{
    if (self->exit_status < status)
        self->exit_status = status;
}

/* ---- into the outbox ---- */

static tb_status note_unreadable(upload *self, upload_entry *entry, const tb_error *why,
                                 tb_error *error)
{
    entry->fate = FATE_UNREADABLE;
    entry->error = malloc(sizeof *entry->error);
    if (entry->error == NULL)
        return tb_error_memory(error);
    *entry->error = *why;
    worsen(self, TB_EXIT_UNREADABLE);
    return TB_OK;
}

static tb_status keep(upload *self, upload_entry *entry, tb_submission *submission, tb_str bytes,
                      tb_error *error)
{
    submission->destination = tb_str_of(self->destination->name);
    tb_status status = tb_outbox_add(self->outbox, submission, bytes, &entry->known, error);
    memcpy(entry->id, submission->id, sizeof entry->id);
    return status;
}

static tb_status add_file(upload *self, const char *path, upload_entry *entry, tb_buffer *bytes,
                          tb_arena *arena, tb_error *error)
{
    tb_error why;
    tb_submission submission;
    const tb_result *result = NULL;
    tb_submission_source source = {path, self->reader, self->check, self->cli->language};
    if (tb_submission_read(&source, bytes, arena, &submission, &result, &why) != TB_OK)
        return note_unreadable(self, entry, &why, error);
    if (result->outcome == TB_OUTCOME_FAIL && !self->destination->accept_errors) {
        entry->fate = FATE_HAS_ERRORS;
        entry->errors = result->counts.by_severity[TB_ERROR_SEVERITY];
        worsen(self, TB_EXIT_FINDINGS);
        return TB_OK;
    }
    return keep(self, entry, &submission, tb_buffer_get(bytes), error);
}

static tb_status add_files(upload *self, tb_error *error)
{
    tb_buffer bytes;
    tb_arena arena;
    tb_status status = TB_OK;
    tb_buffer_init(&bytes, TB_MAX_FILE_SIZE);
    tb_arena_init(&arena, TB_MAX_OUTPUT_SIZE + TB_MAX_QUEUE_MEMORY);
    for (size_t i = 0; i < self->inputs.count && status == TB_OK; i++) {
        const tb_input *input = &self->inputs.list[i];
        tb_arena_reset(&arena);
        status = input->error != NULL
                     ? note_unreadable(self, &self->entries[i], input->error, error)
                     : add_file(self, input->path, &self->entries[i], &bytes, &arena, error);
    }
    tb_buffer_done(&bytes);
    tb_arena_done(&arena);
    return status;
}

/* ---- what became of them ---- */

typedef struct entry_report {
    upload *self;
    size_t index;
    tb_buffer *out;
} entry_report;

static void append_json(entry_report *report, const tb_outbox_item *item)
{
    tb_json json;
    const upload_entry *entry = &report->self->entries[report->index];
    const char *fates[] = {NULL, "has-errors", "unreadable"};
    tb_json_init(&json, report->out);
    tb_json_object(&json);
    tb_json_member_cstr(&json, "file", report->self->inputs.list[report->index].shown);
    if (item != NULL) {
        tb_cli_item_members(&json, item, report->self->cli->language);
        tb_json_member_bool(&json, "known", entry->known);
    } else {
        tb_json_member_cstr(&json, "state", fates[entry->fate]);
        tb_json_member_cstr(&json, "destination", report->self->destination->name);
        if (entry->fate == FATE_HAS_ERRORS)
            tb_json_member_int(&json, "errors", (int64_t)entry->errors);
    }
    tb_json_object_end(&json);
    tb_buffer_char(report->out, '\n');
}

static void append_text(entry_report *report, const tb_outbox_item *item)
{
    char id[TB_UUID_SIZE];
    tb_language language = report->self->cli->language;
    tb_buffer_cstr(report->out, report->self->inputs.list[report->index].shown);
    tb_buffer_cstr(report->out, ": ");
    memcpy(id, item->submission.id, sizeof id);
    const tb_str args[] = {item->submission.destination, tb_str_of(id)};
    if (item->state == TB_OUTBOX_DELIVERED)
        tb_message_append(report->out, language,
                          report->self->entries[report->index].known
                              ? TB_MSG_CLI_UPLOAD_DELIVERED_BEFORE
                              : TB_MSG_CLI_UPLOAD_DELIVERED,
                          args, 2);
    else
        tb_message_append(report->out, language, tb_cli_state_message(item->state), args, 2);
    if (item->problem != TB_PROBLEM_NONE) {
        const tb_str about[] = {item->submission.destination, item->detail};
        tb_buffer_cstr(report->out, language == TB_LANGUAGE_ZH ? "。" : ". ");
        tb_message_append(report->out, language, tb_problem_get(item->problem)->message, about, 2);
    }
    tb_buffer_char(report->out, '\n');
}

static bool see_item(void *context, const tb_outbox_item *item)
{
    entry_report *report = context;
    if (item->state != TB_OUTBOX_DELIVERED)
        worsen(report->self, TB_EXIT_SERVICE);
    if (report->self->options->json)
        append_json(report, item);
    else
        append_text(report, item);
    return false;
}

/* What was not sent at all. */
static void tell_unsent(upload *self, size_t index)
{
    const upload_entry *entry = &self->entries[index];
    tb_error error;
    char count[24];
    snprintf(count, sizeof count, "%zu", entry->errors);
    if (entry->fate == FATE_HAS_ERRORS)
        tb_error_set(&error, TB_INVALID, TB_MSG_CLI_UPLOAD_HAS_ERRORS, count, NULL);
    else
        error = *entry->error;
    tb_cli_error(self->cli, self->inputs.list[index].shown, &error);
}

static tb_status report_entry(upload *self, size_t index, tb_error *error)
{
    tb_buffer line;
    tb_buffer_init(&line, TB_MAX_OUTPUT_SIZE);
    entry_report report = {self, index, &line};
    tb_status status = TB_OK;
    if (self->entries[index].fate == FATE_QUEUED) {
        tb_outbox_filter filter = {.id = self->entries[index].id};
        status = tb_outbox_list(self->outbox, &filter, see_item, &report, NULL, error);
    } else {
        tell_unsent(self, index);
        if (self->options->json)
            append_json(&report, NULL);
    }
    if (!tb_cli_print(self->cli, &line))
        worsen(self, TB_EXIT_SERVICE);
    return status;
}

/* ---- the whole ---- */

static tb_status open_tools(upload *self, tb_error *error)
{
    tb_status status = tb_cli_load_definitions(self->options->form, &self->checker, error);
    if (status == TB_OK)
        status = tb_reader_new(&self->reader, error);
    if (status == TB_OK)
        status = tb_check_new(self->checker, self->cli->language, &self->check, error);
    if (status == TB_OK)
        status = tb_outbox_open(NULL, &self->outbox, error);
    self->entries = calloc(self->inputs.count + 1, sizeof *self->entries);
    if (status == TB_OK && self->entries == NULL)
        status = tb_error_memory(error);
    return status;
}

static void close_tools(upload *self)
{
    for (size_t i = 0; i < self->inputs.count && self->entries != NULL; i++)
        free(self->entries[i].error);
    free(self->entries);
    tb_outbox_close(self->outbox);
    tb_check_free(self->check);
    tb_reader_free(self->reader);
    tb_checker_free(self->checker);
}

static tb_status run_upload(upload *self, tb_error *error)
{
    tb_cli_send_options options = {self->options->patience, self->inputs.count};
    tb_status status = open_tools(self, error);
    if (status == TB_OK)
        status = add_files(self, error);
    if (status == TB_OK)
        status = tb_cli_send(self->cli, self->outbox, self->destinations, &options, error);
    for (size_t i = 0; i < self->inputs.count && status == TB_OK; i++)
        status = report_entry(self, i, error);
    close_tools(self);
    return status;
}

static tb_status gather(upload *self, char **paths, tb_error *error)
{
    tb_status status = TB_OK;
    for (; *paths != NULL && status == TB_OK; paths++)
        status = tb_inputs_add(&self->inputs, *paths, error);
    if (status == TB_OK && self->options->from_stream)
        status = tb_inputs_add_stream(&self->inputs, stdin, error);
    return status;
}

static int run(tb_cli *cli, const upload_options *options, char **paths)
{
    tb_error error;
    upload self = {.cli = cli, .options = options};
    tb_status status = tb_destinations_load(&self.destinations, &error);
    if (status != TB_OK) {
        tb_cli_error(cli, NULL, &error);
        return TB_EXIT_SERVICE;
    }
    self.destination = tb_destinations_find(self.destinations, tb_str_of(options->to));
    if (self.destination == NULL) {
        tb_destinations_free(self.destinations);
        return tb_cli_usage(cli, TB_MSG_CLI_UPLOAD_UNKNOWN, options->to, NULL);
    }
    tb_inputs_init(&self.inputs);
    status = gather(&self, paths, &error);
    if (status == TB_OK)
        status = run_upload(&self, &error);
    if (status != TB_OK) {
        tb_cli_error(cli, NULL, &error);
        worsen(&self, TB_EXIT_SERVICE);
    }
    tb_inputs_done(&self.inputs);
    tb_destinations_free(self.destinations);
    return self.exit_status;
}

static int parse_option(tb_cli *cli, upload_options *options, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    const char *value;
    if (strcmp(word, "-0") == 0) {
        options->from_stream = true;
    } else if ((value = tb_cli_find_value("--format", argc, argv, at)) != NULL) {
        options->json = strcmp(value, "json") == 0;
        if (!options->json && strcmp(value, "text") != 0)
            return tb_cli_usage(cli, TB_MSG_CLI_UPLOAD_FORMAT, NULL);
    } else if ((value = tb_cli_find_value("--form", argc, argv, at)) != NULL) {
        options->form = value;
        if (*value == '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "--form", NULL);
    } else if ((value = tb_cli_find_value("--to", argc, argv, at)) != NULL) {
        options->to = value;
    } else if ((value = tb_cli_find_value("--wait", argc, argv, at)) != NULL) {
        if (!tb_cli_parse_patience(value, &options->patience))
            return tb_cli_usage(cli, TB_MSG_CLI_BAD_WAIT, NULL);
    } else {
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, word, NULL);
    }
    return TB_EXIT_OK;
}

/* Options may stand before and behind the files. Files move to the front of argv. */
static int parse(tb_cli *cli, upload_options *options, int argc, char **argv)
{
    int kept = 0;
    bool more_options = true;
    for (int at = 1; at < argc; at++) {
        if (more_options && strcmp(argv[at], "--") == 0) {
            more_options = false;
        } else if (more_options && argv[at][0] == '-') {
            int status = parse_option(cli, options, argc, argv, &at);
            if (status != TB_EXIT_OK)
                return status;
        } else {
            argv[kept++] = argv[at];
        }
    }
    argv[kept] = NULL;
    if (kept == 0 && !options->from_stream)
        return tb_cli_usage(cli, TB_MSG_CLI_NO_FILE, NULL);
    if (options->to == NULL || *options->to == '\0')
        return tb_cli_usage(cli, TB_MSG_CLI_UPLOAD_NO_DESTINATION, NULL);
    return TB_EXIT_OK;
}

int tb_cli_sending_upload(tb_cli *cli, int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(tb_message_get(cli->language, TB_MSG_CLI_UPLOAD_HELP), cli->out);
        return TB_EXIT_OK;
    }
    upload_options options = {.patience = TB_CLI_PATIENCE};
    int usage = parse(cli, &options, argc, argv);
    return usage != TB_EXIT_OK ? usage : run(cli, &options, argv);
}
