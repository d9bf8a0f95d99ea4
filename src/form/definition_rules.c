/*
 * Reads the rules of a definition: what each is for, its formula and where that stands, its texts.
 * Scopes and fields named here must exist; whether a formula is right the rule runner decides.
 */
#include "base/limits.h"
#include "form/definition_reader.h"

const char *const tb_reader__severity_names[] = {
    [TB_ERROR_SEVERITY] = "error",
    [TB_WARNING_SEVERITY] = "warning",
    [TB_NOTICE_SEVERITY] = "notice",
    NULL,
};

const char *const tb_reader__basis_names[] = {
    [TB_BASIS_ARITHMETIC] = "arithmetic",
    [TB_BASIS_FORM] = "form",
    [TB_BASIS_PRACTICE] = "practice",
    [TB_BASIS_DOCUMENT] = "document",
    NULL,
};

enum {
    RULE_ID,
    RULE_SEVERITY,
    RULE_FOR,
    RULE_ONLY,
    RULE_EACH,
    RULE_AT,
    RULE_FORMULA,
    RULE_WHEN,
    RULE_CHECK,
    RULE_RELATED,
    RULE_PARAMETERS,
    RULE_MESSAGE,
    RULE_BASIS,
    RULE_BASIS_NOTE,
    RULE_EXPLAINABLE,
    RULE_COUNT
};

static const tb_member rule_members[RULE_COUNT] = {
    [RULE_ID] = {"id", TB_MEMBER_TEXT, true},
    [RULE_SEVERITY] = {"severity", TB_MEMBER_TEXT, true},
    [RULE_FOR] = {"for", TB_MEMBER_TEXT_OR_TEXTS, false},
    [RULE_ONLY] = {"only", TB_MEMBER_TEXTS, false},
    [RULE_EACH] = {"each", TB_MEMBER_TEXTS, false},
    [RULE_AT] = {"at", TB_MEMBER_TEXT, false},
    [RULE_FORMULA] = {"formula", TB_MEMBER_TEXT, false},
    [RULE_WHEN] = {"when", TB_MEMBER_TEXT, false},
    [RULE_CHECK] = {"check", TB_MEMBER_TEXT, false},
    [RULE_RELATED] = {"related", TB_MEMBER_TEXTS, false},
    [RULE_PARAMETERS] = {"parameters", TB_MEMBER_LIST, false},
    [RULE_MESSAGE] = {"message", TB_MEMBER_OBJECT, true},
    [RULE_BASIS] = {"basis", TB_MEMBER_TEXT, true},
    [RULE_BASIS_NOTE] = {"basis_note", TB_MEMBER_OBJECT, true},
    [RULE_EXPLAINABLE] = {"explainable", TB_MEMBER_FLAG, false},
};

/* A rule as the JSON has it: one tb_rule is made for each of its scopes and `each` fields. */
typedef struct rule_source {
    const cJSON *members[RULE_COUNT];
    tb_rule common;
    size_t scope_count, each_count;
    const tb_str *scopes, *each;
} rule_source;

static size_t clamp_one(size_t count)
{
    return count == 0 ? 1 : count;
}

static bool read_formulas(tb_definition_reader *reader, const cJSON *node,
                          const cJSON *const *members, tb_rule *rule)
{
    if ((members[RULE_FORMULA] == NULL) == (members[RULE_CHECK] == NULL))
        return tb_source_fail(&reader->source, node, TB_MSG_FORM_RULE_ONE_OF, NULL, NULL);
    if (members[RULE_FORMULA] != NULL)
        tb_source_find(&reader->source, members[RULE_FORMULA], &rule->formula_line,
                       &rule->formula_column);
    if (members[RULE_WHEN] != NULL)
        tb_source_find(&reader->source, members[RULE_WHEN], &rule->when_line, &rule->when_column);
    size_t column;
    tb_source_find(&reader->source, node, &rule->line, &column);
    return tb_reader__text(reader, members[RULE_FORMULA], &rule->formula) &&
           tb_reader__text(reader, members[RULE_WHEN], &rule->when) &&
           tb_reader__text(reader, members[RULE_CHECK], &rule->check);
}

static tb_explainable read_explainable(const cJSON *flag)
{
    if (flag == NULL)
        return TB_EXPLAINABLE_BY_SEVERITY;
    return cJSON_IsTrue(flag) ? TB_EXPLAINABLE_YES : TB_EXPLAINABLE_NO;
}

static bool read_common(tb_definition_reader *reader, const cJSON *node, rule_source *source)
{
    const cJSON **members = source->members;
    tb_rule *rule = &source->common;
    int severity, basis;
    if (!tb_source_members(&reader->source, node, rule_members, RULE_COUNT, members) ||
        !tb_reader__id(reader, members[RULE_ID], true, &rule->id) ||
        !tb_reader__choice(reader, members[RULE_SEVERITY], tb_reader__severity_names, &severity) ||
        !tb_reader__choice(reader, members[RULE_BASIS], tb_reader__basis_names, &basis) ||
        !read_formulas(reader, node, members, rule))
        return false;
    rule->severity = (tb_severity)severity;
    rule->basis = (tb_basis_kind)basis;
    rule->explainable = read_explainable(members[RULE_EXPLAINABLE]);
    return tb_reader__text(reader, members[RULE_AT], &rule->at) &&
           tb_reader__localized(reader, members[RULE_MESSAGE], &rule->message) &&
           tb_reader__localized(reader, members[RULE_BASIS_NOTE], &rule->basis_note) &&
           tb_reader__texts(reader, members[RULE_ONLY], &rule->only_count, &rule->only) &&
           tb_reader__texts(reader, members[RULE_RELATED], &rule->related_count, &rule->related) &&
           tb_reader__texts(reader, members[RULE_FOR], &source->scope_count, &source->scopes) &&
           tb_reader__texts(reader, members[RULE_EACH], &source->each_count, &source->each) &&
           tb_reader__parameters(reader, members[RULE_PARAMETERS], &rule->parameter_count,
                                 &rule->parameters);
}

