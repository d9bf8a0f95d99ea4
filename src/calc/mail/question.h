/*
 * dialogs/Mail.xdl: says something about a mail and lets the user choose.
 */
#ifndef TB_CALC_MAIL_QUESTION_H
#define TB_CALC_MAIL_QUESTION_H

#include "calc/uno/object.h"

typedef struct tb_mail_question {
    tb_str text;
    tb_str detail;          /* shown so that it can be copied; empty: none */
    tb_str accept, refuse;  /* what the buttons say */
    bool refuse_is_default; /* for what should not happen by pressing Enter */
} tb_mail_question;

/* Shows it over the document. *ret_accepted is false also where the dialog was closed. */
tb_status tb_mail_question_ask(uno_Interface *context, uno_Interface *document,
                               const tb_mail_question *question, bool *ret_accepted,
                               tb_error *error);

extern tb_class tb_mail_question_class;

#endif
