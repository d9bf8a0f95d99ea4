/*
 * Compares every two blocks of a scope, row by row. Percentages and words of praise are alike in
 * many blocks, so several quantities must agree too before a copy is suspected.
 */
#include "rule/copied_block.h"

#include <stdio.h>
#include <string.h>

#include "rule/check_failure.h"
#include "rule/place.h"
#include "rule/word_list.h"

#define MINIMUM_QUANTITIES 2 /* equal rows that are a number with a unit of its own */

const char *const tb_copied_block_placeholders[] = {"other", "same", NULL};

typedef struct columns {
    const tb_scope *rows;
    size_t name, value; /* slots in a row */
    size_t minimum_rows;
    tb_decimal minimum_equal, maximum_same_names;
    const tb_word_list *rate_endings, *not_rates, *condition_verbs;
} columns;

typedef struct suspect {
    const tb_record *record;
    size_t count;
    tb_record *const *rows;
    tb_str *names, *values; /* folded */
    bool weighed;           /* the next two are known */
    size_t contradictions;  /* rows whose unit or kind does not fit */
    size_t agreements;      /* rows that say what their partner says */
    const struct suspect *original;
    size_t same; /* rows equal to the original's */
} suspect;

typedef struct search {
    tb_run *run;
    const tb_compiled_rule *rule;
    const columns *settings;
    size_t count, capacity;
    suspect *blocks; /* in the scratch arena */
} search;

/* ---- parameters ---- */

static size_t slot_of(const tb_scope *rows, tb_str id)
{
    const tb_field *field = rows != NULL ? tb_scope_find_field(rows, id) : NULL;
    return field != NULL ? field->slot : SIZE_MAX;
}

static bool read_word_lists(tb_arena *arena, const tb_rulebook *book, const tb_rule *rule,
                            columns *ret)
{
    ret->rate_endings = tb_word_list_make(arena, tb_rulebook_text(book, rule, "rate_endings"));
    ret->not_rates = tb_word_list_make(arena, tb_rulebook_text(book, rule, "not_rates"));
    ret->condition_verbs =
        tb_word_list_make(arena, tb_rulebook_text(book, rule, "condition_verbs"));
    return ret->rate_endings != NULL && ret->not_rates != NULL && ret->condition_verbs != NULL;
}

tb_status tb_copied_block_prepare(tb_arena *arena, const tb_rulebook *book, const tb_rule *rule,
                                  const void **ret_prepared, tb_error *error)
{
    const tb_decimal one = tb_decimal_of(1);
    const tb_scope *rows = tb_scope_find_scope(rule->scope, tb_rulebook_text(book, rule, "rows"));
    int64_t minimum = 0;
    tb_decimal_to_int(tb_rulebook_number(book, rule, "minimum_rows", tb_decimal_of(4)), &minimum);
    columns *made = tb_arena_alloc(arena, sizeof *made);
    if (made == NULL || !read_word_lists(arena, book, rule, made))
        return tb_error_memory(error);
    made->rows = rows;
    made->name = slot_of(rows, tb_rulebook_text(book, rule, "name"));
    made->value = slot_of(rows, tb_rulebook_text(book, rule, "value"));
    made->minimum_rows = minimum > 0 ? (size_t)minimum : 1;
    made->minimum_equal = tb_rulebook_number(book, rule, "minimum_equal", one);
    made->maximum_same_names = tb_rulebook_number(book, rule, "maximum_same_names", one);
    *ret_prepared = made;
    return TB_OK;
}

/* ---- gathering ---- */

static bool fold_rows(search *self, suspect *block)
{
    tb_arena *scratch = self->run->scratch;
    tb_binding *binding = &self->run->binding;
    block->names = tb_arena_array(scratch, block->count, sizeof *block->names);
    block->values = tb_arena_array(scratch, block->count, sizeof *block->values);
    for (size_t i = 0; i < block->count && block->names != NULL && block->values != NULL; i++) {
        tb_item *const *items = block->rows[i]->items;
        block->names[i] = tb_binding_fold_item(binding, items[self->settings->name]);
        block->values[i] = tb_binding_fold_item(binding, items[self->settings->value]);
    }
    return block->names != NULL && block->values != NULL;
}

