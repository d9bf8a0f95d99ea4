/*
 * Our deck in a window's sidebar, by the office's own means: showing it, and asking whether it is
 * in sight.
 */
#ifndef TB_CALC_SIDEBAR_DECK_H
#define TB_CALC_SIDEBAR_DECK_H

#include "calc/uno/uno.h"

/* A command: opens the sidebar of the frame's window with our deck. */
void tb_deck_show(uno_Interface *context, uno_Interface *frame);

bool tb_deck_is_visible(uno_Interface *frame);

#endif
