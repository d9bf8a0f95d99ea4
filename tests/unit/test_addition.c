/*
 * Where rows and goals are added to, on the blank form and on the filled example. That it is done
 * rightly in a document tests/templates shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "form/addition.h"
#include "opened_form.h"

static const char *definition_path, *blank_path;

static int open_blank(void **state)
{
    static opened_form self;
    *state = &self;
    return opened_form_init(&self, definition_path, blank_path);
}

static int close_blank(void **state)
{
    opened_form_done(*state);
    return 0;
}

/* Rows as a person counts them; copied are the columns that the letters name, both included. */
static void rows_go_inside_of_what_is_merged(void **state)
{
    static const struct {
        const char *cursor, *table;
        uint32_t model, insert;
        const char *copied; /* the first span */
        bool merges;
    } cases[] = {
        {"B16", "projects", 16, 17, "BJ", false},   /* the label is merged over 15 to 18 */
        {"F18", "projects", 18, 18, "BJ", false},   /* and ends here */
        {"A1", "projects", 16, 17, "BJ", false},    /* above all tables */
        {"D24", "indicators", 24, 25, "CJ", false}, /* 产出指标 goes from 24 to 27 */
        {"H27", "indicators", 27, 27, "CJ", false},
        {"D32", "indicators", 32, 33, "AJ", true}, /* 满意度指标 has one row */
        {"A22", "indicators", 24, 25, "CJ", false},
        {"A46", "indicators", 45, 46, "AJ", true}, /* the note below */
    };
    const tb_form *form = ((opened_form *)*state)->form;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_row_addition row;
        assert_true(tb_addition_find_row(form, opened_form_cell(cases[i].cursor), &row));
        assert_true(tb_str_equal(row.list->scope->id, tb_str_of(cases[i].table)));
        assert_int_equal(row.model + 1, cases[i].model);
        assert_int_equal(row.insert + 1, cases[i].insert);
        assert_int_equal(row.span_count, 1);
        assert_int_equal(row.spans[0].from, cases[i].copied[0] - 'A');
        assert_int_equal(row.spans[0].end, cases[i].copied[1] - 'A' + 1);
        assert_int_equal(row.merges, cases[i].merges);
    }
    tb_row_addition row;
    assert_false(tb_addition_find_row(form, (tb_address){1, 0, 0}, &row));
}

static void a_new_row_keeps_the_kinds(void **state)
{
    tb_row_addition row;
    assert_true(tb_addition_find_row(((opened_form *)*state)->form, opened_form_cell("D24"), &row));
    for (uint32_t column = 0; column < 10; column++)
        assert_int_equal(tb_addition_keeps(row.list, column), column == 0 || column == 2);
}

static void goals_go_behind_the_last_of_their_kind(void **state)
{
    static const struct {
        const char *cursor;
        uint32_t from, end;
        const char *title, *text, *formula, *joined;
    } cases[] = {
        {"A1", 21, 32, "长期目标2：", "C21", "=\"目标1：\"&C21",
         "=\"目标1：\"&C21&CHAR(10)&\"目标2：\"&C33"},
        {"D30", 21, 32, "长期目标2：", "C21", "=\"目标1：\"&$C21", NULL},
        {"D33", 33, 45, "年度目标2：", "C33", "=A1&C33", NULL},
        {"A46", 33, 45, "年度目标2：", "C33", "=\"1\"&AC33", NULL},
    };
    const tb_form *form = ((opened_form *)*state)->form;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_block_addition block;
        tb_buffer text;
        tb_buffer_init(&text, 1024);
        assert_true(tb_addition_find_block(form, opened_form_cell(cases[i].cursor), &block));
        assert_int_equal(block.from + 1, cases[i].from);
        assert_int_equal(block.end, cases[i].end);
        assert_true(tb_addition_title(form, &block, &text));
        assert_string_equal(text.data, cases[i].title);
        tb_address at = tb_addition_text_cell(form, &block);
        assert_int_equal(at.row, opened_form_cell(cases[i].text).row);
        assert_int_equal(at.column, opened_form_cell(cases[i].text).column);
        tb_buffer_reset(&text);
        bool joins = tb_addition_join(form, &block, tb_str_of(cases[i].formula), &text);
        assert_int_equal(joins, cases[i].joined != NULL);
        if (joins)
            assert_string_equal(text.data, cases[i].joined);
        tb_buffer_done(&text);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 1;
    definition_path = argv[1];
    blank_path = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_go_inside_of_what_is_merged),
        cmocka_unit_test(a_new_row_keeps_the_kinds),
        cmocka_unit_test(goals_go_behind_the_last_of_their_kind),
    };
    return cmocka_run_group_tests(tests, open_blank, close_blank);
}
