/*
 * `tianbao aggregate`: forms in, tables out, as sum/aggregate.h makes them. What is written does
 * not depend on the environment: its language is Chinese unless --lang says otherwise.
 */
#include <string.h>

#include "base/platform.h"
#include "cli/command.h"
#include "sum/aggregate.h"

typedef struct aggregate_options {
    const char *form;
    const char *out;
    const char *expected; /* a list of units, or NULL */
    unsigned formats;
    bool force, from_stream;
} aggregate_options;

#define MAX_COUNTS 5 /* in a line of the summary */

/* ---- progress and summary ---- */

static bool show_progress(void *context, size_t done, size_t total)
{
    tb_cli *cli = context;
    char numbers[2][24];
    tb_buffer line;
    snprintf(numbers[0], sizeof numbers[0], "%zu", done);
    snprintf(numbers[1], sizeof numbers[1], "%zu", total);
    tb_str args[] = {tb_str_of(numbers[0]), tb_str_of(numbers[1])};
    tb_buffer_init(&line, 256);
    tb_message_append(&line, cli->language, TB_MSG_CLI_PROGRESS, args, 2);
    fprintf(cli->err, "\r\033[K%s%s", line.data != NULL ? line.data : "",
            done == total ? "\r\033[K" : "");
    fflush(cli->err);
    tb_buffer_done(&line);
    return true;
}

static void print_counts(tb_cli *cli, tb_message message, const size_t *numbers, size_t count)
{
    char texts[MAX_COUNTS][24];
    tb_str args[MAX_COUNTS];
    tb_buffer line;
    for (size_t i = 0; i < count; i++) {
        snprintf(texts[i], sizeof texts[i], "%zu", numbers[i]);
        args[i] = tb_str_of(texts[i]);
    }
    tb_buffer_init(&line, 1024);
    tb_message_append(&line, cli->language, message, args, count);
    fprintf(cli->err, "%s\n", line.data != NULL ? line.data : "");
    tb_buffer_done(&line);
}

static void print_summary(tb_cli *cli, const tb_sum_outcome *outcome)
{
    const size_t *states = outcome->counts.by_state;
    const size_t numbers[] = {
        states[TB_SUM_COUNTED], outcome->counts.with_errors, states[TB_SUM_SET_ASIDE],
        states[TB_SUM_UNREADABLE] + states[TB_SUM_UNRECOGNISED], states[TB_SUM_NO_FORM]};
    const size_t of_list[] = {outcome->counts.expected, states[TB_SUM_MISSING],
                              outcome->counts.unlisted};
    print_counts(cli, TB_MSG_CLI_AGGREGATE_DONE, numbers, MAX_COUNTS);
    if (outcome->counts.expected > 0)
        print_counts(cli, TB_MSG_CLI_AGGREGATE_EXPECTED, of_list, 3);
}

/* ---- running ---- */

static int exit_status(const tb_sum_outcome *outcome)
{
    const size_t *states = outcome->counts.by_state;
    if (states[TB_SUM_UNREADABLE] + states[TB_SUM_UNRECOGNISED] > 0)
        return TB_EXIT_UNREADABLE;
    return outcome->counts.with_errors + states[TB_SUM_MISSING] > 0 ? TB_EXIT_FINDINGS : TB_EXIT_OK;
}

static tb_status gather_inputs(const aggregate_options *options, char **paths, tb_inputs *inputs,
                               tb_error *error)
{
    tb_status status = TB_OK;
    for (; *paths != NULL && status == TB_OK; paths++)
        status = tb_inputs_add(inputs, *paths, error);
    if (status == TB_OK && options->from_stream)
        status = tb_inputs_add_stream(inputs, stdin, error);
    return status;
}

static tb_status aggregate(tb_cli *cli, const aggregate_options *options, const tb_checker *checker,
                           const tb_inputs *inputs, const tb_expected *expected, int *ret_exit,
                           tb_error *error)
{
    tb_sum_outcome outcome;
    tb_sum_request request = {.checker = checker,
                              .inputs = inputs,
                              .expected = expected->count > 0 ? expected : NULL,
                              .language = cli->language_chosen ? cli->language : TB_LANGUAGE_ZH,
                              .formats = options->formats,
                              .out = options->out,
                              .may_replace = options->force,
                              .progress = {.context = cli}};
    if (tb_platform_is_terminal(cli->err))
        request.progress.tell = show_progress;
    tb_status status = tb_aggregate(&request, &outcome, error);
    if (status != TB_OK)
        return status;
    print_summary(cli, &outcome);
    *ret_exit = exit_status(&outcome);
    return TB_OK;
}

