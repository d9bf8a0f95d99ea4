/*
 * The user's mail program, as the office knows it. The office only starts it: whether a message was
 * shown, let alone sent, nobody can tell.
 */
#ifndef TB_CALC_MAIL_CLIENT_H
#define TB_CALC_MAIL_CLIENT_H

#include "calc/uno/calls.h"

typedef struct tb_mail_message {
    tb_str recipients; /* addresses, with commas, semicolons or blanks between; may be empty */
    tb_str subject, body;
    tb_str attachment;      /* its URL */
    tb_str attachment_path; /* the same for people, ended by NUL */
} tb_mail_message;

/* Hands the message to the mail program; a failure means that there is none. */
tb_status tb_mail_client_send(uno_Interface *context, const tb_mail_message *message,
                              tb_error *error);

#endif
