/*
 * `tianbao forms`: the known form definitions, what one consists of, and whether one is right. What
 * makes definitions is in files of its own.
 */
#include <string.h>

#include "base/limits.h"
#include "cli/forms.h"

static void print_text(tb_cli *cli, tb_str text)
{
    fwrite(text.data, 1, text.size, cli->out);
}

static void print_cell(tb_cli *cli, tb_str text, const char *behind)
{
    print_text(cli, text);
    fputs(behind, cli->out);
}

/* ---- list ---- */

static int list_forms(tb_cli *cli, const tb_checker *checker)
{
    const tb_definition *const *definitions;
    size_t count = tb_checker_definitions(checker, &definitions);
    for (size_t i = 0; i < count; i++) {
        print_cell(cli, definitions[i]->id, "\t");
        print_cell(cli, definitions[i]->version, "\t");
        print_cell(cli, definitions[i]->title.in[cli->language], "\t");
        print_cell(cli, definitions[i]->folder, "\n");
    }
    return TB_EXIT_OK;
}

/* ---- show ---- */

static const tb_message type_names[] = {
    [TB_FIELD_TEXT] = TB_MSG_CLI_TYPE_TEXT,           [TB_FIELD_AMOUNT] = TB_MSG_CLI_TYPE_AMOUNT,
    [TB_FIELD_NUMBER] = TB_MSG_CLI_TYPE_NUMBER,       [TB_FIELD_SHARE] = TB_MSG_CLI_TYPE_SHARE,
    [TB_FIELD_DATE] = TB_MSG_CLI_TYPE_DATE,           [TB_FIELD_YEAR] = TB_MSG_CLI_TYPE_YEAR,
    [TB_FIELD_PHONE] = TB_MSG_CLI_TYPE_PHONE,         [TB_FIELD_CODE] = TB_MSG_CLI_TYPE_CODE,
    [TB_FIELD_INDICATOR] = TB_MSG_CLI_TYPE_INDICATOR,
};

static const tb_message severity_names[] = {
    [TB_ERROR_SEVERITY] = TB_MSG_CLI_SEVERITY_ERROR,
    [TB_WARNING_SEVERITY] = TB_MSG_CLI_SEVERITY_WARNING,
    [TB_NOTICE_SEVERITY] = TB_MSG_CLI_SEVERITY_NOTICE,
};

static void print_message(tb_cli *cli, tb_message message)
{
    fputs(tb_message_get(cli->language, message), cli->out);
}

static void print_indent(tb_cli *cli, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        fputs("  ", cli->out);
}

static void print_fields(tb_cli *cli, const tb_scope *scope, size_t depth)
{
    for (size_t i = 0; i < scope->field_count; i++) {
        const tb_field *field = &scope->fields[i];
        print_indent(cli, depth);
        print_cell(cli, field->id, "  ");
        print_cell(cli, field->name.in[cli->language], "  ");
        print_message(cli, type_names[field->type]);
        if (field->required) {
            fputs("  ", cli->out);
            print_message(cli, TB_MSG_CLI_FORMS_REQUIRED);
        }
        fputc('\n', cli->out);
    }
}

static void print_scope(tb_cli *cli, const tb_scope *scope, size_t depth)
{
    if (depth > 1) {
        print_indent(cli, depth - 1);
        fputc('[', cli->out);
        print_cell(cli, scope->id, "]  ");
        print_cell(cli, scope->name.in[cli->language], "\n");
    }
    print_fields(cli, scope, depth);
    for (size_t i = 0; i < scope->scope_count; i++)
        print_scope(cli, scope->scopes[i], depth + 1);
}

static void print_rule(tb_cli *cli, const tb_rule *rule)
{
    fputs("  ", cli->out);
    print_cell(cli, rule->id, "  ");
    print_message(cli, severity_names[rule->severity]);
    if (rule->scope->id.size > 0) {
        fputs("  [", cli->out);
        print_cell(cli, rule->scope->id, "]");
    }
    fputs("\n    ", cli->out);
    print_cell(cli, rule->formula.size > 0 ? rule->formula : rule->check, "\n");
    fputs("    ", cli->out);
    print_cell(cli, rule->message.in[cli->language], "\n");
}

static bool is_further_copy(const tb_definition *definition, size_t index)
{
    return index > 0 && definition->rules[index].line == definition->rules[index - 1].line;
}

static void print_parameters(tb_cli *cli, const tb_definition *definition)
{
    for (size_t i = 0; i < definition->parameter_count; i++) {
        const tb_parameter *parameter = &definition->parameters[i];
        fputs("  ", cli->out);
        print_cell(cli, parameter->id, " = ");
        print_cell(cli, parameter->value, "  ");
        print_cell(cli, parameter->note.in[cli->language], "\n");
    }
}

