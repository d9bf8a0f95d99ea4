/*
 * The tokeniser beside expat: the same elements, attributes and texts, in the texts below and in
 * every XML part of the packages that are given as arguments. Where expat refuses, ours may refuse
 * or not (it does not look for `<` in attribute values, `]]>` in texts, or the odd letters that
 * names can't have); what expat takes, ours must take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

#include "base/platform.h"
#include "sheet/encoding.h"
#include "sheet/xml.h"
#include "sheet/zip.h"

#define LOG_MAX ((size_t)1 << 30)

static const tb_xml_namespace namespaces[] = {{"urn:one", 1}, {"urn:two", 2}, {NULL, 0}};
static const tb_xml_name names[] = {{0, "a", 10}, {1, "a", 11}, {2, "a", 12}, {0, NULL, 0}};
static const tb_xml_vocabulary vocabulary = {namespaces, names};

static tb_xml *xml;
static tb_buffer ours, theirs, room;

static void XMLCALL on_start(void *data, const char *name, const char **attributes)
{
    tb_buffer *log = data;
    tb_buffer_char(log, '<');
    tb_buffer_cstr(log, name);
    for (; attributes[0] != NULL; attributes += 2) {
        tb_buffer_char(log, ' ');
        tb_buffer_cstr(log, attributes[0]);
        tb_buffer_char(log, '=');
        tb_buffer_cstr(log, attributes[1]);
    }
    tb_buffer_char(log, '>');
}

static void XMLCALL on_end(void *data, const char *name)
{
    tb_buffer_cstr(data, "</");
    tb_buffer_cstr(data, name);
    tb_buffer_char(data, '>');
}

static void XMLCALL on_text(void *data, const char *text, int size)
{
    tb_buffer_append(data, text, (size_t)size);
}

static bool parse_theirs(tb_str text)
{
    tb_buffer_reset(&theirs);
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, &theirs);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    bool good = XML_Parse(parser, text.data, (int)text.size, XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return good;
}

static void log_start(tb_arena *arena)
{
    tb_buffer_char(&ours, '<');
    tb_buffer_text(&ours, xml->name);
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_buffer_char(&ours, ' ');
        tb_buffer_text(&ours, xml->attributes[i].name);
        tb_buffer_char(&ours, '=');
        tb_buffer_text(&ours, tb_xml_attribute_text(xml, i, arena));
    }
    tb_buffer_char(&ours, '>');
}

/* `text` is followed by TB_XML_PADDING zero bytes. */
static bool parse_ours(tb_str text, tb_error *error)
{
    tb_arena arena;
    tb_part_text part;
    tb_buffer_reset(&ours);
    if (tb_encoding_to_utf8(text, "part", TB_XML_PADDING, &room, &part, error) != TB_OK)
        return false;
    tb_arena_init(&arena, LOG_MAX);
    tb_xml_begin(xml, &part, "part", &vocabulary, error);
    for (;;) {
        tb_str name = xml->depth > 0 ? xml->open[xml->depth - 1] : (tb_str){NULL, 0};
        tb_xml_event event = tb_xml_next(xml);
        if (event == TB_XML_DONE)
            break;
        if (event == TB_XML_START)
            log_start(&arena);
        else if (event == TB_XML_TEXT)
            tb_xml_append_text(xml, &ours);
        else
            on_end(&ours, tb_arena_dup(&arena, name).data);
    }
    tb_arena_done(&arena);
    return xml->status == TB_OK;
}

static bool parse_ours_cstr(const char *text, tb_error *error)
{
    char padded[1024] = {0};
    size_t size = strlen(text);
    assert_true(size + TB_XML_PADDING < sizeof padded);
    memcpy(padded, text, size);
    return parse_ours((tb_str){padded, size}, error);
}

