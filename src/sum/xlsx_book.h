/*
 * The workbook as libxlsxwriter has it, in its mode of constant memory: rows of each sheet are
 * written from top to bottom and go to a temporary file. Used inside src/sum only.
 */
#ifndef TB_SUM_XLSX_BOOK_H
#define TB_SUM_XLSX_BOOK_H

#include <xlsxwriter.h>

#include "base/buffer.h"
#include "base/message.h"
#include "sum/table.h"

typedef enum tb_xlsx_style {
    TB_XLSX_HEADING,
    TB_XLSX_NUMBER,
    TB_XLSX_MONEY,
    TB_XLSX_COUNT,
    TB_XLSX_DAY,
    TB_XLSX_LINK,
    TB_XLSX_ALARM, /* of counts that should be 0 */
    TB_XLSX_STYLES
} tb_xlsx_style;

typedef struct tb_xlsx_book {
    lxw_workbook *workbook; /* owned; NULL once it is closed */
    lxw_format *styles[TB_XLSX_STYLES];
    tb_language language;
    tb_buffer text;       /* of the cell that is written */
    bool failed;          /* to be told at the end, as is */
    const char *too_long; /* the name of a sheet that has no room */
} tb_xlsx_book;

#define TB_XLSX_NAME_POINTS 31 /* that a name may have */
#define TB_XLSX_NAME_SIZE   (4 * TB_XLSX_NAME_POINTS + 1)

typedef struct tb_xlsx_sheet {
    lxw_worksheet *sheet; /* NULL: there is none */
    char name[TB_XLSX_NAME_SIZE];
    lxw_row_t row; /* that is written now */
    lxw_col_t columns;
    unsigned char *widths; /* owned; by column, in half-width characters */
} tb_xlsx_sheet;

/* Makes the file at the path. */
tb_status tb_xlsx_book_open(tb_xlsx_book *book, const char *path, tb_language language,
                            tb_error *error);
/* Writes the file; what failed before is told here. */
tb_status tb_xlsx_book_close(tb_xlsx_book *book, tb_error *error);
void tb_xlsx_book_done(tb_xlsx_book *book); /* a zeroed struct is fine */

/* A name for people becomes one that sheets may have and no other has: at most 31 characters,
 * without []:*?/\, and with a number behind it where it is taken. */
tb_status tb_xlsx_sheet_add(tb_xlsx_book *book, tb_xlsx_sheet *sheet, tb_str name, size_t columns,
                            tb_error *error);
void tb_xlsx_sheet_done(tb_xlsx_sheet *sheet);

/* A cell of the row. A text too long for a cell ends with an ellipsis. */
void tb_xlsx_put(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, const tb_sum_cell *cell,
                 bool is_money);
void tb_xlsx_put_heading(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, tb_str text);
void tb_xlsx_put_count(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, uint64_t count);
/* A formula with what it comes to: a number, or where `shown` has data a text. */
void tb_xlsx_put_formula(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column,
                         const tb_buffer *formula, double number, tb_str shown,
                         tb_xlsx_style style);
void tb_xlsx_end_row(tb_xlsx_book *book, tb_xlsx_sheet *sheet);

/* When all rows are there: widths, filter, headings that stay in sight and come again on each
 * page, the layout of pages. */
void tb_xlsx_sheet_finish(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t frozen_columns);

#endif
