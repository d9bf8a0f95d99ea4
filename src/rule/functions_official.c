/*
 * Functions of what official forms write: codes with a check character, amounts in words.
 */
#include "base/limits.h"
#include "rule/functions.h"
#include "rule/identity.h"
#include "rule/rmb.h"

typedef bool identity_test(tb_str text);

static tb_value test_identity(const tb_call *call, identity_test *test)
{
    tb_str text;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure))
        return failure;
    return tb_value_of_boolean(test(text));
}

static tb_value call_uscc(const tb_call *call)
{
    return test_identity(call, tb_identity_is_credit_code);
}

static tb_value call_idcard(const tb_call *call)
{
    return test_identity(call, tb_identity_is_citizen_number);
}

static tb_value call_rmb(const tb_call *call)
{
    tb_decimal amount;
    tb_value result;
    if (!tb_call_number(call, 0, &amount, &result))
        return result;
    tb_buffer words;
    tb_buffer_init(&words, TB_MAX_VALUE_SIZE);
    bool fits = tb_rmb_append(&words, amount);
    tb_str text = tb_arena_dup(call->environment->scratch, tb_buffer_get(&words));
    if (!fits)
        result = tb_value_of_error(TB_VALUE_ERROR_NUM);
    else if (words.failed || text.data == NULL)
        result = tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    else
        result = tb_value_of_text(text);
    tb_buffer_done(&words);
    return result;
}

const tb_function tb_functions_official[] = {
    {"IDCARD", 1, 1, 0, call_idcard, NULL},
    {"RMB", 1, 1, 0, call_rmb, NULL},
    {"USCC", 1, 1, 0, call_uscc, NULL},
};
const size_t tb_functions_official_count =
    sizeof tb_functions_official / sizeof tb_functions_official[0];
