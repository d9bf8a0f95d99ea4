/*
 * Amounts in words; each row is an amount and how it is written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rule/rmb.h"

static const char *const cases[][2] = {
    {"0", "零元整"},
    {"0.00", "零元整"},
    {"1", "壹元整"},
    {"10", "壹拾元整"},
    {"15", "壹拾伍元整"},
    {"100", "壹佰元整"},
    {"101", "壹佰零壹元整"},
    {"110", "壹佰壹拾元整"},
    {"1001", "壹仟零壹元整"},
    {"1010", "壹仟零壹拾元整"},
    {"10000", "壹万元整"},
    {"10001", "壹万零壹元整"},
    {"10100", "壹万零壹佰元整"},
    {"100500", "壹拾万零伍佰元整"},
    {"107000.53", "壹拾万柒仟元伍角叁分"},
    {"10000001", "壹仟万零壹元整"},
    {"100000000", "壹亿元整"},
    {"100000001", "壹亿零壹元整"},
    {"100001000", "壹亿零壹仟元整"},
    {"100010000", "壹亿零壹万元整"},
    {"1000000000000", "壹万亿元整"},
    {"1000000010000", "壹万亿零壹万元整"},
    {"1000100000000", "壹万零壹亿元整"},
    {"1234567890123.45", "壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分"},
    {"9999999999999999.99",
     "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
    {"0.05", "伍分"},
    {"0.5", "伍角整"},
    {"0.55", "伍角伍分"},
    {"1.05", "壹元零伍分"},
    {"1.5", "壹元伍角整"},
    {"1409.50", "壹仟肆佰零玖元伍角整"},
    {"6007.14", "陆仟零柒元壹角肆分"},
    {"1680.32", "壹仟陆佰捌拾元叁角贰分"},
    {"16409.02", "壹万陆仟肆佰零玖元零贰分"},
    {"325.04", "叁佰贰拾伍元零肆分"},
    {"1000.05", "壹仟元零伍分"},
    {"-12.3", "负壹拾贰元叁角整"},
    {"-0.004", "零元整"},
    {"0.005", "壹分"},
    {"-0.005", "负壹分"},
    {"1.994999", "壹元玖角玖分"},
    {"1.995", "贰元整"},
};

static void amounts_are_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_decimal amount;
        tb_buffer words;
        tb_buffer_init(&words, 1 << 10);
        assert_true(tb_decimal_parse(tb_str_of(cases[i][0]), &amount));
        assert_true(tb_rmb_append(&words, amount));
        assert_string_equal(tb_buffer_get(&words).data, cases[i][1]);
        tb_buffer_done(&words);
    }
}

static void too_large_is_refused(void **state)
{
    (void)state;
    static const char *const amounts[] = {"9999999999999999.995", "10000000000000000",
                                          "-10000000000000000",
                                          "99999999999999999999999999999999999999"};
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        tb_decimal amount;
        tb_buffer words;
        tb_buffer_init(&words, 1 << 10);
        assert_true(tb_decimal_parse(tb_str_of(amounts[i]), &amount));
        assert_false(tb_rmb_append(&words, amount));
        assert_int_equal(words.size, 0);
        tb_buffer_done(&words);
    }
}

static int place_of(const char *const *signs, int count, tb_str rest)
{
    for (int i = 0; i < count; i++) {
        if (tb_str_starts(rest, tb_str_of(signs[i])))
            return i;
    }
    return -1;
}

/* Reads words back: 分, which a person could do too. */
static int64_t read_words(tb_str words)
{
    static const char *const digits[] = {"零", "壹", "贰", "叁", "肆",
                                         "伍", "陆", "柒", "捌", "玖"};
    static const char *const units[] = {"拾", "佰", "仟", "万", "亿", "元", "角", "分", "整"};
    static const int64_t factors[] = {10, 100, 1000};
    int64_t below_yi = 0, below_wan = 0, total = 0, cents = 0, digit = 0;
    for (size_t at = 0; at < words.size; at += 3) {
        tb_str rest = tb_str_slice(words, at, words.size);
        int value = place_of(digits, 10, rest), unit = place_of(units, 9, rest);
        assert_true(value >= 0 || unit >= 0);
        if (value >= 0) {
            digit = value;
            continue;
        }
        if (unit < 3)
            below_wan += digit * factors[unit];
        else if (unit == 3)
            below_yi += (below_wan + digit) * 10000;
        else if (unit == 4)
            total += (below_yi + below_wan + digit) * 100000000;
        else if (unit == 5)
            total += below_yi + below_wan + digit;
        else if (unit < 8)
            cents += digit * (unit == 6 ? 10 : 1);
        if (unit == 3 || unit == 4)
            below_wan = 0;
        if (unit == 4)
            below_yi = 0;
        digit = 0;
    }
    return total * 100 + cents;
}

/* Random amounts with many zeros are the same when they are read back. */
static void words_are_read_back(void **state)
{
    (void)state;
    uint64_t seed = 11;
    print_message("seed %d\n", (int)seed);
    for (int round = 0; round < 100000; round++) {
        int64_t cents = 0;
        for (int i = 0; i < round % 18 + 1; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            int digit = (int)(seed >> 33) % 20;
            cents = cents * 10 + (digit > 9 ? 0 : digit);
        }
        tb_buffer words;
        tb_buffer_init(&words, 1 << 10);
        assert_true(tb_rmb_append(&words, (tb_decimal){cents, 2}));
        assert_true(read_words(tb_buffer_get(&words)) == cents);
        assert_true(tb_str_find(tb_buffer_get(&words), TB_STR("零零")) < 0);
        tb_buffer_done(&words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(amounts_are_written),
                                       cmocka_unit_test(words_are_read_back),
                                       cmocka_unit_test(too_large_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