/* The element of an array of texts, or the text itself. */
static const cJSON *element(const cJSON *node, size_t index)
{
    return cJSON_IsArray(node) ? cJSON_GetArrayItem(node, (int)index) : node;
}

/* A field of the scope or, with dots, of a scope below it; or one of a scope around it. */
static bool has_field(const tb_scope *scope, tb_str path)
{
    if (tb_scope_find_field(scope, path) != NULL)
        return true;
    for (size_t i = 0; i < scope->scope_count; i++) {
        const tb_scope *child = scope->scopes[i];
        if (tb_str_starts(path, child->id) && path.size > child->id.size &&
            path.data[child->id.size] == '.' &&
            has_field(child, tb_str_slice(path, child->id.size + 1, path.size)))
            return true;
    }
    return false;
}

static bool check_field(tb_definition_reader *reader, const cJSON *node, const tb_scope *scope,
                        tb_str path)
{
    for (const tb_scope *around = scope; around != NULL; around = around->parent) {
        if (has_field(around, path))
            return true;
    }
    return tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_FIELD, path.data,
                          scope->id.size == 0 ? reader->definition->id.data : scope->id.data);
}

static bool has_line(const tb_matrix *matrix, const tb_scope *scope, tb_str id)
{
    bool columns = scope->kind == TB_SCOPE_MATRIX_COLUMN;
    size_t count = columns ? matrix->column_count : matrix->row_count;
    const tb_line *lines = columns ? matrix->columns : matrix->rows;
    for (size_t i = 0; i < count; i++) {
        if (tb_str_equal(lines[i].id, id))
            return true;
    }
    return false;
}

/* `only` names records of a matrix's view. */
static bool check_only(tb_definition_reader *reader, const rule_source *source,
                       const tb_scope *scope)
{
    const tb_rule *rule = &source->common;
    bool view = scope->kind == TB_SCOPE_MATRIX_COLUMN || scope->kind == TB_SCOPE_MATRIX_ROW;
    for (size_t i = 0; i < rule->only_count; i++) {
        if (!view || !has_line(scope->layout, scope, rule->only[i]))
            return tb_source_fail(&reader->source, element(source->members[RULE_ONLY], i),
                                  TB_MSG_FORM_UNKNOWN_RECORD, rule->only[i].data, scope->id.data);
    }
    return true;
}

static bool add_rule(tb_definition_reader *reader, const rule_source *source, const tb_scope *scope,
                     size_t each, tb_rule *ret)
{
    const cJSON *const *members = source->members;
    *ret = source->common;
    ret->scope = scope;
    if (!check_only(reader, source, scope))
        return false;
    if (source->each_count > 0) {
        ret->it = source->each[each];
        if (!check_field(reader, element(members[RULE_EACH], each), scope, ret->it))
            return false;
        if (ret->at.size == 0)
            ret->at = ret->it;
    }
    return members[RULE_AT] == NULL || check_field(reader, members[RULE_AT], scope, ret->at);
}

/* The scope that the i-th of `for` names; the root where there is none. */
static bool find_rule_scope(tb_definition_reader *reader, const rule_source *source, size_t i,
                            const tb_scope **ret)
{
    *ret = source->scope_count == 0
               ? reader->root
               : tb_definition_find_scope(reader->definition, source->scopes[i]);
    return *ret != NULL || tb_source_fail(&reader->source, element(source->members[RULE_FOR], i),
                                          TB_MSG_FORM_UNKNOWN_SCOPE, source->scopes[i].data, NULL);
}

static bool add_rules(tb_definition_reader *reader, const rule_source *source, tb_rule *rules,
                      size_t *count)
{
    for (size_t i = 0; i < clamp_one(source->scope_count); i++) {
        const tb_scope *scope;
        if (!find_rule_scope(reader, source, i, &scope))
            return false;
        for (size_t j = 0; j < clamp_one(source->each_count); j++) {
            if (!add_rule(reader, source, scope, j, &rules[(*count)++]))
                return false;
        }
    }
    return true;
}

bool tb_reader__rules(tb_definition_reader *reader, const cJSON *list)
{
    size_t source_count = tb_reader__count(list), total = 0, i = 0;
    rule_source *sources = tb_reader__array(reader, source_count, sizeof *sources);
    if (sources == NULL)
        return false;
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
    {
        rule_source *source = &sources[i++];
        if (!read_common(reader, node, source))
            return false;
        total += clamp_one(source->scope_count) * clamp_one(source->each_count);
        if (total > TB_MAX_RULES)
            return tb_source_fail(&reader->source, node, TB_MSG_FORM_TOO_MANY, NULL, NULL);
    }
    tb_rule *rules = tb_reader__array(reader, total, sizeof *rules);
    if (rules == NULL)
        return false;
    size_t count = 0;
    for (i = 0; i < source_count; i++) {
        if (!add_rules(reader, &sources[i], rules, &count))
            return false;
    }
    reader->definition->rule_count = count;
    reader->definition->rules = rules;
    return true;
}
