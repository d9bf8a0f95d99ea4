/*
 * UTF-8, slices, and the keys of labels. The rows are data: text, expected key.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"

static const char *const keys[][2] = {
    {"部 门\n（单位）名称 ", "部门(单位)名称"},
    {"部门(单位)名称", "部门(单位)名称"},
    {"部门【单位】名称", "部门(单位)名称"},
    {"单位：万元", "单位:万元"},
    {"２０２３　年", "2023年"},
    {"Ａbc %", "abc%"},
    {"合\u3000计", "合计"},
    {"\u00A0", ""},
    {"①", "1"},
    {"", ""},
};

static void labels_have_one_key(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        tb_str key = tb_text_key(&arena, tb_str_of(keys[i][0]));
        assert_int_equal(key.size, strlen(keys[i][1]));
        assert_memory_equal(key.data, keys[i][1], key.size);
    }
    tb_arena_done(&arena);
}

static void sentences_lose_their_last_stop(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    assert_true(
        tb_str_equal(tb_text_sentence_key(&arena, tb_str_of("安全 整治。；")), TB_STR("安全整治")));
    assert_true(tb_str_equal(tb_text_sentence_key(&arena, tb_str_of("1.5倍")), TB_STR("1.5倍")));
    assert_int_equal(tb_text_sentence_key(&arena, tb_str_of("。。")).size, 0);
    tb_arena_done(&arena);
}

static void a_key_fails_cleanly_without_memory(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 16);
    assert_null(tb_text_key(&arena, tb_str_of("Ａ")).data);
    tb_arena_done(&arena);
}

static const struct {
    const char *text;
    size_t size;
    bool good;
} sequences[] = {
    {"plain", 5, true},     {"\xE5\xA1\xAB", 3, true},     {"\xE5\xA1", 2, false},
    {"\xC0\x80", 2, false}, {"\xED\xA0\x80", 3, false},    {"\xF4\x90\x80\x80", 4, false},
    {"\xFF", 1, false},     {"\xF0\x9F\x98\x80", 4, true}, {"\x80", 1, false},
    {"a\0b", 3, true},
};

static void utf8_is_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++)
        assert_int_equal(tb_text_is_utf8((tb_str){sequences[i].text, sequences[i].size}),
                         sequences[i].good);
}

/* The check goes by several bytes at once: behind Chinese text it must see the same. */
static void utf8_is_checked_in_long_texts(void **state)
{
    (void)state;
    const tb_str before = TB_STR("a部门整体绩效");
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
        char text[64];
        for (size_t from = 0; from < 2; from++) {
            size_t size = before.size - from;
            memcpy(text, before.data + from, size);
            memcpy(text + size, sequences[i].text, sequences[i].size);
            memcpy(text + size + sequences[i].size, before.data, before.size);
            tb_str whole = {text, size + sequences[i].size + before.size};
            assert_int_equal(tb_text_is_utf8(whole), sequences[i].good);
        }
    }
}

static const char *const trimmed[][2] = {
    {"", ""},
    {" \u3000\n", ""},
    {"部门", "部门"},
    {"部门\u3000", "部门"},
    {"\uFEFF部门", "部门"},
    {"a\u00A0", "a"},
    {"\u200B单位：", "单位："},
};

static void blanks_at_both_ends_are_cut_off(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof trimmed / sizeof trimmed[0]; i++) {
        tb_str text = tb_str_trim(tb_str_of(trimmed[i][0]));
        assert_true(tb_str_equal(text, tb_str_of(trimmed[i][1])));
    }
}

static void slices_and_searches(void **state)
{
    (void)state;
    tb_str text = TB_STR("\u3000 单位：万元 \n");
    assert_true(tb_str_equal(tb_str_trim(text), TB_STR("单位：万元")));
    assert_int_equal(tb_str_find(TB_STR("aab aaab"), TB_STR("aaab")), 4);
    assert_int_equal(tb_str_find(TB_STR("aab"), TB_STR("b")), 2);
    assert_int_equal(tb_str_find(TB_STR("aab"), TB_STR("ba")), -1);
    assert_int_equal(tb_str_find(TB_STR(""), TB_STR("a")), -1);
    assert_true(tb_str_starts(TB_STR("abc"), TB_STR("ab")));
    assert_false(tb_str_starts(TB_STR("a"), TB_STR("ab")));
    assert_true(tb_str_ends(TB_STR("abc"), TB_STR("bc")));
    assert_int_equal(tb_text_length(TB_STR("a填b")), 3);
    assert_true(tb_str_compare(TB_STR("a"), TB_STR("ab")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_have_one_key),
        cmocka_unit_test(sentences_lose_their_last_stop),
        cmocka_unit_test(a_key_fails_cleanly_without_memory),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(utf8_is_checked_in_long_texts),
        cmocka_unit_test(blanks_at_both_ends_are_cut_off),
        cmocka_unit_test(slices_and_searches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
