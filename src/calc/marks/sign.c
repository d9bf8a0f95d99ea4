/*
 * Shapes and colours by severity, and the windows that they are made of.
 */
#include "calc/marks/sign.h"

#include "calc/uno/value.h"

enum { THICKNESS = 2, LETTER_WIDTH = 12, LETTER_HEIGHT = 17, LEAST_HEIGHT = 20 }; /* pixels */
/* com.sun.star.awt: WindowClass SIMPLE, WindowAttribute SHOW is left out, PosSize POSSIZE, the
 * TextAlign CENTER */
enum { SIMPLE = 3, ALL_OF_IT = 15, CENTER = 1 };
enum { TOP = 1, BOTTOM = 2, LEFT = 4, RIGHT = 8 };

static const struct {
    unsigned bars;
    sal_Int32 colour; /* dark enough for white letters, and seen on light and dark cells */
    const char *letter;
} styles[TB_SEVERITY_COUNT] = {
    [TB_ERROR_SEVERITY] = {TOP | BOTTOM | LEFT | RIGHT, 0xC9211E, "!"},
    [TB_WARNING_SEVERITY] = {BOTTOM | LEFT, 0xB85C00, "?"},
    [TB_NOTICE_SEVERITY] = {BOTTOM, 0x2A6099, "i"},
};

/* com.sun.star.awt.WindowDescriptor */
typedef struct window_descriptor {
    sal_Int32 class_;
    rtl_uString *service;
    uno_Interface *parent;
    sal_Int16 parent_index;
    tb_rectangle bounds;
    sal_Int32 attributes;
} window_descriptor;

static void set(tb_calls *calls, uno_Interface *window, const char *name, const uno_Any *value)
{
    rtl_uString *text = tb_calls_text(calls, tb_str_of(name));
    if (value != NULL)
        tb_uno_call(calls, window, TB_XVclWindowPeer_setProperty, TB_ARGS(&text, (void *)value));
}

static void set_long(tb_calls *calls, uno_Interface *window, const char *name, sal_Int32 value)
{
    set(calls, window, name, tb_calls_any(calls, TB_TYPE_LONG, &value));
}

/* A new reference, or NULL. */
static uno_Interface *make_window(tb_calls *calls, uno_Interface *parent, const char *service,
                                  sal_Int32 colour)
{
    sal_Bool yes = true;
    window_descriptor wanted = {.class_ = SIMPLE,
                                .service = tb_calls_text(calls, tb_str_of(service)),
                                .parent = tb_calls_query(calls, parent, TB_TYPE_WINDOW_PEER),
                                .parent_index = -1,
                                .bounds = {0, 0, 1, 1}};
    uno_Interface *toolkit = tb_uno_call_object(calls, parent, TB_XWindowPeer_getToolkit, NULL);
    uno_Interface *window =
        tb_uno_call_object(calls, toolkit, TB_XToolkit_createWindow, TB_ARGS(&wanted));
    tb_uno_call(calls, window, TB_XWindowPeer_setBackground, TB_ARGS(&colour));
    set(calls, window, "MouseTransparent", tb_calls_any(calls, TB_TYPE_BOOLEAN, &yes));
    tb_object_acquire(window);
    return window;
}

void tb_sign_make(tb_calls *calls, tb_sign *sign, tb_severity severity, uno_Interface *window)
{
    *sign = (tb_sign){.severity = severity};
    sal_Int32 colour = styles[severity].colour;
    sal_Int16 center = CENTER;
    /* First: it lies over those that come later, and the frame must not cross it out. */
    sign->letter = make_window(calls, window, "fixedtext", colour);
    for (unsigned i = 0; i < TB_SIGN_BARS; i++)
        if ((styles[severity].bars >> i & 1) != 0)
            sign->bars[i] = make_window(calls, window, "window", colour);
    set_long(calls, sign->letter, "BackgroundColor", colour);
    set_long(calls, sign->letter, "TextColor", 0xFFFFFF);
    set(calls, sign->letter, "Align", tb_calls_any(calls, TB_TYPE_SHORT, &center));
    set(calls, sign->letter, "Label", tb_calls_any_text(calls, tb_str_of(styles[severity].letter)));
}

static void move(tb_calls *calls, uno_Interface *window, tb_rectangle to)
{
    sal_Int16 flags = ALL_OF_IT;
    sal_Bool yes = true;
    tb_uno_call(calls, window, TB_XWindow_setPosSize,
                TB_ARGS(&to.x, &to.y, &to.width, &to.height, &flags));
    tb_uno_call(calls, window, TB_XWindow_setVisible, TB_ARGS(&yes));
}

void tb_sign_place(tb_calls *calls, const tb_sign *sign, const tb_rectangle *cell)
{
    sal_Int32 right = cell->x + cell->width, bottom = cell->y + cell->height;
    tb_rectangle bars[TB_SIGN_BARS] = {
        {cell->x, cell->y, cell->width, THICKNESS},
        {cell->x, bottom - THICKNESS, cell->width, THICKNESS},
        {cell->x, cell->y, THICKNESS, cell->height},
        {right - THICKNESS, cell->y, THICKNESS, cell->height},
    };
    sal_Int32 width = cell->width < LETTER_WIDTH ? cell->width : LETTER_WIDTH;
    sal_Int32 left = cell->height < LEAST_HEIGHT ? right : right - width;
    sal_Int32 top = cell->y > LETTER_HEIGHT / 2 ? cell->y - LETTER_HEIGHT / 2 : 0;
    for (size_t i = 0; i < TB_SIGN_BARS; i++)
        if (sign->bars[i] != NULL)
            move(calls, sign->bars[i], bars[i]);
    /* Half above the cell, where neither its own text nor that of the cell above stands; beside a
     * cell that is shown too small for that. */
    move(calls, sign->letter, (tb_rectangle){left, top, width, LETTER_HEIGHT});
}

void tb_sign_hide(tb_calls *calls, const tb_sign *sign)
{
    sal_Bool no = false;
    for (size_t i = 0; i < TB_SIGN_BARS; i++)
        if (sign->bars[i] != NULL)
            tb_uno_call(calls, sign->bars[i], TB_XWindow_setVisible, TB_ARGS(&no));
    tb_uno_call(calls, sign->letter, TB_XWindow_setVisible, TB_ARGS(&no));
}

static void dispose(uno_Interface **window)
{
    tb_calls calls;
    tb_calls_init(&calls);
    if (*window != NULL)
        tb_uno_call(&calls, *window, TB_XComponent_dispose, NULL);
    tb_calls_done(&calls, NULL);
    tb_object_clear(window);
}

void tb_sign_dispose(tb_sign *sign)
{
    for (size_t i = 0; i < TB_SIGN_BARS; i++)
        dispose(&sign->bars[i]);
    dispose(&sign->letter);
}
