/*
 * What readers of elements ask the tokeniser for: children, the text of an only child, and what is
 * remembered of tags. Each short way is met where it may be taken and where it may not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sheet/xml.h"

#define SIZE 1024

enum { A = 1, A_TWO, B, C, V };

static const tb_xml_namespace namespaces[] = {{"urn:one", 1}, {"urn:two", 2}, {NULL, 0}};
static const tb_xml_name names[] = {{0, "a", A}, {1, "a", A},     {0, "b", B}, {0, "c", C},
                                    {0, "v", V}, {2, "a", A_TWO}, {0, NULL, 0}};
static const tb_xml_vocabulary vocabulary = {namespaces, names};

static tb_xml *xml;
static tb_arena arena;
static tb_buffer scratch;
static char part[SIZE];

/* Begins the part <r …>…</r> and goes to its root. */
static void begin_with(const char *declarations, const char *first, const char *second)
{
    memset(part, 0, sizeof part);
    int size = snprintf(part, sizeof part, "<r%s>%s%s</r>", declarations, first, second);
    assert_in_range(size, 1, SIZE - TB_XML_PADDING - 1);
    const tb_part_text text = {
        {part, (size_t)size}, strchr(part, '&') != NULL, strchr(part, '\r') != NULL};
    tb_xml_begin(xml, &text, "part", &vocabulary, NULL);
    assert_int_equal(tb_xml_next(xml), TB_XML_START);
}

static void begin(const char *first, const char *second)
{
    begin_with("", first, second);
}

static void check_end(void)
{
    assert_false(tb_xml_child(xml, 1));
    while (tb_xml_next(xml) != TB_XML_DONE) {
    }
    assert_int_equal(xml->status, TB_OK);
}

static void check_text(tb_str text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static const struct {
    const char *element;
    const char *text;  /* what its <v> holds */
    bool first, again; /* the short way may be taken, the first and the second time */
} only_children[] = {
    {"<c><v>1</v></c>", "1", true, true},
    {"<c>\n<v>1</v>\n</c>", "1", true, true},
    {"<c b='2'><v>long enough to be more than one step of searching</v></c>",
     "long enough to be more than one step of searching", true, true},
    {"<c><v>></v></c>", ">", true, true},
    {"<c><v b='1'>x</v></c>", "x", false, true},
    {"<c><v>a&amp;b</v></c>", "a&b", false, false},
    {"<c><v>a\r\nb</v></c>", "a\nb", false, false},
    {"<c><v></v></c>", "", false, false},
    {"<c><v/></c>", "", false, false},
    {"<c>x<v>1</v></c>", "1", false, false},
    {"<c><v>1</v>x</c>", "1", false, false},
    {"<c><v>1</v ></c>", "1", false, false},
    {"<c> <v>1</v></c>", "1", false, false},
    {"<c><v>1</v><b/></c>", "1", false, false},
    {"<c><b>2</b><v>1</v></c>", "1", false, false},
    {"<c><v>1<b/>2</v></c>", "12", false, false},
    {"<c><v><![CDATA[1]]></v></c>", "1", false, false},
    {"<c><!-- - --><v>1</v></c>", "1", false, false},
};

/* Reads the <v> of the element just started in the way that is expected of it. */
static void check_only_child(const char *expected, bool is_short)
{
    unsigned depth = xml->depth;
    tb_str text = {"", 0};
    assert_int_equal(tb_xml_only_child(xml, V, &text), is_short);
    while (!is_short && tb_xml_child(xml, depth)) {
        if (xml->token == V)
            text = tb_xml_element_text(xml, &scratch, &arena);
    }
    check_text(text, expected);
    assert_int_equal(xml->depth, depth - 1);
}

static void an_only_child_gives_its_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof only_children / sizeof only_children[0]; i++) {
        begin(only_children[i].element, only_children[i].element);
        assert_true(tb_xml_child(xml, 1));
        check_only_child(only_children[i].text, only_children[i].first);
        assert_true(tb_xml_child(xml, 1));
        check_only_child(only_children[i].text, only_children[i].again);
        check_end();
    }
}

