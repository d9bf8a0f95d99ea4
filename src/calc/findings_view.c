/*
 * The list is a grid. Its data goes in by one call, whatever its length.
 */
#include "calc/findings_view.h"

#include "base/limits.h"
#include "calc/accessible.h"
#include "calc/uno/value.h"

/* Between two texts of the list; no text has it. */
#define TEXT_END '\x1f'

static uno_Interface *model_of(tb_calls *calls, const tb_findings_view *view, const char *name)
{
    return tb_dialog_model(calls, view->window, name);
}

static uno_Interface *grid_of(tb_calls *calls, const tb_findings_view *view)
{
    return tb_dialog_control(calls, view->window, view->plan->list);
}

/* ---- columns ---- */

static uno_Interface *columns_of(tb_calls *calls, const tb_findings_view *view)
{
    return tb_property_object(calls, model_of(calls, view, view->plan->list), "ColumnModel");
}

static void add_columns(tb_calls *calls, tb_findings_view *view)
{
    uno_Interface *columns = columns_of(calls, view);
    for (size_t i = 0; i < view->plan->column_count; i++) {
        const tb_findings_plan_column *planned = &view->plan->columns[i];
        const char *heading = tb_message_get(view->language, tb_findings_heading(planned->text));
        rtl_uString *title = tb_calls_text(calls, tb_str_of(heading));
        sal_Int32 width = planned->width, flexibility = 0;
        uno_Interface *column =
            tb_uno_call_object(calls, columns, TB_XGridColumnModel_createColumn, NULL);
        tb_uno_call_set(calls, column, TB_XGridColumn_Title, &title);
        tb_uno_call_set(calls, column, TB_XGridColumn_ColumnWidth, &width);
        tb_uno_call_set(calls, column, TB_XGridColumn_Flexibility, &flexibility);
        tb_uno_call(calls, columns, TB_XGridColumnModel_addColumn, TB_ARGS(&column));
        view->column_widths[i] = width;
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
        &calls, tb_accessible_context(&calls, view->window), TB_ROLE_PANEL);
    tb_object_acquire(view->list_accessible);
    tb_calls_done(&calls, NULL);
}

void tb_findings_view_init(tb_calls *calls, tb_findings_view *view, const tb_findings_plan *plan)
{
    view->plan = plan;
    view->filter = (tb_findings_filter){.severity = TB_ALL_SEVERITIES};
    tb_buffer_init(&view->shown, TB_MAX_OUTPUT_SIZE);
    tb_layout_init(calls, &view->layout, view->window, plan->anchors, plan->anchor_count);
    hold_list_accessible(view);
    add_columns(calls, view);
}

void tb_findings_view_done(tb_findings_view *view)
{
    tb_findings_rows_done(&view->rows);
    tb_buffer_done(&view->shown);
    tb_object_clear(&view->list_accessible);
}

/* What the list has gained in width, in the dialog's units. */
static sal_Int32 list_gain(tb_calls *calls, const tb_findings_view *view)
{
    sal_Int32 list_width = 0;
    for (size_t i = 0; i < view->layout.count; i++) {
        if (tb_str_equal(tb_str_of(view->plan->anchors[i].name), tb_str_of(view->plan->list)))
            list_width = view->layout.controls[i].width;
    }
    const tb_rectangle *window = tb_uno_call(calls, view->window, TB_XWindow_getPosSize, NULL);
    sal_Int32 wider = window == NULL ? 0 : window->width - view->layout.window.width;
    return wider <= 0 || list_width == 0 ? 0 : wider * view->plan->list_units / list_width;
}

