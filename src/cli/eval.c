/*
 * `tianbao eval`: the value of one formula, over constants or over the fields of a form.
 */
#include <string.h>

#include "base/limits.h"
#include "cli/command.h"
#include "rule/binding.h"
#include "rule/form_functions.h"
#include "sheet/reader.h"

/* What one evaluation may take. */
#define EVAL_MEMORY ((size_t)64 << 20)

typedef struct eval_options {
    const char *form; /* --form, or NULL */
    const char *formula;
    const char *file; /* or NULL */
} eval_options;

/* What the names of the formula mean, and where their values come from. */
typedef struct eval_names {
    const tb_resolver *resolver; /* NULL: there are no names */
    const tb_environment *environment;
} eval_names;

static const tb_value *get_nothing(void *self, const tb_reference *reference, tb_value *room)
{
    (void)self;
    (void)reference;
    *room = tb_value_of_error(TB_VALUE_ERROR_REF);
    return room;
}

/* "tianbao: line 1, column 5: …", and below it the line with a caret. */
static int print_formula_error(tb_cli *cli, tb_str source, const tb_formula_error *where,
                               const tb_error *error)
{
    char line[TB_DECIMAL_TEXT_SIZE], column[TB_DECIMAL_TEXT_SIZE];
    tb_buffer problem, out;
    tb_buffer_init(&problem, TB_MAX_VALUE_SIZE);
    tb_error_format(&problem, cli->language, error);
    tb_str args[] = {tb_decimal_format(tb_decimal_of((int64_t)where->line), line),
                     tb_decimal_format(tb_decimal_of((int64_t)where->column), column),
                     tb_buffer_get(&problem)};
    tb_buffer_init(&out, TB_MAX_OUTPUT_SIZE);
    tb_buffer_cstr(&out, "tianbao: ");
    tb_message_append(&out, cli->language, TB_MSG_CLI_EVAL_AT, args, 3);
    tb_buffer_char(&out, '\n');
    tb_formula_error_caret(&out, source, where);
    fwrite(out.data, 1, out.size, cli->err);
    tb_buffer_done(&problem);
    tb_buffer_done(&out);
    return TB_EXIT_USAGE;
}

static int print_value(tb_cli *cli, const tb_value *value)
{
    tb_buffer out;
    tb_buffer_init(&out, TB_MAX_OUTPUT_SIZE);
    tb_value_format(&out, value, false);
    tb_buffer_char(&out, '\n');
    fwrite(out.data, 1, out.size, cli->out);
    tb_buffer_done(&out);
    return TB_EXIT_OK;
}

static int evaluate(tb_cli *cli, const char *formula, const eval_names *names, tb_arena *arena)
{
    const tb_expression *expression;
    tb_formula_error where;
    tb_error error;
    size_t function_count;
    tb_str source = tb_str_of(formula);
    const tb_function *functions = tb_form_functions(&function_count);
    if (tb_expression_compile(arena, source, names->resolver, functions, function_count,
                              &expression, &where, &error) != TB_OK)
        return print_formula_error(cli, source, &where, &error);
    tb_value value = tb_expression_evaluate(expression, names->environment);
    return print_value(cli, &value);
}

static int evaluate_constants(tb_cli *cli, const char *formula, tb_arena *arena)
{
    tb_environment environment = {get_nothing, NULL, arena};
    eval_names names = {NULL, &environment};
    return evaluate(cli, formula, &names, arena);
}

/* The names are those that a rule for the whole form may use. */
static int evaluate_in_form(tb_cli *cli, const char *formula, const tb_result *result,
                            tb_arena *arena)
{
    tb_binding binding;
    tb_name_space space = {arena, result->definition, NULL};
    tb_resolver resolver = tb_name_space_resolver(&space);
    tb_binding_init(&binding, result->form, arena, arena);
    eval_names names = {&resolver, &binding.environment};
    return evaluate(cli, formula, &names, arena);
}

/* What it takes to read a form. */
typedef struct form_tools {
    tb_reader *reader;
    tb_checker *checker;
    tb_check *check;
} form_tools;

static tb_status read_form(form_tools *tools, const eval_options *options, tb_language language,
                           const tb_result **ret_result, tb_error *error)
{
    const tb_workbook *workbook = NULL;
    tb_status status = tb_cli_load_definitions(options->form, &tools->checker, error);
    if (status == TB_OK)
        status = tb_reader_new(&tools->reader, error);
    if (status == TB_OK)
        status = tb_check_new(tools->checker, language, &tools->check, error);
    if (status == TB_OK)
        status = tb_reader_read_file(tools->reader, options->file, &workbook, error);
    if (status == TB_OK)
        status = tb_check_run(tools->check, workbook, ret_result, error);
    if (status == TB_OK && (*ret_result)->form == NULL) {
        *error = (*ret_result)->error;
        status = error->status;
    }
    return status;
}

static int evaluate_file(tb_cli *cli, const eval_options *options, tb_arena *arena)
{
    form_tools tools = {NULL, NULL, NULL};
    const tb_result *result = NULL;
    tb_error error;
    int exit_code = TB_EXIT_UNREADABLE;
    if (read_form(&tools, options, cli->language, &result, &error) == TB_OK)
        exit_code = evaluate_in_form(cli, options->formula, result, arena);
    else
        tb_cli_error(cli, options->file, &error);
    tb_check_free(tools.check);
    tb_checker_free(tools.checker);
    tb_reader_free(tools.reader);
    return exit_code;
}

static int run(tb_cli *cli, const eval_options *options)
{
    tb_arena arena;
    tb_arena_init(&arena, EVAL_MEMORY);
    int status = options->file == NULL ? evaluate_constants(cli, options->formula, &arena)
                                       : evaluate_file(cli, options, &arena);
    tb_arena_done(&arena);
    return status;
}

/* Only --form and --help are options, so that a formula may begin with a minus. */
int tb_cli_eval(tb_cli *cli, int argc, char **argv)
{
    eval_options options = {NULL, NULL, NULL};
    int at = 1;
    if (at < argc && strcmp(argv[at], "--help") == 0) {
        fputs(tb_message_get(cli->language, TB_MSG_CLI_EVAL_HELP), cli->out);
        return TB_EXIT_OK;
    }
    if (at < argc && (options.form = tb_cli_find_value("--form", argc, argv, &at)) != NULL)
        at++;
    if (options.form != NULL && *options.form == '\0')
        return tb_cli_usage(cli, TB_MSG_CLI_OPTION_NEEDS_VALUE, "--form", NULL);
    at += at < argc && strcmp(argv[at], "--") == 0;
    if (at >= argc)
        return tb_cli_usage(cli, TB_MSG_CLI_EVAL_NO_FORMULA, NULL);
    options.formula = argv[at++];
    options.file = at < argc ? argv[at++] : NULL;
    if (at < argc)
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[at], NULL);
    return run(cli, &options);
}
