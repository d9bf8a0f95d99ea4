/*
 * Encodings of XML parts. Nearly every part is UTF-8 of characters of one and of three bytes, so
 * the check takes many bytes a step where there is nothing else.
 */
#include "sheet/encoding.h"

#include <stdio.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

/* The character at p is one that XML allows; its length, else 0. */
static size_t character(const unsigned char *p, size_t size)
{
    if (p[0] >= 0x80)
        return long_character(p, size);
    return p[0] >= 0x20 || p[0] == '\n' || p[0] == '\t' || p[0] == '\r' ? 1 : 0;
}

#if defined(__SSE2__)
#define BLOCK sizeof(__m128i)

static __m128i load(const unsigned char *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

static __m128i each(unsigned char byte)
{
    return _mm_set1_epi8((char)byte);
}

static __m128i equal(__m128i bytes, unsigned char byte)
{
    return _mm_cmpeq_epi8(bytes, each(byte));
}

static __m128i at_least(__m128i bytes, unsigned char byte)
{
    return _mm_cmpeq_epi8(_mm_max_epu8(bytes, each(byte)), bytes);
}

static __m128i either(__m128i a, __m128i b)
{
    return _mm_or_si128(a, b);
}

/* Control characters that XML forbids. */
static __m128i find_controls(__m128i bytes)
{
    __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, each(0x1F)), bytes);
    __m128i allowed = either(either(equal(bytes, '\n'), equal(bytes, '\r')), equal(bytes, '\t'));
    return _mm_andnot_si128(allowed, controls);
}

/* What is not a sequence of two or three bytes that is surely right: continuations must stand
 * where a first byte demands them and nowhere else. Bytes that begin a sequence of four or one
 * with rules of its own (E0, ED) count as doubtful. Three bytes stand before p. */
static __m128i find_doubtful(__m128i bytes, const unsigned char *p)
{
    __m128i before = load(p - 1), before2 = load(p - 2);
    __m128i demanded = either(at_least(before, 0xC0), at_least(before2, 0xE0));
    __m128i continuations = _mm_cmplt_epi8(bytes, each(0xC0)); /* as signed numbers */
    __m128i doubtful = _mm_xor_si128(demanded, continuations);
    doubtful = either(doubtful, at_least(bytes, 0xF0));
    doubtful = either(doubtful, either(equal(bytes, 0xE0), equal(bytes, 0xED)));
    doubtful = either(doubtful, equal(_mm_and_si128(bytes, each(0xFE)), 0xC0));
    __m128i noncharacter = _mm_and_si128(equal(before2, 0xEF), equal(before, 0xBF));
    return either(doubtful, _mm_and_si128(noncharacter, at_least(bytes, 0xBE)));
}

/* Passes blocks that are surely right from i on, where a character begins; returns where one
 * begins again. */
static size_t pass_blocks(const unsigned char *bytes, size_t i, size_t size)
{
    if (i < 2)
        return i;
    int long_before = 0; /* marks of bytes of the last block that are not ASCII */
    while (size - i >= BLOCK) {
        __m128i block = load(bytes + i), wrong = find_controls(block);
        int long_now = _mm_movemask_epi8(block);
        if ((long_now | long_before) != 0)
            wrong = either(wrong, find_doubtful(block, bytes + i));
        if (_mm_movemask_epi8(wrong) != 0)
            break;
        long_before = long_now;
        i += BLOCK;
    }
    if (long_before == 0 || bytes[i - 1] < 0x80)
        return i;
    /* The last sequence may lack continuations: begin with it anew. */
    return bytes[i - 1] >= 0xC0 ? i - 1 : bytes[i - 2] >= 0xC0 ? i - 2 : i;
}
#else
#define BLOCK      sizeof(uint64_t)
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static size_t pass_blocks(const unsigned char *bytes, size_t i, size_t size)
{
    uint64_t word;
    while (size - i >= sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        uint64_t controls = (word - EACH(0x20)) & ~word;
        if (((word | controls) & EACH(0x80)) != 0)
            break;
        i += sizeof word;
    }
    return i;
}
#endif

size_t tb_encoding_find_invalid(tb_str text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t i = 0;
    while (i < text.size) {
        i = pass_blocks(bytes, i, text.size);
        size_t stop = text.size - i < 2 * BLOCK ? text.size : i + 2 * BLOCK;
        while (i < stop) {
            size_t length = character(bytes + i, text.size - i);
            if (length == 0)
                return i;
            i += length;
        }
    }
    return i;
}

static tb_status invalid(const char *part, size_t offset, tb_error *error)
{
    char place[24];
    snprintf(place, sizeof place, "%zu", offset + 1);
    return tb_error_set(error, TB_DAMAGED, TB_MSG_SHEET_XML_UTF8, part, place, NULL);
}

