/*
 * `tianbao forms lint`: what a definition that compiles still has wrong with its rules: two that
 * are called the same for the same fields, and those that read nothing of the form.
 */
#include <stdio.h>

#include "cli/forms.h"
#include "rule/binding.h"
#include "rule/checker.h"

typedef struct lint {
    tb_cli *cli;
    const tb_definition *definition;
    size_t count; /* of what was found */
} lint;

static void tell(lint *self, const tb_rule *rule, tb_message message)
{
    tb_error error;
    char id[128], where[TB_ERROR_WHERE_SIZE];
    snprintf(id, sizeof id, "%.*s", (int)(rule->id.size < 100 ? rule->id.size : 100),
             rule->id.data);
    snprintf(where, sizeof where, "%.*s:%zu", (int)self->definition->id.size,
             self->definition->id.data, rule->line);
    tb_error_set(&error, TB_INVALID, message, id, NULL);
    tb_error_locate(&error, where, NULL);
    tb_cli_error(self->cli, NULL, &error);
    self->count++;
}

static bool has_record(const tb_rule *rule, tb_str id)
{
    for (size_t i = 0; i < rule->only_count; i++) {
        if (tb_str_equal(rule->only[i], id))
            return true;
    }
    return rule->only_count == 0;
}

/* Whether some record of their scope is looked at by both. */
static bool meet(const tb_rule *a, const tb_rule *b)
{
    for (size_t i = 0; i < a->only_count; i++) {
        if (has_record(b, a->only[i]))
            return true;
    }
    return a->only_count == 0;
}

/* One id may stand for the same demand in several scopes; in one scope it tells nothing apart. */
static bool same_name(const tb_rule *a, const tb_rule *b)
{
    return a->line != b->line && a->scope == b->scope && tb_str_equal(a->id, b->id) &&
           tb_str_equal(a->it, b->it) && meet(a, b);
}

static void check_names(lint *self, size_t index)
{
    const tb_rule *rules = self->definition->rules;
    for (size_t i = 0; i < index; i++) {
        if (!same_name(&rules[i], &rules[index]))
            continue;
        tell(self, &rules[index], TB_MSG_CLI_LINT_SAME_ID);
        return;
    }
}

static bool reads_form(const tb_expression *expression)
{
    const tb_reference *references = NULL;
    size_t count = expression == NULL ? 0 : tb_expression_references(expression, &references);
    for (size_t i = 0; i < count; i++) {
        if (tb_reference_field(&references[i]) != NULL)
            return true;
    }
    return false;
}

/* What reads nothing of the form fires always or never. */
static void check_reading(lint *self, const tb_compiled_rule *rule)
{
    if (rule->formula != NULL && !reads_form(rule->formula) && !reads_form(rule->when))
        tell(self, rule->rule, TB_MSG_CLI_LINT_CONSTANT);
}

int tb_cli_forms_lint(tb_cli *cli, const tb_checker *checker, const tb_definition *definition)
{
    lint self = {cli, definition, 0};
    const tb_rulebook *book = tb_checker_rulebook(checker, definition);
    for (size_t i = 0; i < definition->rule_count; i++) {
        check_names(&self, i);
        check_reading(&self, &book->rules[i]);
    }
    return self.count > 0 ? TB_EXIT_FINDINGS : TB_EXIT_OK;
}
