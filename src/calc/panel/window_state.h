/*
 * Whether the panel is wanted and where, as the office's configuration keeps it for its own windows
 * (extension/registry/Views.xcu): one state for all windows of a user. Read whenever it is asked
 * for.
 */
#ifndef TB_CALC_PANEL_WINDOW_STATE_H
#define TB_CALC_PANEL_WINDOW_STATE_H

#include "calc/dialog.h"

bool tb_window_state_is_open(uno_Interface *context);
void tb_window_state_set_open(uno_Interface *context, bool is_open);

/* The upper left corner relative to the document's window, in pixels; false where the user has not
 * moved it yet. */
bool tb_window_state_place(uno_Interface *context, sal_Int32 *ret_x, sal_Int32 *ret_y);
void tb_window_state_set_place(uno_Interface *context, sal_Int32 x, sal_Int32 y);

#endif
