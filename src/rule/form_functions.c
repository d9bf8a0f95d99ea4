/*
 * Each function is one row of the table.
 */
#include "rule/form_functions.h"

#include "rule/form_call.h"

static const tb_function functions[] = {
    {"BASEQUANTITY", 1, 1, 0, tb_form__base_quantity, NULL},
    {"BASEUNIT", 1, 1, 0, tb_form__base_unit, NULL},
    {"DECIMALS", 1, 1, TB_FUNCTION_LOOKS_AROUND, tb_form__decimals, NULL},
    {"DIRECTION", 1, 1, 0, tb_form__direction, NULL},
    {"ENDSWITH", 2, 2, 0, tb_form__ends_with, tb_form__prepare_words},
    {"FINDTEXT", 2, 2, TB_FUNCTION_TAKES_ARRAYS | TB_FUNCTION_LOOKS_UP, tb_form__find_text, NULL},
    {"FROMTEMPLATE", 0, 0, TB_FUNCTION_LOOKS_AROUND, tb_form__from_template, NULL},
    {"HASFORMULA", 1, 1, TB_FUNCTION_TAKES_ERRORS | TB_FUNCTION_LOOKS_AROUND, tb_form__has_formula,
     NULL},
    {"HASOTHER", 3, 3, TB_FUNCTION_TAKES_ARRAYS | TB_FUNCTION_LOOKS_UP, tb_form__has_other, NULL},
    {"HASVALIDITY", 1, 1, TB_FUNCTION_TAKES_ERRORS | TB_FUNCTION_LOOKS_AROUND,
     tb_form__has_validity, NULL},
    {"HASWORD", 2, 2, 0, tb_form__has_word, tb_form__prepare_words},
    {"ISCODE", 1, 1, 0, tb_form__is_code, NULL},
    {"ISFILLER", 1, 1, TB_FUNCTION_TAKES_ERRORS, tb_form__is_filler, NULL},
    {"ISMULTIPLE", 1, 1, 0, tb_form__is_multiple, NULL},
    {"ISNUMBERTEXT", 1, 1, TB_FUNCTION_TAKES_ERRORS, tb_form__is_number_text, NULL},
    {"ISPERCENT", 1, 1, 0, tb_form__is_percent, NULL},
    {"ISRATE", 1, 1, 0, tb_form__is_rate, NULL},
    {"ISVALID", 1, 1, TB_FUNCTION_TAKES_ERRORS, tb_form__is_valid, NULL},
    {"KIND", 1, 1, 0, tb_form__kind, NULL},
    {"OPERATOR", 1, 1, 0, tb_form__operator, NULL},
    {"PAIRED", 1, 1, TB_FUNCTION_TAKES_ERRORS | TB_FUNCTION_LOOKS_AROUND, tb_form__paired, NULL},
    {"PARENT", 1, 1, 0, tb_form__parent, NULL},
    {"POSITION", 1, 1, TB_FUNCTION_TAKES_ERRORS | TB_FUNCTION_LOOKS_AROUND, tb_form__position,
     NULL},
    {"QUANTITY", 1, 1, 0, tb_form__quantity, NULL},
    {"SAMETEXT", 2, 2, 0, tb_form__same_text, NULL},
    {"STARTSWITH", 2, 2, 0, tb_form__starts_with, tb_form__prepare_words},
    {"UNIT", 1, 1, 0, tb_form__unit, NULL},
    {"WITHOUTEND", 2, 2, 0, tb_form__without_end, tb_form__prepare_words},
};

const tb_function *tb_form_functions(size_t *ret_count)
{
    *ret_count = sizeof functions / sizeof functions[0];
    return functions;
}
