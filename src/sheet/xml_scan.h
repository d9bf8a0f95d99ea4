/*
 * Searching in a part, many bytes a step. A part ends with TB_XML_PADDING zero bytes and holds
 * none inside, so that reading past a place in it, or past its end, does no harm. Private to the
 * tokeniser.
 */
#ifndef TB_SHEET_XML_SCAN_H
#define TB_SHEET_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The bytes of a word that come first in memory, `count` (1 … 8) of them; the others are 0. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define TB_FIRST_BYTES(word, count) ((word) & (UINT64_MAX << (64 - 8 * (count))))
#else
#define TB_FIRST_BYTES(word, count) ((word) & (UINT64_MAX >> (64 - 8 * (count))))
#endif

/* The first bytes of a name at p; `size` is 1 … 8. */
static inline uint64_t tb_scan_head(const char *p, size_t size)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return TB_FIRST_BYTES(word, size);
}

/* The last eight bytes of a name at p; all of it where it is shorter. `size` is not 0. */
static inline uint64_t tb_scan_tail(const char *p, size_t size)
{
    if (size <= sizeof(uint64_t))
        return tb_scan_head(p, size);
    return tb_scan_head(p + size - sizeof(uint64_t), sizeof(uint64_t));
}

#if defined(__SSE2__)
/* Bit i tells about byte i of the next TB_SCAN_WIDTH ones. Looking at so many at once needs no
 * branch for nearly all names and values. */
#define TB_SCAN_WIDTH 32

static inline uint32_t tb_scan__marks(__m128i first, __m128i second)
{
    return (uint32_t)_mm_movemask_epi8(first) | (uint32_t)_mm_movemask_epi8(second) << 16;
}

static inline __m128i tb_scan__load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

static inline __m128i tb_scan__name_ends(__m128i bytes)
{
    __m128i ends = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(' ')), bytes);
    ends = _mm_or_si128(ends, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('/')));
    return _mm_or_si128(ends, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('>')));
}
#endif

/* memcmp for names; both lie in a part. Stops at the end of the part that p is in: its zero bytes
 * are no part of the name. */
static inline bool tb_scan_same(const char *p, const char *name, size_t size)
{
#ifdef TB_SCAN_WIDTH
    if (size <= sizeof(uint64_t))
        return tb_scan_head(p, size) == tb_scan_head(name, size);
    for (;; p += TB_SCAN_WIDTH, name += TB_SCAN_WIDTH, size -= TB_SCAN_WIDTH) {
        uint64_t same =
            tb_scan__marks(_mm_cmpeq_epi8(tb_scan__load(p), tb_scan__load(name)),
                           _mm_cmpeq_epi8(tb_scan__load(p + 16), tb_scan__load(name + 16)));
        if (size <= TB_SCAN_WIDTH)
            return (uint32_t)(same | UINT64_MAX << size) == UINT32_MAX;
        if (same != UINT32_MAX)
            return false;
    }
#else
    return strncmp(p, name, size) == 0;
#endif
}

/* memchr for what is nearly always near; NULL when the byte does not stand before `end`. */
static inline const char *tb_scan_byte(const char *p, const char *end, char byte)
{
#ifdef TB_SCAN_WIDTH
    const __m128i wanted = _mm_set1_epi8(byte);
    for (; p < end; p += TB_SCAN_WIDTH) {
        uint32_t marks = tb_scan__marks(_mm_cmpeq_epi8(tb_scan__load(p), wanted),
                                        _mm_cmpeq_epi8(tb_scan__load(p + 16), wanted));
        if (marks != 0)
            return p + __builtin_ctz(marks);
    }
    return NULL;
#else
    return p < end ? memchr(p, byte, (size_t)(end - p)) : NULL;
#endif
}

static inline bool tb_scan_ends_tag_name(char c)
{
    return (unsigned char)c <= ' ' || c == '/' || c == '>';
}

/* Where the name of a tag ends: at a blank, a slash or a bracket. */
static inline const char *tb_scan_tag_name(const char *p)
{
#ifdef TB_SCAN_WIDTH
    for (;; p += TB_SCAN_WIDTH) {
        uint32_t marks = tb_scan__marks(tb_scan__name_ends(tb_scan__load(p)),
                                        tb_scan__name_ends(tb_scan__load(p + 16)));
        if (marks != 0)
            return p + __builtin_ctz(marks);
    }
#else
    while (!tb_scan_ends_tag_name(*p))
        p++;
    return p;
#endif
}

static inline bool tb_scan_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static inline const char *tb_scan_blanks(const char *p)
{
    while (tb_scan_is_blank(*p))
        p++;
    return p;
}

#endif