static void an_only_child_is_of_its_kind(void **state)
{
    static const char *const elements[] = {"<c><b>1</b></c>", "<c xmlns='urn:two'><v>1</v></c>",
                                           "<c xmlns:p='urn:one'><p:v>1</p:v></c>", "<c/>"};
    (void)state;
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
        tb_str text;
        begin("<c><v>1</v></c>", elements[i]);
        assert_true(tb_xml_child(xml, 1));
        assert_true(tb_xml_only_child(xml, V, &text));
        assert_true(tb_xml_child(xml, 1));
        assert_false(tb_xml_only_child(xml, V, &text));
        check_end();
    }
}

static void broken_elements_stay_broken(void **state)
{
    static const char *const elements[] = {"<c><v>1</w></c>", "<c><v>1</v></d>", "<c><v>1</vv></c>",
                                           "<c><v>1</v>", "<c><v>1"};
    (void)state;
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
        tb_str text;
        begin("<c><v>1</v></c>", elements[i]);
        assert_true(tb_xml_child(xml, 1));
        assert_true(tb_xml_only_child(xml, V, &text));
        assert_true(tb_xml_child(xml, 1));
        assert_false(tb_xml_only_child(xml, V, &text));
        while (tb_xml_next(xml) != TB_XML_DONE) {
        }
        assert_int_equal(xml->status, TB_DAMAGED);
    }
}

static void repeated_tags_keep_their_values(void **state)
{
    static const struct {
        unsigned token;
        const char *value; /* of their attribute; NULL: none */
    } expected[] = {{A, "1"}, {A, "1"}, {A, "1"},  {A, "2"}, {A, "1"}, {A, "2"},
                    {A, "1"}, {A, "1"}, {A, NULL}, {B, "1"}, {A, NULL}};
    (void)state;
    begin("<a b='1'/><a b='1'/>\n<a b='1'/><a b='2'/>text<a b='1'/> <a b='2'></a>",
          "<a b='1'></a><a b='1'><a b='2'/></a><a/><b b='1'/><a/>");
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        tb_str value;
        assert_true(tb_xml_child(xml, 1));
        assert_int_equal(xml->depth, 2);
        assert_int_equal(xml->token, expected[i].token);
        assert_int_equal(tb_xml_find_attribute(xml, B, &value), expected[i].value != NULL);
        if (expected[i].value != NULL)
            check_text(value, expected[i].value);
    }
    check_end();
}

static void a_tag_means_what_its_namespaces_say(void **state)
{
    static const unsigned tokens[] = {A, A, A_TWO, A_TWO, 0, A, A_TWO, A};
    size_t at = 0;
    (void)state;
    begin("<b xmlns:p='urn:one'><p:a/><p:a/></b><b xmlns:p='urn:two'><p:a/><p:a/></b>"
          "<b xmlns:p='urn:three'><p:a/></b>",
          "<b><a/><a xmlns='urn:two'/><a/></b>");
    while (tb_xml_child(xml, 1)) {
        while (tb_xml_child(xml, 2)) {
            assert_in_range(at, 0, sizeof tokens / sizeof tokens[0] - 1);
            assert_int_equal(xml->token, tokens[at++]);
        }
    }
    assert_int_equal(at, sizeof tokens / sizeof tokens[0]);
    check_end();
}

static void notes_stay_with_their_tag(void **state)
{
    static const int kept;
    (void)state;
    for (int round = 0; round < 2; round++) { /* another part has other notes */
        begin("<a b='1'/><a b='1'/><a b='2'/>", "<a b='1'></a><a b='1'/>");
        assert_true(tb_xml_child(xml, 1));
        assert_non_null(tb_xml_note(xml));
        assert_null(*tb_xml_note(xml));
        *tb_xml_note(xml) = &kept;
        assert_true(tb_xml_child(xml, 1));
        assert_ptr_equal(*tb_xml_note(xml), &kept);
        for (int others = 0; others < 2; others++) {
            assert_true(tb_xml_child(xml, 1));
            assert_null(*tb_xml_note(xml));
        }
        assert_true(tb_xml_child(xml, 1));
        assert_ptr_equal(*tb_xml_note(xml), &kept);
        check_end();
    }
}

