/*
 * Asks for the reason of one finding, in a dialog that waits for the answer.
 */
#ifndef TB_CALC_EXPLAIN_DIALOG_H
#define TB_CALC_EXPLAIN_DIALOG_H

#include "base/buffer.h"
#include "base/message.h"
#include "calc/uno/object.h"
#include "rule/finding.h"

typedef struct tb_explain_answer {
    tb_buffer reason; /* never blank when accepted */
    tb_buffer who;
} tb_explain_answer;

void tb_explain_answer_init(tb_explain_answer *answer);
void tb_explain_answer_done(tb_explain_answer *answer);

/* *ret_accepted is false when the user cancels. An explanation that the finding has already is
 * there to be changed. */
tb_status tb_explain_dialog_ask(uno_Interface *context, uno_Interface *document,
                                tb_language language, const tb_finding *finding,
                                tb_explain_answer *answer, bool *ret_accepted, tb_error *error);

extern tb_class tb_explain_dialog_class;

#endif
