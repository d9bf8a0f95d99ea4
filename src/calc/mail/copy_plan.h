/*
 * In which format the copy of a document is to be made, and whether the user must be asked first
 * because it is another than the document's own.
 */
#ifndef TB_CALC_MAIL_COPY_PLAN_H
#define TB_CALC_MAIL_COPY_PLAN_H

#include "calc/uno/calls.h"

/* What the user has asked for. */
typedef enum tb_mail_format {
    TB_MAIL_AS_IS, /* the document's own format */
    TB_MAIL_ODS,
    TB_MAIL_XLSX
} tb_mail_format;

typedef struct tb_copy_plan {
    tb_str filter; /* the office's name of the format */
    tb_str suffix; /* ".xlsx" */
    bool asks;     /* the user is to be asked, with `why` */
    tb_message why;
} tb_copy_plan;

tb_status tb_copy_plan_make(uno_Interface *document, tb_mail_format format, tb_copy_plan *ret_plan,
                            tb_error *error);

#endif
