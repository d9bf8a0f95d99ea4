/*
 * Texts go in by setDataArray, which takes them as they are: a reason that begins with = is no
 * formula, and a date stays as it was written.
 */
#include "calc/explain.h"

#include "calc/uno/calls.h"
#include "calc/uno/value.h"

/* The look of the columns of a new sheet; the code is for the program only. */
static const struct {
    sal_Int32 width; /* 1/100 mm */
    bool hidden;
} column_looks[TB_EXPLANATION_COLUMNS] = {
    [TB_EXPLANATION_RULE] = {2600, false},  [TB_EXPLANATION_CELL] = {3600, false},
    [TB_EXPLANATION_VALUE] = {4200, false}, [TB_EXPLANATION_REASON] = {9000, false},
    [TB_EXPLANATION_WHO] = {2400, false},   [TB_EXPLANATION_WHEN] = {2600, false},
    [TB_EXPLANATION_CODE] = {2600, true},
};

enum {
    HEADING_COLOR = 0xE6E6E6,
    TOP = 1 /* com.sun.star.table.CellVertJustify2 */
};

/* Whoever reads the form reads Chinese, whatever the language of the office is. */
#define SHEET_LANGUAGE TB_LANGUAGE_ZH

/* ---- what is there ---- */

static uno_Interface *get_sheets(tb_calls *calls, uno_Interface *document)
{
    return tb_uno_call_object(calls, document, TB_XSpreadsheetDocument_getSheets, NULL);
}

static uno_Interface *get_sheet(tb_calls *calls, uno_Interface *document,
                                const tb_explanations *known)
{
    sal_Int32 index = (sal_Int32)known->sheet;
    return tb_uno_call_object(calls, get_sheets(calls, document), TB_XIndexAccess_getByIndex,
                              TB_ARGS(&index));
}

/* A sheet of the user's own that has our name and not our headings. */
static bool name_is_taken(tb_calls *calls, uno_Interface *document)
{
    const uno_Sequence *names = tb_uno_call_sequence(calls, get_sheets(calls, document),
                                                     TB_XNameAccess_getElementNames, NULL);
    tb_arena arena;
    bool taken = false;
    tb_arena_init(&arena, TB_ERROR_ARGS_SIZE * TB_ERROR_ARGS_SIZE);
    for (sal_Int32 i = 0; names != NULL && i < names->nElements && !taken; i++)
        taken =
            tb_explanations_is_sheet_name(tb_text_utf8(&arena, TB_ITEMS(names, rtl_uString *)[i]));
    tb_arena_done(&arena);
    return taken;
}

static bool is_protected(tb_calls *calls, uno_Interface *object)
{
    return tb_uno_call_boolean(calls, object, TB_XProtectable_isProtected, NULL);
}

tb_status tb_explain_check_writable(uno_Interface *document, const tb_explanations *known,
                                    tb_error *error)
{
    tb_calls calls;
    tb_message problem = TB_MSG_COUNT;
    tb_calls_init(&calls);
    if (tb_uno_call_boolean(&calls, document, TB_XStorable_isReadonly, NULL))
        problem = TB_MSG_CALC_EXPLAIN_READ_ONLY;
    else if (known->found && is_protected(&calls, get_sheet(&calls, document, known)))
        problem = TB_MSG_CALC_EXPLAIN_SHEET_PROTECTED;
    else if (!known->found && is_protected(&calls, document))
        problem = TB_MSG_CALC_EXPLAIN_DOCUMENT_PROTECTED;
    else if (!known->found && name_is_taken(&calls, document))
        problem = TB_MSG_CALC_EXPLAIN_NAME_TAKEN;
    tb_status status = tb_calls_done(&calls, error);
    if (status == TB_OK && problem != TB_MSG_COUNT)
        status = tb_error_set(error, TB_INVALID, problem, NULL);
    return status;
}

/* ---- one step of undo ---- */

static uno_Interface *get_undo_manager(tb_calls *calls, uno_Interface *document)
{
    return tb_uno_call_object(calls, document, TB_XUndoManagerSupplier_getUndoManager, NULL);
}

