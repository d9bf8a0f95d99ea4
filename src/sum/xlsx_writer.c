/*
 * Tables as the sheets of one workbook: the overview first, what was left out last.
 */
#include <stdlib.h>

#include "base/decimal.h"
#include "base/limits.h"
#include "sum/writer.h"
#include "sum/xlsx_book.h"
#include "sum/xlsx_findings.h"
#include "sum/xlsx_formula.h"

#define FILE_COLUMN (TB_SUM_LEAD - 1)

/* Where a table names the cell that its row is from; both are the number of columns where not. */
typedef struct cell_columns {
    size_t sheet, cell;
} cell_columns;

typedef struct xlsx_writer {
    tb_sum_writer base;
    tb_sum_writing writing;
    tb_xlsx_book book;
    tb_xlsx_sheet *sheets; /* owned; by table */
    const char **names;    /* owned; of the sheets */
    cell_columns *cells;   /* owned; by table */
    tb_xlsx_findings findings;
    tb_sum_form form;
    tb_sum_cell lead[TB_SUM_LEAD]; /* of the form */
    tb_buffer kept;                /* the form's texts */
    tb_buffer formula;
} xlsx_writer;

static const tb_sum_table *table_of(const xlsx_writer *self, size_t table)
{
    return &self->writing.outline->tables[table];
}

/* ---- a form ---- */

static void keep_text(xlsx_writer *self, tb_str *text, size_t *at)
{
    text->data = self->kept.data + *at;
    *at += text->size;
}

static void write_form(tb_sum_writer *base, const tb_sum_form *form)
{
    xlsx_writer *self = (xlsx_writer *)base;
    size_t at = 0;
    self->form = *form;
    tb_buffer_reset(&self->kept);
    for (size_t i = 0; i < TB_SUM_LEAD; i++) {
        self->lead[i] = form->lead[i];
        tb_buffer_text(&self->kept, form->lead[i].text);
    }
    tb_buffer_text(&self->kept, form->link);
    if (self->kept.failed) {
        self->book.failed = true;
        self->form.link = (tb_str){0};
        return;
    }
    for (size_t i = 0; i < TB_SUM_LEAD; i++)
        keep_text(self, &self->lead[i].text, &at);
    keep_text(self, &self->form.link, &at);
}

/* ---- rows ---- */

static void put_link(xlsx_writer *self, tb_xlsx_sheet *sheet, size_t column, tb_str sheet_name,
                     tb_str cell, tb_str shown)
{
    tb_buffer_reset(&self->formula);
    tb_xlsx_append_link(&self->formula, self->form.link, sheet_name, cell, shown);
    tb_xlsx_put_formula(&self->book, sheet, column, &self->formula, 0, shown, TB_XLSX_LINK);
}

static void put_lead(xlsx_writer *self, size_t table, tb_xlsx_sheet *sheet)
{
    bool lists_files = table == TB_SUM_FORMS || table == TB_SUM_LEFT_OUT;
    for (size_t i = 0; i < TB_SUM_LEAD; i++) {
        if (i == FILE_COLUMN && lists_files && self->form.link.size > 0)
            put_link(self, sheet, i, TB_STR(""), TB_STR(""), self->lead[i].text);
        else
            tb_xlsx_put(&self->book, sheet, i, &self->lead[i], false);
    }
    if (tb_xlsx_has_errors_column(table_of(self, table)))
        tb_xlsx_put_count(&self->book, sheet, TB_XLSX_ERRORS_COLUMN, self->form.errors);
}

static bool is_money(const tb_sum_table *table, size_t column)
{
    return table->columns[column].is_money;
}

