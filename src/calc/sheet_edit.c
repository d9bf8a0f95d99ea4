/*
 * An undo context of the document around everything. What the office records in it is taken back
 * in one piece, the protection too.
 */
#include "calc/sheet_edit.h"

#include "calc/sheet.h"
#include "calc/uno/value.h"

/* com.sun.star.sheet.CellFlags: value, date or time, text */
enum { TYPED = 1 | 2 | 4 };
/* com.sun.star.table.CellContentType */
enum { CELL_VALUE = 1, CELL_TEXT = 2, CELL_FORMULA = 3 };

/* com.sun.star.table.CellAddress */
typedef struct cell_address {
    sal_Int16 sheet;
    sal_Int32 column, row;
} cell_address;

/* Opening and closing */

static void unprotect(tb_sheet_edit *edit)
{
    tb_calls *calls = edit->calls;
    bool is_protected = tb_uno_call_boolean(calls, edit->sheet, TB_XProtectable_isProtected, NULL);
    if (!is_protected)
        return;
    rtl_uString *no_password = tb_calls_text(calls, TB_STR(""));
    tb_uno_call(calls, edit->sheet, TB_XProtectable_unprotect, TB_ARGS(&no_password));
    tb_calls_forgive(calls); /* a wrong password is an exception, in some versions */
    if (tb_uno_call_boolean(calls, edit->sheet, TB_XProtectable_isProtected, NULL)) {
        tb_error_set(&calls->error, TB_INVALID, TB_MSG_CALC_SHEET_HAS_PASSWORD, NULL);
        return;
    }
    edit->protected_ = edit->changed = true;
}

void tb_sheet_edit_begin(tb_sheet_edit *edit, tb_calls *calls, uno_Interface *document,
                         uint32_t sheet, tb_str title)
{
    *edit = (tb_sheet_edit){.calls = calls, .index = (sal_Int16)sheet};
    sal_Int32 index = (sal_Int32)sheet;
    rtl_uString *name = tb_calls_text(calls, title);
    uno_Interface *sheets =
        tb_uno_call_object(calls, document, TB_XSpreadsheetDocument_getSheets, NULL);
    edit->sheet = tb_uno_call_object(calls, sheets, TB_XIndexAccess_getByIndex, TB_ARGS(&index));
    edit->undo = tb_uno_call_object(calls, document, TB_XUndoManagerSupplier_getUndoManager, NULL);
    tb_uno_call(calls, edit->undo, TB_XUndoManager_enterUndoContext, TB_ARGS(&name));
    edit->open = !tb_calls_failed(calls);
    unprotect(edit);
}

void tb_sheet_edit_end(tb_sheet_edit *edit)
{
    if (!edit->open)
        return;
    bool failed = tb_calls_failed(edit->calls);
    tb_calls calls; /* of its own: it must be closed after a failure too */
    tb_calls_init(&calls);
    rtl_uString *no_password = tb_calls_text(&calls, TB_STR(""));
    if (edit->protected_ && !failed)
        tb_uno_call(&calls, edit->sheet, TB_XProtectable_protect, TB_ARGS(&no_password));
    tb_uno_call(&calls, edit->undo, TB_XUndoManager_leaveUndoContext, NULL);
    if (failed && edit->changed) {
        tb_uno_call(&calls, edit->undo, TB_XUndoManager_undo, NULL);
        tb_uno_call(&calls, edit->undo, TB_XUndoManager_clearRedo, NULL);
    }
    edit->open = false;
    tb_calls_done(&calls, failed ? NULL : &edit->calls->error);
}

/* Rows */

static uno_Interface *rows_of(tb_sheet_edit *edit)
{
    return tb_uno_call_object(edit->calls, edit->sheet, TB_XColumnRowRange_getRows, NULL);
}

void tb_sheet_edit_insert_rows(tb_sheet_edit *edit, uint32_t before, uint32_t count)
{
    sal_Int32 at = (sal_Int32)before, rows = (sal_Int32)count;
    tb_uno_call(edit->calls, rows_of(edit), TB_XTableRows_insertByIndex, TB_ARGS(&at, &rows));
    edit->changed = edit->changed || !tb_calls_failed(edit->calls);
}

void tb_sheet_edit_remove_row(tb_sheet_edit *edit, uint32_t row)
{
    sal_Int32 at = (sal_Int32)row, rows = 1;
    tb_uno_call(edit->calls, rows_of(edit), TB_XTableRows_removeByIndex, TB_ARGS(&at, &rows));
    edit->changed = edit->changed || !tb_calls_failed(edit->calls);
}

static uno_Interface *row_at(tb_sheet_edit *edit, uint32_t row)
{
    sal_Int32 index = (sal_Int32)row;
    return tb_uno_call_object(edit->calls, rows_of(edit), TB_XIndexAccess_getByIndex,
                              TB_ARGS(&index));
}

