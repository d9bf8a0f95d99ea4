/*
 * How much of a text can stand in a JSON string as it is. For json.c.
 */
#ifndef TB_BASE_JSON_TEXT_H
#define TB_BASE_JSON_TEXT_H

#include <stddef.h>

#define TB_JSON_SLACK 16 /* bytes behind the text that copying may write over */

/* Copies the beginning that is well-formed and needs no escape; returns its size. `to` has room for
 * `size` bytes and the slack. */
size_t tb_json__copy_plain(char *to, const unsigned char *p, size_t size);

#endif
