/*
 * What readers of elements ask the tokeniser for: the next child, the text of the only child, and
 * what stands next. Most elements are written just as the one of that name before, so these compare
 * with it first.
 */
#include "sheet/xml_names.h"
#include "sheet/xml_scan.h"
#include "sheet/xml_tags.h"

static inline const char *pass_line_end(const char *p)
{
    return *p == '\n' ? p + 1 : p;
}

/* ---- Elements with one text ---- */

/* As find_child, for a child that is written otherwise than the last one. */
static tb_xml_cached *find_other_child(tb_xml *xml, const char *p)
{
    if (p[0] != '<' || p[1] == '/')
        return NULL;
    tb_str name = {p + 1, (size_t)(tb_scan_tag_name(p + 1) - p - 1)};
    tb_xml_cached *child = name.size > 0 ? tb_xml__look_up(xml, xml->elements, name) : NULL;
    xml->element->child = child;
    if (child == NULL || p[name.size + 1] != '>')
        return NULL;
    child->start_tag = (tb_str){p, name.size + 2};
    child->part = xml->part_number;
    return child;
}

/* The entry of the element whose start tag stands at p, which has no attributes or the very ones of
 * the last such tag; NULL when it is something else. */
static inline const tb_xml_cached *find_child(tb_xml *xml, const char *p)
{
    const tb_xml_cached *child = xml->element->child;
    if (child != NULL && child->generation == xml->generation && child->part == xml->part_number &&
        tb_scan_same(p, child->start_tag.data, child->start_tag.size))
        return child;
    return find_other_child(xml, p);
}

/* Behind the end tag of that name; NULL where something else stands. */
static inline const char *pass_end_tag(const char *p, tb_str name)
{
    if (p[0] != '<' || p[1] != '/' || !tb_scan_same(p + 2, name.data, name.size))
        return NULL;
    p += name.size + 2;
    return *p == '>' ? p + 1 : NULL;
}

const char *tb_xml_plain_text(tb_xml *xml, const char *place, tb_str *ret_text)
{
    const char *close = tb_scan_byte(place, xml->end, '<');
    if (close == NULL || close == place)
        return NULL;
    xml->text.data = place;
    xml->text.size = (size_t)(close - place);
    xml->text_is_cdata = false;
    *ret_text = xml->text;
    return xml->text.size <= TB_MAX_TEXT_SIZE && tb_xml_text_is_plain(xml) ? close : NULL;
}

bool tb_xml_only_child(tb_xml *xml, unsigned token, tb_str *ret_text)
{
    if (xml->end_pending || xml->depth == TB_MAX_XML_DEPTH)
        return false;
    const char *p = pass_line_end(xml->at);
    const tb_xml_cached *child = find_child(xml, p);
    if (child == NULL || child->token != token)
        return false;
    tb_str text;
    const char *close = tb_xml_plain_text(xml, p + child->start_tag.size, &text);
    p = close != NULL ? pass_end_tag(close, child->name) : NULL;
    if (p != NULL)
        p = pass_end_tag(pass_line_end(p), xml->open[xml->depth - 1]);
    if (p == NULL)
        return false;
    *ret_text = text;
    xml->at = p;
    tb_xml__leave(xml);
    return true;
}

/* ---- Children ---- */

/* Where the empty tag just read stands once more, only the place moves on. False, and nothing has
 * changed, where it does not. */
static inline bool repeat_empty(tb_xml *xml)
{
    const tb_xml_tag *tag = xml->last_tag;
    const char *p = pass_line_end(xml->at);
    if (tag == NULL || !tb_scan_same(p, tag->text, tag->size))
        return false;
    xml->tag_is_known = true;
    xml->name.data = p + 1;
    xml->at = p + tag->size;
    return true;
}

bool tb_xml_child(tb_xml *xml, unsigned depth)
{
    if (xml->end_pending && xml->depth == depth + 1 && repeat_empty(xml))
        return true;
    while (xml->depth >= depth) {
        tb_xml_event event = tb_xml__next_tag(xml);
        if (event == TB_XML_DONE)
            return false;
        if (event == TB_XML_START && xml->depth == depth + 1)
            return true;
    }
    return false;
}

/* ---- What stands next ---- */

const char *tb_xml_peek(tb_xml *xml, unsigned depth)
{
    if (xml->end_pending && xml->depth == depth + 1) {
        xml->end_pending = false;
        tb_xml__leave(xml);
    }
    return xml->depth == depth && !xml->end_pending ? xml->at : NULL;
}

bool tb_xml_enter(tb_xml *xml, tb_str name, const char *behind)
{
    if (xml->depth == TB_MAX_XML_DEPTH)
        return false;
    xml->open[xml->depth++] = name;
    xml->at = behind;
    return true;
}
