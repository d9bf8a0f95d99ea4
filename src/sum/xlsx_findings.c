/*
 * The most frequent first; the chart shows those only.
 */
#include "sum/xlsx_findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#define MAX_BARS 20

typedef struct tb_rule_count {
    char *rule; /* owned */
    uint64_t count;
} tb_rule_count;

static bool grow(tb_xlsx_findings *findings)
{
    if (findings->count < findings->capacity)
        return true;
    size_t wanted = findings->capacity == 0 ? 64 : findings->capacity * 2;
    tb_rule_count *grown = realloc(findings->list, wanted * sizeof *grown);
    if (grown == NULL)
        return false;
    findings->list = grown;
    findings->capacity = wanted;
    return true;
}

void tb_xlsx_findings_add(tb_xlsx_findings *findings, tb_str rule)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (tb_str_equal(tb_str_of(findings->list[i].rule), rule)) {
            findings->list[i].count++;
            return;
        }
    }
    char *copy = grow(findings) ? malloc(rule.size + 1) : NULL;
    findings->failed |= copy == NULL;
    if (copy == NULL)
        return;
    memcpy(copy, rule.data, rule.size);
    copy[rule.size] = '\0';
    findings->list[findings->count++] = (tb_rule_count){copy, 1};
}

void tb_xlsx_findings_done(tb_xlsx_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        free(findings->list[i].rule);
    free(findings->list);
    *findings = (tb_xlsx_findings){0};
}

static int compare(const void *a, const void *b)
{
    const tb_rule_count *left = a, *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return strcmp(left->rule, right->rule);
}

static void write_row(tb_xlsx_book *book, tb_xlsx_sheet *sheet, const tb_rule_count *count,
                      tb_str rules)
{
    tb_buffer formula;
    tb_str rule = tb_str_of(count->rule);
    const tb_sum_cell name = {.kind = TB_SUM_TEXT, .text = rule};
    tb_buffer_init(&formula, TB_MAX_TEXT_SIZE);
    tb_buffer_cstr(&formula, "=COUNTIF(");
    tb_buffer_text(&formula, rules);
    tb_buffer_cstr(&formula, ",$A");
    tb_buffer_uint(&formula, sheet->row + 1);
    tb_buffer_char(&formula, ')');
    tb_xlsx_put(book, sheet, 0, &name, false);
    tb_xlsx_put_formula(book, sheet, 1, &formula, (double)count->count, (tb_str){0}, TB_XLSX_COUNT);
    tb_xlsx_end_row(book, sheet);
    tb_buffer_done(&formula);
}

static void add_chart(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t bars)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_BAR);
    lxw_chart_series *series = chart != NULL ? chart_add_series(chart, NULL, NULL) : NULL;
    lxw_chart_options place = {.x_scale = 1.6, .y_scale = 1.8};
    if (series == NULL) {
        book->failed = true;
        return;
    }
    chart_series_set_categories(series, sheet->name, 1, 0, (lxw_row_t)bars, 0);
    chart_series_set_values(series, sheet->name, 1, 1, (lxw_row_t)bars, 1);
    chart_title_set_name(chart, tb_message_get(book->language, TB_MSG_SUM_CHART_FINDINGS));
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_reverse(chart->y_axis);
    book->failed |= worksheet_insert_chart_opt(sheet->sheet, 1, 3, chart, &place) != LXW_NO_ERROR;
}

tb_status tb_xlsx_findings_write(tb_xlsx_findings *findings, tb_xlsx_book *book, tb_str rules,
                                 tb_error *error)
{
    tb_xlsx_sheet sheet = {0};
    if (findings->failed)
        return tb_error_memory(error);
    if (findings->count == 0)
        return TB_OK;
    tb_str title = tb_str_of(tb_message_get(book->language, TB_MSG_SUM_TABLE_CHARTS));
    tb_status status = tb_xlsx_sheet_add(book, &sheet, title, 2, error);
    if (status == TB_OK) {
        qsort(findings->list, findings->count, sizeof *findings->list, compare);
        tb_xlsx_put_heading(book, &sheet, 0,
                            tb_str_of(tb_message_get(book->language, TB_MSG_SUM_COLUMN_RULE)));
        tb_xlsx_put_heading(book, &sheet, 1,
                            tb_str_of(tb_message_get(book->language, TB_MSG_SUM_CHART_COUNT)));
        tb_xlsx_end_row(book, &sheet);
        for (size_t i = 0; i < findings->count; i++)
            write_row(book, &sheet, &findings->list[i], rules);
        add_chart(book, &sheet, findings->count < MAX_BARS ? findings->count : MAX_BARS);
        tb_xlsx_sheet_finish(book, &sheet, 0);
    }
    tb_xlsx_sheet_done(&sheet);
    return status;
}
