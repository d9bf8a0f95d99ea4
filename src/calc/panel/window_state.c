/*
 * The place is written as the office writes it: "X,Y,;". A failure leaves everything as it was: the
 * panel opens then where it opens first.
 */
#include "calc/panel/window_state.h"

#include <stdio.h>

#include "base/limits.h"
#include "calc/office.h"
#include "calc/uno/value.h"

#define WINDOW "/org.openoffice.Office.Views/Windows/org.tianbao.panel"

bool tb_window_state_is_open(uno_Interface *context)
{
    tb_calls calls;
    tb_calls_init(&calls);
    bool is_open = tb_property_boolean(
        &calls, tb_office_configuration(&calls, context, WINDOW, false), "Visible");
    tb_calls_done(&calls, NULL);
    return is_open;
}

static void write_value(tb_calls *calls, uno_Interface *context, const char *name, uno_Any *value)
{
    uno_Interface *window = tb_office_configuration(calls, context, WINDOW, true);
    tb_property_set(calls, window, name, value);
    tb_uno_call(calls, window, TB_XChangesBatch_commitChanges, NULL);
    tb_calls_done(calls, NULL);
}

void tb_window_state_set_open(uno_Interface *context, bool is_open)
{
    tb_calls calls;
    sal_Bool flag = is_open;
    tb_calls_init(&calls);
    write_value(&calls, context, "Visible", tb_calls_any(&calls, TB_TYPE_BOOLEAN, &flag));
}

bool tb_window_state_place(uno_Interface *context, sal_Int32 *ret_x, sal_Int32 *ret_y)
{
    tb_calls calls;
    tb_arena arena;
    int x, y;
    tb_calls_init(&calls);
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    const uno_Any *value =
        tb_property(&calls, tb_office_configuration(&calls, context, WINDOW, false), "WindowState");
    tb_str text = tb_text_utf8(&arena, value == NULL ? NULL : tb_any_find_text(value));
    bool found = text.data != NULL && sscanf(text.data, "%6d,%6d,", &x, &y) == 2;
    if (found) {
        *ret_x = x;
        *ret_y = y;
    }
    tb_arena_done(&arena);
    tb_calls_done(&calls, NULL);
    return found;
}

void tb_window_state_set_place(uno_Interface *context, sal_Int32 x, sal_Int32 y)
{
    tb_calls calls;
    char text[32];
    sal_Int32 old_x, old_y;
    if (tb_window_state_place(context, &old_x, &old_y) && old_x == x && old_y == y)
        return;
    snprintf(text, sizeof text, "%d,%d,;", (int)x, (int)y);
    tb_calls_init(&calls);
    write_value(&calls, context, "WindowState", tb_calls_any_text(&calls, tb_str_of(text)));
}
