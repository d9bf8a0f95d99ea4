/*
 * The marks of one pane. Windows are used again, and one that still marks its cell stays where the
 * office has scrolled it to.
 */
#ifndef TB_CALC_MARKS_LAYER_H
#define TB_CALC_MARKS_LAYER_H

#include "calc/marks/pane.h"
#include "calc/marks/sign.h"

#define TB_MAX_VISIBLE_MARKS 400 /* in one pane: more can't be read at any zoom */

typedef struct tb_mark_layer {
    uno_Interface *window;             /* of the pane; owned, as the next two */
    uno_Interface *accessible, *table; /* that are listened to */
    size_t count, capacity;
    tb_sign *signs; /* owned */
} tb_mark_layer;

/* Around each showing: what is not placed in between is hidden. */
void tb_mark_layer_begin(tb_mark_layer *layer);
void tb_mark_layer_place(tb_calls *calls, tb_mark_layer *layer, tb_severity severity, sal_Int32 row,
                         sal_Int32 column, const tb_rectangle *cell);
void tb_mark_layer_end(tb_calls *calls, tb_mark_layer *layer);
/* Takes all windows away. */
void tb_mark_layer_done(tb_mark_layer *layer);

#endif
