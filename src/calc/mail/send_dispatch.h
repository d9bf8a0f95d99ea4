/*
 * One of the office's commands for mailing, led through our check.
 */
#ifndef TB_CALC_MAIL_SEND_DISPATCH_H
#define TB_CALC_MAIL_SEND_DISPATCH_H

#include "calc/mail/copy_plan.h"
#include "calc/uno/object.h"

/* `office` is what would run without us; it also tells whether the command can run. The caller
 * releases the XDispatch; NULL after a failure. */
uno_Interface *tb_send_dispatch_new(uno_Interface *context, uno_Interface *frame,
                                    uno_Interface *office, tb_mail_format format);

extern tb_class tb_send_dispatch_class;

#endif
