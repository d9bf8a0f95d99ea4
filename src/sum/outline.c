/*
 * Goes through the definitions, family by family, and collects their tables.
 */
#include "sum/outline.h"

#include <string.h>

#include "base/limits.h"
#include "rule/place.h"
#include "sum/fixed_tables.h"
#include "sum/outline_across.h"
#include "sum/outline_table.h"

#define MAX_TABLES 1024
#define MAX_PLANS  256 /* scopes of one definition */

/* The amounts of one family while they are collected. */
typedef struct money_list {
    size_t count, capacity;
    tb_sum_money *list;
} money_list;

typedef struct outline_maker {
    tb_arena *arena;
    tb_language language;
    tb_sum_family *families;
    tb_growing_table *tables; /* MAX_TABLES */
    size_t table_count;
    money_list money;
    bool failed;
} outline_maker;

static void *take(outline_maker *self, size_t count, size_t size)
{
    void *room = tb_arena_array(self->arena, count == 0 ? 1 : count, size);
    self->failed |= room == NULL;
    return room;
}

static tb_str word(const outline_maker *self, tb_message message)
{
    return tb_str_of(tb_message_get(self->language, message));
}

static void add_columns(tb_growing_table *table, const tb_fixed_column *columns)
{
    for (; table != NULL && columns->id != NULL; columns++)
        tb_growing_table_add(table, columns->id, columns->heading, columns->kind);
}

static tb_growing_table *add_table(outline_maker *self, tb_str id, tb_str title, bool of_forms)
{
    if (self->table_count == MAX_TABLES) {
        self->failed = true;
        return NULL;
    }
    tb_growing_table *table = &self->tables[self->table_count++];
    tb_growing_table_init(table, self->arena, self->language, of_forms);
    table->table.id = id;
    table->table.title = title;
    return table;
}

static void add_fixed_tables(outline_maker *self)
{
    for (size_t i = 0; i < TB_SUM_FIXED_TABLES; i++) {
        const tb_fixed_table *fixed = &tb_fixed_tables[i];
        add_columns(
            add_table(self, tb_str_of(fixed->id), word(self, fixed->title), fixed->of_forms),
            fixed->columns);
    }
}

/* ---- tables of a family ---- */

/* department-goals.projects */
static tb_str table_id(outline_maker *self, tb_str family, tb_str id)
{
    size_t size = family.size + 1 + id.size;
    char *text = take(self, size + 1, 1);
    if (text == NULL)
        return (tb_str){0};
    memcpy(text, family.data, family.size);
    text[family.size] = '.';
    memcpy(text + family.size + 1, id.data, id.size);
    return (tb_str){text, size};
}

/* The family's table of that id, which is made where it is not there; NULL: no room. */
static tb_growing_table *need_table(outline_maker *self, const tb_sum_family *family, tb_str id,
                                    tb_str title, const tb_definition *definition)
{
    tb_str whole = table_id(self, family->id, id);
    for (size_t i = family->first_table; i < self->table_count; i++)
        if (tb_str_equal(self->tables[i].table.id, whole))
            return &self->tables[i];
    tb_growing_table *table = self->failed ? NULL : add_table(self, whole, title, true);
    if (table != NULL)
        table->table.definition = definition;
    return table;
}

static bool is_view(const tb_scope *scope)
{
    return scope->kind == TB_SCOPE_MATRIX_COLUMN || scope->kind == TB_SCOPE_MATRIX_ROW;
}

/* Blocks come and go with the fields of their rows. */
static void add_block_columns(tb_growing_table *table, const tb_scope *scope,
                              tb_sum_source *sources)
{
    const tb_scope *block = scope->parent;
    if (block == NULL || block->parent == NULL)
        return;
    tb_growing_table_add_origin(table, "block", TB_MSG_SUM_COLUMN_BLOCK, TB_SUM_FROM_BLOCK,
                                sources);
    for (size_t i = 0; i < block->field_count; i++)
        tb_growing_table_add_field(table, scope, &block->fields[i], sources);
}

