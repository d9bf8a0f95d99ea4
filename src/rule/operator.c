/*
 * The operators, on scalars and on each element of arrays.
 */
#include "rule/operator.h"

#include <string.h>

#include "base/limits.h"
#include "rule/functions.h"

/* ---- operators on scalars ---- */

static tb_value calculate(tb_opcode op, tb_decimal a, tb_decimal b)
{
    tb_decimal result;
    bool done = false;
    switch (op) {
    case TB_OP_ADD:
        done = tb_decimal_add_rounded(a, b, &result);
        break;
    case TB_OP_SUBTRACT:
        done = tb_decimal_add_rounded(a, tb_decimal_negate(b), &result);
        break;
    case TB_OP_MULTIPLY:
        done = tb_decimal_multiply_rounded(a, b, &result);
        break;
    case TB_OP_DIVIDE:
        if (tb_decimal_sign(b) == 0)
            return tb_value_of_error(TB_VALUE_ERROR_DIV0);
        done = tb_decimal_divide(a, b, &result);
        break;
    default:
        return tb_number_power(a, b);
    }
    return done ? tb_value_of_number(result) : tb_value_of_error(TB_VALUE_ERROR_NUM);
}

static tb_value join(tb_work *work, const tb_value *a, const tb_value *b)
{
    tb_str left, right;
    tb_value_error error;
    tb_arena *scratch = work->scratch;
    if (!tb_value_to_text(a, scratch, &left, &error) ||
        !tb_value_to_text(b, scratch, &right, &error))
        return tb_value_of_error(error);
    if (left.size + right.size > TB_MAX_VALUE_SIZE)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    char *text = tb_arena_alloc(scratch, left.size + right.size + 1);
    if (text == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    if (left.size > 0)
        memcpy(text, left.data, left.size);
    if (right.size > 0)
        memcpy(text + left.size, right.data, right.size);
    work->steps += (left.size + right.size) / TB_TEXT_STEP;
    return tb_value_of_text((tb_str){text, left.size + right.size});
}

static tb_value operate(tb_work *work, tb_opcode op, const tb_value *a, const tb_value *b)
{
    if (a->type == TB_VALUE_ERROR)
        return tb_value_of_error(a->as.error);
    if (b->type == TB_VALUE_ERROR)
        return tb_value_of_error(b->as.error);
    if (op >= TB_OP_EQUAL)
        return tb_value_of_boolean(tb_program_compare(op, a, b));
    if (op == TB_OP_JOIN)
        return join(work, a, b);
    tb_decimal left, right;
    tb_value_error error;
    if (!tb_value_to_number(a, &left, &error) || !tb_value_to_number(b, &right, &error))
        return tb_value_of_error(error);
    return calculate(op, left, right);
}

static tb_value change_sign(tb_opcode op, const tb_value *a)
{
    tb_decimal number;
    tb_value_error error;
    if (!tb_value_to_number(a, &number, &error))
        return tb_value_of_error(error);
    if (op == TB_OP_NEGATE)
        return tb_value_of_number(tb_decimal_negate(number));
    return calculate(TB_OP_MULTIPLY, number, (tb_decimal){1, 2});
}

/* ---- arrays ---- */

tb_value *tb_array_make(tb_work *work, size_t count)
{
    work->steps += count;
    if (work->steps > TB_MAX_FORMULA_STEPS)
        return NULL;
    return tb_arena_room(work->scratch, (count + 1) * sizeof(tb_value));
}

static bool has_other_count(const tb_value *value, size_t count)
{
    return value->type == TB_VALUE_ARRAY && value->as.array.count != count;
}

/* The operator for each element; a scalar goes with each of them. */
static tb_value operate_on_arrays(tb_work *work, tb_opcode op, const tb_value *a, const tb_value *b)
{
    size_t count = a->type == TB_VALUE_ARRAY ? a->as.array.count : b->as.array.count;
    if (has_other_count(b, count))
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    tb_value *results = tb_array_make(work, count);
    if (results == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    for (size_t i = 0; i < count; i++)
        tb_value_put_result(&results[i],
                            operate(work, op, tb_array_element(a, i), tb_array_element(b, i)));
    return tb_value_of_array(count, results);
}

tb_value tb_operator_change_sign(tb_work *work, tb_opcode op, const tb_value *a)
{
    if (a->type != TB_VALUE_ARRAY)
        return change_sign(op, a);
    tb_value *results = tb_array_make(work, a->as.array.count);
    if (results == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    for (size_t i = 0; i < a->as.array.count; i++)
        tb_value_put_result(&results[i], change_sign(op, &a->as.array.values[i]));
    return tb_value_of_array(a->as.array.count, results);
}

tb_value tb_operator_apply(tb_work *work, tb_opcode op, const tb_value *a, const tb_value *b)
{
    return a->type == TB_VALUE_ARRAY || b->type == TB_VALUE_ARRAY
               ? operate_on_arrays(work, op, a, b)
               : operate(work, op, a, b);
}
