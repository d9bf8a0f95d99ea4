/*
 * Only what the rules on money read is filled in: one sheet, labels as printed.
 */
#include "workbook.h"

#include <stdio.h>
#include <stdlib.h>

/* A column or row of the sheet, from 0. */
enum { HEADINGS, GROUPS, LABELS, NOW, SHARES, BEFORE_LAST, LAST_YEAR };
enum { TITLE_ROW, HEADING_ROW, YEAR_ROW, MONEY_ROW, PROJECT_HEADING_ROW = MONEY_ROW + ROW_COUNT };

static const struct {
    uint32_t row, column;
    const char *text;
} labels[] = {
    {TITLE_ROW, HEADINGS, "部门整体绩效目标申报表"},
    {HEADING_ROW, HEADINGS, "部门总体资金情况"},
    {HEADING_ROW, GROUPS, "总体资金情况"},
    {HEADING_ROW, NOW, "当年金额"},
    {HEADING_ROW, SHARES, "占比"},
    {HEADING_ROW, BEFORE_LAST, "近两年收支金额"},
    {YEAR_ROW, BEFORE_LAST, "2024年"},
    {YEAR_ROW, LAST_YEAR, "2025年"},
    {MONEY_ROW + FISCAL, GROUPS, "收入构成"},
    {MONEY_ROW + FISCAL, LABELS, "财政拨款"},
    {MONEY_ROW + OTHER, LABELS, "其他资金"},
    {MONEY_ROW + INCOME, LABELS, "合计"},
    {MONEY_ROW + BASIC, GROUPS, "支出构成"},
    {MONEY_ROW + BASIC, LABELS, "基本支出"},
    {MONEY_ROW + PROJECT, LABELS, "项目支出"},
    {MONEY_ROW + EXPENDITURE, LABELS, "合计"},
    {PROJECT_HEADING_ROW, HEADINGS, "项目支出情况"},
    {PROJECT_HEADING_ROW, GROUPS, "项目名称"},
    {PROJECT_HEADING_ROW, LABELS, "项目类型"},
    {PROJECT_HEADING_ROW, NOW, "项目总预算"},
    {PROJECT_HEADING_ROW, SHARES, "项目本年度预算"},
    {PROJECT_HEADING_ROW, BEFORE_LAST, "项目主要支出方向和用途"},
};

static void need(bool ok)
{
    if (!ok) {
        fputs("no memory for a workbook\n", stderr);
        exit(2);
    }
}

static tb_cell *add_cell(tb_workbook_builder *builder, tb_address at)
{
    tb_error error;
    need(tb_workbook_builder_band(builder, at.row, 1, false, &error) == TB_OK);
    tb_cell *cell = tb_workbook_builder_cell(builder, at.column, 1, &error);
    need(cell != NULL);
    return cell;
}

static void add_text(tb_workbook_builder *builder, uint32_t row, uint32_t column, tb_str text)
{
    tb_cell *cell = add_cell(builder, (tb_address){0, row, column});
    cell->type = TB_CELL_TEXT;
    cell->text = text;
    cell->format = (tb_number_format){TB_FORMAT_GENERAL, TB_DECIMALS_ANY};
}

static void add_number(tb_workbook_builder *builder, size_t index, units value)
{
    tb_cell *cell = add_cell(builder, workbook_address(index));
    cell->type = TB_CELL_NUMBER;
    cell->number = workbook_number(value);
    cell->format =
        (tb_number_format){is_share_cell(index) ? TB_FORMAT_PERCENT : TB_FORMAT_NUMBER, 2};
}

static void add_project(tb_arena *arena, tb_workbook_builder *builder, size_t index)
{
    char name[32];
    uint32_t row = workbook_address(budget_cell(index)).row;
    snprintf(name, sizeof name, "项目%zu", index + 1);
    tb_str text = tb_arena_dup(arena, tb_str_of(name));
    need(text.data != NULL);
    add_text(builder, row, GROUPS, text);
    add_text(builder, row, LABELS, TB_STR("常年性项目"));
    add_text(builder, row, BEFORE_LAST, TB_STR("设备购置和维护"));
}

tb_decimal workbook_number(units value)
{
    return tb_decimal_normalize((tb_decimal){value, UNIT_DIGITS});
}

tb_address workbook_address(size_t cell)
{
    static const uint32_t columns[YEAR_COUNT] = {NOW, BEFORE_LAST, LAST_YEAR};
    if (cell < FIRST_SHARE)
        return (tb_address){0, (uint32_t)(MONEY_ROW + cell % ROW_COUNT), columns[cell / ROW_COUNT]};
    if (cell < FIRST_PROJECT)
        return (tb_address){0, (uint32_t)(MONEY_ROW + cell - FIRST_SHARE), SHARES};
    size_t at = cell - FIRST_PROJECT;
    return (tb_address){0, (uint32_t)(PROJECT_HEADING_ROW + 1 + at / 2),
                        at % 2 == 0 ? SHARES : NOW};
}

const tb_workbook *workbook_make(tb_arena *arena, const slip_table *table)
{
    tb_workbook_builder *builder = NULL;
    tb_workbook *workbook = NULL;
    tb_error error;
    need(tb_workbook_builder_new(arena, &builder, &error) == TB_OK);
    need(tb_workbook_builder_sheet(builder, TB_STR("申报表"), false, &error) == TB_OK);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        add_text(builder, labels[i].row, labels[i].column, tb_str_of(labels[i].text));
    for (size_t i = 0; i < table->project_count; i++)
        add_project(arena, builder, i);
    for (size_t i = 0; i < table_cell_count(table); i++)
        add_number(builder, i, table->cells[i]);
    tb_range years = {HEADING_ROW, BEFORE_LAST, HEADING_ROW, LAST_YEAR};
    need(tb_workbook_builder_merge(builder, years, &error) == TB_OK);
    need(tb_workbook_builder_finish(builder, &workbook, &error) == TB_OK);
    return workbook;
}
