/*
 * The tokeniser. A part ends with zero bytes and holds none inside (sheet/encoding.h sees to it),
 * so that no loop needs a bound: a zero byte is no part of anything.
 */
#include "sheet/xml.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { NAME_START = 1, NAME_PART = 2, BLANK = 4 };

#define S (NAME_START | NAME_PART)
#define P NAME_PART
static const unsigned char classes[256] = {
    ['\t'] = BLANK,
    ['\n'] = BLANK,
    ['\r'] = BLANK,
    [' '] = BLANK,
    ['-'] = P,
    ['.'] = P,
    ['0'] = P,
    ['1'] = P,
    ['2'] = P,
    ['3'] = P,
    ['4'] = P,
    ['5'] = P,
    ['6'] = P,
    ['7'] = P,
    ['8'] = P,
    ['9'] = P,
    [':'] = S,
    ['_'] = S,
    ['A'] = S,
    ['B'] = S,
    ['C'] = S,
    ['D'] = S,
    ['E'] = S,
    ['F'] = S,
    ['G'] = S,
    ['H'] = S,
    ['I'] = S,
    ['J'] = S,
    ['K'] = S,
    ['L'] = S,
    ['M'] = S,
    ['N'] = S,
    ['O'] = S,
    ['P'] = S,
    ['Q'] = S,
    ['R'] = S,
    ['S'] = S,
    ['T'] = S,
    ['U'] = S,
    ['V'] = S,
    ['W'] = S,
    ['X'] = S,
    ['Y'] = S,
    ['Z'] = S,
    ['a'] = S,
    ['b'] = S,
    ['c'] = S,
    ['d'] = S,
    ['e'] = S,
    ['f'] = S,
    ['g'] = S,
    ['h'] = S,
    ['i'] = S,
    ['j'] = S,
    ['k'] = S,
    ['l'] = S,
    ['m'] = S,
    ['n'] = S,
    ['o'] = S,
    ['p'] = S,
    ['q'] = S,
    ['r'] = S,
    ['s'] = S,
    ['t'] = S,
    ['u'] = S,
    ['v'] = S,
    ['w'] = S,
    ['x'] = S,
    ['y'] = S,
    ['z'] = S,
    /* Letters beyond ASCII: all are taken as letters. */
    [0xC2] = S,
    [0xC3] = S,
    [0xC4] = S,
    [0xC5] = S,
    [0xC6] = S,
    [0xC7] = S,
    [0xC8] = S,
    [0xC9] = S,
    [0xCA] = S,
    [0xCB] = S,
    [0xCC] = S,
    [0xCD] = S,
    [0xCE] = S,
    [0xCF] = S,
    [0xD0] = S,
    [0xD1] = S,
    [0xD2] = S,
    [0xD3] = S,
    [0xD4] = S,
    [0xD5] = S,
    [0xD6] = S,
    [0xD7] = S,
    [0xD8] = S,
    [0xD9] = S,
    [0xDA] = S,
    [0xDB] = S,
    [0xDC] = S,
    [0xDD] = S,
    [0xDE] = S,
    [0xDF] = S,
    [0xE0] = S,
    [0xE1] = S,
    [0xE2] = S,
    [0xE3] = S,
    [0xE4] = S,
    [0xE5] = S,
    [0xE6] = S,
    [0xE7] = S,
    [0xE8] = S,
    [0xE9] = S,
    [0xEA] = S,
    [0xEB] = S,
    [0xEC] = S,
    [0xED] = S,
    [0xEE] = S,
    [0xEF] = S,
    [0xF0] = S,
    [0xF1] = S,
    [0xF2] = S,
    [0xF3] = S,
    [0xF4] = S,
    [0x80] = P,
    [0x81] = P,
    [0x82] = P,
    [0x83] = P,
    [0x84] = P,
    [0x85] = P,
    [0x86] = P,
    [0x87] = P,
    [0x88] = P,
    [0x89] = P,
    [0x8A] = P,
    [0x8B] = P,
    [0x8C] = P,
    [0x8D] = P,
    [0x8E] = P,
    [0x8F] = P,
    [0x90] = P,
    [0x91] = P,
    [0x92] = P,
    [0x93] = P,
    [0x94] = P,
    [0x95] = P,
    [0x96] = P,
    [0x97] = P,
    [0x98] = P,
    [0x99] = P,
    [0x9A] = P,
    [0x9B] = P,
    [0x9C] = P,
    [0x9D] = P,
    [0x9E] = P,
    [0x9F] = P,
    [0xA0] = P,
    [0xA1] = P,
    [0xA2] = P,
    [0xA3] = P,
    [0xA4] = P,
    [0xA5] = P,
    [0xA6] = P,
    [0xA7] = P,
    [0xA8] = P,
    [0xA9] = P,
    [0xAA] = P,
    [0xAB] = P,
    [0xAC] = P,
    [0xAD] = P,
    [0xAE] = P,
    [0xAF] = P,
    [0xB0] = P,
    [0xB1] = P,
    [0xB2] = P,
    [0xB3] = P,
    [0xB4] = P,
    [0xB5] = P,
    [0xB6] = P,
    [0xB7] = P,
    [0xB8] = P,
    [0xB9] = P,
    [0xBA] = P,
    [0xBB] = P,
    [0xBC] = P,
    [0xBD] = P,
    [0xBE] = P,
    [0xBF] = P,
};
#undef S
#undef P

