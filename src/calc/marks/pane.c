/*
 * A pane's window has no name and no type of its own. It is known by its place, which is that of
 * the accessible document beside it.
 */
#include "calc/marks/pane.h"

#include "calc/accessible.h"
#include "calc/uno/value.h"

static uno_Interface *child_context(tb_calls *calls, uno_Interface *context, sal_Int64 index)
{
    return tb_accessible_context(calls, tb_accessible_child(calls, context, index));
}

static bool is_same_place(const tb_rectangle *a, const tb_rectangle *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

static uno_Interface *find_window(tb_calls *calls, const uno_Sequence *windows,
                                  const tb_rectangle *place)
{
    for (sal_Int32 i = 0; i < windows->nElements; i++) {
        uno_Interface *window = TB_ITEMS(windows, uno_Interface *)[i];
        const tb_rectangle *other = tb_uno_call(calls, window, TB_XWindow_getPosSize, NULL);
        if (other != NULL && is_same_place(other, place))
            return window;
    }
    return NULL;
}

/* A pane made of the accessible child; false when that is something else. */
static bool read_pane(tb_calls *calls, uno_Interface *child, const uno_Sequence *windows,
                      tb_pane *ret)
{
    if (tb_accessible_role(calls, child) != TB_ROLE_DOCUMENT_SPREADSHEET)
        return false;
    const tb_rectangle *place = tb_uno_call(calls, child, TB_XAccessibleComponent_getBounds, NULL);
    if (place == NULL || place->width <= 0 || place->height <= 0)
        return false;
    *ret = (tb_pane){.window = find_window(calls, windows, place),
                     .accessible = child,
                     .table = child_context(calls, child, 0)};
    return ret->window != NULL && ret->table != NULL && !tb_calls_failed(calls);
}

static size_t read_panes(tb_calls *calls, uno_Interface *window, tb_pane *ret, size_t room)
{
    size_t count = 0;
    uno_Interface *context = tb_accessible_context(calls, window);
    const uno_Sequence *windows =
        tb_uno_call_sequence(calls, window, TB_XVclContainer_getWindows, NULL);
    sal_Int64 children = windows == NULL ? 0 : tb_accessible_child_count(calls, context);
    for (sal_Int64 i = 0; i < children && count < room; i++)
        count += read_pane(calls, child_context(calls, context, i), windows, &ret[count]);
    tb_calls_forgive(calls); /* not every window contains others, and one may go just now */
    return count;
}

size_t tb_panes_find(tb_calls *calls, uno_Interface *frame, tb_pane ret_panes[TB_PANES_MAX])
{
    size_t count = 0;
    uno_Interface *window = tb_uno_call_object(calls, frame, TB_XFrame_getComponentWindow, NULL);
    const uno_Sequence *windows =
        window == NULL ? NULL
                       : tb_uno_call_sequence(calls, window, TB_XVclContainer_getWindows, NULL);
    for (sal_Int32 i = 0; windows != NULL && i < windows->nElements; i++)
        count += read_panes(calls, TB_ITEMS(windows, uno_Interface *)[i], ret_panes + count,
                            TB_PANES_MAX - count);
    tb_calls_forgive(calls);
    return count;
}

bool tb_pane_find_cell(tb_calls *calls, const tb_pane *pane, sal_Int32 row, sal_Int32 column,
                       tb_rectangle *ret_place)
{
    uno_Interface *cell = tb_accessible_context(
        calls, tb_uno_call_object(calls, pane->table, TB_XAccessibleTable_getAccessibleCellAt,
                                  TB_ARGS(&row, &column)));
    const tb_rectangle *place = tb_uno_call(calls, cell, TB_XAccessibleComponent_getBounds, NULL);
    tb_calls_forgive(calls); /* outside of what there is */
    if (place == NULL || place->width <= 0 || place->height <= 0)
        return false;
    *ret_place = *place;
    return true;
}
