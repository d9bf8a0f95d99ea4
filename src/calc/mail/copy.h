/*
 * The copy of a document that is mailed: made of the document as it is, saved or not, and read
 * back, so that what is checked and hashed are the bytes that are sent. The document stays as it
 * is: its own file, its name, its undo steps, and whether it counts as changed.
 */
#ifndef TB_CALC_MAIL_COPY_H
#define TB_CALC_MAIL_COPY_H

#include "calc/mail/copy_plan.h"
#include "calc/session.h"

typedef struct tb_copy {
    tb_arena arena;
    tb_str folder_url, url; /* in the arena, as `path` */
    tb_str path;            /* as the system writes it */
    tb_buffer bytes;
} tb_copy;

void tb_copy_init(tb_copy *copy);
void tb_copy_done(tb_copy *copy); /* the file stays */

/* Makes a copy of that name, and reads it. */
tb_status tb_copy_make(tb_copy *copy, uno_Interface *context, uno_Interface *document,
                       tb_language language, const tb_copy_plan *plan, tb_str name,
                       tb_error *error);

/* Checks the copy; a failure where that says anything else than `expected`. */
tb_status tb_copy_check(const tb_copy *copy, tb_session *session, const tb_result *expected,
                        tb_error *error);

#endif
