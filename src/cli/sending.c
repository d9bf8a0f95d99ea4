/*
 * The subcommands that send. They stand in a module (command.h), which is loaded here when one of
 * them is called.
 */
#include "base/platform.h"
#include "cli/command.h"

static int run_in_module(tb_cli *cli, const char *name, int argc, char **argv)
{
    tb_error error;
    tb_platform_function *function = NULL;
    if (tb_platform_load(TB_CLI_SENDING_MODULE, name, &function, &error) != TB_OK) {
        tb_cli_error(cli, NULL, &error);
        return TB_EXIT_SERVICE;
    }
    return ((tb_cli_command *)function)(cli, argc, argv);
}

int tb_cli_outbox(tb_cli *cli, int argc, char **argv)
{
    return run_in_module(cli, "tb_cli_sending_outbox", argc, argv);
}

int tb_cli_upload(tb_cli *cli, int argc, char **argv)
{
    return run_in_module(cli, "tb_cli_sending_upload", argc, argv);
}
