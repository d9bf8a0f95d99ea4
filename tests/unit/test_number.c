/*
 * The short way of reading numbers beside the long one, tb_decimal_parse_stored: they must agree on
 * doubles as programs write them, and on digits of all kinds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"
#include "sheet/number.h"

#define SEED  UINT64_C(20260715)
#define TEXTS 200000

static uint64_t random_state = SEED;

static void compare(const char *written)
{
    tb_decimal ours, right;
    tb_str text = tb_str_of(written);
    bool is_number = tb_decimal_parse_stored(text, &right);
    assert_int_equal(tb_number_parse(text, &ours), is_number);
    if (is_number && (ours.coefficient != right.coefficient || ours.scale != right.scale))
        fail_msg("%s", written);
}

static void amounts_are_read_as_they_are_shown(void **state)
{
    static const char *const texts[][2] = {
        {"5832.9499999999998", "5832.95"},
        {"1142.5699999999999", "1142.57"},
        {"0.47030000000000005", "0.4703"},
        {"99999999999999.996", "100000000000000"},
        {"-12.50", "-12.5"},
        {"0.000", "0"},
        {"007", "7"},
        {"1234567890123456", "1234567890123460"},
        {"2.5000000000000005", "2.5"}, /* a half of the last digit: the double decides */
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char shown[TB_DECIMAL_TEXT_SIZE];
        tb_decimal number;
        assert_true(tb_number_parse(tb_str_of(texts[i][0]), &number));
        assert_string_equal(tb_decimal_format(number, shown).data, texts[i][1]);
    }
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const texts[] = {"",     "-",   ".",   "1.", ".5",
                                        "1..2", "--1", "1,5", "1e", "&#49;"};
    tb_decimal number;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(tb_number_parse(tb_str_of(texts[i]), &number));
    assert_false(tb_number_parse((tb_str){0}, &number));
}

static void doubles_are_read_alike(void **state)
{
    (void)state;
    for (int i = 0; i < TEXTS; i++) {
        char text[64];
        double number = (double)test_random_below(
            &random_state, UINT64_C(1) << (1 + test_random_below(&random_state, 52)));
        for (uint64_t shift = test_random_below(&random_state, 8); shift > 0; shift--)
            number /= shift == 3 ? 7 : 10;
        snprintf(text, sizeof text, "%.*g", 14 + (int)test_random_below(&random_state, 5), number);
        compare(text);
    }
}

static void digits_are_read_alike(void **state)
{
    (void)state;
    for (int i = 0; i < TEXTS; i++) {
        char text[32];
        size_t size = 1 + (size_t)test_random_below(&random_state, 24);
        for (size_t at = 0; at < size; at++)
            text[at] = "0123456789950001234567890.-"[test_random_below(&random_state,
                                                                       i % 2 == 0 ? 25 : 27)];
        text[size] = '\0';
        if (size > 3 && i % 2 == 0)
            text[1 + test_random_below(&random_state, size - 2)] = '.';
        compare(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read_as_they_are_shown),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(doubles_are_read_alike),
        cmocka_unit_test(digits_are_read_alike),
    };
    printf("seed %llu\n", (unsigned long long)SEED);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
