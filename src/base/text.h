/*
 * Pieces of UTF-8 text, and what makes two labels "the same". Knows nothing of locales.
 */
#ifndef TB_BASE_TEXT_H
#define TB_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of UTF-8 text that somebody else owns; not ended by NUL unless a function says so. */
typedef struct tb_str {
    const char *data; /* may be NULL when size is 0 */
    size_t size;      /* bytes */
} tb_str;

struct tb_arena;

#define TB_STR(literal) ((tb_str){(literal), sizeof(literal) - 1})

tb_str tb_str_of(const char *text); /* of a NUL-ended text; NULL gives the empty text */
bool tb_str_equal(tb_str a, tb_str b);
int tb_str_compare(tb_str a, tb_str b); /* by bytes, which is by code points in UTF-8 */
bool tb_str_starts(tb_str text, tb_str prefix);
bool tb_str_ends(tb_str text, tb_str suffix);
/* The first place of `part` in `text`, as a byte offset, or -1. */
ptrdiff_t tb_str_find(tb_str text, tb_str part);
/* text[from, to) by bytes; both are clamped. */
tb_str tb_str_slice(tb_str text, size_t from, size_t to);
/* Without the blanks at both ends: Unicode white space, among it U+00A0 and U+3000. */
tb_str tb_str_trim(tb_str text);

/* True when the bytes are well-formed UTF-8 (no surrogates, nothing above U+10FFFF). */
bool tb_text_is_utf8(tb_str text);
/* The code point at *offset, which moves past it; an ill-formed byte gives U+FFFD and moves by 1.
 */
uint32_t tb_text_next(tb_str text, size_t *offset);
/* Writes a code point to out[0..3], returns how many bytes. */
size_t tb_text_encode(uint32_t code_point, char out[4]);
/* How many code points. */
size_t tb_text_length(tb_str text);

/*
 * The key under which labels and texts are compared: NFKC (full-width forms become their
 * half-width ones), every blank and line break dropped, letters in lower case, and all kinds of
 * round brackets the same. "部 门\n（单位）名称 " and "部门(单位)名称" have one key.
 * The text returned may be `text` itself where nothing changes, else it lies in the arena;
 * .data is NULL when memory ran out.
 */
tb_str tb_text_key(struct tb_arena *arena, tb_str text);

/* The part of a text's key that one character gives; returns its size, 0 for a blank. */
#define TB_TEXT_KEY_MAX 128
size_t tb_text_key_of(uint32_t code_point, char out[TB_TEXT_KEY_MAX]);

/* tb_text_key without the punctuation at the end (。；：，、.;:, and their like). */
tb_str tb_text_sentence_key(struct tb_arena *arena, tb_str text);

#endif