static const char *const good[] = {
    "<a/>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b='1' c=\"2\"/>\n",
    "\xEF\xBB\xBF<a>\xE5\xA1\xAB\xE6\x8A\xA5</a>",
    "<a  b = \"x\"\n\tc='y' ></a >",
    "<a b='1&lt;2 &amp; \"3\"' c='&#x586B;&#10;'>&lt;&gt;&quot;&apos;&#65;</a>",
    "<a b='line\r\nbreak\ttab'>one\r\ntwo\rthree</a>",
    "<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>",
    "<a><!-- no - text --><?target data?><b/><!----></a>",
    "<p:a xmlns:p='urn:one' p:b='c'><a xmlns='urn:two'/></p:a>",
    "<a>x<b>y</b>z</a><!-- end -->",
    "<very-long-element.of_more-than-16-bytes long-attribute-one='1' long-attribute-two='2'/>",
    "<\xE5\xA1\xAB \xE6\x8A\xA5='1'/>",
};

static const struct {
    const char *text;
    tb_message message;
} bad[] = {
    {"", TB_MSG_SHEET_XML_EMPTY},
    {"text", TB_MSG_SHEET_XML_TEXT_OUTSIDE},
    {"<a>", TB_MSG_SHEET_XML_TRUNCATED},
    {"<a></b>", TB_MSG_SHEET_XML_END_TAG},
    {"<a></ab>", TB_MSG_SHEET_XML_END_TAG},
    {"</a>", TB_MSG_SHEET_XML_END_TAG},
    {"<a/><b/>", TB_MSG_SHEET_XML_SECOND_ROOT},
    {"<a b='1' b='2'/>", TB_MSG_SHEET_XML_ATTRIBUTE_TWICE},
    {"<a b=1/>", TB_MSG_SHEET_XML_ATTRIBUTE},
    {"<a b/>", TB_MSG_SHEET_XML_ATTRIBUTE},
    {"<a b='1'c='2'/>", TB_MSG_SHEET_XML_TAG},
    {"<a b='1/>", TB_MSG_SHEET_XML_ATTRIBUTE},
    {"<a 1b='1'/>", TB_MSG_SHEET_XML_ATTRIBUTE},
    {"<1a/>", TB_MSG_SHEET_XML_TAG},
    {"< a/>", TB_MSG_SHEET_XML_TAG},
    {"<a>&nbsp;</a>", TB_MSG_SHEET_XML_REFERENCE},
    {"<a>&#0;</a>", TB_MSG_SHEET_XML_REFERENCE},
    {"<a>&#xD800;</a>", TB_MSG_SHEET_XML_REFERENCE},
    {"<a>& </a>", TB_MSG_SHEET_XML_REFERENCE},
    {"<a><!-- a -- b --></a>", TB_MSG_SHEET_XML_COMMENT},
    {"<a><!-- never", TB_MSG_SHEET_XML_UNFINISHED},
    {"<a><![CDATA[ never", TB_MSG_SHEET_XML_UNFINISHED},
    {"<a/><?xml version='1.0'?>", TB_MSG_SHEET_XML_DECLARATION},
    {"<!DOCTYPE a><a/>", TB_MSG_SHEET_XML_DOCTYPE},
    {"<a>\x01</a>", TB_MSG_SHEET_XML_UTF8},
    {"<a>\xFF</a>", TB_MSG_SHEET_XML_UTF8},
    {"<a>\xEF\xBF\xBF</a>", TB_MSG_SHEET_XML_UTF8},
};

static void good_texts_mean_what_expat_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(parse_theirs(tb_str_of(good[i])));
        assert_true(parse_ours_cstr(good[i], NULL));
        assert_int_equal(ours.size, theirs.size);
        assert_memory_equal(ours.data, theirs.data, theirs.size);
    }
}

static void bad_texts_are_refused_with_the_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tb_error error = {0};
        assert_false(parse_ours_cstr(bad[i].text, &error));
        assert_int_equal(error.message, bad[i].message);
    }
}