static void show_form(tb_cli *cli, const tb_definition *definition)
{
    print_cell(cli, definition->title.in[cli->language], "  ");
    print_cell(cli, definition->id, "  ");
    print_cell(cli, definition->version, "\n\n");
    print_message(cli, TB_MSG_CLI_FORMS_FIELDS);
    print_scope(cli, definition->root, 1);
    fputc('\n', cli->out);
    print_message(cli, TB_MSG_CLI_FORMS_PARAMETERS);
    print_parameters(cli, definition);
    fputc('\n', cli->out);
    print_message(cli, TB_MSG_CLI_FORMS_RULES);
    for (size_t i = 0; i < definition->rule_count; i++) {
        if (!is_further_copy(definition, i))
            print_rule(cli, &definition->rules[i]);
    }
}

static int show_forms(tb_cli *cli, const tb_checker *checker)
{
    const tb_definition *const *definitions;
    size_t count = tb_checker_definitions(checker, &definitions);
    for (size_t i = 0; i < count; i++)
        show_form(cli, definitions[i]);
    return TB_EXIT_OK;
}

/* ---- lint ---- */

/* What loads compiles: tb_checker_new looks at every formula. */
static int lint_form(tb_cli *cli, const tb_checker *checker)
{
    const tb_definition *const *definitions;
    size_t count = tb_checker_definitions(checker, &definitions);
    int worst = TB_EXIT_OK;
    for (size_t i = 0; i < count; i++) {
        int status = tb_cli_forms_lint(cli, checker, definitions[i]);
        worst = status > worst ? status : worst;
        if (status != TB_EXIT_OK)
            continue;
        print_cell(cli, definitions[i]->id, " ");
        print_cell(cli, definitions[i]->version, "  ");
        print_message(cli, TB_MSG_CLI_FORMS_GOOD);
    }
    return worst;
}

/* ---- all together ---- */

typedef struct forms_action {
    const char *name;
    int (*on_definitions)(tb_cli *cli, const tb_checker *checker);
    int failed; /* the exit status when a definition is wrong */
    int (*on_file)(tb_cli *cli, int argc, char **argv); /* in place of the two above */
} forms_action;

static const forms_action actions[] = {
    {"list", list_forms, TB_EXIT_UNREADABLE, NULL},
    {"show", show_forms, TB_EXIT_UNREADABLE, NULL},
    {"lint", lint_form, TB_EXIT_FINDINGS, NULL},
    {"build", NULL, TB_EXIT_FINDINGS, tb_cli_forms_build},
    {"draft", NULL, TB_EXIT_FINDINGS, tb_cli_forms_draft},
};

/* TB_INVALID means that the definition was read and is wrong; anything else, that it could not be
 * read at all. */
static int run_on(tb_cli *cli, const forms_action *action, const char *form)
{
    tb_checker *checker;
    tb_error error;
    if (tb_cli_load_definitions(form, &checker, &error) != TB_OK) {
        tb_cli_error(cli, NULL, &error);
        return error.status == TB_INVALID ? action->failed : TB_EXIT_UNREADABLE;
    }
    int status = action->on_definitions(cli, checker);
    tb_checker_free(checker);
    return status;
}

static int run_on_all(tb_cli *cli, const forms_action *action, int argc, char **argv)
{
    if (argc == 1)
        return run_on(cli, action, NULL);
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != '\0')
            return tb_cli_usage(cli, TB_MSG_CLI_UNKNOWN_OPTION, argv[i], NULL);
    }
    int worst = TB_EXIT_OK;
    for (int i = 1; i < argc; i++) {
        int status = run_on(cli, action, argv[i]);
        worst = status > worst ? status : worst;
    }
    return worst;
}

static const forms_action *find_action(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    }
    return NULL;
}

int tb_cli_forms(tb_cli *cli, int argc, char **argv)
{
    if (argc < 2)
        return tb_cli_usage(cli, TB_MSG_CLI_FORMS_NO_ACTION, NULL);
    if (strcmp(argv[1], "--help") == 0) {
        fputs(tb_message_get(cli->language, TB_MSG_CLI_FORMS_HELP), cli->out);
        return TB_EXIT_OK;
    }
    const forms_action *action = find_action(argv[1]);
    if (action == NULL)
        return tb_cli_usage(cli, TB_MSG_CLI_FORMS_UNKNOWN_ACTION, argv[1], NULL);
    if (action->on_file != NULL)
        return action->on_file(cli, argc - 1, argv + 1);
    return run_on_all(cli, action, argc - 1, argv + 1);
}
