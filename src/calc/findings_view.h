/*
 * The controls of the findings dialog: filling and asking them. Knows nothing of checks but their
 * results. `dialog` is the dialog's window.
 */
#ifndef TB_CALC_FINDINGS_VIEW_H
#define TB_CALC_FINDINGS_VIEW_H

#include "calc/session.h"
#include "calc/uno/calls.h"

typedef struct tb_findings_view {
    uno_Interface *dialog;
    tb_language language;
} tb_findings_view;

/* A control by its name in dialogs/Findings.xdl. */
uno_Interface *tb_findings_view_control(tb_calls *calls, const tb_findings_view *view,
                                        const char *name);
/* Gives the list its columns. */
void tb_findings_view_columns(tb_calls *calls, const tb_findings_view *view);
/* Shows a result in place of the one before. `session` knows the sheets' names. */
void tb_findings_view_fill(tb_calls *calls, const tb_findings_view *view, const tb_session *session,
                           const tb_result *result);
/* Shows a message in place of a result. */
void tb_findings_view_message(tb_calls *calls, const tb_findings_view *view, tb_str text);
/* Shows a message in place of the details. */
void tb_findings_view_note(tb_calls *calls, const tb_findings_view *view, tb_str text);
/* The details of the finding; NULL empties them. */
void tb_findings_view_details(tb_calls *calls, const tb_findings_view *view,
                              const tb_finding *finding);

/* The selected row, or -1. */
sal_Int32 tb_findings_view_selected(tb_calls *calls, const tb_findings_view *view);
void tb_findings_view_select(tb_calls *calls, const tb_findings_view *view, sal_Int32 row);

#endif
