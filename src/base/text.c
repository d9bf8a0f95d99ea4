/*
 * UTF-8 text and the keys under which labels are compared. utf8proc knows the compatibility
 * forms; what needs none of it (ideographs, lower-case ASCII) never gets there.
 */
#include "base/text.h"

#include <utf8proc.h>

#include "base/arena.h"

#define REPLACEMENT 0xFFFDu

tb_str tb_str_of(const char *text)
{
    return (tb_str){text, text == NULL ? 0 : strlen(text)};
}

int tb_str_compare(tb_str a, tb_str b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size == 0 ? 0 : memcmp(a.data, b.data, size);
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

uint64_t tb_str_hash(tb_str text, uint64_t seed)
{
    const uint64_t factor = 0x9E3779B97F4A7C15u;
    uint64_t hash = (seed ^ text.size) * factor, bytes = 0;
    size_t at = 0;
    for (; at + sizeof bytes <= text.size; at += sizeof bytes) {
        memcpy(&bytes, text.data + at, sizeof bytes);
        hash = (hash ^ bytes) * factor;
        hash ^= hash >> 32;
    }
    if (text.size >= sizeof bytes) /* the last ones, of which some may have been taken already */
        memcpy(&bytes, text.data + text.size - sizeof bytes, sizeof bytes);
    for (; text.size < sizeof bytes && at < text.size; at++)
        bytes = bytes << 8 | (unsigned char)text.data[at];
    hash = (hash ^ bytes) * factor;
    return hash ^ hash >> 32;
}

ptrdiff_t tb_str_find(tb_str text, tb_str part)
{
    if (part.size == 0)
        return 0;
    for (size_t at = 0; at + part.size <= text.size; at++) {
        const char *first = memchr(text.data + at, part.data[0], text.size - part.size - at + 1);
        if (first == NULL)
            return -1;
        if (memcmp(first, part.data, part.size) == 0)
            return first - text.data;
        at = (size_t)(first - text.data);
    }
    return -1;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/* Where the character begins that ends at `end`. */
static size_t character_before(tb_str text, size_t start, size_t end)
{
    size_t at = end - 1;
    while (at > start && end - at < 4 && ((unsigned char)text.data[at] & 0xC0u) == 0x80u)
        at--;
    return at;
}

tb_str tb_str__trim_ends(tb_str text)
{
    size_t start = 0;
    while (start < text.size) {
        size_t next = start;
        if (!is_blank(tb_text_next(text, &next)))
            break;
        start = next;
    }
    size_t end = text.size;
    while (end > start) {
        size_t last = character_before(text, start, end), next = last;
        if (!is_blank(tb_text_next(text, &next)) || next != end)
            break;
        end = last;
    }
    return tb_str_slice(text, start, end);
}

static bool continues(unsigned char c)
{
    return (c & 0xC0u) == 0x80u;
}

size_t tb_text_character_size(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    if (tb_text_is_plain_triple(p, n))
        return 3;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t size = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n < size)
        return 0;
    for (size_t i = 1; i < size; i++) {
        if (!continues(p[i]))
            return 0;
    }
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return size;
}

static bool are_ascii(const unsigned char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return (bytes & 0x8080808080808080u) == 0;
}

bool tb_text_is_utf8(tb_str text)
{
    const unsigned char *p = (const unsigned char *)text.data;
    for (size_t at = 0; at < text.size;) {
        size_t left = text.size - at, size = 6;
        if (left >= sizeof(uint64_t) && are_ascii(p + at))
            size = sizeof(uint64_t);
        else if (left < sizeof(uint64_t) || !tb_text_are_plain_triples(p + at))
            size = tb_text_character_size(p + at, left);
        if (size == 0)
            return false;
        at += size;
    }
    return true;
}

uint32_t tb_text__next_beyond_ascii(tb_str text, size_t *offset)
{
    const unsigned char *p = (const unsigned char *)text.data + *offset;
    size_t size = tb_text_character_size(p, text.size - *offset);
    *offset += size > 0 ? size : 1;
    switch (size) {
    case 0:
        return REPLACEMENT;
    case 2:
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3:
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    default:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    }
}

size_t tb_text_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c >= 0x800 && c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

size_t tb_text_length(tb_str text)
{
    size_t length = 0;
    for (size_t at = 0; at < text.size; length++)
        tb_text_next(text, &at);
    return length;
}

static uint32_t fold_bracket(uint32_t c)
{
    switch (c) {
    case 0x3014: /* 〔 */
    case 0x3010: /* 【 */
    case '[':
        return '(';
    case 0x3015:
    case 0x3011:
    case ']':
        return ')';
    default:
        return c;
    }
}

/* Whether two ideographs from U+5000 on stand at p, where eight bytes must be. */
static bool are_ideographs(const unsigned char *p)
{
    return p[0] >= 0xE5 && p[0] <= 0xE9 && p[3] >= 0xE5 && p[3] <= 0xE9 &&
           tb_text_are_plain_triples(p);
}

/* Where the first character stands that tb_text_key changes; text.size when none does. */
static size_t unchanged_size(tb_str text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    while (at < text.size) {
        size_t left = text.size - at, size = 6;
        if (left < sizeof(uint64_t) || !are_ideographs(bytes + at))
            size = tb_text_own_key_size(bytes + at, left);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

/* A compatibility decomposition never has more code points than this. */
#define DECOMPOSED_MAX 32

static size_t append_folded(char *out, uint32_t c)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, DECOMPOSED_MAX,
                                UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD, &boundary);
    if (count < 0 || count > DECOMPOSED_MAX)
        return tb_text_encode(c, out);
    size_t size = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        uint32_t part = fold_bracket((uint32_t)parts[i]);
        if (!is_blank(part))
            size += tb_text_encode(part, out + size);
    }
    return size;
}

