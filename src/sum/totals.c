/*
 * Sums are exact. Columns stand in fixed_tables.c.
 */
#include "sum/totals.h"

#include <stdio.h>
#include <stdlib.h>

#include "sum/row.h"

void tb_sum_totals_done(tb_sum_totals *totals)
{
    free(totals->list);
    *totals = (tb_sum_totals){0};
}

tb_status tb_sum_totals_begin(tb_sum_totals *totals, const tb_sum_family *family, int year,
                              tb_error *error)
{
    if (family->money_count > totals->capacity) {
        tb_sum_total *grown = realloc(totals->list, family->money_count * sizeof *grown);
        if (grown == NULL)
            return tb_error_memory(error);
        totals->list = grown;
        totals->capacity = family->money_count;
    }
    for (size_t i = 0; i < family->money_count; i++)
        totals->list[i] = (tb_sum_total){0};
    totals->family = family;
    totals->year = year;
    totals->forms = totals->clean_forms = 0;
    return TB_OK;
}

void tb_sum_totals_add_form(tb_sum_totals *totals, bool is_clean)
{
    totals->forms++;
    totals->clean_forms += is_clean;
}

void tb_sum_totals_add(tb_sum_totals *totals, const tb_sum_cell *cells, bool is_clean)
{
    tb_decimal place, sum, missing;
    int64_t index = 0, lacks = 0;
    if (!tb_decimal_parse(cells[0].text, &place) || !tb_decimal_to_int(place, &index) ||
        !tb_decimal_parse(cells[1].text, &sum) || !tb_decimal_parse(cells[2].text, &missing) ||
        !tb_decimal_to_int(missing, &lacks) || (size_t)index >= totals->family->money_count)
        return;
    tb_sum_total *total = &totals->list[index];
    total->missing += (uint64_t)lacks;
    total->too_large |= !tb_decimal_add(total->all, sum, &total->all);
    if (is_clean)
        total->too_large |= !tb_decimal_add(total->clean, sum, &total->clean);
}

static void write_total(const tb_sum_totals *totals, size_t index, tb_sum_writer *const *writers,
                        size_t count)
{
    const tb_sum_total *total = &totals->list[index];
    const tb_sum_money *money = &totals->family->money[index];
    tb_sum_row row;
    tb_sum_row_init(&row);
    tb_sum_row_text(&row, totals->family->id);
    tb_sum_row_year(&row, totals->year);
    tb_sum_row_text(&row, money->path);
    tb_sum_row_text(&row, money->name);
    tb_sum_row_text(&row, money->unit);
    tb_sum_row_number(&row, total->too_large ? NULL : &total->all);
    tb_sum_row_count(&row, totals->forms);
    tb_sum_row_number(&row, total->too_large ? NULL : &total->clean);
    tb_sum_row_count(&row, totals->clean_forms);
    tb_sum_row_count(&row, totals->forms - totals->clean_forms);
    tb_sum_row_count(&row, total->missing);
    for (size_t i = 0; i < count; i++)
        writers[i]->type->row(writers[i], TB_SUM_TOTALS, row.cells);
}

void tb_sum_totals_write(const tb_sum_totals *totals, tb_sum_writer *const *writers, size_t count)
{
    for (size_t i = 0; totals->forms > 0 && i < totals->family->money_count; i++)
        write_total(totals, i, writers, count);
}
