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
#include "forms.h"
#include "rule/cause.h"
#include "rule/findings.h"

#define ROUNDS 40 /* each rule runs so many times over each form; the quickest counts */

typedef struct rule_cost {
    const tb_compiled_rule *rule;
    double nanoseconds; /* all forms together */
    size_t records, failures;
} rule_cost;

typedef enum stage { STAGE_RULES, STAGE_CAUSES, STAGE_FINDINGS, STAGE_COUNT } stage;

typedef struct bench {
    test_forms forms;
    tb_run run;
    size_t form_count;
    rule_cost *costs; /* of forms.book->rules */
    double whole[STAGE_COUNT];
} bench;

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
        tb_arena_reset(&self->forms.arena);
        tb_arena_reset(&self->forms.scratch);
        time[0] = now();
        tb_status status = tb_run_rules(&self->run, book, form, TB_LANGUAGE_ZH, &self->forms.arena,
                                        &self->forms.scratch, &error);
        time[1] = now();
        if (status == TB_OK && stages > STAGE_CAUSES)
            status = tb_cause_search(&self->run, &error);
        time[2] = now();
        if (status == TB_OK && stages > STAGE_FINDINGS)
            status = tb_findings_make(&self->run, &none, &findings, &count, &counts, &error);
        time[3] = now();
        if (status != TB_OK)
            test_fail("running", &error);
        for (int i = 0; i < stages; i++)
            keep_least(&least[i], time[i + 1] - time[i]);
    }
    for (int i = 0; i < stages; i++)
        whole[i] += least[i];
}

static void measure_form(bench *self, const tb_form *form)
{
    double nothing = 0;
    tb_rulebook part = *self->forms.book;
    part.rule_count = 0;
    run_rounds(self, &part, form, 1, &nothing);
    for (size_t i = 0; i < self->forms.book->rule_count; i++) {
        part.rule_count = 1;
        part.rules = &self->forms.book->rules[i];
        rule_cost *cost = &self->costs[i];
        cost->rule = &self->forms.book->rules[i];
        cost->nanoseconds -= nothing;
        run_rounds(self, &part, form, 1, &cost->nanoseconds);
        for (size_t j = 0; j < self->run.failure_count; j++)
            cost->failures += self->run.failures[j]->rule == cost->rule;
        tb_run_visit(&self->run, cost->rule, count_record, &cost->records, NULL);
    }
    run_rounds(self, self->forms.book, form, STAGE_COUNT, self->whole);
    self->form_count++;
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
    qsort(self->costs, self->forms.book->rule_count, sizeof *self->costs, compare_costs);
    printf("    ns a form     records    failures  rule (over %zu forms)\n", self->form_count);
    for (size_t i = 0; i < self->forms.book->rule_count; i++) {
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
    if (argc < 3) {
        fprintf(stderr, "usage: %s DEFINITION FILE...\n", argv[0]);
        return 64;
    }
    test_forms_open(&self.forms, argv[1], TB_MAX_CONTENT_MEMORY);
    self.costs = calloc(self.forms.book->rule_count + 1, sizeof *self.costs);
    for (int i = 2; i < argc && self.costs != NULL; i++)
        measure_form(&self, test_forms_locate(&self.forms, argv[i]));
    print(&self);
    free(self.costs);
    test_forms_close(&self.forms);
    return 0;
}