static bool is(char c, unsigned kind)
{
    return (classes[(unsigned char)c] & kind) != 0;
}

void tb_xml_begin(tb_xml *xml, tb_str part_bytes, const char *part,
                  const tb_xml_vocabulary *vocabulary, tb_error *error)
{
    xml->begin = xml->at = part_bytes.data;
    xml->end = part_bytes.data + part_bytes.size;
    xml->part = part;
    xml->vocabulary = vocabulary;
    xml->error = error;
    xml->status = TB_OK;
    xml->depth = xml->token = 0;
    xml->attribute_count = xml->binding_count = xml->cached_count = 0;
    xml->end_pending = xml->root_seen = false;
    xml->name = xml->text = (tb_str){NULL, 0};
    memset(xml->elements, 0, sizeof xml->elements);
    memset(xml->attributes_seen, 0, sizeof xml->attributes_seen);
}

/* ---- Failing ---- */

tb_status tb_xml_stop(tb_xml *xml, tb_status status)
{
    if (xml->status == TB_OK)
        xml->status = status;
    xml->at = xml->end;
    return xml->status;
}

/* The place counts lines and bytes from 1, as an editor does. */
static tb_status fail(tb_xml *xml, const char *place, tb_status status, tb_message message)
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

static tb_status damaged(tb_xml *xml, const char *place, tb_message message)
{
    return fail(xml, place, TB_DAMAGED, message);
}

tb_status tb_xml_damaged(tb_xml *xml, tb_message message)
{
    return damaged(xml, xml->at, message);
}

tb_status tb_xml_text_too_long(tb_xml *xml)
{
    return fail(xml, xml->at, TB_LIMIT, TB_MSG_SHEET_TEXT_TOO_LONG);
}

/* ---- Names and namespaces ---- */

static tb_str local_part(tb_str name)
{
    const char *colon = memchr(name.data, ':', name.size);
    if (colon == NULL)
        return name;
    return tb_str_slice(name, (size_t)(colon - name.data) + 1, name.size);
}

/* The namespace of a prefix; the empty one is the default namespace. */
static unsigned find_space(const tb_xml *xml, tb_str prefix)
{
    for (size_t i = xml->binding_count; i-- > 0;) {
        if (tb_str_equal(xml->bindings[i].prefix, prefix))
            return xml->bindings[i].space;
    }
    return prefix.size == 0 ? 0 : UINT_MAX;
}

static unsigned find_token(const tb_xml *xml, tb_str name, bool attribute)
{
    tb_str local = local_part(name);
    bool prefixed = local.size < name.size;
    tb_str prefix = {name.data, prefixed ? name.size - local.size - 1 : 0};
    unsigned space = attribute && !prefixed ? 0 : find_space(xml, prefix);
    for (const tb_xml_name *row = xml->vocabulary->names; row->local != NULL; row++) {
        if (row->space == space && tb_str_equal(tb_str_of(row->local), local))
            return row->token;
    }
    return 0;
}

static void forget_names(tb_xml *xml)
{
    if (xml->cached_count == 0)
        return;
    memset(xml->elements, 0, sizeof xml->elements);
    memset(xml->attributes_seen, 0, sizeof xml->attributes_seen);
    xml->cached_count = 0;
}

/* A number made of the name's length and ends; the part's padding lets us read past its end. */
static size_t slot_of(tb_str name)
{
    uint64_t head = 0, tail = 0;
    if (name.size >= sizeof head) {
        memcpy(&head, name.data, sizeof head);
        memcpy(&tail, name.data + name.size - sizeof tail, sizeof tail);
    } else {
        memcpy(&head, name.data, sizeof head);
        head &= (UINT64_C(1) << (8 * name.size)) - 1;
    }
    uint64_t mixed =
        (head ^ (tail * UINT64_C(0x9E3779B97F4A7C15)) ^ name.size) * UINT64_C(0xD6E8FEB86659FD93);
    return (size_t)(mixed >> 56);
}

