/*
 * Errors of single cells are gathered and told when the workbook is closed.
 */
#include "sum/xlsx_book.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "base/limits.h"
#include "sum/word.h"

#define MAX_CELL_POINTS 32767
#define PAPER_A4        9
#define ROW_HEIGHT      17 /* points; Chinese letters need more than the usual 15 */
#define HEADING_HEIGHT  22
#define MIN_WIDTH       8
#define MAX_WIDTH       50
#define MEASURED_ROWS   1000 /* whose texts widen their columns */

/* ---- the workbook ---- */

static const struct style {
    const char *number;
    lxw_color_t color, ground;
    bool bold;
} styles[TB_XLSX_STYLES] = {
    [TB_XLSX_HEADING] = {NULL, 0x1F3864, 0xDDE6F2, true},
    [TB_XLSX_NUMBER] = {"General", 0, 0, false},
    [TB_XLSX_MONEY] = {"#,##0.00", 0, 0, false},
    [TB_XLSX_COUNT] = {"0", 0, 0, false},
    [TB_XLSX_DAY] = {"yyyy-mm-dd", 0, 0, false},
    [TB_XLSX_LINK] = {NULL, 0x0563C1, 0, false},
    [TB_XLSX_ALARM] = {NULL, 0x9C0006, 0xFFC7CE, false},
};

static void add_styles(tb_xlsx_book *book)
{
    for (size_t i = 0; i < TB_XLSX_STYLES && !book->failed; i++) {
        lxw_format *format = workbook_add_format(book->workbook);
        book->styles[i] = format;
        book->failed = format == NULL;
        if (book->failed)
            return;
        if (styles[i].number != NULL)
            format_set_num_format(format, styles[i].number);
        if (styles[i].color != 0)
            format_set_font_color(format, styles[i].color);
        if (styles[i].ground != 0)
            format_set_bg_color(format, styles[i].ground);
        if (styles[i].bold)
            format_set_bold(format);
    }
    format_set_border(book->styles[TB_XLSX_HEADING], LXW_BORDER_THIN);
    format_set_align(book->styles[TB_XLSX_HEADING], LXW_ALIGN_VERTICAL_CENTER);
    format_set_underline(book->styles[TB_XLSX_LINK], LXW_UNDERLINE_SINGLE);
}

tb_status tb_xlsx_book_open(tb_xlsx_book *book, const char *path, tb_language language,
                            tb_error *error)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE};
    *book = (tb_xlsx_book){.language = language};
    tb_buffer_init(&book->text, TB_MAX_OUTPUT_SIZE);
    book->workbook = workbook_new_opt(path, &options);
    if (book->workbook == NULL)
        return tb_error_memory(error);
    add_styles(book);
    return book->failed ? tb_error_memory(error) : TB_OK;
}

/* The library does not look whether its temporary files took what it wrote. */
static bool has_lost_rows(const lxw_workbook *workbook)
{
    bool lost = false;
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, workbook->worksheets, list_pointers)
    if (sheet->optimize_tmpfile != NULL)
        lost |= fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile) != 0;
    return lost;
}

tb_status tb_xlsx_book_close(tb_xlsx_book *book, tb_error *error)
{
    if (book->too_long != NULL)
        return tb_error_set(error, TB_IO, TB_MSG_SUM_TOO_MANY_ROWS, book->too_long, NULL);
    book->failed |= book->text.failed || has_lost_rows(book->workbook);
    if (!book->failed)
        book->failed = workbook_close(book->workbook) != LXW_NO_ERROR;
    else
        lxw_workbook_free(book->workbook);
    book->workbook = NULL;
    return book->failed ? tb_error_set(error, TB_IO, TB_MSG_SUM_NOT_WRITTEN, NULL) : TB_OK;
}

void tb_xlsx_book_done(tb_xlsx_book *book)
{
    if (book->workbook != NULL)
        lxw_workbook_free(book->workbook);
    book->workbook = NULL;
    tb_buffer_done(&book->text);
}

/* ---- sheets ---- */

/* The first code points of a text, without signs that names can't have. */
static void append_name(tb_buffer *out, tb_str text, size_t points)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool begins = ((unsigned char)c & 0xc0) != 0x80;
        if (begins && points-- == 0)
            return;
        tb_buffer_char(out, begins && strchr("[]:*?/\\'", c) != NULL ? '_' : c);
    }
}

