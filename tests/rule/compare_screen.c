/*
 * Screening against evaluating: for every rule that is screened, every record and every form that
 * is named, evaluating must be silent wherever screening is. Prints how many there were.
 *
 * Usage: compare_screen DEFINITION FILE…      (test_screen.py calls it)
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/message.h"
#include "rule/checker.h"
#include "rule/run.h"
#include "sheet/reader.h"

typedef struct comparison {
    tb_checker *checker;
    tb_reader *reader;
    tb_arena form_arena, arena, scratch;
    const char *path;
    tb_run run;
    size_t rules, compared, suspected, failing, broken, missed;
} comparison;

static void fail(const char *what, const tb_error *error)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_OUTPUT_SIZE);
    tb_error_format(&text, TB_LANGUAGE_EN, error);
    fprintf(stderr, "%s: %.*s\n", what, (int)tb_buffer_get(&text).size, tb_buffer_get(&text).data);
    exit(2);
}

static void compare_record(comparison *self, const tb_compiled_rule *rule, const tb_record *record,
                           bool suspected)
{
    if (!tb_rule_concerns(rule->rule, record))
        return;
    tb_verdict verdict = tb_run_evaluate(&self->run, rule, record);
    bool fails = verdict == TB_VERDICT_FAILS || verdict == TB_VERDICT_BROKEN;
    self->compared++;
    self->suspected += suspected;
    self->failing += fails;
    self->broken += verdict == TB_VERDICT_BROKEN;
    if (!fails || suspected)
        return;
    self->missed++;
    printf("%s: %.*s, record %zu fails and is not suspected:\n  when %.*s\n  formula %.*s\n",
           self->path, (int)rule->rule->id.size, rule->rule->id.data, record->index,
           (int)rule->rule->when.size, rule->rule->when.data, (int)rule->rule->formula.size,
           rule->rule->formula.data);
}

static void compare_rule(comparison *self, const tb_compiled_rule *rule)
{
    tb_screen *screen = &self->run.screens[rule->scope->index];
    tb_error error;
    if (rule->formula_truth == NULL)
        return;
    self->rules++;
    if (screen->scope == NULL &&
        tb_screen_begin(screen, rule->scope, &self->run.binding, &error) != TB_OK)
        fail(self->path, &error);
    for (size_t first = 0; first < screen->record_count; first += TB_COLUMN_SIZE) {
        tb_record_set suspects = tb_screen_suspects(screen, rule, first / TB_COLUMN_SIZE);
        for (size_t i = 0; i < TB_COLUMN_SIZE && first + i < screen->record_count; i++)
            compare_record(self, rule, screen->records[first + i], (suspects >> i & 1) != 0);
    }
}

static void compare_file(comparison *self, const tb_rulebook *book)
{
    const tb_workbook *workbook = NULL;
    const tb_form *form = NULL;
    tb_error error;
    tb_rulebook none = *book;
    none.rule_count = 0; /* so that running them makes the screens and nothing else */
    tb_arena_reset(&self->form_arena);
    tb_arena_reset(&self->arena);
    tb_arena_reset(&self->scratch);
    tb_status status = tb_reader_read_file(self->reader, self->path, &workbook, &error);
    if (status == TB_OK)
        status = tb_form_locate(workbook, book->definition, &self->form_arena, &form, &error);
    if (status == TB_OK)
        status = tb_run_rules(&self->run, &none, form, TB_LANGUAGE_ZH, &self->arena, &self->scratch,
                              &error);
    if (status != TB_OK)
        fail(self->path, &error);
    for (size_t i = 0; i < book->rule_count; i++)
        compare_rule(self, &book->rules[i]);
}

int main(int argc, char **argv)
{
    static comparison self; /* a run is large */
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
    for (int i = 2; i < argc; i++) {
        self.path = argv[i];
        compare_file(&self, tb_checker_rulebook(self.checker, definitions[0]));
    }
    printf("%d forms, %zu rules screened, %zu records compared: %zu suspected, %zu failing, "
           "%zu at a limit; missed %zu\n",
           argc - 2, self.rules, self.compared, self.suspected, self.failing, self.broken,
           self.missed);
    tb_reader_free(self.reader);
    tb_checker_free(self.checker);
    tb_arena_done(&self.form_arena);
    tb_arena_done(&self.arena);
    tb_arena_done(&self.scratch);
    return self.missed > 0;
}