/* The token of a name, remembered: a part uses few names, each very often. */
static unsigned token_of(tb_xml *xml, tb_xml_cached *cache, tb_str name, bool attribute)
{
    size_t slot = slot_of(name);
    for (; cache[slot].name.data != NULL; slot = (slot + 1) % TB_XML_CACHE) {
        if (cache[slot].name.size == name.size &&
            memcmp(cache[slot].name.data, name.data, name.size) == 0)
            return cache[slot].token;
    }
    if (xml->cached_count >= TB_XML_CACHE / 2) {
        forget_names(xml);
        slot = slot_of(name);
    }
    cache[slot] = (tb_xml_cached){name, find_token(xml, name, attribute)};
    xml->cached_count++;
    return cache[slot].token;
}

unsigned tb_xml_attribute_token(tb_xml *xml, size_t index)
{
    return token_of(xml, xml->attributes_seen, xml->attributes[index].name, true);
}

static unsigned find_address(const tb_xml *xml, tb_str address)
{
    for (const tb_xml_namespace *row = xml->vocabulary->namespaces; row->address != NULL; row++) {
        if (tb_str_equal(tb_str_of(row->address), address))
            return row->space;
    }
    return address.size == 0 ? 0 : UINT_MAX;
}

static tb_status bind_namespace(tb_xml *xml, const tb_xml_attribute *attribute)
{
    if (xml->binding_count == TB_XML_NAMESPACES)
        return fail(xml, attribute->name.data, TB_LIMIT, TB_MSG_SHEET_XML_NAMESPACES);
    forget_names(xml);
    tb_str prefix = tb_str_slice(attribute->name, sizeof "xmlns:" - 1, attribute->name.size);
    xml->bindings[xml->binding_count++] =
        (tb_xml_binding){prefix, find_address(xml, attribute->value), xml->depth};
    return TB_OK;
}

static bool is_declaration(tb_str name)
{
    return name.size >= 5 && memcmp(name.data, "xmlns", 5) == 0 &&
           (name.size == 5 || name.data[5] == ':');
}

static void unbind_namespaces(tb_xml *xml)
{
    while (xml->binding_count > 0 && xml->bindings[xml->binding_count - 1].depth >= xml->depth) {
        xml->binding_count--;
        forget_names(xml);
    }
}

/* ---- Tags ---- */

static const char *skip_blanks(const char *p)
{
    while (is(*p, BLANK))
        p++;
    return p;
}

/* The end of the name at p; p itself when none begins there. */
static const char *name_end(const char *p)
{
    if (!is(*p, NAME_START))
        return p;
    do
        p++;
    while (is(*p, NAME_PART));
    return p;
}

static bool name_is_twice(const tb_xml *xml, size_t index)
{
    tb_str name = xml->attributes[index].name;
    for (size_t i = 0; i < index; i++) {
        if (tb_str_equal(xml->attributes[i].name, name))
            return true;
    }
    return false;
}

/* The value that begins behind its quote at p. Returns the place of the closing quote, or NULL. */
static const char *read_value(tb_xml *xml, const char *p, char quote, tb_xml_attribute *attribute)
{
    attribute->value.data = p;
    attribute->plain = true;
    for (; *p != quote; p++) {
        if ((unsigned char)*p > '<')
            continue;
        if (*p == '<' || *p == '\0') {
            damaged(xml, p, TB_MSG_SHEET_XML_ATTRIBUTE);
            return NULL;
        }
        if (*p == '&' || *p == '\n' || *p == '\r' || *p == '\t')
            attribute->plain = false;
    }
    attribute->value.size = (size_t)(p - attribute->value.data);
    return p;
}

/* Attribute ::= Name Eq '"' … '"'. Returns the place behind it, or NULL. */
static const char *read_attribute(tb_xml *xml, const char *p)
{
    if (xml->attribute_count == TB_MAX_XML_ATTRIBUTES) {
        fail(xml, p, TB_LIMIT, TB_MSG_SHEET_XML_ATTRIBUTES);
        return NULL;
    }
    tb_xml_attribute *attribute = &xml->attributes[xml->attribute_count];
    const char *end = name_end(p);
    attribute->name = (tb_str){p, (size_t)(end - p)};
    if (*end != '=')
        end = skip_blanks(end);
    if (attribute->name.size == 0 || *end != '=') {
        damaged(xml, end, TB_MSG_SHEET_XML_ATTRIBUTE);
        return NULL;
    }
    end++;
    if (*end != '"')
        end = skip_blanks(end);
    if (*end != '"' && *end != '\'') {
        damaged(xml, end, TB_MSG_SHEET_XML_ATTRIBUTE);
        return NULL;
    }
    end = read_value(xml, end + 1, *end, attribute);
    if (end == NULL)
        return NULL;
    if (name_is_twice(xml, xml->attribute_count)) {
        damaged(xml, p, TB_MSG_SHEET_XML_ATTRIBUTE_TWICE);
        return NULL;
    }
    xml->attribute_count++;
    return end + 1;
}

