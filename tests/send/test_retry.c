/*
 * When to try again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "send/problem.h"
#include "send/retry.h"

static void bounds_double_up_to_a_quarter_of_an_hour(void **state)
{
    (void)state;
    static const int64_t bounds[] = {2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 512000};
    for (unsigned i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
        assert_int_equal(tb_retry_bound(i + 1), bounds[i]);
    assert_int_equal(tb_retry_bound(10), 900000);
    assert_int_equal(tb_retry_bound(4000000000u), 900000);
}

static void waits_are_anywhere_below_the_bound(void **state)
{
    (void)state;
    assert_int_equal(tb_retry_wait(1, -1, 0), 0);
    assert_int_equal(tb_retry_wait(1, -1, 2000), 2000);
    assert_int_equal(tb_retry_wait(1, -1, 2001), 0);
    for (uint64_t chance = 1; chance != 0; chance <<= 1) {
        int64_t wait = tb_retry_wait(5, -1, chance * 0x9E3779B97F4A7C15u);
        assert_in_range(wait, 0, 32000);
    }
}

static void the_servers_wish_wins(void **state)
{
    (void)state;
    assert_int_equal(tb_retry_wait(1, 120000, 7), 120000);
    assert_int_equal(tb_retry_wait(20, 0, 7), 0);
}

static const struct {
    int status;
    tb_problem problem;
    tb_actor actor;
    bool hits_all;
} rows[] = {
    {200, TB_PROBLEM_NONE, TB_ACTOR_TIME, false},
    {302, TB_PROBLEM_REDIRECT, TB_ACTOR_OFFICE, true},
    {307, TB_PROBLEM_REDIRECT, TB_ACTOR_OFFICE, true},
    {400, TB_PROBLEM_REFUSED, TB_ACTOR_OFFICE, false},
    {401, TB_PROBLEM_PASSWORD, TB_ACTOR_USER, true},
    {403, TB_PROBLEM_FORBIDDEN, TB_ACTOR_OFFICE, true},
    {404, TB_PROBLEM_NO_FOLDER, TB_ACTOR_OFFICE, true},
    {408, TB_PROBLEM_BUSY, TB_ACTOR_TIME, true},
    {413, TB_PROBLEM_TOO_LARGE, TB_ACTOR_OFFICE, false},
    {415, TB_PROBLEM_REFUSED, TB_ACTOR_OFFICE, false},
    {425, TB_PROBLEM_BUSY, TB_ACTOR_TIME, true},
    {429, TB_PROBLEM_BUSY, TB_ACTOR_TIME, true},
    {500, TB_PROBLEM_SERVER_ERROR, TB_ACTOR_TIME, false},
    {502, TB_PROBLEM_SERVER_ERROR, TB_ACTOR_TIME, false},
    {503, TB_PROBLEM_BUSY, TB_ACTOR_TIME, true},
    {504, TB_PROBLEM_SERVER_ERROR, TB_ACTOR_TIME, false},
    {507, TB_PROBLEM_NO_ROOM, TB_ACTOR_OFFICE, true},
    {199, TB_PROBLEM_PROTOCOL, TB_ACTOR_OFFICE, true},
    {999, TB_PROBLEM_PROTOCOL, TB_ACTOR_OFFICE, true},
};

static void statuses_have_their_meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tb_problem problem = tb_problem_of_status(rows[i].status);
        const tb_problem_facts *facts = tb_problem_get(problem);
        assert_int_equal(problem, rows[i].problem);
        assert_int_equal(facts->actor, rows[i].actor);
        assert_int_equal(facts->hits_all, rows[i].hits_all);
    }
}

static void problems_are_found_by_their_names(void **state)
{
    (void)state;
    for (int i = 0; i < TB_PROBLEM_COUNT; i++) {
        const tb_problem_facts *facts = tb_problem_get((tb_problem)i);
        assert_int_equal(tb_problem_find(tb_str_of(facts->name)), i);
    }
}

static void details_are_cut_at_whole_characters(void **state)
{
    (void)state;
    char text[3 * TB_DETAIL_SIZE + 1], detail[TB_DETAIL_SIZE];
    for (size_t i = 0; i < TB_DETAIL_SIZE; i++)
        memcpy(text + 3 * i, "填", 3);
    text[3 * TB_DETAIL_SIZE] = '\0';
    tb_detail_set(detail, text);
    assert_int_equal(strlen(detail), 255);
    tb_detail_set(detail, text + 3 * TB_DETAIL_SIZE - 3);
    assert_string_equal(detail, "填");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_double_up_to_a_quarter_of_an_hour),
        cmocka_unit_test(waits_are_anywhere_below_the_bound),
        cmocka_unit_test(the_servers_wish_wins),
        cmocka_unit_test(statuses_have_their_meaning),
        cmocka_unit_test(problems_are_found_by_their_names),
        cmocka_unit_test(details_are_cut_at_whole_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
