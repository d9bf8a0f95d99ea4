/*
 * sharedStrings.xml, and the rich texts that it and inline strings are made of.
 */
#include <stdio.h>
#include <string.h>

#include "sheet/xlsx.h"

/* The value of `_xHHHH_` at the beginning of text; false when it is something else. */
static bool read_escape(tb_str text, uint32_t *ret)
{
    if (text.size < 7 || text.data[0] != '_' || text.data[1] != 'x' || text.data[6] != '_')
        return false;
    uint32_t value = 0;
    for (size_t i = 2; i < 6; i++) {
        unsigned char c = (unsigned char)text.data[i], letter = c | 32;
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - (unsigned)'0');
        else if (letter >= 'a' && letter <= 'f')
            value = value * 16 + (letter - (unsigned)'a') + 10;
        else
            return false;
    }
    *ret = value;
    return true;
}

/* The first escape at or behind `from`; text.size when there is none. */
static size_t find_escape(tb_str text, size_t from)
{
    uint32_t value;
    while (from < text.size) {
        const char *found = memchr(text.data + from, '_', text.size - from);
        if (found == NULL)
            return text.size;
        from = (size_t)(found - text.data);
        if (read_escape(tb_str_slice(text, from, text.size), &value))
            return from;
        from++;
    }
    return text.size;
}

/* Half of a pair of surrogates is joined with the escape of the other half behind it. */
static uint32_t join_surrogates(tb_str rest, uint32_t high, size_t *size)
{
    uint32_t low;
    if (high < 0xD800 || high > 0xDBFF || !read_escape(tb_str_slice(rest, 7, rest.size), &low) ||
        low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *size = 14;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static void append_unescaped(tb_str text, tb_buffer *out)
{
    for (size_t at = 0; at < text.size;) {
        size_t escape = find_escape(text, at);
        tb_buffer_append(out, text.data + at, escape - at);
        at = escape;
        uint32_t value;
        tb_str rest = tb_str_slice(text, at, text.size);
        if (!read_escape(rest, &value))
            continue;
        size_t size = 7;
        if (value >= 0xD800 && value <= 0xDFFF)
            value = join_surrogates(rest, value, &size);
        char encoded[4];
        if (value != '\r') /* the line feed behind it is the line break */
            tb_buffer_append(out, encoded, tb_text_encode(value, encoded));
        at += size;
    }
}

tb_str tb_xlsx_unescape(tb_xlsx *xlsx, tb_str text)
{
    if (find_escape(text, 0) == text.size)
        return text;
    tb_package *package = xlsx->package;
    tb_buffer_reset(&package->scratch);
    append_unescaped(text, &package->scratch);
    return tb_package_keep(package, tb_buffer_get(&package->scratch));
}

/* A text made of runs; as long as it is one run it is borrowed. */
typedef struct text_runs {
    tb_str first;
    bool several; /* they are in package->joined */
} text_runs;

static void add_run(tb_package *package, text_runs *runs, tb_str text)
{
    if (text.size == 0)
        return;
    if (runs->first.size == 0) {
        runs->first = text;
        return;
    }
    if (!runs->several) {
        tb_buffer_reset(&package->joined);
        tb_buffer_text(&package->joined, runs->first);
        runs->several = true;
    }
    tb_buffer_text(&package->joined, text);
}

static tb_str finish_runs(tb_package *package, const text_runs *runs)
{
    if (!runs->several)
        return runs->first;
    if (package->joined.failed) {
        tb_xml_text_too_long(&package->xml);
        return runs->first;
    }
    return tb_package_keep(package, tb_buffer_get(&package->joined));
}

/* The text of one <r>: its <t>. */
static tb_str read_run(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    tb_str text = {"", 0};
    while (tb_xml_child(xml, depth)) {
        if (xml->token == X_T)
            text = tb_xml_element_text(xml, &package->scratch, &package->arena);
    }
    return text;
}

tb_str tb_xlsx_rich_text(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    text_runs runs = {{"", 0}, false};
    tb_str only;
    if (tb_xml_only_child(xml, X_T, &only))
        return tb_xlsx_unescape(xlsx, only);
    while (tb_xml_child(xml, depth)) {
        if (xml->token == X_T)
            add_run(package, &runs, tb_xml_element_text(xml, &package->scratch, &package->arena));
        else if (xml->token == X_R)
            add_run(package, &runs, read_run(xlsx));
    }
    return tb_xlsx_unescape(xlsx, finish_runs(package, &runs));
}

static bool add_string(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    if (xlsx->string_count == TB_MAX_STRINGS) {
        char max[24];
        snprintf(max, sizeof max, "%d", TB_MAX_STRINGS);
        tb_xml_stop(&package->xml, tb_error_set(package->error, TB_LIMIT,
                                                TB_MSG_SHEET_TOO_MANY_STRINGS, max, NULL));
        return false;
    }
    tb_str *strings = tb_xlsx_room(xlsx, xlsx->strings, xlsx->string_count, &xlsx->string_capacity,
                                   sizeof *strings);
    if (strings == NULL)
        return false;
    xlsx->strings = strings;
    strings[xlsx->string_count++] = tb_xlsx_rich_text(xlsx);
    return true;
}

tb_status tb_xlsx_read_strings(tb_xlsx *xlsx)
{
    tb_xml *xml = &xlsx->package->xml;
    tb_status status = tb_package_root(xlsx->package, X_SST);
    if (status != TB_OK)
        return status;
    while (tb_xml_child(xml, 1)) {
        if (xml->token == X_SI && !add_string(xlsx))
            break;
    }
    return tb_package_end(xlsx->package);
}
