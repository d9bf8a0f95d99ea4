/*
 * Tables of words.
 */
#include "form/indicator_words.h"

tb_str tb_indicator_sign(tb_indicator_operator operator_)
{
    static const char *const signs[] = {
        [TB_OPERATOR_NONE] = "",     [TB_OPERATOR_EQUAL] = "=", [TB_OPERATOR_AT_LEAST] = "≥",
        [TB_OPERATOR_AT_MOST] = "≤", [TB_OPERATOR_MORE] = ">",  [TB_OPERATOR_LESS] = "<",
    };
    return tb_str_of(signs[operator_]);
}

tb_str tb_indicator_kind_name(tb_indicator_kind kind, tb_language language)
{
    static const char *const names[][TB_LANGUAGE_COUNT] = {
        [TB_INDICATOR_COMPARISON] = {"比较", "comparison"},
        [TB_INDICATOR_RANGE] = {"区间", "range"},
        [TB_INDICATOR_DEADLINE] = {"时限", "deadline"},
        [TB_INDICATOR_FREQUENCY] = {"频次", "frequency"},
        [TB_INDICATOR_QUALITY] = {"定性", "quality"},
    };
    return tb_str_of(names[kind][language]);
}

bool tb_indicator_quantity(const tb_indicator *indicator, tb_decimal *ret)
{
    *ret = indicator->kind == TB_INDICATOR_RANGE ? indicator->upper : indicator->number;
    return indicator->kind != TB_INDICATOR_QUALITY;
}
