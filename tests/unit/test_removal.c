/*
 * Which rows can be taken out of the filled example, and what moves up for it. That it is done
 * rightly in a document tests/templates shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "form/removal.h"
#include "opened_form.h"

static const char *definition_path, *example_path;

static int open_example(void **state)
{
    static opened_form self;
    *state = &self;
    return opened_form_init(&self, definition_path, example_path);
}

static int close_example(void **state)
{
    opened_form_done(*state);
    return 0;
}

/* Rows as a person counts them, of one cell or of two. */
static tb_removal_verdict find_rows(const opened_form *self, const char *first, const char *last,
                                    tb_row_removal *ret)
{
    return tb_removal_find_rows(self->form, 0, opened_form_cell(first).row,
                                opened_form_cell(last).row, ret);
}

static void what_would_be_lost_stays(void **state)
{
    static const struct {
        const char *first, *last;
        tb_removal_verdict verdict;
    } cases[] = {
        {"B17", "B17", TB_REMOVAL_POSSIBLE}, /* projects stand from 16 to 19 */
        {"B16", "B18", TB_REMOVAL_POSSIBLE},
        {"B16", "B19", TB_REMOVAL_LAST_ROW},
        {"B15", "B17", TB_REMOVAL_NO_ROWS}, /* with the header */
        {"B19", "D25", TB_REMOVAL_NO_ROWS}, /* of two tables */
        {"D26", "D36", TB_REMOVAL_NO_ROWS}, /* of two goals */
        {"A1", "A1", TB_REMOVAL_NO_ROWS},
        {"A24", "A24", TB_REMOVAL_NO_ROWS},
        {"D12", "D12", TB_REMOVAL_NO_ROWS},  /* a sum */
        {"D25", "D25", TB_REMOVAL_POSSIBLE}, /* two of 数量指标 */
        {"D26", "D26", TB_REMOVAL_POSSIBLE},
        {"D25", "D26", TB_REMOVAL_LAST_OF_KIND},
        {"D27", "D27", TB_REMOVAL_LAST_OF_KIND},
        {"D26", "D27", TB_REMOVAL_LAST_OF_KIND}, /* one can go, the other can't */
        {"D31", "D31", TB_REMOVAL_LAST_OF_KIND},
        {"C32", "C32", TB_REMOVAL_POSSIBLE}, /* "……" */
        {"D48", "D49", TB_REMOVAL_POSSIBLE}, /* two of three */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_row_removal removal;
        if (find_rows(*state, cases[i].first, cases[i].last, &removal) != cases[i].verdict)
            fail_msg("%s to %s", cases[i].first, cases[i].last);
    }
}

static void another_sheet_has_no_rows(void **state)
{
    tb_row_removal removal;
    const tb_form *form = ((opened_form *)*state)->form;
    assert_int_equal(tb_removal_find_rows(form, 7, 24, 24, &removal), TB_REMOVAL_NO_ROWS);
}

static void what_is_merged_keeps_its_first_row(void **state)
{
    static const struct {
        const char *first, *last, *asked;
        const char *moved; /* the columns between the letters, both included; NULL: none */
    } cases[] = {
        {"B17", "B17", "B17", NULL}, /* inside of A15 to A19 */
        {"D26", "D26", "D26", NULL},
        {"D25", "D25", "D25", "CH"}, /* A25 begins here and goes to 29 */
        {"D48", "D49", "D49", NULL},
        {"D48", "D49", "D48", "CH"}, /* A48 goes on after 49 */
        {"C32", "C32", "C32", NULL},
    };
    const tb_form *form = ((opened_form *)*state)->form;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_row_removal removal;
        tb_column_span spans[TB_ADDITION_SPANS_MAX];
        assert_int_equal(find_rows(*state, cases[i].first, cases[i].last, &removal),
                         TB_REMOVAL_POSSIBLE);
        size_t count =
            tb_removal_spans(form, &removal, opened_form_cell(cases[i].asked).row, spans);
        assert_int_equal(count, cases[i].moved != NULL);
        if (count == 0)
            continue;
        assert_int_equal(spans[0].from, cases[i].moved[0] - 'A');
        assert_int_equal(spans[0].end, cases[i].moved[1] - 'A' + 1);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 1;
    definition_path = argv[1];
    example_path = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_would_be_lost_stays),
        cmocka_unit_test(another_sheet_has_no_rows),
        cmocka_unit_test(what_is_merged_keeps_its_first_row),
    };
    return cmocka_run_group_tests(tests, open_example, close_example);
}
