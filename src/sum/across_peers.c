/*
 * Sorts facts so that peers stand together, and looks at each group. Medians and distances are what
 * is robust: one slip among the peers does not move them.
 */
#include "sum/across_peers.h"

#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "form/indicator.h"
#include "sum/across_row.h"

#define MAX_OTHERS 3 /* units that are named */

/* One group: facts[from, to) of the peers. */
typedef struct peer_group {
    tb_peers *peers;
    const tb_across_entry *entry;
    size_t number; /* of the entry */
    size_t from, to;
    uint64_t *units;   /* scratch, for all facts */
    double *distances; /* the same */
    tb_error *error;
} peer_group;

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_facts(const void *a, const void *b)
{
    const tb_fact *x = a, *y = b;
    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    int order = compare_numbers(x->number, y->number);
    if (order != 0)
        return order;
    if (x->form != y->form)
        return x->form < y->form ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static int compare_hashes(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int compare_distances(const void *a, const void *b)
{
    return compare_numbers(*(const double *)a, *(const double *)b);
}

/* How many units facts[from, to) are from. */
static uint64_t count_units(const peer_group *self, size_t from, size_t to)
{
    uint64_t count = 0;
    for (size_t i = from; i < to; i++)
        self->units[i - from] = self->peers->units[self->peers->facts[i].form];
    qsort(self->units, to - from, sizeof *self->units, compare_hashes);
    for (size_t i = 0; i < to - from; i++)
        count += i == 0 || self->units[i] != self->units[i - 1];
    return count;
}

/* The end of the run of one unit of measurement that begins at `from`. */
static size_t measure_end(const peer_group *self, size_t from)
{
    const tb_fact *facts = self->peers->facts;
    size_t to = from + 1;
    while (to < self->to && facts[to].measure == facts[from].measure)
        to++;
    return to;
}

static tb_status flag(const peer_group *self, size_t index, uint64_t count, tb_str expected,
                      tb_str others)
{
    const tb_sum_flag found = {.fact = self->peers->facts[index],
                               .entry = self->number,
                               .severity = self->entry->rule->severity,
                               .count = count,
                               .expected = expected,
                               .others = others};
    return tb_collection_flag(self->peers->collection, &found, self->error);
}

/* ---- the same text ---- */

typedef struct name_list {
    size_t count;
    tb_str names[MAX_OTHERS + 1]; /* sorted; in the arena */
} name_list;

static bool note_name(name_list *list, tb_arena *arena, tb_str name)
{
    size_t place = list->count;
    while (place > 0 && tb_str_compare(list->names[place - 1], name) > 0)
        place--;
    if (place > MAX_OTHERS || (place > 0 && tb_str_equal(list->names[place - 1], name)))
        return true;
    tb_str copy = tb_arena_dup(arena, name);
    if (copy.data == NULL)
        return false;
    size_t last = list->count <= MAX_OTHERS ? list->count++ : MAX_OTHERS;
    for (size_t i = last; i > place; i--)
        list->names[i] = list->names[i - 1];
    list->names[place] = copy;
    return true;
}

static void join_others(tb_buffer *out, const name_list *list, tb_str own)
{
    size_t count = 0;
    tb_buffer_reset(out);
    for (size_t i = 0; i < list->count && count < MAX_OTHERS; i++) {
        if (tb_str_equal(list->names[i], own))
            continue;
        if (count++ > 0)
            tb_buffer_char(out, '\n');
        tb_buffer_text(out, list->names[i]);
    }
}

/* The units' names that come first, so that they do not depend on the order of the forms. */
static tb_status list_names(const peer_group *self, tb_arena *arena, name_list *list)
{
    tb_kept_form form;
    tb_status status = TB_OK;
    for (size_t i = self->from; i < self->to && status == TB_OK; i++) {
        status = tb_collection_find_form(self->peers->collection, self->peers->facts[i].form, &form,
                                         self->error);
        if (status == TB_OK && !note_name(list, arena, form.name))
            status = tb_error_memory(self->error);
    }
    return status;
}

static tb_status compare_texts(const peer_group *self)
{
    uint64_t count = count_units(self, self->from, self->to);
    tb_arena arena;
    tb_buffer others;
    tb_kept_form form;
    name_list list = {0};
    if (count < 2)
        return TB_OK;
    tb_arena_init(&arena, TB_MAX_RESULT_MEMORY);
    tb_buffer_init(&others, TB_MAX_TEXT_SIZE * MAX_OTHERS);
    tb_status status = list_names(self, &arena, &list);
    for (size_t i = self->from; i < self->to && status == TB_OK; i++) {
        status = tb_collection_find_form(self->peers->collection, self->peers->facts[i].form, &form,
                                         self->error);
        if (status != TB_OK)
            break;
        join_others(&others, &list, form.name);
        status = flag(self, i, count, TB_STR(""), tb_buffer_get(&others));
    }
    tb_buffer_done(&others);
    tb_arena_done(&arena);
    return status;
}

/* ---- units of measurement ---- */

/* The text of an indicator's unit without its multiple, from the row that the fact was taken from.
 */
static tb_status find_measure(const peer_group *self, size_t index, tb_buffer *out)
{
    const tb_fact *fact = &self->peers->facts[index];
    const tb_outline *outline = self->peers->outline;
    tb_kept_form form;
    tb_status status =
        tb_collection_find_form(self->peers->collection, fact->form, &form, self->error);
    if (status != TB_OK)
        return status;
    tb_str unit = tb_across_row_find(form.sheaf, fact->row, outline, self->entry->rule->at,
                                     TB_SUM_INDICATOR_UNIT);
    tb_arena arena;
    tb_indicator indicator;
    tb_buffer text;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE * 4);
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_buffer_char(&text, '1');
    tb_buffer_text(&text, unit);
    if (tb_indicator_parse(&arena, tb_buffer_get(&text), &indicator))
        tb_buffer_text(out, indicator.base_unit);
    tb_buffer_done(&text);
    tb_arena_done(&arena);
    return TB_OK;
}

/* The unit of measurement that most facts have: where it begins and ends. */
static void find_majority(const peer_group *self, size_t *ret_from, size_t *ret_to)
{
    *ret_from = *ret_to = self->from;
    for (size_t from = self->from, to; from < self->to; from = to) {
        to = measure_end(self, from);
        if (to - from > *ret_to - *ret_from) {
            *ret_from = from;
            *ret_to = to;
        }
    }
}

static tb_status compare_measures(const peer_group *self)
{
    size_t from, to;
    uint64_t count = count_units(self, self->from, self->to);
    find_majority(self, &from, &to);
    bool most = (double)(to - from) >= self->entry->majority * (double)(self->to - self->from);
    if (count < self->entry->peers || !most || to - from == self->to - self->from)
        return TB_OK;
    tb_buffer expected;
    tb_buffer_init(&expected, TB_MAX_TEXT_SIZE);
    tb_status status = find_measure(self, from, &expected);
    for (size_t i = self->from; i < self->to && status == TB_OK; i++)
        if (i < from || i >= to)
            status = flag(self, i, count, tb_buffer_get(&expected), TB_STR(""));
    tb_buffer_done(&expected);
    return status;
}

/* ---- numbers ---- */

static double middle_of(double low, double high)
{
    return low + (high - low) / 2;
}

/* Of the numbers of facts[from, to), which are sorted by them. */
static double find_median(const peer_group *self, size_t from, size_t to)
{
    const tb_fact *facts = self->peers->facts;
    size_t half = (to - from) / 2;
    double upper = facts[from + half].number;
    return (to - from) % 2 == 1 ? upper : middle_of(facts[from + half - 1].number, upper);
}

static double find_deviation(const peer_group *self, size_t from, size_t to, double median)
{
    size_t count = to - from, half = count / 2;
    for (size_t i = 0; i < count; i++)
        self->distances[i] = fabs(self->peers->facts[from + i].number - median);
    qsort(self->distances, count, sizeof *self->distances, compare_distances);
    double upper = self->distances[half];
    return count % 2 == 1 ? upper : middle_of(self->distances[half - 1], upper);
}

static bool is_far(const tb_across_entry *entry, double number, double median, double deviation)
{
    bool far = fabs(number - median) > entry->deviations * deviation;
    return far && (number > median * entry->ratio || number * entry->ratio < median);
}

/* 1200户 */
static tb_status write_median(const peer_group *self, size_t index, double median, tb_buffer *out)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    tb_decimal number;
    if (tb_decimal_from_double(median, &number))
        tb_buffer_text(out, tb_decimal_format(tb_decimal_normalize(number), text));
    return find_measure(self, index, out);
}

