/*
 * `tianbao diff OLD NEW`: what a resubmission changed, by field (sum/diff.h). As diff(1) does, the
 * exit status tells whether anything differs.
 */
#include <string.h>

#include "base/limits.h"
#include "cli/command.h"
#include "sheet/reader.h"
#include "sum/diff.h"

typedef struct diff_options {
    const char *form;
    bool json;
} diff_options;

/* One of the two forms, and what it lives in. */
typedef struct side {
    const char *path;
    tb_reader *reader;
    tb_check *check;
    const tb_result *result;
} side;

static tb_status read_form(side *self, const tb_checker *checker, tb_language language,
                           tb_error *error)
{
    const tb_workbook *workbook = NULL;
    tb_status status = tb_reader_new(&self->reader, error);
    if (status == TB_OK)
        status = tb_check_new(checker, language, &self->check, error);
    if (status == TB_OK)
        status = tb_reader_read_file(self->reader, self->path, &workbook, error);
    if (status == TB_OK)
        status = tb_check_run(self->check, workbook, &self->result, error);
    if (status == TB_OK && self->result->form == NULL) {
        *error = self->result->error;
        status = error->status;
    }
    return status;
}

static void side_done(side *self)
{
    tb_check_free(self->check);
    tb_reader_free(self->reader);
}

/* One definition must fit both, its version included: else fields do not mean the same. */
static tb_status compare_definitions(const side sides[2], tb_error *error)
{
    const tb_definition *old = sides[0].result->definition, *new = sides[1].result->definition;
    if (old == new)
        return TB_OK;
    char names[2][256];
    snprintf(names[0], sizeof names[0], "%.*s %.*s", (int)old->id.size, old->id.data,
             (int)old->version.size, old->version.data);
    snprintf(names[1], sizeof names[1], "%.*s %.*s", (int)new->id.size, new->id.data,
             (int)new->version.size, new->version.data);
    return tb_error_set(error, TB_INVALID, TB_MSG_CLI_DIFF_OTHER_FORM, names[0], names[1], NULL);
}

static tb_status print_diff(tb_cli *cli, const diff_options *options, const side sides[2],
                            bool *ret_differs, tb_error *error)
{
    tb_arena arena;
    tb_buffer text;
    const tb_diff *diff = NULL;
    tb_arena_init(&arena, TB_MAX_RESULT_MEMORY);
    tb_buffer_init(&text, TB_MAX_OUTPUT_SIZE);
    tb_status status =
        tb_diff_make(sides[0].result->form, sides[1].result->form, &arena, &diff, error);
    if (status == TB_OK) {
        if (options->json)
            tb_diff_json(&text, tb_str_of(sides[0].path), tb_str_of(sides[1].path), diff,
                         cli->language);
        else
            tb_diff_text(&text, diff, cli->language);
        *ret_differs = diff->count > 0;
    }
    if (text.failed)
        status = tb_error_memory(error);
    if (status == TB_OK)
        fwrite(text.data, 1, text.size, cli->out);
    tb_buffer_done(&text);
    tb_arena_done(&arena);
    return status;
}

static int diff_files(tb_cli *cli, const diff_options *options, const tb_checker *checker,
                      char **paths)
{
    tb_error error;
    side sides[2] = {{.path = paths[0]}, {.path = paths[1]}};
    bool differs = false, readable = true;
    for (size_t i = 0; i < 2; i++) {
        if (read_form(&sides[i], checker, cli->language, &error) == TB_OK)
            continue;
        tb_cli_error(cli, sides[i].path, &error);
        readable = false;
    }
    tb_status status = readable ? compare_definitions(sides, &error) : TB_OK;
    if (readable && status == TB_OK)
        status = print_diff(cli, options, sides, &differs, &error);
    if (status != TB_OK)
        tb_cli_error(cli, NULL, &error);
    side_done(&sides[0]);
    side_done(&sides[1]);
    if (!readable || status != TB_OK)
        return TB_EXIT_UNREADABLE;
    return differs ? TB_EXIT_FINDINGS : TB_EXIT_OK;
}

static int run(tb_cli *cli, const diff_options *options, char **paths)
{
    tb_error error;
    tb_checker *checker = NULL;
    tb_status status = tb_cli_load_definitions(options->form, &checker, &error);
    if (status != TB_OK) {
        tb_cli_error(cli, NULL, &error);
        return status == TB_NOT_FOUND ? TB_EXIT_USAGE : TB_EXIT_UNREADABLE;
    }
    int exit_code = diff_files(cli, options, checker, paths);
    tb_checker_free(checker);
    return exit_code;
}

int tb_cli_diff(tb_cli *cli, int argc, char **argv)
{
    diff_options options = {0};
    int at = 1;
    for (; at < argc && argv[at][0] == '-'; at++) {
        const char *word = argv[at], *value;
        if (strcmp(word, "--") == 0) {
            at++;
            break;
        }
        if (strcmp(word, "--help") == 0) {
            fputs(tb_message_get(cli->language, TB_MSG_CLI_DIFF_HELP), cli->out);
            return TB_EXIT_OK;
        }
        if (strcmp(word, "--json") == 0)
            options.json = true;
        else if ((value = tb_cli_find_value("--form", argc, argv, &at)) == NULL)
            return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, word, NULL);
        else if (*value == '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "--form", NULL);
        else
            options.form = value;
    }
    if (argc - at != 2)
        return tb_cli_usage(cli, TB_MSG_CLI_DIFF_TWO_FILES, NULL);
    return run(cli, &options, argv + at);
}
