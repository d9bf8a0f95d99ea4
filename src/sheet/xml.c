/*
 * The tokeniser. A part ends with zero bytes and holds none inside (sheet/encoding.h sees to it),
 * so that no loop needs a bound: a zero byte is no part of anything.
 */
#include "sheet/xml.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* A mask for the first `count` (0 … 7) bytes of a word in memory. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOW_BYTES(count) (~(UINT64_MAX >> (8 * (count))))
#else
#define LOW_BYTES(count) ((UINT64_C(1) << (8 * (count))) - 1)
#endif

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

static uint64_t load(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Has the top bit set in the first zero byte of the word (and maybe in later ones). */
static inline uint64_t zero_bytes(uint64_t word)
{
    return (word - EACH(0x01)) & ~word & EACH(0x80);
}

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define FIRST_BYTE(marks) ((size_t)__builtin_ctzll(marks) / 8)
#endif

/* memchr for what is nearly always near: looks at a few words before it calls. */
static inline const char *find_byte(const char *p, const char *end, char byte)
{
#ifdef FIRST_BYTE
    for (int i = 0; i < 4 && p < end; i++, p += 8) {
        uint64_t marks = zero_bytes(load(p) ^ EACH((unsigned char)byte));
        if (marks != 0)
            return p + FIRST_BYTE(marks);
    }
    if (p >= end)
        return NULL;
#endif
    return memchr(p, byte, (size_t)(end - p));
}

static bool is(char c, unsigned kind)
{
    return (classes[(unsigned char)c] & kind) != 0;
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

static size_t index_slot(unsigned space, tb_str local)
{
    unsigned first = (unsigned char)local.data[0];
    unsigned last = (unsigned char)local.data[local.size - 1];
    return (space * 31 + (unsigned)local.size * 7 + first * 3 + last * 17) % TB_XML_INDEX;
}

/* Hashes the rows of the vocabulary, once for all parts that use it. */
static void index_names(tb_xml *xml)
{
    const tb_xml_name *names = xml->vocabulary->names;
    memset(xml->index, 0, sizeof xml->index);
    for (unsigned i = 0; names[i].local != NULL; i++) {
        size_t slot = index_slot(names[i].space, tb_str_of(names[i].local));
        while (xml->index[slot] != 0)
            slot = (slot + 1) % TB_XML_INDEX;
        xml->index[slot] = (uint8_t)(i + 1);
    }
    xml->indexed = xml->vocabulary;
}

static unsigned find_token(const tb_xml *xml, tb_str name, bool attribute)
{
    tb_str local = local_part(name);
    if (local.size == 0)
        return 0;
    bool prefixed = local.size < name.size;
    tb_str prefix = {name.data, prefixed ? name.size - local.size - 1 : 0};
    unsigned space = attribute && !prefixed ? 0 : find_space(xml, prefix);
    for (size_t slot = index_slot(space, local); xml->index[slot] != 0;
         slot = (slot + 1) % TB_XML_INDEX) {
        const tb_xml_name *row = &xml->vocabulary->names[xml->index[slot] - 1];
        if (row->space == space && tb_str_equal(tb_str_of(row->local), local))
            return row->token;
    }
    return 0;
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
    xml->has_references = memchr(part_bytes.data, '&', part_bytes.size) != NULL;
    xml->has_returns = memchr(part_bytes.data, '\r', part_bytes.size) != NULL;
    xml->name = xml->text = (tb_str){NULL, 0};
    xml->generation++;
    if (xml->indexed != vocabulary)
        index_names(xml);
}

static void forget_names(tb_xml *xml)
{
    xml->generation++;
    xml->cached_count = 0;
}

static bool is_name(tb_str name)
{
    if (name.size == 0 || !is(name.data[0], NAME_START))
        return false;
    for (size_t i = 1; i < name.size; i++) {
        if (!is(name.data[i], NAME_PART))
            return false;
    }
    return true;
}

/* The first and the last eight bytes; the padding behind the part lets us read past a short
 * name's end. */
static void take_ends(tb_str name, uint64_t *head, uint64_t *tail)
{
    memcpy(head, name.data, sizeof *head);
    *tail = 0;
    if (name.size >= sizeof *head)
        memcpy(tail, name.data + name.size - sizeof *tail, sizeof *tail);
    else
        *head &= LOW_BYTES(name.size);
}

/* memcmp for names: a few overlapping words instead of a call. Both lie in a padded part. */
static inline bool same_bytes(const char *a, const char *b, size_t size)
{
    if (size < 8)
        return ((load(a) ^ load(b)) & LOW_BYTES(size)) == 0;
    if (load(a + size - 8) != load(b + size - 8))
        return false;
    for (size_t i = 0; i + 8 < size; i += 8) {
        if (load(a + i) != load(b + i))
            return false;
    }
    return true;
}

/* A part uses few names, each very often: they are looked up once. Returns NULL when it is no
 * name at all. */
static inline tb_xml_cached *look_up(tb_xml *xml, tb_xml_cached *cache, tb_str name)
{
    uint64_t head, tail;
    take_ends(name, &head, &tail);
    uint64_t mixed =
        (head ^ tail * UINT64_C(0x9E3779B97F4A7C15) ^ name.size) * UINT64_C(0xD6E8FEB86659FD93);
    size_t slot = (size_t)(mixed >> 32) % TB_XML_CACHE;
    for (; cache[slot].generation == xml->generation; slot = (slot + 1) % TB_XML_CACHE) {
        tb_xml_cached *seen = &cache[slot];
        if (seen->head == head && seen->tail == tail && seen->name.size == name.size &&
            (name.size <= 2 * sizeof head || same_bytes(seen->name.data, name.data, name.size)))
            return seen;
    }
    if (!is_name(name))
        return NULL;
    bool attribute = cache == xml->attributes_seen;
    cache[slot] =
        (tb_xml_cached){head, tail, name, find_token(xml, name, attribute), xml->generation, 0};
    xml->cached_count++;
    return &cache[slot];
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

/* Finds the token of an attribute; that its name was met in this tag before is seen by the mark
 * that the tag leaves at every name. */
static bool resolve_attribute(tb_xml *xml, tb_xml_attribute *attribute)
{
    tb_xml_cached *seen = look_up(xml, xml->attributes_seen, attribute->name);
    if (seen == NULL) {
        damaged(xml, attribute->name.data, TB_MSG_SHEET_XML_ATTRIBUTE);
        return false;
    }
    if (seen->tag == xml->tag) {
        damaged(xml, attribute->name.data, TB_MSG_SHEET_XML_ATTRIBUTE_TWICE);
        return false;
    }
    seen->tag = xml->tag;
    attribute->token = seen->token;
    return true;
}

static const char *bad_attribute(tb_xml *xml, const char *place)
{
    damaged(xml, place, TB_MSG_SHEET_XML_ATTRIBUTE);
    return NULL;
}

/* Attribute ::= Name Eq '"' … '"'. Returns the place behind it, or NULL. */
static const char *read_attribute(tb_xml *xml, const char *p)
{
    if (xml->attribute_count == TB_MAX_XML_ATTRIBUTES) {
        fail(xml, p, TB_LIMIT, TB_MSG_SHEET_XML_ATTRIBUTES);
        return NULL;
    }
    tb_xml_attribute *attribute = &xml->attributes[xml->attribute_count];
    const char *equals = find_byte(p, xml->end, '=');
    if (equals == NULL || equals == p)
        return bad_attribute(xml, p);
    const char *behind = equals;
    while (behind > p && is(behind[-1], BLANK))
        behind--;
    attribute->name = (tb_str){p, (size_t)(behind - p)};
    const char *quote = equals + 1;
    if (*quote != '"')
        quote = skip_blanks(quote);
    if (*quote != '"' && *quote != '\'')
        return bad_attribute(xml, p);
    const char *close = find_byte(quote + 1, xml->end, *quote);
    if (close == NULL)
        return bad_attribute(xml, p);
    attribute->value = (tb_str){quote + 1, (size_t)(close - quote - 1)};
    if (!resolve_attribute(xml, attribute))
        return NULL;
    xml->attribute_count++;
    return close + 1;
}

/* A declaration counts for the whole tag, also for what stands before it. */
static bool apply_declarations(tb_xml *xml)
{
    for (size_t i = 0; i < xml->attribute_count; i++) {
        if (is_declaration(xml->attributes[i].name) &&
            bind_namespace(xml, &xml->attributes[i]) != TB_OK)
            return false;
    }
    xml->tag++;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        if (!resolve_attribute(xml, &xml->attributes[i]))
            return false;
    }
    return true;
}

/* All attributes up to `>` or `/>`, where the returned place is; NULL on failure. */
static const char *read_attributes(tb_xml *xml, const char *p)
{
    bool declares = false;
    xml->attribute_count = 0;
    xml->tag++;
    for (;;) {
        const char *next = p;
        if (*next == ' ')
            next++;
        if (is(*next, BLANK))
            next = skip_blanks(next);
        if (*next == '>' || *next == '/')
            break;
        if (next == p) {
            damaged(xml, p, TB_MSG_SHEET_XML_TAG);
            return NULL;
        }
        declares = declares || (*next == 'x' && next[1] == 'm' && next[2] == 'l');
        p = read_attribute(xml, next);
        if (p == NULL)
            return NULL;
    }
    if (declares && !apply_declarations(xml))
        return NULL;
    return skip_blanks(p);
}

/* Where the name of a tag ends: at a blank, a slash or a bracket. Whether it is a name is seen
 * when it is looked up. */
static const char *tag_name_end(const char *p)
{
#ifdef FIRST_BYTE
    for (;; p += 8) {
        uint64_t word = load(p);
        uint64_t low = (word - EACH(0x21)) & ~word & EACH(0x80);
        uint64_t marks = low | zero_bytes(word ^ EACH('>')) | zero_bytes(word ^ EACH('/'));
        if (marks != 0)
            return p + FIRST_BYTE(marks);
    }
#else
    while ((unsigned char)*p > ' ' && *p != '>' && *p != '/')
        p++;
    return p;
#endif
}

static tb_xml_event read_start(tb_xml *xml)
{
    const char *begin = xml->at + 1;
    const char *p = tag_name_end(begin);
    if (p == begin || (xml->depth == 0 && xml->root_seen)) {
        damaged(xml, xml->at, p == begin ? TB_MSG_SHEET_XML_TAG : TB_MSG_SHEET_XML_SECOND_ROOT);
        return TB_XML_DONE;
    }
    if (xml->depth == TB_MAX_XML_DEPTH) {
        fail(xml, xml->at, TB_LIMIT, TB_MSG_SHEET_XML_DEPTH);
        return TB_XML_DONE;
    }
    if (xml->cached_count > TB_XML_CACHE / 4) /* so that this tag's names fit in any case */
        forget_names(xml);
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
    const tb_xml_cached *seen = look_up(xml, xml->elements, xml->name);
    if (seen == NULL) {
        damaged(xml, begin, TB_MSG_SHEET_XML_TAG);
        return TB_XML_DONE;
    }
    xml->token = seen->token;
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
    if ((size_t)(xml->end - begin) < name.size || !same_bytes(begin, name.data, name.size)) {
        damaged(xml, xml->at, TB_MSG_SHEET_XML_END_TAG);
        return TB_XML_DONE;
    }
    const char *p = begin + name.size;
    if (*p != '>')
        p = skip_blanks(p);
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
    const char *p = find_byte(begin, xml->end, '<');
    if (p == NULL)
        p = xml->end;
    xml->text = (tb_str){begin, (size_t)(p - begin)};
    xml->text_is_cdata = false;
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
    xml->text_is_cdata = true;
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
