/*
 * The actions of `tianbao forms` that have a file of their own.
 */
#ifndef TB_CLI_FORMS_H
#define TB_CLI_FORMS_H

#include "cli/command.h"

/* argv[0] is the action's name. Each returns the exit status. */
int tb_cli_forms_build(tb_cli *cli, int argc, char **argv);

typedef struct tb_forms_output {
    const char *input;  /* the one file that was named */
    const char *output; /* of -o; NULL: cli->out */
} tb_forms_output;

/* Reads `FILE [-o FILE]`. Returns TB_EXIT_OK, or TB_EXIT_USAGE after telling what is wrong. */
int tb_cli_forms_options(tb_cli *cli, int argc, char **argv, tb_forms_output *ret);
/* Writes the text there. Returns TB_EXIT_OK, or TB_EXIT_UNREADABLE after telling why not. */
int tb_cli_forms_write(tb_cli *cli, const tb_forms_output *output, tb_str text);

#endif
