/*
 * What each rule costs: runs every rule of a definition alone over the forms that are named, many
 * times, and prints nanoseconds and records a form, the dearest first. What rules share when they
 * run together is counted for each of them here, so the last lines give the whole as it is run.
 *
 * Usage: rule_costs DEFINITION FILE…      (tests/bench/rules makes the forms and calls it)
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/limits.h"
#include "base/message.h"
#include "rule/cause.h"
#include "rule/checker.h"
#include "rule/findings.h"
#include "sheet/reader.h"

#define ROUNDS 40 /* each rule runs so many times over each form; the quickest counts */

typedef struct rule_cost {
    const tb_compiled_rule *rule;
    double nanoseconds; /* all forms together */
    size_t records, failures;
} rule_cost;

typedef enum stage { STAGE_RULES, STAGE_CAUSES, STAGE_FINDINGS, STAGE_COUNT } stage;

typedef struct bench {
    tb_checker *checker;
    tb_reader *reader;
    const tb_rulebook *book;
    tb_arena form_arena, arena, scratch;
    tb_run run;
    size_t form_count;
    rule_cost *costs; /* of book->rules */
    double whole[STAGE_COUNT];
} bench;

static void fail(const char *what, const tb_error *error)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_OUTPUT_SIZE);
    tb_error_format(&text, TB_LANGUAGE_EN, error);
    fprintf(stderr, "%s: %.*s\n", what, (int)tb_buffer_get(&text).size, tb_buffer_get(&text).data);
    exit(2);
}

static double now(void)
{
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static tb_status count_record(void *self, const tb_record *record, tb_error *error)
{
    (void)record;
    (void)error;
    ++*(size_t *)self;
    return TB_OK;
}

static void keep_least(double *least, double value)
{
    if (*least == 0 || value < *least)
        *least = value;
}

/* The stages of a check with these rules; adds the quickest times of all rounds to `whole`. */
static void run_rounds(bench *self, const tb_rulebook *book, const tb_form *form, int stages,
                       double *whole)
{
    double least[STAGE_COUNT] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        tb_error error;
        const tb_finding *findings;
        size_t count;
        tb_counts counts;
        static const tb_explanations none;
        double time[STAGE_COUNT + 1];
        tb_arena_reset(&self->arena);
        tb_arena_reset(&self->scratch);
        time[0] = now();
        tb_status status = tb_run_rules(&self->run, book, form, TB_LANGUAGE_ZH, &self->arena,
                                        &self->scratch, &error);
        time[1] = now();
        if (status == TB_OK && stages > STAGE_CAUSES)
            status = tb_cause_search(&self->run, &error);
        time[2] = now();
        if (status == TB_OK && stages > STAGE_FINDINGS)
            status = tb_findings_make(&self->run, &none, &findings, &count, &counts, &error);
        time[3] = now();
        if (status != TB_OK)
            fail("running", &error);
        for (int i = 0; i < stages; i++)
            keep_least(&least[i], time[i + 1] - time[i]);
    }
    for (int i = 0; i < stages; i++)
        whole[i] += least[i];
}

static void measure_form(bench *self, const tb_form *form)
{
    double nothing = 0;
    tb_rulebook part = *self->book;
    part.rule_count = 0;
    run_rounds(self, &part, form, 1, &nothing);
    for (size_t i = 0; i < self->book->rule_count; i++) {
        part.rule_count = 1;
        part.rules = &self->book->rules[i];
        rule_cost *cost = &self->costs[i];
        cost->rule = &self->book->rules[i];
        cost->nanoseconds -= nothing;
        run_rounds(self, &part, form, 1, &cost->nanoseconds);
        for (size_t j = 0; j < self->run.failure_count; j++)
            cost->failures += self->run.failures[j]->rule == cost->rule;
        tb_run_visit(&self->run, cost->rule, count_record, &cost->records, NULL);
    }
    run_rounds(self, self->book, form, STAGE_COUNT, self->whole);
    self->form_count++;
}

static void measure_file(bench *self, const char *path)
{
    const tb_workbook *workbook = NULL;
    const tb_form *form = NULL;
    tb_error error;
    tb_arena_reset(&self->form_arena);
    tb_status status = tb_reader_read_file(self->reader, path, &workbook, &error);
    if (status == TB_OK)
        status = tb_form_locate(workbook, self->book->definition, &self->form_arena, &form, &error);
    if (status != TB_OK)
        fail(path, &error);
    measure_form(self, form);
}

static int compare_costs(const void *a, const void *b)
{
    const rule_cost *x = a, *y = b;
    return (x->nanoseconds < y->nanoseconds) - (x->nanoseconds > y->nanoseconds);
}

static void print(bench *self)
{
    static const char *const stages[] = {"all rules, run together", "search for causes and slips",
                                         "findings"};
    double forms = (double)self->form_count;
    qsort(self->costs, self->book->rule_count, sizeof *self->costs, compare_costs);
    printf("    ns a form     records    failures  rule (over %zu forms)\n", self->form_count);
    for (size_t i = 0; i < self->book->rule_count; i++) {
        const rule_cost *cost = &self->costs[i];
        const tb_rule *rule = cost->rule->rule;
        printf("%13.0f %11.1f %11.2f  %.*s", cost->nanoseconds / forms,
               (double)cost->records / forms, (double)cost->failures / forms, (int)rule->id.size,
               rule->id.data);
        for (size_t j = 0; j < cost->rule->scope->depth; j++)
            printf("%s%.*s", j == 0 ? ", " : ".", (int)cost->rule->scope->chain[j]->id.size,
                   cost->rule->scope->chain[j]->id.data);
        printf("\n");
    }
    for (int i = 0; i < STAGE_COUNT; i++)
        printf("%13.0f %24s%s\n", self->whole[i] / forms, "", stages[i]);
}

int main(int argc, char **argv)
{
    static bench self; /* a run is large */
    tb_error error;
    const tb_definition *const *definitions = NULL;
    if (argc < 3) {
        fprintf(stderr, "usage: %s DEFINITION FILE...\n", argv[0]);
        return 64;
    }
    tb_definition_sources sources = {.only = argv[1]};
    tb_arena_init(&self.form_arena, TB_MAX_RESULT_MEMORY);
    tb_arena_init(&self.arena, TB_MAX_RESULT_MEMORY);
    tb_arena_init(&self.scratch, TB_MAX_RESULT_MEMORY);
    if (tb_checker_new(&sources, &self.checker, &error) != TB_OK ||
        tb_reader_new(&self.reader, &error) != TB_OK)
        fail(argv[1], &error);
    tb_checker_definitions(self.checker, &definitions);
    self.book = tb_checker_rulebook(self.checker, definitions[0]);
    self.costs = calloc(self.book->rule_count + 1, sizeof *self.costs);
    for (int i = 2; i < argc && self.costs != NULL; i++)
        measure_file(&self, argv[i]);
    print(&self);
    free(self.costs);
    tb_reader_free(self.reader);
    tb_checker_free(self.checker);
    tb_arena_done(&self.form_arena);
    tb_arena_done(&self.arena);
    tb_arena_done(&self.scratch);
    return 0;
}
