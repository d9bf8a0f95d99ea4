/*
 * `tianbao forms lint`: what a definition that compiles still has wrong with its rules: two that
 * are called the same for the same fields, those that read nothing of the form or can never fire,
 * those that fire on an empty form, and messages that say less in one language.
 */
#include <stdio.h>

#include "base/limits.h"
#include "cli/forms.h"
#include "rule/binding.h"
#include "rule/checker.h"
#include "rule/formula_review.h"
#include "rule/run.h"

#define MAX_WORD_SIZE 100 /* of what a message repeats */

typedef struct lint {
    tb_cli *cli;
    const tb_definition *definition;
    const tb_rulebook *book;
    tb_arena arena, scratch;
    size_t count; /* of what was found */
} lint;

static void cut(char out[MAX_WORD_SIZE + 1], tb_str text)
{
    int size = (int)(text.size < MAX_WORD_SIZE ? text.size : MAX_WORD_SIZE);
    snprintf(out, MAX_WORD_SIZE + 1, "%.*s", size, size > 0 ? text.data : "");
}

static void tell_of(lint *self, const tb_rule *rule, tb_message message, tb_str what, tb_str where)
{
    tb_error error;
    char id[MAX_WORD_SIZE + 1], first[MAX_WORD_SIZE + 1], second[MAX_WORD_SIZE + 1];
    char place[TB_ERROR_WHERE_SIZE];
    cut(id, rule->id);
    cut(first, what);
    cut(second, where);
    snprintf(place, sizeof place, "%.*s:%zu", (int)self->definition->id.size,
             self->definition->id.data, rule->line);
    tb_error_set(&error, TB_INVALID, message, id, first, second, NULL);
    tb_error_locate(&error, place, NULL);
    tb_cli_error(self->cli, NULL, &error);
    self->count++;
}

static void tell(lint *self, const tb_rule *rule, tb_message message)
{
    tell_of(self, rule, message, TB_STR(""), TB_STR(""));
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

/* ---- what can never be so ---- */

static void check_words(lint *self, const tb_rule *rule, tb_str formula)
{
    tb_impossible found;
    tb_name_space names = {&self->arena, self->definition, rule};
    tb_resolver resolver = tb_name_space_resolver(&names);
    if (tb_formula_find_impossible(formula, &resolver, &self->arena, &found))
        tell_of(self, rule, TB_MSG_CLI_LINT_IMPOSSIBLE, found.text, found.where);
}

static void check_possible(lint *self, const tb_rule *rule)
{
    check_words(self, rule, rule->formula);
    check_words(self, rule, rule->when);
    if (rule->formula.size > 0 &&
        (tb_str_equal(rule->formula, rule->when) || tb_formula_compares_itself(rule->formula)))
        tell(self, rule, TB_MSG_CLI_LINT_NEVER);
}

/* ---- messages ---- */

static bool same_part(const tb_message_part *a, const tb_message_part *b)
{
    return a->kind == b->kind && a->index == b->index &&
           (a->kind != TB_PART_FIELD || a->reference.target == b->reference.target);
}

/* Whether each placeholder of the one is in the other too. */
static bool says_all(const tb_message_template *message, const tb_message_template *other)
{
    for (size_t i = 0; i < message->part_count; i++) {
        bool found = message->parts[i].kind == TB_PART_TEXT;
        for (size_t j = 0; j < other->part_count && !found; j++)
            found = same_part(&message->parts[i], &other->parts[j]);
        if (!found)
            return false;
    }
    return true;
}

static void check_translation(lint *self, const tb_compiled_rule *rule)
{
    const tb_message_template *zh = &rule->message[TB_LANGUAGE_ZH];
    const tb_message_template *en = &rule->message[TB_LANGUAGE_EN];
    if (!says_all(zh, en) || !says_all(en, zh))
        tell(self, rule->rule, TB_MSG_CLI_LINT_TRANSLATION);
}

/* ---- a form that nobody has written into ---- */

/* What is missing is asked for by rules that say so; others take a blank for 0 or the empty text.
 */
static void check_failures(lint *self, const tb_run *run)
{
    size_t told = 0; /* the line of the last rule that was told of */
    for (size_t i = 0; i < run->failure_count; i++) {
        const tb_rule *rule = run->failures[i]->rule != NULL ? run->failures[i]->rule->rule : NULL;
        if (rule == NULL || rule->formula.size == 0 || rule->line == told ||
            tb_formula_asks_for_presence(rule->formula) || tb_formula_asks_for_presence(rule->when))
            continue;
        tell(self, rule, TB_MSG_CLI_LINT_EMPTY_FORM);
        told = rule->line;
    }
}

static tb_status check_empty_form(lint *self, tb_error *error)
{
    const tb_form *form = NULL;
    tb_run run;
    tb_status status = tb_form_make_blank(self->definition, &self->arena, &form, error);
    if (status == TB_OK)
        status = tb_run_rules(&run, self->book, form, self->cli->language, &self->arena,
                              &self->scratch, error);
    if (status == TB_OK)
        check_failures(self, &run);
    return status;
}

static void check_rule(lint *self, size_t index)
{
    const tb_rule *rule = &self->definition->rules[index];
    bool is_first = index == 0 || rule[-1].line != rule->line; /* of `for` and `each` */
    check_names(self, index);
    check_reading(self, &self->book->rules[index]);
    if (is_first) {
        check_possible(self, rule);
        check_translation(self, &self->book->rules[index]);
    }
}

int tb_cli_forms_lint(tb_cli *cli, const tb_checker *checker, const tb_definition *definition)
{
    lint self = {
        .cli = cli, .definition = definition, .book = tb_checker_rulebook(checker, definition)};
    tb_error error;
    tb_arena_init(&self.arena, TB_MAX_RESULT_MEMORY);
    tb_arena_init(&self.scratch, TB_MAX_RESULT_MEMORY);
    for (size_t i = 0; i < definition->rule_count; i++)
        check_rule(&self, i);
    tb_status status = check_empty_form(&self, &error);
    tb_arena_done(&self.arena);
    tb_arena_done(&self.scratch);
    if (status != TB_OK) {
        tb_cli_error(cli, NULL, &error);
        return TB_EXIT_UNREADABLE;
    }
    return self.count > 0 ? TB_EXIT_FINDINGS : TB_EXIT_OK;
}
