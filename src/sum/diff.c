/*
 * Walks two forms side by side and lists where they differ.
 */
#include "sum/diff.h"

#include "base/limits.h"
#include "sum/diff_key.h"
#include "sum/diff_pair.h"

typedef struct comparison {
    tb_arena *arena;
    tb_diff *diff;
    tb_difference *differences;
    size_t capacity;
    tb_buffer key;
    const tb_scope *part;
    tb_error *error;
} comparison;

static tb_status add(comparison *self, const tb_difference *difference)
{
    tb_diff *diff = self->diff;
    if (diff->count == self->capacity) {
        size_t capacity = self->capacity == 0 ? 64 : self->capacity * 2;
        tb_difference *grown =
            tb_arena_grow(self->arena, self->differences, diff->count, capacity, sizeof *grown);
        if (grown == NULL)
            return tb_error_memory(self->error);
        self->differences = grown;
        self->capacity = capacity;
    }
    self->differences[diff->count++] = *difference;
    diff->by_kind[difference->kind]++;
    return TB_OK;
}

static tb_status compare_items(comparison *self, const tb_record *old, const tb_record *new,
                               size_t slot)
{
    const tb_item *items[] = {old->items[slot], new->items[slot]};
    if (tb_diff__is_ordinal(old, items[0]) && tb_diff__is_ordinal(new, items[1]))
        return TB_OK;
    tb_buffer_reset(&self->key);
    bool ok = tb_diff__item_key(&self->key, self->arena, items[0]);
    size_t middle = self->key.size;
    if (!ok || !tb_diff__item_key(&self->key, self->arena, items[1]))
        return tb_error_memory(self->error);
    tb_str keys = tb_buffer_get(&self->key);
    if (tb_str_equal(tb_str_slice(keys, 0, middle), tb_str_slice(keys, middle, keys.size)))
        return TB_OK;
    const tb_difference difference = {
        TB_DIFFERENCE_CHANGED, self->part, old, new, items[0], items[1]};
    return add(self, &difference);
}

/* A record that only one of the forms has, and what lies below it. */
static tb_status add_alone(comparison *self, tb_difference_kind kind, const tb_record *record)
{
    tb_difference difference = {.kind = kind, .part = self->part};
    if (kind == TB_DIFFERENCE_ADDED)
        difference.new_record = record;
    else
        difference.old_record = record;
    tb_status status = add(self, &difference);
    for (size_t i = 0; status == TB_OK && i < record->scope->scope_count; i++) {
        const tb_record_list *list = &record->lists[i];
        for (size_t j = 0; status == TB_OK && tb_diff__is_part(list->scope) && j < list->count; j++)
            status = add_alone(self, kind, list->records[j]);
    }
    return status;
}

static tb_status compare_records(comparison *self, const tb_record *old, const tb_record *new);

static tb_status compare_lists(comparison *self, const tb_record_list *old,
                               const tb_record_list *new)
{
    tb_diff_pairs pairs;
    tb_status status = tb_diff__pair(old, new, self->arena, &pairs, self->error);
    for (size_t i = 0; status == TB_OK && i < new->count; i++) {
        size_t partner = pairs.old_of_new[i];
        status = partner == TB_DIFF_ALONE
                     ? add_alone(self, TB_DIFFERENCE_ADDED, new->records[i])
                     : compare_records(self, old->records[partner], new->records[i]);
    }
    for (size_t i = 0; status == TB_OK && i < old->count; i++) {
        if (pairs.new_of_old[i] == TB_DIFF_ALONE)
            status = add_alone(self, TB_DIFFERENCE_REMOVED, old->records[i]);
    }
    return status;
}

static tb_status compare_records(comparison *self, const tb_record *old, const tb_record *new)
{
    const tb_scope *scope = old->scope;
    tb_status status = TB_OK;
    for (size_t i = 0; status == TB_OK && i < scope->field_count; i++)
        status = compare_items(self, old, new, i);
    for (size_t i = 0; status == TB_OK && i < scope->scope_count; i++) {
        if (!tb_diff__is_part(scope->scopes[i]))
            continue;
        if (scope->parent == NULL)
            self->part = scope->scopes[i];
        status = compare_lists(self, &old->lists[i], &new->lists[i]);
    }
    return status;
}

tb_status tb_diff_make(const tb_form *old_form, const tb_form *new_form, tb_arena *arena,
                       const tb_diff **ret_diff, tb_error *error)
{
    tb_assert_or(old_form->definition == new_form->definition, TB_INTERNAL);
    tb_diff *diff = tb_arena_alloc(arena, sizeof *diff);
    if (diff == NULL)
        return tb_error_memory(error);
    *diff = (tb_diff){.old_form = old_form, .new_form = new_form};
    comparison self = {.arena = arena, .diff = diff, .error = error};
    self.part = old_form->definition->root;
    tb_buffer_init(&self.key, TB_MAX_OUTPUT_SIZE);
    tb_status status = compare_records(&self, old_form->root, new_form->root);
    tb_buffer_done(&self.key);
    if (status != TB_OK)
        return status;
    diff->differences = self.differences;
    *ret_diff = diff;
    return TB_OK;
}