static int run(tb_cli *cli, const aggregate_options *options, char **paths)
{
    tb_error error;
    tb_inputs inputs;
    tb_expected expected = {0};
    tb_checker *checker = NULL;
    int exit_code = TB_EXIT_SERVICE;
    const char *named = NULL;
    tb_inputs_init(&inputs);
    inputs.with_others = true;
    tb_status status = tb_cli_load_definitions(options->form, &checker, &error);
    if (status == TB_OK)
        status = gather_inputs(options, paths, &inputs, &error);
    if (status == TB_OK && options->expected != NULL) {
        named = options->expected;
        status = tb_expected_read(&expected, options->expected, &error);
    }
    if (status == TB_OK) {
        named = options->out;
        status = aggregate(cli, options, checker, &inputs, &expected, &exit_code, &error);
    }
    if (status != TB_OK)
        tb_cli_error(cli, named, &error);
    tb_checker_free(checker);
    tb_inputs_done(&inputs);
    tb_expected_done(&expected);
    return status == TB_NOT_FOUND ? TB_EXIT_USAGE : exit_code;
}

/* ---- what is asked for ---- */

static bool parse_format(const char *text, unsigned *ret)
{
    static const struct {
        const char *name;
        unsigned flag;
    } formats[] = {{"csv", TB_SUM_CSV}, {"jsonl", TB_SUM_JSONL}, {"xlsx", TB_SUM_XLSX}};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(text, formats[i].name) == 0) {
            *ret |= formats[i].flag;
            return true;
        }
    }
    return false;
}

/* The name of OUT says what it is to be; folders have any name but those of other workbooks. False
 * for what can't be made. */
static bool choose_formats(aggregate_options *options)
{
    static const char *const other_workbooks[] = {".ods", ".fods", ".xls", ".xlsm", ".et"};
    tb_str out = tb_str_of(options->out);
    unsigned tables = TB_SUM_CSV | TB_SUM_JSONL;
    if (options->formats == 0)
        options->formats = tb_str_ends(out, TB_STR(".xlsx")) ? TB_SUM_XLSX : tables;
    for (size_t i = 0; i < sizeof other_workbooks / sizeof other_workbooks[0]; i++)
        if (tb_str_ends(out, tb_str_of(other_workbooks[i])))
            return false;
    return options->formats == TB_SUM_XLSX
               ? tb_str_ends(out, TB_STR(".xlsx"))
               : (options->formats & TB_SUM_XLSX) == 0 && !tb_str_ends(out, TB_STR(".xlsx"));
}

/* One option at argv[*at]; TB_EXIT_OK or the exit status of wrong usage. */
static int parse_option(tb_cli *cli, aggregate_options *options, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    const char *value;
    if (strcmp(word, "-0") == 0) {
        options->from_stream = true;
    } else if (strcmp(word, "--force") == 0) {
        options->force = true;
    } else if ((value = tb_cli_find_value("--format", argc, argv, at)) != NULL) {
        if (!parse_format(value, &options->formats))
            return tb_cli_usage(cli, TB_MSG_CLI_AGGREGATE_FORMAT, NULL);
    } else if ((value = tb_cli_find_value("--form", argc, argv, at)) != NULL) {
        options->form = value;
        if (*value == '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "--form", NULL);
    } else if ((value = tb_cli_find_value("--expected", argc, argv, at)) != NULL) {
        options->expected = value;
        if (*value == '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "--expected", NULL);
    } else if ((value = tb_cli_find_value("-o", argc, argv, at)) != NULL ||
               (value = tb_cli_find_value("--output", argc, argv, at)) != NULL) {
        options->out = value;
        if (*value == '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "-o", NULL);
    } else {
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, word, NULL);
    }
    return TB_EXIT_OK;
}

int tb_cli_aggregate(tb_cli *cli, int argc, char **argv)
{
    aggregate_options options = {0};
    int at = 1;
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--") == 0) {
            at++;
            break;
        }
        if (strcmp(argv[at], "--help") == 0) {
            fputs(tb_message_get(cli->language, TB_MSG_CLI_AGGREGATE_HELP), cli->out);
            return TB_EXIT_OK;
        }
        int status = parse_option(cli, &options, argc, argv, &at);
        if (status != TB_EXIT_OK)
            return status;
    }
    if (options.out == NULL)
        return tb_cli_usage(cli, TB_MSG_CLI_AGGREGATE_NO_OUT, NULL);
    if (at >= argc && !options.from_stream)
        return tb_cli_usage(cli, TB_MSG_CLI_NO_FILE, NULL);
    if (!choose_formats(&options))
        return tb_cli_usage(cli, TB_MSG_CLI_AGGREGATE_FORMAT, NULL);
    return run(cli, &options, argv + at);
}
