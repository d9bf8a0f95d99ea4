/*
 * Collects proposals, one a cell, and proves them: the form is checked as it would be, and what
 * does not do what it should is dropped until the rest does.
 */
#include "rule/mend.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "rule/display.h"
#include "rule/mend_search.h"
#include "rule/place.h"
#include "sheet/workbook_change.h"

const tb_mend *tb_mends_find(const tb_mends *mends, const tb_finding *finding)
{
    for (size_t i = 0; i < mends->count; i++) {
        const tb_finding *settled = mends->list[i].finding;
        bool same_cell =
            settled != NULL && memcmp(&mends->list[i].at, &finding->at, sizeof finding->at) == 0;
        if (settled == finding || (same_cell && tb_str_equal(settled->rule, finding->rule)))
            return &mends->list[i];
    }
    return NULL;
}

/* ---- proposals ---- */

const tb_finding *tb_mend_find_finding(const tb_mend_search *search, const tb_item *item)
{
    for (size_t i = 0; i < search->result->finding_count; i++) {
        const tb_finding *finding = &search->result->findings[i];
        if (finding->item == item && finding->explained != TB_EXPLANATION_CURRENT)
            return finding;
    }
    return NULL;
}

bool tb_mend_owns_cell(const tb_mend_search *search, const tb_item *item)
{
    const tb_workbook *workbook = search->run->form->workbook;
    if (item->state == TB_ITEM_MISSING || item->at.sheet >= workbook->sheet_count)
        return false;
    const tb_cell *cell =
        tb_sheet_find_cell(&workbook->sheets[item->at.sheet], item->at.row, item->at.column);
    if (cell == NULL)
        return item->state == TB_ITEM_BLANK;
    bool whole = cell->type != TB_CELL_TEXT || tb_str_equal(tb_str_trim(cell->text), item->text);
    return cell->formula.size == 0 && whole && (item->cell == cell || item->cell == NULL);
}

static tb_str take(tb_mend_search *search, tb_buffer *text)
{
    tb_str taken = tb_arena_dup(search->run->arena, tb_buffer_get(text));
    search->no_memory |= text->failed || taken.data == NULL;
    tb_buffer_reset(text);
    return taken;
}

/* A share is shown as one, whether its cell holds a ratio or percent points. */
static void show_number(tb_buffer *out, const tb_item *item, tb_decimal number)
{
    tb_decimal ratio = number;
    bool points = item->field->type == TB_FIELD_SHARE && item->cell != NULL &&
                  item->cell->type == TB_CELL_NUMBER &&
                  tb_decimal_compare(item->cell->number, item->number) != 0;
    if (points)
        tb_decimal_divide(number, tb_decimal_of(100), &ratio);
    tb_display_number(out, ratio, item);
}

static void describe(tb_mend_search *search, tb_mend *mend, const tb_item *item, tb_message why,
                     tb_str argument)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (item->state != TB_ITEM_BLANK && mend->kind == TB_MEND_COMPUTED)
        tb_display_item(&text, item);
    else
        tb_buffer_text(&text, item->text);
    mend->before = take(search, &text);
    if (mend->cell.type == TB_CELL_NUMBER)
        show_number(&text, item, mend->cell.number);
    else
        tb_buffer_text(&text, mend->cell.text);
    mend->after = take(search, &text);
    tb_message_append(&text, search->run->language, why, &argument, 1);
    mend->why = take(search, &text);
    const tb_record *record = tb_place_find_record(search->run->form, NULL, item);
    if (record != NULL)
        tb_place_text(&text, record, item, search->run->language);
    mend->place = take(search, &text);
    tb_buffer_done(&text);
}

static tb_mend *push(tb_mend_search *search)
{
    if (search->count == search->capacity) {
        size_t wanted = search->capacity == 0 ? 32 : search->capacity * 2;
        tb_mend *grown =
            tb_arena_grow(search->run->arena, search->list, search->count, wanted, sizeof *grown);
        if (grown == NULL) {
            search->no_memory = true;
            return NULL;
        }
        search->list = grown;
        search->capacity = wanted;
    }
    return &search->list[search->count++];
}