static void make_name(tb_xlsx_book *book, tb_str text)
{
    unsigned number = 1;
    tb_buffer_reset(&book->text);
    append_name(&book->text, text, TB_XLSX_NAME_POINTS);
    while (!book->text.failed &&
           workbook_get_worksheet_by_name(book->workbook, book->text.data) != NULL) {
        tb_buffer_reset(&book->text);
        append_name(&book->text, text, TB_XLSX_NAME_POINTS - 5);
        tb_buffer_char(&book->text, ' ');
        tb_buffer_uint(&book->text, ++number);
    }
}

tb_status tb_xlsx_sheet_add(tb_xlsx_book *book, tb_xlsx_sheet *sheet, tb_str name, size_t columns,
                            tb_error *error)
{
    make_name(book, name);
    if (book->text.failed)
        return tb_error_memory(error);
    *sheet = (tb_xlsx_sheet){.columns = (lxw_col_t)columns, .widths = calloc(columns + 1, 1)};
    snprintf(sheet->name, sizeof sheet->name, "%s", book->text.data);
    if (sheet->widths != NULL)
        sheet->sheet = workbook_add_worksheet(book->workbook, sheet->name);
    if (sheet->sheet == NULL)
        return tb_error_memory(error);
    worksheet_set_default_row(sheet->sheet, ROW_HEIGHT, LXW_FALSE);
    book->failed |= worksheet_set_row(sheet->sheet, 0, HEADING_HEIGHT, NULL) != LXW_NO_ERROR;
    return TB_OK;
}

void tb_xlsx_sheet_done(tb_xlsx_sheet *sheet)
{
    free(sheet->widths);
    *sheet = (tb_xlsx_sheet){0};
}

/* ---- cells ---- */

/* Letters of three bytes and more in UTF-8 are nearly all of full width. */
static size_t display_width(tb_str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.size && text.data[i] != '\n' && width < MAX_WIDTH; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c & 0xc0) != 0x80)
            width += c >= 0xe0 ? 2 : 1;
    }
    return width;
}

static void widen(tb_xlsx_sheet *sheet, size_t column, tb_str text)
{
    if (sheet->row > MEASURED_ROWS)
        return;
    size_t width = display_width(text) + 2;
    width = width > MAX_WIDTH ? MAX_WIDTH : width;
    if (width > sheet->widths[column])
        sheet->widths[column] = (unsigned char)width;
}

/* Of money, with its separators of thousands. */
static void widen_for_money(tb_xlsx_sheet *sheet, size_t column, double number)
{
    char text[64];
    int size = snprintf(text, sizeof text, "%.2f", number);
    size_t width = (size_t)size + (size_t)size / 3 + 2;
    width = width > MAX_WIDTH ? MAX_WIDTH : width;
    if (width > sheet->widths[column])
        sheet->widths[column] = (unsigned char)width;
}

static void keep_error(tb_xlsx_book *book, lxw_error error)
{
    book->failed |= error != LXW_NO_ERROR;
}

/* With a zero at its end, and no longer than a cell. */
static const char *cell_text(tb_xlsx_book *book, tb_str text)
{
    size_t points = 0, end = 0;
    for (size_t i = 0; i < text.size; i++) {
        points += ((unsigned char)text.data[i] & 0xc0) != 0x80;
        if (points == MAX_CELL_POINTS && end == 0)
            end = i;
    }
    tb_buffer_reset(&book->text);
    tb_buffer_text(&book->text, points > MAX_CELL_POINTS ? (tb_str){text.data, end} : text);
    if (points > MAX_CELL_POINTS)
        tb_buffer_cstr(&book->text, "…");
    return book->text.failed || book->text.data == NULL ? "" : book->text.data;
}

static void put_text(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, tb_str text,
                     lxw_format *format)
{
    widen(sheet, column, text);
    keep_error(book, worksheet_write_string(sheet->sheet, sheet->row, (lxw_col_t)column,
                                            cell_text(book, text), format));
}

