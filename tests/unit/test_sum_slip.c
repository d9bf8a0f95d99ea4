/*
 * The probable slip in a single sum, in words. Each row is a total and its parts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rule/sum_slip.h"

#define MAX_PARTS 5

typedef struct sum_case {
    const char *total;
    const char *parts[MAX_PARTS];
    const char *words;
} sum_case;

static const sum_case cases[] = {
    {"60.50", {"10.50", "20", "30"}, ""},
    {"0.3", {"0.1", "0.2"}, ""},
    {"0", {NULL}, ""},
    {"7279.07", {"6648.67", "648.40"}, "合计：可能把7,297.07误写为7,279.07（9和7颠倒）"},
    {"5833.95", {"2472.95", "3090", "1"}, "第1个分项：可能把2,742.95误写为2,472.95（7和4颠倒）"},
    {"119.03", {"12.30", "100", "7"}, "第1个分项：可能把12.03误写为12.30（0和3颠倒）"},
    {"123.5", {"100", "-20.5", "3"}, "第2个分项：可能把20.5误写为-20.5（正负号写反）"},
    {"5833.95", {"2742.95", "309", "1"}, "第2个分项：可能把3,090.00误写为309.00（小数点错了一位）"},
    {"5833.95",
     {"27429500", "3090", "1"},
     "第1个分项：可能把2,742.95误写为27,429,500.00（元和万元弄混）"},
    {"589.44", {"512.34", "77.1", "3.6"}, "合计：应为593.04，可能漏加了第3个分项的3.60"},
    {"670.14", {"512.34", "77.1", "3.6"}, "合计：应为593.04，可能把第2个分项的77.10加了两次"},
    {"15", {"5", "5", "10"}, "合计：应为20，可能漏加了其中一行"},
    {"600.17", {"512.34", "77.1", "3.6"}, "合计比分项之和多7.13，看不出是哪一处笔误"},
    {"333.33", {"111.11", "222.22", "9"}, "合计：应为342.33，可能漏加了第3个分项的9.00"},
    {"78", {"21", "43", "5"}, "合计比分项之和多9，看不出是哪一处笔误"},
    {"10", {NULL}, "合计比分项之和多10，看不出是哪一处笔误"},
};

static void slips_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tb_decimal total, parts[MAX_PARTS];
        size_t count = 0;
        tb_buffer words;
        tb_buffer_init(&words, 1 << 12);
        assert_true(tb_decimal_parse(tb_str_of(cases[i].total), &total));
        for (; count < MAX_PARTS && cases[i].parts[count] != NULL; count++)
            assert_true(tb_decimal_parse(tb_str_of(cases[i].parts[count]), &parts[count]));
        assert_true(tb_sum_slip_tell(&words, TB_LANGUAGE_ZH, total, parts, count));
        assert_string_equal(words.size == 0 ? "" : tb_buffer_get(&words).data, cases[i].words);
        tb_buffer_done(&words);
    }
}

/* Numbers that can't be added, and such that are too long for looking at their digits. */
static void extremes_are_safe(void **state)
{
    (void)state;
    tb_decimal huge, tiny, difference;
    tb_sum_slip slip;
    assert_true(tb_decimal_parse(TB_STR("9e37"), &huge));
    assert_true(tb_decimal_parse(TB_STR("1e-34"), &tiny));
    tb_decimal parts[] = {huge, huge};
    assert_int_equal(tb_sum_slip_find(huge, parts, 2, &difference, &slip), TB_SUM_OVERFLOW);
    tb_decimal fine[] = {tiny, tb_decimal_of(1000)};
    assert_int_equal(tb_sum_slip_find(tb_decimal_of(1001), fine, 2, &difference, &slip),
                     TB_SUM_UNEXPLAINED);
}

/* Random sums with one slip in them: what is named always repairs the sum, and it is nearly always
 * the slip that was made. */
static void what_is_named_repairs_the_sum(void **state)
{
    (void)state;
    enum { ROUNDS = 5000 };
    static tb_number_slip proposals[TB_SLIP_MAX_PROPOSALS];
    uint64_t seed = 5;
    int named = 0, right = 0;
    print_message("seed %d\n", (int)seed);
    for (int round = 0; round < ROUNDS; round++) {
        tb_decimal numbers[MAX_PARTS + 1], total, difference; /* the parts and the total */
        for (int i = 0; i < MAX_PARTS; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            numbers[i] = (tb_decimal){(int64_t)(seed >> 40) % 10000000 + 1, 2};
        }
        assert_true(tb_sum_exact(numbers, MAX_PARTS, &numbers[MAX_PARTS]));
        size_t place = (size_t)(seed >> 33) % (MAX_PARTS + 1);
        size_t count = tb_slip_propose((tb_written_number){numbers[place], 2, 0}, proposals);
        tb_decimal meant = numbers[place];
        numbers[place] = proposals[(seed >> 13) % count].value;
        tb_sum_slip slip;
        tb_sum_verdict verdict =
            tb_sum_slip_find(numbers[MAX_PARTS], numbers, MAX_PARTS, &difference, &slip);
        if (verdict != TB_SUM_SLIP)
            continue;
        size_t found = slip.place == TB_SUM_TOTAL ? MAX_PARTS : slip.place;
        numbers[found] = slip.slip.value;
        assert_true(tb_sum_exact(numbers, MAX_PARTS, &total));
        assert_int_equal(tb_decimal_compare(total, numbers[MAX_PARTS]), 0);
        named++;
        right += found == place && tb_decimal_compare(slip.slip.value, meant) == 0;
    }
    print_message("%d of %d named, %d of these right\n", named, ROUNDS, right);
    assert_true(named > ROUNDS * 8 / 10);
    assert_true(right > named * 99 / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(slips_are_told),
                                       cmocka_unit_test(what_is_named_repairs_the_sum),
                                       cmocka_unit_test(extremes_are_safe)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
