/*
 * A name in a formula is a field, looked for from the rule's scope outwards; or a path through
 * child scopes to a field, which gives an array; or a parameter.
 */
#include "rule/name_space.h"

#include "rule/near.h"

/* Matches name, or what is left of it behind the scopes in path, against the scope's fields and
 * child scopes: path = { field | scope "." path }. Ids may have dots themselves. */
static const tb_field *find_path(const tb_scope *scope, tb_str name, tb_scope_path *path)
{
    const tb_field *field = tb_scope_find_field(scope, name);
    if (field != NULL || path->count == TB_MAX_NAME_PATH)
        return field;
    for (size_t dot = 1; dot + 1 < name.size; dot++) {
        if (name.data[dot] != '.')
            continue;
        const tb_scope *child = tb_scope_find_scope(scope, tb_str_slice(name, 0, dot));
        if (child == NULL)
            continue;
        path->scopes[path->count++] = child;
        field = find_path(child, tb_str_slice(name, dot + 1, name.size), path);
        if (field != NULL)
            return field;
        path->count--;
    }
    return NULL;
}

static bool refer_to_field(tb_arena *arena, const tb_field *field, const tb_scope_path *path,
                           uint32_t levels, tb_reference *ret)
{
    *ret = (tb_reference){.target = field, .kind = TB_REFERENCE_FIELD, .levels = levels};
    if (path->count == 0)
        return true;
    tb_scope_path *kept = tb_arena_alloc(arena, sizeof *kept);
    if (kept == NULL)
        return false;
    *kept = *path;
    ret->kind = TB_REFERENCE_ARRAY;
    ret->path = kept;
    return true;
}

static bool resolve_field(const tb_name_space *names, const tb_scope *scope, tb_str name,
                          tb_reference *ret)
{
    for (uint32_t levels = 0; scope != NULL; scope = scope->parent, levels++) {
        tb_scope_path path = {0};
        const tb_field *field = find_path(scope, name, &path);
        if (field != NULL)
            return refer_to_field(names->arena, field, &path, levels, ret);
    }
    return false;
}

static void offer_localized(tb_nearest *near, const tb_localized *name)
{
    for (size_t i = 0; i < TB_LANGUAGE_COUNT; i++)
        tb_nearest_offer(near, name->in[i]);
}

static void offer_scope(tb_nearest *near, const tb_scope *scope)
{
    for (size_t i = 0; i < scope->field_count; i++) {
        tb_nearest_offer(near, scope->fields[i].id);
        offer_localized(near, &scope->fields[i].name);
    }
    for (size_t i = 0; i < scope->scope_count; i++)
        tb_nearest_offer(near, scope->scopes[i]->id);
}

static tb_str find_near_name(const tb_name_space *names, const tb_scope *scope, tb_str name)
{
    tb_nearest near = tb_nearest_begin(name);
    for (; scope != NULL; scope = scope->parent)
        offer_scope(&near, scope);
    for (size_t i = 0; i < names->definition->parameter_count; i++)
        tb_nearest_offer(&near, names->definition->parameters[i].id);
    return near.best;
}

static tb_value parameter_value(const tb_parameter *parameter)
{
    if (parameter->is_number)
        return tb_value_of_number(parameter->number);
    bool is_true = tb_str_equal(parameter->value, TB_STR("true"));
    if (is_true || tb_str_equal(parameter->value, TB_STR("false")))
        return tb_value_of_boolean(is_true);
    return tb_value_of_text(parameter->value);
}

static bool refer_to_parameter(tb_arena *arena, const tb_parameter *parameter, tb_reference *ret)
{
    tb_value *value = tb_arena_alloc(arena, sizeof *value);
    if (value == NULL)
        return false;
    *value = parameter_value(parameter);
    *ret = (tb_reference){.target = parameter, .kind = TB_REFERENCE_PARAMETER, .constant = value};
    return true;
}

static bool is_it(tb_str name)
{
    return tb_str_equal(name, TB_STR("it")) || tb_str_equal(name, TB_STR("本项"));
}

static bool resolve_name(void *self, tb_str name, tb_reference *ret, tb_str *ret_near)
{
    const tb_name_space *names = self;
    const tb_scope *scope = names->rule != NULL ? names->rule->scope : names->definition->root;
    if (is_it(name) && names->rule != NULL && names->rule->it.size > 0)
        name = names->rule->it;
    if (resolve_field(names, scope, name, ret))
        return true;
    const tb_parameter *parameter =
        tb_definition_find_parameter(names->definition, names->rule, name);
    if (parameter != NULL)
        return refer_to_parameter(names->arena, parameter, ret);
    if (ret_near != NULL)
        *ret_near = find_near_name(names, scope, name);
    return false;
}

tb_resolver tb_name_space_resolver(tb_name_space *names)
{
    return (tb_resolver){.resolve = resolve_name, .self = names};
}

bool tb_reference_is_field(const tb_reference *reference)
{
    return reference->kind == TB_REFERENCE_FIELD;
}

bool tb_reference_is_array(const tb_reference *reference)
{
    return reference->kind == TB_REFERENCE_ARRAY;
}

const tb_field *tb_reference_field(const tb_reference *reference)
{
    return reference->kind == TB_REFERENCE_PARAMETER ? NULL : reference->target;
}
