/*
 * Check before mailing (检查并发送邮件): checks the document, makes a copy of it, checks the copy,
 * and hands it to the user's mail program. To be called in the office's main loop.
 */
#ifndef TB_CALC_MAIL_MAIL_H
#define TB_CALC_MAIL_MAIL_H

#include "calc/mail/copy_plan.h"

/* The command, for the document in the frame. What goes wrong is said in a message. */
void tb_mail_send(uno_Interface *context, uno_Interface *frame);

/* The same where the document is a form that we know. False where it is none: nothing was done or
 * said then, and the office's own way is right. */
bool tb_mail_send_form(uno_Interface *context, uno_Interface *frame, tb_mail_format format);

#endif
