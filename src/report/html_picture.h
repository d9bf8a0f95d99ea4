/*
 * The picture of a form: its sheets as tables, with merges, and signs at the cells that have
 * findings. What a sheet only repeats, or what is beyond the limits below, is left out with a note,
 * so a picture is never much larger than what the workbook holds.
 */
#ifndef TB_REPORT_HTML_PICTURE_H
#define TB_REPORT_HTML_PICTURE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "rule/check.h"

/* Of one picture. Rows that have findings are shown beyond the limit too. */
#define TB_PICTURE_MAX_ROWS    2000
#define TB_PICTURE_MAX_COLUMNS 64
#define TB_PICTURE_MAX_TEXT    ((size_t)1 << 20) /* characters in all cells */
#define TB_PICTURE_MAX_CELL    2000              /* characters in one cell */
#define TB_PICTURE_MAX_ALIKE   6 /* equal rows, as blank ones, that are shown one by one */

typedef struct tb_picture_target {
    tb_address at;             /* the first cell of its merge */
    const tb_finding *finding; /* NULL: only related to one */
} tb_picture_target;

typedef struct tb_picture_row {
    uint32_t row;
    const tb_band *band; /* NULL: nothing is stored there */
    bool left_out;       /* rows between this and the one before are not shown … */
    bool by_limit;       /* … because there are too many */
} tb_picture_row;

typedef struct tb_picture_sheet {
    uint32_t first_column, last_column; /* shown; last < first: the sheet is empty */
    bool columns_left_out;
    bool rows_left_out; /* behind the last row shown */
    size_t row_count, row_capacity;
    tb_picture_row *rows;
} tb_picture_sheet;

typedef struct tb_picture {
    const tb_result *result; /* borrowed; has a form */
    size_t file;             /* its number in the run, for ids */
    tb_arena arena;
    size_t target_count;
    tb_picture_target *targets; /* by sheet, row, column; those with findings first */
    tb_picture_sheet *sheets;   /* as many as the workbook has */
    size_t rows_left;           /* of TB_PICTURE_MAX_ROWS */
    size_t text_left;
} tb_picture;

/* Decides what is shown. False: no memory; the picture need not be closed then. */
bool tb_picture_init(tb_picture *picture, const tb_result *result, size_t file);
void tb_picture_done(tb_picture *picture);

/* The cell of the picture that shows the place and can be linked to; false when none does. */
bool tb_picture_find(const tb_picture *picture, tb_address at, tb_address *ret);

void tb_picture_append(tb_picture *picture, tb_buffer *out, tb_language language);

#endif
