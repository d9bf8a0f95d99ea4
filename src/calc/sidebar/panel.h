/*
 * The sidebar's panel: the findings of the document in its frame, in place explanations included.
 * The office makes one for each window whose sidebar shows our deck, and disposes of it.
 */
#ifndef TB_CALC_SIDEBAR_PANEL_H
#define TB_CALC_SIDEBAR_PANEL_H

#include "calc/findings_pane.h"

/* A new panel in a frame, within the office's window for it. */
tb_status tb_sidebar_panel_new(uno_Interface *context, uno_Interface *frame, uno_Interface *parent,
                               rtl_uString *url, tb_object **ret_panel, tb_error *error);

/* The panel that is in sight in the frame's window, or NULL. */
tb_findings_pane *tb_sidebar_panel_find(uno_Interface *frame);

extern tb_class tb_sidebar_panel_class;

#endif
