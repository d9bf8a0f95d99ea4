/*
 * A rule is screened for all records of its scope (rule/screen.h) and evaluated for the suspected
 * ones; only where it fails is it evaluated again to find out what it read and what was expected.
 * So a form without errors costs the least.
 */
#include "rule/run.h"

#include "base/limits.h"
#include "rule/named_check.h"

#define MAX_RELATED 100 /* cells shown with one finding */

/* ---- records ---- */

typedef struct record_walk {
    const tb_compiled_rule *rule;
    tb_record_visitor *visit;
    void *self;
    tb_error *error;
} record_walk;

static tb_status walk_records(const record_walk *walk, const tb_record *record, size_t depth)
{
    if (depth == walk->rule->scope->depth) {
        if (!tb_rule_concerns(walk->rule->rule, record))
            return TB_OK;
        return walk->visit(walk->self, record, walk->error);
    }
    const tb_record_list *list = &record->lists[walk->rule->scope->chain[depth]->slot];
    for (size_t i = 0; i < list->count; i++) {
        tb_status status = walk_records(walk, list->records[i], depth + 1);
        if (status != TB_OK)
            return status;
    }
    return TB_OK;
}

tb_status tb_run_visit(const tb_run *run, const tb_compiled_rule *rule, tb_record_visitor *visit,
                       void *self, tb_error *error)
{
    record_walk walk = {rule, visit, self, error};
    return walk_records(&walk, run->form->root, 0);
}

/* ---- evaluating ---- */

static tb_verdict judge(const tb_value *value)
{
    switch (value->type) {
    case TB_VALUE_BOOLEAN:
        return value->as.boolean ? TB_VERDICT_HOLDS : TB_VERDICT_FAILS;
    case TB_VALUE_NUMBER:
        return tb_decimal_sign(value->as.number) != 0 ? TB_VERDICT_HOLDS : TB_VERDICT_FAILS;
    case TB_VALUE_ERROR:
        return value->as.error == TB_VALUE_ERROR_LIMIT ? TB_VERDICT_BROKEN : TB_VERDICT_UNKNOWN;
    case TB_VALUE_BLANK:
    case TB_VALUE_TEXT:
    case TB_VALUE_ARRAY:
        break;
    }
    return TB_VERDICT_UNKNOWN;
}

static tb_verdict evaluate(tb_run *run, const tb_expression *expression)
{
    tb_value value = tb_expression_evaluate(expression, &run->binding.environment);
    return judge(&value);
}

tb_verdict tb_run_evaluate(tb_run *run, const tb_compiled_rule *rule, const tb_record *record)
{
    run->binding.record = record;
    tb_verdict verdict = TB_VERDICT_HOLDS;
    tb_verdict condition = rule->when != NULL ? evaluate(run, rule->when) : TB_VERDICT_HOLDS;
    if (condition == TB_VERDICT_HOLDS)
        verdict = evaluate(run, rule->formula);
    else if (condition == TB_VERDICT_BROKEN)
        verdict = TB_VERDICT_BROKEN;
    tb_arena_reset(run->scratch);
    return verdict;
}

static void change(tb_run *run, const tb_item *item, tb_decimal number)
{
    run->binding.changed = item;
    run->binding.change = (tb_value){.type = TB_VALUE_NUMBER, .as.number = number, .origin = item};
}

bool tb_run_holds_with(tb_run *run, const tb_compiled_rule *rule, const tb_record *record,
                       const tb_item *item, tb_decimal number)
{
    change(run, item, number);
    tb_verdict verdict = tb_run_evaluate(run, rule, record);
    run->binding.changed = NULL;
    return verdict == TB_VERDICT_HOLDS;
}

bool tb_run_sides(tb_run *run, const tb_compiled_rule *rule, const tb_record *record,
                  const tb_item *item, tb_decimal number, tb_sides *ret_sides)
{
    if (rule->formula == NULL)
        return false;
    tb_comparison sides;
    run->binding.record = record;
    if (item != NULL)
        change(run, item, number);
    bool both = tb_expression_compare(rule->formula, &run->binding.environment, &sides) &&
                sides.left.type == TB_VALUE_NUMBER && sides.right.type == TB_VALUE_NUMBER;
    run->binding.changed = NULL;
    if (both)
        *ret_sides = (tb_sides){sides.left.as.number, sides.right.as.number,
                                sides.left_is_reference ? sides.left.origin : NULL};
    tb_arena_reset(run->scratch);
    return both;
}

/* ---- failures ---- */

tb_failure *tb_run_add_failure(tb_run *run)
{
    if (run->failure_count >= TB_MAX_FINDINGS) {
        run->full = true;
        return NULL;
    }
    if (run->failure_count == run->failure_capacity) {
        size_t wanted = run->failure_capacity == 0 ? 32 : run->failure_capacity * 2;
        tb_failure **grown = tb_arena_grow(run->arena, run->failures, run->failure_count, wanted,
                                           sizeof *run->failures);
        if (grown == NULL)
            return NULL;
        run->failures = grown;
        run->failure_capacity = wanted;
    }
    tb_failure *failure = tb_arena_alloc(run->arena, sizeof *failure);
    if (failure != NULL)
        run->failures[run->failure_count++] = failure;
    return failure;
}

