/*
 * Number formats: what codes say. Rows: code, class, decimals.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sheet/format.h"

static const struct {
    const char *code;
    tb_format_class class_;
    int decimals;
} codes[] = {
    {"General", TB_FORMAT_GENERAL, TB_DECIMALS_ANY},
    {"", TB_FORMAT_GENERAL, TB_DECIMALS_ANY},
    {"0", TB_FORMAT_NUMBER, 0},
    {"#,##0.00", TB_FORMAT_NUMBER, 2},
    {"[$-804]#,##0.00;[Red]-0.0", TB_FORMAT_NUMBER, 2},
    {"0.0##", TB_FORMAT_NUMBER, 3},
    {"0.00\"年 0.0\"", TB_FORMAT_NUMBER, 2},
    {"[$-804]0.00%", TB_FORMAT_PERCENT, 2},
    {"[$¥-804]#,##0.00", TB_FORMAT_CURRENCY, 2},
    {"¥#,##0", TB_FORMAT_CURRENCY, 0},
    {"yyyy\"年\"m\"月\"d\"日\"", TB_FORMAT_DATE, TB_DECIMALS_ANY},
    {"[h]:mm:ss", TB_FORMAT_DATE, TB_DECIMALS_ANY},
    {"h:mm AM/PM", TB_FORMAT_DATE, TB_DECIMALS_ANY},
    {"0.00E+00", TB_FORMAT_SCIENTIFIC, 2},
    {"# ?/?", TB_FORMAT_FRACTION, TB_DECIMALS_ANY},
    {"@", TB_FORMAT_TEXT, TB_DECIMALS_ANY},
    {"BOOLEAN", TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY},
    {"_-* #,##0.00_-", TB_FORMAT_NUMBER, 2},
};

static void codes_are_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        tb_number_format format = tb_format_of_code(tb_str_of(codes[i].code));
        assert_int_equal(format.class_, codes[i].class_);
        assert_int_equal(format.decimals, codes[i].decimals);
    }
}

static void builtin_numbers_are_known(void **state)
{
    (void)state;
    assert_int_equal(tb_format_of_builtin(4).decimals, 2);
    assert_int_equal(tb_format_of_builtin(9).class_, TB_FORMAT_PERCENT);
    assert_int_equal(tb_format_of_builtin(57).class_, TB_FORMAT_DATE);
    assert_int_equal(tb_format_of_builtin(49).class_, TB_FORMAT_TEXT);
    assert_int_equal(tb_format_of_builtin(999).class_, TB_FORMAT_GENERAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_understood),
        cmocka_unit_test(builtin_numbers_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
