/*
 * Makes the bytes of an XML part what the tokeniser wants: well-formed UTF-8 without a byte order
 * mark and without characters that XML forbids.
 */
#ifndef TB_SHEET_ENCODING_H
#define TB_SHEET_ENCODING_H

#include "base/buffer.h"
#include "base/status.h"

/* A part that can be read. */
typedef struct tb_part_text {
    tb_str text;
    bool has_references, has_returns; /* an &, a carriage return is somewhere in it */
} tb_part_text;

/*
 * UTF-8 is checked where it is; UTF-16 (told by its byte order mark or its first bytes) and
 * ISO-8859-1 (told by the XML declaration) are converted into `room`, with `padding` zero bytes
 * behind. The result borrows from raw or room.
 */
tb_status tb_encoding_to_utf8(tb_str raw, const char *part, size_t padding, tb_buffer *room,
                              tb_part_text *ret_text, tb_error *error);

#endif
