/*
 * Making results.
 */
#include "calc/functions/result.h"

#include <string.h>

#include "calc/uno/library.h"
#include "calc/uno/value.h"

double tb_result_error(tb_calc_error error)
{
    uint64_t bits = UINT64_C(0x7FF8000000000000) | (uint64_t)error;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

tb_status tb_result_decimal(void *result, tb_decimal number)
{
    *(double *)result = tb_decimal_to_double(number);
    return TB_OK;
}

tb_status tb_result_text(void *result, const tb_buffer *text, tb_error *error)
{
    rtl_uString *made = text->failed ? NULL : tb_text_new(tb_buffer_get(text));
    if (made == NULL)
        return tb_error_memory(error);
    *(rtl_uString **)result = made;
    return TB_OK;
}

tb_status tb_result_any_number(void *result, double number)
{
    uno_type_any_construct(result, &number, tb_library_type(TB_TYPE_DOUBLE, NULL), NULL);
    return TB_OK;
}

tb_status tb_result_any_text(void *result, tb_str text, tb_error *error)
{
    rtl_uString *made = tb_text_new(text);
    if (made == NULL)
        return tb_error_memory(error);
    uno_type_any_construct(result, &made, tb_library_type(TB_TYPE_STRING, NULL), NULL);
    rtl_uString_release(made);
    return TB_OK;
}
