/*
 * Tables as JSON lines: keys are the columns' ids, words those for programs.
 */
#include <stdlib.h>

#include "base/json.h"
#include "base/limits.h"
#include "sum/table_files.h"

typedef struct jsonl_writer {
    tb_sum_writer base;
    tb_sum_writing writing;
    tb_table_files files;
    tb_buffer lead; /* of the form: its members */
} jsonl_writer;

static int64_t whole_number(tb_str digits)
{
    tb_decimal number;
    int64_t whole = 0;
    if (tb_decimal_parse(digits, &number))
        (void)tb_decimal_to_int(number, &whole);
    return whole;
}

static void append_members(tb_json *json, const tb_sum_column *columns, const tb_sum_cell *cells,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cells[i].kind == TB_SUM_NONE)
            continue;
        tb_json_key_id(json, columns[i].id);
        if (cells[i].kind == TB_SUM_COUNT)
            tb_json_int(json, whole_number(cells[i].text));
        else
            tb_json_string(json, cells[i].text);
    }
}

static void write_form(tb_sum_writer *base, const tb_sum_form *form)
{
    jsonl_writer *self = (jsonl_writer *)base;
    tb_json json;
    tb_buffer_reset(&self->lead);
    tb_json_init(&json, &self->lead);
    tb_json_object(&json);
    append_members(&json, self->writing.outline->tables[TB_SUM_FORMS].columns, form->lead,
                   TB_SUM_LEAD);
}

static void write_row(tb_sum_writer *base, size_t table, const tb_sum_cell *cells)
{
    jsonl_writer *self = (jsonl_writer *)base;
    const tb_sum_table *shape = &self->writing.outline->tables[table];
    tb_buffer *out = &self->files.list[table].text;
    size_t lead = shape->of_forms ? TB_SUM_LEAD : 0;
    tb_json json;
    tb_json_init(&json, out);
    if (shape->of_forms) {
        tb_buffer_text(out, tb_buffer_get(&self->lead));
        json.need_comma = true; /* the file's name is always there */
    } else {
        tb_json_object(&json);
    }
    append_members(&json, shape->columns + lead, cells, shape->column_count - lead);
    tb_json_object_end(&json);
    tb_buffer_char(out, '\n');
    tb_table_files_pass(&self->files, table);
}

static tb_status finish(tb_sum_writer *base, tb_error *error)
{
    jsonl_writer *self = (jsonl_writer *)base;
    self->files.failed |= self->lead.failed;
    return tb_table_files_close(&self->files, error);
}

static void free_writer(tb_sum_writer *base)
{
    jsonl_writer *self = (jsonl_writer *)base;
    tb_table_files_done(&self->files);
    tb_buffer_done(&self->lead);
    free(self);
}

tb_status tb_jsonl_writer_new(const tb_sum_writing *writing, tb_sum_writer **ret_writer,
                              tb_error *error)
{
    static const tb_sum_writer_type type = {write_form, write_row, finish, free_writer};
    jsonl_writer *self = calloc(1, sizeof *self);
    if (self == NULL)
        return tb_error_memory(error);
    self->base.type = &type;
    self->writing = *writing;
    tb_buffer_init(&self->lead, TB_MAX_OUTPUT_SIZE);
    tb_status status = tb_table_files_open(&self->files, writing, ".jsonl", error);
    if (status != TB_OK) {
        free_writer(&self->base);
        return status;
    }
    *ret_writer = &self->base;
    return TB_OK;
}
