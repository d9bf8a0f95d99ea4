/*
 * The list is a grid of four columns. Its data goes in by one call, whatever its length.
 */
#include "calc/findings_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "calc/accessible.h"
#include "calc/uno/value.h"

/* Together as wide as the list less its scroll bar. */
static const sal_Int32 designed_widths[TB_COLUMN_COUNT] = {48, 56, 108, 148};

/* What of the list's gain in width goes to a column, in per cent. */
static const sal_Int32 width_shares[TB_COLUMN_COUNT] = {0, 10, 35, 55};

enum { LIST_UNITS = 368 }; /* the list's width as designed, in the dialog's units */

static const tb_anchor anchors[] = {
    {"summary", 0, 100, 0, 0},   {"findings_label", 0, 100, 0, 0}, {"show_explained", 100, 0, 0, 0},
    {"findings", 0, 100, 0, 60}, {"details_label", 0, 100, 60, 0}, {"details", 0, 100, 60, 40},
    {"check", 0, 0, 100, 0},     {"explain", 0, 0, 100, 0},        {"withdraw", 0, 0, 100, 0},
    {"jump", 100, 0, 100, 0},    {"close", 100, 0, 100, 0},
};

static uno_Interface *model_of(tb_calls *calls, const tb_findings_view *view, const char *name)
{
    return tb_dialog_model(calls, view->dialog, name);
}

static uno_Interface *grid_of(tb_calls *calls, const tb_findings_view *view)
{
    return tb_dialog_control(calls, view->dialog, "findings");
}

/* ---- columns ---- */

static void add_columns(tb_calls *calls, const tb_findings_view *view)
{
    uno_Interface *columns =
        tb_property_object(calls, model_of(calls, view, "findings"), "ColumnModel");
    for (int i = 0; i < TB_COLUMN_COUNT; i++) {
        const char *heading = tb_message_get(view->language, tb_findings_heading(i));
        rtl_uString *title = tb_calls_text(calls, tb_str_of(heading));
        sal_Int32 width = designed_widths[i], flexibility = 0;
        uno_Interface *column =
            tb_uno_call_object(calls, columns, TB_XGridColumnModel_createColumn, NULL);
        tb_uno_call_set(calls, column, TB_XGridColumn_Title, &title);
        tb_uno_call_set(calls, column, TB_XGridColumn_ColumnWidth, &width);
        tb_uno_call_set(calls, column, TB_XGridColumn_Flexibility, &flexibility);
        tb_uno_call(calls, columns, TB_XGridColumnModel_addColumn, TB_ARGS(&column));
    }
}

/* The office's list (svtools' table control in 7.4) disposes of its accessible, which gives up the
 * last reference to it in the course of that, and then writes into the memory that was freed. So
 * the accessible, if anybody ever asks for it, must outlive the list: a reference of ours, taken
 * while the list is new and given back after the window has gone, sees to that. */
static void hold_list_accessible(tb_findings_view *view)
{
    tb_calls calls;
    tb_calls_init(&calls);
    view->list_accessible = tb_accessible_find_child(
        &calls, tb_accessible_context(&calls, view->dialog), TB_ROLE_PANEL);
    tb_object_acquire(view->list_accessible);
    tb_calls_done(&calls, NULL);
}

void tb_findings_view_init(tb_calls *calls, tb_findings_view *view)
{
    memcpy(view->column_widths, designed_widths, sizeof(designed_widths));
    tb_layout_init(calls, &view->layout, view->dialog, anchors,
                   sizeof(anchors) / sizeof(anchors[0]));
    hold_list_accessible(view);
    add_columns(calls, view);
}

void tb_findings_view_done(tb_findings_view *view)
{
    free(view->rows);
    view->rows = NULL;
    view->row_count = 0;
    tb_object_clear(&view->list_accessible);
}

bool tb_findings_view_resize(tb_calls *calls, tb_findings_view *view)
{
    tb_layout_apply(calls, &view->layout, view->dialog);
    const tb_rectangle *window = tb_uno_call(calls, view->dialog, TB_XWindow_getPosSize, NULL);
    uno_Interface *columns =
        tb_property_object(calls, model_of(calls, view, "findings"), "ColumnModel");
    if (window == NULL || columns == NULL || view->layout.controls[0].width == 0)
        return false;
    sal_Int32 wider =
        (window->width - view->layout.window.width) * LIST_UNITS / view->layout.controls[0].width;
    bool changed = false;
    for (sal_Int32 i = 0; i < TB_COLUMN_COUNT; i++) {
        sal_Int32 width = designed_widths[i] + (wider > 0 ? wider * width_shares[i] / 100 : 0);
        if (width == view->column_widths[i])
            continue;
        uno_Interface *column =
            tb_uno_call_object(calls, columns, TB_XGridColumnModel_getColumn, TB_ARGS(&i));
        tb_uno_call_set(calls, column, TB_XGridColumn_ColumnWidth, &width);
        view->column_widths[i] = width;
        changed = true;
    }
    return changed;
}

/* ---- rows ---- */

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
        tb_findings_column(&text, view->language, finding, sheet, i, view->column_widths[i]);
        rtl_uString *shown = tb_text_new(tb_buffer_get(&text));
        if (shown == NULL)
            continue;
        uno_type_any_assign(&TB_ITEMS(*row, uno_Any)[i], &shown,
                            tb_library_type(TB_TYPE_STRING, NULL), NULL, NULL);
        rtl_uString_release(shown);
    }
    tb_buffer_done(&text);
}

