/*
 * Checking the characters of a part. Nearly every part is UTF-8 of characters of one and of three
 * bytes, so blocks of nothing else are passed as a whole; the others go character by character.
 */
#include "sheet/characters.h"

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#define LONGEST_BLOCK 32

/* ---- Character by character ---- */

/* True for bytes 0x80 … 0xBF. */
static bool continues(unsigned char byte)
{
    return (byte & 0xC0u) == 0x80u;
}

/* The length of the character at p, whose first byte is not ASCII; 0 when it is ill-formed or
 * forbidden. Reads no further than the first byte that does not fit. */
static size_t long_character(const unsigned char *p, size_t size)
{
    if (p[0] >= 0xE1 && p[0] <= 0xEC) /* most of what is not ASCII here */
        return size >= 3 && continues(p[1]) && continues(p[2]) ? 3 : 0;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return size >= 2 && continues(p[1]) ? 2 : 0;
    if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        if (size < 3 || !continues(p[1]) || !continues(p[2]))
            return 0;
        if (p[0] == 0xE0 && p[1] < 0xA0) /* could be shorter */
            return 0;
        if (p[0] == 0xED && p[1] > 0x9F) /* surrogates */
            return 0;
        bool noncharacter = p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE;
        return noncharacter ? 0 : 3;
    }
    if (p[0] < 0xF0 || p[0] > 0xF4 || size < 4)
        return 0;
    if ((p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return continues(p[1]) && continues(p[2]) && continues(p[3]) ? 4 : 0;
}

/* The length of the character at p when XML allows it, else 0. */
static size_t character(const unsigned char *p, size_t size, tb_characters *found)
{
    if (p[0] >= 0x80)
        return long_character(p, size);
    if (p[0] == '&')
        found->has_references = true;
    if (p[0] == '\r')
        found->has_returns = true;
    return p[0] >= 0x20 || p[0] == '\n' || p[0] == '\t' || p[0] == '\r' ? 1 : 0;
}

/* ---- Block by block ---- */

#define EACH_OF_EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Not 0 when a byte of the word is 0. */
static uint64_t zeros(uint64_t word)
{
    return (word - EACH_OF_EIGHT(1)) & ~word & EACH_OF_EIGHT(0x80);
}

static size_t pass_words(const unsigned char *bytes, size_t i, size_t size, tb_characters *found)
{
    uint64_t word, references = 0;
    for (; size - i >= sizeof word; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        uint64_t controls = (word - EACH_OF_EIGHT(0x20)) & ~word;
        if (((word | controls) & EACH_OF_EIGHT(0x80)) != 0)
            break;
        references |= zeros(word ^ EACH_OF_EIGHT('&'));
    }
    found->has_references = found->has_references || references != 0;
    return i;
}

#if defined(__SSE2__)
#define BLOCK       __m128i
#define NAMED(name) name##_sse2
#define TARGET
#define LOAD(p)           _mm_loadu_si128((const __m128i *)(p))
#define EACH(byte)        _mm_set1_epi8((char)(byte))
#define EQUAL(a, b)       _mm_cmpeq_epi8(a, b)
#define LESS_SIGNED(a, b) _mm_cmplt_epi8(a, b)
#define MIN(a, b)         _mm_min_epu8(a, b)
#define SUBTRACT(a, b)    _mm_subs_epu8(a, b)
#define AND(a, b)         _mm_and_si128(a, b)
#define OR(a, b)          _mm_or_si128(a, b)
#define XOR(a, b)         _mm_xor_si128(a, b)
#define AND_NOT(a, b)     _mm_andnot_si128(a, b)
#define MARKS(a)          _mm_movemask_epi8(a)
#include "sheet/characters_blocks.inc"

#define BLOCK             __m256i
#define NAMED(name)       name##_avx2
#define TARGET            __attribute__((target("avx2")))
#define LOAD(p)           _mm256_loadu_si256((const __m256i *)(p))
#define EACH(byte)        _mm256_set1_epi8((char)(byte))
#define EQUAL(a, b)       _mm256_cmpeq_epi8(a, b)
#define LESS_SIGNED(a, b) _mm256_cmpgt_epi8(b, a)
#define MIN(a, b)         _mm256_min_epu8(a, b)
#define SUBTRACT(a, b)    _mm256_subs_epu8(a, b)
#define AND(a, b)         _mm256_and_si256(a, b)
#define OR(a, b)          _mm256_or_si256(a, b)
#define XOR(a, b)         _mm256_xor_si256(a, b)
#define AND_NOT(a, b)     _mm256_andnot_si256(a, b)
#define MARKS(a)          _mm256_movemask_epi8(a)
#include "sheet/characters_blocks.inc"
#endif

/* ---- All of it ---- */

typedef size_t pass_function(const unsigned char *bytes, size_t i, size_t size,
                             tb_characters *found);

/* NULL where it is missing. */
static pass_function *find_way(tb_characters_way way)
{
#if defined(__SSE2__)
    if (way == TB_CHARACTERS_AVX2)
        return __builtin_cpu_supports("avx2") ? pass_blocks_avx2 : NULL;
    if (way == TB_CHARACTERS_SSE2)
        return pass_blocks_sse2;
#endif
    return way == TB_CHARACTERS_PORTABLE ? pass_words : NULL;
}

static tb_characters check(tb_str text, pass_function *pass)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    tb_characters found = {0};
    size_t i = 0;
    while (i < text.size) {
        i = pass(bytes, i, text.size, &found);
        size_t stop = text.size - i < 2 * LONGEST_BLOCK ? text.size : i + 2 * LONGEST_BLOCK;
        while (i < stop) {
            size_t length = character(bytes + i, text.size - i, &found);
            if (length == 0) {
                found.valid = i;
                return found;
            }
            i += length;
        }
    }
    found.valid = i;
    return found;
}

bool tb_characters_check_by(tb_characters_way way, tb_str text, tb_characters *ret)
{
    pass_function *pass = find_way(way);
    if (pass == NULL)
        return false;
    *ret = check(text, pass);
    return true;
}

tb_characters tb_characters_check(tb_str text)
{
    tb_characters found = {0};
    for (unsigned way = TB_CHARACTERS_WAYS; way-- > 0;) {
        if (tb_characters_check_by((tb_characters_way)way, text, &found))
            break;
    }
    return found;
}