/* All attributes up to `>` or `/>`, where the returned place is; NULL on failure. */
static const char *read_attributes(tb_xml *xml, const char *p)
{
    xml->attribute_count = 0;
    for (;;) {
        const char *next = skip_blanks(p);
        if (*next == '>' || *next == '/')
            return next;
        if (next == p) {
            damaged(xml, p, TB_MSG_SHEET_XML_TAG);
            return NULL;
        }
        p = read_attribute(xml, next);
        if (p == NULL)
            return NULL;
        tb_xml_attribute *attribute = &xml->attributes[xml->attribute_count - 1];
        if (attribute->name.data[0] == 'x' && is_declaration(attribute->name) &&
            bind_namespace(xml, attribute) != TB_OK)
            return NULL;
    }
}

static tb_xml_event read_start(tb_xml *xml)
{
    const char *begin = xml->at + 1;
    const char *p = name_end(begin);
    if (p == begin || (xml->depth == 0 && xml->root_seen)) {
        damaged(xml, xml->at, p == begin ? TB_MSG_SHEET_XML_TAG : TB_MSG_SHEET_XML_SECOND_ROOT);
        return TB_XML_DONE;
    }
    if (xml->depth == TB_MAX_XML_DEPTH) {
        fail(xml, xml->at, TB_LIMIT, TB_MSG_SHEET_XML_DEPTH);
        return TB_XML_DONE;
    }
    xml->name = (tb_str){begin, (size_t)(p - begin)};
    xml->open[xml->depth++] = xml->name;
    xml->root_seen = true;
    p = read_attributes(xml, p);
    if (p == NULL)
        return TB_XML_DONE;
    if (*p == '/') {
        p++;
        xml->end_pending = true;
    }
    if (*p != '>') {
        damaged(xml, p, TB_MSG_SHEET_XML_TAG);
        return TB_XML_DONE;
    }
    xml->at = p + 1;
    xml->token = token_of(xml, xml->elements, xml->name, false);
    return TB_XML_START;
}

static tb_xml_event read_end(tb_xml *xml)
{
    const char *begin = xml->at + 2;
    if (xml->depth == 0) {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_END_TAG);
        return TB_XML_DONE;
    }
    tb_str name = xml->open[xml->depth - 1];
    /* strncmp stops at the zero byte that ends the part. */
    if (strncmp(begin, name.data, name.size) != 0) {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_END_TAG);
        return TB_XML_DONE;
    }
    const char *p = skip_blanks(begin + name.size);
    if (*p != '>') {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_END_TAG);
        return TB_XML_DONE;
    }
    xml->at = p + 1;
    xml->name = name;
    return TB_XML_END;
}

/* ---- Text and the rest ---- */

/* Text up to the next `<`. Outside the root only blanks may stand, and they are no event. */
static bool read_text(tb_xml *xml)
{
    const char *begin = xml->at;
    const char *p = begin;
    bool plain = true;
    for (; *p != '<' && *p != '\0'; p++) {
        if (*p == '&' || *p == '\r')
            plain = false;
    }
    xml->text = (tb_str){begin, (size_t)(p - begin)};
    xml->text_plain = plain;
    xml->at = p;
    if (xml->depth > 0)
        return true;
    const char *solid = skip_blanks(begin);
    if (solid < p)
        damaged(xml, solid, TB_MSG_SHEET_XML_TEXT_OUTSIDE);
    return false;
}

/* Moves behind the next `mark`; false when the part ends before. */
static bool pass(tb_xml *xml, const char *from, const char *mark)
{
    const char *found = strstr(from, mark);
    if (found == NULL) {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_UNFINISHED);
        return false;
    }
    xml->at = found + strlen(mark);
    return true;
}

static bool read_cdata(tb_xml *xml)
{
    static const char opening[] = "<![CDATA[";
    const char *begin = xml->at + sizeof opening - 1;
    if (xml->depth == 0) {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_TEXT_OUTSIDE);
        return false;
    }
    if (!pass(xml, begin, "]]>"))
        return false;
    xml->text = (tb_str){begin, (size_t)(xml->at - 3 - begin)};
    /* Only line ends are looked at in it: append_text knows it by what stands before. */
    xml->text_plain = memchr(begin, '\r', xml->text.size) == NULL;
    return true;
}

