/*
 * Templates of the settings: text with places such as {form} or {sha256}. For names at the server
 * (name.h) and for JSON (mapping.h).
 */
#ifndef TB_SEND_FILL_H
#define TB_SEND_FILL_H

#include "send/submission.h"

/* The next piece of a template from *at on: literal text, or what stands between braces; an opening
 * brace that is not closed is a place of an impossible name. False at the end. */
bool tb_fill_next(tb_str text, size_t *at, tb_str *ret_piece, bool *ret_is_place);

/* The value of a place: form, version, year, unit, name, id, sha256, short (the first 12 digits of
 * it) or suffix. False when it has another name. `digest` is room that the value may lie in. */
bool tb_fill_find(tb_str place, const tb_submission *submission, char digest[TB_SHA256_TEXT_SIZE],
                  tb_str *ret_value);

/* Copies a place's name for a message, cut to `size`. */
void tb_fill_copy(tb_str place, char *out, size_t size);

#endif
