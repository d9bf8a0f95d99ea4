/*
 * First by the codes, wherever the rows are now; then, for what is left, by rule and cell. An
 * explanation that has a code and is met only by its cell never counts: what it was about has
 * another name now, or is another thing.
 */
#include "rule/explanation_match.h"

#include <stdlib.h>

#include "base/limits.h"
#include "rule/display.h"
#include "rule/explanation_code.h"

/* The explanations that have a reason, sorted for the two ways of looking them up. */
typedef struct ledger {
    size_t coded_count, placed_count;
    tb_explanation **coded;  /* by identity */
    tb_explanation **placed; /* by cell */
} ledger;

bool tb_failure_is_explainable(const tb_failure *failure)
{
    if (failure->rule == NULL || failure->is_broken)
        return false;
    tb_explainable said = failure->rule->rule->explainable;
    return said == TB_EXPLAINABLE_YES ||
           (said == TB_EXPLAINABLE_BY_SEVERITY && failure->severity == TB_WARNING_SEVERITY);
}

/* ---- the ledger ---- */

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(tb_address a, tb_address b)
{
    int order = compare_numbers(a.sheet, b.sheet);
    order = order != 0 ? order : compare_numbers(a.row, b.row);
    return order != 0 ? order : compare_numbers(a.column, b.column);
}

/* Equals stand as on the sheet. */
static int compare_identities(const void *left, const void *right)
{
    const tb_explanation *a = *(tb_explanation *const *)left, *b = *(tb_explanation *const *)right;
    int order = memcmp(a->identity, b->identity, TB_HALF_CODE_SIZE);
    return order != 0 ? order : compare_places(a->at, b->at);
}

static int compare_targets(const void *left, const void *right)
{
    const tb_explanation *a = *(tb_explanation *const *)left, *b = *(tb_explanation *const *)right;
    int order = compare_places(a->target, b->target);
    return order != 0 ? order : compare_places(a->at, b->at);
}

static bool make_ledger(tb_arena *arena, const tb_explanations *explanations, ledger *ret)
{
    *ret = (ledger){0};
    ret->coded = tb_arena_array(arena, explanations->count, sizeof(tb_explanation *));
    ret->placed = tb_arena_array(arena, explanations->count, sizeof(tb_explanation *));
    if (ret->coded == NULL || ret->placed == NULL)
        return false;
    for (size_t i = 0; i < explanations->count; i++) {
        tb_explanation *explanation = &explanations->list[i];
        if (explanation->texts[TB_EXPLANATION_REASON].size == 0)
            continue;
        if (explanation->has_code)
            ret->coded[ret->coded_count++] = explanation;
        if (explanation->has_target)
            ret->placed[ret->placed_count++] = explanation;
    }
    if (ret->coded_count > 1)
        qsort(ret->coded, ret->coded_count, sizeof *ret->coded, compare_identities);
    if (ret->placed_count > 1)
        qsort(ret->placed, ret->placed_count, sizeof *ret->placed, compare_targets);
    return true;
}