static void names_are_known_by_their_namespace(void **state)
{
    static const char text[] =
        "<a p:a='1' a='2' xmlns:p='urn:two'><p:a/><a xmlns='urn:one'/><a/></a>";
    static const unsigned tokens[] = {10, 12, 11, 10};
    char padded[sizeof text + TB_XML_PADDING] = {0};
    (void)state;
    memcpy(padded, text, sizeof text);
    const tb_part_text part = {{padded, sizeof text - 1}, false, false};
    tb_xml_begin(xml, &part, "part", &vocabulary, NULL);
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        while (tb_xml_next(xml) != TB_XML_START)
            assert_int_equal(xml->status, TB_OK);
        assert_int_equal(xml->token, tokens[i]);
        if (i == 0) {
            assert_int_equal(xml->attributes[0].token, 12);
            assert_int_equal(xml->attributes[1].token, 10);
        }
    }
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    char padded[3 * (TB_MAX_XML_DEPTH + 1) + TB_XML_PADDING] = {0};
    tb_error error = {0};
    for (size_t i = 0; i < TB_MAX_XML_DEPTH; i++)
        memcpy(padded + 3 * i, "<a>", 3);
    assert_false(parse_ours((tb_str){padded, 3 * TB_MAX_XML_DEPTH}, &error));
    assert_int_equal(error.message, TB_MSG_SHEET_XML_TRUNCATED);
    memcpy(padded + (size_t)3 * TB_MAX_XML_DEPTH, "<a>", 3);
    assert_false(parse_ours((tb_str){padded, 3 * (TB_MAX_XML_DEPTH + 1)}, &error));
    assert_int_equal(error.message, TB_MSG_SHEET_XML_DEPTH);
}

/* ---- Packages given as arguments ---- */

static int compare_part(const char *path, tb_str name, tb_str text)
{
    tb_error error = {0};
    if (!parse_theirs(text))
        return 0;
    if (parse_ours(text, &error) && ours.size == theirs.size &&
        memcmp(ours.data, theirs.data, theirs.size) == 0)
        return 0;
    if (error.message == TB_MSG_SHEET_XML_DOCTYPE || error.message == TB_MSG_SHEET_XML_ENCODING)
        return 0; /* refused on purpose */
    printf("%s: %.*s: differs from expat\n", path, (int)name.size, name.data);
    return 1;
}

static int compare_package(tb_zip *zip, const char *path, size_t *parts)
{
    tb_buffer file, content;
    int differences = 0;
    tb_buffer_init(&file, TB_MAX_FILE_SIZE);
    tb_buffer_init(&content, TB_MAX_PART_SIZE + TB_XML_PADDING);
    if (tb_platform_read_file(path, &file, NULL) == TB_OK &&
        tb_zip_open(zip, tb_buffer_get(&file), NULL) == TB_OK) {
        for (size_t i = 0; i < zip->entry_count; i++) {
            tb_str name = zip->entries[i].name;
            if (!tb_str_ends(name, TB_STR(".xml")) && !tb_str_ends(name, TB_STR(".rels")))
                continue;
            if (tb_zip_read(zip, &zip->entries[i], TB_XML_PADDING, &content, NULL) != TB_OK)
                continue;
            differences += compare_part(path, name, tb_buffer_get(&content));
            ++*parts;
        }
    }
    tb_buffer_done(&file);
    tb_buffer_done(&content);
    return differences;
}

static int compare_packages(char **paths)
{
    tb_zip zip;
    size_t parts = 0;
    int differences = 0;
    if (tb_zip_init(&zip, NULL) != TB_OK)
        return 1;
    for (; *paths != NULL; paths++)
        differences += compare_package(&zip, *paths, &parts);
    tb_zip_done(&zip);
    printf("%zu parts compared with expat, %d differ\n", parts, differences);
    return differences > 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_texts_mean_what_expat_says),
        cmocka_unit_test(bad_texts_are_refused_with_the_reason),
        cmocka_unit_test(names_are_known_by_their_namespace),
        cmocka_unit_test(depth_has_a_limit),
    };
    xml = calloc(1, sizeof *xml);
    tb_buffer_init(&ours, LOG_MAX);
    tb_buffer_init(&theirs, LOG_MAX);
    tb_buffer_init(&room, LOG_MAX);
    int failed = argc > 1 ? compare_packages(argv + 1) : cmocka_run_group_tests(tests, NULL, NULL);
    tb_buffer_done(&ours);
    tb_buffer_done(&theirs);
    tb_buffer_done(&room);
    free(xml);
    return failed;
}
