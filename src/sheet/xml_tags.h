/*
 * Start tags seen before, for the tokeniser alone. Rows of cells are mostly rows of equal tags, and
 * parts of one kind have equal tags, so a tag that stands there once more, byte by byte and under
 * the same declarations, has the element and the attributes that it had before: there is nothing to
 * take apart, to look up, or to check.
 */
#ifndef TB_SHEET_XML_TAGS_H
#define TB_SHEET_XML_TAGS_H

#include "sheet/xml.h"
#include "sheet/xml_scan.h"

/* Up to the first `>`, which ends nearly every tag; 0 when it is too long to be remembered. */
static inline size_t tb_xml__tag_size(const tb_xml *xml, const char *p)
{
    const char *limit = xml->end - p > TB_XML_TAG_SIZE ? p + TB_XML_TAG_SIZE : xml->end;
    const char *close = tb_scan_byte(p, limit, '>');
    return close != NULL ? (size_t)(close - p) + 1 : 0;
}

/* Every byte counts; the multiplications don't wait for one another. */
static inline uint64_t tb_xml__tag_hash(const char *p, size_t size)
{
    uint64_t sum = 0, factor = UINT64_C(0x9E3779B97F4A7C15), word;
    for (; size > sizeof word; p += sizeof word, size -= sizeof word, factor += factor << 8) {
        memcpy(&word, p, sizeof word);
        sum += word * factor;
    }
    return sum + tb_scan_head(p, size) * factor;
}

/* Where a tag of that hash is, if anywhere; its highest bits depend on all others. */
static inline tb_xml_tag *tb_xml__tag_slot(tb_xml *xml, uint64_t hash)
{
    return &xml->tags[hash >> (64 - TB_XML_TAG_BITS)];
}

static inline bool tb_xml__is_tag(const tb_xml *xml, const tb_xml_tag *tag, const char *p,
                                  size_t size)
{
    return tag->generation == xml->generation && tag->size == size &&
           tb_scan_same(p, tag->text, size);
}

/* Whether a tag that was met is remembered in that slot. Many are met once, so one that is
 * remembered already gives way to another only when that came twice and it did not come meanwhile.
 */
static inline bool tb_xml__gives_way(tb_xml_tag *tag, uint64_t hash)
{
    uint32_t rival = (uint32_t)(hash >> 16);
    bool gives_way = tag->generation == 0 || (tag->rival == rival && !tag->is_used);
    tag->is_used = tag->is_used && tag->rival != rival;
    tag->rival = rival;
    return gives_way;
}

#endif
