/*
 * The subcommands of `tianbao`: one file each, one row each in main.c.
 */
#ifndef TB_CLI_COMMAND_H
#define TB_CLI_COMMAND_H

#include <stdio.h>

#include "base/message.h"
#include "rule/check.h"

/* Exit statuses; the largest that applies wins. */
enum {
    TB_EXIT_OK = 0,
    TB_EXIT_FINDINGS = 1,
    TB_EXIT_UNREADABLE = 2,
    TB_EXIT_SERVICE = 3,
    TB_EXIT_USAGE = 64
};

/* Seen from outside of the module that has it. */
#define TB_CLI_EXPORT __attribute__((visibility("default")))

typedef struct tb_cli {
    tb_language language;
    bool language_chosen; /* by --lang, not by the environment */
    FILE *out;            /* results */
    FILE *err;            /* progress and problems */
} tb_cli;

/* argv[0] is the subcommand's name. Each returns the exit status. */
typedef int tb_cli_command(tb_cli *cli, int argc, char **argv);
int tb_cli_aggregate(tb_cli *cli, int argc, char **argv);
int tb_cli_cells(tb_cli *cli, int argc, char **argv);
int tb_cli_check(tb_cli *cli, int argc, char **argv);
int tb_cli_diff(tb_cli *cli, int argc, char **argv);
int tb_cli_eval(tb_cli *cli, int argc, char **argv);
int tb_cli_forms(tb_cli *cli, int argc, char **argv);
int tb_cli_new(tb_cli *cli, int argc, char **argv);
int tb_cli_outbox(tb_cli *cli, int argc, char **argv);
int tb_cli_upload(tb_cli *cli, int argc, char **argv);

/* What sends stands in a module of its own, so that curl and its thirty libraries are loaded for
 * who sends and not for who checks: tb_cli_outbox and tb_cli_upload (cli/sending.c) load it and
 * call these two in it. */
#define TB_CLI_SENDING_MODULE "tianbao-sending.so"
TB_CLI_EXPORT int tb_cli_sending_outbox(tb_cli *cli, int argc, char **argv);
TB_CLI_EXPORT int tb_cli_sending_upload(tb_cli *cli, int argc, char **argv);

/* Prints the error's line to cli->err, after `tianbao: ` and, when not NULL, the file's name. */
void tb_cli_error(tb_cli *cli, const char *file, const tb_error *error);
/* Prints a wrong-usage message with a pointer to --help; returns TB_EXIT_USAGE. */
int tb_cli_usage(tb_cli *cli, tb_message message, ...) TB_SENTINEL;

/* Handles `--name VALUE` and `--name=VALUE` at argv[*at]. Returns the value, an empty text when it
 * is missing, NULL when it is another option. */
const char *tb_cli_find_value(const char *name, int argc, char **argv, int *at);
/* The form definitions that a command works with: all that are found, or the one that --form names
 * (NULL: all). */
tb_status tb_cli_load_definitions(const char *form, tb_checker **ret_checker, tb_error *error);

#endif
