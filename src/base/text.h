/*
 * Pieces of UTF-8 text, and what makes two labels "the same". Knows nothing of locales.
 */
#ifndef TB_BASE_TEXT_H
#define TB_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A piece of UTF-8 text that somebody else owns; not ended by NUL unless a function says so. */
typedef struct tb_str {
    const char *data; /* may be NULL when size is 0 */
    size_t size;      /* bytes */
} tb_str;

struct tb_arena;

#define TB_STR(literal) ((tb_str){(literal), sizeof(literal) - 1})

tb_str tb_str_of(const char *text);     /* of a NUL-ended text; NULL gives the empty text */
int tb_str_compare(tb_str a, tb_str b); /* by bytes, which is by code points in UTF-8 */
/* For hash tables; texts from input get a seed that input can't know, such as an address. */
uint64_t tb_str_hash(tb_str text, uint64_t seed);
/* The first place of `part` in `text`, as a byte offset, or -1. */
ptrdiff_t tb_str_find(tb_str text, tb_str part);

/* In the next three one byte is looked at before all of them, since most texts differ there. */
static inline bool tb_str_equal(tb_str a, tb_str b)
{
    return a.size == b.size &&
           (a.size == 0 || a.data == b.data ||
            (a.data[a.size - 1] == b.data[a.size - 1] && memcmp(a.data, b.data, a.size) == 0));
}

/* text[from, to) by bytes; both are clamped. */
static inline tb_str tb_str_slice(tb_str text, size_t from, size_t to)
{
    if (to > text.size)
        to = text.size;
    if (from >= to)
        return (tb_str){NULL, 0};
    return (tb_str){text.data + from, to - from};
}

static inline bool tb_str_starts(tb_str text, tb_str prefix)
{
    return text.size >= prefix.size &&
           (prefix.size == 0 || (text.data[prefix.size - 1] == prefix.data[prefix.size - 1] &&
                                 memcmp(text.data, prefix.data, prefix.size) == 0));
}

static inline bool tb_str_ends(tb_str text, tb_str suffix)
{
    if (text.size < suffix.size || suffix.size == 0)
        return suffix.size == 0;
    const char *end = text.data + text.size - suffix.size;
    return end[0] == suffix.data[0] && memcmp(end, suffix.data, suffix.size) == 0;
}

tb_str tb_str__trim_ends(tb_str text);

/* Whether the character at p, of which n > 0 bytes are there, is surely no blank: a first look at
 * its bytes that tells nearly all. */
static inline bool tb_text_is_visible(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return p[0] > ' ';
    return n >= 3 &&
           ((p[0] >= 0xE4 && p[0] < 0xEF) || (p[0] == 0xE2 && p[1] >= 0x82) ||
            (p[0] == 0xE3 && (p[1] > 0x80 || p[2] > 0x80)) || (p[0] == 0xEF && p[1] >= 0xBC));
}

/* Without the blanks at both ends: Unicode white space, among it U+00A0 and U+3000. */
static inline tb_str tb_str_trim(tb_str text)
{
    if (text.size == 0)
        return (tb_str){NULL, 0};
    const unsigned char *p = (const unsigned char *)text.data, *end = p + text.size;
    bool visible_end = end[-1] < 0x80
                           ? end[-1] > ' '
                           : text.size >= 3 && end[-3] >= 0xE0 && (end[-2] & 0xC0u) == 0x80u &&
                                 (end[-1] & 0xC0u) == 0x80u && tb_text_is_visible(end - 3, 3);
    return visible_end && tb_text_is_visible(p, text.size) ? text : tb_str__trim_ends(text);
}

/* True when the bytes are well-formed UTF-8 (no surrogates, nothing above U+10FFFF). */
bool tb_text_is_utf8(tb_str text);
/* True for a well-formed character of three bytes that its first one can't make ill-formed: what
 * Chinese text is made of, U+1000 to U+CFFF and U+E000 to U+FFFF. */
static inline bool tb_text_is_plain_triple(const unsigned char *p, size_t n)
{
    return n >= 3 && p[0] > 0xE0 && p[0] <= 0xEF && p[0] != 0xED && (p[1] & 0xC0u) == 0x80u &&
           (p[2] & 0xC0u) == 0x80u;
}

/* The same for two such characters; eight bytes must be there. */
static inline bool tb_text_are_plain_triples(const unsigned char *p)
{
    static const unsigned char bits[8] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0};
    static const unsigned char form[8] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80};
    uint64_t bytes, mask, wanted;
    memcpy(&bytes, p, sizeof bytes);
    memcpy(&mask, bits, sizeof mask);
    memcpy(&wanted, form, sizeof wanted);
    return (bytes & mask) == wanted && p[0] != 0xE0 && p[0] != 0xED && p[3] != 0xE0 && p[3] != 0xED;
}

/* Bytes of the well-formed character that begins at p, of which n > 0 bytes are there; 0 when it
 * is ill-formed. */
size_t tb_text_character_size(const unsigned char *p, size_t n);
uint32_t tb_text__next_beyond_ascii(tb_str text, size_t *offset);
/* The code point at *offset, which moves past it; an ill-formed byte gives U+FFFD and moves by 1.
 */
static inline uint32_t tb_text_next(tb_str text, size_t *offset)
{
    const unsigned char *p = (const unsigned char *)text.data + *offset;
    if (p[0] < 0x80) {
        *offset += 1;
        return p[0];
    }
    if (!tb_text_is_plain_triple(p, text.size - *offset))
        return tb_text__next_beyond_ascii(text, offset);
    *offset += 3;
    return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
}
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

static inline bool tb_text_is_ideograph(uint32_t code_point)
{
    return code_point >= 0x4E00 && code_point <= 0x9FFF;
}

/* Ideographs, most of ASCII, and the signs that forms are full of: a first look. */
static inline bool tb_text_is_own_key(uint32_t c)
{
    if (c < 0x80)
        return c > ' ' && c < 0x7F && (c < 'A' || c > 'Z') && c != '[' && c != ']';
    return tb_text_is_ideograph(c) || c == 0x2264 /* ≤ */ || c == 0x2265 /* ≥ */ ||
           c == 0x3001 /* 、 */ || c == 0x3002 /* 。 */;
}

/* Bytes of the character at p, of which n > 0 bytes are there, where its bytes tell that it is its
 * own key: an ideograph, a digit, a small letter, most of ASCII's signs. Else 0. */
static inline size_t tb_text_own_key_size(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return tb_text_is_own_key(p[0]);
    bool ideograph = n >= 3 && p[0] >= 0xE4 && p[0] <= 0xE9 && (p[1] & 0xC0u) == 0x80u &&
                     (p[2] & 0xC0u) == 0x80u && (p[0] > 0xE4 || p[1] >= 0xB8);
    return ideograph ? 3 : 0;
}

/* The part of a text's key that one character gives; returns its size, 0 for a blank. */
#define TB_TEXT_KEY_MAX 128
size_t tb_text_key_of(uint32_t code_point, char out[TB_TEXT_KEY_MAX]);

/* The key without the punctuation at the end (。；：，、.;:, and their like). */
tb_str tb_text_without_final_marks(tb_str key);
/* tb_text_key without that punctuation. */
tb_str tb_text_sentence_key(struct tb_arena *arena, tb_str text);

#endif
