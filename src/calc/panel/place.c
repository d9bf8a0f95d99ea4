/*
 * The office places a dialog relative to the window that it belongs to, and windows on the screen.
 */
#include "calc/panel/place.h"

#include "calc/panel/window_state.h"

enum { POSITION = 3 };      /* com.sun.star.awt.PosSize.POS */
enum { TITLE_HEIGHT = 40 }; /* of the window manager, at most, in pixels at 100 % */

/* A screen or window that cannot be asked is 0 wide. */
static tb_rectangle find_screen(tb_calls *calls, uno_Interface *context)
{
    uno_Interface *toolkit = tb_service(calls, context, "com.sun.star.awt.Toolkit", NULL);
    const tb_rectangle *area = tb_uno_call(calls, toolkit, TB_XToolkit_getWorkArea, NULL);
    return area == NULL ? (tb_rectangle){0, 0, 0, 0} : *area;
}

static tb_rectangle find_window(tb_calls *calls, uno_Interface *frame)
{
    uno_Interface *window = tb_uno_call_object(calls, frame, TB_XFrame_getContainerWindow, NULL);
    const tb_rectangle *place = tb_uno_call(calls, window, TB_XWindow_getPosSize, NULL);
    return place == NULL ? (tb_rectangle){0, 0, 0, 0} : *place;
}

/* The nearest position from `first` on where `size` ends before `end`; `first` where none does. */
static sal_Int32 clamp(sal_Int32 position, sal_Int32 size, sal_Int32 first, sal_Int32 end)
{
    if (position + size > end)
        position = end - size;
    return position < first ? first : position;
}

static void move_onto_screen(tb_calls *calls, uno_Interface *context, uno_Interface *panel,
                             const tb_rectangle *window, tb_rectangle place)
{
    tb_rectangle screen = find_screen(calls, context);
    sal_Int16 what = POSITION;
    if (screen.width > 0) {
        place.x =
            clamp(place.x + window->x, place.width, screen.x, screen.x + screen.width) - window->x;
        place.y = clamp(place.y + window->y, place.height + TITLE_HEIGHT, screen.y,
                        screen.y + screen.height) -
                  window->y;
    }
    tb_uno_call(calls, panel, TB_XWindow_setPosSize,
                TB_ARGS(&place.x, &place.y, &place.width, &place.height, &what));
}

void tb_place_restore(tb_calls *calls, uno_Interface *context, uno_Interface *frame,
                      uno_Interface *panel)
{
    tb_rectangle window = find_window(calls, frame);
    const tb_rectangle *own = tb_uno_call(calls, panel, TB_XWindow_getPosSize, NULL);
    if (own == NULL)
        return;
    tb_rectangle place = *own;
    if (!tb_window_state_place(context, &place.x, &place.y)) {
        /* below the toolbars, where a form is seldom as wide */
        place.x = window.width - own->width - window.width / 16;
        place.y = window.height / 4;
    }
    move_onto_screen(calls, context, panel, &window, place);
}

void tb_place_keep_on_screen(tb_calls *calls, uno_Interface *context, uno_Interface *frame,
                             uno_Interface *panel)
{
    tb_rectangle window = find_window(calls, frame);
    const tb_rectangle *own = tb_uno_call(calls, panel, TB_XWindow_getPosSize, NULL);
    tb_rectangle screen = find_screen(calls, context);
    if (own == NULL || screen.width == 0)
        return;
    sal_Int32 x = own->x + window.x, y = own->y + window.y;
    if (x < screen.x || y < screen.y || x + own->width > screen.x + screen.width ||
        y + own->height > screen.y + screen.height)
        move_onto_screen(calls, context, panel, &window, *own);
}

void tb_place_remember(tb_calls *calls, uno_Interface *context, uno_Interface *panel)
{
    const tb_rectangle *own = tb_uno_call(calls, panel, TB_XWindow_getPosSize, NULL);
    if (own != NULL)
        tb_window_state_set_place(context, own->x, own->y);
}
