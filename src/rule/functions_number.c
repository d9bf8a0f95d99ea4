/*
 * Functions of single numbers. All exact.
 */
#include "rule/functions.h"

static tb_value number_or_overflow(bool done, tb_decimal number)
{
    return done ? tb_value_of_number(number) : tb_value_of_error(TB_VALUE_ERROR_NUM);
}

static tb_value call_abs(const tb_call *call)
{
    tb_decimal number;
    tb_value failure;
    if (!tb_call_number(call, 0, &number, &failure))
        return failure;
    return tb_value_of_number(tb_decimal_absolute(number));
}

static tb_value call_sign(const tb_call *call)
{
    tb_decimal number;
    tb_value failure;
    if (!tb_call_number(call, 0, &number, &failure))
        return failure;
    return tb_value_of_integer(tb_decimal_sign(number));
}

#define PLACES_MAX 1000 /* beyond any that matters */

/* The arguments of ROUND and its like: a number and the places, 0 when not given. */
static bool read_rounding(const tb_call *call, tb_decimal *ret, int *ret_places,
                          tb_value *ret_failure)
{
    int64_t places = 0;
    if (!tb_call_number(call, 0, ret, ret_failure))
        return false;
    if (call->argument_count > 1 &&
        !tb_call_integer(call, 1, -PLACES_MAX, PLACES_MAX, &places, ret_failure))
        return false;
    *ret_places = (int)places;
    return true;
}

static tb_value call_round(const tb_call *call)
{
    tb_decimal number;
    int places;
    tb_value failure;
    if (!read_rounding(call, &number, &places, &failure))
        return failure;
    bool done = tb_decimal_round(number, places, TB_ROUND_HALF_UP, &number);
    return number_or_overflow(done, number);
}

/* Away from zero. */
static tb_value call_roundup(const tb_call *call)
{
    tb_decimal number;
    int places;
    tb_value failure;
    if (!read_rounding(call, &number, &places, &failure))
        return failure;
    tb_rounding mode = tb_decimal_sign(number) < 0 ? TB_ROUND_FLOOR : TB_ROUND_CEILING;
    bool done = tb_decimal_round(number, places, mode, &number);
    return number_or_overflow(done, number);
}

/* Towards zero; TRUNC is the same. */
static tb_value call_rounddown(const tb_call *call)
{
    tb_decimal number;
    int places;
    tb_value failure;
    if (!read_rounding(call, &number, &places, &failure))
        return failure;
    bool done = tb_decimal_round(number, places, TB_ROUND_DOWN, &number);
    return number_or_overflow(done, number);
}

static tb_value call_int(const tb_call *call)
{
    tb_decimal number;
    tb_value failure;
    if (!tb_call_number(call, 0, &number, &failure))
        return failure;
    bool done = tb_decimal_round(number, 0, TB_ROUND_FLOOR, &number);
    return number_or_overflow(done, number);
}

/* a - b * INT(a / b): what is left has the sign of b. */
static tb_value call_mod(const tb_call *call)
{
    tb_decimal a, b, quotient, product, rest;
    tb_value failure;
    if (!tb_call_number(call, 0, &a, &failure) || !tb_call_number(call, 1, &b, &failure))
        return failure;
    if (tb_decimal_sign(b) == 0)
        return tb_value_of_error(TB_VALUE_ERROR_DIV0);
    bool done = tb_decimal_divide(a, b, &quotient) &&
                tb_decimal_round(quotient, 0, TB_ROUND_FLOOR, &quotient) &&
                tb_decimal_multiply(quotient, b, &product) &&
                tb_decimal_subtract(a, product, &rest);
    return done ? tb_value_of_number(rest) : tb_value_of_error(TB_VALUE_ERROR_NUM);
}

tb_value tb_number_power(tb_decimal base, tb_decimal exponent)
{
    int64_t count;
    tb_decimal result = tb_decimal_of(1);
    if (!tb_decimal_to_int(exponent, &count))
        return tb_value_of_error(TB_VALUE_ERROR_NUM);
    bool inverse = count < 0;
    uint64_t rest = inverse ? -(uint64_t)count : (uint64_t)count;
    for (; rest > 0; rest >>= 1) {
        if ((rest & 1) != 0 && !tb_decimal_multiply_rounded(result, base, &result))
            return tb_value_of_error(TB_VALUE_ERROR_NUM);
        if (rest > 1 && !tb_decimal_multiply_rounded(base, base, &base))
            return tb_value_of_error(TB_VALUE_ERROR_NUM);
    }
    if (inverse && !tb_decimal_divide(tb_decimal_of(1), result, &result))
        return tb_value_of_error(TB_VALUE_ERROR_NUM);
    return tb_value_of_number(result);
}

static tb_value call_power(const tb_call *call)
{
    tb_decimal base, exponent;
    tb_value failure;
    if (!tb_call_number(call, 0, &base, &failure) || !tb_call_number(call, 1, &exponent, &failure))
        return failure;
    return tb_number_power(base, exponent);
}

const tb_function tb_functions_number[] = {
    {"ABS", 1, 1, 0, call_abs, NULL},
    {"SIGN", 1, 1, 0, call_sign, NULL},
    {"ROUND", 1, 2, 0, call_round, NULL},
    {"ROUNDUP", 1, 2, 0, call_roundup, NULL},
    {"ROUNDDOWN", 1, 2, 0, call_rounddown, NULL},
    {"TRUNC", 1, 2, 0, call_rounddown, NULL},
    {"INT", 1, 1, 0, call_int, NULL},
    {"MOD", 2, 2, 0, call_mod, NULL},
    {"POWER", 2, 2, 0, call_power, NULL},
};
const size_t tb_functions_number_count = sizeof tb_functions_number / sizeof tb_functions_number[0];
