/*
 * What values and texts mean: references, line ends, and texts in several pieces. And how reading
 * stops when something is wrong.
 */
#include <stdio.h>
#include <string.h>

#include "sheet/xml.h"
#include "sheet/xml_scan.h"

/* ---- Failing ---- */

tb_status tb_xml_stop(tb_xml *xml, tb_status status)
{
    if (xml->status == TB_OK)
        xml->status = status;
    xml->at = xml->end;
    return xml->status;
}

/* The place counts lines and bytes from 1, as an editor does. */
tb_status tb_xml__fail(tb_xml *xml, const char *place, tb_status status, tb_message message)
{
    if (xml->status != TB_OK)
        return xml->status;
    size_t line = 1;
    const char *line_start = xml->begin;
    for (const char *p = xml->begin; p < place; p++) {
        if (*p == '\n') {
            line++;
            line_start = p + 1;
        }
    }
    char line_text[24], byte_text[24];
    snprintf(line_text, sizeof line_text, "%zu", line);
    snprintf(byte_text, sizeof byte_text, "%zu", (size_t)(place - line_start) + 1);
    tb_error_set(xml->error, status, message, xml->part, line_text, byte_text, NULL);
    return tb_xml_stop(xml, status);
}

tb_status tb_xml_damaged(tb_xml *xml, tb_message message)
{
    return tb_xml__fail(xml, xml->at, TB_DAMAGED, message);
}

tb_status tb_xml_text_too_long(tb_xml *xml)
{
    return tb_xml__fail(xml, xml->at, TB_LIMIT, TB_MSG_SHEET_TEXT_TOO_LONG);
}

/* ---- Values ---- */

/* The character of a reference like `lt` or `#x4E00` (without & and ;); 0 when there is none. */
static uint32_t reference_value(tb_str name)
{
    static const struct {
        const char *name;
        char character;
    } entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (tb_str_equal(name, tb_str_of(entities[i].name)))
            return (unsigned char)entities[i].character;
    }
    if (name.size < 2 || name.data[0] != '#')
        return 0;
    bool hexadecimal = name.data[1] == 'x';
    uint32_t value = 0;
    size_t i = hexadecimal ? 2 : 1;
    if (i == name.size)
        return 0;
    for (; i < name.size; i++) {
        char c = name.data[i];
        uint32_t digit = c >= '0' && c <= '9'                 ? (uint32_t)(c - '0')
                         : (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a') + 10
                                                              : UINT32_MAX;
        if (digit >= (hexadecimal ? 16u : 10u))
            return 0;
        value = value * (hexadecimal ? 16 : 10) + digit;
        if (value > 0x10FFFF)
            return 0;
    }
    bool character = value >= 0x20
                         ? (value < 0xD800 || value > 0xDFFF) && value != 0xFFFE && value != 0xFFFF
                         : value == '\t' || value == '\n' || value == '\r';
    return character ? value : 0;
}

/* Appends what the reference at text[*at] (an &) means; *at moves behind it. */
static bool append_reference(tb_xml *xml, tb_str text, size_t *at, tb_buffer *out)
{
    const char *begin = text.data + *at + 1;
    const char *semicolon = memchr(begin, ';', text.size - *at - 1);
    uint32_t value = 0;
    if (semicolon != NULL)
        value = reference_value((tb_str){begin, (size_t)(semicolon - begin)});
    if (value == 0) {
        tb_xml__fail(xml, begin - 1, TB_DAMAGED, TB_MSG_SHEET_XML_REFERENCE);
        return false;
    }
    char encoded[4];
    tb_buffer_append(out, encoded, tb_text_encode(value, encoded));
    *at = (size_t)(semicolon - text.data) + 1;
    return true;
}

/* Appends text with its line ends made one; `blank` is what a white-space character becomes (0:
 * itself), and references are replaced when there are any to replace. */