/* The first of those that are not less than the wanted one; their count when all are less. */
static size_t find_first(tb_explanation *const *list, size_t count, const tb_explanation *wanted,
                         int (*compare)(const tb_explanation *, const tb_explanation *))
{
    size_t from = 0, end = count;
    while (from < end) {
        size_t middle = from + (end - from) / 2;
        if (compare(list[middle], wanted) < 0)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

static int compare_identity(const tb_explanation *a, const tb_explanation *b)
{
    return memcmp(a->identity, b->identity, TB_HALF_CODE_SIZE);
}

static int compare_target(const tb_explanation *a, const tb_explanation *b)
{
    return compare_places(a->target, b->target);
}

/* ---- one failure ---- */

/* Of several explanations the last one counts, and before it one that holds. */
static void join(tb_failure *failure, tb_explanation *explanation, bool holds)
{
    explanation->used = true;
    if (failure->explained == TB_EXPLANATION_CURRENT && !holds)
        return;
    failure->explanation = explanation;
    failure->explained = holds ? TB_EXPLANATION_CURRENT : TB_EXPLANATION_STALE;
}

static bool match_code(tb_run *run, const ledger *from, tb_failure *failure)
{
    tb_explanation wanted;
    if (!tb_explanation_identity(run, failure, wanted.identity))
        return false;
    size_t at = find_first(from->coded, from->coded_count, &wanted, compare_identity);
    if (at == from->coded_count || compare_identity(from->coded[at], &wanted) != 0)
        return true;
    if (!tb_explanation_reads(run, failure, wanted.reads))
        return false;
    for (; at < from->coded_count && compare_identity(from->coded[at], &wanted) == 0; at++)
        join(failure, from->coded[at],
             memcmp(from->coded[at]->reads, wanted.reads, TB_HALF_CODE_SIZE) == 0);
    return true;
}

/* Whether what a person wrote is what stands in the cell: the same number, or the same text but for
 * blanks and width. */
static bool is_value(tb_arena *scratch, const tb_item *item, tb_str written)
{
    tb_buffer shown;
    tb_decimal number;
    bool is_number = item->state == TB_ITEM_VALID && item->field->type != TB_FIELD_TEXT &&
                     item->field->type != TB_FIELD_CODE && item->field->type != TB_FIELD_PHONE &&
                     item->field->type != TB_FIELD_INDICATOR;
    if (is_number && tb_decimal_parse(written, &number))
        return tb_decimal_compare(number, item->number) == 0;
    tb_buffer_init(&shown, TB_MAX_TEXT_SIZE);
    tb_display_item(&shown, item);
    tb_str key = tb_text_key(scratch, written);
    tb_str wanted = tb_text_key(scratch, tb_buffer_get(&shown));
    bool same = key.data != NULL && wanted.data != NULL && tb_str_equal(key, wanted);
    same |= written.size == 0 && item->text.size == 0;
    tb_buffer_done(&shown);
    return same;
}

static void match_place(tb_run *run, const ledger *from, tb_failure *failure)
{
    tb_explanation wanted = {.target = failure->at};
    size_t at = find_first(from->placed, from->placed_count, &wanted, compare_target);
    for (; at < from->placed_count && compare_target(from->placed[at], &wanted) == 0; at++) {
        tb_explanation *explanation = from->placed[at];
        bool meant = tb_str_equal(explanation->texts[TB_EXPLANATION_RULE], failure->rule->rule->id);
        if (!meant || (explanation->used && explanation->has_code))
            continue;
        join(failure, explanation,
             !explanation->has_code && failure->item != NULL &&
                 is_value(run->scratch, failure->item, explanation->texts[TB_EXPLANATION_VALUE]));
        tb_arena_reset(run->scratch);
    }
}

/* ---- all of them ---- */

static void let_followers_stand(tb_run *run)
{
    for (size_t i = 0; i < run->failure_count; i++) {
        tb_failure *failure = run->failures[i];
        if (failure->cause != NULL && failure->cause->explained == TB_EXPLANATION_CURRENT)
            failure->cause = NULL;
    }
}

tb_status tb_explanations_match(tb_run *run, const tb_explanations *explanations, tb_error *error)
{
    ledger known;
    if (explanations->count == 0)
        return TB_OK;
    if (!make_ledger(run->arena, explanations, &known))
        return tb_error_memory(error);
    for (size_t i = 0; i < run->failure_count && known.coded_count > 0; i++)
        if (run->failures[i]->rule != NULL && !match_code(run, &known, run->failures[i]))
            return tb_error_memory(error);
    for (size_t i = 0; i < run->failure_count; i++) {
        tb_failure *failure = run->failures[i];
        if (failure->rule != NULL && failure->explanation == NULL)
            match_place(run, &known, failure);
        if (failure->explanation != NULL && !tb_failure_is_explainable(failure))
            failure->explained = TB_EXPLANATION_REFUSED;
    }
    let_followers_stand(run);
    return TB_OK;
}
