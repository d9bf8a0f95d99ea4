/*
 * A name is looked up in the definition, which gives the paths that it stands for; findings are
 * counted by their paths then.
 */
#include "rule/open_findings.h"

#include "base/limits.h"
#include "rule/value.h"

/* "annual_goals[3].indicators[1].value" → "annual_goals.indicators.value" */
static tb_str without_numbers(tb_arena *arena, tb_str path)
{
    char *kept = tb_arena_alloc(arena, path.size + 1);
    size_t size = 0;
    bool inside = false;
    if (kept == NULL)
        return (tb_str){NULL, 0};
    for (size_t i = 0; i < path.size; i++) {
        inside = inside || path.data[i] == '[';
        if (!inside)
            kept[size++] = path.data[i];
        inside = inside && path.data[i] != ']';
    }
    return (tb_str){kept, size};
}

bool tb_open_findings_gather(tb_arena *arena, const tb_result *result, tb_open_findings *ret)
{
    *ret = (tb_open_findings){.definition = result->definition};
    tb_open_finding *list = tb_arena_array(arena, result->finding_count + 1, sizeof *list);
    ret->list = list;
    for (size_t i = 0; i < result->finding_count && list != NULL; i++) {
        const tb_finding *finding = &result->findings[i];
        if (finding->explained)
            continue;
        ret->by_severity[finding->severity] += finding->cause == 0;
        tb_open_finding *open = &list[ret->count++];
        open->rule = tb_arena_dup(arena, finding->rule);
        open->path = without_numbers(arena, finding->field);
        if (open->rule.data == NULL || open->path.data == NULL)
            return false;
    }
    return list != NULL;
}

/* ---- names ---- */

#define MAX_PATHS 64

typedef struct search {
    tb_str name;
    tb_arena arena; /* of the paths */
    size_t path_count;
    tb_str paths[MAX_PATHS]; /* that the name stands for */
} search;

/* The name itself, or something below it: R2 and R2.income. */
static bool is_within(tb_str path, tb_str name)
{
    return tb_str_starts(path, name) && (path.size == name.size || path.data[name.size] == '.');
}

static bool is_called(const search *self, tb_str path, tb_str id, const tb_localized *names)
{
    return tb_str_equal(self->name, path) || tb_str_equal(self->name, id) ||
           tb_text_equal_folded(self->name, names->in[TB_LANGUAGE_ZH]) ||
           tb_text_equal_folded(self->name, names->in[TB_LANGUAGE_EN]);
}

static void add_path(search *self, tb_str path)
{
    tb_str kept = self->path_count < MAX_PATHS ? tb_arena_dup(&self->arena, path) : (tb_str){0};
    if (kept.data != NULL)
        self->paths[self->path_count++] = kept;
}

/* parent.child, in a buffer that holds the parent's path. Returns the parent's size. */
static size_t push_step(tb_buffer *path, tb_str id)
{
    size_t size = path->size;
    if (size > 0)
        tb_buffer_char(path, '.');
    tb_buffer_text(path, id);
    return size;
}

/* The cells of a matrix are fields of the root, named row.column: a view of it has one of the two.
 */
static tb_str path_of(const tb_scope *scope, const tb_field *field, tb_str path)
{
    if (scope->kind == TB_SCOPE_MATRIX_COLUMN)
        return field->id;
    return scope->kind == TB_SCOPE_MATRIX_ROW
               ? tb_str_slice(path, path.size - field->id.size - 1, path.size)
               : path;
}

static void search_scope(search *self, const tb_scope *scope, tb_buffer *path)
{
    for (size_t i = 0; i < scope->field_count; i++) {
        const tb_field *field = &scope->fields[i];
        size_t size = push_step(path, field->id);
        if (is_called(self, tb_buffer_get(path), field->id, &field->name))
            add_path(self, path_of(scope, field, tb_buffer_get(path)));
        path->size = size;
    }
    for (size_t i = 0; i < scope->scope_count; i++) {
        const tb_scope *child = scope->scopes[i];
        size_t size = push_step(path, child->id);
        if (is_called(self, tb_buffer_get(path), child->id, &child->name))
            add_path(self, tb_buffer_get(path));
        else
            search_scope(self, child, path);
        path->size = size;
    }
}

/* One that begins with a dot is the end of what it stands for. */
static bool stands_for(const search *self, tb_str path)
{
    bool found = false;
    for (size_t i = 0; i < self->path_count && !found; i++) {
        tb_str wanted = self->paths[i];
        found = wanted.data[0] == '.' ? tb_str_ends(path, wanted) : is_within(path, wanted);
    }
    return found;
}

static bool count_field(const tb_open_findings *open, tb_str name, size_t *ret_count)
{
    search self = {.name = name};
    tb_buffer path;
    tb_arena_init(&self.arena, TB_MAX_VALUE_SIZE);
    tb_buffer_init(&path, TB_MAX_VALUE_SIZE);
    search_scope(&self, open->definition->root, &path);
    *ret_count = 0;
    for (size_t i = 0; i < open->count; i++)
        *ret_count += stands_for(&self, open->list[i].path);
    tb_buffer_done(&path);
    tb_arena_done(&self.arena);
    return self.path_count > 0;
}

static bool count_rule(const tb_open_findings *open, tb_str name, size_t *ret_count)
{
    bool known = false;
    for (size_t i = 0; i < open->definition->rule_count && !known; i++)
        known = is_within(open->definition->rules[i].id, name);
    *ret_count = 0;
    for (size_t i = 0; i < open->count && known; i++)
        *ret_count += is_within(open->list[i].rule, name);
    return known;
}

bool tb_open_findings_count(const tb_open_findings *open, tb_str name, size_t *ret_count)
{
    name = tb_str_trim(name);
    if (open->definition == NULL || name.size == 0)
        return false;
    return count_rule(open, name, ret_count) || count_field(open, name, ret_count);
}
