/*
 * Names, for the tokeniser alone: which namespaces are in force, and the names seen so far with
 * their tokens. Parts use few names, each very often: so a name is checked and looked up in the
 * vocabulary once, and known in all parts whose root element declares the same, byte by byte.
 * Where an element inside declares something, names are looked up anew.
 */
#ifndef TB_SHEET_XML_NAMES_H
#define TB_SHEET_XML_NAMES_H

#include "sheet/xml.h"
#include "sheet/xml_scan.h"

/* Begins a part. Hashes the rows of the vocabulary unless it is the one of the last part. */
void tb_xml__begin_names(tb_xml *xml);
/* The namespaces in force are those that this start tag of the root declares; empty: none. */
void tb_xml__begin_context(tb_xml *xml, tb_str root);
/* Forgets names where one more tag might have too many. */
void tb_xml__make_room(tb_xml *xml);

/* For tb_xml__look_up, where the name is not in its slot. */
tb_xml_cached *tb_xml__look_further(tb_xml *xml, tb_xml_cached *cache, tb_str name);

/* The end of the name at p; p itself when none begins there. */
const char *tb_xml__name_end(const char *p);

/* Binds the prefix of an attribute `xmlns:…` while the present element is open; true also for
 * false alarms. False: there are too many. */
bool tb_xml__bind_namespace(tb_xml *xml, const tb_xml_attribute *attribute);
void tb_xml__unbind_namespaces(tb_xml *xml);

/* The next tag, or the end; texts are passed over. */
tb_xml_event tb_xml__next_tag(tb_xml *xml);

/* Where to look first for a name. */
static inline size_t tb_xml__slot(const tb_xml *xml, tb_str name)
{
    uint64_t mixed = tb_scan_tail(name.data, name.size) ^ (uint64_t)name.size << 24;
    size_t slot = (size_t)(mixed * UINT64_C(0x9E3779B97F4A7C15) >> 40);
    return (slot + xml->generation * 64) % TB_XML_CACHE;
}

static inline bool tb_xml__is(const tb_xml *xml, const tb_xml_cached *seen, tb_str name)
{
    return seen->generation == xml->generation && seen->name.size == name.size &&
           tb_scan_same(seen->name.data, name.data, name.size);
}

/* The entry of a name, which is made where it is new; `cache` is one of the two of the tokeniser.
 * NULL when it is no name at all. */
static inline tb_xml_cached *tb_xml__look_up(tb_xml *xml, tb_xml_cached *cache, tb_str name)
{
    tb_xml_cached *seen = &cache[tb_xml__slot(xml, name)];
    return tb_xml__is(xml, seen, name) ? seen : tb_xml__look_further(xml, cache, name);
}

/* True when what stands at p begins with that name. */
static inline bool tb_xml__stands_at(const tb_xml *xml, const tb_xml_cached *seen, const char *p)
{
    return seen->generation == xml->generation && tb_scan_same(p, seen->name.data, seen->name.size);
}

static inline bool tb_xml__declares_namespaces(const tb_xml *xml)
{
    return xml->binding_count > 0 && xml->bindings[xml->binding_count - 1].depth >= xml->depth;
}

/* Behind an element. */
static inline tb_xml_event tb_xml__leave(tb_xml *xml)
{
    if (tb_xml__declares_namespaces(xml))
        tb_xml__unbind_namespaces(xml);
    xml->depth--;
    return TB_XML_END;
}

#endif
