/*
 * Styles of an OpenDocument spreadsheet, as far as they say how numbers are shown and which
 * sheets are hidden.
 */
#include <string.h>

#include "sheet/ods.h"

#define FIRST_CAPACITY 64
#define MAX_PARENTS    32 /* a chain of parents that is longer is a circle */

static const tb_number_format general = {TB_FORMAT_GENERAL, TB_DECIMALS_ANY};

/* ---- The table ---- */

static size_t hash_of(tb_ods_scope scope, tb_ods_family family, tb_str name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ (uint64_t)scope ^ (uint64_t)family << 1;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * UINT64_C(0x100000001B3);
    return (size_t)(hash ^ hash >> 29);
}

/* The slot of that style, or the free one where it would go. */
static tb_ods_style *find_slot(tb_ods_style *slots, size_t capacity, tb_ods_scope scope,
                               tb_ods_family family, tb_str name)
{
    size_t at = hash_of(scope, family, name) & (capacity - 1);
    while (slots[at].name.data != NULL &&
           !(slots[at].scope == scope && slots[at].family == family &&
             tb_str_equal(slots[at].name, name)))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static tb_ods_style *find_style(tb_ods_styles *styles, tb_ods_scope scope, tb_ods_family family,
                                tb_str name)
{
    if (styles->capacity == 0 || name.size == 0)
        return NULL;
    tb_ods_style *slot = find_slot(styles->slots, styles->capacity, scope, family, name);
    return slot->name.data != NULL ? slot : NULL;
}

static bool make_room(tb_ods_styles *styles)
{
    if (styles->count * 2 < styles->capacity)
        return true;
    size_t capacity = styles->capacity > 0 ? styles->capacity * 2 : FIRST_CAPACITY;
    tb_ods_style *slots = tb_arena_array(&styles->package->arena, capacity, sizeof *slots);
    if (slots == NULL) {
        tb_xml_stop(&styles->package->xml, tb_error_memory(styles->package->error));
        return false;
    }
    for (size_t i = 0; i < styles->capacity; i++) {
        const tb_ods_style *old = &styles->slots[i];
        if (old->name.data != NULL)
            *find_slot(slots, capacity, old->scope, old->family, old->name) = *old;
    }
    styles->slots = slots;
    styles->capacity = capacity;
    return true;
}

static void add_style(tb_ods_styles *styles, const tb_ods_style *style, bool lasting)
{
    if (style->name.size == 0 || !make_room(styles))
        return;
    tb_ods_style *slot =
        find_slot(styles->slots, styles->capacity, style->scope, style->family, style->name);
    if (slot->name.data == NULL)
        styles->count++;
    *slot = *style;
    if (lasting)
        return;
    slot->name = tb_package_keep(styles->package, style->name);
    slot->parent = tb_package_keep(styles->package, style->parent);
    slot->data = tb_package_keep(styles->package, style->data);
}

/* ---- Number formats ---- */

static int read_places(tb_xml *xml)
{
    tb_str value;
    if (!tb_xml_find_attribute(xml, O_DECIMAL_PLACES, &value))
        return TB_DECIMALS_ANY;
    tb_decimal number;
    int64_t places;
    if (!tb_decimal_parse(value, &number) || !tb_decimal_to_int(number, &places) || places < 0 ||
        places > 255)
        return TB_DECIMALS_ANY;
    return (int)places;
}

/* What the style element is by itself; its children say the rest. */
static bool format_of_element(unsigned token, tb_number_format *ret)
{
    static const struct {
        unsigned token;
        tb_number_format format;
    } elements[] = {
        {O_NUMBER_STYLE, {TB_FORMAT_NUMBER, 0}},
        {O_CURRENCY_STYLE, {TB_FORMAT_CURRENCY, 0}},
        {O_PERCENTAGE_STYLE, {TB_FORMAT_PERCENT, 0}},
        {O_DATE_STYLE, {TB_FORMAT_DATE, TB_DECIMALS_ANY}},
        {O_TIME_STYLE, {TB_FORMAT_DATE, TB_DECIMALS_ANY}},
        {O_BOOLEAN_STYLE, {TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY}},
        {O_TEXT_STYLE, {TB_FORMAT_TEXT, TB_DECIMALS_ANY}},
    };
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
        if (elements[i].token == token) {
            *ret = elements[i].format;
            return true;
        }
    }
    return false;
}

