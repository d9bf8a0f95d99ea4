/*
 * Two results say the same where every finding does. One result of a form with errors is compared
 * with copies of itself in each of which one thing is different.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rule/compare_results.h"

#include "sums.h"

#define FINDINGS_MAX 8

/* A result whose parts can be changed; what they point to is the original's. */
typedef struct copy {
    tb_result result;
    tb_finding findings[FINDINGS_MAX];
    tb_form form;
    tb_workbook workbook;
    tb_sheet sheet;
    tb_definition definition;
} copy;

static void make_copy(copy *self, const tb_result *original)
{
    assert_in_range(original->finding_count, 2, FINDINGS_MAX);
    self->result = *original;
    self->form = *original->form;
    self->workbook = *original->form->workbook;
    self->sheet = original->form->workbook->sheets[0];
    self->definition = *original->definition;
    memcpy(self->findings, original->findings, original->finding_count * sizeof *self->findings);
    self->workbook.sheets = &self->sheet;
    self->workbook.sheet_count = 1;
    self->form.workbook = &self->workbook;
    self->result.form = &self->form;
    self->result.definition = &self->definition;
    self->result.findings = self->findings;
}

/* ---- what makes a difference ---- */

static tb_finding *last(copy *self)
{
    return &self->findings[self->result.finding_count - 1];
}

static void change_outcome(copy *self)
{
    self->result.outcome = TB_OUTCOME_UNREADABLE;
}

static void change_count(copy *self)
{
    self->result.finding_count--;
}

static void change_form(copy *self)
{
    self->definition.id = TB_STR("other");
}

static void change_version(copy *self)
{
    self->definition.version = TB_STR("0");
}

static void lose_form(copy *self)
{
    self->result.definition = NULL;
}

static void change_sheet(copy *self)
{
    self->sheet.name = TB_STR("别的表");
}

static void change_rule(copy *self)
{
    last(self)->rule = TB_STR("R0");
}

static void change_severity(copy *self)
{
    last(self)->severity = TB_NOTICE_SEVERITY;
}

static void change_row(copy *self)
{
    last(self)->at.row++;
}

static void change_column(copy *self)
{
    last(self)->at.column++;
}

static void change_field(copy *self)
{
    last(self)->field = TB_STR("x");
}

static void change_message(copy *self)
{
    self->findings[0].message = TB_STR("x");
}

static void change_expected(copy *self)
{
    last(self)->expected = TB_STR("x");
}

static void change_actual(copy *self)
{
    last(self)->actual = TB_STR("x");
}

static void change_difference(copy *self)
{
    last(self)->difference = TB_STR("x");
}

static void change_cause(copy *self)
{
    last(self)->cause = 7;
}

static void change_explanation(copy *self)
{
    last(self)->explained = TB_EXPLANATION_STALE;
}

/* ---- what makes none ---- */

static void change_nothing(copy *self)
{
    (void)self;
}

/* Two readings of one file lie at different places. */
static void move_item(copy *self)
{
    last(self)->item = NULL;
}

static void rename_place(copy *self)
{
    last(self)->place = TB_STR("x");
}

static const struct {
    const char *name;
    void (*change)(copy *self);
    bool equal;
} cases[] = {
    {"outcome", change_outcome, false},
    {"count", change_count, false},
    {"form", change_form, false},
    {"version", change_version, false},
    {"no form", lose_form, false},
    {"sheet", change_sheet, false},
    {"rule", change_rule, false},
    {"severity", change_severity, false},
    {"row", change_row, false},
    {"column", change_column, false},
    {"field", change_field, false},
    {"message", change_message, false},
    {"expected", change_expected, false},
    {"actual", change_actual, false},
    {"difference", change_difference, false},
    {"cause", change_cause, false},
    {"explanation", change_explanation, false},
    {"nothing", change_nothing, true},
    {"item", move_item, true},
    {"place", rename_place, true},
};

static void what_is_said_is_compared(void **state)
{
    (void)state;
    const tb_result *result = sums_check((const char *[]){"1", "2", NULL, "9", "8"});
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        copy changed;
        make_copy(&changed, result);
        cases[i].change(&changed);
        print_message("%s\n", cases[i].name);
        assert_int_equal(tb_result_equal(result, &changed.result), cases[i].equal);
        assert_int_equal(tb_result_equal(&changed.result, result), cases[i].equal);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_said_is_compared)};
    if (argc < 2)
        return 2;
    sums_begin(argv[1]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sums_end();
    return failed;
}
