/*
 * What a check left open, by rule and by field. Each row: a name and how many findings it has in a
 * form whose total is wrong, its ledger too, and 丙 is blank; -1: the form has no such name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rule/open_findings.h"

#include "sums.h"

static const struct {
    const char *name;
    int count;
} cases[] = {
    {"present", 1}, {"present.c", -1}, {"c", 1},     {"丙", 1},     {"a", 0},
    {"甲", 0},      {"large", 0},      {"total", 1}, {"ledger", 1}, {" 账面数 ", 1},
    {"Ledger", 1},  {"pres", -1},      {"", -1},     {"没有", -1},
};

static void names_are_counted(void **state)
{
    (void)state;
    const tb_result *result = sums_check((const char *[]){"1", "2", NULL, "9", "8"});
    tb_arena arena;
    tb_open_findings open;
    tb_arena_init(&arena, 1 << 20);
    assert_true(tb_open_findings_gather(&arena, result, &open));
    sums_check((const char *[]){"1", "1", "1", "3", "3"}); /* the first result is gone now */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count = 0;
        print_message("%s\n", cases[i].name);
        bool known = tb_open_findings_count(&open, tb_str_of(cases[i].name), &count);
        assert_int_equal(known ? (int)count : -1, cases[i].count);
    }
    assert_int_equal(open.by_severity[TB_ERROR_SEVERITY], 2);
    assert_int_equal(open.by_severity[TB_WARNING_SEVERITY], 0);
    tb_arena_done(&arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_counted)};
    if (argc < 2)
        return 2;
    sums_begin(argv[1]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sums_end();
    return failed;
}