static tb_status compare_run(const peer_group *self, size_t from, size_t to)
{
    uint64_t count = count_units(self, from, to);
    if (count < self->entry->peers)
        return TB_OK;
    double median = find_median(self, from, to);
    double deviation = find_deviation(self, from, to, median);
    tb_buffer expected;
    tb_status status = TB_OK;
    tb_buffer_init(&expected, TB_MAX_TEXT_SIZE);
    for (size_t i = from; i < to && status == TB_OK; i++) {
        if (!is_far(self->entry, self->peers->facts[i].number, median, deviation))
            continue;
        if (expected.size == 0)
            status = write_median(self, i, median, &expected);
        if (status == TB_OK)
            status = flag(self, i, count, tb_buffer_get(&expected), TB_STR(""));
    }
    tb_buffer_done(&expected);
    return status;
}

static tb_status compare_sizes(const peer_group *self)
{
    tb_status status = TB_OK;
    for (size_t from = self->from, to; from < self->to && status == TB_OK; from = to) {
        to = measure_end(self, from);
        status = compare_run(self, from, to);
    }
    return status;
}

/* ---- groups ---- */

static tb_status compare_group(const peer_group *self)
{
    switch (self->entry->rule->comparison) {
    case TB_COMPARE_SAME_TEXT:
        return compare_texts(self);
    case TB_COMPARE_OUTLIER:
        return compare_sizes(self);
    case TB_COMPARE_OTHER_UNIT:
        return compare_measures(self);
    case TB_COMPARE_UNIQUE:
        break;
    }
    return TB_OK;
}

