/*
 * Looking things up in a definition.
 */
#include "form/definition.h"

#include "form/layout.h"

static const tb_parameter *find_parameter(const tb_parameter *parameters, size_t count, tb_str id)
{
    for (size_t i = 0; i < count; i++) {
        if (tb_str_equal(parameters[i].id, id))
            return &parameters[i];
    }
    return NULL;
}

const tb_parameter *tb_definition_find_parameter(const tb_definition *definition,
                                                 const tb_rule *rule, tb_str id)
{
    const tb_parameter *own =
        rule == NULL ? NULL : find_parameter(rule->parameters, rule->parameter_count, id);
    return own != NULL ? own
                       : find_parameter(definition->parameters, definition->parameter_count, id);
}

/* The name of a matrix's cell has a middle dot where a formula has a full stop. */
static bool same_name(tb_str shown, tb_str written)
{
    static const char middle_dot[] = "\u00B7";
    if (written.size + sizeof middle_dot - 2 != shown.size)
        return tb_str_equal(shown, written);
    ptrdiff_t dot = tb_str_find(shown, TB_STR(middle_dot));
    size_t at = (size_t)dot, rest = at + sizeof middle_dot - 1;
    return dot >= 0 && written.data[at] == '.' &&
           tb_str_equal(tb_str_slice(shown, 0, at), tb_str_slice(written, 0, at)) &&
           tb_str_equal(tb_str_slice(shown, rest, shown.size),
                        tb_str_slice(written, at + 1, written.size));
}

static bool is_named(tb_str id, const tb_localized *name, tb_str wanted)
{
    if (tb_str_equal(id, wanted))
        return true;
    for (size_t i = 0; i < TB_LANGUAGE_COUNT; i++) {
        if (same_name(name->in[i], wanted))
            return true;
    }
    return false;
}

const tb_scope *tb_scope_find_scope(const tb_scope *scope, tb_str name)
{
    for (size_t i = 0; i < scope->scope_count; i++) {
        if (is_named(scope->scopes[i]->id, &scope->scopes[i]->name, name))
            return scope->scopes[i];
    }
    return NULL;
}

const tb_field *tb_scope_find_field(const tb_scope *scope, tb_str name)
{
    for (size_t i = 0; i < scope->field_count; i++) {
        if (is_named(scope->fields[i].id, &scope->fields[i].name, name))
            return &scope->fields[i];
    }
    return NULL;
}

const tb_scope *tb_definition_find_scope(const tb_definition *definition, tb_str path)
{
    const tb_scope *scope = definition->root;
    while (path.size > 0 && scope != NULL) {
        ptrdiff_t dot = tb_str_find(path, TB_STR("."));
        size_t size = dot < 0 ? path.size : (size_t)dot;
        scope = tb_scope_find_scope(scope, tb_str_slice(path, 0, size));
        path = tb_str_slice(path, dot < 0 ? path.size : size + 1, path.size);
    }
    return scope;
}

const tb_code *tb_code_list_find(const tb_code_list *list, tb_arena *scratch, tb_str text)
{
    bool alias;
    tb_str key = tb_text_key(scratch, text);
    return key.data == NULL ? NULL : tb_code_index_find(list->index, key, &alias);
}
