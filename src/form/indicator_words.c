/*
 * Tables of words.
 */
#include "form/indicator_words.h"

#define WORD(literal)                                                                              \
    {                                                                                              \
        literal, sizeof literal - 1                                                                \
    }

tb_str tb_indicator_sign(tb_indicator_operator operator_)
{
    static const tb_str signs[] = {
        [TB_OPERATOR_NONE] = WORD(""),      [TB_OPERATOR_EQUAL] = WORD("="),
        [TB_OPERATOR_AT_LEAST] = WORD("≥"), [TB_OPERATOR_AT_MOST] = WORD("≤"),
        [TB_OPERATOR_MORE] = WORD(">"),     [TB_OPERATOR_LESS] = WORD("<"),
    };
    return signs[operator_];
}

tb_str tb_indicator_kind_name(tb_indicator_kind kind, tb_language language)
{
    static const tb_str names[][TB_LANGUAGE_COUNT] = {
        [TB_INDICATOR_COMPARISON] = {WORD("比较"), WORD("comparison")},
        [TB_INDICATOR_RANGE] = {WORD("区间"), WORD("range")},
        [TB_INDICATOR_DEADLINE] = {WORD("时限"), WORD("deadline")},
        [TB_INDICATOR_FREQUENCY] = {WORD("频次"), WORD("frequency")},
        [TB_INDICATOR_QUALITY] = {WORD("定性"), WORD("quality")},
    };
    return names[kind][language];
}

bool tb_indicator_quantity(const tb_indicator *indicator, tb_decimal *ret)
{
    *ret = indicator->kind == TB_INDICATOR_RANGE ? indicator->upper : indicator->number;
    return indicator->kind != TB_INDICATOR_QUALITY;
}
