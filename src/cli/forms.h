/*
 * The actions of `tianbao forms` that have a file of their own.
 */
#ifndef TB_CLI_FORMS_H
#define TB_CLI_FORMS_H

#include "cli/command.h"
#include "sheet/workbook.h"

/* argv[0] is the action's name. Each returns the exit status. */
int tb_cli_forms_build(tb_cli *cli, int argc, char **argv);
int tb_cli_forms_draft(tb_cli *cli, int argc, char **argv);
/* Tells what is wrong with the rules of a definition that compiles; returns the exit status. */
int tb_cli_forms_lint(tb_cli *cli, const tb_checker *checker, const tb_definition *definition);

typedef struct tb_forms_output {
    const char *input;  /* the one file that was named */
    const char *output; /* of -o; NULL: cli->out */
} tb_forms_output;

typedef int tb_forms_work(tb_cli *cli, const tb_forms_output *output, const tb_workbook *workbook);
/* Reads `FILE [-o FILE]` and the workbook, and hands them to `work`. Returns the exit status. */
int tb_cli_forms_on_workbook(tb_cli *cli, int argc, char **argv, tb_forms_work *work);
/* Writes the text there. Returns TB_EXIT_OK, or TB_EXIT_UNREADABLE after telling why not. */
int tb_cli_forms_write(tb_cli *cli, const tb_forms_output *output, tb_str text);

#endif
