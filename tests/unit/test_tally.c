/*
 * Counting and adding up by a key.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "rule/tally.h"

static tb_arena arena;

static tb_value number(const char *digits)
{
    tb_decimal value;
    assert_true(tb_decimal_parse(tb_str_of(digits), &value));
    return tb_value_of_number(value);
}

static tb_value text(const char *value)
{
    return tb_value_of_text(tb_str_of(value));
}

static void check_sum(const tb_value *keys, const tb_value *values, size_t count, tb_value key,
                      const char *expected)
{
    tb_decimal sum, wanted = number(expected).as.number;
    assert_true(tb_tally_sum_by(keys, values, count, &key, &arena, &sum));
    assert_int_equal(tb_decimal_compare(sum, wanted), 0);
}

static void sums_are_exact_and_keys_folded(void **state)
{
    (void)state;
    const tb_value keys[] = {text("常年性项目"), text("常年性 项目"), text("一次性项目"),
                             text("ＡＢ"),       number("5"),         text("5"),
                             text("05"),         tb_value_blank()};
    const tb_value values[] = {number("0.1"), number("0.2"), number("7"), number("1.5"),
                               number("10"),  number("20"),  text("40"),  number("3")};
    check_sum(keys, values, 8, text("常年性项目"), "0.3");
    check_sum(keys, values, 8, text("ab"), "1.5");
    check_sum(keys, values, 8, number("5.0"), "30");
    check_sum(keys, values, 8, text("5"), "30");
    check_sum(keys, values, 8, text("05"), "0");
    check_sum(keys, values, 8, text(""), "3");
    check_sum(keys, values, 8, text("没有"), "0");
}

static void keys_are_counted(void **state)
{
    (void)state;
    const tb_value values[] = {text("是"), text("否"), text(" 是 "), tb_value_blank(), text("是 ")};
    tb_value key = text("是");
    size_t count;
    assert_true(tb_tally_count_by(values, 5, &key, &arena, &count));
    assert_int_equal(count, 3);
    assert_true(tb_tally_distinct(values, 5, &arena, &count));
    assert_int_equal(count, 2);
    assert_true(tb_tally_distinct(values + 3, 1, &arena, &count));
    assert_int_equal(count, 0);
}

static void fillers_are_not_filled(void **state)
{
    (void)state;
    const tb_value values[] = {text("甲"), text("——"),  text("  "),
                               text(""),   number("0"), tb_value_blank()};
    assert_int_equal(tb_tally_filled(values, 6), 2);
    assert_int_equal(tb_tally_filled(values, 0), 0);
}

static void overflow_is_refused(void **state)
{
    (void)state;
    const tb_value huge = number("9e37"), key = text("甲");
    const tb_value keys[] = {key, key}, values[] = {huge, huge};
    tb_decimal sum;
    assert_false(tb_tally_sum_by(keys, values, 2, &key, &arena, &sum));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_exact_and_keys_folded), cmocka_unit_test(keys_are_counted),
        cmocka_unit_test(fillers_are_not_filled), cmocka_unit_test(overflow_is_refused)};
    tb_arena_init(&arena, 1 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    tb_arena_done(&arena);
    return failed;
}
