/*
 * The list is a grid of four columns. Its data goes in by one call, whatever its length.
 */
#include "calc/findings_view.h"

#include "base/limits.h"
#include "calc/findings_text.h"
#include "calc/uno/value.h"

/* Widths in the dialog's units, a quarter of a letter; together as wide as the list less its
 * scroll bar. */
static const sal_Int32 column_widths[TB_COLUMN_COUNT] = {44, 56, 110, 150};

uno_Interface *tb_findings_view_control(tb_calls *calls, const tb_findings_view *view,
                                        const char *name)
{
    rtl_uString *text = tb_calls_text(calls, tb_str_of(name));
    return tb_uno_call_object(calls, view->dialog, TB_XControlContainer_getControl, TB_ARGS(&text));
}

static uno_Interface *model_of(tb_calls *calls, const tb_findings_view *view, const char *name)
{
    uno_Interface *control = tb_findings_view_control(calls, view, name);
    return tb_uno_call_object(calls, control, TB_XControl_getModel, NULL);
}

void tb_findings_view_columns(tb_calls *calls, const tb_findings_view *view)
{
    uno_Interface *grid = model_of(calls, view, "findings");
    uno_Interface *columns = tb_property_object(calls, grid, "ColumnModel");
    for (int i = 0; i < TB_COLUMN_COUNT; i++) {
        const char *heading = tb_message_get(view->language, tb_findings_heading(i));
        rtl_uString *title = tb_calls_text(calls, tb_str_of(heading));
        sal_Int32 width = column_widths[i], flexibility = 0;
        uno_Interface *column =
            tb_uno_call_object(calls, columns, TB_XGridColumnModel_createColumn, NULL);
        tb_uno_call_set(calls, column, TB_XGridColumn_Title, &title);
        tb_uno_call_set(calls, column, TB_XGridColumn_ColumnWidth, &width);
        tb_uno_call_set(calls, column, TB_XGridColumn_Flexibility, &flexibility);
        tb_uno_call(calls, columns, TB_XGridColumnModel_addColumn, TB_ARGS(&column));
    }
}

/* One row of the grid: an Any with a text for each column. */
static void fill_row(tb_calls *calls, const tb_findings_view *view, tb_str sheet,
                     const tb_finding *finding, uno_Sequence **row)
{
    typelib_TypeDescriptionReference *anys = tb_library_type(TB_TYPE_ANYS, &calls->error);
    if (anys == NULL || !uno_type_sequence_realloc(row, anys, TB_COLUMN_COUNT, NULL, NULL)) {
        tb_error_memory(&calls->error);
        return;
    }
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    for (int i = 0; i < TB_COLUMN_COUNT; i++) {
        tb_buffer_reset(&text);
        tb_findings_column(&text, view->language, finding, sheet, i);
        rtl_uString *shown = tb_text_new(tb_buffer_get(&text));
        if (shown == NULL)
            continue;
        uno_type_any_assign(&TB_ITEMS(*row, uno_Any)[i], &shown,
                            tb_library_type(TB_TYPE_STRING, NULL), NULL, NULL);
        rtl_uString_release(shown);
    }
    tb_buffer_done(&text);
}

static void fill_list(tb_calls *calls, const tb_findings_view *view, const tb_session *session,
                      const tb_result *result)
{
    uno_Interface *grid = model_of(calls, view, "findings");
    uno_Interface *data = tb_property_object(calls, grid, "GridDataModel");
    size_t count = result == NULL ? 0 : result->finding_count;
    uno_Sequence *headings = tb_calls_sequence(calls, TB_TYPE_ANYS, count);
    uno_Sequence *rows = tb_calls_sequence(calls, TB_TYPE_ANY_ROWS, count);
    for (size_t i = 0; i < count && !tb_calls_failed(calls); i++) {
        const tb_finding *finding = &result->findings[i];
        fill_row(calls, view, tb_session_sheet_name(session, finding->at), finding,
                 &TB_ITEMS(rows, uno_Sequence *)[i]);
    }
    tb_uno_call(calls, data, TB_XMutableGridDataModel_removeAllRows, NULL);
    if (count > 0)
        tb_uno_call(calls, data, TB_XMutableGridDataModel_addRows, TB_ARGS(&headings, &rows));
}

void tb_findings_view_fill(tb_calls *calls, const tb_findings_view *view, const tb_session *session,
                           const tb_result *result)
{
    tb_buffer summary;
    tb_buffer_init(&summary, TB_MAX_TEXT_SIZE);
    tb_findings_summary(&summary, view->language, result);
    tb_findings_view_message(calls, view, tb_buffer_get(&summary));
    tb_buffer_done(&summary);
    fill_list(calls, view, session, result);
}

void tb_findings_view_message(tb_calls *calls, const tb_findings_view *view, tb_str text)
{
    tb_property_set_text(calls, model_of(calls, view, "summary"), "Label", text);
    tb_findings_view_note(calls, view, TB_STR(""));
    fill_list(calls, view, NULL, NULL);
}

void tb_findings_view_note(tb_calls *calls, const tb_findings_view *view, tb_str text)
{
    tb_property_set_text(calls, model_of(calls, view, "details"), "Text", text);
}

void tb_findings_view_details(tb_calls *calls, const tb_findings_view *view,
                              const tb_finding *finding)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (finding != NULL)
        tb_findings_details(&text, view->language, finding);
    tb_findings_view_note(calls, view, tb_buffer_get(&text));
    tb_buffer_done(&text);
}

sal_Int32 tb_findings_view_selected(tb_calls *calls, const tb_findings_view *view)
{
    uno_Interface *grid = tb_findings_view_control(calls, view, "findings");
    const uno_Sequence *rows =
        tb_uno_call_sequence(calls, grid, TB_XGridRowSelection_getSelectedRows, NULL);
    return rows == NULL || rows->nElements == 0 ? -1 : TB_ITEMS(rows, const sal_Int32)[0];
}

/* The cursor moves along, so that the row is scrolled into sight. */
void tb_findings_view_select(tb_calls *calls, const tb_findings_view *view, sal_Int32 row)
{
    sal_Int32 first_column = 0;
    uno_Interface *grid = tb_findings_view_control(calls, view, "findings");
    tb_uno_call(calls, grid, TB_XGridControl_goToCell, TB_ARGS(&first_column, &row));
    tb_uno_call(calls, grid, TB_XGridRowSelection_deselectAllRows, NULL);
    tb_uno_call(calls, grid, TB_XGridRowSelection_selectRow, TB_ARGS(&row));
}
