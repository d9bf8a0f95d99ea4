/*
 * Functions of truth and of kinds of values. Those without a body become jumps in
 * rule/parser_call.c.
 */
#include "rule/functions.h"

static tb_value call_not(const tb_call *call)
{
    bool truth;
    tb_value failure;
    if (!tb_call_boolean(call, 0, &truth, &failure))
        return failure;
    return tb_value_of_boolean(!truth);
}

/* TRUE when an odd number of arguments is; blanks and texts that were read count as nothing. */
static tb_value call_xor(const tb_call *call)
{
    bool odd = false, any = false, truth;
    for (size_t i = 0; i < call->argument_count; i++) {
        const tb_value *values;
        size_t count = tb_call_elements(call, i, &values);
        for (size_t j = 0; j < count; j++) {
            tb_value_error error = TB_VALUE_ERROR_VALUE;
            bool text = values[j].type == TB_VALUE_TEXT;
            if (values[j].type == TB_VALUE_BLANK || (text && values[j].origin != NULL))
                continue;
            if (text || !tb_value_to_boolean(&values[j], &truth, &error))
                return tb_value_of_error(error);
            odd ^= truth;
            any = true;
        }
    }
    return any ? tb_value_of_boolean(odd) : tb_value_of_error(TB_VALUE_ERROR_VALUE);
}

static tb_value call_true(const tb_call *call)
{
    (void)call;
    return tb_value_of_boolean(true);
}

static tb_value call_false(const tb_call *call)
{
    (void)call;
    return tb_value_of_boolean(false);
}

static tb_value call_na(const tb_call *call)
{
    (void)call;
    return tb_value_of_error(TB_VALUE_ERROR_NA);
}

static tb_value call_iserror(const tb_call *call)
{
    return tb_value_of_boolean(call->arguments[0].type == TB_VALUE_ERROR);
}

static tb_value call_isna(const tb_call *call)
{
    return tb_value_of_boolean(call->arguments[0].type == TB_VALUE_ERROR &&
                               call->arguments[0].as.error == TB_VALUE_ERROR_NA);
}

static tb_value call_isblank(const tb_call *call)
{
    return tb_value_of_boolean(call->arguments[0].type == TB_VALUE_BLANK);
}

static tb_value call_isnumber(const tb_call *call)
{
    return tb_value_of_boolean(call->arguments[0].type == TB_VALUE_NUMBER ||
                               call->arguments[0].type == TB_VALUE_BOOLEAN);
}

static tb_value call_istext(const tb_call *call)
{
    return tb_value_of_boolean(call->arguments[0].type == TB_VALUE_TEXT);
}

static tb_value call_islogical(const tb_call *call)
{
    return tb_value_of_boolean(call->arguments[0].type == TB_VALUE_BOOLEAN);
}

const tb_function tb_functions_logic[] = {
    {"IF", 2, 3, TB_FUNCTION_LAZY, NULL, NULL},
    {"AND", 1, 255, TB_FUNCTION_LAZY, NULL, NULL},
    {"OR", 1, 255, TB_FUNCTION_LAZY, NULL, NULL},
    {"IFERROR", 2, 2, TB_FUNCTION_LAZY, NULL, NULL},
    {"IFNA", 2, 2, TB_FUNCTION_LAZY, NULL, NULL},
    {"CHOOSE", 2, 255, TB_FUNCTION_LAZY, NULL, NULL},
    {"NOT", 1, 1, 0, call_not, NULL},
    {"XOR", 1, 255, TB_FUNCTION_TAKES_ARRAYS, call_xor, NULL},
    {"TRUE", 0, 0, 0, call_true, NULL},
    {"FALSE", 0, 0, 0, call_false, NULL},
    {"NA", 0, 0, 0, call_na, NULL},
    {"ISERROR", 1, 1, TB_FUNCTION_TAKES_ERRORS, call_iserror, NULL},
    {"ISNA", 1, 1, TB_FUNCTION_TAKES_ERRORS, call_isna, NULL},
    {"ISBLANK", 1, 1, TB_FUNCTION_TAKES_ERRORS, call_isblank, NULL},
    {"ISNUMBER", 1, 1, TB_FUNCTION_TAKES_ERRORS, call_isnumber, NULL},
    {"ISTEXT", 1, 1, TB_FUNCTION_TAKES_ERRORS, call_istext, NULL},
    {"ISLOGICAL", 1, 1, TB_FUNCTION_TAKES_ERRORS, call_islogical, NULL},
};
const size_t tb_functions_logic_count = sizeof tb_functions_logic / sizeof tb_functions_logic[0];
