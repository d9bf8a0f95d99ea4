/*
 * Screening against evaluating: for every rule that is screened, every record and every form that
 * is named, evaluating must be silent wherever screening is. Prints how many there were.
 *
 * Usage: compare_screen DEFINITION FILE…      (test_screen.py calls it)
 */
#include <stdio.h>

#include "forms.h"
#include "rule/run.h"

#define SMALL ((size_t)96 << 10) /* a dictionary that is often full */

typedef struct comparison {
    test_forms forms;
    const char *path;
    tb_run run;
    size_t rules, compared, suspected, failing, broken, missed;
} comparison;

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
        test_fail(self->path, &error);
    for (size_t first = 0; first < screen->record_count; first += TB_COLUMN_SIZE) {
        tb_record_set suspects = tb_screen_suspects(screen, rule, first / TB_COLUMN_SIZE);
        for (size_t i = 0; i < TB_COLUMN_SIZE && first + i < screen->record_count; i++)
            compare_record(self, rule, screen->records[first + i], (suspects >> i & 1) != 0);
    }
}

static void compare_file(comparison *self, const tb_rulebook *book)
{
    tb_error error;
    tb_rulebook none = *book;
    none.rule_count = 0; /* so that running them makes the screens and nothing else */
    const tb_form *form = test_forms_locate(&self->forms, self->path);
    if (tb_run_rules(&self->run, &none, form, TB_LANGUAGE_ZH, &self->forms.arena,
                     &self->forms.scratch, &error) != TB_OK)
        test_fail(self->path, &error);
    for (size_t i = 0; i < book->rule_count; i++)
        compare_rule(self, &book->rules[i]);
}

int main(int argc, char **argv)
{
    static comparison self; /* a run is large */
    if (argc < 3) {
        fprintf(stderr, "usage: %s DEFINITION FILE...\n", argv[0]);
        return 64;
    }
    test_forms_open(&self.forms, argv[1], SMALL);
    for (int i = 2; i < argc; i++) {
        self.path = argv[i];
        compare_file(&self, self.forms.book);
    }
    printf("%d forms, %zu rules screened, %zu records compared: %zu suspected, %zu failing, "
           "%zu at a limit; missed %zu\n",
           argc - 2, self.rules, self.compared, self.suspected, self.failing, self.broken,
           self.missed);
    test_forms_close(&self.forms);
    return self.missed > 0;
}
