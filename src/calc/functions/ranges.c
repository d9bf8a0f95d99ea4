/*
 * TB_SUMBY, TB_COUNTBY, TB_DISTINCT, TB_COMPLETE: whole ranges in one call.
 */
#include "base/limits.h"
#include "calc/functions/answers.h"
#include "calc/functions/argument.h"
#include "calc/functions/result.h"
#include "rule/tally.h"

/* What a function of ranges works on; the arena holds all of it. */
typedef struct ranges {
    tb_arena arena;
    tb_cells cells, values;
    tb_value key;
} ranges;

static tb_status read_cells(ranges *self, void *argument, tb_error *error)
{
    tb_arena_init(&self->arena, TB_MAX_WORKBOOK_MEMORY);
    return tb_argument_cells(&self->arena, *(uno_Sequence **)argument, &self->cells, error);
}

static tb_status read_keyed(ranges *self, void **arguments, tb_error *error)
{
    tb_status status = read_cells(self, arguments[0], error);
    return status == TB_OK ? tb_argument_value(&self->arena, arguments[1], &self->key, error)
                           : status;
}

tb_status tb_function_sumby(tb_object *object TB_UNUSED, void *result, void **arguments,
                            tb_error *error)
{
    ranges self;
    tb_decimal sum;
    tb_status status = read_keyed(&self, arguments, error);
    if (status == TB_OK)
        status =
            tb_argument_cells(&self.arena, *(uno_Sequence **)arguments[2], &self.values, error);
    if (status == TB_OK &&
        (self.cells.rows != self.values.rows || self.cells.columns != self.values.columns ||
         !tb_tally_sum_by(self.cells.list, self.values.list, self.cells.count, &self.key,
                          &self.arena, &sum)))
        status = tb_argument_wrong(error);
    tb_arena_done(&self.arena);
    return status == TB_OK ? tb_result_decimal(result, sum) : status;
}

tb_status tb_function_countby(tb_object *object TB_UNUSED, void *result, void **arguments,
                              tb_error *error)
{
    ranges self;
    size_t count = 0;
    tb_status status = read_keyed(&self, arguments, error);
    if (status == TB_OK &&
        !tb_tally_count_by(self.cells.list, self.cells.count, &self.key, &self.arena, &count))
        status = tb_error_memory(error);
    tb_arena_done(&self.arena);
    *(sal_Int32 *)result = (sal_Int32)count;
    return status;
}

tb_status tb_function_distinct(tb_object *object TB_UNUSED, void *result, void **arguments,
                               tb_error *error)
{
    ranges self;
    size_t count = 0;
    tb_status status = read_cells(&self, arguments[0], error);
    if (status == TB_OK &&
        !tb_tally_distinct(self.cells.list, self.cells.count, &self.arena, &count))
        status = tb_error_memory(error);
    tb_arena_done(&self.arena);
    *(sal_Int32 *)result = (sal_Int32)count;
    return status;
}

tb_status tb_function_complete(tb_object *object TB_UNUSED, void *result, void **arguments,
                               tb_error *error)
{
    ranges self;
    tb_decimal share = tb_decimal_of(0);
    tb_status status = read_cells(&self, arguments[0], error);
    if (status == TB_OK && !tb_decimal_divide(tb_decimal_of((int64_t)tb_tally_filled(
                                                  self.cells.list, self.cells.count)),
                                              tb_decimal_of((int64_t)self.cells.count), &share))
        status = tb_argument_wrong(error);
    tb_arena_done(&self.arena);
    return status == TB_OK ? tb_result_decimal(result, share) : status;
}
