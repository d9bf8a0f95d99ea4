/*
 * Writers of tables: each takes the same rows in the same order and makes files of them.
 */
#ifndef TB_SUM_WRITER_H
#define TB_SUM_WRITER_H

#include "sum/outline.h"

typedef struct tb_sum_writer tb_sum_writer;

/* A form whose rows follow. Borrowed until the next one. */
typedef struct tb_sum_form {
    const tb_sum_cell *lead; /* the TB_SUM_LEAD cells that its rows begin with */
    tb_str link;             /* tb_collected.link */
    uint64_t errors;         /* that are open */
} tb_sum_form;

typedef struct tb_sum_writer_type {
    void (*form)(tb_sum_writer *self, const tb_sum_form *form);
    /* A row of outline->tables[table]: where its rows are those of forms, what is behind the lead,
     * else all of it. */
    void (*row)(tb_sum_writer *self, size_t table, const tb_sum_cell *cells);
    /* Writes what is left and closes the files. Whatever failed before is told here. */
    tb_status (*finish)(tb_sum_writer *self, tb_error *error);
    void (*free)(tb_sum_writer *self);
} tb_sum_writer_type;

struct tb_sum_writer {
    const tb_sum_writer_type *type;
};

/* What a writer begins with. */
typedef struct tb_sum_writing {
    const tb_outline *outline;
    const bool *used; /* by table: the others are not written at all */
    tb_language language;
    const char *path; /* a folder that is there, or the file to be made */
} tb_sum_writing;

/* A file for each table, in a folder: forms.csv, for a spreadsheet (report/csv_cell.h), and
 * forms.jsonl, one object a line, numbers as decimal strings, without what is empty. */
tb_status tb_csv_writer_new(const tb_sum_writing *writing, tb_sum_writer **ret_writer,
                            tb_error *error);
tb_status tb_jsonl_writer_new(const tb_sum_writing *writing, tb_sum_writer **ret_writer,
                              tb_error *error);
/* One workbook, a sheet for each table, with links to the forms, totals that are formulas, and a
 * chart of the findings. The doubles of a workbook hold 15 digits; what is exact is in the other
 * formats. A table that has more rows than a sheet is an error. */
tb_status tb_xlsx_writer_new(const tb_sum_writing *writing, tb_sum_writer **ret_writer,
                             tb_error *error);

#endif
