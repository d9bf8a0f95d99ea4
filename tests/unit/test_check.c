/*
 * What one check finds on small forms: causes with their followers, and both reports of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "report/report.h"
#include "sums.h"

/* A form and its findings as "rule@cell", a follower as "rule@cell<cause". */
typedef struct cause_case {
    const char *name;
    const char *values[SUMS_FIELDS];
    const char *findings;
} cause_case;

static const cause_case cases[] = {
    {"fine", {"1", "2", "3", "6", "6"}, ""},
    {"a wrong total", {"100.07", "200", "0", "777", "300.07"}, "sum@B5 ledger@B6<1"},
    {"a wrong ledger", {"100.07", "200", "0", "300.07", "777"}, "ledger@B6"},
    {"a blank addend", {NULL, "200", "0", "300.07", "300.07"}, "present@B2 sum@B5<1"},
    {"a text for an addend", {"若干", "200", "0", "300.07", "300.07"}, "number@B2"},
    {"two mistakes", {"100.07", "200", "0", "777", "1234.5"}, "sum@B5 ledger@B6"},
    {"a number that breaks the sum and is too large",
     {"999999", "1", "0", "5", "5"},
     "sum@B2 large@B2<1"},
    {"a warning alone", {"999999", "1", "0", "1000000", "1000000"}, "large@B2"},
};

static void describe(const tb_result *result, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *finding = &result->findings[i];
        char cell[TB_CELL_NAME_SIZE], cause[24] = "";
        if (finding->cause != 0)
            snprintf(cause, sizeof cause, "<%zu", finding->cause);
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s%.*s@%s%s", used > 0 ? " " : "",
                 (int)finding->rule.size, finding->rule.data,
                 tb_cell_name(finding->at.row, finding->at.column, cell).data, cause);
    }
}

static void test_causes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char found[1024];
        print_message("%s\n", cases[i].name);
        describe(sums_check(cases[i].values), found, sizeof found);
        assert_string_equal(found, cases[i].findings);
    }
}

static const char *const wrong_total[SUMS_FIELDS] = {"6648.67", "648.40", "0", "7279.07",
                                                     "7297.07"};

static void test_json(void **state)
{
    (void)state;
    static const char expected[] =
        "{\"file\":\"a.ods\",\"form\":{\"id\":\"sums\",\"version\":\"1\"},\"status\":\"fail\","
        "\"counts\":{\"error\":1,\"warning\":0,\"notice\":0,\"explained\":0},\"findings\":["
        "{\"id\":1,\"rule\":\"sum\",\"severity\":\"error\",\"sheet\":\"表\",\"cell\":\"B5\","
        "\"field\":\"total\",\"place\":\"总计\","
        "\"message\":\"总计为7,279.07，相加为7,297.07，相差18.00。\","
        "\"expected\":\"7297.07\",\"actual\":\"7279.07\",\"difference\":\"-18\","
        "\"hint\":\"可能把7,297.07误写为7,279.07（9和7颠倒）\","
        "\"related\":[{\"sheet\":\"表\",\"cell\":\"B2\"},{\"sheet\":\"表\",\"cell\":\"B3\"},"
        "{\"sheet\":\"表\",\"cell\":\"B4\"}],\"basis\":\"arithmetic\","
        "\"basis_note\":\"总计 = 甲 + 乙 + 丙\",\"explained\":false},";
    tb_buffer out;
    tb_buffer_init(&out, TB_MAX_OUTPUT_SIZE);
    tb_report_json(&out, TB_STR("a.ods"), sums_check(wrong_total), TB_LANGUAGE_ZH);
    assert_true(out.size > sizeof expected);
    assert_memory_equal(out.data, expected, sizeof expected - 1);
    assert_non_null(strstr(out.data, "\"values\":{\"a\":\"6648.67\",\"b\":\"648.4\",\"c\":\"0\","));
    assert_int_equal(out.data[out.size - 1], '\n');
    tb_buffer_done(&out);
}

static void test_text(void **state)
{
    (void)state;
    static const char expected[] = "a.ods：合计表（1），不通过：错误 1\n"
                                   "  错误  表!B5  总计  [sum]\n"
                                   "      总计为7,279.07，相加为7,297.07，相差18.00。\n"
                                   "      推测：可能把7,297.07误写为7,279.07（9和7颠倒）\n"
                                   "      相关单元格：B2、B3、B4\n"
                                   "      由此引起：\n"
                                   "        错误  表!B6  账面数  [ledger]\n"
                                   "            账面数为7,297.07，总计为7,279.07。\n"
                                   "            相关单元格：B5\n";
    tb_buffer out;
    tb_buffer_init(&out, TB_MAX_OUTPUT_SIZE);
    tb_report_text(&out, TB_STR("a.ods"), sums_check(wrong_total), TB_LANGUAGE_ZH);
    assert_string_equal(out.data, expected);
    tb_buffer_done(&out);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_causes),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_text),
    };
    if (argc < 2)
        return 2;
    sums_begin(argv[1]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sums_end();
    return failed;
}
