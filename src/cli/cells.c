/*
 * `tianbao cells`: what was read from a workbook, one JSON object a line and cell.
 */
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "cli/command.h"
#include "sheet/reader.h"

typedef struct cells_options {
    bool layout; /* formats, merges and hidden rows too */
    bool quiet;  /* read and print nothing */
    size_t left; /* cells that may still be printed of this file */
} cells_options;

static const char *const type_names[] = {
    [TB_CELL_EMPTY] = "empty",     [TB_CELL_NUMBER] = "number", [TB_CELL_TEXT] = "text",
    [TB_CELL_BOOLEAN] = "boolean", [TB_CELL_DATE] = "date",     [TB_CELL_ERROR] = "error",
};

static const char *const format_names[] = {
    [TB_FORMAT_GENERAL] = "general",   [TB_FORMAT_NUMBER] = "number",
    [TB_FORMAT_PERCENT] = "percent",   [TB_FORMAT_CURRENCY] = "currency",
    [TB_FORMAT_DATE] = "date",         [TB_FORMAT_SCIENTIFIC] = "scientific",
    [TB_FORMAT_FRACTION] = "fraction", [TB_FORMAT_BOOLEAN] = "boolean",
    [TB_FORMAT_TEXT] = "text",
};

static void append_value(tb_json *json, const tb_cell *cell)
{
    switch (cell->type) {
    case TB_CELL_NUMBER:
    case TB_CELL_DATE:
        tb_json_member_decimal(json, "value", tb_decimal_normalize(cell->number));
        break;
    case TB_CELL_BOOLEAN:
        tb_json_member_bool(json, "value", tb_decimal_sign(cell->number) != 0);
        break;
    case TB_CELL_TEXT:
    case TB_CELL_ERROR:
        tb_json_member_string(json, "value", cell->text);
        break;
    case TB_CELL_EMPTY:
        break;
    }
}

static void append_cell(tb_buffer *out, const cells_options *options, const tb_sheet *sheet,
                        const tb_cell *cell, uint32_t row, uint32_t column)
{
    char name[TB_CELL_NAME_SIZE];
    tb_json json;
    tb_json_init(&json, out);
    tb_json_object(&json);
    tb_json_member_string(&json, "sheet", sheet->name);
    tb_json_member_string(&json, "cell", tb_cell_name(row, column, name));
    tb_json_member_cstr(&json, "type", type_names[cell->type]);
    append_value(&json, cell);
    if (cell->formula.size > 0)
        tb_json_member_string(&json, "formula", cell->formula);
    if (options->layout) {
        tb_json_member_cstr(&json, "format", format_names[cell->format.class_]);
        tb_json_member_int(&json, "decimals", cell->format.decimals);
    }
    tb_json_object_end(&json);
    tb_buffer_char(out, '\n');
}

static void print(tb_cli *cli, tb_buffer *out)
{
    fwrite(out->data, 1, out->size, cli->out);
    tb_buffer_reset(out);
}

/* A band's rows and a cell's columns are printed one by one, as a person sees them; a few bytes
 * of a file can repeat a cell so often that only a limit ends it. */
static void print_band(tb_cli *cli, cells_options *options, tb_buffer *out, const tb_sheet *sheet,
                       const tb_band *band)
{
    for (uint32_t row = 0; row < band->rows && band->cell_count > 0 && options->left > 0; row++) {
        for (size_t i = 0; i < band->cell_count; i++) {
            const tb_cell *cell = &band->cells[i];
            for (uint32_t column = 0; column < cell->width && options->left > 0;
                 column++, options->left--)
                append_cell(out, options, sheet, cell, band->row + row, cell->column + column);
        }
        print(cli, out);
    }
}

static void append_merges(tb_json *json, const tb_sheet *sheet)
{
    tb_json_key(json, "merges");
    tb_json_array(json);
    for (size_t i = 0; i < sheet->merge_count; i++) {
        const tb_range *merge = &sheet->merges[i];
        char text[2 * TB_CELL_NAME_SIZE];
        size_t size = tb_cell_name(merge->row, merge->column, text).size;
        text[size++] = ':';
        size += tb_cell_name(merge->last_row, merge->last_column, text + size).size;
        tb_json_string(json, (tb_str){text, size});
    }
    tb_json_array_end(json);
}

