/*
 * Bytes written as text: hexadecimal, base64, percent signs in addresses, and random identifiers.
 */
#ifndef TB_SEND_ENCODE_H
#define TB_SEND_ENCODE_H

#include "base/buffer.h"
#include "base/sha256.h"

#define TB_SHA256_TEXT_SIZE (2 * TB_SHA256_SIZE + 1)
#define TB_UUID_SIZE        37

/* In small letters, ended by NUL. */
void tb_encode_sha256(const unsigned char digest[TB_SHA256_SIZE], char out[TB_SHA256_TEXT_SIZE]);
/* The other way round; letters of either case. False when it is no digest. */
bool tb_decode_sha256(tb_str text, unsigned char out[TB_SHA256_SIZE]);

void tb_encode_base64(tb_buffer *out, tb_str bytes);
/* Replaces what is in `out`; false when it is no base64 or too long for it. */
bool tb_decode_base64(tb_str text, tb_buffer *out);

/* One segment of an address: all bytes but A-Z a-z 0-9 - . _ ~ as %XX. */
void tb_encode_segment(tb_buffer *out, tb_str text);
/* The same for a path: '/' stays. */
void tb_encode_path(tb_buffer *out, tb_str text);

/* A random UUID (RFC 9562, version 4) in small letters; false where the system has no chance. */
bool tb_make_uuid(char out[TB_UUID_SIZE]);

#endif
