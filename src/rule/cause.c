/*
 * From what is certain to what is likely: gaps in the layout; cells whose content is wrong; copied
 * blocks; slips; and at last the number whose change would make the most equations hold. A failure
 * follows only from one that is at least as severe, so that no error hides behind a warning.
 */
#include "rule/cause.h"

#include "base/limits.h"
#include "rule/slip.h"

#define MAX_CELLS_PER_RULE 64 /* of one failing equation that are considered */

/* Joins `failure`, and what follows from it, to `root`; false where that is not allowed. */
static bool follow(tb_run *run, tb_failure *failure, tb_failure *root)
{
    root = root->cause != NULL ? root->cause : root;
    if (failure == root || failure->cause != NULL || failure->severity < root->severity ||
        failure->is_broken)
        return false;
    for (size_t i = 0; i < run->failure_count; i++)
        if (run->failures[i]->cause == failure)
            run->failures[i]->cause = root;
    failure->cause = root;
    return true;
}

/* ---- gaps in the layout ---- */

static bool stems_from_gap(const tb_failure *failure, const tb_gap *gap)
{
    for (size_t i = 0; i < failure->reads.item_count && gap->field != NULL; i++) {
        const tb_item *item = failure->reads.items[i];
        if (item->state == TB_ITEM_MISSING && item->field == gap->field)
            return true;
    }
    for (size_t i = 0; i < failure->reads.list_count && gap->kind == TB_GAP_SCOPE; i++)
        if (failure->reads.lists[i]->scope == gap->scope && !failure->reads.lists[i]->found)
            return true;
    return false;
}

static void join_to_gaps(tb_run *run)
{
    for (size_t i = 0; i < run->failure_count && run->failures[i]->gap != NULL; i++)
        for (size_t j = i + 1; j < run->failure_count; j++)
            if (stems_from_gap(run->failures[j], run->failures[i]->gap))
                follow(run, run->failures[j], run->failures[i]);
}

/* ---- cells whose content is wrong ---- */

/* From an item to the failure that speaks of its content: open addressing, in the run's arena. */
typedef struct content_index {
    size_t mask;
    tb_failure **slots;
} content_index;

static tb_failure **find_slot(const content_index *index, const tb_item *item)
{
    size_t at = ((uintptr_t)item >> 4) & index->mask;
    while (index->slots[at] != NULL && index->slots[at]->item != item)
        at = (at + 1) & index->mask;
    return &index->slots[at];
}

/* A number that is there may be right and another one wrong; any other content that a rule refuses
 * is itself what is wrong. */
static bool is_about_content(const tb_failure *failure)
{
    return failure->rule != NULL && failure->rule->reads_at && failure->item != NULL &&
           !failure->is_broken && !tb_item_is_amount(failure->item) &&
           (failure->item->field->type != TB_FIELD_YEAR || failure->item->state != TB_ITEM_VALID);
}

static bool index_content(tb_run *run, content_index *index)
{
    size_t size = 16;
    while (size < run->failure_count * 2)
        size *= 2;
    index->mask = size - 1;
    index->slots = tb_arena_array(run->arena, size, sizeof *index->slots);
    for (size_t i = 0; i < run->failure_count && index->slots != NULL; i++) {
        tb_failure *failure = run->failures[i];
        if (!is_about_content(failure))
            continue;
        tb_failure **slot = find_slot(index, failure->item);
        if (*slot == NULL || failure->severity < (*slot)->severity)
            *slot = failure;
    }
    return index->slots != NULL;
}

/* A named check reads far more cells than those that it is about. */
static void join_to_content(tb_run *run, const content_index *index, tb_failure *failure)
{
    bool is_search = failure->rule != NULL && failure->rule->check != NULL;
    for (size_t i = 0; i < failure->reads.item_count && failure->cause == NULL && !is_search; i++) {
        tb_failure *root = *find_slot(index, failure->reads.items[i]);
        if (root == NULL || root == failure)
            continue;
        bool same_cell = root->item == failure->item;
        bool mutual = !same_cell && failure->item != NULL && is_about_content(failure) &&
                      tb_reads_has_item(&root->reads, failure->item);
        if (!mutual)
            follow(run, failure, root);
    }
}

static tb_status join_to_contents(tb_run *run, tb_error *error)
{
    content_index index;
    if (!index_content(run, &index))
        return tb_error_memory(error);
    for (size_t i = 0; i < run->failure_count; i++)
        join_to_content(run, &index, run->failures[i]);
    return TB_OK;
}

/* ---- copied blocks ---- */

static bool touches(const tb_failure *failure, const tb_failure *cover)
{
    for (size_t i = 0; i < cover->covered_count; i++)
        if (failure->item == cover->covered[i] ||
            tb_reads_has_item(&failure->reads, cover->covered[i]))
            return true;
    return false;
}

