/*
 * `tianbao outbox`: looking at what was queued and sent, sending it, taking it out, trying out
 * destinations. Receipts and copies are in outbox_receipts.c.
 */
#include <string.h>

#include "base/limits.h"
#include "cli/outbox_show.h"

/* ---- ids ---- */

static tb_status tell_missing(const tb_cli_outbox_request *request, const char *id, tb_error *error)
{
    (void)request;
    return tb_error_set(error, TB_NOT_FOUND, TB_MSG_CLI_OUTBOX_NO_SUCH, id, NULL);
}

tb_status tb_cli_outbox_each(tb_cli_outbox_request *request, tb_outbox_seer see, void *context,
                             tb_error *error)
{
    tb_outbox_filter filter = {.destination = request->to, .only_open = request->only_open};
    tb_status status = TB_OK;
    if (*request->words == NULL)
        return tb_outbox_list(request->outbox, &filter, see, context, NULL, error);
    for (char **word = request->words; *word != NULL && status == TB_OK; word++) {
        size_t count = 0;
        filter.id = *word;
        status = tb_outbox_list(request->outbox, &filter, see, context, &count, error);
        if (status == TB_OK && count == 0)
            status = tell_missing(request, *word, error);
    }
    return status;
}

static int fail(const tb_cli_outbox_request *request, const tb_error *error)
{
    tb_cli_error(request->cli, NULL, error);
    return error->status == TB_NOT_FOUND || error->status == TB_INVALID ? TB_EXIT_UNREADABLE
                                                                        : TB_EXIT_SERVICE;
}

/* ---- list ---- */

static bool list_item(void *context, const tb_outbox_item *item)
{
    tb_cli_outbox_request *request = context;
    tb_buffer line;
    tb_buffer_init(&line, TB_MAX_OUTPUT_SIZE);
    if (request->json) {
        tb_json json;
        tb_json_init(&json, &line);
        tb_json_object(&json);
        tb_json_member_string(&json, "file", item->submission.source);
        tb_cli_item_members(&json, item, request->cli->language);
        tb_json_object_end(&json);
        tb_buffer_char(&line, '\n');
    } else {
        tb_cli_append_item(&line, item, request->cli->language);
    }
    return tb_cli_print(request->cli, &line);
}

static int list(tb_cli_outbox_request *request)
{
    tb_error error;
    tb_status status = tb_cli_outbox_each(request, list_item, request, &error);
    return status == TB_OK ? TB_EXIT_OK : fail(request, &error);
}

/* ---- send, retry ---- */

static tb_status mark(tb_cli_outbox_request *request, tb_outbox_reach reach, size_t *ret_count,
                      tb_error *error)
{
    tb_outbox_filter filter = {.destination = request->to};
    tb_status status = TB_OK;
    *ret_count = 0;
    if (*request->words == NULL)
        return tb_outbox_send_now(request->outbox, &filter, reach, ret_count, error);
    for (char **word = request->words; *word != NULL && status == TB_OK; word++) {
        size_t count = 0;
        filter.id = *word;
        status = tb_outbox_send_now(request->outbox, &filter, reach, &count, error);
        *ret_count += count;
        if (status == TB_OK && count == 0)
            status = tell_missing(request, *word, error);
    }
    return status;
}

static bool see_open(void *context, const tb_outbox_item *item)
{
    (void)item;
    *(bool *)context = true;
    return false;
}

static int send_reach(tb_cli_outbox_request *request, tb_outbox_reach reach)
{
    tb_error error;
    bool open = false;
    tb_cli_send_options options = {.patience = request->patience};
    tb_status status = mark(request, reach, &options.total, &error);
    if (status == TB_OK)
        status =
            tb_cli_send(request->cli, request->outbox, request->destinations, &options, &error);
    request->only_open = true;
    if (status == TB_OK) {
        tb_outbox_filter filter = {.destination = request->to, .only_open = true};
        status = tb_outbox_list(request->outbox, &filter, see_open, &open, NULL, &error);
    }
    if (status == TB_OK && *request->words == NULL)
        status = tb_cli_outbox_each(request, list_item, request, &error);
    request->only_open = false;
    if (status == TB_OK && *request->words != NULL)
        status = tb_cli_outbox_each(request, list_item, request, &error);
    if (status != TB_OK)
        return fail(request, &error);
    return open ? TB_EXIT_SERVICE : TB_EXIT_OK;
}

