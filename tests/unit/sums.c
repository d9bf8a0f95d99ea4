/*
 * Making the form of sums.
 */
#include "sums.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/limits.h"

static tb_checker *checker;
static tb_check *check;
static tb_arena arena;

void sums_begin(const char *definition)
{
    tb_error error;
    tb_definition_sources sources = {.only = definition};
    assert_int_equal(tb_checker_new(&sources, &checker, &error), TB_OK);
    assert_int_equal(tb_check_new(checker, TB_LANGUAGE_ZH, &check, &error), TB_OK);
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
}

void sums_end(void)
{
    tb_check_free(check);
    tb_checker_free(checker);
    tb_arena_done(&arena);
}

static void add_cell(tb_workbook_builder *builder, uint32_t column, const char *value)
{
    tb_cell *cell = tb_workbook_builder_cell(builder, column, 1, NULL);
    assert_non_null(cell);
    tb_str text = tb_str_of(value);
    bool is_number = tb_decimal_parse(text, &cell->number);
    cell->type = is_number ? TB_CELL_NUMBER : TB_CELL_TEXT;
    cell->text = is_number ? (tb_str){0} : text;
    cell->format = (tb_number_format){is_number ? TB_FORMAT_NUMBER : TB_FORMAT_GENERAL,
                                      is_number ? 2 : TB_DECIMALS_ANY};
}

static void add_row(tb_workbook_builder *builder, uint32_t row, const char *label,
                    const char *value)
{
    assert_int_equal(tb_workbook_builder_band(builder, row, 1, false, NULL), TB_OK);
    add_cell(builder, 0, label);
    if (value != NULL)
        add_cell(builder, 1, value);
}

const tb_result *sums_check(const char *const values[SUMS_FIELDS])
{
    static const char *const labels[SUMS_FIELDS] = {"甲", "乙", "丙", "总计", "账面数"};
    tb_workbook_builder *builder = NULL;
    tb_workbook *workbook = NULL;
    const tb_result *result = NULL;
    tb_error error;
    tb_arena_reset(&arena);
    assert_int_equal(tb_workbook_builder_new(&arena, &builder, &error), TB_OK);
    assert_int_equal(tb_workbook_builder_sheet(builder, TB_STR("表"), false, &error), TB_OK);
    add_row(builder, 0, "合计表", NULL);
    for (uint32_t i = 0; i < SUMS_FIELDS; i++)
        add_row(builder, i + 1, labels[i], values[i]);
    assert_int_equal(tb_workbook_builder_finish(builder, &workbook, &error), TB_OK);
    assert_int_equal(tb_check_run(check, workbook, &result, &error), TB_OK);
    return result;
}

const tb_finding *sums_root(const tb_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].cause == 0)
            return &result->findings[i];
    return NULL;
}
