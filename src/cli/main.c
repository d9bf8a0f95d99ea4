/*
 * The program `tianbao`: the options that stand before the subcommand, and the table of
 * subcommands. A new subcommand is one file beside this one and one row here.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

typedef struct command {
    const char *name;
    tb_cli_command *run;
    tb_message summary; /* one line of --help */
} command;

static const command commands[] = {
    {"aggregate", tb_cli_aggregate, TB_MSG_CLI_AGGREGATE_SUMMARY},
    {"cells", tb_cli_cells, TB_MSG_CLI_CELLS_SUMMARY},
    {"check", tb_cli_check, TB_MSG_CLI_CHECK_SUMMARY},
    {"diff", tb_cli_diff, TB_MSG_CLI_DIFF_SUMMARY},
    {"eval", tb_cli_eval, TB_MSG_CLI_EVAL_SUMMARY},
    {"forms", tb_cli_forms, TB_MSG_CLI_FORMS_SUMMARY},
    {"new", tb_cli_new, TB_MSG_CLI_NEW_SUMMARY},
    {"outbox", tb_cli_outbox, TB_MSG_CLI_OUTBOX_SUMMARY},
    {"upload", tb_cli_upload, TB_MSG_CLI_UPLOAD_SUMMARY},
    {NULL, NULL, TB_MSG_COUNT},
};

/* The language of the environment, as POSIX ranks its variables. */
static tb_language find_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return strncmp(value, "zh", 2) == 0 ? TB_LANGUAGE_ZH : TB_LANGUAGE_EN;
    }
    return TB_LANGUAGE_EN;
}

static bool set_language(tb_cli *cli, const char *name)
{
    bool zh = name != NULL && strcmp(name, "zh") == 0;
    if (!zh && (name == NULL || strcmp(name, "en") != 0))
        return false;
    cli->language = zh ? TB_LANGUAGE_ZH : TB_LANGUAGE_EN;
    cli->language_chosen = true;
    return true;
}

static int print_help(tb_cli *cli)
{
    fputs(tb_message_get(cli->language, TB_MSG_CLI_HELP_HEAD), cli->out);
    for (const command *row = commands; row->name != NULL; row++)
        fprintf(cli->out, "  %-10s %s\n", row->name, tb_message_get(cli->language, row->summary));
    fputs(tb_message_get(cli->language, TB_MSG_CLI_HELP_OPTIONS), cli->out);
    return TB_EXIT_OK;
}

static int run_command(tb_cli *cli, int argc, char **argv)
{
    for (const command *row = commands; row->name != NULL; row++) {
        if (strcmp(argv[0], row->name) == 0)
            return row->run(cli, argc, argv);
    }
    return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_COMMAND, argv[0], NULL);
}

/* The value of `--lang zh` or `--lang=zh` at argv[*at], which moves to its last word; NULL when
 * it is another option. */
static const char *find_language_option(int argc, char **argv, int *at)
{
    static const char name[] = "--lang";
    const char *word = argv[*at];
    if (strncmp(word, name, sizeof name - 1) != 0)
        return NULL;
    if (word[sizeof name - 1] == '=')
        return word + sizeof name;
    if (word[sizeof name - 1] != '\0')
        return NULL;
    return *at + 1 < argc ? argv[++*at] : "";
}

/* `--lang` may also stand behind the subcommand: takes it out of argv wherever it is before a
 * lone `--`. Returns the new argc, or -1 when its value is no language. */
static int take_language_option(tb_cli *cli, int argc, char **argv)
{
    int kept = 0;
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            while (i < argc)
                argv[kept++] = argv[i++];
            break;
        }
        const char *language = i > 0 ? find_language_option(argc, argv, &i) : NULL;
        if (language == NULL)
            argv[kept++] = argv[i];
        else if (!set_language(cli, language))
            return -1;
    }
    argv[kept] = NULL;
    return kept;
}

static int run(tb_cli *cli, int argc, char **argv)
{
    argc = take_language_option(cli, argc, argv);
    if (argc < 0)
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_LANGUAGE, NULL);
    if (argc < 2)
        return tb_cli_usage(cli, TB_MSG_CLI_NO_COMMAND, NULL);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return print_help(cli);
    if (strcmp(argv[1], "--version") == 0) {
        fputs("tianbao " TB_VERSION "\n", cli->out);
        return TB_EXIT_OK;
    }
    if (argv[1][0] == '-')
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[1], NULL);
    return run_command(cli, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    tb_cli cli = {.language = find_language(), .out = stdout, .err = stderr};
    int status = run(&cli, argc, argv);
    /* Results that could not be written (a full disk, a closed pipe) are no success. */
    if (fflush(stdout) != 0 || ferror(stdout))
        return status < TB_EXIT_SERVICE ? TB_EXIT_SERVICE : status;
    return status;
}
