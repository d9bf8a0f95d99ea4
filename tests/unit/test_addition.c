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

#include "base/limits.h"
#include "base/platform.h"
#include "form/addition.h"
#include "sheet/reader.h"

static const char *definition_path, *blank_path;

typedef struct opened {
    tb_buffer json;
    tb_arena arena;
    tb_reader *reader;
    const tb_form *form;
} opened;

static int open_blank(void **state)
{
    static opened self;
    const tb_definition *definition;
    const tb_workbook *workbook;
    tb_buffer_init(&self.json, TB_MAX_DEFINITION_SIZE);
    tb_arena_init(&self.arena, TB_MAX_DEFINITION_MEMORY);
    if (tb_platform_read_file(definition_path, &self.json, NULL) != TB_OK ||
        tb_definition_read(&self.arena, tb_buffer_get(&self.json), "form.json", &definition,
                           NULL) != TB_OK ||
        tb_reader_new(&self.reader, NULL) != TB_OK ||
        tb_reader_read_file(self.reader, blank_path, &workbook, NULL) != TB_OK ||
        tb_form_locate(workbook, definition, NULL, &self.arena, &self.form, NULL) != TB_OK)
        return -1;
    *state = &self;
    return 0;
}

static int close_blank(void **state)
{
    opened *self = *state;
    tb_reader_free(self->reader);
    tb_arena_done(&self->arena);
    tb_buffer_done(&self->json);
    return 0;
}

static tb_address cell(const char *name)
{
    tb_address at = {0};
    assert_true(tb_cell_parse_name(tb_str_of(name), &at.row, &at.column));
    return at;
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
    const tb_form *form = ((opened *)*state)->form;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_row_addition row;
        assert_true(tb_addition_find_row(form, cell(cases[i].cursor), &row));
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
    assert_true(tb_addition_find_row(((opened *)*state)->form, cell("D24"), &row));
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
    const tb_form *form = ((opened *)*state)->form;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_block_addition block;
        tb_buffer text;
        tb_buffer_init(&text, 1024);
        assert_true(tb_addition_find_block(form, cell(cases[i].cursor), &block));
        assert_int_equal(block.from + 1, cases[i].from);
        assert_int_equal(block.end, cases[i].end);
        assert_true(tb_addition_title(form, &block, &text));
        assert_string_equal(text.data, cases[i].title);
        tb_address at = tb_addition_text_cell(form, &block);
        assert_int_equal(at.row, cell(cases[i].text).row);
        assert_int_equal(at.column, cell(cases[i].text).column);
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
