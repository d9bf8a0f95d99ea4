/*
 * `tianbao check`: files in, reports out, in the order of the input however many threads work.
 * Each thread has its own reader and check; no more results wait than a window holds, so memory
 * does not grow with the number of files. A page of HTML begins with an overview of all files: its
 * sections wait in a temporary file, and of each file a summary of some 200 bytes is kept.
 */
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/limits.h"
#include "base/platform.h"
#include "cli/command.h"
#include "report/report.h"
#include "sheet/reader.h"
#include "sum/inputs.h"

#define MAX_JOBS       256
#define WINDOW_PER_JOB 4
#define OUTPUT_PIECE   ((size_t)64 << 10) /* that is written at once, but to a terminal */

typedef enum report_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_HTML } report_format;

static const char *const format_names[] = {
    [FORMAT_TEXT] = "text",
    [FORMAT_JSON] = "json",
    [FORMAT_CSV] = "csv",
    [FORMAT_HTML] = "html",
};
#define FORMAT_COUNT (sizeof format_names / sizeof format_names[0])

typedef struct check_options {
    const char *form;
    report_format format;
    bool from_stream;
    size_t jobs;
} check_options;

/* ---- one file ---- */

/* One thread's tools. */
typedef struct check_worker {
    tb_reader *reader;
    tb_check *check;
} check_worker;

static tb_status worker_init(check_worker *self, const tb_checker *checker, tb_language language,
                             tb_error *error)
{
    *self = (check_worker){0};
    tb_status status = tb_reader_new(&self->reader, error);
    if (status == TB_OK)
        status = tb_check_new(checker, language, &self->check, error);
    return status;
}

static void worker_done(check_worker *self)
{
    tb_reader_free(self->reader);
    tb_check_free(self->check);
}

static const tb_result *check_file(check_worker *self, const tb_input *input)
{
    tb_error error;
    const tb_workbook *workbook = NULL;
    const tb_result *result = NULL;
    if (input->error != NULL)
        return tb_check_unreadable(self->check, input->error);
    tb_status status = tb_reader_read_file(self->reader, input->path, &workbook, &error);
    if (status == TB_OK)
        status = tb_check_run(self->check, workbook, &result, &error);
    return status == TB_OK ? result : tb_check_unreadable(self->check, &error);
}

/* ---- results in their order ---- */

typedef struct report_slot {
    bool done;
    tb_buffer report;  /* for standard output */
    tb_buffer problem; /* for standard error */
} report_slot;

typedef struct work_queue {
    tb_cli *cli;
    const check_options *options;
    const tb_checker *checker;
    const tb_inputs *inputs;
    mtx_t lock;
    cnd_t moved; /* `printed` has moved on */
    size_t next, printed;
    size_t window;
    report_slot *slots; /* of input i: slots[i % window] */
    tb_totals totals;
    FILE *sink;                 /* where reports go: standard output, or the temporary file */
    tb_file_summary *summaries; /* of HTML: one for each input; else NULL */
    bool shows_progress, failed;
} work_queue;

static void append_report(const work_queue *self, tb_buffer *out, size_t index,
                          const tb_result *result)
{
    tb_str file = tb_str_of(self->inputs->list[index].path);
    tb_language language = self->cli->language;
    switch (self->options->format) {
    case FORMAT_TEXT:
        if (result->form != NULL) /* else its problem is told on standard error */
            tb_report_text(out, file, result, language);
        break;
    case FORMAT_JSON:
        tb_report_json(out, file, result, language);
        break;
    case FORMAT_CSV:
        tb_report_csv(out, file, result, language);
        break;
    case FORMAT_HTML:
        tb_report_html_form(out, index + 1, file, result, language);
        tb_file_summary_init(&self->summaries[index], file, result);
        break;
    }
}

static void report_result(const work_queue *self, report_slot *slot, size_t index,
                          const tb_result *result)
{
    tb_buffer_reset(&slot->report);
    tb_buffer_reset(&slot->problem);
    append_report(self, &slot->report, index, result);
    if (result->form == NULL)
        tb_error_format(&slot->problem, self->cli->language, &result->error);
}

static void show_progress(const work_queue *self)
{
    char done[24], all[24];
    tb_buffer line;
    snprintf(done, sizeof done, "%zu", self->printed);
    snprintf(all, sizeof all, "%zu", self->inputs->count);
    tb_str args[] = {tb_str_of(done), tb_str_of(all)};
    tb_buffer_init(&line, 256);
    tb_message_append(&line, self->cli->language, TB_MSG_CLI_PROGRESS, args, 2);
    fprintf(self->cli->err, "\r\033[K%s", line.data != NULL ? line.data : "");
    if (self->printed == self->inputs->count)
        fputs("\r\033[K", self->cli->err);
    fflush(self->cli->err);
    tb_buffer_done(&line);
}

