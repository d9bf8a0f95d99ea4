/*
 * The field for a reason in the panel. What it holds belongs to one finding; what was typed and not
 * saved comes back with its finding, as long as nothing was typed for another one.
 */
#ifndef TB_CALC_SIDEBAR_REASON_H
#define TB_CALC_SIDEBAR_REASON_H

#include "calc/findings_pane.h"

typedef struct tb_reason {
    char name[TB_FINDING_NAME_SIZE]; /* of the finding that the field is for */
    tb_buffer code;                  /* of that finding, as its details are shown */
    tb_buffer given;                 /* what the field was filled with */
    char draft_of[TB_FINDING_NAME_SIZE];
    tb_buffer draft; /* typed for a finding that is not shown now */
} tb_reason;

void tb_reason_init(tb_reason *reason);
void tb_reason_done(tb_reason *reason);

/* Another finding is shown, or the same one with other values; NULL for none. */
void tb_reason_show(tb_reason *reason, tb_findings_pane *pane, const tb_finding *finding);
/* The user has typed. */
void tb_reason_typed(tb_findings_pane *pane);
/* Writes the explanation into the document. */
void tb_reason_save(tb_reason *reason, tb_findings_pane *pane);

#endif
