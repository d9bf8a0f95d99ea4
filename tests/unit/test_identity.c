/*
 * Codes with a check character. All numbers are invented: no region begins with 9901.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rule/identity.h"

typedef struct identity_case {
    const char *text;
    bool is_credit_code, is_citizen_number;
} identity_case;

static const identity_case cases[] = {
    {"12410000MB00000010", true, false},
    {"12410000MB0000020Y", true, false},
    {"91410100MA0000000T", true, false},
    {" 91410100\nma0000000t ", true, false},
    {"９１４１０１００ＭＡ０００００００Ｔ", true, false},
    {"91410100MA0000000U", false, false},
    {"91410100MA0O00000T", false, false},
    {"9141010AMA0000000T", false, false},
    {"91410100MA0000000TT", false, false},
    {"99010119900307901X", false, true},
    {"99010119900307901x", false, true},
    {"990101202402299006", false, true},
    {"990101202302299009", false, false}, /* no such day */
    {"990101199003079002", false, false},
    {"9901011990030790X1", false, false},
    {"99010119900307900", false, false},
    {"990101900307900", false, false},
    {"", false, false},
    {"统一社会信用代码统一社会信用代码一二", false, false},
};

static void texts_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        print_message("%s\n", cases[i].text);
        assert_int_equal(tb_identity_is_credit_code(tb_str_of(cases[i].text)),
                         cases[i].is_credit_code);
        assert_int_equal(tb_identity_is_citizen_number(tb_str_of(cases[i].text)),
                         cases[i].is_citizen_number);
    }
}

/* A check character finds every single wrong character and every two neighbours swapped. */
static void a_slip_is_always_found(void **state)
{
    (void)state;
    static const char code[] = "91410100MA0000000T", number[] = "99010119900307901X";
    for (size_t i = 0; i < 18; i++) {
        for (const char *c = "0123456789ABCDEFGHJKLMNPQRTUWXY"; *c != '\0'; c++) {
            char changed[19];
            memcpy(changed, code, sizeof code);
            changed[i] = *c;
            assert_int_equal(tb_identity_is_credit_code(tb_str_of(changed)), *c == code[i]);
            memcpy(changed, number, sizeof number);
            changed[i] = *c;
            assert_int_equal(tb_identity_is_citizen_number(tb_str_of(changed)), *c == number[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_told_apart),
                                       cmocka_unit_test(a_slip_is_always_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