bool tb_findings_view_resize(tb_calls *calls, tb_findings_view *view)
{
    tb_layout_apply(calls, &view->layout, view->window);
    uno_Interface *columns = columns_of(calls, view);
    sal_Int32 gain = list_gain(calls, view);
    bool changed = false;
    for (sal_Int32 i = 0; i < (sal_Int32)view->plan->column_count; i++) {
        const tb_findings_plan_column *planned = &view->plan->columns[i];
        sal_Int32 width = planned->width + gain * planned->share / 100;
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

static void write_texts(const tb_findings_view *view, const tb_session *session, tb_buffer *out)
{
    for (size_t i = 0; i < view->rows.count; i++) {
        const tb_findings_row *row = &view->rows.rows[i];
        tb_str sheet = tb_session_sheet_name(session, row->finding->at);
        for (size_t column = 0; column < view->plan->column_count; column++) {
            tb_findings_text text = view->plan->columns[column].text;
            if (row->is_heading)
                tb_findings_group(out, view->language, row, view->filter.grouping, sheet, text);
            else
                tb_findings_column(out, view->language, row->finding, sheet, text,
                                   view->column_widths[column]);
            tb_buffer_char(out, TEXT_END);
        }
    }
}

/* The text at *rest, which moves past it. */
static tb_str next_text(tb_str *rest)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != TEXT_END)
        size++;
    tb_str text = tb_str_slice(*rest, 0, size);
    *rest = tb_str_slice(*rest, size + 1, SIZE_MAX);
    return text;
}

/* One row of the grid: an Any with a text for each column. */
static void fill_row(tb_calls *calls, size_t columns, tb_str *rest, uno_Sequence **row)
{
    typelib_TypeDescriptionReference *anys = tb_library_type(TB_TYPE_ANYS, &calls->error);
    if (anys == NULL || !uno_type_sequence_realloc(row, anys, (sal_Int32)columns, NULL, NULL)) {
        tb_error_memory(&calls->error);
        return;
    }
    for (size_t i = 0; i < columns; i++) {
        rtl_uString *shown = tb_text_new(next_text(rest));
        if (shown == NULL)
            continue;
        uno_type_any_assign(&TB_ITEMS(*row, uno_Any)[i], &shown,
                            tb_library_type(TB_TYPE_STRING, NULL), NULL, NULL);
        rtl_uString_release(shown);
    }
}

static void fill_grid(tb_calls *calls, const tb_findings_view *view, tb_str texts)
{
    uno_Interface *data =
        tb_property_object(calls, model_of(calls, view, view->plan->list), "GridDataModel");
    size_t count = view->rows.count;
    uno_Sequence *headings = tb_calls_sequence(calls, TB_TYPE_ANYS, count);
    uno_Sequence *rows = tb_calls_sequence(calls, TB_TYPE_ANY_ROWS, count);
    for (size_t i = 0; i < count && !tb_calls_failed(calls); i++)
        fill_row(calls, view->plan->column_count, &texts, &TB_ITEMS(rows, uno_Sequence *)[i]);
    tb_uno_call(calls, data, TB_XMutableGridDataModel_removeAllRows, NULL);
    if (count > 0)
        tb_uno_call(calls, data, TB_XMutableGridDataModel_addRows, TB_ARGS(&headings, &rows));
}

static void fill_list(tb_calls *calls, tb_findings_view *view, const tb_session *session,
                      const tb_result *result)
{
    tb_buffer texts;
    tb_buffer_init(&texts, TB_MAX_OUTPUT_SIZE);
    if (!tb_findings_rows_make(&view->rows, result, &view->filter))
        tb_error_memory(&calls->error);
    write_texts(view, session, &texts);
    if (texts.failed)
        tb_error_memory(&calls->error);
    if (!tb_str_equal(tb_buffer_get(&texts), tb_buffer_get(&view->shown)))
        fill_grid(calls, view, tb_buffer_get(&texts));
    tb_buffer_done(&view->shown);
    view->shown = texts;
}

static void show_summary(tb_calls *calls, tb_findings_view *view, tb_str text)
{
    tb_property_set_text(calls, model_of(calls, view, "summary"), "Label", text);
}