void tb_mend_propose(tb_mend_search *search, tb_mend_kind kind, const tb_item *item,
                     const tb_cell *cell, tb_message why, tb_str argument)
{
    tb_mend *mend = push(search);
    if (mend == NULL)
        return;
    *mend = (tb_mend){.kind = kind, .at = item->at, .cell = *cell};
    if (item->cell != NULL)
        mend->cell.format = item->cell->format;
    describe(search, mend, item, why, argument);
}

/* ---- one a cell ---- */

static int compare_addresses(tb_address a, tb_address b)
{
    if (a.sheet != b.sheet)
        return a.sheet < b.sheet ? -1 : 1;
    if (a.row != b.row)
        return a.row < b.row ? -1 : 1;
    return (a.column > b.column) - (a.column < b.column);
}

static int compare_mends(const void *left, const void *right)
{
    const tb_mend *a = left, *b = right;
    int order = compare_addresses(a->at, b->at);
    return order != 0 ? order : tb_str_compare(a->after, b->after);
}

/* Two mends that disagree are none; a unit and a width of one value are two steps, the unit first.
 */
static void keep_one_a_cell(tb_mend_search *search)
{
    size_t kept = 0;
    if (search->count > 1)
        qsort(search->list, search->count, sizeof *search->list, compare_mends);
    for (size_t i = 0; i < search->count;) {
        size_t end = i + 1, chosen = i;
        bool agree = true;
        for (; end < search->count &&
               compare_addresses(search->list[i].at, search->list[end].at) == 0;
             end++) {
            if (search->list[end].kind < search->list[chosen].kind)
                chosen = end;
            else if (search->list[end].kind == search->list[chosen].kind)
                agree = agree && tb_str_equal(search->list[end].after, search->list[chosen].after);
        }
        if (agree)
            search->list[kept++] = search->list[chosen];
        i = end;
    }
    search->count = kept;
}

/* ---- the proof ---- */

static int compare_findings(const void *left, const void *right)
{
    const tb_finding *a = *(const tb_finding *const *)left, *b = *(const tb_finding *const *)right;
    int order = compare_addresses(a->at, b->at);
    return order != 0 ? order : tb_str_compare(a->rule, b->rule);
}

/* The findings of a result in an order in which one is found quickly; the caller frees it. */
static const tb_finding **sort_findings(const tb_result *result)
{
    const tb_finding **sorted = calloc(result->finding_count + 1, sizeof *sorted);
    for (size_t i = 0; sorted != NULL && i < result->finding_count; i++)
        sorted[i] = &result->findings[i];
    if (sorted != NULL && result->finding_count > 1)
        qsort(sorted, result->finding_count, sizeof *sorted, compare_findings);
    return sorted;
}

static bool contains(const tb_finding *const *sorted, size_t count, const tb_finding *finding)
{
    return count > 0 && bsearch(&finding, sorted, count, sizeof *sorted, compare_findings) != NULL;
}

static bool touches(const tb_finding *finding, tb_address at)
{
    if (compare_addresses(finding->at, at) == 0)
        return true;
    for (size_t i = 0; i < finding->related_count; i++)
        if (compare_addresses(finding->related[i].at, at) == 0)
            return true;
    return false;
}

static size_t drop(tb_mend_search *search, const bool *dropped)
{
    size_t kept = 0, before = search->count;
    for (size_t i = 0; i < before; i++)
        if (!dropped[i])
            search->list[kept++] = search->list[i];
    search->count = kept;
    return before - kept;
}

/* Marks the mends that a new finding is about; all of them where it is about none. */
static void blame(const tb_mend_search *search, const tb_finding *finding, bool *dropped)
{
    bool found = false;
    for (size_t i = 0; i < search->count; i++) {
        bool touched = touches(finding, search->list[i].at);
        dropped[i] |= touched;
        found |= touched;
    }
    for (size_t i = 0; i < search->count && !found; i++)
        dropped[i] = true;
}