static void add_scope_columns(tb_growing_table *table, const tb_scope *scope,
                              tb_sum_source *sources)
{
    bool is_root = scope->parent == NULL;
    if (!is_root) {
        tb_growing_table_add_origin(table, "sheet", TB_MSG_SUM_COLUMN_SHEET, TB_SUM_FROM_SHEET,
                                    sources);
        tb_growing_table_add_origin(table, "cell", TB_MSG_SUM_COLUMN_CELL, TB_SUM_FROM_CELL,
                                    sources);
    }
    add_block_columns(table, scope, sources);
    for (size_t i = 0; i < scope->field_count; i++)
        if (!is_root || !tb_sum_is_quantity(&scope->fields[i]))
            tb_growing_table_add_field(table, scope, &scope->fields[i], sources);
}

/* ---- amounts that are added up ---- */

/* projects.budget, or the field alone for one that stands by itself */
static tb_str money_path(outline_maker *self, const tb_scope *scope, const tb_field *field)
{
    tb_buffer path;
    tb_buffer_init(&path, TB_MAX_TEXT_SIZE);
    if (scope->parent != NULL) {
        tb_buffer_text(&path, scope->id);
        tb_buffer_char(&path, '.');
    }
    tb_buffer_text(&path, field->id);
    tb_str text = tb_arena_dup(self->arena, tb_buffer_get(&path));
    self->failed |= path.failed || text.data == NULL;
    tb_buffer_done(&path);
    return text;
}

static tb_str money_name(outline_maker *self, const tb_scope *scope, const tb_field *field)
{
    tb_buffer name;
    const tb_str both[] = {tb_localized_get(&scope->name, self->language),
                           tb_localized_get(&field->name, self->language)};
    if (scope->parent == NULL)
        return both[1];
    tb_buffer_init(&name, TB_MAX_TEXT_SIZE);
    tb_message_append(&name, self->language, TB_MSG_SUM_JOINED, both, 2);
    tb_str text = tb_arena_dup(self->arena, tb_buffer_get(&name));
    self->failed |= name.failed || text.data == NULL;
    tb_buffer_done(&name);
    return text;
}

/* The place of the field among the family's amounts; versions and blocks share by path. */
static size_t need_money(outline_maker *self, const tb_scope *scope, const tb_field *field)
{
    money_list *list = &self->money;
    tb_str path = money_path(self, scope, field);
    for (size_t i = 0; i < list->count; i++)
        if (tb_str_equal(list->list[i].path, path))
            return i;
    if (list->count == list->capacity) {
        size_t wanted = list->capacity == 0 ? 32 : list->capacity * 2;
        tb_sum_money *grown =
            tb_arena_grow(self->arena, list->list, list->count, wanted, sizeof *grown);
        if (grown == NULL) {
            self->failed = true;
            return TB_SUM_NO_MONEY;
        }
        list->list = grown;
        list->capacity = wanted;
    }
    list->list[list->count] = (tb_sum_money){path, money_name(self, scope, field), field->unit};
    return list->count++;
}

static const size_t *make_money(outline_maker *self, const tb_scope *scope)
{
    size_t *places = take(self, scope->field_count, sizeof *places);
    for (size_t i = 0; i < scope->field_count && !self->failed; i++)
        places[i] = scope->fields[i].type == TB_FIELD_AMOUNT
                        ? need_money(self, scope, &scope->fields[i])
                        : TB_SUM_NO_MONEY;
    return places;
}

/* ---- definitions ---- */

static void make_plan(outline_maker *self, const tb_definition_plan *definition,
                      const tb_scope *scope, tb_sum_plan *plan)
{
    bool is_root = scope->parent == NULL;
    const tb_sum_family *family = &self->families[definition->family];
    tb_growing_table *table = need_table(self, family, is_root ? TB_STR("particulars") : scope->id,
                                         is_root ? word(self, TB_MSG_SUM_TABLE_PARTICULARS)
                                                 : tb_localized_get(&scope->name, self->language),
                                         definition->definition);
    tb_sum_source *sources = take(self, TB_SUM_MAX_COLUMNS, sizeof *sources);
    if (self->failed)
        return;
    add_scope_columns(table, scope, sources);
    self->failed |= table->failed;
    plan->scope = scope;
    plan->table = (size_t)(table - self->tables);
    plan->source_count = table->table.column_count - TB_SUM_LEAD;
    plan->sources = sources + TB_SUM_LEAD;
    plan->money = make_money(self, scope);
}