static void put_number(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, tb_str text,
                       tb_xlsx_style style)
{
    tb_decimal number;
    if (!tb_decimal_parse(text, &number)) {
        put_text(book, sheet, column, text, NULL);
        return;
    }
    if (style == TB_XLSX_MONEY)
        widen_for_money(sheet, column, tb_decimal_to_double(number));
    else
        widen(sheet, column, text);
    keep_error(book, worksheet_write_number(sheet->sheet, sheet->row, (lxw_col_t)column,
                                            tb_decimal_to_double(number), book->styles[style]));
}

static void put_day(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, tb_str text)
{
    lxw_datetime day = {0};
    char end;
    if (sscanf(cell_text(book, text), "%4d-%2d-%2d%c", &day.year, &day.month, &day.day, &end) !=
            3 ||
        day.year < 1900) {
        put_text(book, sheet, column, text, NULL);
        return;
    }
    widen(sheet, column, text);
    keep_error(book, worksheet_write_datetime(sheet->sheet, sheet->row, (lxw_col_t)column, &day,
                                              book->styles[TB_XLSX_DAY]));
}

void tb_xlsx_put(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, const tb_sum_cell *cell,
                 bool is_money)
{
    switch (cell->kind) {
    case TB_SUM_NONE:
        return;
    case TB_SUM_WORD:
        put_text(book, sheet, column, tb_sum_word(cell->text, book->language), NULL);
        return;
    case TB_SUM_TEXT:
        put_text(book, sheet, column, cell->text, NULL);
        return;
    case TB_SUM_NUMBER:
        put_number(book, sheet, column, cell->text, is_money ? TB_XLSX_MONEY : TB_XLSX_NUMBER);
        return;
    case TB_SUM_COUNT:
        put_number(book, sheet, column, cell->text, TB_XLSX_COUNT);
        return;
    case TB_SUM_DAY:
        put_day(book, sheet, column, cell->text);
        return;
    }
}

void tb_xlsx_put_heading(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, tb_str text)
{
    put_text(book, sheet, column, text, book->styles[TB_XLSX_HEADING]);
}

void tb_xlsx_put_count(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column, uint64_t count)
{
    keep_error(book, worksheet_write_number(sheet->sheet, sheet->row, (lxw_col_t)column,
                                            (double)count, book->styles[TB_XLSX_COUNT]));
}

void tb_xlsx_put_formula(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t column,
                         const tb_buffer *formula, double number, tb_str shown, tb_xlsx_style style)
{
    lxw_format *format = book->styles[style];
    lxw_error error;
    if (formula->failed) {
        book->failed = true;
        return;
    }
    if (shown.data != NULL) {
        widen(sheet, column, shown);
        error = worksheet_write_formula_str(sheet->sheet, sheet->row, (lxw_col_t)column,
                                            formula->data, format, cell_text(book, shown));
    } else {
        if (style == TB_XLSX_MONEY)
            widen_for_money(sheet, column, number);
        error = worksheet_write_formula_num(sheet->sheet, sheet->row, (lxw_col_t)column,
                                            formula->data, format, number);
    }
    keep_error(book, error);
}

void tb_xlsx_end_row(tb_xlsx_book *book, tb_xlsx_sheet *sheet)
{
    if (sheet->row + 1 >= LXW_ROW_MAX)
        book->too_long = sheet->name; /* what comes now is written over the last row */
    else
        sheet->row++;
}

void tb_xlsx_sheet_finish(tb_xlsx_book *book, tb_xlsx_sheet *sheet, size_t frozen_columns)
{
    lxw_col_t last = (lxw_col_t)(sheet->columns - 1);
    for (lxw_col_t i = 0; i < sheet->columns; i++)
        keep_error(book, worksheet_set_column(
                             sheet->sheet, i, i,
                             sheet->widths[i] < MIN_WIDTH ? MIN_WIDTH : sheet->widths[i], NULL));
    if (sheet->row > 1)
        keep_error(book, worksheet_autofilter(sheet->sheet, 0, 0, sheet->row - 1, last));
    worksheet_freeze_panes(sheet->sheet, 1, (lxw_col_t)frozen_columns);
    keep_error(book, worksheet_repeat_rows(sheet->sheet, 0, 0));
    worksheet_set_landscape(sheet->sheet);
    worksheet_set_paper(sheet->sheet, PAPER_A4);
    worksheet_fit_to_pages(sheet->sheet, 1, 0);
    keep_error(book, worksheet_set_footer(sheet->sheet, "&L&A&R&P / &N"));
}
