/*
 * `tianbao forms build`: a definition written as a spreadsheet made into form.json, with every
 * mistake told at its cell.
 */
#include "base/limits.h"
#include "cli/forms.h"
#include "form/build.h"
#include "rule/rulebook.h"

#define JSON_NAME "form.json"

/* Reads the JSON as any definition is read. *ret_excerpt: an error shows a formula and not JSON. */
static tb_status read_definition(const tb_build *build, bool *ret_excerpt, tb_error *error)
{
    tb_arena arena;
    const tb_definition *definition = NULL;
    const tb_rulebook *book = NULL;
    tb_arena_init(&arena, TB_MAX_DEFINITION_MEMORY);
    tb_status status =
        tb_definition_read(&arena, tb_buffer_get(&build->text), JSON_NAME, &definition, error);
    *ret_excerpt = status == TB_OK;
    if (status == TB_OK)
        status = tb_rulebook_compile(&arena, definition, JSON_NAME, &book, error);
    tb_arena_done(&arena);
    return status;
}

/* Writes and reads until nothing wrong is found, or nothing more can be told. */
static tb_status find_mistakes(tb_build *build, tb_error *error)
{
    tb_status status = tb_build_is_broken(build) ? TB_OK : tb_build_write(build, error);
    while (status == TB_OK && !tb_build_is_broken(build)) {
        bool excerpt;
        status = tb_build_write(build, error);
        if (status != TB_OK)
            break;
        tb_error found;
        tb_status read = read_definition(build, &excerpt, &found);
        if (read == TB_OK)
            break;
        if (read != TB_INVALID) {
            *error = found;
            return read;
        }
        if (!tb_build_blame(build, &found, excerpt))
            break;
    }
    return status;
}

static int tell_mistakes(tb_cli *cli, const char *input, tb_build *build)
{
    tb_build_sort(build);
    for (size_t i = 0; i < build->mistake_count; i++)
        tb_cli_error(cli, input, &build->mistakes[i].error);
    return TB_EXIT_FINDINGS;
}

static int build_workbook(tb_cli *cli, const tb_forms_output *output, const tb_workbook *workbook)
{
    tb_arena arena;
    tb_build build;
    tb_error error;
    int exit_status = TB_EXIT_UNREADABLE;
    tb_arena_init(&arena, TB_MAX_DEFINITION_MEMORY);
    tb_build_init(&build, &arena, workbook);
    tb_status status = tb_build_read(&build, &error);
    if (status == TB_OK)
        status = find_mistakes(&build, &error);
    if (status != TB_OK)
        tb_cli_error(cli, output->input, &error);
    else if (build.mistake_count > 0)
        exit_status = tell_mistakes(cli, output->input, &build);
    else
        exit_status = tb_cli_forms_write(cli, output, tb_buffer_get(&build.text));
    tb_build_done(&build);
    tb_arena_done(&arena);
    return exit_status;
}

int tb_cli_forms_build(tb_cli *cli, int argc, char **argv)
{
    return tb_cli_forms_on_workbook(cli, argc, argv, build_workbook);
}