/* These come before all else about single cells: a cell that was copied is wrong for that. */
static void join_to_covers(tb_run *run)
{
    for (size_t i = 0; i < run->failure_count; i++) {
        tb_failure *cover = run->failures[i];
        for (size_t j = 0; j < run->failure_count && cover->covered_count > 0; j++)
            if (touches(run->failures[j], cover))
                follow(run, run->failures[j], cover);
    }
}

/* ---- numbers that would repair others ---- */

static bool is_repairable(const tb_failure *failure)
{
    return failure->rule != NULL && failure->rule->formula != NULL && failure->cause == NULL &&
           failure->slip == NULL && !failure->is_broken;
}

static bool is_repaired(tb_run *run, const tb_failure *failure, const tb_item *item,
                        tb_decimal value)
{
    return is_repairable(failure) && tb_reads_has_item(&failure->reads, item) &&
           tb_run_holds_with(run, failure->rule, failure->record, item, value);
}

/* Whether `a` should be shown as the cause rather than `b`. */
static bool is_better_root(const tb_failure *a, const tb_failure *b, const tb_item *item)
{
    if (b == NULL || a->severity != b->severity)
        return b == NULL || a->severity < b->severity;
    return a->item == item && b->item != item;
}

tb_failure *tb_cause_repair(tb_run *run, const tb_item *item, tb_decimal value)
{
    tb_failure **repaired = tb_arena_array(run->arena, run->failure_count + 1, sizeof *repaired);
    tb_failure *root = NULL;
    size_t count = 0;
    for (size_t i = 0; i < run->failure_count && repaired != NULL; i++) {
        tb_failure *failure = run->failures[i];
        if (!is_repaired(run, failure, item, value))
            continue;
        repaired[count++] = failure;
        if (is_better_root(failure, root, item))
            root = failure;
    }
    for (size_t i = 0; i < count; i++)
        follow(run, repaired[i], root);
    return root;
}

bool tb_cause_blame(tb_run *run, tb_failure *failure, const tb_item *item, tb_decimal value)
{
    const tb_item *before = failure->item;
    failure->item = item;
    failure->at = item->at;
    failure->shown = (tb_discrepancy){
        .like = item,
        .has_actual = true,
        .has_expected = true,
        .actual = {.type = TB_VALUE_NUMBER, .as.number = item->number, .origin = item},
        .expected = {.type = TB_VALUE_NUMBER, .as.number = value},
    };
    tb_discrepancy_subtract(&failure->shown);
    if (before == NULL || before == item)
        return true;
    for (size_t i = 0; i < failure->related_count; i++)
        if (failure->related[i].item == item)
            failure->related[i] = (tb_related){before->at, before};
    return tb_failure_relate(run, failure, before);
}

/* A number that would have to change, and what that does. */
typedef struct remedy {
    const tb_item *item;
    tb_decimal value;
    const tb_failure *failure; /* for which it was found */
    size_t repaired, broken;
} remedy;

typedef struct search {
    tb_run *run;
    tb_equations equations;
    uint64_t limit; /* of binding.values_read */
} search;

/* The number that makes the sides equal, taking them to be linear in it. */
static bool solve(tb_run *run, const tb_failure *failure, const tb_item *item, tb_decimal *ret)
{
    tb_sides at, beside;
    tb_decimal next, gap, next_gap, slope, step;
    return tb_run_sides(run, failure->rule, failure->record, NULL, item->number, &at) &&
           tb_decimal_add(item->number, tb_decimal_of(1), &next) &&
           tb_run_sides(run, failure->rule, failure->record, item, next, &beside) &&
           tb_decimal_subtract(at.left, at.right, &gap) &&
           tb_decimal_subtract(beside.left, beside.right, &next_gap) &&
           tb_decimal_subtract(next_gap, gap, &slope) && tb_decimal_divide(gap, slope, &step) &&
           tb_decimal_subtract(item->number, step, ret);
}

static void count_effects(search *self, remedy *tried)
{
    tb_run *run = self->run;
    for (size_t i = 0; i < run->failure_count; i++)
        tried->repaired += is_repaired(run, run->failures[i], tried->item, tried->value);
    for (size_t i = 0; i < self->equations.count; i++) {
        const tb_equation *equation = &self->equations.list[i];
        if (equation->failure == NULL && tb_reads_has_item(&equation->reads, tried->item))
            tried->broken += !tb_run_holds_with(run, equation->rule, equation->record, tried->item,
                                                tried->value);
    }
}

static bool may_be_wrong(const tb_item *item)
{
    return item->state == TB_ITEM_VALID &&
           (item->field->type == TB_FIELD_AMOUNT || item->field->type == TB_FIELD_SHARE ||
            item->field->type == TB_FIELD_YEAR);
}

/* Positive when a is better: it repairs more than it breaks, breaks nothing, and is where the rule
 * points anyway. */