/* The first finding at the cell that is gone afterwards, errors before others. */
static const tb_finding *find_settled(const tb_mend_search *search, const tb_mend *mend,
                                      const tb_finding *const *after, size_t count)
{
    const tb_finding *settled = NULL;
    for (size_t i = 0; i < search->result->finding_count; i++) {
        const tb_finding *finding = &search->result->findings[i];
        bool gone = compare_addresses(finding->at, mend->at) == 0 &&
                    finding->explained != TB_EXPLANATION_CURRENT &&
                    !contains(after, count, finding);
        if (gone && (settled == NULL || finding->severity < settled->severity))
            settled = finding;
    }
    return settled;
}

/* Compares what is found before and after; marks what must be dropped. */
static void judge(tb_mend_search *search, const tb_finding *const *before, const tb_result *trial,
                  const tb_finding *const *after, bool *dropped)
{
    size_t count = search->result->finding_count;
    for (size_t i = 0; i < trial->finding_count; i++)
        if (!contains(before, count, &trial->findings[i]))
            blame(search, &trial->findings[i], dropped);
    for (size_t i = 0; i < search->count; i++) {
        tb_mend *mend = &search->list[i];
        mend->finding = find_settled(search, mend, after, trial->finding_count);
        bool needs = mend->kind == TB_MEND_COMPUTED || mend->kind == TB_MEND_UNIT;
        dropped[i] |= needs && mend->finding == NULL;
    }
}

static tb_status try_all(tb_mend_search *search, tb_check *trial, tb_arena *arena,
                         const tb_result **ret_result, tb_error *error)
{
    const tb_workbook *changed = NULL;
    tb_arena_reset(arena);
    tb_cell_change *changes = tb_arena_array(arena, search->count, sizeof *changes);
    if (changes == NULL)
        return tb_error_memory(error);
    for (size_t i = 0; i < search->count; i++)
        changes[i] = (tb_cell_change){search->list[i].at, search->list[i].cell};
    tb_status status = tb_workbook_change(search->result->form->workbook, changes, search->count,
                                          arena, &changed, error);
    return status == TB_OK ? tb_check_run(trial, changed, ret_result, error) : status;
}

/* One round; *ret_dropped says how many were dropped in it. */
static tb_status prove_once(tb_mend_search *search, tb_check *trial, tb_arena *arena,
                            size_t *ret_dropped, tb_error *error)
{
    const tb_result *result = NULL;
    tb_status status = try_all(search, trial, arena, &result, error);
    if (status != TB_OK)
        return status;
    const tb_finding **before = sort_findings(search->result), **after = sort_findings(result);
    bool *dropped = calloc(search->count, sizeof *dropped);
    if (before != NULL && after != NULL && dropped != NULL) {
        for (size_t i = 0; i < search->count; i++)
            dropped[i] = result->definition != search->result->definition;
        judge(search, before, result, after, dropped);
        *ret_dropped = drop(search, dropped);
    } else {
        status = tb_error_memory(error);
    }
    free(before);
    free(after);
    free(dropped);
    return status;
}

static tb_status prove(tb_mend_search *search, tb_check *trial, tb_error *error)
{
    tb_arena arena;
    tb_status status = TB_OK;
    size_t dropped = 1;
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    while (dropped > 0 && search->count > 0 && status == TB_OK)
        status = prove_once(search, trial, &arena, &dropped, error);
    tb_arena_done(&arena);
    return status;
}

tb_status tb_mend_search_run(tb_run *run, const tb_result *result, tb_check *trial,
                             tb_mends *ret_mends, tb_error *error)
{
    tb_mend_search search = {.run = run, .result = result};
    tb_status status = tb_mend_propose_computed(&search, error);
    if (status == TB_OK)
        tb_mend_propose_spelling(&search);
    keep_one_a_cell(&search);
    if (search.no_memory)
        status = tb_error_memory(error);
    if (status == TB_OK)
        status = prove(&search, trial, error);
    if (status == TB_OK)
        *ret_mends = (tb_mends){search.count, search.list};
    return status;
}
