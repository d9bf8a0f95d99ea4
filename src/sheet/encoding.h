/*
 * Makes the bytes of an XML part what the tokeniser wants: well-formed UTF-8 without a byte order
 * mark and without characters that XML forbids.
 */
#ifndef TB_SHEET_ENCODING_H
#define TB_SHEET_ENCODING_H

#include "base/buffer.h"
#include "base/status.h"

/*
 * UTF-8 is checked where it is; UTF-16 (told by its byte order mark or its first bytes) and
 * ISO-8859-1 (told by the XML declaration) are converted into `room`, with `padding` zero bytes
 * behind. The result borrows from raw or room.
 */
tb_status tb_encoding_to_utf8(tb_str raw, const char *part, size_t padding, tb_buffer *room,
                              tb_str *ret_text, tb_error *error);

/* The place of the first byte that is not well-formed UTF-8 or begins a character that XML
 * forbids; text.size when there is none. */
size_t tb_encoding_find_invalid(tb_str text);

#endif
