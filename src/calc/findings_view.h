/*
 * The controls of the findings dialog: filling and asking them. Knows nothing of checks but their
 * results. Findings go by their place in the result; a row of the list is one that is shown.
 */
#ifndef TB_CALC_FINDINGS_VIEW_H
#define TB_CALC_FINDINGS_VIEW_H

#include "calc/dialog.h"
#include "calc/findings_text.h"
#include "calc/session.h"

typedef struct tb_findings_view {
    uno_Interface *dialog;          /* its window */
    uno_Interface *list_accessible; /* owned; see hold_list_accessible */
    tb_language language;
    tb_layout layout;
    bool hides_explained;
    sal_Int32 column_widths[TB_COLUMN_COUNT]; /* in the dialog's units, a quarter of a letter */
    size_t row_count;
    size_t *rows; /* the finding of each; owned */
} tb_findings_view;

/* Gives a new dialog its layout, and the list its columns. */
void tb_findings_view_init(tb_calls *calls, tb_findings_view *view);
/* Gives back all but the dialog. */
void tb_findings_view_done(tb_findings_view *view);

/* Shows a result in place of the one before. `session` knows the sheets' names. */
void tb_findings_view_fill(tb_calls *calls, tb_findings_view *view, const tb_session *session,
                           const tb_result *result);
/* Shows a message in place of a result. */
void tb_findings_view_message(tb_calls *calls, tb_findings_view *view, tb_str text);
/* Shows a message in place of the details. */
void tb_findings_view_note(tb_calls *calls, tb_findings_view *view, tb_str text);
/* The details of the finding, and which buttons are good for it; NULL empties them. */
void tb_findings_view_details(tb_calls *calls, tb_findings_view *view, const tb_finding *finding);

/* The finding of the selected row, or -1. */
ptrdiff_t tb_findings_view_selected(tb_calls *calls, const tb_findings_view *view);
/* Selects the finding, or the next one that is shown. */
void tb_findings_view_select(tb_calls *calls, const tb_findings_view *view, size_t finding);
/* Selects the row `by` further, around the ends. */
void tb_findings_view_step(tb_calls *calls, const tb_findings_view *view, sal_Int32 by);

/* Gives the list the focus. */
void tb_findings_view_focus(tb_calls *calls, const tb_findings_view *view);

/* After the dialog's size has changed; true when the list must be filled anew. */
bool tb_findings_view_resize(tb_calls *calls, tb_findings_view *view);
/* Reads whether explained findings are to be hidden. */
void tb_findings_view_read_filter(tb_calls *calls, tb_findings_view *view);

#endif
