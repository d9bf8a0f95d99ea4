/*
 * What a workbook holds, as far as forms need it: sheets of cells, each with its value, text,
 * formula and how its number is shown. Made by the readers of files (sheet/reader.h) or, through
 * the builder below, from a document that is open in an office. Read-only once made.
 *
 * Rows that a file repeats are stored once, as a band; a cell that is repeated along its row is
 * stored once, with a width. So a sheet takes memory by what it holds and not by its extent.
 * Rows and columns are counted from 0 here, and from 1 or A wherever a person sees them.
 */
#ifndef TB_SHEET_WORKBOOK_H
#define TB_SHEET_WORKBOOK_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/status.h"

typedef enum tb_cell_type {
    TB_CELL_EMPTY,   /* no value (a style or a formula with an empty result may be there) */
    TB_CELL_NUMBER,  /* number */
    TB_CELL_TEXT,    /* text */
    TB_CELL_BOOLEAN, /* number is 0 or 1 */
    TB_CELL_DATE,    /* number is the serial day (day 1 is 1899-12-31; fractions are time) */
    TB_CELL_ERROR    /* text is the error as shown: "#DIV/0!" */
} tb_cell_type;

typedef enum tb_format_class {
    TB_FORMAT_GENERAL, /* as many digits as the number has */
    TB_FORMAT_NUMBER,
    TB_FORMAT_PERCENT,
    TB_FORMAT_CURRENCY,
    TB_FORMAT_DATE, /* date, time or both */
    TB_FORMAT_SCIENTIFIC,
    TB_FORMAT_FRACTION,
    TB_FORMAT_BOOLEAN,
    TB_FORMAT_TEXT
} tb_format_class;

#define TB_DECIMALS_ANY (-1) /* the format shows as many places as there are */

typedef struct tb_number_format {
    tb_format_class class_;
    int decimals; /* shown places after the point, or TB_DECIMALS_ANY; for a percentage those of
                   * the percentage: 47.03% has 2 */
} tb_number_format;

typedef struct tb_cell {
    uint32_t column; /* of its first cell */
    uint32_t width;  /* how many columns repeat it, at least 1 */
    tb_cell_type type;
    tb_number_format format;
    tb_decimal number; /* of NUMBER, BOOLEAN, DATE: the stored double at 15 significant digits */
    tb_str text;       /* of TEXT (line breaks are \n) and ERROR, else empty */
    tb_str formula;    /* as stored, without a leading = or namespace prefix; empty: none */
} tb_cell;

typedef struct tb_band {
    uint32_t row;  /* of its first row */
    uint32_t rows; /* how many rows repeat it, at least 1 */
    bool hidden;   /* by the user or by a filter */
    size_t cell_count;
    const tb_cell *cells; /* by column, no overlaps; only cells with a value or a formula */
} tb_band;

/* A rectangle, both ends inclusive. */
typedef struct tb_range {
    uint32_t row, column, last_row, last_column;
} tb_range;

typedef struct tb_sheet {
    tb_str name;
    bool hidden;
    size_t band_count;
    const tb_band *bands; /* by row, no overlaps; rows without cells may be left out */
    size_t merge_count;
    const tb_range *merges; /* by first row, then first column */
    size_t validity_count;
    const tb_range *validities; /* of cells that restrict what is entered; in the same order */
    uint32_t row_count;         /* one more than the last row with a cell that is not empty */
    uint32_t column_count;
} tb_sheet;

/* The user-defined property of a document that says from which form's template it was made: the
 * form's id, and the version behind a blank. */
#define TB_TEMPLATE_PROPERTY "tianbao.form"

typedef struct tb_workbook {
    size_t sheet_count;
    const tb_sheet *sheets;
    bool has_external_links;
    bool has_macros;
    tb_str template_id; /* what TB_TEMPLATE_PROPERTY says; empty: nothing */
} tb_workbook;

typedef struct tb_address {
    uint32_t sheet, row, column;
} tb_address;

/* The cell at that place, or NULL where nothing is stored. Logarithmic. */
const tb_cell *tb_sheet_find_cell(const tb_sheet *sheet, uint32_t row, uint32_t column);
/* The merge that covers that place, or NULL. */
const tb_range *tb_sheet_find_merge(const tb_sheet *sheet, uint32_t row, uint32_t column);
/* True when the cell there restricts what may be entered (a validity; one that only shows a hint is
 * none). */
bool tb_sheet_has_validity(const tb_sheet *sheet, uint32_t row, uint32_t column);
/* True when a hidden row stands there. */
bool tb_sheet_row_hidden(const tb_sheet *sheet, uint32_t row);

#define TB_CELL_NAME_SIZE 16
/* "H12" for row 11, column 7; in out, NUL-ended. */
tb_str tb_cell_name(uint32_t row, uint32_t column, char out[TB_CELL_NAME_SIZE]);
/* The other way round ("H12", "$h$12"); false when it is no cell name. */
bool tb_cell_parse_name(tb_str name, uint32_t *ret_row, uint32_t *ret_column);

/*
 * Making one. All memory comes from the arena, which must outlive the workbook; texts are
 * borrowed, not copied. Rows and cells may come in any order (the last of two at one place wins);
 * finish sorts them, drops what is empty, and checks the limits.
 */
typedef struct tb_workbook_builder tb_workbook_builder;

tb_status tb_workbook_builder_new(tb_arena *arena, tb_workbook_builder **ret_builder,
                                  tb_error *error); /* lives in the arena */
/* Begins a sheet; what follows goes into it. */
tb_status tb_workbook_builder_sheet(tb_workbook_builder *builder, tb_str name, bool hidden,
                                    tb_error *error);
/* Begins a band of `rows` equal rows. */
tb_status tb_workbook_builder_band(tb_workbook_builder *builder, uint32_t row, uint32_t rows,
                                   bool hidden, tb_error *error);
/* Adds a cell to the band. The pointer is good until the next call; fill in type, number, text,
 * formula, format. NULL when memory or a limit is exhausted (error tells). */
tb_cell *tb_workbook_builder_cell(tb_workbook_builder *builder, uint32_t column, uint32_t width,
                                  tb_error *error);
tb_status tb_workbook_builder_merge(tb_workbook_builder *builder, tb_range range, tb_error *error);
/* Every cell in the range has a validity. */
tb_status tb_workbook_builder_validity(tb_workbook_builder *builder, tb_range range,
                                       tb_error *error);
/* The finished workbook, in the arena. has_external_links and so on may be set in it. */
tb_status tb_workbook_builder_finish(tb_workbook_builder *builder, tb_workbook **ret_workbook,
                                     tb_error *error);

#endif