static void append_decoded(tb_xml *xml, tb_str text, bool references, bool attribute,
                           tb_buffer *out)
{
    for (size_t i = 0; i < text.size;) {
        char c = text.data[i];
        if (c == '&' && references) {
            if (!append_reference(xml, text, &i, out))
                return;
            continue;
        }
        if (c != '\r' && !(attribute && (c == '\n' || c == '\t'))) {
            size_t begin = i;
            while (i < text.size && text.data[i] != '&' && text.data[i] != '\r' &&
                   !(attribute && (text.data[i] == '\n' || text.data[i] == '\t')))
                i++;
            i += i == begin ? 1 : 0; /* an & that is no reference here */
            tb_buffer_append(out, text.data + begin, i - begin);
            continue;
        }
        i++;
        if (c == '\r') {
            if (i < text.size && text.data[i] == '\n')
                i++;
            c = '\n';
        }
        tb_buffer_char(out, attribute && (c == '\n' || c == '\t') ? ' ' : c);
    }
}

/* True when the bytes of a text mean themselves. */
static bool means_itself(const tb_xml *xml, tb_str text, bool references)
{
    if (references && xml->has_references && memchr(text.data, '&', text.size) != NULL)
        return false;
    return !xml->has_returns || memchr(text.data, '\r', text.size) == NULL;
}

bool tb_xml_text_is_plain(const tb_xml *xml)
{
    return means_itself(xml, xml->text, !xml->text_is_cdata);
}

void tb_xml_append_text(tb_xml *xml, tb_buffer *out)
{
    if (tb_xml_text_is_plain(xml))
        tb_buffer_text(out, xml->text);
    else
        append_decoded(xml, xml->text, !xml->text_is_cdata, false, out);
}

static tb_str take_scratch(tb_xml *xml, const tb_buffer *scratch, tb_arena *arena)
{
    if (scratch->failed) {
        tb_xml_text_too_long(xml);
        return (tb_str){"", 0};
    }
    tb_str copy = tb_arena_dup(arena, tb_buffer_get(scratch));
    if (copy.data == NULL) {
        tb_xml_stop(xml, tb_error_memory(xml->error));
        return (tb_str){"", 0};
    }
    return copy;
}

tb_str tb_xml_attribute_text(tb_xml *xml, size_t index, tb_arena *arena)
{
    const tb_xml_attribute *attribute = &xml->attributes[index];
    if (means_itself(xml, attribute->value, true) &&
        memchr(attribute->value.data, '\n', attribute->value.size) == NULL &&
        memchr(attribute->value.data, '\t', attribute->value.size) == NULL)
        return attribute->value;
    tb_buffer scratch;
    tb_buffer_init(&scratch, TB_MAX_TEXT_SIZE);
    append_decoded(xml, attribute->value, true, true, &scratch);
    tb_str text = take_scratch(xml, &scratch, arena);
    tb_buffer_done(&scratch);
    return text;
}

bool tb_xml_find_attribute(tb_xml *xml, unsigned token, tb_str *ret_value)
{
    for (size_t i = 0; i < xml->attribute_count; i++) {
        if (xml->attributes[i].token == token) {
            *ret_value = xml->attributes[i].value;
            return true;
        }
    }
    return false;
}

tb_str tb_xml_element_text(tb_xml *xml, tb_buffer *scratch, tb_arena *arena)
{
    unsigned depth = xml->depth;
    tb_str only = {"", 0};
    bool pieces = false;
    for (;;) {
        tb_xml_event event = tb_xml_next(xml);
        if (event == TB_XML_DONE)
            return (tb_str){"", 0};
        if (event == TB_XML_END && xml->depth < depth)
            break;
        if (event != TB_XML_TEXT || xml->depth != depth || xml->text.size == 0)
            continue;
        if (!pieces && only.size == 0 && tb_xml_text_is_plain(xml)) {
            only = xml->text;
            continue;
        }
        if (!pieces) {
            tb_buffer_reset(scratch);
            tb_buffer_text(scratch, only);
            pieces = true;
        }
        tb_xml_append_text(xml, scratch);
    }
    if (only.size > TB_MAX_TEXT_SIZE)
        tb_xml_text_too_long(xml);
    return pieces ? take_scratch(xml, scratch, arena) : only;
}