/* Outer scopes before inner ones. */
static void make_plans(outline_maker *self, tb_definition_plan *definition, tb_sum_plan *plans,
                       const tb_scope *scope)
{
    if (is_view(scope) || self->failed)
        return;
    if (definition->plan_count == MAX_PLANS) {
        self->failed = true;
        return;
    }
    make_plan(self, definition, scope, &plans[definition->plan_count++]);
    for (size_t i = 0; i < scope->scope_count; i++)
        make_plans(self, definition, plans, scope->scopes[i]);
}

static void make_family(outline_maker *self, size_t number, tb_definition_plan *definitions,
                        size_t count)
{
    tb_sum_family *family = &self->families[number];
    family->first_table = self->table_count;
    self->money = (money_list){0};
    for (size_t i = 0; i < count && !self->failed; i++) {
        tb_definition_plan *plan = &definitions[i];
        if (!tb_str_equal(plan->definition->id, family->id))
            continue;
        plan->family = number;
        tb_sum_plan *plans = take(self, MAX_PLANS, sizeof *plans);
        plan->plans = plans;
        make_plans(self, plan, plans, plan->definition->root);
        tb_growing_table *amounts =
            need_table(self, family, TB_STR("amounts"), word(self, TB_MSG_SUM_TABLE_AMOUNTS),
                       plan->definition);
        if (amounts != NULL && amounts->table.column_count == TB_SUM_LEAD)
            add_columns(amounts, tb_amounts_columns);
        family->amounts = amounts != NULL ? (size_t)(amounts - self->tables) : 0;
    }
    family->table_count = self->table_count - family->first_table;
    family->money_count = self->money.count;
    family->money = self->money.list;
}

/* The ids of all definitions, each once, in order. */
static size_t list_families(tb_sum_family *families, const tb_definition *const *definitions,
                            size_t count)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t place = used;
        while (place > 0 && tb_str_compare(families[place - 1].id, definitions[i]->id) > 0)
            place--;
        if (place > 0 && tb_str_equal(families[place - 1].id, definitions[i]->id))
            continue;
        memmove(&families[place + 1], &families[place], (used - place) * sizeof *families);
        families[place] = (tb_sum_family){.id = definitions[i]->id};
        used++;
    }
    return used;
}

static void take_tables(outline_maker *self, tb_outline *outline)
{
    tb_sum_table *tables = take(self, self->table_count, sizeof *tables);
    for (size_t i = 0; i < self->table_count && !self->failed; i++) {
        tables[i] = self->tables[i].table;
        self->failed |= self->tables[i].failed;
    }
    outline->tables = tables;
    outline->table_count = self->table_count;
}

tb_status tb_outline_make(const tb_checker *checker, tb_language language, tb_arena *arena,
                          const tb_outline **ret_outline, tb_error *error)
{
    const tb_definition *const *definitions = NULL;
    size_t count = tb_checker_definitions(checker, &definitions);
    outline_maker self = {.arena = arena, .language = language};
    tb_outline *outline = take(&self, 1, sizeof *outline);
    tb_definition_plan *plans = take(&self, count, sizeof *plans);
    self.families = take(&self, count + 1, sizeof *self.families);
    self.tables = take(&self, MAX_TABLES, sizeof *self.tables);
    if (self.failed)
        return tb_error_memory(error);
    for (size_t i = 0; i < count; i++)
        plans[i].definition = definitions[i];
    *outline = (tb_outline){.families = self.families, .definitions = plans};
    outline->definition_count = count;
    outline->family_count = list_families(self.families, definitions, count);
    add_fixed_tables(&self);
    for (size_t i = 0; i < outline->family_count; i++)
        make_family(&self, i, plans, count);
    take_tables(&self, outline);
    self.failed |= !tb_outline_join_across(arena, outline, plans);
    if (self.failed)
        return tb_error_memory(error);
    *ret_outline = outline;
    return TB_OK;
}

const tb_definition_plan *tb_outline_find(const tb_outline *outline,
                                          const tb_definition *definition)
{
    size_t i = 0;
    while (outline->definitions[i].definition != definition)
        i++;
    return &outline->definitions[i];
}
