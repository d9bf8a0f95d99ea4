/*
 * Only the view is touched; the document stays unmodified.
 */
#include "calc/jump.h"

#include "calc/sheet.h"

/* The sheet when it is there and visible, else NULL. */
static uno_Interface *find_sheet(tb_calls *calls, uno_Interface *document, tb_str name)
{
    rtl_uString *text = tb_calls_text(calls, name);
    uno_Interface *sheets =
        tb_uno_call_object(calls, document, TB_XSpreadsheetDocument_getSheets, NULL);
    if (!tb_uno_call_boolean(calls, sheets, TB_XNameAccess_hasByName, TB_ARGS(&text)))
        return NULL;
    uno_Interface *found =
        tb_uno_call_object(calls, sheets, TB_XNameAccess_getByName, TB_ARGS(&text));
    return tb_property_boolean(calls, found, "IsVisible")
               ? tb_calls_query(calls, found, TB_TYPE_SPREADSHEET)
               : NULL;
}

static tb_status fail_gone(tb_str sheet, tb_error *error)
{
    char name[256] = "";
    size_t size = sheet.size < sizeof(name) ? sheet.size : sizeof(name) - 1;
    for (size_t i = 0; i < size; i++)
        name[i] = sheet.data[i];
    return tb_error_set(error, TB_NOT_FOUND, TB_MSG_CALC_SHEET_GONE, name, NULL);
}

tb_status tb_jump_to_cell(uno_Interface *document, tb_str sheet, tb_address at, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    sal_Int32 column = (sal_Int32)at.column, row = (sal_Int32)at.row;
    uno_Interface *target = find_sheet(&calls, document, sheet);
    bool gone = target == NULL && !tb_calls_failed(&calls);
    if (target != NULL) {
        uno_Interface *view =
            tb_uno_call_object(&calls, document, TB_XModel_getCurrentController, NULL);
        uno_Interface *cell =
            tb_uno_call_object(&calls, target, TB_XCellRange_getCellRangeByPosition,
                               TB_ARGS(&column, &row, &column, &row));
        uno_Any *selection = tb_calls_any_object(&calls, cell);
        tb_uno_call(&calls, view, TB_XSpreadsheetView_setActiveSheet, TB_ARGS(&target));
        tb_uno_call(&calls, view, TB_XSelectionSupplier_select, TB_ARGS(selection));
    }
    tb_status status = tb_calls_done(&calls, error);
    return status == TB_OK && gone ? fail_gone(sheet, error) : status;
}

bool tb_jump_find_selection(tb_calls *calls, uno_Interface *controller, uint32_t *ret_sheet,
                            tb_range *ret_selection)
{
    uno_Interface *selection =
        tb_uno_call_object(calls, controller, TB_XSelectionSupplier_getSelection, NULL);
    uno_Interface *cells = tb_calls_query(calls, selection, TB_TYPE_CELL_RANGE_ADDRESSABLE);
    const tb_range_address *at =
        cells == NULL ? NULL
                      : tb_uno_call(calls, cells, TB_XCellRangeAddressable_getRangeAddress, NULL);
    if (at == NULL)
        return false;
    *ret_sheet = (uint32_t)at->sheet;
    *ret_selection = (tb_range){(uint32_t)at->row, (uint32_t)at->column, (uint32_t)at->last_row,
                                (uint32_t)at->last_column};
    return true;
}

bool tb_jump_find_cursor(tb_calls *calls, uno_Interface *controller, tb_address *ret_cursor)
{
    uint32_t sheet;
    tb_range selection;
    if (!tb_jump_find_selection(calls, controller, &sheet, &selection))
        return false;
    *ret_cursor = (tb_address){sheet, selection.row, selection.column};
    return true;
}
