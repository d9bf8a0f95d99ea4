/*
 * Where the panel stands over its document's window: where the user has put it last, but wholly on
 * the screen as it is now.
 */
#ifndef TB_CALC_PANEL_PLACE_H
#define TB_CALC_PANEL_PLACE_H

#include "calc/dialog.h"

/* Puts the panel where it was last, or to the right of the window where it has not been yet. */
void tb_place_restore(tb_calls *calls, uno_Interface *context, uno_Interface *frame,
                      uno_Interface *panel);
/* Moves a panel that reaches over the screen's edge, as after a change of resolution, back. */
void tb_place_keep_on_screen(tb_calls *calls, uno_Interface *context, uno_Interface *frame,
                             uno_Interface *panel);
/* Remembers where it stands. */
void tb_place_remember(tb_calls *calls, uno_Interface *context, uno_Interface *panel);

#endif
