/*
 * Pairs records in passes, each for what the one before left: those that are wholly the same, of
 * the same name and kind, of the same name (equal ones in their order), and at last those that are
 * alike in at least half of what they say, such as a row that was renamed.
 */
#include "sum/diff_pair.h"

#include <stdlib.h>

#include "base/limits.h"
#include "sum/diff_key.h"

#define MAX_LIKENESSES                                                                             \
    250000 /* comparisons of two records in the last pass; beyond it is left out */

typedef struct keyed {
    tb_str key;
    size_t index;
} keyed;

typedef struct diff_side {
    const tb_record_list *list;
    size_t *partners;
    keyed *open; /* what has no partner yet, by key */
    size_t open_count;
} diff_side;

typedef struct pairing {
    diff_side sides[2]; /* old, new */
    tb_arena *arena;
    tb_buffer key;
} pairing;

static int compare_keyed(const void *a, const void *b)
{
    const keyed *left = a, *right = b;
    int order = tb_str_compare(left->key, right->key);
    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

/* Records without a key are left to the next pass. */
static bool gather(pairing *self, diff_side *side, tb_diff_key key)
{
    side->open_count = 0;
    for (size_t i = 0; i < side->list->count; i++) {
        if (side->partners[i] != TB_DIFF_ALONE)
            continue;
        tb_buffer_reset(&self->key);
        if (!tb_diff__record_key(&self->key, self->arena, side->list->records[i], key))
            return false;
        if (self->key.size == 0)
            continue;
        tb_str kept = tb_arena_dup(self->arena, tb_buffer_get(&self->key));
        if (kept.data == NULL)
            return false;
        side->open[side->open_count++] = (keyed){kept, i};
    }
    qsort(side->open, side->open_count, sizeof *side->open, compare_keyed);
    return true;
}

static void join(pairing *self, size_t old_index, size_t new_index)
{
    self->sides[0].partners[old_index] = new_index;
    self->sides[1].partners[new_index] = old_index;
}

static bool pair_by_key(pairing *self, tb_diff_key key)
{
    diff_side *old = &self->sides[0], *new = &self->sides[1];
    if (!gather(self, old, key) || !gather(self, new, key))
        return false;
    for (size_t i = 0, j = 0; i < old->open_count && j < new->open_count;) {
        int order = tb_str_compare(old->open[i].key, new->open[j].key);
        if (order == 0)
            join(self, old->open[i].index, new->open[j].index);
        i += order <= 0;
        j += order >= 0;
    }
    return true;
}

/* ---- the last pass ---- */

static bool are_same(pairing *self, const tb_item *a, const tb_item *b, bool *ret_empty)
{
    tb_buffer_reset(&self->key);
    if (!tb_diff__item_key(&self->key, self->arena, a))
        return false;
    size_t middle = self->key.size;
    if (!tb_diff__item_key(&self->key, self->arena, b))
        return false;
    tb_str both = tb_buffer_get(&self->key);
    *ret_empty = both.size == 2;
    return tb_str_equal(tb_str_slice(both, 0, middle), tb_str_slice(both, middle, both.size));
}

/* How many records two lists have in common, by name and kind. */
static size_t count_shared(pairing *self, const tb_record_list *a, const tb_record_list *b)
{
    tb_diff_pairs pairs;
    tb_error error;
    size_t shared = 0;
    if (tb_diff__pair(a, b, self->arena, &pairs, &error) != TB_OK)
        return 0;
    for (size_t i = 0; i < b->count; i++)
        shared += pairs.old_of_new[i] != TB_DIFF_ALONE;
    return shared;
}

/* In thousandths, of the fields and the records below that one of the two has. */
static size_t likeness(pairing *self, const tb_record *a, const tb_record *b)
{
    size_t same = 0, all = 0;
    for (size_t i = 0; i < a->scope->field_count; i++) {
        bool is_empty = false;
        bool is_same = are_same(self, a->items[i], b->items[i], &is_empty);
        bool counts = !is_empty && !tb_diff__is_ordinal(a, a->items[i]);
        all += counts;
        same += counts && is_same;
    }
    for (size_t i = 0; i < a->scope->scope_count; i++) {
        const tb_record_list *left = &a->lists[i], *right = &b->lists[i];
        if (!tb_diff__is_part(left->scope))
            continue;
        all += left->count > right->count ? left->count : right->count;
        same += count_shared(self, left, right);
    }
    return all == 0 ? 0 : same * 1000 / all;
}

/* The old record without a partner that is most like this one, or TB_DIFF_ALONE. */
static size_t find_most_alike(pairing *self, const tb_record *record)
{
    const diff_side *old = &self->sides[0];
    size_t best = TB_DIFF_ALONE, most = 499;
    for (size_t i = 0; i < old->list->count; i++) {
        if (old->partners[i] != TB_DIFF_ALONE)
            continue;
        size_t alike = likeness(self, old->list->records[i], record);
        if (alike > most) {
            most = alike;
            best = i;
        }
    }
    return best;
}

static size_t count_alone(const diff_side *side)
{
    size_t count = 0;
    for (size_t i = 0; i < side->list->count; i++)
        count += side->partners[i] == TB_DIFF_ALONE;
    return count;
}

static void pair_by_likeness(pairing *self)
{
    const diff_side *new = &self->sides[1];
    if (count_alone(&self->sides[0]) * count_alone(new) > MAX_LIKENESSES)
        return;
    for (size_t i = 0; i < new->list->count; i++) {
        size_t old = new->partners[i] == TB_DIFF_ALONE
                         ? find_most_alike(self, new->list->records[i])
                         : TB_DIFF_ALONE;
        if (old != TB_DIFF_ALONE)
            join(self, old, i);
    }
}

/* ---- all passes ---- */

static bool side_init(diff_side *side, const tb_record_list *list, tb_arena *arena)
{
    side->list = list;
    side->partners = tb_arena_array(arena, list->count + 1, sizeof *side->partners);
    side->open = tb_arena_array(arena, list->count + 1, sizeof *side->open);
    if (side->partners == NULL || side->open == NULL)
        return false;
    for (size_t i = 0; i < list->count; i++)
        side->partners[i] = TB_DIFF_ALONE;
    return true;
}

tb_status tb_diff__pair(const tb_record_list *old_list, const tb_record_list *new_list,
                        tb_arena *arena, tb_diff_pairs *ret_pairs, tb_error *error)
{
    pairing self = {.arena = arena};
    bool ok =
        side_init(&self.sides[0], old_list, arena) && side_init(&self.sides[1], new_list, arena);
    if (!ok)
        return tb_error_memory(error);
    tb_buffer_init(&self.key, TB_MAX_OUTPUT_SIZE);
    for (tb_diff_key key = TB_DIFF_KEY_WHOLE; ok && key < TB_DIFF_KEYS; key++)
        ok = pair_by_key(&self, key);
    if (ok)
        pair_by_likeness(&self);
    tb_buffer_done(&self.key);
    if (!ok)
        return tb_error_memory(error);
    *ret_pairs = (tb_diff_pairs){self.sides[1].partners, self.sides[0].partners};
    return TB_OK;
}
