/*
 * The text of a cell of an OpenDocument table: its paragraphs, with blanks and breaks that stand
 * as elements, without notes and the like.
 */
#include "sheet/ods.h"

static size_t space_count(tb_xml *xml)
{
    tb_str value;
    tb_decimal number;
    int64_t count;
    if (!tb_xml_find_attribute(xml, O_COUNT, &value))
        return 1;
    if (!tb_decimal_parse(value, &number) || !tb_decimal_to_int(number, &count) || count < 0)
        return 1;
    return count > (int64_t)TB_MAX_TEXT_SIZE ? TB_MAX_TEXT_SIZE + 1 : (size_t)count;
}

static void pass_element(tb_xml *xml)
{
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
    }
}

static void append_element(tb_xml *xml, tb_buffer *out)
{
    switch (xml->token) {
    case O_SPACES:
        for (size_t i = space_count(xml); i > 0 && !out->failed; i--)
            tb_buffer_char(out, ' ');
        break;
    case O_TAB:
        tb_buffer_char(out, '\t');
        break;
    case O_LINE_BREAK:
        tb_buffer_char(out, '\n');
        break;
    case O_RUBY_TEXT:
    case O_NOTE:
    case O_ANNOTATION:
        pass_element(xml);
        break;
    default: /* a span, a link, a field: its text counts */
        break;
    }
}

/* Appends what is left of the paragraph that stands at `depth`. */
static void append_rest(tb_xml *xml, unsigned depth, tb_buffer *out)
{
    while (xml->depth >= depth) {
        switch (tb_xml_next(xml)) {
        case TB_XML_TEXT:
            tb_xml_append_text(xml, out);
            break;
        case TB_XML_START:
            append_element(xml, out);
            break;
        case TB_XML_END:
            break;
        case TB_XML_DONE:
            return;
        }
    }
}

void tb_ods_read_paragraph(tb_package *package, bool first, tb_str *text)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    tb_str only = {"", 0};
    tb_xml_event event = tb_xml_next(xml);
    if (first && event == TB_XML_TEXT && tb_xml_text_is_plain(xml)) {
        only = xml->text;
        event = tb_xml_next(xml);
    }
    if (only.size > TB_MAX_TEXT_SIZE)
        tb_xml_text_too_long(xml);
    if (first && event == TB_XML_END) { /* the common case: one plain piece */
        *text = only;
        return;
    }
    tb_buffer *joined = &package->joined;
    tb_buffer_reset(joined);
    tb_buffer_text(joined, *text);
    if (!first)
        tb_buffer_char(joined, '\n');
    tb_buffer_text(joined, only);
    if (event == TB_XML_TEXT)
        tb_xml_append_text(xml, joined);
    else if (event == TB_XML_START)
        append_element(xml, joined);
    append_rest(xml, depth, joined);
    if (joined->failed)
        tb_xml_text_too_long(xml);
    else
        *text = tb_package_keep(package, tb_buffer_get(joined));
}