static int compare_remedies(const remedy *a, const remedy *b)
{
    long gain_a = (long)a->repaired - (long)a->broken, gain_b = (long)b->repaired - (long)b->broken;
    if (gain_a != gain_b)
        return gain_a > gain_b ? 1 : -1;
    if ((a->broken == 0) != (b->broken == 0))
        return a->broken == 0 ? 1 : -1;
    return 0;
}

static void offer_remedy(const remedy *offered, remedy *best, bool *unique)
{
    int order = best->item == NULL ? 1 : compare_remedies(offered, best);
    bool other_cell = best->item != offered->item;
    bool at_home = offered->failure->item == offered->item;
    bool best_at_home = best->item != NULL && best->failure->item == best->item;
    if (order > 0 || (order == 0 && at_home && !best_at_home))
        *best = *offered;
    if (order > 0)
        *unique = true;
    else if (order == 0 && other_cell)
        *unique = false;
}

static void look_for_remedies(search *self, const tb_failure *failure, remedy *best, bool *unique)
{
    size_t considered = 0;
    for (size_t i = 0; i < failure->reads.item_count; i++) {
        const tb_item *item = failure->reads.items[i];
        remedy offered = {.item = item, .failure = failure};
        if (!may_be_wrong(item) || self->run->binding.values_read > self->limit ||
            considered++ >= MAX_CELLS_PER_RULE || !solve(self->run, failure, item, &offered.value))
            continue;
        count_effects(self, &offered);
        if (offered.repaired >= 2 && offered.repaired > offered.broken)
            offer_remedy(&offered, best, unique);
    }
}

/* Joins what one number would repair, where that is more than a matter of judgement; *ret_found
 * tells whether another look is worth while. */
static tb_status apply_best_remedy(search *self, bool *ret_found, tb_error *error)
{
    remedy best = {0};
    bool unique = true;
    for (size_t i = 0; i < self->run->failure_count; i++)
        if (is_repairable(self->run->failures[i]) &&
            self->run->failures[i]->severity != TB_NOTICE_SEVERITY)
            look_for_remedies(self, self->run->failures[i], &best, &unique);
    tb_failure *root = best.item != NULL ? tb_cause_repair(self->run, best.item, best.value) : NULL;
    *ret_found = root != NULL;
    if (root == NULL || !unique || best.broken > 0 || best.item == root->item)
        return TB_OK;
    return tb_cause_blame(self->run, root, best.item, best.value) ? TB_OK : tb_error_memory(error);
}

static tb_failure *find_root_about(const tb_run *run, const tb_item *item)
{
    for (size_t i = 0; i < run->failure_count; i++)
        if (run->failures[i]->item == item && run->failures[i]->cause == NULL &&
            run->failures[i]->rule != NULL)
            return run->failures[i];
    return NULL;
}

/* Another finding about the cell, for each cell that the failure reads; gives the first. */
static tb_failure *find_roots_about_all(const tb_run *run, tb_failure *failure)
{
    tb_failure *first = NULL;
    const tb_failure *own = NULL;
    for (size_t i = 0; i < failure->reads.item_count; i++) {
        tb_failure *root = find_root_about(run, failure->reads.items[i]);
        if (root == NULL || root == failure)
            return NULL;
        own = root->item == failure->item ? root : own;
        first = first == NULL ? root : first;
    }
    return own != NULL ? first : NULL;
}

/* Where every number of an equation has a finding already, the equation says nothing new. */
static void join_to_all_numbers(tb_run *run)
{
    for (size_t i = 0; i < run->failure_count; i++)
        if (is_repairable(run->failures[i]) && run->failures[i]->rule->is_equation) {
            tb_failure *root = find_roots_about_all(run, run->failures[i]);
            if (root != NULL)
                follow(run, run->failures[i], root);
        }
}

static bool has_open_equation(const tb_run *run)
{
    for (size_t i = 0; i < run->failure_count; i++)
        if (is_repairable(run->failures[i]) && run->failures[i]->rule->is_equation)
            return true;
    return false;
}

static tb_status join_to_numbers(tb_run *run, tb_error *error)
{
    search self = {.run = run, .limit = run->binding.values_read + TB_MAX_WHAT_IF_VALUES};
    tb_status status = TB_OK;
    if (has_open_equation(run)) {
        status = tb_equations_gather(run, &self.equations, error);
        if (status == TB_OK)
            status = tb_slip_search(run, &self.equations, self.limit, error);
    }
    bool found = true;
    while (found && status == TB_OK)
        status = apply_best_remedy(&self, &found, error);
    join_to_all_numbers(run);
    return status;
}

tb_status tb_cause_search(tb_run *run, tb_error *error)
{
    if (run->failure_count < 2 && !has_open_equation(run))
        return TB_OK;
    join_to_gaps(run);
    join_to_covers(run);
    tb_status status = join_to_contents(run, error);
    if (status == TB_OK)
        status = join_to_numbers(run, error);
    return status;
}
