/*
 * Copying what needs no escape, by blocks of 16 bytes where the processor has them. Nearly all
 * characters have one byte or three, so a block is judged by three questions for each of its bytes:
 * is it ASCII that needs no escape, does it begin three bytes, does it continue some. Other
 * characters go one by one.
 */
#include "base/json_text.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#if defined(__SSE2__)
#include <emmintrin.h>

#define BLOCK 16u

static uint64_t load_eight(const unsigned char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static uint32_t load_four(const unsigned char *p)
{
    uint32_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* n bytes, fewer than a block, with zeros behind them; nothing beyond them is read. */
static __m128i load_short(const unsigned char *p, size_t n)
{
    uint64_t low, high = 0;
    if (n >= 8) {
        low = load_eight(p);
        high = load_eight(p + n - 8) >> 8 * (15 - n) >> 8;
    } else if (n >= 4) {
        low = load_four(p) | (uint64_t)load_four(p + n - 4) << 8 * (n - 4);
    } else {
        low = p[0] | (uint64_t)p[n / 2] << 8 * (n / 2) | (uint64_t)p[n - 1] << 8 * (n - 1);
    }
    return _mm_set_epi64x((int64_t)high, (int64_t)low);
}

static uint32_t bits_of(__m128i bytes)
{
    return (uint32_t)_mm_movemask_epi8(bytes);
}

static __m128i are(__m128i block, char byte)
{
    return _mm_cmpeq_epi8(block, _mm_set1_epi8(byte));
}

/* Bits of the bytes that are ASCII and need no escape; as signed bytes all others are lower. */
static uint32_t find_ascii(__m128i block)
{
    __m128i special = _mm_or_si128(are(block, '"'), are(block, '\\'));
    return bits_of(_mm_andnot_si128(special, _mm_cmpgt_epi8(block, _mm_set1_epi8(0x1F))));
}

/* Of those that begin three bytes. The first bytes E0 and ED may begin what is ill-formed. */
static uint32_t find_leads(__m128i block)
{
    __m128i high = _mm_and_si128(block, _mm_set1_epi8((char)0xF0));
    __m128i doubtful = _mm_or_si128(are(block, (char)0xE0), are(block, (char)0xED));
    return bits_of(_mm_andnot_si128(doubtful, are(high, (char)0xE0)));
}

static uint32_t find_continuing(__m128i block)
{
    return bits_of(_mm_cmplt_epi8(block, _mm_set1_epi8((char)0xC0)));
}

/* How many of the block's first n bytes are whole characters that can stand as they are. */
static size_t plain_size(__m128i block, size_t n)
{
    uint32_t leads = find_leads(block), continuing = find_continuing(block);
    uint32_t other = ~(find_ascii(block) | leads | continuing);
    uint32_t misplaced = continuing ^ (leads << 1 | leads << 2);
    size_t end = (size_t)__builtin_ctz(other | misplaced | 1u << n);
    uint32_t open = (leads << 2 >> end) & 3; /* begun by the last byte: 2, by the one before: 1 */
    return end - (open == 0 ? 0 : open == 1 ? 2 : 1);
}

static size_t copy_block(char *to, const unsigned char *p, size_t size)
{
    size_t n = size < BLOCK ? size : BLOCK;
    __m128i block =
        n < BLOCK ? load_short(p, n) : _mm_loadu_si128((const __m128i *)(const void *)p);
    _mm_storeu_si128((__m128i *)(void *)to, block);
    return plain_size(block, n);
}

#else

/* Every character goes alone. */
static size_t copy_block(char *to, const unsigned char *p, size_t size)
{
    (void)to, (void)p, (void)size;
    return 0;
}

#endif

static size_t copy_character(char *to, const unsigned char *p, size_t n)
{
    bool needs_escape = p[0] < 0x20 || p[0] == '"' || p[0] == '\\';
    size_t size = needs_escape ? 0 : tb_text_character_size(p, n);
    for (size_t i = 0; i < size; i++)
        to[i] = (char)p[i];
    return size;
}

size_t tb_json__copy_plain(char *to, const unsigned char *p, size_t size)
{
    size_t at = 0, step = 1;
    while (step > 0 && at < size) {
        step = copy_block(to + at, p + at, size - at);
        if (step == 0)
            step = copy_character(to + at, p + at, size - at);
        at += step;
    }
    return at;
}