static tb_status gather_block(void *context, const tb_record *record, tb_error *error)
{
    search *self = context;
    const tb_record_list *list = &record->lists[self->settings->rows->slot];
    if (list->count < self->settings->minimum_rows)
        return TB_OK;
    if (self->count == self->capacity) {
        size_t wanted = self->capacity == 0 ? 16 : self->capacity * 2;
        suspect *grown =
            tb_arena_grow(self->run->scratch, self->blocks, self->count, wanted, sizeof *grown);
        if (grown == NULL)
            return tb_error_memory(error);
        self->blocks = grown;
        self->capacity = wanted;
    }
    suspect *block = &self->blocks[self->count++];
    memset(block, 0, sizeof *block);
    block->record = record;
    block->count = list->count;
    block->rows = list->records;
    return fold_rows(self, block) ? TB_OK : tb_error_memory(error);
}

/* ---- what does not fit ---- */

static const tb_indicator *indicator_of(const search *self, const tb_record *row)
{
    const tb_item *item = row->items[self->settings->value];
    return item->state == TB_ITEM_VALID ? item->indicator : NULL;
}

static const tb_item *find_paired_item(const search *self, const tb_record *row)
{
    if (row->pair == NULL)
        return NULL;
    const tb_field *value = &self->settings->rows->fields[self->settings->value];
    const tb_field *field = tb_scope_find_field(row->pair->scope, value->id);
    return field != NULL ? row->pair->items[field->slot] : NULL;
}

static const tb_indicator *partner_of(const search *self, const tb_record *row)
{
    const tb_item *item = find_paired_item(self, row);
    return item != NULL && item->state == TB_ITEM_VALID ? item->indicator : NULL;
}

static bool fits_partner(const tb_indicator *value, const tb_indicator *partner)
{
    return value->kind == partner->kind && tb_str_equal(value->base_unit, partner->base_unit);
}

/* A rate is no word, and a condition no percentage. */
static bool fits_name(const search *self, const suspect *block, size_t row,
                      const tb_indicator *value)
{
    tb_str name = block->names[row];
    if (tb_word_list_ends(self->settings->rate_endings, name) &&
        !tb_word_list_ends(self->settings->not_rates, name))
        return value->kind != TB_INDICATOR_QUALITY;
    return !value->percent || !tb_word_list_starts(self->settings->condition_verbs, name);
}

static void weigh(search *self, suspect *block)
{
    for (size_t i = 0; i < block->count && !block->weighed; i++) {
        const tb_indicator *value = indicator_of(self, block->rows[i]);
        const tb_indicator *partner = partner_of(self, block->rows[i]);
        if (value == NULL)
            continue;
        bool fits = fits_name(self, block, i, value);
        block->contradictions += !fits || (partner != NULL && !fits_partner(value, partner));
        block->agreements += partner != NULL && fits_partner(value, partner) &&
                             tb_decimal_compare(value->number, partner->number) == 0;
    }
    block->weighed = true;
}

/* ---- comparing two blocks ---- */

static bool is_quantity(const tb_indicator *value)
{
    return value != NULL && value->kind != TB_INDICATOR_QUALITY && !value->percent;
}

static bool is_at_least(size_t part, size_t whole, tb_decimal share)
{
    tb_decimal least;
    return tb_decimal_multiply(tb_decimal_of((int64_t)whole), share, &least) &&
           tb_decimal_compare(tb_decimal_of((int64_t)part), least) >= 0;
}

static bool is_more(size_t part, size_t whole, tb_decimal share)
{
    tb_decimal most;
    return tb_decimal_multiply(tb_decimal_of((int64_t)whole), share, &most) &&
           tb_decimal_compare(tb_decimal_of((int64_t)part), most) > 0;
}

/* How many rows are equal, or 0 where the two are not suspected. */
static size_t count_same(const search *self, const suspect *a, const suspect *b)
{
    size_t rows = a->count < b->count ? a->count : b->count;
    size_t equal = 0, same_names = 0, quantities = 0;
    for (size_t i = 0; i < rows; i++) {
        same_names += tb_str_equal(a->names[i], b->names[i]);
        if (a->values[i].size == 0 || !tb_str_equal(a->values[i], b->values[i]))
            continue;
        equal++;
        quantities += is_quantity(indicator_of(self, a->rows[i]));
    }
    bool suspected = quantities >= MINIMUM_QUANTITIES &&
                     is_at_least(equal, rows, self->settings->minimum_equal) &&
                     !is_more(same_names, rows, self->settings->maximum_same_names);
    return suspected ? equal : 0;
}

