/*
 * The panes of a view, of which a split or frozen one has several: their windows, and where a cell
 * is in them. The office gives places of cells in pixels to its accessibility interface only.
 */
#ifndef TB_CALC_MARKS_PANE_H
#define TB_CALC_MARKS_PANE_H

#include "calc/dialog.h"
#include "calc/sheet.h"

#define TB_PANES_MAX 4

typedef struct tb_pane {
    uno_Interface *window;     /* that the cells are drawn in */
    uno_Interface *accessible; /* its document */
    uno_Interface *table;      /* the sheet that it shows */
} tb_pane;

/* The panes of the view in the frame; all is borrowed from the calls. 0 where there is no window.
 */
size_t tb_panes_find(tb_calls *calls, uno_Interface *frame, tb_pane ret_panes[TB_PANES_MAX]);

/* Where the cell is, or the merged cells that begin with it; false when it can't be seen. */
bool tb_pane_find_cell(tb_calls *calls, const tb_pane *pane, sal_Int32 row, sal_Int32 column,
                       tb_rectangle *ret_place);

#endif
