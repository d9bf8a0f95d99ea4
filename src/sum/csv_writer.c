/*
 * Tables as CSV, as report/csv_cell.h writes it: headings for people, words in their language.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "report/csv_cell.h"
#include "sum/table_files.h"
#include "sum/word.h"

typedef struct csv_writer {
    tb_sum_writer base;
    tb_sum_writing writing;
    tb_table_files files;
    tb_buffer lead; /* of the form, as text */
} csv_writer;

static void append_cell(const csv_writer *self, tb_buffer *out, const tb_sum_cell *cell)
{
    switch (cell->kind) {
    case TB_SUM_NONE:
        return;
    case TB_SUM_WORD:
        tb_csv_append_text(out, tb_sum_word(cell->text, self->writing.language));
        return;
    case TB_SUM_TEXT:
        tb_csv_append_text(out, cell->text);
        return;
    case TB_SUM_NUMBER:
    case TB_SUM_COUNT:
    case TB_SUM_DAY:
        tb_buffer_text(out, cell->text);
        return;
    }
}

static void append_cells(const csv_writer *self, tb_buffer *out, const tb_sum_cell *cells,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            tb_buffer_char(out, ',');
        append_cell(self, out, &cells[i]);
    }
}

static void write_form(tb_sum_writer *base, const tb_sum_form *form)
{
    csv_writer *self = (csv_writer *)base;
    tb_buffer_reset(&self->lead);
    append_cells(self, &self->lead, form->lead, TB_SUM_LEAD);
    tb_buffer_char(&self->lead, ',');
}

static void write_row(tb_sum_writer *base, size_t table, const tb_sum_cell *cells)
{
    csv_writer *self = (csv_writer *)base;
    const tb_sum_table *shape = &self->writing.outline->tables[table];
    tb_buffer *out = &self->files.list[table].text;
    if (shape->of_forms)
        tb_buffer_text(out, tb_buffer_get(&self->lead));
    append_cells(self, out, cells, shape->column_count - (shape->of_forms ? TB_SUM_LEAD : 0));
    tb_csv_end_row(out);
    tb_table_files_pass(&self->files, table);
}

static void write_headings(csv_writer *self)
{
    for (size_t i = 0; i < self->files.count; i++) {
        const tb_sum_table *table = &self->writing.outline->tables[i];
        tb_buffer *out = &self->files.list[i].text;
        if (!self->writing.used[i])
            continue;
        tb_csv_begin(out);
        for (size_t j = 0; j < table->column_count; j++) {
            if (j > 0)
                tb_buffer_char(out, ',');
            tb_csv_append_text(out, table->columns[j].heading);
        }
        tb_csv_end_row(out);
    }
}

static tb_status finish(tb_sum_writer *base, tb_error *error)
{
    csv_writer *self = (csv_writer *)base;
    self->files.failed |= self->lead.failed;
    return tb_table_files_close(&self->files, error);
}

static void free_writer(tb_sum_writer *base)
{
    csv_writer *self = (csv_writer *)base;
    tb_table_files_done(&self->files);
    tb_buffer_done(&self->lead);
    free(self);
}

tb_status tb_csv_writer_new(const tb_sum_writing *writing, tb_sum_writer **ret_writer,
                            tb_error *error)
{
    static const tb_sum_writer_type type = {write_form, write_row, finish, free_writer};
    csv_writer *self = calloc(1, sizeof *self);
    if (self == NULL)
        return tb_error_memory(error);
    self->base.type = &type;
    self->writing = *writing;
    tb_buffer_init(&self->lead, TB_MAX_OUTPUT_SIZE);
    tb_status status = tb_table_files_open(&self->files, writing, ".csv", error);
    if (status != TB_OK) {
        free_writer(&self->base);
        return status;
    }
    write_headings(self);
    *ret_writer = &self->base;
    return TB_OK;
}
