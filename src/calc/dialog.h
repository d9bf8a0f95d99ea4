/*
 * Dialogs of our package (its .xdl files): making them, their controls, and laying them out anew
 * when the user changes their size.
 */
#ifndef TB_CALC_DIALOG_H
#define TB_CALC_DIALOG_H

#include "calc/uno/calls.h"
#include "calc/uno/object.h"

/* A dialog over the document's window; `handler` (XDialogEventHandler) is told what happens in it.
 * Borrowed from the calls, and to be disposed of. */
uno_Interface *tb_dialog_create(tb_calls *calls, tb_object *handler, uno_Interface *document,
                                const char *file);

/* The same as a part of another window, `parent`; the handler is an
 * XContainerWindowEventHandler. */
uno_Interface *tb_dialog_create_within(tb_calls *calls, tb_object *handler, uno_Interface *parent,
                                       const char *file);

/* A control by its name in the .xdl, and its model. */
uno_Interface *tb_dialog_control(tb_calls *calls, uno_Interface *dialog, const char *name);
uno_Interface *tb_dialog_model(tb_calls *calls, uno_Interface *dialog, const char *name);
void tb_dialog_enable(tb_calls *calls, uno_Interface *dialog, const char *name, bool enabled);

/* An XDialogEventHandler's rows: what an event of the .xdl runs. */
typedef struct tb_dialog_event {
    const char *name; /* ended by a row without one */
    void (*run)(tb_object *self);
} tb_dialog_event;

/* The members of com.sun.star.awt.XDialogEventHandler, for a class with `events`. */
extern const tb_method tb_dialog_handler_methods[];

/* The answers behind them, for handlers of other interfaces. */
tb_status tb_dialog_handle(tb_object *self, const tb_dialog_event *events, void *result,
                           void **arguments);
tb_status tb_dialog_event_names(const tb_dialog_event *events, void *result, tb_error *error);

/* com.sun.star.awt.Rectangle, in pixels */
typedef struct tb_rectangle {
    sal_Int32 x, y, width, height;
} tb_rectangle;

/* How much of what the dialog gains in size moves a control and how much makes it larger, in per
 * cent. */
typedef struct tb_anchor {
    const char *name;
    int moves_right, widens, moves_down, heightens;
} tb_anchor;

#define TB_LAYOUT_MAX 16

typedef struct tb_layout {
    size_t count;
    const tb_anchor *anchors;
    tb_rectangle window; /* as designed: the smallest size that can be read */
    tb_rectangle controls[TB_LAYOUT_MAX];
} tb_layout;

/* Notes the sizes as designed; before the dialog is shown. */
void tb_layout_init(tb_calls *calls, tb_layout *layout, uno_Interface *dialog,
                    const tb_anchor *anchors, size_t count);
/* Where a window is, in pixels; 0 everywhere after a failure. */
tb_rectangle tb_window_place(tb_calls *calls, uno_Interface *window);
void tb_window_set_size(tb_calls *calls, uno_Interface *window, sal_Int32 width, sal_Int32 height);

/* Lays the controls out for the size that the dialog has now; one that is too small is made as
 * large as designed. */
void tb_layout_apply(tb_calls *calls, const tb_layout *layout, uno_Interface *dialog);

#endif