/* Hidden rows as pairs of the first and the last, counted from 1. */
static void append_hidden_rows(tb_json *json, const tb_sheet *sheet)
{
    tb_json_key(json, "hidden_rows");
    tb_json_array(json);
    for (size_t i = 0; i < sheet->band_count; i++) {
        const tb_band *band = &sheet->bands[i];
        if (!band->hidden)
            continue;
        tb_json_array(json);
        tb_json_int(json, (int64_t)band->row + 1);
        tb_json_int(json, (int64_t)band->row + band->rows);
        tb_json_array_end(json);
    }
    tb_json_array_end(json);
}

static void print_layout(tb_cli *cli, tb_buffer *out, const tb_sheet *sheet)
{
    tb_json json;
    tb_json_init(&json, out);
    tb_json_object(&json);
    tb_json_member_string(&json, "sheet", sheet->name);
    tb_json_member_bool(&json, "hidden", sheet->hidden);
    append_merges(&json, sheet);
    append_hidden_rows(&json, sheet);
    tb_json_object_end(&json);
    tb_buffer_char(out, '\n');
    print(cli, out);
}

/* False when not all could be printed; tells it then. */
static bool print_workbook(tb_cli *cli, cells_options *options, const char *file,
                           const tb_workbook *workbook)
{
    tb_buffer out;
    options->left = TB_MAX_CELLS;
    tb_buffer_init(&out, TB_MAX_OUTPUT_SIZE);
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        const tb_sheet *sheet = &workbook->sheets[i];
        for (size_t j = 0; j < sheet->band_count; j++)
            print_band(cli, options, &out, sheet, &sheet->bands[j]);
        if (options->layout)
            print_layout(cli, &out, sheet);
    }
    tb_buffer_done(&out);
    if (options->left > 0)
        return true;
    tb_error error;
    tb_error_set(&error, TB_LIMIT, TB_MSG_CLI_CELLS_LIMIT, NULL);
    tb_cli_error(cli, file, &error);
    return false;
}

static int print_files(tb_cli *cli, cells_options *options, char **files)
{
    tb_error error;
    tb_reader *reader = NULL;
    if (tb_reader_new(&reader, &error) != TB_OK) {
        tb_cli_error(cli, NULL, &error);
        return TB_EXIT_UNREADABLE;
    }
    int exit_status = TB_EXIT_OK;
    for (; *files != NULL; files++) {
        const tb_workbook *workbook = NULL;
        if (tb_reader_read_file(reader, *files, &workbook, &error) != TB_OK) {
            tb_cli_error(cli, *files, &error);
            exit_status = TB_EXIT_UNREADABLE;
        } else if (!options->quiet && !print_workbook(cli, options, *files, workbook)) {
            exit_status = TB_EXIT_UNREADABLE;
        }
    }
    tb_reader_free(reader);
    return exit_status;
}

int tb_cli_cells(tb_cli *cli, int argc, char **argv)
{
    cells_options options = {0};
    int at = 1;
    for (; at < argc && argv[at][0] == '-' && argv[at][1] != '\0'; at++) {
        if (strcmp(argv[at], "--") == 0) {
            at++;
            break;
        }
        if (strcmp(argv[at], "--help") == 0) {
            fputs(tb_message_get(cli->language, TB_MSG_CLI_CELLS_HELP), cli->out);
            return TB_EXIT_OK;
        }
        if (strcmp(argv[at], "--layout") == 0)
            options.layout = true;
        else if (strcmp(argv[at], "--quiet") == 0)
            options.quiet = true;
        else
            return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[at], NULL);
    }
    if (at >= argc)
        return tb_cli_usage(cli, TB_MSG_CLI_NO_FILE, NULL);
    return print_files(cli, &options, argv + at);
}
