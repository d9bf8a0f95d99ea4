/*
 * The findings dialog: one for each document that was checked, modeless, gone with its document.
 * To be called in the office's main loop.
 */
#ifndef TB_CALC_FINDINGS_H
#define TB_CALC_FINDINGS_H

#include "calc/uno/object.h"

/* Checks the document in the frame and shows its findings; an open dialog is used again. */
void tb_findings_check(uno_Interface *context, uno_Interface *frame);
/* Goes to the next or previous finding; without a dialog they check first. */
void tb_findings_next(uno_Interface *context, uno_Interface *frame);
void tb_findings_previous(uno_Interface *context, uno_Interface *frame);

/* Asks for the reason of the selected finding; without a dialog it checks first. */
void tb_findings_explain(uno_Interface *context, uno_Interface *frame);

extern tb_class tb_findings_class;

#endif