static void print_slot(work_queue *self, report_slot *slot)
{
    if (slot->report.size > 0)
        fwrite(slot->report.data, 1, slot->report.size, self->sink);
    if (slot->problem.size > 0)
        fprintf(self->cli->err, "%stianbao: %s: %s\n", self->shows_progress ? "\r\033[K" : "",
                self->inputs->list[self->printed].path, slot->problem.data);
    self->failed |= slot->report.failed;
    slot->done = false;
    self->printed++;
    if (self->shows_progress)
        show_progress(self);
}

/* Called with the lock held. */
static void print_ready(work_queue *self)
{
    report_slot *slot = &self->slots[self->printed % self->window];
    while (self->printed < self->inputs->count && slot->done) {
        print_slot(self, slot);
        slot = &self->slots[self->printed % self->window];
    }
    cnd_broadcast(&self->moved);
}

/* The next input to work on; false when there is none left. */
static bool take_next(work_queue *self, size_t *ret_index)
{
    mtx_lock(&self->lock);
    while (self->next < self->inputs->count && self->next >= self->printed + self->window)
        cnd_wait(&self->moved, &self->lock);
    bool found = self->next < self->inputs->count;
    if (found)
        *ret_index = self->next++;
    mtx_unlock(&self->lock);
    return found;
}

static void finish(work_queue *self, size_t index, const tb_result *result)
{
    report_slot *slot = &self->slots[index % self->window];
    report_result(self, slot, index, result);
    mtx_lock(&self->lock);
    tb_totals_add(&self->totals, result);
    slot->done = true;
    print_ready(self);
    mtx_unlock(&self->lock);
}

static int work(void *context)
{
    work_queue *self = context;
    check_worker worker;
    tb_error error;
    size_t index = 0;
    bool ok = worker_init(&worker, self->checker, self->cli->language, &error) == TB_OK;
    while (ok && take_next(self, &index))
        finish(self, index, check_file(&worker, &self->inputs->list[index]));
    worker_done(&worker);
    return ok ? 0 : 1;
}

/* ---- all files ---- */

/* Sections of a page wait for its overview. */
static bool open_sink(work_queue *self)
{
    self->sink = self->cli->out;
    if (!tb_platform_is_terminal(self->sink))
        setvbuf(self->sink, NULL, _IOFBF, OUTPUT_PIECE);
    if (self->options->format != FORMAT_HTML)
        return true;
    self->sink = tmpfile();
    self->summaries = calloc(self->inputs->count + 1, sizeof *self->summaries);
    return self->sink != NULL && self->summaries != NULL;
}

static bool queue_init(work_queue *self)
{
    self->window = self->options->jobs * WINDOW_PER_JOB;
    self->slots = calloc(self->window, sizeof *self->slots);
    if (self->slots == NULL || !open_sink(self))
        return false;
    for (size_t i = 0; i < self->window; i++) {
        tb_buffer_init(&self->slots[i].report, TB_MAX_OUTPUT_SIZE);
        tb_buffer_init(&self->slots[i].problem, TB_MAX_VALUE_SIZE);
    }
    if (mtx_init(&self->lock, mtx_plain) != thrd_success)
        return false;
    return cnd_init(&self->moved) == thrd_success;
}

static void queue_done(work_queue *self)
{
    for (size_t i = 0; i < self->window && self->slots != NULL; i++) {
        tb_buffer_done(&self->slots[i].report);
        tb_buffer_done(&self->slots[i].problem);
    }
    free(self->slots);
    free(self->summaries);
    if (self->sink != NULL && self->sink != self->cli->out)
        fclose(self->sink);
    mtx_destroy(&self->lock);
    cnd_destroy(&self->moved);
}

/* This thread works too; further ones that can't be made are done without. */
static void run_workers(work_queue *self)
{
    thrd_t threads[MAX_JOBS];
    size_t count = 0;
    size_t wanted =
        self->options->jobs < self->inputs->count ? self->options->jobs : self->inputs->count;
    while (count + 1 < wanted && thrd_create(&threads[count], work, self) == thrd_success)
        count++;
    self->failed |= work(self) != 0;
    for (size_t i = 0; i < count; i++)
        thrd_join(threads[i], NULL);
}

static void print_text(work_queue *self, tb_buffer *text)
{
    if (text->size > 0)
        fwrite(text->data, 1, text->size, self->cli->out);
    self->failed |= text->failed;
    tb_buffer_done(text);
}

/* What stands before the first file's report. */
static void print_head(work_queue *self)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_VALUE_SIZE);
    if (self->options->format == FORMAT_CSV)
        tb_report_csv_head(&text, self->cli->language);
    print_text(self, &text);
}

static void print_sections(work_queue *self)
{
    char chunk[16384];
    size_t got;
    rewind(self->sink);
    while ((got = fread(chunk, 1, sizeof chunk, self->sink)) > 0)
        fwrite(chunk, 1, got, self->cli->out);
    self->failed |= ferror(self->sink) != 0;
}

