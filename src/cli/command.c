/*
 * What the subcommands share: how problems are told, options with values, the definitions.
 */
#include "cli/command.h"

#include <stdarg.h>
#include <string.h>

#include "rule/definition_folders.h"

#define LINE_MAX_SIZE ((size_t)16 << 10)

static void print_line(tb_cli *cli, const tb_buffer *line)
{
    tb_str text = tb_buffer_get(line);
    fwrite(text.data, 1, text.size, cli->err);
    fputc('\n', cli->err);
}

void tb_cli_error(tb_cli *cli, const char *file, const tb_error *error)
{
    tb_buffer line;
    tb_buffer_init(&line, LINE_MAX_SIZE);
    tb_buffer_cstr(&line, "tianbao: ");
    if (file != NULL) {
        tb_buffer_cstr(&line, file);
        tb_buffer_cstr(&line, ": ");
    }
    tb_error_format(&line, cli->language, error);
    print_line(cli, &line);
    tb_buffer_done(&line);
}

int tb_cli_usage(tb_cli *cli, tb_message message, ...)
{
    tb_str args[TB_ERROR_ARGS_MAX];
    size_t count = 0;
    va_list list;
    va_start(list, message);
    for (const char *text;
         count < TB_ERROR_ARGS_MAX && (text = va_arg(list, const char *)) != NULL;)
        args[count++] = tb_str_of(text);
    va_end(list);

    tb_buffer line;
    tb_buffer_init(&line, LINE_MAX_SIZE);
    tb_buffer_cstr(&line, "tianbao: ");
    tb_message_append(&line, cli->language, message, args, count);
    tb_buffer_char(&line, '\n');
    tb_buffer_cstr(&line, tb_message_get(cli->language, TB_MSG_CLI_SEE_HELP));
    print_line(cli, &line);
    tb_buffer_done(&line);
    return TB_EXIT_USAGE;
}

const char *tb_cli_find_value(const char *name, int argc, char **argv, int *at)
{
    size_t size = strlen(name);
    if (strncmp(argv[*at], name, size) != 0)
        return NULL;
    if (argv[*at][size] == '=')
        return argv[*at] + size + 1;
    if (argv[*at][size] != '\0')
        return NULL;
    return *at + 1 < argc ? argv[++*at] : "";
}

tb_status tb_cli_load_definitions(const char *form, tb_checker **ret_checker, tb_error *error)
{
    tb_definition_folders folders;
    tb_status status = tb_definition_folders_init(&folders, NULL, NULL, TB_SOURCE_TEMPLATES, error);
    if (status != TB_OK)
        return status;
    tb_definition_sources sources = {form, folders.folders, folders.count};
    status = tb_checker_new(&sources, ret_checker, error);
    tb_definition_folders_done(&folders);
    return status;
}
