/*
 * The grid and its builder: order, repeats, what is dropped, limits, merges, names of cells.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "sheet/workbook.h"

static tb_arena arena;
static tb_workbook_builder *builder;

static int begin(void **state)
{
    (void)state;
    tb_arena_init(&arena, (size_t)64 << 20);
    return tb_workbook_builder_new(&arena, &builder, NULL) ||
           tb_workbook_builder_sheet(builder, TB_STR("S"), false, NULL);
}

static int end(void **state)
{
    (void)state;
    tb_arena_done(&arena);
    return 0;
}

static void band(uint32_t row, uint32_t rows)
{
    assert_int_equal(tb_workbook_builder_band(builder, row, rows, false, NULL), TB_OK);
}

static void put(uint32_t column, uint32_t width, int64_t number)
{
    tb_cell *cell = tb_workbook_builder_cell(builder, column, width, NULL);
    assert_non_null(cell);
    cell->type = TB_CELL_NUMBER;
    cell->number = tb_decimal_of(number);
}

static const tb_sheet *finish(void)
{
    tb_workbook *workbook;
    assert_int_equal(tb_workbook_builder_finish(builder, &workbook, NULL), TB_OK);
    return &workbook->sheets[0];
}

static int64_t number_at(const tb_sheet *sheet, uint32_t row, uint32_t column)
{
    int64_t number = -1;
    const tb_cell *cell = tb_sheet_find_cell(sheet, row, column);
    if (cell != NULL)
        tb_decimal_to_int(cell->number, &number);
    return number;
}

static void any_order_is_sorted_and_the_last_wins(void **state)
{
    (void)state;
    band(5, 1);
    put(3, 1, 53);
    put(1, 1, 51);
    put(3, 1, 530);
    band(2, 1);
    put(0, 4, 20);
    put(2, 1, 22);
    band(5, 1);
    put(1, 1, 510);
    const tb_sheet *sheet = finish();
    assert_int_equal(sheet->band_count, 2);
    assert_int_equal(number_at(sheet, 5, 1), 510);
    assert_int_equal(number_at(sheet, 5, 3), 530);
    assert_int_equal(number_at(sheet, 2, 1), 20);
    assert_int_equal(number_at(sheet, 2, 2), 22);
    assert_int_equal(number_at(sheet, 5, 2), -1);
}

static void what_is_empty_is_dropped(void **state)
{
    (void)state;
    band(0, 1);
    assert_non_null(tb_workbook_builder_cell(builder, 0, 1, NULL));
    band(1, 1000000);
    put(0, 16384, 7);
    assert_non_null(tb_workbook_builder_cell(builder, 0, 1, NULL));
    const tb_sheet *sheet = finish();
    assert_int_equal(sheet->band_count, 1);
    assert_int_equal(sheet->bands[0].cell_count, 1);
    assert_int_equal(sheet->row_count, 1000001);
    assert_int_equal(sheet->column_count, 16384);
    assert_int_equal(number_at(sheet, 777777, 9999), 7);
}

static void the_edges_of_the_grid_hold(void **state)
{
    (void)state;
    tb_error error;
    band(TB_MAX_ROWS - 1, 1);
    put(TB_MAX_COLUMNS - 1, 1, 1);
    assert_null(tb_workbook_builder_cell(builder, TB_MAX_COLUMNS, 1, &error));
    assert_int_equal(error.message, TB_MSG_SHEET_TOO_MANY_COLUMNS);
    assert_int_equal(tb_workbook_builder_band(builder, TB_MAX_ROWS, 1, false, &error), TB_LIMIT);
    assert_int_equal(error.message, TB_MSG_SHEET_TOO_MANY_ROWS);
}

static void merges_are_found_among_many(void **state)
{
    (void)state;
    for (uint32_t row = 1000; row-- > 0;) {
        tb_range range = {row * 2, row % 7, row * 2 + 1, row % 7 + 2};
        assert_int_equal(tb_workbook_builder_merge(builder, range, NULL), TB_OK);
    }
    const tb_sheet *sheet = finish();
    for (uint32_t row = 0; row < 2000; row++) {
        uint32_t left = row / 2 % 7;
        assert_non_null(tb_sheet_find_merge(sheet, row, left + 2));
        assert_int_equal(tb_sheet_find_merge(sheet, row, left)->row, row / 2 * 2);
        assert_null(tb_sheet_find_merge(sheet, row, left + 3));
    }
}

static const struct {
    const char *name;
    bool good;
    uint32_t row, column;
} cell_names[] = {
    {"A1", true, 0, 0},         {"$h$12", true, 11, 7}, {"XFD1048576", true, 1048575, 16383},
    {"XFE1", false, 0, 0},      {"A0", false, 0, 0},    {"A1048577", false, 0, 0},
    {"1A", false, 0, 0},        {"", false, 0, 0},      {"A", false, 0, 0},
    {"AAAAAAAA1", false, 0, 0},
};

static void cells_have_names(void **state)
{
    (void)state;
    char name[TB_CELL_NAME_SIZE];
    for (size_t i = 0; i < sizeof cell_names / sizeof cell_names[0]; i++) {
        uint32_t row = 0, column = 0;
        assert_int_equal(tb_cell_parse_name(tb_str_of(cell_names[i].name), &row, &column),
                         cell_names[i].good);
        assert_int_equal(row, cell_names[i].row);
        assert_int_equal(column, cell_names[i].column);
    }
    assert_true(tb_str_equal(tb_cell_name(1048575, 16383, name), TB_STR("XFD1048576")));
    assert_true(tb_str_equal(tb_cell_name(0, 26, name), TB_STR("AA1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_order_is_sorted_and_the_last_wins, begin, end),
        cmocka_unit_test_setup_teardown(what_is_empty_is_dropped, begin, end),
        cmocka_unit_test_setup_teardown(the_edges_of_the_grid_hold, begin, end),
        cmocka_unit_test_setup_teardown(merges_are_found_among_many, begin, end),
        cmocka_unit_test_setup_teardown(cells_have_names, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