static void print_page(work_queue *self)
{
    tb_buffer text;
    self->failed |= fflush(self->sink) != 0 || ferror(self->sink) != 0;
    tb_buffer_init(&text, TB_MAX_OUTPUT_SIZE);
    tb_report_html_head(&text, self->summaries, self->inputs->count, self->cli->language);
    print_text(self, &text);
    print_sections(self);
    tb_buffer_init(&text, TB_MAX_VALUE_SIZE);
    tb_report_html_end(&text);
    print_text(self, &text);
}

/* What stands behind the last. */
static void print_end(work_queue *self)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_VALUE_SIZE);
    if (self->options->format == FORMAT_TEXT)
        tb_report_summary(&text, &self->totals, self->cli->language);
    print_text(self, &text);
    if (self->options->format == FORMAT_HTML)
        print_page(self);
}

static int exit_status(const work_queue *self)
{
    const size_t *outcomes = self->totals.by_outcome;
    if (self->failed)
        return TB_EXIT_SERVICE;
    if (outcomes[TB_OUTCOME_UNREADABLE] + outcomes[TB_OUTCOME_UNRECOGNISED] > 0)
        return TB_EXIT_UNREADABLE;
    return outcomes[TB_OUTCOME_FAIL] > 0 ? TB_EXIT_FINDINGS : TB_EXIT_OK;
}

static int check_inputs(tb_cli *cli, const check_options *options, const tb_checker *checker,
                        const tb_inputs *inputs)
{
    work_queue queue = {.cli = cli, .options = options, .checker = checker, .inputs = inputs};
    queue.shows_progress = inputs->count > 1 && tb_platform_is_terminal(cli->err) &&
                           !tb_platform_is_terminal(cli->out);
    int status = TB_EXIT_SERVICE;
    if (queue_init(&queue)) {
        print_head(&queue);
        run_workers(&queue);
        print_end(&queue);
        status = exit_status(&queue);
    }
    queue_done(&queue);
    return status;
}

/* ---- what is asked for ---- */

static tb_status gather_inputs(const check_options *options, char **paths, tb_inputs *inputs,
                               tb_error *error)
{
    tb_status status = TB_OK;
    for (; *paths != NULL && status == TB_OK; paths++)
        status = tb_inputs_add(inputs, *paths, error);
    if (status == TB_OK && options->from_stream)
        status = tb_inputs_add_stream(inputs, stdin, error);
    return status;
}

static int run(tb_cli *cli, const check_options *options, char **paths)
{
    tb_error error;
    tb_inputs inputs;
    tb_checker *checker = NULL;
    tb_inputs_init(&inputs);
    tb_status status = tb_cli_load_definitions(options->form, &checker, &error);
    if (status == TB_OK)
        status = gather_inputs(options, paths, &inputs, &error);
    int exit_code = TB_EXIT_UNREADABLE;
    if (status == TB_OK)
        exit_code = check_inputs(cli, options, checker, &inputs);
    else
        tb_cli_error(cli, NULL, &error);
    tb_checker_free(checker);
    tb_inputs_done(&inputs);
    return status == TB_NOT_FOUND ? TB_EXIT_USAGE : exit_code;
}

static bool parse_format(const char *text, report_format *ret)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcmp(text, format_names[i]) == 0) {
            *ret = (report_format)i;
            return true;
        }
    }
    return false;
}

static bool parse_jobs(const char *text, size_t *ret)
{
    char *end = NULL;
    unsigned long number = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || number < 1 || number > MAX_JOBS)
        return false;
    *ret = (size_t)number;
    return true;
}

/* One option at argv[*at]; TB_EXIT_OK or the exit status of wrong usage. */
static int parse_option(tb_cli *cli, check_options *options, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    const char *value;
    if (strcmp(word, "-0") == 0) {
        options->from_stream = true;
    } else if ((value = tb_cli_find_value("--format", argc, argv, at)) != NULL) {
        if (!parse_format(value, &options->format))
            return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_FORMAT, NULL);
    } else if ((value = tb_cli_find_value("--form", argc, argv, at)) != NULL) {
        options->form = value;
        if (*value == '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "--form", NULL);
    } else if ((value = tb_cli_find_value("--jobs", argc, argv, at)) != NULL) {
        if (!parse_jobs(value, &options->jobs))
            return tb_cli_usage(cli, TB_MSG_CLI_BAD_JOBS, NULL);
    } else {
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, word, NULL);
    }
    return TB_EXIT_OK;
}

int tb_cli_check(tb_cli *cli, int argc, char **argv)
{
    check_options options = {.jobs = 1};
    int at = 1;
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--") == 0) {
            at++;
            break;
        }
        if (strcmp(argv[at], "--help") == 0) {
            fputs(tb_message_get(cli->language, TB_MSG_CLI_CHECK_HELP), cli->out);
            return TB_EXIT_OK;
        }
        int status = parse_option(cli, &options, argc, argv, &at);
        if (status != TB_EXIT_OK)
            return status;
    }
    if (at >= argc && !options.from_stream)
        return tb_cli_usage(cli, TB_MSG_CLI_NO_FILE, NULL);
    return run(cli, &options, argv + at);
}
