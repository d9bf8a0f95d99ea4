/*
 * What the subcommands share: how problems are told.
 */
#include "cli/command.h"

#include <stdarg.h>

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
