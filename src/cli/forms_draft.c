/*
 * `tianbao forms draft`: a first definition of a blank form, as form.json or as a spreadsheet to
 * go on with. What was guessed is told on standard error.
 */
#include <string.h>

#include "base/limits.h"
#include "cli/forms.h"
#include "form/build_fods.h"
#include "form/draft.h"
#include "sheet/reader.h"

/* By the name's ending: a spreadsheet, else JSON. */
static bool wants_spreadsheet(const tb_forms_output *output)
{
    return output->output != NULL && tb_str_ends(tb_str_of(output->output), TB_STR(".fods"));
}

/* The notes so far are guesses; what is noted from here on would be a mistake. */
static void tell_guesses(tb_cli *cli, const char *input, tb_build *build)
{
    for (size_t i = 0; i < build->mistake_count; i++)
        tb_cli_error(cli, input, &build->mistakes[i].error);
    build->mistake_count = 0;
}

static int write_draft(tb_cli *cli, const tb_forms_output *output, tb_build *build)
{
    tb_error error;
    tb_buffer sheets;
    tb_buffer_init(&sheets, TB_MAX_DEFINITION_SIZE);
    bool spreadsheet = wants_spreadsheet(output);
    tb_status status = TB_OK;
    if (spreadsheet)
        tb_build_write_fods(build, cli->language, &sheets);
    else
        status = tb_build_write(build, &error);
    if (sheets.failed)
        status = tb_error_memory(&error);
    int exit_status = TB_EXIT_UNREADABLE;
    if (status == TB_OK)
        exit_status =
            tb_cli_forms_write(cli, output, tb_buffer_get(spreadsheet ? &sheets : &build->text));
    else
        tb_cli_error(cli, output->input, &error);
    tb_buffer_done(&sheets);
    return exit_status;
}

static int draft_workbook(tb_cli *cli, const tb_forms_output *output, const tb_workbook *workbook)
{
    tb_arena arena;
    tb_build build;
    tb_error error;
    int exit_status = TB_EXIT_UNREADABLE;
    tb_arena_init(&arena, TB_MAX_DEFINITION_MEMORY);
    tb_build_init(&build, &arena, workbook);
    if (tb_draft_make(&build, &error) == TB_OK) {
        tell_guesses(cli, output->input, &build);
        exit_status = write_draft(cli, output, &build);
    } else {
        tb_cli_error(cli, output->input, &error);
    }
    tb_build_done(&build);
    tb_arena_done(&arena);
    return exit_status;
}

int tb_cli_forms_draft(tb_cli *cli, int argc, char **argv)
{
    return tb_cli_forms_on_workbook(cli, argc, argv, draft_workbook);
}