static int send_open(tb_cli_outbox_request *request)
{
    return send_reach(request, TB_OUTBOX_OPEN);
}

static int retry(tb_cli_outbox_request *request)
{
    if (*request->words == NULL && request->to == NULL)
        return tb_cli_usage(request->cli, TB_MSG_CLI_OUTBOX_NEEDS_ID, NULL);
    return send_reach(request, TB_OUTBOX_ALL);
}

/* ---- cancel ---- */

typedef struct finding_one {
    size_t count;
    tb_outbox_item item; /* its texts are not kept */
} finding_one;

static bool see_one(void *context, const tb_outbox_item *item)
{
    finding_one *found = context;
    found->item = *item;
    return ++found->count < 2;
}

static tb_status cancel_one(tb_cli_outbox_request *request, const char *id, tb_error *error)
{
    finding_one found = {0};
    tb_outbox_filter filter = {.id = id, .destination = request->to};
    tb_status status = tb_outbox_list(request->outbox, &filter, see_one, &found, NULL, error);
    if (status != TB_OK)
        return status;
    if (found.count == 0)
        return tell_missing(request, id, error);
    if (found.count > 1)
        return tb_error_set(error, TB_INVALID, TB_MSG_CLI_OUTBOX_NOT_UNIQUE, id, NULL);
    if (found.item.state == TB_OUTBOX_DELIVERED)
        return tb_error_set(error, TB_INVALID, TB_MSG_CLI_OUTBOX_IS_DELIVERED, NULL);
    return tb_outbox_remove(request->outbox, &found.item, error);
}

static int cancel(tb_cli_outbox_request *request)
{
    tb_error error;
    if (*request->words == NULL)
        return tb_cli_usage(request->cli, TB_MSG_CLI_OUTBOX_NEEDS_ID, NULL);
    for (char **word = request->words; *word != NULL; word++) {
        if (cancel_one(request, *word, &error) != TB_OK)
            return fail(request, &error);
    }
    return TB_EXIT_OK;
}

/* ---- try ---- */

static int list_destinations(tb_cli_outbox_request *request)
{
    const tb_destination *const *destinations;
    size_t count = tb_destinations_get(request->destinations, &destinations);
    for (size_t i = 0; i < count; i++)
        fprintf(request->cli->out, "%s\t%s\t%s\n", destinations[i]->name,
                tb_destination_kind_name(destinations[i]->kind), destinations[i]->url);
    return TB_EXIT_OK;
}

static void tell_trial(tb_cli_outbox_request *request, const tb_destination *destination,
                       const tb_trial *trial)
{
    char seconds[24];
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    snprintf(seconds, sizeof seconds, "%lld", (long long)(trial->clock_ahead / 1000));
    const tb_str args[] = {tb_str_of(destination->name), tb_str_of(seconds)};
    if (trial->problem == TB_PROBLEM_NONE)
        tb_message_append(&text, request->cli->language, TB_MSG_CLI_TRIAL_GOOD, args, 2);
    else
        tb_cli_append_problem(&text, request->cli->language, trial->problem, destination->name,
                              trial->detail);
    tb_buffer_char(&text, '\n');
    if (trial->clock_differs) {
        tb_message_append(&text, request->cli->language, TB_MSG_CLI_TRIAL_CLOCK, args, 2);
        tb_buffer_char(&text, '\n');
    }
    tb_cli_print(request->cli, &text);
}

static int try_destination(tb_cli_outbox_request *request)
{
    tb_error error;
    tb_trial trial;
    tb_sender *sender = NULL;
    if (*request->words == NULL)
        return list_destinations(request);
    const tb_destination *destination =
        tb_destinations_find(request->destinations, tb_str_of(*request->words));
    if (destination == NULL)
        return tb_cli_usage(request->cli, TB_MSG_CLI_UPLOAD_UNKNOWN, *request->words, NULL);
    tb_status status = tb_sender_new(request->outbox, request->destinations, &sender, &error);
    if (status == TB_OK)
        status = tb_sender_try(sender, destination, &trial, &error);
    tb_sender_free(sender);
    if (status != TB_OK)
        return fail(request, &error);
    tell_trial(request, destination, &trial);
    return trial.problem == TB_PROBLEM_NONE ? TB_EXIT_OK : TB_EXIT_SERVICE;
}

