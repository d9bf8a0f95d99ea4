/*
 * The tokeniser: tags, texts, and the order in which they may stand. Names are in xml_names.c,
 * what texts and values mean is in xml_text.c, what readers of elements ask is in xml_children.c.
 */
#include "sheet/xml.h"

#include <string.h>

#include "sheet/xml_names.h"
#include "sheet/xml_scan.h"
#include "sheet/xml_tags.h"

static tb_status damaged(tb_xml *xml, const char *place, tb_message message)
{
    return tb_xml__fail(xml, place, TB_DAMAGED, message);
}

static tb_xml_event no_event(tb_xml *xml, const char *place, tb_message message)
{
    damaged(xml, place, message);
    return TB_XML_DONE;
}

void tb_xml_begin(tb_xml *xml, const tb_part_text *text, const char *part,
                  const tb_xml_vocabulary *vocabulary, tb_error *error)
{
    xml->begin = xml->at = text->text.data;
    xml->end = text->text.data + text->text.size;
    xml->part = part;
    xml->vocabulary = vocabulary;
    xml->error = error;
    xml->status = TB_OK;
    xml->depth = xml->token = 0;
    xml->attribute_count = xml->binding_count = 0;
    xml->end_pending = xml->root_seen = false;
    xml->has_references = text->has_references;
    xml->has_returns = text->has_returns;
    xml->name = xml->text = (tb_str){NULL, 0};
    tb_xml__begin_names(xml);
}

/* ---- Attributes ---- */

static const char *bad_attribute(tb_xml *xml, const char *place)
{
    damaged(xml, place, TB_MSG_SHEET_XML_ATTRIBUTE);
    return NULL;
}

/* Takes the token from the entry of the name. That the name was met in this tag before is seen by
 * the mark that the tag leaves at every name. */
static inline bool take_token(tb_xml *xml, tb_xml_cached *seen, tb_xml_attribute *attribute)
{
    if (seen == NULL || seen->tag == xml->tag) {
        damaged(xml, attribute->name.data,
                seen == NULL ? TB_MSG_SHEET_XML_ATTRIBUTE : TB_MSG_SHEET_XML_ATTRIBUTE_TWICE);
        return false;
    }
    seen->tag = xml->tag;
    attribute->token = seen->token;
    return true;
}

/* What follows the name of an attribute; the place of the opening quote, or NULL. */
static inline const char *read_equals(const char *equals)
{
    const char *quote = equals + 1;
    if (*quote != '"')
        quote = tb_scan_blanks(quote);
    return *quote == '"' || *quote == '\'' ? quote : NULL;
}

/* Attribute ::= Name Eq '"' … '"', however it is written. Returns the place behind it, or NULL. */
static const char *read_any_attribute(tb_xml *xml, const char *p, tb_xml_cached **ret_seen)
{
    if (xml->attribute_count == TB_MAX_XML_ATTRIBUTES) {
        tb_xml__fail(xml, p, TB_LIMIT, TB_MSG_SHEET_XML_ATTRIBUTES);
        return NULL;
    }
    tb_xml_attribute *attribute = &xml->attributes_read[xml->attribute_count++];
    const char *equals = tb_scan_byte(p, xml->end, '=');
    if (equals == NULL || equals == p)
        return bad_attribute(xml, p);
    const char *quote = read_equals(equals);
    const char *close = quote != NULL ? tb_scan_byte(quote + 1, xml->end, *quote) : NULL;
    if (close == NULL)
        return bad_attribute(xml, p);
    while (tb_scan_is_blank(equals[-1]))
        equals--;
    attribute->name = (tb_str){p, (size_t)(equals - p)};
    attribute->value = (tb_str){quote + 1, (size_t)(close - quote - 1)};
    *ret_seen = tb_xml__look_up(xml, xml->attributes_seen, attribute->name);
    return take_token(xml, *ret_seen, attribute) ? close + 1 : NULL;
}

/* As above at p, where a blank stands, for an attribute that is written as it was the last time:
 * ` name="value"`. NULL, and nothing has changed, when it is not. */
static inline const char *read_expected_attribute(tb_xml *xml, const char *p, tb_xml_cached *seen)
{
    if (seen == NULL || seen->generation != xml->generation || !seen->is_usual ||
        seen->tag == xml->tag || xml->attribute_count == TB_MAX_XML_ATTRIBUTES ||
        !tb_scan_same(p, seen->name.data - 1, seen->name.size + 3))
        return NULL;
    const char *value = p + seen->name.size + 3;
    const char *close = tb_scan_byte(value, xml->end, '"');
    if (close == NULL)
        return NULL;
    tb_xml_attribute *attribute = &xml->attributes_read[xml->attribute_count++];
    attribute->name.data = p + 1;
    attribute->name.size = seen->name.size;
    attribute->value.data = value;
    attribute->value.size = (size_t)(close - value);
    attribute->token = seen->token;
    seen->tag = xml->tag;
    return close + 1;
}

