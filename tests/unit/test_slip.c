/*
 * The probable slip: what is said, and where nothing may be said. Each row is a form of sums.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "rule/slip.h"

#include "sums.h"

typedef struct slip_case {
    const char *name;
    const char *values[SUMS_FIELDS]; /* 甲 乙 丙 总计 账面数, in B2 to B6 */
    const char *cell;                /* that is blamed; NULL: nothing is wrong */
    const char *hint;                /* empty: no slip may be named */
} slip_case;

static const slip_case cases[] = {
    {"balanced", {"10.50", "20", "30", "60.50", "60.50"}, NULL, ""},
    {"adjacent digits of the total",
     {"6648.67", "648.40", "0", "7279.07", "7297.07"},
     "B5",
     "可能把7,297.07误写为7,279.07（9和7颠倒）"},
    {"distant digits of the total",
     {"1200.35", "800", "3", "5003.32", "2003.35"},
     "B5",
     "可能把2,003.35误写为5,003.32（2和5颠倒）"},
    {"digits of an addend",
     {"2472.95", "3090", "1", "5833.95", "5833.95"},
     "B2",
     "B2：可能把2,742.95误写为2,472.95（7和4颠倒）"},
    {"digits at the end, which a number does not keep",
     {"12.30", "100", "7", "119.03", "119.03"},
     "B2",
     "B2：可能把12.03误写为12.30（0和3颠倒）"},
    {"sign",
     {"100", "-20.5", "3", "123.5", "123.5"},
     "B3",
     "B3：可能把20.50误写为-20.50（正负号写反）"},
    {"ten times too small",
     {"2742.95", "309", "1", "5833.95", "5833.95"},
     "B3",
     "B3：可能把3,090.00误写为309.00（小数点错了一位）"},
    {"a hundred times too large",
     {"2742.95", "309000", "1", "5833.95", "5833.95"},
     "B3",
     "B3：可能把3,090.00误写为309,000.00（小数点错了两位）"},
    {"元 for 万元",
     {"27429500", "3090", "1", "5833.95", "5833.95"},
     "B2",
     "B2：可能把2,742.95误写为27,429,500.00（元和万元弄混）"},
    {"an addend left out",
     {"512.34", "77.1", "3.6", "589.44", "593.04"},
     "B5",
     "应为593.04，可能漏加了B4的3.60"},
    {"an addend counted twice",
     {"512.34", "77.1", "3.6", "670.14", "593.04"},
     "B5",
     "应为593.04，可能把B3的77.10加了两次"},
    {"no slip gives the total", {"512.34", "77.1", "3.6", "600.17", "593.04"}, "B5", ""},
    {"divisible by nine, but no swap repairs it",
     {"111.11", "222.22", "0", "342.33", "333.33"},
     "B5",
     ""},
    {"a swap that would have been written to three places",
     {"4.10", "4.07", "0", "0.178", "8.17"},
     "B5",
     ""},
    {"either of two addends could be swapped", {"21", "43", "5", "78", "78"}, "B5", ""},
};

static void check_case(const slip_case *row)
{
    const tb_result *result = sums_check(row->values);
    const tb_finding *root = sums_root(result);
    char cell[TB_CELL_NAME_SIZE];
    print_message("%s\n", row->name);
    if (row->cell == NULL) {
        assert_null(root);
        return;
    }
    assert_non_null(root);
    assert_int_equal(result->counts.by_severity[TB_ERROR_SEVERITY], 1);
    assert_string_equal(tb_cell_name(root->at.row, root->at.column, cell).data, row->cell);
    assert_int_equal(root->hint.size, strlen(row->hint));
    assert_memory_equal(root->hint.data, row->hint, root->hint.size);
}

static void test_slips(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_case(&cases[i]);
}

/* Swapped digits side by side are no likelier than others. */
static void test_ranks(void **state)
{
    (void)state;
    assert_int_equal(tb_slip_rank(TB_SLIP_SWAPPED_ADJACENT), tb_slip_rank(TB_SLIP_SWAPPED));
    assert_true(tb_slip_rank(TB_SLIP_SWAPPED) < tb_slip_rank(TB_SLIP_SIGN));
    assert_true(tb_slip_rank(TB_SLIP_SIGN) < tb_slip_rank(TB_SLIP_TENFOLD));
    assert_int_equal(tb_slip_rank(TB_SLIP_TENFOLD), tb_slip_rank(TB_SLIP_WAN));
    assert_true(tb_slip_rank(TB_SLIP_WAN) < tb_slip_rank(TB_SLIP_LEFT_OUT));
    assert_int_equal(tb_slip_rank(TB_SLIP_LEFT_OUT), tb_slip_rank(TB_SLIP_DOUBLED));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_slips), cmocka_unit_test(test_ranks)};
    if (argc < 2)
        return 2;
    sums_begin(argv[1]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sums_end();
    return failed;
}