static tb_status append_padding(tb_buffer *room, size_t padding, tb_str *ret_text, tb_error *error)
{
    static const char zeros[64];
    size_t size = room->size;
    tb_buffer_append(room, zeros, padding < sizeof zeros ? padding : sizeof zeros);
    if (room->failed)
        return tb_error_set(error, TB_LIMIT, TB_MSG_SHEET_PART_TOO_LARGE, "", NULL);
    *ret_text = (tb_str){room->data, size};
    return TB_OK;
}

static uint32_t utf16_unit(const unsigned char *bytes, bool big)
{
    return big ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
}

static tb_status convert_utf16(tb_str raw, bool big, const char *part, tb_buffer *room,
                               tb_error *error)
{
    const unsigned char *bytes = (const unsigned char *)raw.data;
    tb_buffer_reset(room);
    for (size_t i = 0; i < raw.size; i += 2) {
        if (raw.size - i < 2)
            return invalid(part, i, error);
        uint32_t code = utf16_unit(bytes + i, big);
        if (code >= 0xDC00 && code <= 0xDFFF)
            return invalid(part, i, error);
        if (code >= 0xD800 && code <= 0xDBFF) {
            uint32_t low = raw.size - i >= 4 ? utf16_unit(bytes + i + 2, big) : 0;
            if (low < 0xDC00 || low > 0xDFFF)
                return invalid(part, i, error);
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        char encoded[4];
        tb_buffer_append(room, encoded, tb_text_encode(code, encoded));
    }
    return TB_OK;
}

static void convert_latin1(tb_str raw, tb_buffer *room)
{
    tb_buffer_reset(room);
    for (size_t i = 0; i < raw.size; i++) {
        char encoded[4];
        tb_buffer_append(room, encoded, tb_text_encode((unsigned char)raw.data[i], encoded));
    }
}

static bool same_letters(tb_str text, const char *name)
{
    size_t size = strlen(name);
    if (text.size != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = text.data[i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name[i])
            return false;
    }
    return true;
}

/* What the XML declaration gives as encoding; empty when it gives none. */
static tb_str declared_encoding(tb_str text)
{
    tb_str none = {NULL, 0};
    if (!tb_str_starts(text, TB_STR("<?xml")))
        return none;
    ptrdiff_t end = tb_str_find(tb_str_slice(text, 0, 256), TB_STR("?>"));
    tb_str head = tb_str_slice(text, 0, end < 0 ? 0 : (size_t)end);
    ptrdiff_t at = tb_str_find(head, TB_STR("encoding"));
    if (at < 0)
        return none;
    size_t from = (size_t)at + sizeof "encoding" - 1;
    while (from < head.size && head.data[from] != '"' && head.data[from] != '\'')
        from++;
    size_t to = from + 1;
    while (to < head.size && head.data[to] != head.data[from])
        to++;
    return tb_str_slice(head, from + 1, to);
}

static tb_status check_utf8(tb_str text, const char *part, tb_str *ret_text, tb_error *error)
{
    size_t wrong = tb_encoding_find_invalid(text);
    if (wrong < text.size)
        return invalid(part, wrong, error);
    *ret_text = text;
    return TB_OK;
}

static tb_status convert_declared(tb_str raw, const char *part, size_t padding, tb_buffer *room,
                                  tb_str *ret_text, tb_error *error)
{
    tb_str name = declared_encoding(raw);
    if (name.size == 0 || same_letters(name, "utf-8") || same_letters(name, "utf8") ||
        same_letters(name, "us-ascii") || same_letters(name, "ascii"))
        return check_utf8(raw, part, ret_text, error);
    if (same_letters(name, "iso-8859-1")) {
        convert_latin1(raw, room);
        tb_status status = append_padding(room, padding, ret_text, error);
        return status == TB_OK ? check_utf8(*ret_text, part, ret_text, error) : status;
    }
    char shown[40];
    snprintf(shown, sizeof shown, "%.*s", (int)(name.size < 32 ? name.size : 32), name.data);
    return tb_error_set(error, TB_UNSUPPORTED, TB_MSG_SHEET_XML_ENCODING, part, shown, NULL);
}

tb_status tb_encoding_to_utf8(tb_str raw, const char *part, size_t padding, tb_buffer *room,
                              tb_str *ret_text, tb_error *error)
{
    if (tb_str_starts(raw, TB_STR("\xEF\xBB\xBF")))
        return check_utf8(tb_str_slice(raw, 3, raw.size), part, ret_text, error);
    bool marked_big = tb_str_starts(raw, TB_STR("\xFE\xFF"));
    bool marked_little = tb_str_starts(raw, TB_STR("\xFF\xFE"));
    bool big = marked_big || tb_str_starts(raw, TB_STR("\0<"));
    bool little = marked_little || tb_str_starts(raw, TB_STR("<\0"));
    if (!big && !little)
        return convert_declared(raw, part, padding, room, ret_text, error);
    tb_str units = tb_str_slice(raw, marked_big || marked_little ? 2 : 0, raw.size);
    tb_status status = convert_utf16(units, big, part, room, error);
    if (status == TB_OK)
        status = append_padding(room, padding, ret_text, error);
    return status == TB_OK ? check_utf8(*ret_text, part, ret_text, error) : status;
}