void tb_sheet_edit_copy_height(tb_sheet_edit *edit, uint32_t from, uint32_t row)
{
    tb_calls *calls = edit->calls;
    uno_Interface *model = row_at(edit, from), *copy = row_at(edit, row);
    sal_Bool optimal = tb_property_boolean(calls, model, "OptimalHeight");
    sal_Int32 height = tb_property_long(calls, model, "Height");
    if (optimal)
        tb_property_set(calls, copy, "OptimalHeight",
                        tb_calls_any(calls, TB_TYPE_BOOLEAN, &optimal));
    else
        tb_property_set(calls, copy, "Height", tb_calls_any(calls, TB_TYPE_LONG, &height));
}

/* Cells */

static uno_Interface *cell_at(tb_sheet_edit *edit, uint32_t row, uint32_t column)
{
    sal_Int32 x = (sal_Int32)column, y = (sal_Int32)row;
    return tb_uno_call_object(edit->calls, edit->sheet, TB_XCellRange_getCellByPosition,
                              TB_ARGS(&x, &y));
}

void tb_sheet_edit_copy(tb_sheet_edit *edit, tb_range from, uint32_t row)
{
    cell_address to = {edit->index, (sal_Int32)from.column, (sal_Int32)row};
    tb_range_address source = {edit->index, (sal_Int32)from.column, (sal_Int32)from.row,
                               (sal_Int32)from.last_column, (sal_Int32)from.last_row};
    tb_uno_call(edit->calls, edit->sheet, TB_XCellRangeMovement_copyRange, TB_ARGS(&to, &source));
}

void tb_sheet_edit_copy_rows(tb_sheet_edit *edit, uint32_t from, uint32_t count, uint32_t row)
{
    uno_Interface *columns =
        tb_uno_call_object(edit->calls, edit->sheet, TB_XColumnRowRange_getColumns, NULL);
    sal_Int32 width = tb_uno_call_long(edit->calls, columns, TB_XIndexAccess_getCount, NULL);
    tb_range whole = {from, 0, from + count - 1, (uint32_t)width - 1};
    if (width > 0)
        tb_sheet_edit_copy(edit, whole, row);
}

static uno_Interface *cells_in(tb_sheet_edit *edit, tb_range range)
{
    sal_Int32 left = (sal_Int32)range.column, right = (sal_Int32)range.last_column;
    sal_Int32 top = (sal_Int32)range.row, bottom = (sal_Int32)range.last_row;
    return tb_uno_call_object(edit->calls, edit->sheet, TB_XCellRange_getCellRangeByPosition,
                              TB_ARGS(&left, &top, &right, &bottom));
}

void tb_sheet_edit_divide(tb_sheet_edit *edit, tb_range range)
{
    sal_Bool part = false;
    tb_uno_call(edit->calls, cells_in(edit, range), TB_XMergeable_merge, TB_ARGS(&part));
}

/* What holds a merged cell is not merged as it is. */
void tb_sheet_edit_merge(tb_sheet_edit *edit, tb_range range)
{
    sal_Bool merge = true;
    tb_sheet_edit_divide(edit, range);
    tb_uno_call(edit->calls, cells_in(edit, range), TB_XMergeable_merge, TB_ARGS(&merge));
}

void tb_sheet_edit_clear(tb_sheet_edit *edit, uint32_t row, uint32_t column)
{
    sal_Int32 flags = TYPED;
    uno_Interface *cell = cell_at(edit, row, column);
    sal_Int32 type = tb_uno_call_long(edit->calls, cell, TB_XCell_getType, NULL);
    if (type == CELL_VALUE || type == CELL_TEXT)
        tb_uno_call(edit->calls, cell, TB_XSheetOperation_clearContents, TB_ARGS(&flags));
}

void tb_sheet_edit_set_text(tb_sheet_edit *edit, uint32_t row, uint32_t column, tb_str text)
{
    rtl_uString *value = tb_calls_text(edit->calls, text);
    tb_uno_call(edit->calls, cell_at(edit, row, column), TB_XTextRange_setString, TB_ARGS(&value));
}

tb_str tb_sheet_edit_formula(tb_sheet_edit *edit, uint32_t row, uint32_t column, tb_arena *arena)
{
    uno_Interface *cell = cell_at(edit, row, column);
    if (tb_uno_call_long(edit->calls, cell, TB_XCell_getType, NULL) != CELL_FORMULA)
        return TB_STR("");
    return tb_text_utf8(arena, tb_uno_call_text(edit->calls, cell, TB_XCell_getFormula, NULL));
}

void tb_sheet_edit_set_formula(tb_sheet_edit *edit, uint32_t row, uint32_t column, tb_str formula)
{
    rtl_uString *text = tb_calls_text(edit->calls, formula);
    tb_uno_call(edit->calls, cell_at(edit, row, column), TB_XCell_setFormula, TB_ARGS(&text));
}