/* Applies every rule that shares the facts. */
static tb_status compare_rules(peer_group *self)
{
    const tb_outline *outline = self->peers->outline;
    uint32_t shared = self->peers->facts[self->from].rule;
    tb_status status = TB_OK;
    for (size_t i = shared; i < outline->across_count && status == TB_OK; i++) {
        if (outline->across[i].shares != shared)
            continue;
        self->entry = &outline->across[i];
        self->number = i;
        status = compare_group(self);
    }
    return status;
}

static tb_status compare_groups(peer_group *self)
{
    const tb_fact *facts = self->peers->facts;
    tb_status status = TB_OK;
    for (self->from = 0; self->from < self->peers->count && status == TB_OK;
         self->from = self->to) {
        self->to = self->from + 1;
        while (self->to < self->peers->count && facts[self->to].rule == facts[self->from].rule &&
               facts[self->to].key == facts[self->from].key)
            self->to++;
        status = compare_rules(self);
    }
    return status;
}

tb_status tb_peers_compare(tb_peers *peers, tb_error *error)
{
    peer_group group = {.peers = peers, .error = error};
    if (peers->count == 0)
        return TB_OK;
    qsort(peers->facts, peers->count, sizeof *peers->facts, compare_facts);
    group.units = malloc(peers->count * sizeof *group.units);
    group.distances = malloc(peers->count * sizeof *group.distances);
    tb_status status = TB_OK;
    if (group.units == NULL || group.distances == NULL)
        status = tb_error_memory(error);
    else
        status = compare_groups(&group);
    free(group.units);
    free(group.distances);
    return status;
}
