/*
 * Compiling, in the order in which a reader meets things: formula, condition, paths, messages.
 */
#include "rule/rulebook.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "rule/binding.h"
#include "rule/form_functions.h"
#include "rule/named_check.h"

typedef struct compiler {
    tb_arena *arena;
    const tb_definition *definition;
    const char *name;
    tb_name_space names;
    tb_resolver resolver;
    size_t scope_count;
    tb_scope_rules **scopes; /* room for one a rule */
    tb_error *error;
} compiler;

/* ---- telling where ---- */

static void locate(compiler *self, size_t line, size_t column, const char *excerpt)
{
    char where[TB_ERROR_WHERE_SIZE];
    if (column > 0)
        snprintf(where, sizeof where, "%s:%zu:%zu", self->name, line, column);
    else
        snprintf(where, sizeof where, "%s:%zu", self->name, line);
    tb_error_locate(self->error, where, excerpt);
}

/* The column in the file of a place in a formula: JSON writes a quote as two characters. */
static size_t column_in_file(tb_str source, const tb_formula_error *where, size_t column)
{
    for (size_t i = 0; i < where->offset && i < source.size; i++) {
        unsigned char c = (unsigned char)source.data[i];
        column += (c & 0xC0u) != 0x80u;
        column += c == '"' || c == '\\' || c == '\n';
    }
    return column;
}

static tb_status formula_failed(compiler *self, tb_str source, const tb_formula_error *where,
                                size_t line, size_t column, tb_status status)
{
    if (status == TB_NO_MEMORY)
        return status;
    tb_buffer excerpt;
    tb_buffer_init(&excerpt, TB_MAX_FORMULA_SIZE * 4);
    tb_formula_error_caret(&excerpt, source, where);
    tb_str shown = tb_buffer_get(&excerpt);
    while (shown.size > 0 && shown.data[shown.size - 1] == '\n')
        excerpt.data[--shown.size] = '\0';
    locate(self, line, column_in_file(source, where, column),
           shown.size > 0 && shown.size < TB_ERROR_EXCERPT_SIZE ? excerpt.data : NULL);
    tb_buffer_done(&excerpt);
    return status;
}

static tb_status rule_failed(compiler *self, const tb_rule *rule, tb_message message, tb_str what)
{
    char id[128], text[256];
    snprintf(id, sizeof id, "%.*s", (int)(rule->id.size < 100 ? rule->id.size : 100),
             rule->id.data);
    snprintf(text, sizeof text, "%.*s", (int)(what.size < 200 ? what.size : 200),
             what.size > 0 ? what.data : "");
    tb_error_set(self->error, TB_INVALID, message, id, text, NULL);
    locate(self, rule->line, 0, NULL);
    return TB_INVALID;
}

/* ---- parts of a rule ---- */

static tb_status compile_formula(compiler *self, tb_str source, size_t line, size_t column,
                                 const tb_expression **ret)
{
    size_t function_count = 0;
    const tb_function *functions = tb_form_functions(&function_count);
    tb_formula_error where = {0};
    tb_status status = tb_expression_compile(self->arena, source, &self->resolver, functions,
                                             function_count, ret, &where, self->error);
    if (status != TB_OK)
        return formula_failed(self, source, &where, line, column, status);
    return TB_OK;
}

/* A field, or where `many` is set also the field of all rows of a table. */
static tb_status resolve_path(compiler *self, const tb_rule *rule, tb_str path, bool many,
                              bool *ret_has, tb_reference *ret)
{
    if (path.size == 0)
        return TB_OK;
    if (!self->resolver.resolve(self->resolver.self, path, ret, NULL) ||
        !(tb_reference_is_field(ret) || (many && tb_reference_is_array(ret))))
        return rule_failed(self, rule, TB_MSG_RULE_UNKNOWN_PATH, path);
    *ret_has = true;
    return TB_OK;
}

static tb_status compile_related(compiler *self, const tb_rule *rule, tb_compiled_rule *out)
{
    const tb_expression **related =
        tb_arena_array(self->arena, rule->related_count + 1, sizeof *related);
    if (related == NULL)
        return tb_error_memory(self->error);
    for (size_t i = 0; i < rule->related_count; i++) {
        tb_status status = compile_formula(self, rule->related[i], rule->line, 0, &related[i]);
        if (status != TB_OK)
            return status;
    }
    out->related_count = rule->related_count;
    out->related = related;
    return TB_OK;
}

