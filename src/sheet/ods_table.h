/*
 * A table while it is read: shared by ods_content.c (tables, rows, columns), ods_cell.c (cells) and
 * ods_runs.c (what was read before).
 */
#ifndef TB_SHEET_ODS_TABLE_H
#define TB_SHEET_ODS_TABLE_H

#include "sheet/ods.h"

struct tb_ods_cell_tag;
typedef void tb_ods_set_value(tb_cell *cell, const struct tb_ods_cell_tag *tag, tb_str text);

/* What the start tag of a cell says. */
typedef struct tb_ods_cell_tag {
    tb_str style, type, value, date, time, boolean, string, formula;
    bool has_string, is_error;
    bool is_restricted; /* it has a validity */
    bool is_blank;      /* it has at most a style, as most cells */
    uint32_t repeated, columns_spanned, rows_spanned;
    tb_number_format format; /* where it has a style */
    tb_ods_set_value *set;
} tb_ods_cell_tag;

/* What the start tag of a row says. */
typedef struct tb_ods_row_tag {
    uint32_t repeated;
    bool hidden;
    tb_str style; /* the default one of its cells */
} tb_ods_row_tag;

/* The default cell style of the columns from one on, up to the next such entry. */
typedef struct tb_ods_column_style {
    uint32_t first;
    tb_str name;
} tb_ods_column_style;

typedef struct tb_ods_table {
    tb_package *package;
    tb_ods_styles *styles;
    tb_package_facts *facts;
    const tb_ods_validities *validities;
    tb_ods_column_style *columns;
    size_t column_count, column_capacity;
    uint32_t next_column_style; /* the first column that is not yet described */
    uint32_t row, rows;         /* the current row, and how often it is repeated */
    uint32_t column;
    tb_str row_style;
    struct tb_ods_runs *runs;
    tb_str last_style; /* neighbours share their style: the last one looked up, and its format */
    tb_number_format last_format;
} tb_ods_table;

/* A count of at least 1, cut at `max`. */
uint32_t tb_ods_count(tb_str value, uint32_t max);

static inline void tb_ods_pass_columns(tb_ods_table *table, uint32_t count)
{
    table->column = count < UINT32_MAX - table->column ? table->column + count : UINT32_MAX;
}

/* ods_cell.c */
/* What the start tag just read says; in `room` where it is not kept. */
const tb_ods_cell_tag *tb_ods_read_cell_tag(tb_ods_table *table, tb_ods_cell_tag *room);
/* A cell with something in it, at the present place. */
void tb_ods_add_cell(tb_ods_table *table, const tb_ods_cell_tag *tag, tb_str text);
/* Whatever is in it: its merge, its validity; the place moves on. */
void tb_ods_end_cell(tb_ods_table *table, const tb_ods_cell_tag *tag);

/* ods_content.c */
void tb_ods_begin_row(tb_ods_table *table, const tb_ods_row_tag *tag);
void tb_ods_end_row(tb_ods_table *table);

#endif