/* ---- what is asked for ---- */

static const struct {
    const char *name;
    int (*run)(tb_cli_outbox_request *request);
} actions[] = {
    {"list", list},
    {"send", send_open},
    {"retry", retry},
    {"cancel", cancel},
    {"export", tb_cli_outbox_export},
    {"receipts", tb_cli_outbox_receipts},
    {"verify", tb_cli_outbox_verify},
    {"try", try_destination},
};
#define ACTION_COUNT (sizeof actions / sizeof actions[0])

static int run(tb_cli_outbox_request *request, size_t action)
{
    tb_error error;
    int exit_status = TB_EXIT_SERVICE;
    tb_status status = tb_destinations_load(&request->destinations, &error);
    if (status == TB_OK)
        status = tb_outbox_open(NULL, &request->outbox, &error);
    if (status == TB_OK)
        exit_status = actions[action].run(request);
    else
        tb_cli_error(request->cli, NULL, &error);
    tb_outbox_close(request->outbox);
    tb_destinations_free(request->destinations);
    return exit_status;
}

static int parse_format(tb_cli_outbox_request *request, const char *value)
{
    request->json = strcmp(value, "json") == 0;
    if (request->json || strcmp(value, "text") == 0)
        return TB_EXIT_OK;
    return tb_cli_usage(request->cli, TB_MSG_CLI_UPLOAD_FORMAT, NULL);
}

static int parse_option(tb_cli_outbox_request *request, int argc, char **argv, int *at)
{
    static const char *const names[] = {"--to", "-o", "--key"};
    const char **const places[] = {&request->to, &request->output, &request->key};
    const char *value;
    if (strcmp(argv[*at], "--open") == 0) {
        request->only_open = true;
        return TB_EXIT_OK;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((value = tb_cli_find_value(names[i], argc, argv, at)) == NULL)
            continue;
        *places[i] = value;
        return *value != '\0'
                   ? TB_EXIT_OK
                   : tb_cli_usage(request->cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, names[i], NULL);
    }
    if ((value = tb_cli_find_value("--format", argc, argv, at)) != NULL)
        return parse_format(request, value);
    if ((value = tb_cli_find_value("--wait", argc, argv, at)) != NULL)
        return tb_cli_parse_patience(value, &request->patience)
                   ? TB_EXIT_OK
                   : tb_cli_usage(request->cli, TB_MSG_CLI_BAD_WAIT, NULL);
    return tb_cli_usage(request->cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[*at], NULL);
}

/* Words move to the front of argv. */
static int parse(tb_cli_outbox_request *request, int argc, char **argv)
{
    int kept = 0;
    for (int at = 2; at < argc; at++) {
        if (argv[at][0] != '-') {
            argv[kept++] = argv[at];
            continue;
        }
        int status = parse_option(request, argc, argv, &at);
        if (status != TB_EXIT_OK)
            return status;
    }
    argv[kept] = NULL;
    request->words = argv;
    return TB_EXIT_OK;
}

int tb_cli_sending_outbox(tb_cli *cli, int argc, char **argv)
{
    if (argc < 2)
        return tb_cli_usage(cli, TB_MSG_CLI_OUTBOX_NO_ACTION, NULL);
    if (strcmp(argv[1], "--help") == 0) {
        fputs(tb_message_get(cli->language, TB_MSG_CLI_OUTBOX_HELP), cli->out);
        return TB_EXIT_OK;
    }
    size_t action = 0;
    while (action < ACTION_COUNT && strcmp(argv[1], actions[action].name) != 0)
        action++;
    if (action == ACTION_COUNT)
        return tb_cli_usage(cli, TB_MSG_CLI_OUTBOX_UNKNOWN_ACTION, argv[1], NULL);
    tb_cli_outbox_request request = {.cli = cli, .patience = TB_CLI_PATIENCE};
    int usage = parse(&request, argc, argv);
    return usage != TB_EXIT_OK ? usage : run(&request, action);
}