static tb_status compile_messages(compiler *self, const tb_rule *rule, tb_compiled_rule *out)
{
    static const char *const no_extras[] = {NULL};
    const char *const *extras = out->check != NULL ? out->check->placeholders : no_extras;
    for (size_t i = 0; i < TB_LANGUAGE_COUNT; i++) {
        tb_str unknown = {0};
        tb_status status =
            tb_message_template_compile(self->arena, rule->message.in[i], &self->resolver, extras,
                                        &out->message[i], &unknown, self->error);
        if (status == TB_INVALID)
            return rule_failed(self, rule, TB_MSG_RULE_UNKNOWN_PLACEHOLDER, unknown);
        if (status != TB_OK)
            return status;
    }
    return TB_OK;
}

/* What the rules of the scope have in common, made for the first of them; NULL: no memory. */
static tb_scope_rules *find_scope(compiler *self, const tb_scope *scope)
{
    for (size_t i = 0; i < self->scope_count; i++)
        if (self->scopes[i]->scope == scope)
            return self->scopes[i];
    size_t depth = 0;
    for (const tb_scope *s = scope; s->parent != NULL; s = s->parent)
        depth++;
    const tb_scope **chain = tb_arena_array(self->arena, depth + 1, sizeof *chain);
    tb_scope_rules *made = tb_arena_alloc(self->arena, sizeof *made);
    if (chain == NULL || made == NULL)
        return NULL;
    *made = (tb_scope_rules){
        .scope = scope, .index = self->scope_count, .depth = depth, .chain = chain};
    for (const tb_scope *s = scope; s->parent != NULL; s = s->parent)
        chain[--depth] = s;
    self->scopes[self->scope_count++] = made;
    return made;
}

/* What the rule asks for, where one of its tests asks for all of that. (Two contents that only
 * different tests ask for are not worth being looked up together.) */
static void find_subject(tb_test_set *tests, tb_compiled_rule *out)
{
    tb_subject subject = {0};
    out->subject = TB_NO_SUBJECT;
    if (out->formula_truth == NULL ||
        (out->when_truth != NULL && !tb_truth_read_subject(out->when_truth, tests, &subject)) ||
        !tb_truth_read_subject(out->formula_truth, tests, &subject))
        return;
    size_t place = tb_subject_set_find(&tests->subjects, &subject);
    if (place == TB_NO_SUBJECT || tests->subjects.list[place].rule_count == TB_SUBJECT_MAX_RULES)
        return;
    out->subject = place;
    out->place_in_subject = tests->subjects.list[place].rule_count++;
}

/* A rule is screened when both its condition and its formula can be. */
static tb_status compile_screening(compiler *self, tb_compiled_rule *out)
{
    tb_status status = TB_OK;
    tb_scope_rules *scope = find_scope(self, out->rule->scope);
    if (scope == NULL)
        return tb_error_memory(self->error);
    out->scope = scope;
    if (out->when != NULL)
        status =
            tb_truth_compile(self->arena, out->when, &scope->tests, &out->when_truth, self->error);
    if (status == TB_OK && out->formula != NULL && (out->when == NULL || out->when_truth != NULL))
        status = tb_truth_compile(self->arena, out->formula, &scope->tests, &out->formula_truth,
                                  self->error);
    if (status == TB_OK)
        find_subject(&scope->tests, out);
    return status;
}

static bool reads(const tb_expression *expression, const tb_reference *field)
{
    const tb_reference *references = NULL;
    size_t count = expression != NULL ? tb_expression_references(expression, &references) : 0;
    for (size_t i = 0; i < count; i++) {
        if (tb_reference_equal(&references[i], field))
            return true;
    }
    return false;
}

static void note_reading(tb_compiled_rule *out)
{
    out->reads_at = out->has_at && reads(out->formula, &out->at);
    out->shows_at = out->reads_at || (out->has_at && reads(out->when, &out->at));
}

