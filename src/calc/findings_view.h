/*
 * The controls that show findings, in the dialog and in the sidebar: filling and asking them. Knows
 * nothing of checks but their results. What differs between the two is said by a plan.
 */
#ifndef TB_CALC_FINDINGS_VIEW_H
#define TB_CALC_FINDINGS_VIEW_H

#include "calc/dialog.h"
#include "calc/findings_rows.h"
#include "calc/findings_text.h"
#include "calc/session.h"

/* A column of the list: what it shows, its width as designed in the dialog's units (a quarter of a
 * letter), and what of the list's gain in width goes to it, in per cent. */
typedef struct tb_findings_plan_column {
    tb_findings_text text;
    sal_Int32 width, share;
} tb_findings_plan_column;

#define TB_FINDINGS_MAX_COLUMNS 4

typedef struct tb_findings_plan {
    size_t column_count;
    tb_findings_plan_column columns[TB_FINDINGS_MAX_COLUMNS];
    sal_Int32 list_units; /* the list's width as designed */
    const char *list;     /* the control */
    const tb_anchor *anchors;
    size_t anchor_count;
    const char *const
        *for_explainable; /* controls that are good for such findings; ended by NULL */
    const char *const *for_explained;
    const char *const *for_any;
} tb_findings_plan;

typedef struct tb_findings_view {
    const tb_findings_plan *plan;
    uno_Interface *window;          /* that the controls are in */
    uno_Interface *list_accessible; /* owned; see hold_list_accessible */
    tb_language language;
    tb_layout layout;
    tb_findings_filter filter;
    sal_Int32 column_widths[TB_FINDINGS_MAX_COLUMNS];
    tb_findings_rows rows;
    tb_buffer shown; /* the list's texts, by which is known whether it must be filled anew */
} tb_findings_view;

/* Gives a new window its layout, and the list its columns. */
void tb_findings_view_init(tb_calls *calls, tb_findings_view *view, const tb_findings_plan *plan);
/* Gives back all but the window. */
void tb_findings_view_done(tb_findings_view *view);

/* Shows a result in place of the one before. `session` knows the sheets' names. A list that would
 * look the same is left alone. */
void tb_findings_view_fill(tb_calls *calls, tb_findings_view *view, const tb_session *session,
                           const tb_result *result);
/* Shows a message in place of a result. */
void tb_findings_view_message(tb_calls *calls, tb_findings_view *view, tb_str text);
/* Shows a message in place of the details. */
void tb_findings_view_note(tb_calls *calls, tb_findings_view *view, tb_str text);
/* The details of the finding, and which controls are good for it; NULL empties them. */
void tb_findings_view_details(tb_calls *calls, tb_findings_view *view, const tb_finding *finding);

/* The finding of the selected row; NULL for none, and for a heading. */
const tb_finding *tb_findings_view_selected(tb_calls *calls, const tb_findings_view *view);
/* Selects the finding, or the next one that is shown. */
void tb_findings_view_select(tb_calls *calls, const tb_findings_view *view,
                             const tb_finding *finding);
/* Selects the finding `by` further, around the ends. */
void tb_findings_view_step(tb_calls *calls, const tb_findings_view *view, int by);

/* Reads the box that shows or hides explained findings. */
void tb_findings_view_read_box(tb_calls *calls, tb_findings_view *view);

/* Gives the list the focus. */
void tb_findings_view_focus(tb_calls *calls, const tb_findings_view *view);

/* After the window's size has changed; true when the list must be filled anew. */
bool tb_findings_view_resize(tb_calls *calls, tb_findings_view *view);

#endif
