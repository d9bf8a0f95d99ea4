/*
 * Truth as sets. The order of evaluation counts, since an error ends it: AND asks its next part
 * only where all parts so far said yes.
 */
#include "rule/screen.h"

#include "rule/calculation.h"

/* ---- records ---- */

bool tb_rule_concerns(const tb_rule *rule, const tb_record *record)
{
    for (size_t i = 0; i < rule->only_count; i++)
        if (tb_str_equal(rule->only[i], record->id))
            return true;
    return rule->only_count == 0;
}

typedef struct gathering {
    const tb_scope_rules *scope;
    size_t count;
    const tb_record **records; /* NULL: only counted */
} gathering;

static void gather(gathering *self, const tb_record *record, size_t depth)
{
    if (depth == self->scope->depth) {
        if (self->records != NULL)
            self->records[self->count] = record;
        self->count++;
        return;
    }
    const tb_record_list *list = &record->lists[self->scope->chain[depth]->slot];
    for (size_t i = 0; i < list->count; i++)
        gather(self, list->records[i], depth + 1);
}

tb_status tb_screen_begin(tb_screen *screen, const tb_scope_rules *scope, tb_binding *binding,
                          tb_error *error)
{
    const tb_record *root = binding->form->root;
    gathering counted = {.scope = scope}, gathered = {.scope = scope};
    gather(&counted, root, 0);
    size_t words = (counted.count + TB_COLUMN_SIZE - 1) / TB_COLUMN_SIZE;
    gathered.records = tb_arena_array(binding->arena, counted.count, sizeof *gathered.records);
    tb_columns *columns = tb_arena_array(binding->arena, words, sizeof *columns);
    tb_held_array *held =
        tb_arena_array(binding->arena, scope->tests.operands.array_count, sizeof *held);
    if (gathered.records == NULL || columns == NULL || held == NULL)
        return tb_error_memory(error);
    gather(&gathered, root, 0);
    for (size_t first = 0; first < gathered.count; first += TB_COLUMN_SIZE) {
        size_t left = gathered.count - first;
        if (!tb_columns_init(&columns[first / TB_COLUMN_SIZE], &scope->tests, binding, held,
                             &gathered.records[first],
                             left < TB_COLUMN_SIZE ? left : TB_COLUMN_SIZE))
            return tb_error_memory(error);
    }
    *screen = (tb_screen){scope, gathered.count, gathered.records, columns};
    return TB_OK;
}

/* ---- conditions ---- */

static tb_answer ask(tb_columns *self, const tb_truth *truth, tb_record_set wanted);

static tb_answer ask_and(tb_columns *self, const tb_truth *truth, tb_record_set wanted)
{
    tb_answer all = {.yes = wanted};
    for (size_t i = 0; i < truth->part_count && all.yes != 0; i++) {
        tb_answer part = ask(self, &truth->parts[i], all.yes);
        all = (tb_answer){part.yes, all.no | part.no, all.unsure | part.unsure};
    }
    return all;
}

static tb_answer ask_or(tb_columns *self, const tb_truth *truth, tb_record_set wanted)
{
    tb_answer all = {.no = wanted};
    for (size_t i = 0; i < truth->part_count && all.no != 0; i++) {
        tb_answer part = ask(self, &truth->parts[i], all.no);
        all = (tb_answer){all.yes | part.yes, part.no, all.unsure | part.unsure};
    }
    return all;
}

static tb_answer ask_if(tb_columns *self, const tb_truth *truth, tb_record_set wanted)
{
    tb_answer condition = ask(self, &truth->parts[0], wanted);
    tb_answer one = ask(self, &truth->parts[1], condition.yes);
    tb_answer other = ask(self, &truth->parts[2], condition.no);
    return (tb_answer){one.yes | other.yes, one.no | other.no,
                       condition.unsure | one.unsure | other.unsure};
}

static tb_answer ask(tb_columns *self, const tb_truth *truth, tb_record_set wanted)
{
    if (wanted == 0)
        return (tb_answer){0};
    switch (truth->kind) {
    case TB_TRUTH_AND:
        return ask_and(self, truth, wanted);
    case TB_TRUTH_OR:
        return ask_or(self, truth, wanted);
    case TB_TRUTH_IF:
        return ask_if(self, truth, wanted);
    case TB_TRUTH_NOT: {
        tb_answer part = ask(self, truth->parts, wanted);
        return (tb_answer){part.no, part.yes, part.unsure};
    }
    case TB_TRUTH_TEST:
        break;
    }
    return tb_columns_ask(self, truth->test, wanted);
}

static tb_record_set concerned(const tb_columns *columns, const tb_rule *rule)
{
    if (rule->only_count == 0)
        return UINT64_MAX >> (TB_COLUMN_SIZE - columns->record_count);
    tb_record_set set = 0;
    for (size_t i = 0; i < columns->record_count; i++)
        set |= (tb_record_set)tb_rule_concerns(rule, columns->records[i]) << i;
    return set;
}

static tb_record_set find_suspects(tb_columns *columns, const tb_compiled_rule *rule,
                                   tb_record_set wanted)
{
    tb_answer when = {.yes = wanted};
    if (rule->when != NULL)
        when = ask(columns, rule->when_truth, when.yes);
    tb_answer formula = ask(columns, rule->formula_truth, when.yes);
    return when.unsure | formula.no | formula.unsure;
}

tb_record_set tb_screen_suspects(tb_screen *screen, const tb_compiled_rule *rule, size_t word)
{
    tb_columns *columns = &screen->columns[word];
    tb_record_set wanted = concerned(columns, rule->rule);
    if (rule->subject == TB_NO_SUBJECT)
        return find_suspects(columns, rule, wanted);
    const tb_fact_column *facts = tb_columns_recall(columns, rule->subject);
    wanted = facts != NULL ? wanted & tb_fact_column_open(facts, rule->place_in_subject) : 0;
    if (wanted == 0)
        return 0;
    tb_record_set suspects = find_suspects(columns, rule, wanted);
    if (!columns->binding->no_memory)
        tb_fact_column_clear(facts, rule->place_in_subject, wanted & ~suspects);
    return suspects;
}
