/*
 * Formulas of a worksheet: the text of most stands in their cell; that of a shared one only in
 * the first of its cells, relative to it; that of an array only in its first cell.
 */
#ifndef TB_SHEET_XLSX_FORMULA_H
#define TB_SHEET_XLSX_FORMULA_H

#include "sheet/package.h"

typedef struct tb_xlsx_shared {
    uint32_t index, row, column; /* of its first cell */
    tb_str text;
} tb_xlsx_shared;

typedef struct tb_xlsx_array {
    tb_range range;
    tb_str text;
} tb_xlsx_array;

/* Of one worksheet; lives in the package's arena. */
typedef struct tb_xlsx_formulas {
    tb_package *package;
    tb_xlsx_shared *shared;
    size_t shared_count, shared_capacity;
    tb_xlsx_array *arrays;
    size_t array_count, array_capacity;
} tb_xlsx_formulas;

/* Reads the <f> just started, of the cell at that place; its text is in the arena. */
tb_str tb_xlsx_read_formula(tb_xlsx_formulas *formulas, uint32_t row, uint32_t column);
/* The formula of the array that the cell belongs to; empty when there is none. */
tb_str tb_xlsx_find_array(const tb_xlsx_formulas *formulas, uint32_t row, uint32_t column);

/* "B2:C9" or "B2"; false when it is no range. */
bool tb_xlsx_parse_range(tb_str text, tb_range *ret);

/* The formula with its relative references moved by so many rows and columns; what leaves the
 * sheet becomes #REF!. Appends to out. */
void tb_xlsx_shift_formula(tb_str formula, int64_t rows, int64_t columns, tb_buffer *out);

#endif
