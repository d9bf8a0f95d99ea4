/*
 * Passwords, tokens: read where the settings say when they are needed, wiped when they are not.
 */
#ifndef TB_SEND_SECRET_H
#define TB_SEND_SECRET_H

#include "base/buffer.h"
#include "send/destination.h"

/* Replaces what is in `out` by the secret, without the line's end behind it; nothing where there
 * is no place. Fails where a file can be read by others. Errors never have the secret in them. */
tb_status tb_secret_read(const tb_secret_place *place, tb_buffer *out, tb_error *error);
/* Overwrites and frees. */
void tb_secret_done(tb_buffer *secret);

#endif
