/*
 * Measures the probable slip: makes balanced tables, puts one slip into each, lets the program
 * check them, and counts what it says against what happened and what can be known.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "rule/check.h"

#include "enumerate.h"
#include "forms.h"
#include "inject.h"
#include "workbook.h"

#define LEAST_NAMED 95.0 /* percent of the determinable cases */
#define MOST_WRONG  0.5  /* percent of all, and less than that */

static const char *const kind_names[KIND_COUNT] = {
    "neighbouring digits swapped",
    "distant digits swapped",
    "sign",
    "ten times",
    "a hundred times",
    "ten thousand times",
    "addend left out",
    "addend doubled",
};

static const char *const place_names[PLACE_COUNT] = {"total", "addend", "share", "budget",
                                                     "whole budget"};

typedef struct slip_options {
    const char *definition;
    uint64_t seed, tables;
    bool list; /* tells each case in which something wrong or nothing is said */
} slip_options;

/* Of the cases of one kind. `misled`: what is known by brute force is not what happened. */
typedef struct slip_tally {
    unsigned cases, determinable, misled, named, named_all, wrong, silent;
} slip_tally;

typedef enum slip_said { SAID_NOTHING, SAID_RIGHT, SAID_WRONG } slip_said;

typedef struct slip_measure {
    slip_options options;
    tb_checker *checker;
    tb_check *check;
    tb_arena arena;
    unsigned disquiet; /* balanced tables of which something is said */
    slip_tally by_kind[KIND_COUNT], by_place[PLACE_COUNT], all;
} slip_measure;

/* ---- one case ---- */

static bool is_right(const tb_finding *finding, const slip_injection *slip)
{
    tb_address at = workbook_address(slip->cell);
    tb_decimal expected;
    return finding->at.sheet == at.sheet && finding->at.row == at.row &&
           finding->at.column == at.column && tb_decimal_parse(finding->expected, &expected) &&
           tb_decimal_compare(expected, workbook_number(slip->right)) == 0;
}

/* What the findings say: one wrong slip outweighs a right one. */
static slip_said judge(const tb_result *result, const slip_injection *slip)
{
    slip_said said = SAID_NOTHING;
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *finding = &result->findings[i];
        if (finding->hint.size == 0)
            continue;
        if (!is_right(finding, slip))
            return SAID_WRONG;
        said = SAID_RIGHT;
    }
    return said;
}

static void count(slip_tally *tally, const slip_verdict *verdict, const slip_injection *slip,
                  slip_said said)
{
    bool determinable = verdict->count == 1;
    tally->cases++;
    tally->determinable += determinable;
    tally->misled += determinable && (verdict->repairs[0].cell != slip->cell ||
                                      verdict->repairs[0].value != slip->right);
    tally->named += determinable && said == SAID_RIGHT;
    tally->named_all += said == SAID_RIGHT;
    tally->wrong += said == SAID_WRONG;
    tally->silent += said == SAID_NOTHING;
}

static void print_number(units value)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    fputs(tb_decimal_format(workbook_number(value), text).data, stdout);
}

static void print_case(uint64_t number, const slip_injection *slip, const slip_verdict *verdict,
                       const tb_result *result)
{
    char name[TB_CELL_NAME_SIZE];
    tb_address at = workbook_address(slip->cell);
    printf("%llu: %s, %s: %s ", (unsigned long long)number, kind_names[slip->kind],
           place_names[slip->place], tb_cell_name(at.row, at.column, name).data);
    print_number(slip->right);
    fputs(" -> ", stdout);
    print_number(slip->wrong);
    printf("; repairs %zu of rank %d:", verdict->count, (int)verdict->rank);
    for (size_t i = 0; i < verdict->count && i < 4; i++) {
        at = workbook_address(verdict->repairs[i].cell);
        printf(" %s ", tb_cell_name(at.row, at.column, name).data);
        print_number(verdict->repairs[i].value);
    }
    putchar('\n');
    for (size_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].hint.size > 0)
            printf("    said: %.*s\n", (int)result->findings[i].hint.size,
                   result->findings[i].hint.data);
}

static const tb_result *check(slip_measure *self, const slip_table *table)
{
    const tb_result *result = NULL;
    tb_error error;
    tb_arena_reset(&self->arena);
    if (tb_check_run(self->check, workbook_make(&self->arena, table), &result, &error) != TB_OK)
        test_fail("check", &error);
    return result;
}

/* Neither the program nor the brute force may find anything where nothing is wrong. */
static bool is_quiet(slip_measure *self, slip_table *table)
{
    slip_verdict verdict;
    enumerate_repairs(table, &verdict);
    const tb_result *result = check(self, table);
    size_t said = 0;
    for (size_t i = 0; i < result->finding_count; i++)
        said += result->findings[i].hint.size > 0;
    return said == 0 && verdict.count == 0;
}

