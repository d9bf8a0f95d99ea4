/*
 * `tianbao eval`: the value of one formula.
 */
#include <string.h>

#include "base/limits.h"
#include "cli/command.h"
#include "rule/expression.h"
#include "rule/form_functions.h"

/* What one evaluation may take. */
#define EVAL_MEMORY ((size_t)64 << 20)

static bool resolve_nothing(void *self, tb_str name, tb_reference *ret, tb_str *ret_near)
{
    (void)self;
    (void)name;
    (void)ret;
    (void)ret_near;
    return false;
}

static tb_value get_nothing(void *self, const tb_reference *reference)
{
    (void)self;
    (void)reference;
    return tb_value_of_error(TB_VALUE_ERROR_REF);
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

static int evaluate(tb_cli *cli, tb_str source, tb_arena *arena)
{
    const tb_expression *expression;
    tb_formula_error where;
    tb_error error;
    tb_resolver resolver = {resolve_nothing, NULL};
    tb_environment environment = {get_nothing, NULL, arena};
    size_t function_count = 0;
    const tb_function *functions = tb_form_functions(&function_count);
    if (tb_expression_compile(arena, source, &resolver, functions, function_count, &expression,
                              &where, &error) != TB_OK)
        return print_formula_error(cli, source, &where, &error);
    tb_value value = tb_expression_evaluate(expression, &environment);
    return print_value(cli, &value);
}

int tb_cli_eval(tb_cli *cli, int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(tb_message_get(cli->language, TB_MSG_CLI_EVAL_HELP), cli->out);
        return TB_EXIT_OK;
    }
    if (argc > 1 && strcmp(argv[1], "--") == 0) {
        argc--;
        argv++;
    }
    if (argc < 2)
        return tb_cli_usage(cli, TB_MSG_CLI_EVAL_NO_FORMULA, NULL);
    if (argc > 2)
        return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[2], NULL);
    tb_arena arena;
    tb_arena_init(&arena, EVAL_MEMORY);
    int status = evaluate(cli, tb_str_of(argv[1]), &arena);
    tb_arena_done(&arena);
    return status;
}