/* A declaration counts for the whole tag up to `end`, also for what stands before it. */
static bool apply_declarations(tb_xml *xml, const char *end)
{
    for (size_t i = 0; i < xml->attribute_count; i++) {
        const tb_xml_attribute *attribute = &xml->attributes[i];
        if (!tb_xml__bind_namespace(xml, attribute)) {
            tb_xml__fail(xml, attribute->name.data, TB_LIMIT, TB_MSG_SHEET_XML_NAMESPACES);
            return false;
        }
    }
    if (xml->depth == 1)
        tb_xml__begin_context(xml, (tb_str){xml->at, (size_t)(end - xml->at)});
    xml->tag++;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_xml_attribute *attribute = &xml->attributes_read[i];
        tb_xml_cached *seen = tb_xml__look_up(xml, xml->attributes_seen, attribute->name);
        if (!take_token(xml, seen, attribute))
            return false;
    }
    return true;
}

/* All attributes up to `>` or `/`, where the returned place is; NULL on failure. `element` is the
 * entry of the tag's name, or NULL. */
static inline const char *read_attributes(tb_xml *xml, const char *p, tb_xml_cached *element)
{
    bool declares = false;
    tb_xml_cached *none = NULL;
    tb_xml_cached **guess = element != NULL ? &element->first_attribute : &none;
    xml->attributes = xml->attributes_read;
    xml->attribute_count = 0;
    xml->tag++;
    while (*p != '>' && *p != '/') {
        const char *behind = read_expected_attribute(xml, p, *guess);
        if (behind == NULL) {
            const char *name = tb_scan_blanks(p);
            if (*name == '>' || *name == '/')
                return declares && !apply_declarations(xml, name) ? NULL : name;
            if (name == p) {
                damaged(xml, p, TB_MSG_SHEET_XML_TAG);
                return NULL;
            }
            declares = declares || (name[0] == 'x' && name[1] == 'm' && name[2] == 'l');
            behind = read_any_attribute(xml, name, guess);
            if (behind == NULL)
                return NULL;
        }
        p = behind;
        guess = &(*guess)->next;
    }
    return declares && !apply_declarations(xml, p) ? NULL : p;
}

/* ---- Tags ---- */

/* Puts the element around what follows. */
static inline bool open_element(tb_xml *xml, tb_str name)
{
    if (name.size == 0 || (xml->depth == 0 && xml->root_seen)) {
        damaged(xml, xml->at, name.size == 0 ? TB_MSG_SHEET_XML_TAG : TB_MSG_SHEET_XML_SECOND_ROOT);
        return false;
    }
    if (xml->depth == TB_MAX_XML_DEPTH) {
        tb_xml__fail(xml, xml->at, TB_LIMIT, TB_MSG_SHEET_XML_DEPTH);
        return false;
    }
    xml->open[xml->depth++] = name;
    xml->root_seen = true;
    return true;
}

/* The entry of the element whose name stands at p; NULL when it is no name, and then the name is
 * empty where nothing like one stands. What came behind the last element is tried first. */
static inline tb_xml_cached *read_tag_name(tb_xml *xml, const char *p, tb_str *ret_name)
{
    tb_xml_cached *seen = *xml->next_element;
    if (seen != NULL && tb_xml__stands_at(xml, seen, p) &&
        tb_scan_ends_tag_name(p[seen->name.size])) {
        *ret_name = (tb_str){p, seen->name.size};
    } else {
        tb_str name = {p, (size_t)(tb_scan_tag_name(p) - p)};
        seen = name.size > 0 ? tb_xml__look_up(xml, xml->elements, name) : NULL;
        *ret_name = name;
        *xml->next_element = seen;
    }
    if (seen != NULL)
        xml->next_element = &seen->next;
    return seen;
}

/* What the START event of the tag up to `behind` tells. */
static inline tb_xml_event start(tb_xml *xml, tb_xml_cached *element, tb_str name,
                                 const char *behind)
{
    const char *begin = xml->at;
    xml->name = name;
    xml->token = element->token;
    xml->element = element;
    xml->at = behind;
    if (!xml->end_pending) {
        element->start_tag = (tb_str){begin, (size_t)(behind - begin)};
        element->part = xml->part_number;
    }
    return TB_XML_START;
}

static void remember_tag(tb_xml *xml, tb_xml_tag *tag, tb_str text)
{
    if (xml->attribute_count > TB_XML_TAG_VALUES)
        return;
    memcpy(tag->text, text.data, text.size);
    tag->size = text.size;
    tag->generation = xml->generation;
    tag->part = xml->part_number;
    tag->is_empty = xml->end_pending;
    tag->element = xml->element;
    tag->attribute_count = xml->attribute_count;
    tag->note = NULL;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        const tb_xml_attribute *attribute = &xml->attributes[i];
        tag->attributes[i] = *attribute;
        tag->places[i].name = (uint16_t)(attribute->name.data - text.data);
        tag->places[i].value = (uint16_t)(attribute->value.data - text.data);
    }
    xml->last_tag = tag;
}

/* The tag was remembered from another part, and stands in this one at `begin` for the first time.
 */
