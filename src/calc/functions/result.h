/*
 * What a function gives back. Calc reads a NaN as an error whose number is in its low bits.
 */
#ifndef TB_CALC_FUNCTIONS_RESULT_H
#define TB_CALC_FUNCTIONS_RESULT_H

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/status.h"

typedef enum tb_calc_error {
    TB_CALC_ARGUMENT = 502,
    TB_CALC_DIV0 = 532,        /* #DIV/0! */
    TB_CALC_NOT_THERE = 0x7FFF /* #N/A */
} tb_calc_error;

double tb_result_error(tb_calc_error error);

/* They construct the result in the room that a tb_answer is given. */
tb_status tb_result_decimal(void *result, tb_decimal number);
tb_status tb_result_text(void *result, const tb_buffer *text, tb_error *error);
/* In a result of type any. */
tb_status tb_result_any_number(void *result, double number);
tb_status tb_result_any_text(void *result, tb_str text, tb_error *error);

#endif
