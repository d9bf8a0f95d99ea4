/*
 * Reads the rules across forms: what they compare, by what, and where.
 */
#include "base/limits.h"
#include "form/definition_reader.h"

enum {
    ACROSS_ID,
    ACROSS_SEVERITY,
    ACROSS_FOR,
    ACROSS_COMPARE,
    ACROSS_AT,
    ACROSS_BY,
    ACROSS_PARAMETERS,
    ACROSS_MESSAGE,
    ACROSS_BASIS,
    ACROSS_BASIS_NOTE,
    ACROSS_COUNT
};

static const tb_member across_members[ACROSS_COUNT] = {
    [ACROSS_ID] = {"id", TB_MEMBER_TEXT, true},
    [ACROSS_SEVERITY] = {"severity", TB_MEMBER_TEXT, true},
    [ACROSS_FOR] = {"for", TB_MEMBER_TEXT, false},
    [ACROSS_COMPARE] = {"compare", TB_MEMBER_TEXT, true},
    [ACROSS_AT] = {"at", TB_MEMBER_TEXT, true},
    [ACROSS_BY] = {"by", TB_MEMBER_TEXT, false},
    [ACROSS_PARAMETERS] = {"parameters", TB_MEMBER_LIST, false},
    [ACROSS_MESSAGE] = {"message", TB_MEMBER_OBJECT, true},
    [ACROSS_BASIS] = {"basis", TB_MEMBER_TEXT, true},
    [ACROSS_BASIS_NOTE] = {"basis_note", TB_MEMBER_OBJECT, true},
};

static const char *const comparison_names[] = {
    [TB_COMPARE_UNIQUE] = "unique",
    [TB_COMPARE_SAME_TEXT] = "same_text",
    [TB_COMPARE_OUTLIER] = "outlier",
    [TB_COMPARE_OTHER_UNIT] = "other_unit",
    NULL,
};

static bool compares_indicators(tb_across_comparison comparison)
{
    return comparison == TB_COMPARE_OUTLIER || comparison == TB_COMPARE_OTHER_UNIT;
}

static bool find_field(tb_definition_reader *reader, const cJSON *node, const tb_scope *scope,
                       const tb_field **ret)
{
    if (node == NULL)
        return true;
    *ret = tb_scope_find_field(scope, tb_str_of(node->valuestring));
    return *ret != NULL ||
           tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_FIELD, node->valuestring,
                          scope->id.size == 0 ? reader->definition->id.data : scope->id.data);
}

static bool read_scope(tb_definition_reader *reader, const cJSON *node, const tb_scope **ret)
{
    *ret = reader->root;
    if (node == NULL)
        return true;
    *ret = tb_definition_find_scope(reader->definition, tb_str_of(node->valuestring));
    return *ret != NULL || tb_source_fail(&reader->source, node, TB_MSG_FORM_UNKNOWN_SCOPE,
                                          node->valuestring, NULL);
}

/* What a comparison needs: a form for itself, or indicators with a name. */
static bool check_fields(tb_definition_reader *reader, const cJSON *const *members,
                         const tb_across_rule *rule)
{
    bool unique = rule->comparison == TB_COMPARE_UNIQUE;
    if (unique && rule->scope != reader->root)
        return tb_source_fail(&reader->source, members[ACROSS_FOR], TB_MSG_FORM_ACROSS_SCOPE, NULL,
                              NULL);
    if (!compares_indicators(rule->comparison))
        return true;
    if (rule->at->type != TB_FIELD_INDICATOR)
        return tb_source_fail(&reader->source, members[ACROSS_AT], TB_MSG_FORM_ACROSS_INDICATOR,
                              members[ACROSS_AT]->valuestring, NULL);
    return rule->by != NULL || tb_source_fail(&reader->source, members[ACROSS_COMPARE],
                                              TB_MSG_FORM_ACROSS_BY, NULL, NULL);
}

static bool read_rule(tb_definition_reader *reader, const cJSON *node, tb_across_rule *rule)
{
    const cJSON *members[ACROSS_COUNT];
    int severity, basis, comparison;
    if (!tb_source_members(&reader->source, node, across_members, ACROSS_COUNT, members) ||
        !tb_reader__id(reader, members[ACROSS_ID], true, &rule->id) ||
        !tb_reader__choice(reader, members[ACROSS_SEVERITY], tb_reader__severity_names,
                           &severity) ||
        !tb_reader__choice(reader, members[ACROSS_BASIS], tb_reader__basis_names, &basis) ||
        !tb_reader__choice(reader, members[ACROSS_COMPARE], comparison_names, &comparison))
        return false;
    rule->severity = (tb_severity)severity;
    rule->basis = (tb_basis_kind)basis;
    rule->comparison = (tb_across_comparison)comparison;
    return read_scope(reader, members[ACROSS_FOR], &rule->scope) &&
           find_field(reader, members[ACROSS_AT], rule->scope, &rule->at) &&
           find_field(reader, members[ACROSS_BY], rule->scope, &rule->by) &&
           check_fields(reader, members, rule) &&
           tb_reader__localized(reader, members[ACROSS_MESSAGE], &rule->message) &&
           tb_reader__localized(reader, members[ACROSS_BASIS_NOTE], &rule->basis_note) &&
           tb_reader__parameters(reader, members[ACROSS_PARAMETERS], &rule->parameter_count,
                                 &rule->parameters);
}

bool tb_reader__across(tb_definition_reader *reader, const cJSON *list)
{
    size_t count = tb_reader__count(list), i = 0;
    if (count > TB_MAX_ACROSS_RULES)
        return tb_source_fail(&reader->source, list, TB_MSG_FORM_TOO_MANY, NULL, NULL);
    tb_across_rule *rules = tb_reader__array(reader, count, sizeof *rules);
    const cJSON *node;
    if (rules == NULL)
        return false;
    cJSON_ArrayForEach(node, list)
    {
        if (!read_rule(reader, node, &rules[i++]))
            return false;
    }
    reader->definition->across = rules;
    reader->definition->across_count = count;
    return true;
}