/* Cells of a table of forms; `cells` begins behind the lead. */
static void put_cells(xlsx_writer *self, size_t table, tb_xlsx_sheet *sheet,
                      const tb_sum_cell *cells)
{
    const tb_sum_table *shape = table_of(self, table);
    const cell_columns *at = &self->cells[table];
    for (size_t i = TB_SUM_LEAD; i < shape->column_count; i++) {
        const tb_sum_cell *cell = &cells[i - TB_SUM_LEAD];
        size_t column = tb_xlsx_column(shape, i);
        if (i == at->cell && at->sheet < shape->column_count && cell->text.size > 0 &&
            self->form.link.size > 0)
            put_link(self, sheet, column, cells[at->sheet - TB_SUM_LEAD].text, cell->text,
                     cell->text);
        else
            tb_xlsx_put(&self->book, sheet, column, cell, is_money(shape, i));
    }
}

static double number_of(const tb_sum_cell *cell)
{
    tb_decimal number;
    return tb_decimal_parse(cell->text, &number) ? tb_decimal_to_double(number) : 0;
}

static void put_totals(xlsx_writer *self, tb_xlsx_sheet *sheet, const tb_sum_cell *cells)
{
    const tb_sum_table *shape = table_of(self, TB_SUM_TOTALS);
    size_t all = tb_xlsx_find_column(shape, TB_STR("total"));
    size_t clean = tb_xlsx_find_column(shape, TB_STR("total_without_errors"));
    for (size_t i = 0; i < shape->column_count; i++) {
        const tb_xlsx_total total = {self->writing.outline, self->names, cells, i == clean};
        tb_buffer_reset(&self->formula);
        if ((i == all || i == clean) && cells[i].kind == TB_SUM_NUMBER &&
            tb_xlsx_append_total(&self->formula, &total))
            tb_xlsx_put_formula(&self->book, sheet, i, &self->formula, number_of(&cells[i]),
                                (tb_str){0}, TB_XLSX_MONEY);
        else
            tb_xlsx_put(&self->book, sheet, i, &cells[i], false);
    }
}

static void write_row(tb_sum_writer *base, size_t table, const tb_sum_cell *cells)
{
    xlsx_writer *self = (xlsx_writer *)base;
    tb_xlsx_sheet *sheet = &self->sheets[table];
    const tb_sum_table *shape = table_of(self, table);
    if (table == TB_SUM_TOTALS) {
        put_totals(self, sheet, cells);
    } else {
        put_lead(self, table, sheet);
        put_cells(self, table, sheet, cells);
    }
    if (table == TB_SUM_FINDINGS)
        tb_xlsx_findings_add(&self->findings,
                             cells[tb_xlsx_find_column(shape, TB_STR("rule")) - TB_SUM_LEAD].text);
    tb_xlsx_end_row(&self->book, sheet);
}

/* ---- beginning ---- */

static void put_headings(xlsx_writer *self, size_t table)
{
    const tb_sum_table *shape = table_of(self, table);
    tb_xlsx_sheet *sheet = &self->sheets[table];
    for (size_t i = 0; i < shape->column_count; i++)
        tb_xlsx_put_heading(&self->book, sheet, tb_xlsx_column(shape, i),
                            shape->columns[i].heading);
    if (tb_xlsx_has_errors_column(shape))
        tb_xlsx_put_heading(
            &self->book, sheet, TB_XLSX_ERRORS_COLUMN,
            tb_str_of(tb_message_get(self->writing.language, TB_MSG_SUM_COLUMN_ERRORS)));
    tb_xlsx_end_row(&self->book, sheet);
}

static tb_status add_sheet(xlsx_writer *self, size_t table, tb_error *error)
{
    const tb_sum_table *shape = table_of(self, table);
    if (!self->writing.used[table])
        return TB_OK;
    tb_status status =
        tb_xlsx_sheet_add(&self->book, &self->sheets[table], shape->title,
                          shape->column_count + tb_xlsx_has_errors_column(shape), error);
    if (status != TB_OK)
        return status;
    self->names[table] = self->sheets[table].name;
    self->cells[table] = (cell_columns){tb_xlsx_find_column(shape, TB_STR("sheet")),
                                        tb_xlsx_find_column(shape, TB_STR("cell"))};
    put_headings(self, table);
    return TB_OK;
}

