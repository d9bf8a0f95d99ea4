/*
 * Names and namespaces.
 */
#include "sheet/xml_names.h"

#include <limits.h>
#include <string.h>

#define NAMES_KEPT (TB_XML_CACHE / 8 * 3) /* with those of a tag they fill no table */

/* ---- Letters ---- */

/* All letters beyond ASCII are taken as letters; bytes 0x80 … 0xBF are the rest of such. */
static bool starts_name(unsigned char c)
{
    unsigned letter = (c | 32u) - 'a';
    return letter < 26 || c == '_' || c == ':' || c >= 0xC2;
}

static bool continues_name(unsigned char c)
{
    unsigned digit = c - (unsigned)'0';
    return digit < 10 || c == '-' || c == '.' || c >= 0x80 || starts_name(c);
}

static bool is_name(tb_str name)
{
    if (name.size == 0 || !starts_name((unsigned char)name.data[0]))
        return false;
    for (size_t i = 1; i < name.size; i++) {
        if (!continues_name((unsigned char)name.data[i]))
            return false;
    }
    return true;
}

const char *tb_xml__name_end(const char *p)
{
    if (!starts_name((unsigned char)*p))
        return p;
    do
        p++;
    while (continues_name((unsigned char)*p));
    return p;
}

/* ---- The vocabulary ---- */

static size_t index_slot(unsigned space, tb_str local)
{
    unsigned first = (unsigned char)local.data[0];
    unsigned last = (unsigned char)local.data[local.size - 1];
    return (space * 31 + (unsigned)local.size * 7 + first * 3 + last * 17) % TB_XML_INDEX;
}

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

unsigned tb_xml_element_token(const tb_xml *xml, tb_str name)
{
    return find_token(xml, name, false);
}

/* ---- Names seen ---- */

static void begin_generation(tb_xml *xml, uint32_t generation)
{
    xml->generation = generation;
    xml->first_element = NULL;
    xml->next_element = &xml->first_element;
}

/* Forgets all names and tags that were seen. */
static void forget_all(tb_xml *xml)
{
    memset(xml->elements, 0, sizeof xml->elements);
    memset(xml->attributes_seen, 0, sizeof xml->attributes_seen);
    for (size_t i = 0; i < sizeof xml->tags / sizeof xml->tags[0]; i++)
        xml->tags[i].generation = 0;
    xml->cached_count = xml->context_count = xml->kept_size = 0;
    xml->borrows = false;
    xml->root_generation = ++xml->last_generation;
    bool in_root = xml->binding_count == xml->root_bindings;
    begin_generation(xml, in_root ? xml->root_generation : ++xml->last_generation);
}

void tb_xml__make_room(tb_xml *xml)
{
    if (xml->cached_count > NAMES_KEPT)
        forget_all(xml);
}

/* A copy; NULL where it does not fit. */
static char *keep(tb_xml *xml, const char *bytes, size_t size)
{
    if (size > TB_XML_KEPT_SIZE - xml->kept_size)
        return NULL;
    char *place = xml->kept + xml->kept_size;
    if (size > 0)
        memcpy(place, bytes, size);
    xml->kept_size += size;
    return place;
}

/* With a byte before it and two behind it, which the tokeniser compares, too. */
static tb_str keep_name(tb_xml *xml, tb_str name)
{
    const char *copy = keep(xml, name.data - 1, name.size + 3);
    xml->borrows = xml->borrows || copy == NULL;
    return copy != NULL ? (tb_str){copy + 1, name.size} : name;
}

static const tb_xml_context *find_context(const tb_xml *xml, tb_str root)
{
    for (size_t i = 0; i < xml->context_count; i++) {
        const tb_xml_context *context = &xml->contexts[i];
        if (context->vocabulary == xml->vocabulary && tb_str_equal(context->root, root))
            return context;
    }
    return NULL;
}

void tb_xml__begin_context(tb_xml *xml, tb_str root)
{
    const tb_xml_context *known = find_context(xml, root);
    xml->root_bindings = xml->binding_count;
    if (known == NULL && xml->context_count == TB_XML_CONTEXTS)
        forget_all(xml);
    xml->root_generation = known != NULL ? known->generation : ++xml->last_generation;
    begin_generation(xml, xml->root_generation);
    const char *kept = known == NULL ? keep(xml, root.data, root.size) : NULL;
    if (kept != NULL)
        xml->contexts[xml->context_count++] =
            (tb_xml_context){xml->vocabulary, {kept, root.size}, xml->generation};
}

void tb_xml__begin_names(tb_xml *xml)
{
    xml->part_number++;
    xml->last_tag = NULL;
    if (xml->borrows)
        forget_all(xml);
    tb_xml__begin_context(xml, (tb_str){NULL, 0});
    if (xml->indexed != xml->vocabulary)
        index_names(xml);
}

/* Other declarations are in force, which no names were seen under. */
static void forget_names(tb_xml *xml)
{
    tb_xml__make_room(xml);
    begin_generation(xml, ++xml->last_generation);
}

/* True for ` name="`; never for a declaration of a namespace. A name has at least the < of its tag
 * before it. */
static bool is_usual(tb_str name)
{
    return name.data[-1] == ' ' && memcmp(name.data + name.size, "=\"", 2) == 0 &&
           !tb_str_starts(name, TB_STR("xmlns"));
}

tb_xml_cached *tb_xml__look_further(tb_xml *xml, tb_xml_cached *cache, tb_str name)
{
    size_t slot = tb_xml__slot(xml, name);
    for (; cache[slot].generation != 0; slot = (slot + 1) % TB_XML_CACHE) {
        if (tb_xml__is(xml, &cache[slot], name))
            return &cache[slot];
    }
    if (!is_name(name))
        return NULL;
    unsigned token = find_token(xml, name, cache == xml->attributes_seen);
    cache[slot] = (tb_xml_cached){.name = keep_name(xml, name),
                                  .token = token,
                                  .generation = xml->generation,
                                  .is_usual = is_usual(name)};
    xml->cached_count++;
    return &cache[slot];
}

/* ---- Namespaces ---- */

static unsigned find_address(const tb_xml *xml, tb_str address)
{
    for (const tb_xml_namespace *row = xml->vocabulary->namespaces; row->address != NULL; row++) {
        if (tb_str_equal(tb_str_of(row->address), address))
            return row->space;
    }
    return address.size == 0 ? 0 : UINT_MAX;
}

static bool is_declaration(tb_str name)
{
    return tb_str_starts(name, TB_STR("xmlns")) && (name.size == 5 || name.data[5] == ':');
}

bool tb_xml__bind_namespace(tb_xml *xml, const tb_xml_attribute *attribute)
{
    if (!is_declaration(attribute->name))
        return true;
    if (xml->binding_count == TB_XML_NAMESPACES)
        return false;
    forget_names(xml);
    tb_str prefix = tb_str_slice(attribute->name, sizeof "xmlns:" - 1, attribute->name.size);
    xml->bindings[xml->binding_count++] =
        (tb_xml_binding){prefix, find_address(xml, attribute->value), xml->depth};
    return true;
}

void tb_xml__unbind_namespaces(tb_xml *xml)
{
    while (xml->binding_count > 0 && xml->bindings[xml->binding_count - 1].depth >= xml->depth)
        xml->binding_count--;
    if (xml->binding_count == xml->root_bindings)
        begin_generation(xml, xml->root_generation);
    else
        forget_names(xml);
}