static bool same_place(tb_address a, tb_address b)
{
    return a.sheet == b.sheet && a.row == b.row && a.column == b.column;
}

bool tb_failure_relate(tb_run *run, tb_failure *failure, const tb_item *item)
{
    if (item->state == TB_ITEM_MISSING || same_place(item->at, failure->at) ||
        failure->related_count == MAX_RELATED)
        return true;
    for (size_t i = 0; i < failure->related_count; i++)
        if (same_place(failure->related[i].at, item->at))
            return true;
    if (failure->related_count == failure->related_capacity) {
        size_t wanted = failure->related_capacity == 0 ? 4 : failure->related_capacity * 2;
        tb_related *grown = tb_arena_grow(run->arena, failure->related, failure->related_count,
                                          wanted, sizeof *grown);
        if (grown == NULL)
            return false;
        failure->related = grown;
        failure->related_capacity = wanted;
    }
    failure->related[failure->related_count++] = (tb_related){item->at, item};
    return true;
}

/* A value that outlives the evaluation. */
static bool keep(tb_run *run, tb_value value, tb_value *ret)
{
    if (value.type == TB_VALUE_TEXT) {
        value.as.text = tb_arena_dup(run->arena, value.as.text);
        if (value.as.text.data == NULL)
            return false;
    }
    *ret = value;
    return true;
}

/* The cell's content; a share, which a sheet often computes, to the places that it shows. */
static tb_value value_shown(const tb_item *item)
{
    bool number = item->state == TB_ITEM_VALID &&
                  (item->field->type == TB_FIELD_AMOUNT || item->field->type == TB_FIELD_NUMBER ||
                   item->field->type == TB_FIELD_SHARE || item->field->type == TB_FIELD_YEAR);
    if (!number)
        return (tb_value){.type = TB_VALUE_TEXT, .as.text = item->text, .origin = item};
    tb_value value = {.type = TB_VALUE_NUMBER, .as.number = item->number, .origin = item};
    if (item->field->type == TB_FIELD_SHARE && item->decimals >= 0)
        tb_decimal_round(item->number, item->decimals, TB_ROUND_HALF_UP, &value.as.number);
    return value;
}

static bool is_scalar(const tb_value *value)
{
    return value->type != TB_VALUE_ERROR && value->type != TB_VALUE_ARRAY &&
           value->type != TB_VALUE_BLANK;
}

void tb_discrepancy_subtract(tb_discrepancy *discrepancy)
{
    discrepancy->has_difference =
        discrepancy->has_actual && discrepancy->has_expected &&
        discrepancy->actual.type == TB_VALUE_NUMBER &&
        discrepancy->expected.type == TB_VALUE_NUMBER &&
        tb_decimal_subtract(discrepancy->actual.as.number, discrepancy->expected.as.number,
                            &discrepancy->difference);
}

/* What is there is the cell where the formula reads it, else what the formula makes of others;
 * what should be is known where the formula compares. */
static bool describe_sides(tb_run *run, tb_failure *failure)
{
    const tb_compiled_rule *rule = failure->rule;
    const tb_item *item = failure->item;
    tb_discrepancy *told = &failure->told;
    tb_comparison sides = {0};
    bool compares = tb_expression_compare(rule->formula, &run->binding.environment, &sides);
    bool left_is_at =
        compares && sides.left_is_reference && item != NULL && sides.left.origin == item;
    bool ok = true;
    if (rule->shows_at && item != NULL) {
        told->like = item;
        told->actual = value_shown(item);
        told->has_actual = item->state != TB_ITEM_BLANK;
    } else if (compares && is_scalar(&sides.left)) {
        told->has_actual = ok = keep(run, sides.left, &told->actual);
    }
    if (compares && is_scalar(&sides.right) && (left_is_at || sides.right.type == TB_VALUE_NUMBER))
        told->has_expected = ok = keep(run, sides.right, &told->expected) && ok;
    tb_discrepancy_subtract(told);
    failure->shown = *told;
    /* What is compared of an indicator's value is a part of it, which is not to be shown as if it
     * should stand there. */
    if (item != NULL && item->field->type == TB_FIELD_INDICATOR && !left_is_at)
        failure->shown.has_expected = false;
    return ok;
}

static bool relate_all(tb_run *run, tb_failure *failure)
{
    tb_reads reads = {0};
    run->binding.reads = &reads;
    for (size_t i = 0; i < failure->rule->related_count; i++)
        tb_expression_evaluate(failure->rule->related[i], &run->binding.environment);
    run->binding.reads = NULL;
    bool ok = !run->binding.no_memory;
    for (size_t i = 0; i < reads.item_count && ok; i++)
        ok = tb_failure_relate(run, failure, reads.items[i]);
    return ok;
}

static tb_status no_memory(const tb_run *run, tb_error *error)
{
    return run->full ? TB_OK : tb_error_memory(error);
}