static void bring_tag(tb_xml *xml, tb_xml_tag *tag, const char *begin)
{
    for (size_t i = 0; i < tag->attribute_count; i++) {
        tag->attributes[i].name.data = begin + tag->places[i].name;
        tag->attributes[i].value.data = begin + tag->places[i].value;
    }
    tag->note = NULL;
    tag->part = xml->part_number;
}

/* A start tag that was not seen before. */
static tb_xml_event read_new_start(tb_xml *xml)
{
    const char *begin = xml->at;
    tb_str name;
    xml->last_tag = NULL;
    xml->tag_is_known = false;
    tb_xml__make_room(xml); /* so that this tag's names fit in any case */
    tb_xml_cached *seen = read_tag_name(xml, begin + 1, &name);
    if (!open_element(xml, name))
        return TB_XML_DONE;
    const char *p = read_attributes(xml, name.data + name.size, seen);
    if (p == NULL)
        return TB_XML_DONE;
    bool is_empty = *p == '/';
    p += is_empty ? 1 : 0;
    if (*p != '>')
        return no_event(xml, p, TB_MSG_SHEET_XML_TAG);
    xml->end_pending = is_empty;
    if (seen == NULL || seen->generation != xml->generation) /* it declared namespaces */
        seen = tb_xml__look_up(xml, xml->elements, name);
    if (seen == NULL)
        return no_event(xml, name.data, TB_MSG_SHEET_XML_TAG);
    return start(xml, seen, name, p + 1);
}

static tb_xml_event read_known_start(tb_xml *xml, tb_xml_tag *tag)
{
    tb_str name = {xml->at + 1, tag->element->name.size};
    if (!open_element(xml, name))
        return TB_XML_DONE;
    if (tag->part != xml->part_number)
        bring_tag(xml, tag, xml->at);
    tag->is_used = true;
    xml->last_tag = tag;
    xml->tag_is_known = true;
    xml->attributes = tag->attributes;
    xml->attribute_count = tag->attribute_count;
    xml->end_pending = tag->is_empty;
    xml->next_element = &tag->element->next;
    return start(xml, tag->element, name, xml->at + tag->size);
}

static tb_xml_event read_start(tb_xml *xml)
{
    tb_str text = {xml->at, tb_xml__tag_size(xml, xml->at)};
    if (text.size == 0)
        return read_new_start(xml);
    uint64_t hash = tb_xml__tag_hash(text.data, text.size);
    tb_xml_tag *tag = tb_xml__tag_slot(xml, hash);
    if (tb_xml__is_tag(xml, tag, text.data, text.size))
        return read_known_start(xml, tag);
    tb_xml_event event = read_new_start(xml);
    if (event == TB_XML_START && xml->at == text.data + text.size &&
        !tb_xml__declares_namespaces(xml) && tb_xml__gives_way(tag, hash))
        remember_tag(xml, tag, text);
    return event;
}

static inline tb_xml_event read_end(tb_xml *xml)
{
    const char *begin = xml->at + 2;
    if (xml->depth == 0)
        return no_event(xml, xml->at, TB_MSG_SHEET_XML_END_TAG);
    tb_str name = xml->open[xml->depth - 1];
    if (!tb_scan_same(begin, name.data, name.size))
        return no_event(xml, xml->at, TB_MSG_SHEET_XML_END_TAG);
    const char *p = begin + name.size;
    if (*p != '>')
        p = tb_scan_blanks(p);
    if (*p != '>')
        return no_event(xml, xml->at, TB_MSG_SHEET_XML_END_TAG);
    xml->at = p + 1;
    xml->name = name;
    return tb_xml__leave(xml);
}

/* ---- Text and the rest ---- */

/* Text up to the next `<`. Outside the root only blanks may stand, and they are no event. */
static inline bool read_text(tb_xml *xml)
{
    const char *begin = xml->at;
    const char *p = begin[1] == '<' ? begin + 1 : tb_scan_byte(begin, xml->end, '<');
    if (p == NULL)
        p = xml->end;
    xml->text = (tb_str){begin, (size_t)(p - begin)};
    xml->text_is_cdata = false;
    xml->at = p;
    if (xml->depth > 0)
        return true;
    const char *solid = tb_scan_blanks(begin);
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
    const char *end = tb_xml__name_end(name);
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
        damaged(xml, xml->at, TB_MSG_SHEET_XML_DOCTYPE);
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

/* The next event; without `texts` the next tag. */
static inline tb_xml_event step(tb_xml *xml, bool texts)
{
    if (xml->end_pending) {
        xml->end_pending = false;
        return tb_xml__leave(xml);
    }
    for (;;) {
        char c = *xml->at;
        if (c == '\0')
            return finish(xml);
        if (c != '<') {
            if (read_text(xml) && texts)
                return TB_XML_TEXT;
            continue;
        }
        c = xml->at[1];
        if (c == '/')
            return read_end(xml);
        if (c != '!' && c != '?')
            return read_start(xml);
        if (read_markup(xml) && texts)
            return TB_XML_TEXT;
    }
}

tb_xml_event tb_xml_next(tb_xml *xml)
{
    return step(xml, true);
}

tb_xml_event tb_xml__next_tag(tb_xml *xml)
{
    return step(xml, false);
}
