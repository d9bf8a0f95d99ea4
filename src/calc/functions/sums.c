/*
 * TB_BALANCED, TB_DIFFERENCE, TB_SLIP, TB_SHARE: a total and its parts, counted in exact decimals.
 */
#include "base/limits.h"
#include "calc/functions/answers.h"
#include "calc/functions/argument.h"
#include "calc/functions/result.h"
#include "rule/sum_slip.h"

/* More digits than this would outrun the 15 that Calc gives of each number. */
#define MAX_SHARE_DIGITS 10

typedef struct sum {
    tb_arena arena;
    tb_decimal total;
    tb_numbers parts;
} sum;

/* The caller gives the arena back, whatever the status. */
static tb_status read_sum(sum *self, double total, const uno_Sequence *parts, tb_error *error)
{
    tb_arena_init(&self->arena, TB_MAX_WORKBOOK_MEMORY);
    tb_status status = tb_argument_number(total, &self->total, error);
    return status == TB_OK ? tb_argument_numbers(&self->arena, parts, &self->parts, error) : status;
}

/* total - sum of the parts */
static tb_status read_difference(double total, const uno_Sequence *parts, tb_decimal *ret,
                                 tb_error *error)
{
    sum self;
    tb_decimal added;
    tb_status status = read_sum(&self, total, parts, error);
    if (status == TB_OK && (!tb_sum_exact(self.parts.list, self.parts.count, &added) ||
                            !tb_decimal_subtract(self.total, added, ret)))
        status = tb_argument_wrong(error);
    tb_arena_done(&self.arena);
    return status;
}

tb_status tb_function_balanced(tb_object *self TB_UNUSED, void *result, void **arguments,
                               tb_error *error)
{
    tb_decimal tolerance, difference;
    tb_status status = tb_argument_number(*(double *)arguments[1], &tolerance, error);
    if (status == TB_OK && tb_decimal_sign(tolerance) < 0)
        status = tb_argument_wrong(error);
    if (status == TB_OK)
        status = read_difference(*(double *)arguments[0], *(uno_Sequence **)arguments[2],
                                 &difference, error);
    if (status == TB_OK)
        *(sal_Int32 *)result = tb_decimal_compare(tb_decimal_absolute(difference), tolerance) <= 0;
    return status;
}

tb_status tb_function_difference(tb_object *self TB_UNUSED, void *result, void **arguments,
                                 tb_error *error)
{
    tb_decimal difference;
    tb_status status = read_difference(*(double *)arguments[0], *(uno_Sequence **)arguments[1],
                                       &difference, error);
    return status == TB_OK ? tb_result_decimal(result, difference) : status;
}

tb_status tb_function_slip(tb_object *object, void *result, void **arguments, tb_error *error)
{
    sum self;
    tb_buffer words;
    tb_buffer_init(&words, TB_MAX_TEXT_SIZE);
    tb_status status =
        read_sum(&self, *(double *)arguments[0], *(uno_Sequence **)arguments[1], error);
    if (status == TB_OK && !tb_sum_slip_tell(&words, tb_functions_language(object), self.total,
                                             self.parts.list, self.parts.count))
        status = tb_argument_wrong(error);
    if (status == TB_OK)
        status = tb_result_text(result, &words, error);
    tb_buffer_done(&words);
    tb_arena_done(&self.arena);
    return status;
}

/* A quotient of 28 digits is enough: one of two numbers of 15 digits that is no tie is further
 * from one than that. */
tb_status tb_function_share(tb_object *self TB_UNUSED, void *result, void **arguments,
                            tb_error *error)
{
    tb_decimal part, total, share;
    sal_Int32 digits = *(sal_Int32 *)arguments[2];
    tb_status status = tb_argument_number(*(double *)arguments[0], &part, error);
    if (status == TB_OK)
        status = tb_argument_number(*(double *)arguments[1], &total, error);
    if (status != TB_OK)
        return status;
    if (digits < 0 || digits > MAX_SHARE_DIGITS)
        return tb_argument_wrong(error);
    if (tb_decimal_sign(total) == 0) {
        *(double *)result = tb_result_error(TB_CALC_DIV0);
        return TB_OK;
    }
    if (!tb_decimal_divide(part, total, &share) ||
        !tb_decimal_round(share, digits, TB_ROUND_HALF_UP, &share))
        return tb_argument_wrong(error);
    return tb_result_decimal(result, share);
}
