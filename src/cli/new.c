/*
 * `tianbao new`: writes a blank form, ready to be filled in. It lies beside the form's definition
 * as blank.ods and is copied as it is; no office is needed.
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"
#include "cli/command.h"

#define BLANK_NAME "/blank.ods"
#define ENDING     ".ods"

typedef struct new_request {
    const char *form; /* a definition's id, folder or form.json */
    const char *output;
    bool force;
} new_request;

static int read_option(tb_cli *cli, int argc, char **argv, int *at, new_request *request)
{
    const char *value = tb_cli_find_value("-o", argc, argv, at);
    if (value == NULL)
        value = tb_cli_find_value("--output", argc, argv, at);
    if (value != NULL && *value == '\0')
        return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "-o", NULL);
    if (value != NULL)
        request->output = value;
    else if (strcmp(argv[*at], "--force") == 0)
        request->force = true;
    else if (argv[*at][0] == '-')
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[*at], NULL);
    else if (request->form != NULL)
        return tb_cli_usage(cli, TB_MSG_CLI_NEW_ONE_FORM, argv[*at], NULL);
    else
        request->form = argv[*at];
    return TB_EXIT_OK;
}

static int read_request(tb_cli *cli, int argc, char **argv, new_request *request)
{
    for (int i = 1; i < argc; i++) {
        int usage = read_option(cli, argc, argv, &i, request);
        if (usage != TB_EXIT_OK)
            return usage;
    }
    if (request->form == NULL)
        return tb_cli_usage(cli, TB_MSG_CLI_NEW_NO_FORM, NULL);
    if (request->output == NULL)
        return tb_cli_usage(cli, TB_MSG_CLI_NEW_NO_OUTPUT, NULL);
    if (!tb_str_ends(tb_str_of(request->output), TB_STR(ENDING)))
        return tb_cli_usage(cli, TB_MSG_CLI_NEW_ODS_ONLY, request->output, NULL);
    return TB_EXIT_OK;
}

/* Of several versions of a form the latest. */
static const tb_definition *find_latest(const tb_checker *checker)
{
    const tb_definition *const *definitions;
    size_t count = tb_checker_definitions(checker, &definitions);
    const tb_definition *latest = count > 0 ? definitions[0] : NULL;
    for (size_t i = 1; i < count; i++) {
        if (tb_str_compare(definitions[i]->version, latest->version) > 0)
            latest = definitions[i];
    }
    return latest;
}

/* The blank form lies beside the definition; that of a definition in the source tree, where the
 * build has put it. */
static void append_path(tb_buffer *path, const tb_definition *definition)
{
    tb_str folder = definition->folder;
    tb_str source = TB_STR(TB_SOURCE_TEMPLATES "/");
    if (tb_str_starts(folder, source)) {
        tb_buffer_cstr(path, TB_BUILT_TEMPLATES "/");
        folder = tb_str_slice(folder, source.size, folder.size);
    }
    tb_buffer_text(path, folder);
    tb_buffer_cstr(path, BLANK_NAME);
}

static tb_status read_blank(const tb_definition *definition, tb_buffer *blank, tb_error *error)
{
    tb_buffer path;
    tb_buffer_init(&path, TB_MAX_TEXT_SIZE);
    append_path(&path, definition);
    tb_status status = TB_OK;
    if (path.failed)
        status = tb_error_memory(error);
    else if (tb_platform_path_kind(path.data) == TB_PATH_MISSING)
        status = tb_error_set(error, TB_NOT_FOUND, TB_MSG_CLI_NEW_NO_BLANK, path.data, NULL);
    else
        status = tb_platform_read_file(path.data, blank, error);
    tb_buffer_done(&path);
    return status;
}

static tb_status find_blank(const char *form, tb_buffer *blank, tb_error *error)
{
    tb_checker *checker;
    tb_status status = tb_cli_load_definitions(form, &checker, error);
    if (status != TB_OK)
        return status;
    status = read_blank(find_latest(checker), blank, error);
    tb_checker_free(checker);
    return status;
}

/* A file that appears in between is not overwritten either. What could be written in part only is
 * taken away. */
static tb_status write_file(const new_request *request, tb_str bytes, tb_error *error)
{
    if (!request->force && tb_platform_path_kind(request->output) != TB_PATH_MISSING)
        return tb_error_set(error, TB_IO, TB_MSG_CLI_NEW_EXISTS, NULL);
    FILE *file = fopen(request->output, request->force ? "wb" : "wbx");
    if (file == NULL)
        return tb_error_set(error, TB_IO, TB_MSG_CLI_FORMS_NOT_WRITTEN, NULL);
    bool written = fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    written = fclose(file) == 0 && written;
    if (written)
        return TB_OK;
    remove(request->output);
    return tb_error_set(error, TB_IO, TB_MSG_CLI_FORMS_NOT_WRITTEN, NULL);
}

static int write_blank(tb_cli *cli, const new_request *request)
{
    tb_error error;
    tb_buffer blank;
    tb_buffer_init(&blank, TB_MAX_FILE_SIZE);
    const char *named = NULL;
    tb_status status = find_blank(request->form, &blank, &error);
    if (status == TB_OK) {
        named = request->output;
        status = write_file(request, tb_buffer_get(&blank), &error);
    }
    tb_buffer_done(&blank);
    if (status == TB_OK)
        return TB_EXIT_OK;
    tb_cli_error(cli, named, &error);
    return TB_EXIT_UNREADABLE;
}

int tb_cli_new(tb_cli *cli, int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(tb_message_get(cli->language, TB_MSG_CLI_NEW_HELP), cli->out);
        return TB_EXIT_OK;
    }
    new_request request = {0};
    int usage = read_request(cli, argc, argv, &request);
    return usage != TB_EXIT_OK ? usage : write_blank(cli, &request);
}