/* Decides which findings have a row. */
static void choose_rows(tb_calls *calls, tb_findings_view *view, const tb_result *result)
{
    size_t count = result == NULL ? 0 : result->finding_count;
    tb_findings_view_done(view);
    view->rows = calloc(count + 1, sizeof(*view->rows));
    if (view->rows == NULL) {
        tb_error_memory(&calls->error);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        bool explained = result->findings[i].explained == TB_EXPLANATION_CURRENT;
        if (!explained || !view->hides_explained)
            view->rows[view->row_count++] = i;
    }
}

static void fill_list(tb_calls *calls, tb_findings_view *view, const tb_session *session,
                      const tb_result *result)
{
    uno_Interface *data =
        tb_property_object(calls, model_of(calls, view, "findings"), "GridDataModel");
    choose_rows(calls, view, result);
    size_t count = view->row_count;
    uno_Sequence *headings = tb_calls_sequence(calls, TB_TYPE_ANYS, count);
    uno_Sequence *rows = tb_calls_sequence(calls, TB_TYPE_ANY_ROWS, count);
    for (size_t i = 0; i < count && !tb_calls_failed(calls); i++) {
        const tb_finding *finding = &result->findings[view->rows[i]];
        fill_row(calls, view, tb_session_sheet_name(session, finding->at), finding,
                 &TB_ITEMS(rows, uno_Sequence *)[i]);
    }
    tb_uno_call(calls, data, TB_XMutableGridDataModel_removeAllRows, NULL);
    if (count > 0)
        tb_uno_call(calls, data, TB_XMutableGridDataModel_addRows, TB_ARGS(&headings, &rows));
}

void tb_findings_view_fill(tb_calls *calls, tb_findings_view *view, const tb_session *session,
                           const tb_result *result)
{
    tb_buffer summary;
    tb_buffer_init(&summary, TB_MAX_TEXT_SIZE);
    tb_findings_summary(&summary, view->language, result);
    tb_findings_view_message(calls, view, tb_buffer_get(&summary));
    tb_buffer_done(&summary);
    fill_list(calls, view, session, result);
}

void tb_findings_view_message(tb_calls *calls, tb_findings_view *view, tb_str text)
{
    tb_property_set_text(calls, model_of(calls, view, "summary"), "Label", text);
    tb_findings_view_details(calls, view, NULL);
    fill_list(calls, view, NULL, NULL);
}

void tb_findings_view_read_filter(tb_calls *calls, tb_findings_view *view)
{
    uno_Interface *box = model_of(calls, view, "show_explained");
    view->hides_explained = box != NULL && tb_property_long(calls, box, "State") == 0;
}

/* ---- details ---- */

void tb_findings_view_note(tb_calls *calls, tb_findings_view *view, tb_str text)
{
    tb_property_set_text(calls, model_of(calls, view, "details"), "Text", text);
}

/* What there is an explanation of can lose it again, and so can what one is left of. */
static bool has_explanation(const tb_finding *finding)
{
    return finding->explanation != NULL || tb_str_equal(finding->rule, TB_STR("explanation"));
}

void tb_findings_view_details(tb_calls *calls, tb_findings_view *view, const tb_finding *finding)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (finding != NULL)
        tb_findings_details(&text, view->language, finding);
    tb_findings_view_note(calls, view, tb_buffer_get(&text));
    tb_dialog_enable(calls, view->dialog, "explain", finding != NULL && finding->explainable);
    tb_dialog_enable(calls, view->dialog, "withdraw", finding != NULL && has_explanation(finding));
    tb_dialog_enable(calls, view->dialog, "jump", finding != NULL);
    tb_buffer_done(&text);
}

/* ---- the selection ---- */

static sal_Int32 selected_row(tb_calls *calls, const tb_findings_view *view)
{
    const uno_Sequence *rows = tb_uno_call_sequence(calls, grid_of(calls, view),
                                                    TB_XGridRowSelection_getSelectedRows, NULL);
    return rows == NULL || rows->nElements == 0 ? -1 : TB_ITEMS(rows, const sal_Int32)[0];
}

ptrdiff_t tb_findings_view_selected(tb_calls *calls, const tb_findings_view *view)
{
    sal_Int32 row = selected_row(calls, view);
    return row >= 0 && (size_t)row < view->row_count ? (ptrdiff_t)view->rows[row] : -1;
}

/* The cursor moves along, so that the row is scrolled into sight. */
static void select_row(tb_calls *calls, const tb_findings_view *view, sal_Int32 row)
{
    sal_Int32 first_column = 0;
    uno_Interface *grid = grid_of(calls, view);
    tb_uno_call(calls, grid, TB_XGridControl_goToCell, TB_ARGS(&first_column, &row));
    tb_uno_call(calls, grid, TB_XGridRowSelection_deselectAllRows, NULL);
    tb_uno_call(calls, grid, TB_XGridRowSelection_selectRow, TB_ARGS(&row));
}

void tb_findings_view_select(tb_calls *calls, const tb_findings_view *view, size_t finding)
{
    size_t row = 0;
    while (row + 1 < view->row_count && view->rows[row] < finding)
        row++;
    if (view->row_count > 0)
        select_row(calls, view, (sal_Int32)row);
}

void tb_findings_view_step(tb_calls *calls, const tb_findings_view *view, sal_Int32 by)
{
    sal_Int32 count = (sal_Int32)view->row_count;
    if (count > 0)
        select_row(calls, view, (selected_row(calls, view) + by + count) % count);
}

void tb_findings_view_focus(tb_calls *calls, const tb_findings_view *view)
{
    tb_uno_call(calls, grid_of(calls, view), TB_XWindow_setFocus, NULL);
}
