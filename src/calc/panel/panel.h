/*
 * The ribbon-style dialog: the commands as big buttons by groups, over the document's window. It is
 * modeless, one for each window, and goes with it. To be called in the office's main loop.
 */
#ifndef TB_CALC_PANEL_PANEL_H
#define TB_CALC_PANEL_PANEL_H

#include "calc/uno/object.h"

/* Opens the panel of the frame's window, or closes it when it is open. */
void tb_panel_toggle(uno_Interface *context, uno_Interface *frame);

extern tb_class tb_panel_class;

#endif