/* A comment holds no `--` but at its end. */
static bool pass_comment(tb_xml *xml)
{
    const char *begin = xml->at;
    if (!pass(xml, begin + 4, "--"))
        return false;
    if (*xml->at != '>') {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_COMMENT);
        return false;
    }
    xml->at++;
    return true;
}

static bool pass_instruction(tb_xml *xml)
{
    const char *name = xml->at + 2;
    const char *end = name_end(name);
    if (end == name) {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_TAG);
        return false;
    }
    bool declaration =
        end - name == 3 && (name[0] | 32) == 'x' && (name[1] | 32) == 'm' && (name[2] | 32) == 'l';
    if (declaration && (xml->at != xml->begin || memcmp(name, "xml", 3) != 0)) {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_DECLARATION);
        return false;
    }
    return pass(xml, end, "?>");
}

static bool starts(const char *p, const char *with)
{
    return strncmp(p, with, strlen(with)) == 0;
}

/* What begins with `<!` or `<?`. True when it is an event (CDATA). */
static bool read_markup(tb_xml *xml)
{
    if (xml->at[1] == '?') {
        pass_instruction(xml);
        return false;
    }
    if (starts(xml->at, "<!--")) {
        pass_comment(xml);
        return false;
    }
    if (starts(xml->at, "<![CDATA["))
        return read_cdata(xml);
    if (starts(xml->at, "<!DOCTYPE"))
        fail(xml, xml->at, TB_DAMAGED, TB_MSG_SHEET_XML_DOCTYPE);
    else
        damaged(xml, xml->at, TB_MSG_SHEET_XML_TAG);
    return false;
}

static tb_xml_event finish(tb_xml *xml)
{
    if (xml->status == TB_OK && xml->at < xml->end)
        damaged(xml, xml->at, TB_MSG_SHEET_XML_TAG);
    else if (xml->status == TB_OK && xml->depth > 0)
        damaged(xml, xml->at, TB_MSG_SHEET_XML_TRUNCATED);
    else if (xml->status == TB_OK && !xml->root_seen)
        damaged(xml, xml->at, TB_MSG_SHEET_XML_EMPTY);
    return TB_XML_DONE;
}

static tb_xml_event leave(tb_xml *xml)
{
    unbind_namespaces(xml);
    xml->depth--;
    return TB_XML_END;
}

tb_xml_event tb_xml_next(tb_xml *xml)
{
    if (xml->end_pending) {
        xml->end_pending = false;
        return leave(xml);
    }
    for (;;) {
        char c = *xml->at;
        if (c == '\0')
            return finish(xml);
        if (c != '<') {
            if (read_text(xml))
                return TB_XML_TEXT;
            continue;
        }
        c = xml->at[1];
        if (c == '/')
            return read_end(xml) == TB_XML_END ? leave(xml) : TB_XML_DONE;
        if (c != '!' && c != '?')
            return read_start(xml);
        if (read_markup(xml))
            return TB_XML_TEXT;
    }
}

bool tb_xml_child(tb_xml *xml, unsigned depth)
{
    while (xml->depth >= depth) {
        switch (tb_xml_next(xml)) {
        case TB_XML_START:
            if (xml->depth == depth + 1)
                return true;
            break;
        case TB_XML_DONE:
            return false;
        case TB_XML_END:
        case TB_XML_TEXT:
            break;
        }
    }
    return false;
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
        damaged(xml, begin - 1, TB_MSG_SHEET_XML_REFERENCE);
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
        i++;
        if (c == '\r') {
            if (i < text.size && text.data[i] == '\n')
                i++;
            c = '\n';
        }
        tb_buffer_char(out, attribute && (c == '\n' || c == '\t') ? ' ' : c);
    }
}

static bool is_cdata(const tb_xml *xml)
{
    tb_str text = xml->text;
    return text.data - xml->begin >= 9 && memcmp(text.data - 9, "<![CDATA[", 9) == 0;
}

void tb_xml_append_text(tb_xml *xml, tb_buffer *out)
{
    if (xml->text_plain)
        tb_buffer_text(out, xml->text);
    else
        append_decoded(xml, xml->text, !is_cdata(xml), false, out);
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
    if (attribute->plain)
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
        if (tb_xml_attribute_token(xml, i) == token) {
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
        if (!pieces && only.size == 0 && xml->text_plain) {
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
    return pieces ? take_scratch(xml, scratch, arena) : only;
}