static void refine_format(tb_xml *xml, tb_number_format *format)
{
    bool counts = format->class_ == TB_FORMAT_NUMBER || format->class_ == TB_FORMAT_PERCENT ||
                  format->class_ == TB_FORMAT_CURRENCY;
    if (!counts)
        return;
    switch (xml->token) {
    case O_NUMBER:
        format->decimals = read_places(xml);
        if (format->decimals == TB_DECIMALS_ANY && format->class_ == TB_FORMAT_NUMBER)
            *format = general;
        break;
    case O_SCIENTIFIC:
        *format = (tb_number_format){TB_FORMAT_SCIENTIFIC, read_places(xml)};
        break;
    case O_FRACTION:
        *format = (tb_number_format){TB_FORMAT_FRACTION, TB_DECIMALS_ANY};
        break;
    default:
        break;
    }
}

static void read_data_style(tb_ods_styles *styles, tb_ods_style *style, bool lasting)
{
    tb_xml *xml = &styles->package->xml;
    unsigned depth = xml->depth;
    style->family = TB_ODS_DATA;
    tb_xml_find_attribute(xml, O_STYLE_NAME, &style->name);
    while (tb_xml_child(xml, depth))
        refine_format(xml, &style->format);
    add_style(styles, style, lasting);
}

/* ---- Cell and table styles ---- */

static tb_ods_family family_of(tb_str name)
{
    if (tb_str_equal(name, TB_STR("table-cell")))
        return TB_ODS_CELL;
    return tb_str_equal(name, TB_STR("table")) ? TB_ODS_TABLE : TB_ODS_OTHER;
}

static void read_style(tb_ods_styles *styles, tb_ods_style *style, bool lasting)
{
    tb_xml *xml = &styles->package->xml;
    unsigned depth = xml->depth;
    style->family = TB_ODS_OTHER;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_str value = xml->attributes[i].value;
        switch (xml->attributes[i].token) {
        case O_STYLE_NAME:
            style->name = value;
            break;
        case O_FAMILY:
            style->family = family_of(value);
            break;
        case O_PARENT_STYLE:
            style->parent = value;
            break;
        case O_DATA_STYLE:
            style->data = value;
            break;
        default:
            break;
        }
    }
    while (style->family == TB_ODS_TABLE && tb_xml_child(xml, depth)) {
        tb_str display;
        if (xml->token == O_TABLE_PROPERTIES && tb_xml_find_attribute(xml, O_DISPLAY, &display))
            style->hidden = tb_str_equal(display, TB_STR("false"));
    }
    if (style->family != TB_ODS_OTHER)
        add_style(styles, style, lasting);
}

void tb_ods_read_styles(tb_ods_styles *styles, tb_ods_scope scope, bool lasting)
{
    tb_xml *xml = &styles->package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        tb_ods_style style = {.scope = scope};
        if (xml->token == O_STYLE)
            read_style(styles, &style, lasting);
        else if (format_of_element(xml->token, &style.format))
            read_data_style(styles, &style, lasting);
    }
}

/* ---- Looking up ---- */

/* Styles of the content see both scopes, common ones only their own. */
static tb_ods_style *find_visible(tb_ods_styles *styles, tb_ods_scope scope, tb_ods_family family,
                                  tb_str name)
{
    tb_ods_style *found = NULL;
    if (scope == TB_ODS_AUTOMATIC)
        found = find_style(styles, TB_ODS_AUTOMATIC, family, name);
    return found != NULL ? found : find_style(styles, TB_ODS_COMMON, family, name);
}

static tb_number_format resolve(tb_ods_styles *styles, const tb_ods_style *style)
{
    for (int i = 0; style != NULL && i < MAX_PARENTS; i++) {
        const tb_ods_style *data = find_visible(styles, style->scope, TB_ODS_DATA, style->data);
        if (data != NULL)
            return data->format;
        style = find_style(styles, TB_ODS_COMMON, TB_ODS_CELL, style->parent);
    }
    return general;
}

tb_number_format tb_ods_find_format(tb_ods_styles *styles, tb_str name)
{
    if (name.size == 0)
        name = TB_STR("Default");
    tb_ods_style *style = find_visible(styles, TB_ODS_AUTOMATIC, TB_ODS_CELL, name);
    if (style == NULL)
        return general;
    if (!style->resolved) {
        style->format = resolve(styles, style);
        style->resolved = true;
    }
    return style->format;
}

bool tb_ods_is_hidden(tb_ods_styles *styles, tb_str name)
{
    const tb_ods_style *style = find_visible(styles, TB_ODS_AUTOMATIC, TB_ODS_TABLE, name);
    return style != NULL && style->hidden;
}
