/*
 * Encodings of XML parts.
 */
#include "sheet/encoding.h"

#include <stdio.h>
#include <string.h>

#include "sheet/characters.h"

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

static tb_status check_utf8(tb_str text, const char *part, tb_part_text *ret_text, tb_error *error)
{
    tb_characters found = tb_characters_check(text);
    if (found.valid < text.size)
        return invalid(part, found.valid, error);
    *ret_text = (tb_part_text){text, found.has_references, found.has_returns};
    return TB_OK;
}

/* The same for what has been converted into the room. */
static tb_status check_converted(tb_buffer *room, const char *part, size_t padding,
                                 tb_part_text *ret_text, tb_error *error)
{
    tb_str text = {NULL, 0};
    tb_status status = append_padding(room, padding, &text, error);
    return status == TB_OK ? check_utf8(text, part, ret_text, error) : status;
}

static tb_status convert_declared(tb_str raw, const char *part, size_t padding, tb_buffer *room,
                                  tb_part_text *ret_text, tb_error *error)
{
    tb_str name = declared_encoding(raw);
    if (name.size == 0 || same_letters(name, "utf-8") || same_letters(name, "utf8") ||
        same_letters(name, "us-ascii") || same_letters(name, "ascii"))
        return check_utf8(raw, part, ret_text, error);
    if (same_letters(name, "iso-8859-1")) {
        convert_latin1(raw, room);
        return check_converted(room, part, padding, ret_text, error);
    }
    char shown[40];
    snprintf(shown, sizeof shown, "%.*s", (int)(name.size < 32 ? name.size : 32), name.data);
    return tb_error_set(error, TB_UNSUPPORTED, TB_MSG_SHEET_XML_ENCODING, part, shown, NULL);
}

tb_status tb_encoding_to_utf8(tb_str raw, const char *part, size_t padding, tb_buffer *room,
                              tb_part_text *ret_text, tb_error *error)
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
    return status == TB_OK ? check_converted(room, part, padding, ret_text, error) : status;
}
