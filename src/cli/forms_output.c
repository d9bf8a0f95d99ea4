/*
 * What `forms build` and `forms draft` share: one workbook in, one text out.
 */
#include <stdio.h>

#include "cli/forms.h"
#include "sheet/reader.h"

static int read_options(tb_cli *cli, int argc, char **argv, tb_forms_output *ret)
{
    *ret = (tb_forms_output){0};
    for (int i = 1; i < argc; i++) {
        const char *value = tb_cli_find_value("-o", argc, argv, &i);
        if (value == NULL)
            value = tb_cli_find_value("--output", argc, argv, &i);
        if (value != NULL && *value == '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "-o", NULL);
        if (value != NULL)
            ret->output = value;
        else if (argv[i][0] == '-' && argv[i][1] != '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[i], NULL);
        else if (ret->input != NULL)
            return tb_cli_usage(cli, TB_MSG_CLI_FORMS_ONE_FILE, argv[i], NULL);
        else
            ret->input = argv[i];
    }
    return ret->input != NULL ? TB_EXIT_OK : tb_cli_usage(cli, TB_MSG_CLI_NO_FILE, NULL);
}

int tb_cli_forms_write(tb_cli *cli, const tb_forms_output *output, tb_str text)
{
    if (output->output == NULL) {
        fwrite(text.data, 1, text.size, cli->out);
        return TB_EXIT_OK;
    }
    FILE *file = fopen(output->output, "wb");
    bool written = file != NULL && fwrite(text.data, 1, text.size, file) == text.size;
    written = file != NULL && fclose(file) == 0 && written;
    if (written)
        return TB_EXIT_OK;
    tb_error error;
    tb_error_set(&error, TB_IO, TB_MSG_CLI_FORMS_NOT_WRITTEN, NULL);
    tb_cli_error(cli, output->output, &error);
    return TB_EXIT_UNREADABLE;
}

int tb_cli_forms_on_workbook(tb_cli *cli, int argc, char **argv, tb_forms_work *work)
{
    tb_forms_output output;
    int usage = read_options(cli, argc, argv, &output);
    if (usage != TB_EXIT_OK)
        return usage;
    tb_reader *reader = NULL;
    const tb_workbook *workbook = NULL;
    tb_error error;
    tb_status status = tb_reader_new(&reader, &error);
    if (status == TB_OK)
        status = tb_reader_read_file(reader, output.input, &workbook, &error);
    int exit_status = TB_EXIT_UNREADABLE;
    if (status == TB_OK)
        exit_status = work(cli, &output, workbook);
    else
        tb_cli_error(cli, output.input, &error);
    tb_reader_free(reader);
    return exit_status;
}
