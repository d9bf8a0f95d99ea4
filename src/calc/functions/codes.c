/*
 * TB_USCC, TB_IDCARD, TB_PHONE: whether a text is one. TB_RMB: an amount in words.
 */
#include "base/limits.h"
#include "calc/functions/answers.h"
#include "calc/functions/argument.h"
#include "calc/functions/result.h"
#include "form/values.h"
#include "rule/identity.h"
#include "rule/rmb.h"

typedef bool text_test(tb_arena *arena, tb_str text);

static bool is_credit_code(tb_arena *arena TB_UNUSED, tb_str text)
{
    return tb_identity_is_credit_code(text);
}

static bool is_citizen_number(tb_arena *arena TB_UNUSED, tb_str text)
{
    return tb_identity_is_citizen_number(text);
}

static tb_status test_text(void *result, void **arguments, text_test *test)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_WORKBOOK_MEMORY);
    *(sal_Int32 *)result = test(&arena, tb_text_utf8(&arena, *(rtl_uString **)arguments[0]));
    tb_arena_done(&arena);
    return TB_OK;
}

tb_status tb_function_uscc(tb_object *self TB_UNUSED, void *result, void **arguments,
                           tb_error *error TB_UNUSED)
{
    return test_text(result, arguments, is_credit_code);
}

tb_status tb_function_idcard(tb_object *self TB_UNUSED, void *result, void **arguments,
                             tb_error *error TB_UNUSED)
{
    return test_text(result, arguments, is_citizen_number);
}

tb_status tb_function_phone(tb_object *self TB_UNUSED, void *result, void **arguments,
                            tb_error *error TB_UNUSED)
{
    return test_text(result, arguments, tb_value_is_phone);
}

tb_status tb_function_rmb(tb_object *self TB_UNUSED, void *result, void **arguments,
                          tb_error *error)
{
    tb_decimal amount;
    tb_buffer words;
    tb_buffer_init(&words, TB_MAX_VALUE_SIZE);
    tb_status status = tb_argument_number(*(double *)arguments[0], &amount, error);
    if (status == TB_OK && !tb_rmb_append(&words, amount))
        status = tb_argument_wrong(error);
    if (status == TB_OK)
        status = tb_result_text(result, &words, error);
    tb_buffer_done(&words);
    return status;
}
