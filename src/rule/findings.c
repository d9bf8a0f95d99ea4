/*
 * The last step of a check.
 */
#include "rule/findings.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "rule/display.h"
#include "rule/explanation_match.h"
#include "rule/place.h"
#include "rule/wording.h"

/* ---- order ---- */

static const tb_failure *root_of(const tb_failure *failure)
{
    return failure->cause != NULL ? failure->cause : failure;
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static size_t rule_order(const tb_failure *failure)
{
    return failure->rule != NULL ? failure->rule->order + 1 : 0;
}

static int compare_places(const tb_failure *a, const tb_failure *b)
{
    int order = compare_numbers(a->at.sheet, b->at.sheet);
    order = order != 0 ? order : compare_numbers(a->at.row, b->at.row);
    order = order != 0 ? order : compare_numbers(a->at.column, b->at.column);
    order = order != 0 ? order : compare_numbers(rule_order(a), rule_order(b));
    return order != 0 ? order : compare_numbers(a->id, b->id);
}

static int compare_failures(const void *left, const void *right)
{
    const tb_failure *a = *(tb_failure *const *)left, *b = *(tb_failure *const *)right;
    const tb_failure *root_a = root_of(a), *root_b = root_of(b);
    if (root_a != root_b)
        return compare_places(root_a, root_b);
    if (a == b)
        return 0;
    if (a == root_a || b == root_b)
        return a == root_a ? -1 : 1;
    return compare_places(a, b);
}

static void sort_failures(tb_run *run)
{
    for (size_t i = 0; i < run->failure_count; i++)
        run->failures[i]->id = i; /* keeps the order of equals */
    if (run->failure_count > 1)
        qsort(run->failures, run->failure_count, sizeof *run->failures, compare_failures);
    for (size_t i = 0; i < run->failure_count; i++)
        run->failures[i]->id = i + 1;
}

/* ---- texts ---- */

static tb_str take(tb_run *run, tb_buffer *buffer)
{
    tb_str text = tb_arena_dup(run->arena, tb_buffer_get(buffer));
    run->binding.no_memory |= buffer->failed || text.data == NULL;
    tb_buffer_reset(buffer);
    return text;
}

static void describe_sides(tb_run *run, tb_buffer *buffer, const tb_discrepancy *shown,
                           tb_finding *finding)
{
    if (shown->has_actual) {
        tb_display_plain(buffer, &shown->actual);
        finding->actual = take(run, buffer);
    }
    if (shown->has_expected) {
        tb_display_plain(buffer, &shown->expected);
        finding->expected = take(run, buffer);
    }
    if (shown->has_difference) {
        tb_display_plain_number(buffer, shown->difference);
        finding->difference = take(run, buffer);
    }
}

static bool is_told(tb_str message, bool has, tb_str text)
{
    return !has || (text.size > 0 && tb_str_find(message, text) >= 0);
}

/* The two sides for people, unless they stand in the message. */
static void show_sides(tb_run *run, tb_buffer *buffer, const tb_discrepancy *shown,
                       tb_finding *finding)
{
    tb_str actual = {"", 0}, expected = {"", 0};
    if (shown->has_actual) {
        tb_display_value(buffer, &shown->actual, shown->like);
        actual = take(run, buffer);
    }
    if (shown->has_expected) {
        tb_display_value(buffer, &shown->expected, shown->like);
        expected = take(run, buffer);
    }
    if (is_told(finding->message, shown->has_actual, actual) &&
        is_told(finding->message, shown->has_expected, expected))
        return;
    finding->shown_actual = actual;
    finding->shown_expected = expected;
    if (shown->has_difference) {
        tb_display_number(buffer, shown->difference, shown->like);
        finding->shown_difference = take(run, buffer);
    }
}

static void describe_place(tb_run *run, tb_buffer *buffer, const tb_failure *failure,
                           tb_finding *finding)
{
    const tb_item *item = failure->item;
    const tb_record *record =
        item != NULL ? tb_place_find_record(run->form, failure->record, item) : failure->record;
    tb_place_path(buffer, record, item);
    if (failure->gap != NULL && failure->gap->field != NULL)
        tb_buffer_text(buffer, failure->gap->field->id);
    finding->field = take(run, buffer);
    tb_place_text(buffer, record, item, run->language);
    if (failure->gap != NULL && failure->gap->scope != NULL)
        tb_buffer_text(buffer, tb_localized_get(&failure->gap->scope->name, run->language));
    finding->place = take(run, buffer);
}

static void make_finding(tb_run *run, tb_buffer *buffer, const tb_failure *failure, tb_finding *ret)
{
    const tb_rule *rule = failure->rule != NULL ? failure->rule->rule : NULL;
    *ret = (tb_finding){
        .id = failure->id,
        .rule = rule != NULL ? rule->id : TB_STR("layout"),
        .severity = failure->severity,
        .at = failure->at,
        .item = failure->item,
        .related_count = failure->related_count,
        .related = failure->related,
        .basis = rule != NULL ? rule->basis : TB_BASIS_FORM,
        .cause = failure->cause != NULL ? failure->cause->id : 0,
        .explainable = tb_failure_is_explainable(failure),
        .explained = failure->explained,
        .explanation = failure->explanation,
    };
    if (rule != NULL)
        ret->basis_note = tb_localized_get(&rule->basis_note, run->language);
    describe_place(run, buffer, failure, ret);
    describe_sides(run, buffer, &failure->shown, ret);
    tb_wording_message(buffer, run, failure);
    ret->message = take(run, buffer);
    show_sides(run, buffer, &failure->shown, ret);
    tb_wording_hint(buffer, run, failure);
    ret->hint = take(run, buffer);
}

/* The last finding says that there would be more. */
static void make_limit(tb_run *run, tb_buffer *buffer, size_t id, tb_finding *ret)
{
    char number[24];
    snprintf(number, sizeof number, "%u", TB_MAX_FINDINGS);
    tb_str args[] = {tb_str_of(number)};
    tb_message_append(buffer, run->language, TB_MSG_RULE_MANY_FINDINGS, args, 1);
    *ret = (tb_finding){.id = id,
                        .rule = TB_STR("limit"),
                        .severity = TB_ERROR_SEVERITY,
                        .at = run->form->root->at,
                        .basis = TB_BASIS_PRACTICE,
                        .message = take(run, buffer)};
}

/* Nothing that somebody wrote is dropped without a word. */
static void make_notice(tb_run *run, tb_buffer *buffer, const tb_explanation *explanation,
                        size_t id, tb_finding *ret)
{
    bool has_reason = explanation->texts[TB_EXPLANATION_REASON].size > 0;
    const tb_str args[] = {explanation->texts[TB_EXPLANATION_RULE],
                           explanation->texts[TB_EXPLANATION_CELL],
                           explanation->texts[TB_EXPLANATION_REASON]};
    tb_message_append(buffer, run->language,
                      has_reason ? TB_MSG_RULE_EXPLANATION_UNUSED
                                 : TB_MSG_RULE_EXPLANATION_WITHOUT_REASON,
                      args, 3);
    *ret = (tb_finding){.id = id,
                        .rule = TB_STR("explanation"),
                        .severity = TB_NOTICE_SEVERITY,
                        .at = explanation->at,
                        .basis = TB_BASIS_PRACTICE,
                        .message = take(run, buffer)};
}

/* Where there were too many failures, an explanation may be of one that was left out. */
static size_t count_unused(const tb_run *run, const tb_explanations *explanations)
{
    size_t count = 0;
    for (size_t i = 0; i < explanations->count && !run->full; i++)
        count += !explanations->list[i].used;
    size_t room = TB_MAX_FINDINGS - run->failure_count;
    return count < room ? count : room;
}

static void make_notices(tb_run *run, tb_buffer *buffer, const tb_explanations *explanations,
                         tb_finding *findings, size_t count)
{
    for (size_t i = 0, made = 0; made < count; i++) {
        if (explanations->list[i].used)
            continue;
        make_notice(run, buffer, &explanations->list[i], run->failure_count + made + 1,
                    &findings[made]);
        made++;
    }
}

static tb_counts count_findings(const tb_finding *findings, size_t count)
{
    tb_counts counts = {0};
    for (size_t i = 0; i < count; i++) {
        bool explained = findings[i].explained == TB_EXPLANATION_CURRENT;
        counts.by_severity[findings[i].severity] += findings[i].cause == 0 && !explained;
        counts.explained += explained;
    }
    return counts;
}

tb_status tb_findings_make(tb_run *run, const tb_explanations *explanations,
                           const tb_finding **ret_findings, size_t *ret_count,
                           tb_counts *ret_counts, tb_error *error)
{
    size_t unused = count_unused(run, explanations);
    size_t count = run->failure_count + run->full + unused;
    tb_finding *findings = tb_arena_array(run->arena, count + 1, sizeof *findings);
    if (findings == NULL)
        return tb_error_memory(error);
    tb_buffer buffer;
    tb_buffer_init(&buffer, TB_MAX_PART_SIZE);
    sort_failures(run);
    for (size_t i = 0; i < run->failure_count; i++)
        make_finding(run, &buffer, run->failures[i], &findings[i]);
    if (run->full)
        make_limit(run, &buffer, count, &findings[count - 1]);
    make_notices(run, &buffer, explanations, findings + run->failure_count, unused);
    tb_buffer_done(&buffer);
    *ret_counts = count_findings(findings, count);
    *ret_findings = findings;
    *ret_count = count;
    return run->binding.no_memory ? tb_error_memory(error) : TB_OK;
}
