/*
 * Exact decimals by rows one can check by hand. tests/expr/decimal_oracle.py compares tens of
 * thousands of random ones with Python's decimal.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static tb_decimal number(const char *text)
{
    tb_decimal result;
    if (!tb_decimal_parse(tb_str_of(text), &result))
        fail_msg("not a number: %s", text);
    return result;
}

static void assert_decimal(tb_decimal actual, const char *expected)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    assert_string_equal(tb_decimal_format(actual, text).data, expected);
}

static const char *const no_numbers[] = {
    "",
    "-",
    "+1",
    ".5",
    "5.",
    "1e",
    "1e+",
    "1 ",
    " 1",
    "1,5",
    "１",
    "0x1",
    "nan",
    "1e38",
    "0.12345678901234567890123456789012345",   /* 35 places */
    "123456789012345678901234567890123456789", /* 39 digits */
    "1e99999999999999999999",
    "1e-35",
};

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(no_numbers); i++) {
        tb_decimal ignored;
        if (tb_decimal_parse(tb_str_of(no_numbers[i]), &ignored))
            fail_msg("taken for a number: %s", no_numbers[i]);
    }
}

static const char *const texts[][2] = {
    {"0", "0"},
    {"-0", "0"},
    {"-0.50", "-0.50"},
    {"007", "7"},
    {"1.5e3", "1500"},
    {"1.5E+1", "15"},
    {"25e-3", "0.025"},
    {"0e99", "0"},
    {"1.0000000000000000000000000000000000000000", "1.0000000000000000000000000000000000"},
    {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999"},
    {"-0.0000000000000000000000000000000001", "-0.0000000000000000000000000000000001"},
};

static void numbers_keep_their_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_decimal(number(texts[i][0]), texts[i][1]);
}

static const char *const stored[][2] = {
    {"5832.9499999999998", "5832.95"},
    {"5832.95", "5832.95"},
    {"0.1000000000000000055511151231257827021181583404541015625", "0.1"},
    {"1.7976931348623157E10", "17976931348.6232"},
    {"3.5527136788005E-15", "0.0000000000000035527136788005"},
    {"4.9E-324", "0"},
    {"123456789012345678", "123456789012346000"},
    {"0.47029999999999994", "0.4703"},
};

static void stored_doubles_are_read_at_15_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(stored); i++) {
        tb_decimal value;
        assert_true(tb_decimal_parse_stored(tb_str_of(stored[i][0]), &value));
        assert_int_equal(tb_decimal_compare(value, number(stored[i][1])), 0);
    }
    tb_decimal ignored;
    assert_false(tb_decimal_parse_stored(TB_STR("1e300"), &ignored));
    assert_false(tb_decimal_parse_stored(TB_STR("12x"), &ignored));
}

static const struct {
    double from;
    const char *to; /* NULL: refused */
} doubles[] = {
    {5832.95, "5832.95"},
    {0.1 + 0.2, "0.3"},
    {-1234.5, "-1234.5"},
    {0.0, "0"},
    {-0.0, "0"},
    {1e15, "1000000000000000"},
    {1e37, "10000000000000000000000000000000000000"},
    {1e-30, "0.000000000000000000000000000001"},
    {1e39, NULL},
    {1e308 * 10, NULL},
};

static void doubles_are_read_at_15_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(doubles); i++) {
        tb_decimal value;
        assert_int_equal(tb_decimal_from_double(doubles[i].from, &value), doubles[i].to != NULL);
        if (doubles[i].to != NULL)
            assert_decimal(value, doubles[i].to);
    }
}

/* Doubles near decimals of few places, against the printed 15 digits. */
static void doubles_are_read_as_they_are_printed(void **state)
{
    (void)state;
    uint64_t seed = 20240501;
    print_message("seed %d\n", (int)seed);
    for (int round = 0; round < 200000; round++) {
        char printed[40];
        tb_decimal value, expected;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        static const double powers[] = {1e1, 1e2, 1e3, 1e4, 1e6, 1e7, 1e11};
        double amount = (double)((int64_t)seed >> (round % 40 + 12)) / powers[round % 7];
        double near = round % 3 == 0 ? amount * (1 + 1e-15) : amount;
        snprintf(printed, sizeof printed, "%.14e", near);
        assert_true(tb_decimal_from_double(near, &value));
        assert_true(tb_decimal_parse_stored(tb_str_of(printed), &expected));
        assert_int_equal(tb_decimal_compare(value, expected), 0);
        assert_int_equal(value.scale, expected.scale);
    }
}

static const struct {
    const char *a, *b;
    const char *sum, *product, *quotient; /* NULL: overflow */
} pairs[] = {
    {"5832.95", "1446.12", "7279.07", "8435145.6540", "4.033517273808535944458274555"},
    {"1", "3", "4", "3", "0.3333333333333333333333333333"},
    {"2", "-3", "-1", "-6", "-0.6666666666666666666666666667"},
    {"0.1", "0.2", "0.3", "0.02", "0.5"},
    {"1", "0", "1", "0", NULL},
    {"99999999999999999999999999999999999999", "1", NULL, "99999999999999999999999999999999999999",
     NULL},
    {"0.0000000000000000000000000000000001", "10000", NULL, "0.0000000000000000000000000000010000",
     "0"},
};

