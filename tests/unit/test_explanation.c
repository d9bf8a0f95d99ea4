/*
 * The code of an explanation as a text, and the sheet's name. What is hashed into a code is
 * compared with a computation of its own in tests/check/test_explanations.py.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "rule/explanation_code.h"

static void fill(unsigned char half[TB_HALF_CODE_SIZE], unsigned first)
{
    for (unsigned i = 0; i < TB_HALF_CODE_SIZE; i++)
        half[i] = (unsigned char)(first + 17 * i);
}

static void test_codes_are_read_as_written(void **state)
{
    (void)state;
    char text[TB_EXPLANATION_CODE_SIZE];
    unsigned char identity[TB_HALF_CODE_SIZE], reads[TB_HALF_CODE_SIZE];
    unsigned char first[TB_HALF_CODE_SIZE], second[TB_HALF_CODE_SIZE];
    fill(identity, 0);
    fill(reads, 5);
    tb_explanation_code_format(identity, reads, text);
    assert_string_equal(text,
                        "1-00112233445566778899aabbccddeeff-05162738495a6b7c8d9eafc0d1e2f304");
    assert_true(tb_explanation_code_parse(tb_str_of(text), first, second));
    assert_memory_equal(first, identity, sizeof first);
    assert_memory_equal(second, reads, sizeof second);
}

static void test_what_is_no_code(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "1-",
        "2-00112233445566778899aabbccddeeff-05162738495a6b7c8d9eafc0d1e2f304",
        "1-00112233445566778899aabbccddeeff+05162738495a6b7c8d9eafc0d1e2f304",
        "1-00112233445566778899aabbccddeeff-05162738495a6b7c8d9eafc0d1e2f30",
        "1-00112233445566778899aabbccddeeff-05162738495a6b7c8d9eafc0d1e2f3045",
        "1-00112233445566778899AABBCCDDEEFF-05162738495a6b7c8d9eafc0d1e2f304",
        "1-0011223344556677889 aabbccddeeff-05162738495a6b7c8d9eafc0d1e2f304",
    };
    unsigned char identity[TB_HALF_CODE_SIZE], reads[TB_HALF_CODE_SIZE];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(tb_explanation_code_parse(tb_str_of(texts[i]), identity, reads));
}

static void test_names_of_the_sheet(void **state)
{
    (void)state;
    static const char *const names[] = {"校验说明", " 校验 说明", "Explanations",
                                        "ＥＸＰＬＡＮＡＴＩＯＮＳ"};
    static const char *const others[] = {"", "说明", "校验说明2", "Explanation"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_true(tb_explanations_is_sheet_name(tb_str_of(names[i])));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(tb_explanations_is_sheet_name(tb_str_of(others[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_read_as_written),
        cmocka_unit_test(test_what_is_no_code),
        cmocka_unit_test(test_names_of_the_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
