/*
 * Truth as sets. The order of evaluation counts, since an error ends it: AND asks its next part
 * only where all parts so far said yes.
 */
#include "rule/screen.h"

#include "base/limits.h"

#define WORD 64

/* A test near the limit of steps is left to evaluating, which counts them for the whole formula. */
#define TEST_STEPS (TB_MAX_FORMULA_STEPS / TB_TRUTH_MAX_TESTS / 2)

/* ---- records ---- */

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

tb_status tb_screen_begin(tb_screen *screen, const tb_scope_rules *scope, const tb_form *form,
                          tb_arena *arena, tb_error *error)
{
    gathering counted = {.scope = scope}, gathered = {.scope = scope};
    gather(&counted, form->root, 0);
    size_t words = (counted.count + WORD - 1) / WORD;
    gathered.records = tb_arena_array(arena, counted.count + 1, sizeof *gathered.records);
    tb_known_answer *answers = tb_arena_array(arena, words * scope->tests.count, sizeof *answers);
    if (gathered.records == NULL || answers == NULL)
        return tb_error_memory(error);
    gather(&gathered, form->root, 0);
    *screen = (tb_screen){scope, gathered.count, gathered.records, answers};
    return TB_OK;
}

/* ---- tests ---- */

/* Everything that is asked of one word of records. */
typedef struct inquiry {
    tb_screen *screen;
    tb_binding *binding;
    const tb_record **records; /* of the word */
    tb_known_answer *answers;
} inquiry;

static tb_answer ask_test(const inquiry *self, size_t index, uint64_t wanted)
{
    tb_known_answer *known = &self->answers[index];
    const tb_test *test = &self->screen->scope->tests.tests[index];
    const tb_environment *environment = &self->binding->environment;
    uint64_t sets[4] = {0}; /* by the result */
    for (uint64_t missing = wanted & ~known->known; missing != 0; missing &= missing - 1) {
        self->binding->record = self->records[__builtin_ctzll(missing)];
        sets[tb_test_run(test, environment, TEST_STEPS)] |= missing & -missing;
        if (environment->scratch->used > 0)
            tb_arena_reset(environment->scratch);
    }
    tb_answer *all = &known->answer;
    known->known |= wanted;
    all->yes |= sets[TB_TEST_YES];
    all->no |= sets[TB_TEST_NO];
    all->unsure |= sets[TB_TEST_UNSURE];
    return (tb_answer){all->yes & wanted, all->no & wanted, all->unsure & wanted};
}

/* ---- conditions ---- */

static tb_answer ask(const inquiry *self, const tb_truth *truth, uint64_t wanted);

static tb_answer ask_and(const inquiry *self, const tb_truth *truth, uint64_t wanted)
{
    tb_answer all = {.yes = wanted};
    for (size_t i = 0; i < truth->part_count && all.yes != 0; i++) {
        tb_answer part = ask(self, &truth->parts[i], all.yes);
        all = (tb_answer){part.yes, all.no | part.no, all.unsure | part.unsure};
    }
    return all;
}

static tb_answer ask_or(const inquiry *self, const tb_truth *truth, uint64_t wanted)
{
    tb_answer all = {.no = wanted};
    for (size_t i = 0; i < truth->part_count && all.no != 0; i++) {
        tb_answer part = ask(self, &truth->parts[i], all.no);
        all = (tb_answer){all.yes | part.yes, part.no, all.unsure | part.unsure};
    }
    return all;
}

static tb_answer ask_if(const inquiry *self, const tb_truth *truth, uint64_t wanted)
{
    tb_answer condition = ask(self, &truth->parts[0], wanted);
    tb_answer one = ask(self, &truth->parts[1], condition.yes);
    tb_answer other = ask(self, &truth->parts[2], condition.no);
    return (tb_answer){one.yes | other.yes, one.no | other.no,
                       condition.unsure | one.unsure | other.unsure};
}

static tb_answer ask(const inquiry *self, const tb_truth *truth, uint64_t wanted)
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
    return ask_test(self, truth->test, wanted);
}

uint64_t tb_screen_suspects(tb_screen *screen, tb_binding *binding, const tb_compiled_rule *rule,
                            size_t word)
{
    size_t rest = screen->record_count - word * WORD;
    tb_answer when = {.yes = rest >= WORD ? UINT64_MAX : ((uint64_t)1 << rest) - 1};
    inquiry self = {screen, binding, &screen->records[word * WORD],
                    &screen->answers[word * screen->scope->tests.count]};
    if (rule->when != NULL)
        when = ask(&self, rule->when_truth, when.yes);
    tb_answer formula = ask(&self, rule->formula_truth, when.yes);
    return when.unsure | formula.no | formula.unsure;
}