void tb_findings_view_fill(tb_calls *calls, tb_findings_view *view, const tb_session *session,
                           const tb_result *result)
{
    tb_buffer summary;
    tb_buffer_init(&summary, TB_MAX_TEXT_SIZE);
    tb_findings_summary(&summary, view->language, result);
    show_summary(calls, view, tb_buffer_get(&summary));
    fill_list(calls, view, session, result);
    if (view->rows.count == 0)
        tb_findings_view_details(calls, view, NULL);
    tb_buffer_done(&summary);
}

void tb_findings_view_message(tb_calls *calls, tb_findings_view *view, tb_str text)
{
    show_summary(calls, view, text);
    fill_list(calls, view, NULL, NULL);
    tb_findings_view_details(calls, view, NULL);
}

void tb_findings_view_read_box(tb_calls *calls, tb_findings_view *view)
{
    uno_Interface *box = model_of(calls, view, "show_explained");
    view->filter.hides_explained = box != NULL && tb_property_long(calls, box, "State") == 0;
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

static void enable_all(tb_calls *calls, const tb_findings_view *view, const char *const *names,
                       bool enabled)
{
    for (; *names != NULL; names++)
        tb_dialog_enable(calls, view->window, *names, enabled);
}

void tb_findings_view_details(tb_calls *calls, tb_findings_view *view, const tb_finding *finding)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (finding != NULL)
        tb_findings_details(&text, view->language, finding);
    tb_findings_view_note(calls, view, tb_buffer_get(&text));
    enable_all(calls, view, view->plan->for_explainable, finding != NULL && finding->explainable);
    enable_all(calls, view, view->plan->for_explained, finding != NULL && has_explanation(finding));
    enable_all(calls, view, view->plan->for_any, finding != NULL);
    tb_buffer_done(&text);
}

/* ---- the selection ---- */

static ptrdiff_t selected_row(tb_calls *calls, const tb_findings_view *view)
{
    const uno_Sequence *rows = tb_uno_call_sequence(calls, grid_of(calls, view),
                                                    TB_XGridRowSelection_getSelectedRows, NULL);
    sal_Int32 row = rows == NULL || rows->nElements == 0 ? -1 : TB_ITEMS(rows, const sal_Int32)[0];
    return (size_t)row < view->rows.count ? row : -1;
}

const tb_finding *tb_findings_view_selected(tb_calls *calls, const tb_findings_view *view)
{
    ptrdiff_t row = selected_row(calls, view);
    return row < 0 || view->rows.rows[row].is_heading ? NULL : view->rows.rows[row].finding;
}

/* The cursor moves along, so that the row is scrolled into sight. A row that is selected already
 * stays where it is. */
static void select_row(tb_calls *calls, const tb_findings_view *view, ptrdiff_t row)
{
    sal_Int32 first_column = 0, number = (sal_Int32)row;
    uno_Interface *grid = grid_of(calls, view);
    if (row < 0 || row == selected_row(calls, view))
        return;
    tb_uno_call(calls, grid, TB_XGridControl_goToCell, TB_ARGS(&first_column, &number));
    tb_uno_call(calls, grid, TB_XGridRowSelection_deselectAllRows, NULL);
    tb_uno_call(calls, grid, TB_XGridRowSelection_selectRow, TB_ARGS(&number));
}

void tb_findings_view_select(tb_calls *calls, const tb_findings_view *view,
                             const tb_finding *finding)
{
    select_row(calls, view, tb_findings_rows_find(&view->rows, finding));
}

void tb_findings_view_step(tb_calls *calls, const tb_findings_view *view, int by)
{
    ptrdiff_t row = selected_row(calls, view);
    select_row(calls, view, by == 0 ? row : tb_findings_rows_step(&view->rows, row, by));
}

void tb_findings_view_focus(tb_calls *calls, const tb_findings_view *view)
{
    tb_uno_call(calls, grid_of(calls, view), TB_XWindow_setFocus, NULL);
}
