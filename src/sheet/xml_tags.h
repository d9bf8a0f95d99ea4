/*
 * Start tags seen before, for the tokeniser alone. Rows of cells are mostly rows of equal tags, so
 * a tag that stands in the part once more, byte by byte, has the element and the attributes that it
 * had before: there is nothing to take apart, to look up, or to check.
 */
#ifndef TB_SHEET_XML_TAGS_H
#define TB_SHEET_XML_TAGS_H

#include "sheet/xml.h"
#include "sheet/xml_scan.h"

#define TB_XML_TAG_SIZE_MAX 256

/* Up to the first `>`, which ends nearly every tag; 0 when it is too long to be remembered. */
static inline size_t tb_xml__tag_size(const tb_xml *xml, const char *p)
{
    const char *limit = xml->end - p > TB_XML_TAG_SIZE_MAX ? p + TB_XML_TAG_SIZE_MAX : xml->end;
    const char *close = tb_scan_byte(p, limit, '>');
    return close != NULL ? (size_t)(close - p) + 1 : 0;
}

/* Where a tag of that text is, if anywhere. Every byte counts; the multiplications don't wait for
 * one another. */
static inline tb_xml_tag *tb_xml__tag_slot(tb_xml *xml, const char *p, size_t size)
{
    uint64_t sum = 0, factor = UINT64_C(0x9E3779B97F4A7C15), word;
    for (; size > sizeof word; p += sizeof word, size -= sizeof word, factor += factor << 8) {
        memcpy(&word, p, sizeof word);
        sum += word * factor;
    }
    sum += tb_scan_head(p, size) * factor;
    return &xml->tags[sum >> (64 - TB_XML_TAG_BITS)]; /* the highest bits depend on all others */
}

static inline bool tb_xml__is_tag(const tb_xml *xml, const tb_xml_tag *tag, const char *p,
                                  size_t size)
{
    return tag->generation == xml->generation && tag->text.size == size &&
           tb_scan_same(p, tag->text.data, size);
}

#endif
