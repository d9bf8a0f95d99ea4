/*
 * Texts in JSON. The writer goes by runs of several bytes, so each text is also tried behind
 * fillers of every length.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static const char *const texts[][2] = {
    {"", ""},
    {"填报", "填报"},
    {"a\"b\\c", "a\\\"b\\\\c"},
    {"\n\t\x01", "\\n\\t\\u0001"},
    {"\x7F", "\x7F"},
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
    {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
    {"\xE0\x80\x80", "\uFFFD\uFFFD\uFFFD"},
    {"\xE5\xA1", "\uFFFD\uFFFD"},
    {"\xFF\"", "\uFFFD\\\""},
    {"2024年，约≥98.5%（含café）", "2024年，约≥98.5%（含café）"},
    {"\xE5\xA1一二三四五六", "\uFFFD\uFFFD一二三四五六"},
    {"\xA1一二三四五六", "\uFFFD一二三四五六"},
    {"一\xA1二三四五六", "一\uFFFD二三四五六"},
    {"\xED\xA0\x80一二三四五", "\uFFFD\uFFFD\uFFFD一二三四五"},
};

static const char *const fillers[] = {
    "abcdefghijklmnopq",
    "长期绩效指标",
};

#define ROOM 128

static void expect(const char *filler, size_t size, const char *const row[2])
{
    char text[ROOM], expected[ROOM];
    size_t text_size = size + strlen(row[0]), expected_size = size + strlen(row[1]) + 2;
    expected[0] = '"';
    memcpy(text, filler, size);
    memcpy(expected + 1, filler, size);
    memcpy(text + size, row[0], strlen(row[0]));
    memcpy(expected + 1 + size, row[1], strlen(row[1]));
    expected[expected_size - 1] = '"';
    tb_buffer out;
    tb_json json;
    tb_buffer_init(&out, ROOM);
    tb_json_init(&json, &out);
    bool plain = tb_json_string(&json, (tb_str){text, text_size});
    assert_int_equal(out.size, expected_size);
    assert_memory_equal(out.data, expected, expected_size);
    assert_int_equal(plain, strcmp(row[0], row[1]) == 0);
    if (plain) {
        tb_buffer_reset(&out);
        tb_json_init(&json, &out);
        tb_json_plain(&json, (tb_str){text, text_size});
        assert_int_equal(out.size, expected_size);
        assert_memory_equal(out.data, expected, expected_size);
    }
    tb_buffer_done(&out);
}

static void texts_are_escaped_and_repaired(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t size = 0; size < strlen(fillers[0]); size++)
            expect(fillers[0], size, texts[i]);
        for (size_t size = 0; size < strlen(fillers[1]); size += 3)
            expect(fillers[1], size, texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped_and_repaired),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