static void check_operation(bool done, tb_decimal result, const char *expected)
{
    assert_int_equal(done, expected != NULL);
    if (expected != NULL)
        assert_int_equal(tb_decimal_compare(result, number(expected)), 0);
}

static void the_four_operations_are_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        tb_decimal a = number(pairs[i].a), b = number(pairs[i].b), result = tb_decimal_of(0);
        check_operation(tb_decimal_add(a, b, &result), result, pairs[i].sum);
        check_operation(tb_decimal_multiply(a, b, &result), result, pairs[i].product);
        check_operation(tb_decimal_divide(a, b, &result), result, pairs[i].quotient);
        assert_true(tb_decimal_subtract(a, a, &result));
        assert_int_equal(tb_decimal_sign(result), 0);
    }
}

static void what_is_not_exact_is_refused_or_rounded(void **state)
{
    (void)state;
    tb_decimal third, result;
    assert_true(tb_decimal_divide(tb_decimal_of(1), tb_decimal_of(3), &third));
    assert_false(tb_decimal_multiply(third, third, &result));
    assert_true(tb_decimal_multiply_rounded(third, third, &result));
    assert_decimal(result, "0.1111111111111111111111111111");
    assert_false(tb_decimal_add(third, number("100000000000"), &result));
    assert_true(tb_decimal_add_rounded(third, number("100000000000"), &result));
    assert_decimal(result, "100000000000.3333333333333333");
}

static const struct {
    const char *from;
    int places;
    const char *half_up, *half_even, *down, *floor, *ceiling;
} roundings[] = {
    {"2.5", 0, "3", "2", "2", "2", "3"},
    {"-2.5", 0, "-3", "-2", "-2", "-3", "-2"},
    {"1.005", 2, "1.01", "1.00", "1.00", "1.00", "1.01"},
    {"1.05", 5, "1.05", "1.05", "1.05", "1.05", "1.05"},
    {"1250", -2, "1300", "1200", "1200", "1200", "1300"},
    {"49", -2, "0", "0", "0", "0", "100"},
    {"-0.001", 2, "0.00", "0.00", "0.00", "-0.01", "0.00"},
    {"7", -20, "0", "0", "0", "0", "100000000000000000000"},
};

static void rounding_follows_its_mode(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(roundings); i++) {
        const char *expected[] = {roundings[i].half_up, roundings[i].half_even, roundings[i].down,
                                  roundings[i].floor, roundings[i].ceiling};
        for (int mode = TB_ROUND_HALF_UP; mode <= TB_ROUND_CEILING; mode++) {
            tb_decimal result;
            assert_true(tb_decimal_round(number(roundings[i].from), roundings[i].places,
                                         (tb_rounding)mode, &result));
            assert_decimal(result, expected[mode]);
        }
    }
    tb_decimal ignored;
    assert_false(tb_decimal_round(tb_decimal_of(7), -40, TB_ROUND_CEILING, &ignored));
    assert_false(tb_decimal_round(number("99999999999999999999999999999999999999"), -1,
                                  TB_ROUND_HALF_UP, &ignored));
}

static void the_scale_is_no_part_of_the_value(void **state)
{
    (void)state;
    assert_int_equal(tb_decimal_compare(number("1.0"), number("1.00")), 0);
    assert_int_equal(tb_decimal_compare(number("-1"), number("1")), -1);
    assert_int_equal(tb_decimal_compare(number("99999999999999999999999999999999999999"),
                                        number("0.0000000000000000000000000000000001")),
                     1);
    assert_decimal(tb_decimal_normalize(number("1.50")), "1.5");
    assert_decimal(tb_decimal_normalize(number("100")), "100");
    assert_int_equal(tb_decimal_places(number("1.50")), 1);
    assert_true(tb_decimal_is_integer(number("2.00")));
    assert_false(tb_decimal_is_integer(number("2.01")));
    assert_decimal(tb_decimal_round_significant(number("5832.9549"), 6), "5832.95");
    int64_t integer;
    assert_true(tb_decimal_to_int(number("-12.0"), &integer));
    assert_int_equal(integer, -12);
    assert_false(tb_decimal_to_int(number("0.5"), &integer));
    assert_false(tb_decimal_to_int(number("9223372036854775808"), &integer));
}

static void doubles_come_out_nearest(void **state)
{
    (void)state;
    assert_true(tb_decimal_to_double(number("5832.95")) == 5832.95);
    assert_true(tb_decimal_to_double(number("0.3333333333333333333333333333")) == 1.0 / 3);
    assert_true(tb_decimal_to_double(number("-99999999999999999999999999999999999999")) == -1e38);
    assert_true(tb_decimal_to_double(number("0.0000000000000000000000000000000001")) == 1e-34);
    assert_true(tb_decimal_to_double(tb_decimal_of(0)) == 0.0);
}

int main(void)
{
    setlocale(LC_ALL, ""); /* a decimal comma must change nothing */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(numbers_keep_their_digits),
        cmocka_unit_test(stored_doubles_are_read_at_15_digits),
        cmocka_unit_test(doubles_are_read_at_15_digits),
        cmocka_unit_test(doubles_are_read_as_they_are_printed),
        cmocka_unit_test(the_four_operations_are_exact),
        cmocka_unit_test(what_is_not_exact_is_refused_or_rounded),
        cmocka_unit_test(rounding_follows_its_mode),
        cmocka_unit_test(the_scale_is_no_part_of_the_value),
        cmocka_unit_test(doubles_come_out_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
