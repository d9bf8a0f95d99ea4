/*
 * The amounts of forms of one kind and year, added up: all of them, and those without open errors.
 * Used inside src/sum only.
 */
#ifndef TB_SUM_TOTALS_H
#define TB_SUM_TOTALS_H

#include "sum/collection.h"
#include "sum/writer.h"

typedef struct tb_sum_total {
    tb_decimal all, clean;
    bool too_large; /* a sum has more digits than are kept; then it is not shown */
    uint64_t missing;
} tb_sum_total;

typedef struct tb_sum_totals {
    const tb_sum_family *family; /* NULL: of no forms yet */
    int year;
    uint64_t forms, clean_forms;
    size_t capacity;
    tb_sum_total *list; /* owned; of each of the family's amounts */
} tb_sum_totals;

/* A zeroed struct is empty. */
void tb_sum_totals_done(tb_sum_totals *totals);

/* Begins anew. */
tb_status tb_sum_totals_begin(tb_sum_totals *totals, const tb_sum_family *family, int year,
                              tb_error *error);
/* Counts a form. */
void tb_sum_totals_add_form(tb_sum_totals *totals, bool is_clean);
/* Adds a row of the totals in its sheaf: place, sum, number of values missing. */
void tb_sum_totals_add(tb_sum_totals *totals, const tb_sum_cell *cells, bool is_clean);
/* Gives the rows to the writers. */
void tb_sum_totals_write(const tb_sum_totals *totals, tb_sum_writer *const *writers, size_t count);

#endif
