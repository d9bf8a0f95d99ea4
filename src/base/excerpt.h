/*
 * Shows a place in a text: its line, and below it a caret that stands right under wide characters
 * too.
 */
#ifndef TB_BASE_EXCERPT_H
#define TB_BASE_EXCERPT_H

#include "base/buffer.h"

/* Appends two lines: the one with the place (of a long one the part around it), and the caret with
 * the rest of `size` bytes underlined. */
void tb_excerpt_append(tb_buffer *out, tb_str source, size_t offset, size_t size);

#endif
