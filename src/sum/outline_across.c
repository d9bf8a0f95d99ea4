/*
 * One entry for each id of a rule and family; its parameters are those of the version that comes
 * first.
 */
#include "sum/outline_across.h"

static const tb_parameter *find_parameter(const tb_across_rule *rule, const char *id)
{
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (tb_str_equal(rule->parameters[i].id, tb_str_of(id)) && rule->parameters[i].is_number)
            return &rule->parameters[i];
    return NULL;
}

static double number_of(const tb_across_rule *rule, const char *id, double otherwise)
{
    const tb_parameter *parameter = find_parameter(rule, id);
    return parameter != NULL ? tb_decimal_to_double(parameter->number) : otherwise;
}

static uint64_t count_of(const tb_across_rule *rule, const char *id, uint64_t otherwise)
{
    int64_t count;
    const tb_parameter *parameter = find_parameter(rule, id);
    bool known = parameter != NULL && tb_decimal_to_int(parameter->number, &count) && count >= 0;
    return known ? (uint64_t)count : otherwise;
}

static bool compares_indicators(const tb_across_rule *rule)
{
    return rule->comparison == TB_COMPARE_OUTLIER || rule->comparison == TB_COMPARE_OTHER_UNIT;
}

/* Both rules look at the same facts. */
static bool is_alike(const tb_across_rule *a, const tb_across_rule *b)
{
    return a->scope == b->scope && a->at == b->at && a->by == b->by && compares_indicators(a) &&
           compares_indicators(b);
}

static size_t need_entry(tb_across_entry *entries, size_t *count, const tb_across_rule *rule,
                         size_t family)
{
    for (size_t i = 0; i < *count; i++)
        if (entries[i].family == family && tb_str_equal(entries[i].rule->id, rule->id))
            return i;
    size_t shares = 0;
    while (shares < *count && !is_alike(entries[shares].rule, rule))
        shares++;
    entries[*count] = (tb_across_entry){.rule = rule,
                                        .family = family,
                                        .shares = shares,
                                        .minimum_length = count_of(rule, "minimum_length", 12),
                                        .peers = count_of(rule, "peers", 8),
                                        .deviations = number_of(rule, "deviations", 10),
                                        .ratio = number_of(rule, "ratio", 10),
                                        .majority = number_of(rule, "majority", 0.8)};
    return (*count)++;
}

bool tb_outline_join_across(tb_arena *arena, tb_outline *outline, tb_definition_plan *plans)
{
    size_t total = 0;
    for (size_t i = 0; i < outline->definition_count; i++)
        total += plans[i].definition->across_count;
    tb_across_entry *entries = tb_arena_array(arena, total + 1, sizeof *entries);
    if (entries == NULL)
        return false;
    outline->across = entries;
    for (size_t i = 0; i < outline->definition_count; i++) {
        const tb_definition *definition = plans[i].definition;
        size_t *places = tb_arena_array(arena, definition->across_count + 1, sizeof *places);
        if (places == NULL)
            return false;
        for (size_t j = 0; j < definition->across_count; j++)
            places[j] = need_entry(entries, &outline->across_count, &definition->across[j],
                                   plans[i].family);
        plans[i].across = places;
    }
    return true;
}