/* What was seen in one part is known in the next, but only where the same is declared. */
static void names_mean_what_is_declared(void **state)
{
    static const struct {
        const char *declarations;
        unsigned outer; /* what <p:a/> is */
    } parts[] = {{" xmlns:p='urn:one'", A}, {" xmlns:p='urn:two'", A_TWO}, {" xmlns:p='urn:x'", 0}};
    static const char inner[] = "<b xmlns:p='urn:two'><p:a/></b>";
    (void)state;
    for (size_t i = 0; i < 12; i++) {
        begin_with(parts[i % 3].declarations, "<p:a/>", inner);
        assert_true(tb_xml_child(xml, 1));
        assert_int_equal(xml->token, parts[i % 3].outer);
        assert_true(tb_xml_child(xml, 1));
        assert_int_equal(xml->token, B);
        assert_true(tb_xml_child(xml, 2));
        assert_int_equal(xml->token, A_TWO);
        check_end();
    }
}

/* More names and roots than are kept. */
static void names_are_forgotten_in_time(void **state)
{
    char declaration[64], elements[64];
    (void)state;
    for (int i = 0; i < 3000; i++) {
        snprintf(declaration, sizeof declaration, " xmlns:p%d='urn:two'", i % 40);
        snprintf(elements, sizeof elements, "<p%d:a n%d='' m%d=''/><a/>", i % 40, i, i / 2);
        begin_with(declaration, elements, elements);
        for (int child = 0; child < 4; child++) {
            assert_true(tb_xml_child(xml, 1));
            assert_int_equal(xml->token, child % 2 == 0 ? A_TWO : A);
        }
        check_end();
    }
}

static void long_tags_are_not_mixed_up(void **state)
{
    char tag[400];
    (void)state;
    for (size_t size = 1; size < 300; size += 13) {
        memset(tag, 'x', sizeof tag);
        memcpy(tag, "<a b='", 6);
        memcpy(tag + 6 + size, "'/>", 4);
        begin(tag, tag);
        for (int i = 0; i < 2; i++) {
            tb_str value;
            assert_true(tb_xml_child(xml, 1));
            assert_true(tb_xml_find_attribute(xml, B, &value));
            assert_int_equal(value.size, size);
        }
        check_end();
    }
}

static void what_stands_next_can_be_passed(void **state)
{
    (void)state;
    begin("<a/><b/><b/>", "<c><a/></c>");
    assert_true(tb_xml_child(xml, 1));
    assert_null(tb_xml_peek(xml, 2)); /* <a/> has no inside */
    const char *next = tb_xml_peek(xml, 1);
    assert_memory_equal(next, "<b/><b/>", 8);
    tb_xml_pass(xml, next + 4);
    assert_true(tb_xml_child(xml, 1));
    assert_int_equal(xml->token, B);
    assert_true(tb_xml_child(xml, 1));
    assert_int_equal(xml->token, C);
    assert_null(tb_xml_peek(xml, 1)); /* it is open */
    assert_memory_equal(tb_xml_peek(xml, 2), "<a/>", 4);
    assert_int_equal(tb_xml_element_token(xml, TB_STR("b")), B);
    assert_int_equal(tb_xml_element_token(xml, TB_STR("unknown")), 0);
    check_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_only_child_gives_its_text),
        cmocka_unit_test(an_only_child_is_of_its_kind),
        cmocka_unit_test(broken_elements_stay_broken),
        cmocka_unit_test(repeated_tags_keep_their_values),
        cmocka_unit_test(a_tag_means_what_its_namespaces_say),
        cmocka_unit_test(notes_stay_with_their_tag),
        cmocka_unit_test(names_mean_what_is_declared),
        cmocka_unit_test(names_are_forgotten_in_time),
        cmocka_unit_test(long_tags_are_not_mixed_up),
        cmocka_unit_test(what_stands_next_can_be_passed),
    };
    xml = calloc(1, sizeof *xml);
    tb_buffer_init(&scratch, TB_MAX_TEXT_SIZE);
    tb_arena_init(&arena, 1 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    tb_buffer_done(&scratch);
    tb_arena_done(&arena);
    free(xml);
    return failed;
}