static tb_status begin_step(uno_Interface *document, tb_language language, tb_message title,
                            tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    rtl_uString *text = tb_calls_text(&calls, tb_str_of(tb_message_get(language, title)));
    tb_uno_call(&calls, get_undo_manager(&calls, document), TB_XUndoManager_enterUndoContext,
                TB_ARGS(&text));
    return tb_calls_done(&calls, error);
}

/* A step that failed is taken back, where there is something of it. */
static void end_step(uno_Interface *document, bool failed)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *manager = get_undo_manager(&calls, document);
    const uno_Sequence *before =
        tb_uno_call_sequence(&calls, manager, TB_XUndoManager_getAllUndoActionTitles, NULL);
    tb_uno_call(&calls, manager, TB_XUndoManager_leaveUndoContext, NULL);
    const uno_Sequence *after =
        tb_uno_call_sequence(&calls, manager, TB_XUndoManager_getAllUndoActionTitles, NULL);
    if (failed && before != NULL && after != NULL && after->nElements > before->nElements)
        tb_uno_call(&calls, manager, TB_XUndoManager_undo, NULL);
    if (failed)
        tb_uno_call(&calls, manager, TB_XUndoManager_clearRedo, NULL);
    tb_calls_done(&calls, NULL);
}

/* ---- writing ---- */

static uno_Interface *get_range(tb_calls *calls, uno_Interface *sheet, tb_range range)
{
    sal_Int32 row = (sal_Int32)range.row, column = (sal_Int32)range.column;
    sal_Int32 last_row = (sal_Int32)range.last_row, last_column = (sal_Int32)range.last_column;
    return tb_uno_call_object(calls, sheet, TB_XCellRange_getCellRangeByPosition,
                              TB_ARGS(&column, &row, &last_column, &last_row));
}

static void write_text(tb_calls *calls, uno_Interface *sheet, uint32_t row, uint32_t column,
                       tb_str text)
{
    uno_Interface *cell = get_range(calls, sheet, (tb_range){row, column, row, column});
    uno_Sequence *values = tb_calls_one(calls, tb_calls_any_text(calls, text));
    uno_Sequence *rows = tb_calls_sequence(calls, TB_TYPE_ANY_ROWS, 1);
    if (values == NULL || rows == NULL)
        return;
    uno_type_assignData(rows->elements, tb_library_type(TB_TYPE_ANYS, NULL), &values,
                        tb_library_type(TB_TYPE_ANYS, NULL), NULL, NULL, NULL);
    tb_uno_call(calls, cell, TB_XCellRangeData_setDataArray, TB_ARGS(&rows));
}

static void set_long(tb_calls *calls, uno_Interface *object, const char *name, sal_Int32 value)
{
    tb_property_set(calls, object, name, tb_calls_any(calls, TB_TYPE_LONG, &value));
}

static void set_boolean(tb_calls *calls, uno_Interface *object, const char *name, bool value)
{
    sal_Bool flag = value;
    tb_property_set(calls, object, name, tb_calls_any(calls, TB_TYPE_BOOLEAN, &flag));
}

static void shape_columns(tb_calls *calls, uno_Interface *sheet)
{
    uno_Interface *columns = tb_uno_call_object(calls, sheet, TB_XColumnRowRange_getColumns, NULL);
    for (sal_Int32 i = 0; i < TB_EXPLANATION_COLUMNS; i++) {
        uno_Interface *column =
            tb_uno_call_object(calls, columns, TB_XIndexAccess_getByIndex, TB_ARGS(&i));
        set_long(calls, column, "Width", column_looks[i].width);
        set_boolean(calls, column, "IsTextWrapped", !column_looks[i].hidden);
        set_long(calls, column, "VertJustify", TOP);
        set_boolean(calls, column, "IsVisible", !column_looks[i].hidden);
    }
}