size_t tb_text_key_of(uint32_t c, char out[TB_TEXT_KEY_MAX])
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFF01 - '!'; /* full width */
    if (tb_text_is_own_key(c))
        return tb_text_encode(c, out);
    if (is_blank(c))
        return 0;
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    c = fold_bracket(c);
    return c < 0x80 ? tb_text_encode(c, out) : append_folded(out, c);
}

/* How many bytes a text of `size` bytes may need once folded: U+FDFA, 3 bytes, becomes 18
 * characters of at most 2 bytes. */
#define FOLDED_GROWTH 12

static size_t fold(tb_str text, size_t at, char *out)
{
    size_t size = 0;
    while (at < text.size) {
        size_t same = unchanged_size(text, at) - at;
        memcpy(out + size, text.data + at, same);
        size += same;
        at += same;
        if (at < text.size)
            size += tb_text_key_of(tb_text_next(text, &at), out + size);
    }
    return size;
}

tb_str tb_text_key(tb_arena *arena, tb_str text)
{
    size_t same = unchanged_size(text, 0);
    if (same == text.size)
        return text;
    size_t room = same + (text.size - same) * FOLDED_GROWTH + 4 * DECOMPOSED_MAX;
    char *out = tb_arena_room(arena, room);
    if (out == NULL)
        return (tb_str){NULL, 0};
    memcpy(out, text.data, same);
    size_t size = same + fold(text, same, out + same);
    tb_arena_shorten(arena, out, room, size);
    return (tb_str){out, size};
}

static bool is_final_punctuation(uint32_t c)
{
    static const uint32_t marks[] = {'.',    ',',    ';',    ':',    '!',    '?',
                                     0x3002, 0x3001, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF0E,
                                     0xFF01, 0xFF1F, 0xFF61, 0x2026};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (c == marks[i])
            return true;
    }
    return false;
}

tb_str tb_text_without_final_marks(tb_str key)
{
    while (key.size > 0) {
        size_t last = character_before(key, 0, key.size), at = last;
        if (!is_final_punctuation(tb_text_next(key, &at)))
            break;
        key.size = last;
    }
    return key;
}

tb_str tb_text_sentence_key(tb_arena *arena, tb_str text)
{
    return tb_text_without_final_marks(tb_text_key(arena, text));
}
