/*
 * The short way through the cells of a worksheet. Nearly all programs write nearly all cells in
 * one of these ways, with no blank or line break more:
 *     <c r="B7" s="4"/>
 *     <c r="B7" s="4" t="s"><v>12</v></c>
 *     <c r="B7" s="4"><v>5832.95</v></c>
 * where s may be missing and t="n" may stand; all merges so:
 *     <mergeCell ref="A1:H1"/>
 * and all rows with their number first:
 *     <row r="7" spans="1:8" ht="21.3" customHeight="1">
 * Everything else is left to the tokeniser.
 */
#ifndef TB_SHEET_XLSX_SCAN_H
#define TB_SHEET_XLSX_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "sheet/workbook.h"

typedef enum tb_xlsx_content {
    TB_XLSX_BLANK, /* at most a style, as in most cells */
    TB_XLSX_STRING,
    TB_XLSX_NUMBER
} tb_xlsx_content;

typedef struct tb_xlsx_plain_cell {
    uint32_t row, column, style;
    tb_xlsx_content content;
    uint32_t string;   /* of STRING: its index */
    tb_decimal number; /* of NUMBER */
} tb_xlsx_plain_cell;

/* Read what stands at p, in a part with TB_XML_PADDING zero bytes behind. They return the place
 * behind it; NULL when anything else stands there. `c`, `v`, `row` and `mergeCell` must mean
 * what they mean in worksheets. */
const char *tb_xlsx_scan_cell(const char *p, tb_xlsx_plain_cell *ret);
const char *tb_xlsx_scan_merge(const char *p, tb_range *ret);
/* A row that has cells, counted from 0; `ret_rest` is its tag behind the number. Where that stood
 * before, behind another number, it means the same. The part ends at `end`. */
const char *tb_xlsx_scan_row(const char *p, const char *end, uint32_t *ret_row, tb_str *ret_rest);

#endif