/* Rows below one merged cell share its item: what is wrong with nothing but that is told once. */
static bool repeats_last(const tb_run *run, const tb_failure *failure)
{
    const tb_failure *last = run->failure_count < 2 ? NULL : run->failures[run->failure_count - 2];
    return last != NULL && last->rule == failure->rule && failure->item != NULL &&
           last->item == failure->item && !last->is_broken && !failure->is_broken &&
           tb_reads_equal(&last->reads, &failure->reads);
}

static tb_status record_failure(tb_run *run, const tb_compiled_rule *rule, const tb_record *record,
                                bool is_broken, tb_error *error)
{
    tb_failure *failure = tb_run_add_failure(run);
    if (failure == NULL)
        return no_memory(run, error);
    failure->rule = rule;
    failure->record = record;
    failure->severity = rule->rule->severity;
    failure->is_broken = is_broken;
    run->binding.record = record;
    failure->item = rule->has_at ? tb_binding_find_item(&run->binding, &rule->at) : NULL;
    failure->at = failure->item != NULL ? failure->item->at : record->at;
    run->binding.reads = &failure->reads;
    tb_expression_evaluate(rule->formula, &run->binding.environment);
    run->binding.reads = NULL;
    bool again = repeats_last(run, failure);
    run->failure_count -= again;
    bool ok = is_broken || again || (describe_sides(run, failure) && relate_all(run, failure));
    tb_arena_reset(run->scratch);
    return ok && !run->binding.no_memory ? TB_OK : tb_error_memory(error);
}

/* ---- running ---- */

typedef struct rule_runner {
    tb_run *run;
    const tb_compiled_rule *rule;
} rule_runner;

static tb_status run_for_record(void *self, const tb_record *record, tb_error *error)
{
    rule_runner *runner = self;
    tb_run *run = runner->run;
    tb_verdict verdict = tb_run_evaluate(run, runner->rule, record);
    if (run->binding.no_memory)
        return tb_error_memory(error);
    if (verdict == TB_VERDICT_HOLDS || verdict == TB_VERDICT_UNKNOWN || run->full)
        return TB_OK;
    return record_failure(run, runner->rule, record, verdict == TB_VERDICT_BROKEN, error);
}

/* Evaluates the rule for the records that it may fail for. */
static tb_status run_screened(rule_runner *runner, tb_screen *screen, tb_error *error)
{
    tb_status status = TB_OK;
    for (size_t word = 0; word * TB_COLUMN_SIZE < screen->record_count; word++) {
        const tb_record **records = &screen->records[word * TB_COLUMN_SIZE];
        tb_record_set suspects = tb_screen_suspects(screen, runner->rule, word);
        for (; suspects != 0 && status == TB_OK; suspects &= suspects - 1)
            status = run_for_record(runner, records[__builtin_ctzll(suspects)], error);
    }
    return runner->run->binding.no_memory ? tb_error_memory(error) : status;
}

static tb_status run_rule(tb_run *run, const tb_compiled_rule *rule, tb_error *error)
{
    if (rule->check != NULL)
        return rule->check->run != NULL ? rule->check->run(run, rule, error) : TB_OK;
    rule_runner runner = {run, rule};
    tb_screen *screen = &run->screens[rule->scope->index];
    if (rule->formula_truth != NULL) {
        tb_status status = TB_OK;
        if (screen->scope == NULL)
            status = tb_screen_begin(screen, rule->scope, &run->binding, error);
        return status == TB_OK ? run_screened(&runner, screen, error) : status;
    }
    return tb_run_visit(run, rule, run_for_record, &runner, error);
}

static tb_severity gap_severity(const tb_gap *gap)
{
    if (gap->kind == TB_GAP_LABEL_TWICE)
        return TB_WARNING_SEVERITY;
    return gap->required ? TB_ERROR_SEVERITY : TB_NOTICE_SEVERITY;
}

static tb_status report_gaps(tb_run *run, tb_error *error)
{
    for (size_t i = 0; i < run->form->gap_count; i++) {
        tb_failure *failure = tb_run_add_failure(run);
        if (failure == NULL)
            return no_memory(run, error);
        failure->gap = &run->form->gaps[i];
        failure->record = run->form->root;
        failure->at = failure->gap->at;
        failure->severity = gap_severity(failure->gap);
    }
    return TB_OK;
}

tb_status tb_run_rules(tb_run *run, const tb_rulebook *book, const tb_form *form,
                       tb_language language, tb_arena *arena, tb_arena *scratch, tb_error *error)
{
    *run = (tb_run){
        .book = book, .form = form, .language = language, .arena = arena, .scratch = scratch};
    tb_binding_init(&run->binding, form, arena, scratch);
    run->screens = tb_arena_array(arena, book->scope_count + 1, sizeof *run->screens);
    if (run->screens == NULL)
        return tb_error_memory(error);
    tb_status status = report_gaps(run, error);
    for (size_t i = 0; i < book->rule_count && status == TB_OK; i++)
        status = run_rule(run, &book->rules[i], error);
    return status;
}
