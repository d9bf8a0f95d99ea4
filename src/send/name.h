/*
 * What a submission is called at the server: a template such as
 * "{form}/{year}/{name}-{short}{suffix}" filled in. What comes from the form can't leave its place:
 * no segment of it is "..", has a '/' or a control character.
 */
#ifndef TB_SEND_NAME_H
#define TB_SEND_NAME_H

#include "base/buffer.h"
#include "send/submission.h"

/* Equal bytes have equal names, so that a form that was sent already is recognised by any server;
 * other bytes have another one, so that a corrected form never overwrites. */
#define TB_NAME_DEFAULT "{form}/{year}/{name}-{short}{suffix}"

/* Whether all places are known ones; else copies the unknown one, cut to `size`. */
bool tb_name_check(tb_str name_template, char *unknown, size_t size);

/* Appends the name, not percent-encoded. Segments that stay empty are left out. */
void tb_name_append(tb_buffer *out, tb_str name_template, const tb_submission *submission);

#endif