static void shape_headings(tb_calls *calls, uno_Interface *sheet)
{
    static const char *const weights[] = {"CharWeight", "CharWeightAsian"};
    float bold = 150; /* com.sun.star.awt.FontWeight.BOLD */
    uno_Interface *range = get_range(calls, sheet, (tb_range){0, 0, 0, TB_EXPLANATION_COLUMNS - 1});
    for (size_t i = 0; i < sizeof(weights) / sizeof(weights[0]); i++)
        tb_property_set(calls, range, weights[i], tb_calls_any(calls, TB_TYPE_FLOAT, &bold));
    set_long(calls, range, "CellBackColor", HEADING_COLOR);
}

/* The new sheet at the end of the document; *ret says where things are on it. */
static uno_Interface *make_sheet(tb_calls *calls, uno_Interface *document, tb_explanations *ret)
{
    uno_Interface *sheets = get_sheets(calls, document);
    rtl_uString *name = tb_calls_text(calls, tb_explanations_sheet_name(SHEET_LANGUAGE));
    sal_Int32 count = tb_uno_call_long(calls, sheets, TB_XIndexAccess_getCount, NULL);
    sal_Int16 end = (sal_Int16)count;
    tb_uno_call(calls, sheets, TB_XSpreadsheets_insertNewByName, TB_ARGS(&name, &end));
    *ret = (tb_explanations){.found = true, .sheet = (uint32_t)count, .next_row = 1};
    for (uint32_t i = 0; i < TB_EXPLANATION_COLUMNS; i++)
        ret->columns[i] = i;
    uno_Interface *sheet = get_sheet(calls, document, ret);
    shape_columns(calls, sheet);
    shape_headings(calls, sheet);
    return sheet;
}

/* The headings are written with each row: that of the code may be missing. */
static void write_row(tb_calls *calls, uno_Interface *document, const tb_explanations *known,
                      const tb_explanation *replaced, const tb_str *texts)
{
    tb_explanations place = *known;
    uno_Interface *sheet =
        known->found ? get_sheet(calls, document, known) : make_sheet(calls, document, &place);
    for (int i = 0; i < TB_EXPLANATION_COLUMNS; i++) {
        tb_str heading = tb_explanations_heading((tb_explanation_column)i, SHEET_LANGUAGE);
        if (!known->found || (i == TB_EXPLANATION_CODE && !known->has_code_heading))
            write_text(calls, sheet, place.heading_row, place.columns[i], heading);
        uint32_t row = replaced != NULL ? replaced->at.row : place.next_row;
        write_text(calls, sheet, row, place.columns[i], texts[i]);
    }
}

tb_status tb_explain_write(uno_Interface *document, const tb_explanations *known,
                           const tb_explanation *replaced,
                           const tb_str texts[TB_EXPLANATION_COLUMNS], tb_language language,
                           tb_error *error)
{
    tb_calls calls;
    tb_status status = tb_explain_check_writable(document, known, error);
    if (status == TB_OK)
        status = begin_step(document, language, TB_MSG_CALC_EXPLAIN_STEP, error);
    if (status != TB_OK)
        return status;
    tb_calls_init(&calls);
    write_row(&calls, document, known, replaced, texts);
    status = tb_calls_done(&calls, error);
    end_step(document, status != TB_OK);
    return status;
}

tb_status tb_explain_withdraw(uno_Interface *document, const tb_explanations *known, uint32_t row,
                              tb_language language, tb_error *error)
{
    tb_calls calls;
    sal_Int32 at = (sal_Int32)row, count = 1;
    tb_status status = tb_explain_check_writable(document, known, error);
    if (status == TB_OK)
        status = begin_step(document, language, TB_MSG_CALC_EXPLAIN_WITHDRAW_STEP, error);
    if (status != TB_OK)
        return status;
    tb_calls_init(&calls);
    uno_Interface *rows = tb_uno_call_object(&calls, get_sheet(&calls, document, known),
                                             TB_XColumnRowRange_getRows, NULL);
    tb_uno_call(&calls, rows, TB_XTableRows_removeByIndex, TB_ARGS(&at, &count));
    status = tb_calls_done(&calls, error);
    end_step(document, status != TB_OK);
    return status;
}
