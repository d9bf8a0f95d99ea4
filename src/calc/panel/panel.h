/*
 * The ribbon-style dialog: the commands as big buttons by groups, over the document's window. It is
 * modeless. Open or not is one choice for all windows, kept from one start of the office to the
 * next: while it is open, each window that shows a form has a panel of its own, which goes with it.
 * To be called in the office's main loop.
 */
#ifndef TB_CALC_PANEL_PANEL_H
#define TB_CALC_PANEL_PANEL_H

#include "calc/uno/object.h"

/* Opens the panel of the frame's window, or closes all when it is open. */
void tb_panel_toggle(uno_Interface *context, uno_Interface *frame);

/* For a frame that shows a form and comes to the front: makes its panel when it has none but
 * should, and keeps the one that it has on the screen. */
void tb_panel_restore(uno_Interface *context, uno_Interface *frame);

extern tb_class tb_panel_class;

#endif
