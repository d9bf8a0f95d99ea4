/*
 * Changing one sheet of the open document as one step that the user can take back. A protected
 * sheet is opened for it and protected again within the same step; one with a password is refused.
 * After a failure everything is as it was.
 */
#ifndef TB_CALC_SHEET_EDIT_H
#define TB_CALC_SHEET_EDIT_H

#include "calc/uno/calls.h"
#include "sheet/workbook.h"

typedef struct tb_sheet_edit {
    tb_calls *calls; /* where failures go */
    uno_Interface *undo, *sheet;
    sal_Int16 index;
    bool open, protected_, changed;
} tb_sheet_edit;

/* `title` is what the user reads in Edit ▸ Undo. Must be ended, also after a failure. */
void tb_sheet_edit_begin(tb_sheet_edit *edit, tb_calls *calls, uno_Interface *document,
                         uint32_t sheet, tb_str title);
void tb_sheet_edit_end(tb_sheet_edit *edit);

void tb_sheet_edit_insert_rows(tb_sheet_edit *edit, uint32_t before, uint32_t count);
void tb_sheet_edit_remove_row(tb_sheet_edit *edit, uint32_t row);
/* Copies cells, with everything that is in and about them, to `row`, the same columns. Nothing may
 * be merged there: the office would leave it as it is, without a word. */
void tb_sheet_edit_copy(tb_sheet_edit *edit, tb_range from, uint32_t row);
/* The same for whole rows, which takes their heights along. */
void tb_sheet_edit_copy_rows(tb_sheet_edit *edit, uint32_t from, uint32_t count, uint32_t row);
/* Makes a row as high as another. */
void tb_sheet_edit_copy_height(tb_sheet_edit *edit, uint32_t from, uint32_t row);
void tb_sheet_edit_merge(tb_sheet_edit *edit, tb_range range);
/* The other way round, for all that is merged within the range. */
void tb_sheet_edit_divide(tb_sheet_edit *edit, tb_range range);
/* Clears what was typed into the cell; a formula stays. */
void tb_sheet_edit_clear(tb_sheet_edit *edit, uint32_t row, uint32_t column);
void tb_sheet_edit_set_text(tb_sheet_edit *edit, uint32_t row, uint32_t column, tb_str text);
/* The cell's formula, with its equal sign; the empty text where there is none. */
tb_str tb_sheet_edit_formula(tb_sheet_edit *edit, uint32_t row, uint32_t column, tb_arena *arena);
void tb_sheet_edit_set_formula(tb_sheet_edit *edit, uint32_t row, uint32_t column, tb_str formula);

#endif
