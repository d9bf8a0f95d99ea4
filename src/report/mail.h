/*
 * What the message of a mailed form says: how its attachment is called, its subject and its text.
 * Nothing is sent here; see calc/mail. The results are of recognised forms.
 *
 * The texts come from a form that a stranger may have filled in and go to a mail program, on some
 * systems through a command line: so no subject and no name has a quote, a control character or
 * anything else that a shell takes for more than itself.
 */
#ifndef TB_REPORT_MAIL_H
#define TB_REPORT_MAIL_H

#include "base/buffer.h"
#include "base/sha256.h"
#include "rule/check.h"

#define TB_MAIL_NAME_MAX 200 /* bytes of an attachment's name, its suffix included */

/* Unit, form and year: 示例市教育局_部门整体绩效目标申报表_2026.ods. A name that every file system
 * takes; the form's name is the Chinese one, whatever the language of the user. */
void tb_mail_file_name(tb_buffer *out, const tb_result *result, tb_str suffix);

void tb_mail_subject(tb_buffer *out, const tb_result *result, tb_language language);

typedef struct tb_mail_attachment {
    tb_str name;
    unsigned char sha256[TB_SHA256_SIZE];
} tb_mail_attachment;

/* To look for the attachment; unit, form, year; counts, the warnings that are open and those that
 * are explained; the attachment's SHA-256. */
void tb_mail_body(tb_buffer *out, const tb_result *result, const tb_mail_attachment *attachment,
                  tb_language language);

/* The year that the form is for, with four digits; the empty text where it does not say. */
#define TB_MAIL_YEAR_SIZE 5
tb_str tb_mail_year(const tb_result *result, char out[TB_MAIL_YEAR_SIZE]);

#endif
