/*
 * What was reached against a target. Each row: both texts, whether it is met, and what it scores
 * of 10 points; "-": can't be compared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "form/achievement.h"

typedef struct achievement_case {
    const char *actual, *target;
    const char *meets; /* yes, no, - */
    const char *score; /* proportional */
} achievement_case;

static const achievement_case cases[] = {
    {"98%", "≥98%", "yes", "10"},
    {"97.9%", "≥98%", "no", "9.989795918367346938775510204"},
    {"0.98", "≥98%", "yes", "10"},
    {"98", "≥98%", "yes", "10"},
    {"49", "≥98%", "no", "5"},
    {"1", "≥98%", "yes", "10"},
    {"1.05", "≥98%", "yes", "10"},
    {"2", "≤1%", "no", "5"},
    {"105%", "≥98%", "yes", "10"},
    {"3‰", "≤0.5%", "yes", "10"},
    {"0.5%", "≤4‰", "no", "8"},
    {"-5", "≥10户", "no", "0"},
    {"0", "≥10户", "no", "0"},
    {"39614", "≥39614户", "yes", "10"},
    {"39614户", "≥39614户", "yes", "10"},
    {"39614栋", "≥39614户", "-", ""},
    {"75", "≤80万元", "yes", "10"},
    {"750000元", "≤80万元", "yes", "10"},
    {"100万", "≤80万元", "no", "8"},
    {"100万元", "≤80万元", "no", "8"},
    {"80", "<80万元", "no", "10"},
    {"80", ">80万元", "no", "10"},
    {"79.99", "<80万元", "yes", "10"},
    {"12", "=12个", "yes", "10"},
    {"6", "=12个", "no", "5"},
    {"24", "=12个", "no", "5"},
    {"1", "≤0起", "no", "0"},
    {"0", "≤0起", "yes", "10"},
    {"70%", "60%–80%", "yes", "10"},
    {"30%", "60%–80%", "no", "5"},
    {"100%", "60%–80%", "no", "8"},
    {"25日", "30日内", "yes", "10"},
    {"25", "30日内", "yes", "10"},
    {"60", "30日内", "no", "5"},
    {"98％", "不低于98％", "yes", "10"},
    {"12", "12个", "-", ""},
    {"98%", "有效保障", "-", ""},
    {"有效保障", "≥98%", "-", ""},
    {"", "≥98%", "-", ""},
    {"98%", "", "-", ""},
    {"60%–80%", "≥50%", "-", ""},
    {"75万", "≥50%", "-", ""},
};

static void check_case(tb_arena *arena, const achievement_case *row)
{
    tb_str actual = tb_str_of(row->actual), target = tb_str_of(row->target);
    tb_decimal score = tb_decimal_of(-1), expected, ten = tb_decimal_of(10);
    bool met = false, comparable = row->meets[0] != '-';
    print_message("%s %s\n", row->actual, row->target);
    assert_int_equal(tb_achievement_meets(arena, actual, target, &met), comparable);
    assert_int_equal(
        tb_achievement_score(arena, actual, target, ten, TB_SCORE_PROPORTIONAL, &score),
        comparable);
    if (!comparable)
        return;
    assert_int_equal(met, row->meets[0] == 'y');
    assert_true(tb_decimal_parse(tb_str_of(row->score), &expected));
    assert_int_equal(tb_decimal_compare(score, expected), 0);
    assert_true(tb_achievement_score(arena, actual, target, ten, TB_SCORE_ALL_OR_NOTHING, &score));
    assert_int_equal(tb_decimal_compare(score, tb_decimal_of(met ? 10 : 0)), 0);
}

static void the_cases_hold(void **state)
{
    (void)state;
    tb_arena arena;
    tb_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_case(&arena, &cases[i]);
    tb_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_cases_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