/* The totals, then what they are of, then what was found. */
static tb_status add_sheets(xlsx_writer *self, tb_error *error)
{
    size_t count = self->writing.outline->table_count;
    tb_status status = TB_OK;
    for (size_t i = 0; i <= TB_SUM_TOTALS && status == TB_OK; i++)
        status = add_sheet(self, i, error);
    for (size_t i = TB_SUM_FIXED_TABLES; i < count && status == TB_OK; i++)
        status = add_sheet(self, i, error);
    for (size_t i = TB_SUM_TOTALS + 1; i < TB_SUM_FIXED_TABLES && status == TB_OK; i++)
        status = add_sheet(self, i, error);
    return status;
}

/* ---- the end ---- */

/* Forms with errors are seen at a glance. */
static void point_out_errors(xlsx_writer *self)
{
    tb_xlsx_sheet *sheet = &self->sheets[TB_SUM_FORMS];
    lxw_col_t column =
        (lxw_col_t)tb_xlsx_find_column(table_of(self, TB_SUM_FORMS), TB_STR("errors"));
    lxw_conditional_format format = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                     .criteria = LXW_CONDITIONAL_CRITERIA_GREATER_THAN,
                                     .value = 0,
                                     .format = self->book.styles[TB_XLSX_ALARM]};
    if (sheet->row > 1)
        self->book.failed |=
            worksheet_conditional_format_range(sheet->sheet, 1, column, sheet->row - 1, column,
                                               &format) != LXW_NO_ERROR;
}

static tb_status finish(tb_sum_writer *base, tb_error *error)
{
    xlsx_writer *self = (xlsx_writer *)base;
    const tb_sum_table *findings = table_of(self, TB_SUM_FINDINGS);
    for (size_t i = 0; i < self->writing.outline->table_count; i++)
        if (self->sheets[i].sheet != NULL)
            tb_xlsx_sheet_finish(&self->book, &self->sheets[i],
                                 table_of(self, i)->of_forms ? TB_SUM_LEAD : 0);
    point_out_errors(self);
    tb_buffer_reset(&self->formula);
    tb_xlsx_append_column(&self->formula, self->names[TB_SUM_FINDINGS],
                          tb_xlsx_find_column(findings, TB_STR("rule")));
    tb_status status =
        tb_xlsx_findings_write(&self->findings, &self->book, tb_buffer_get(&self->formula), error);
    return status == TB_OK ? tb_xlsx_book_close(&self->book, error) : status;
}

static void free_writer(tb_sum_writer *base)
{
    xlsx_writer *self = (xlsx_writer *)base;
    tb_xlsx_book_done(&self->book);
    for (size_t i = 0; self->sheets != NULL && i < self->writing.outline->table_count; i++)
        tb_xlsx_sheet_done(&self->sheets[i]);
    tb_xlsx_findings_done(&self->findings);
    tb_buffer_done(&self->kept);
    tb_buffer_done(&self->formula);
    free(self->sheets);
    free(self->names);
    free(self->cells);
    free(self);
}

tb_status tb_xlsx_writer_new(const tb_sum_writing *writing, tb_sum_writer **ret_writer,
                             tb_error *error)
{
    static const tb_sum_writer_type type = {write_form, write_row, finish, free_writer};
    size_t count = writing->outline->table_count;
    xlsx_writer *self = calloc(1, sizeof *self);
    if (self == NULL)
        return tb_error_memory(error);
    self->base.type = &type;
    self->writing = *writing;
    tb_buffer_init(&self->kept, TB_MAX_OUTPUT_SIZE);
    tb_buffer_init(&self->formula, TB_MAX_OUTPUT_SIZE);
    self->sheets = calloc(count, sizeof *self->sheets);
    self->names = calloc(count, sizeof *self->names);
    self->cells = calloc(count, sizeof *self->cells);
    tb_status status =
        self->sheets == NULL || self->names == NULL || self->cells == NULL
            ? tb_error_memory(error)
            : tb_xlsx_book_open(&self->book, writing->path, writing->language, error);
    if (status == TB_OK)
        status = add_sheets(self, error);
    if (status != TB_OK) {
        free_writer(&self->base);
        return status;
    }
    *ret_writer = &self->base;
    return TB_OK;
}