static void run_case(slip_measure *self, uint64_t number)
{
    /* Each case has its own dice, so that one can be looked at alone. */
    slip_dice dice = {self->options.seed * 1000003u + number};
    slip_table table;
    slip_injection slip;
    slip_verdict verdict;
    table_make(&dice, &table);
    self->disquiet += !is_quiet(self, &table);
    inject_slip(&dice, &table, (enum slip_kind)dice_below(&dice, KIND_COUNT), &slip);
    enumerate_repairs(&table, &verdict);
    const tb_result *result = check(self, &table);
    slip_said said = judge(result, &slip);
    count(&self->by_kind[slip.kind], &verdict, &slip, said);
    count(&self->by_place[slip.place], &verdict, &slip, said);
    count(&self->all, &verdict, &slip, said);
    if (self->options.list && (said == SAID_WRONG || (said == SAID_NOTHING && verdict.count == 1)))
        print_case(number, &slip, &verdict, result);
}

/* ---- the figures ---- */

static double percent(unsigned part, unsigned whole)
{
    return whole == 0 ? 0 : 100.0 * part / whole;
}

static void print_row(const char *name, const slip_tally *tally)
{
    printf("%-28s %6u %12u %7u (%5.1f %%) %9u %6u (%5.2f %%) %8u %7u\n", name, tally->cases,
           tally->determinable, tally->named, percent(tally->named, tally->determinable),
           tally->named_all, tally->wrong, percent(tally->wrong, tally->cases), tally->silent,
           tally->misled);
}

static bool print_figures(const slip_measure *self)
{
    printf("seed %llu\n%-28s %6s %12s %17s %9s %17s %8s %7s\n",
           (unsigned long long)self->options.seed, "kind", "cases", "determinable",
           "of these named", "named", "wrong", "silent", "misled");
    for (int i = 0; i < KIND_COUNT; i++)
        print_row(kind_names[i], &self->by_kind[i]);
    for (int i = 0; i < PLACE_COUNT; i++)
        print_row(place_names[i], &self->by_place[i]);
    print_row("all", &self->all);
    bool named = percent(self->all.named, self->all.determinable) >= LEAST_NAMED;
    bool wrong = percent(self->all.wrong, self->all.cases) < MOST_WRONG;
    printf("named in at least %.0f %% of the determinable cases: %s\n", LEAST_NAMED,
           named ? "yes" : "NO");
    printf("something wrong said in less than %.1f %% of all: %s\n", MOST_WRONG,
           wrong ? "yes" : "NO");
    printf("nothing said of a table without a slip: %s\n", self->disquiet == 0 ? "yes" : "NO");
    return named && wrong && self->disquiet == 0;
}

/* ---- the program ---- */

static int usage(FILE *out)
{
    fputs("usage: measure_slips [--tables N] [--seed N] [--list] FORM.JSON\n"
          "Puts a slip into each of N balanced tables (10000) and counts how often `check` names\n"
          "it. --list tells each case in which it says something wrong, or nothing where one\n"
          "could know. Exit 1: a goal is missed.\n",
          out);
    return out == stdout ? 0 : 64;
}

static bool parse_options(int argc, char **argv, slip_options *ret)
{
    *ret = (slip_options){.seed = 1, .tables = 10000};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--list") == 0)
            ret->list = true;
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            ret->seed = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--tables") == 0 && i + 1 < argc)
            ret->tables = strtoull(argv[++i], NULL, 10);
        else if (argv[i][0] != '-' && ret->definition == NULL)
            ret->definition = argv[i];
        else
            return false;
    }
    return ret->definition != NULL && ret->tables > 0;
}

int main(int argc, char **argv)
{
    static slip_measure self;
    tb_error error;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout);
    if (!parse_options(argc, argv, &self.options))
        return usage(stderr);
    tb_definition_sources sources = {.only = self.options.definition};
    tb_arena_init(&self.arena, TB_MAX_WORKBOOK_MEMORY);
    if (tb_checker_new(&sources, &self.checker, &error) != TB_OK ||
        tb_check_new(self.checker, TB_LANGUAGE_ZH, &self.check, &error) != TB_OK)
        test_fail(self.options.definition, &error);
    for (uint64_t i = 0; i < self.options.tables; i++)
        run_case(&self, i);
    bool met = print_figures(&self);
    tb_check_free(self.check);
    tb_checker_free(self.checker);
    tb_arena_done(&self.arena);
    return met ? 0 : 1;
}