static bool is_copy(const suspect *a, const suspect *b)
{
    if (a->contradictions != b->contradictions)
        return a->contradictions > b->contradictions;
    return a->agreements < b->agreements;
}

static void compare_blocks(search *self, suspect *earlier, suspect *later)
{
    size_t same = count_same(self, earlier, later);
    if (same == 0)
        return;
    weigh(self, earlier);
    weigh(self, later);
    suspect *copy = is_copy(earlier, later) ? earlier : later;
    suspect *original = copy == earlier ? later : earlier;
    if (copy->original == NULL || same > copy->same) {
        copy->original = original;
        copy->same = same;
    }
}

/* ---- reporting ---- */

static void describe(search *self, const suspect *copy, tb_failure *failure)
{
    tb_buffer text;
    tb_buffer_init(&text, 1024);
    tb_place_record(&text, copy->original->record, self->run->language);
    tb_check_failure_say(self->run, failure, 0, &text);
    char same[48];
    size_t rows = copy->count < copy->original->count ? copy->count : copy->original->count;
    snprintf(same, sizeof same, "%zu/%zu", copy->same, rows);
    tb_buffer_init(&text, sizeof same);
    tb_buffer_cstr(&text, same);
    tb_check_failure_say(self->run, failure, 1, &text);
}

/* All values of the block are suspect, those that happen to differ too. */
static bool cover(search *self, const suspect *copy, tb_failure *failure)
{
    const tb_item **covered = tb_arena_array(self->run->arena, copy->count, sizeof *covered);
    bool ok = covered != NULL;
    for (size_t i = 0; i < copy->count && ok; i++) {
        covered[i] = copy->rows[i]->items[self->settings->value];
        ok = tb_failure_relate(self->run, failure, covered[i]);
    }
    failure->covered = covered;
    failure->covered_count = ok ? copy->count : 0;
    return ok;
}

static size_t list_rows(const search *self, const suspect *block, const tb_item **out)
{
    size_t count = 0;
    for (size_t i = 0; i < block->count; i++) {
        const tb_item *paired = find_paired_item(self, block->rows[i]);
        out[count++] = block->rows[i]->items[self->settings->name];
        out[count++] = block->rows[i]->items[self->settings->value];
        if (paired != NULL)
            out[count++] = paired;
    }
    return count;
}

/* What the suspicion rests on: both blocks and what their rows are paired with. */
static bool note_weighed(search *self, const suspect *copy, tb_failure *failure)
{
    size_t rows = copy->count + copy->original->count;
    const tb_item **weighed = tb_arena_array(self->run->arena, rows * 3, sizeof *weighed);
    if (weighed == NULL)
        return false;
    size_t count = list_rows(self, copy, weighed);
    failure->weighed_count = count + list_rows(self, copy->original, weighed + count);
    failure->weighed = weighed;
    return true;
}

static tb_status report(search *self, const suspect *copy, tb_error *error)
{
    tb_run *run = self->run;
    tb_failure *failure = NULL;
    const tb_item *item = tb_check_failure_item(run, self->rule, copy->record);
    tb_status status = tb_check_failure_add(run, self->rule, copy->record, item, &failure, error);
    if (failure == NULL)
        return status;
    if (copy->contradictions == 0)
        failure->severity = TB_WARNING_SEVERITY;
    describe(self, copy, failure);
    return cover(self, copy, failure) && note_weighed(self, copy, failure)
               ? tb_check_failure_status(run, error)
               : tb_error_memory(error);
}

tb_status tb_copied_block_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error)
{
    search self = {.run = run, .rule = rule, .settings = rule->prepared};
    if (self.settings->name == SIZE_MAX || self.settings->value == SIZE_MAX)
        return TB_OK; /* the parameters name no table */
    tb_status status = tb_run_visit(run, rule, gather_block, &self, error);
    for (size_t i = 0; i < self.count; i++)
        for (size_t j = i + 1; j < self.count; j++)
            compare_blocks(&self, &self.blocks[i], &self.blocks[j]);
    for (size_t i = 0; i < self.count && status == TB_OK; i++)
        if (self.blocks[i].original != NULL)
            status = report(&self, &self.blocks[i], error);
    tb_arena_reset(run->scratch);
    return status;
}