static tb_status compile_test(compiler *self, const tb_rule *rule, tb_compiled_rule *out)
{
    if (rule->check.size > 0) {
        const tb_rulebook book = {.definition = self->definition};
        out->check = tb_named_check_find(rule->check);
        if (out->check == NULL)
            return rule_failed(self, rule, TB_MSG_RULE_UNKNOWN_CHECK, rule->check);
        return out->check->prepare == NULL
                   ? TB_OK
                   : out->check->prepare(self->arena, &book, rule, &out->prepared, self->error);
    }
    return compile_formula(self, rule->formula, rule->formula_line, rule->formula_column,
                           &out->formula);
}

static tb_status compile_rule(compiler *self, const tb_rule *rule, tb_compiled_rule *out)
{
    self->names = (tb_name_space){self->arena, self->definition, rule};
    self->resolver = tb_name_space_resolver(&self->names);
    out->rule = rule;
    tb_status status = compile_test(self, rule, out);
    if (status == TB_OK && rule->when.size > 0)
        status = compile_formula(self, rule->when, rule->when_line, rule->when_column, &out->when);
    if (status == TB_OK)
        status = resolve_path(self, rule, rule->it, false, &out->has_it, &out->it);
    if (status == TB_OK)
        status = resolve_path(self, rule, rule->at, true, &out->has_at, &out->at);
    if (status == TB_OK)
        status = compile_related(self, rule, out);
    if (status == TB_OK)
        status = compile_messages(self, rule, out);
    if (status == TB_OK)
        status = compile_screening(self, out);
    note_reading(out);
    return status;
}

/* ---- the equations that a search for slips goes by ---- */

static bool mark_equation(tb_compiled_rule *rules, size_t count, tb_str id)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        if (rules[i].formula != NULL && tb_str_equal(rules[i].rule->id, id)) {
            rules[i].is_equation = true;
            found = true;
        }
    }
    return found;
}

static tb_status mark_equations(compiler *self, tb_compiled_rule *rules, size_t count,
                                const tb_compiled_rule *slip)
{
    const tb_parameter *list =
        tb_definition_find_parameter(self->definition, slip->rule, TB_STR("equations"));
    tb_str ids = list != NULL ? list->value : (tb_str){0};
    for (size_t from = 0; from < ids.size;) {
        size_t to = from;
        while (to < ids.size && ids.data[to] != ' ')
            to++;
        tb_str id = tb_str_slice(ids, from, to);
        if (id.size > 0 && !mark_equation(rules, count, id))
            return rule_failed(self, slip->rule, TB_MSG_RULE_UNKNOWN_EQUATION, id);
        from = to + 1;
    }
    return TB_OK;
}

tb_status tb_rulebook_compile(tb_arena *arena, const tb_definition *definition, const char *name,
                              const tb_rulebook **ret_rulebook, tb_error *error)
{
    compiler self = {.arena = arena, .definition = definition, .name = name, .error = error};
    size_t count = definition->rule_count;
    tb_rulebook *book = tb_arena_alloc(arena, sizeof *book);
    tb_compiled_rule *rules = tb_arena_array(arena, count + 1, sizeof *rules);
    self.scopes = tb_arena_array(arena, count + 1, sizeof *self.scopes);
    if (book == NULL || rules == NULL || self.scopes == NULL)
        return tb_error_memory(error);
    tb_status status = TB_OK;
    for (size_t i = 0; i < count && status == TB_OK; i++) {
        rules[i].order = i;
        status = compile_rule(&self, &definition->rules[i], &rules[i]);
    }
    for (size_t i = 0; i < count && status == TB_OK; i++)
        if (rules[i].check != NULL && rules[i].check->kind == TB_NAMED_CHECK_SLIP)
            status = mark_equations(&self, rules, count, &rules[i]);
    if (status != TB_OK)
        return status;
    *book = (tb_rulebook){definition, count, rules, self.scope_count};
    *ret_rulebook = book;
    return TB_OK;
}

/* ---- parameters ---- */

tb_decimal tb_rulebook_number(const tb_rulebook *book, const tb_rule *rule, const char *id,
                              tb_decimal fallback)
{
    const tb_parameter *parameter =
        tb_definition_find_parameter(book->definition, rule, tb_str_of(id));
    return parameter != NULL && parameter->is_number ? parameter->number : fallback;
}

tb_str tb_rulebook_text(const tb_rulebook *book, const tb_rule *rule, const char *id)
{
    const tb_parameter *parameter =
        tb_definition_find_parameter(book->definition, rule, tb_str_of(id));
    return parameter != NULL ? parameter->value : (tb_str){0};
}
