/*
 * What an indicator's value is made of: kind, operator, number, unit.
 */
#include "form/indicator_words.h"
#include "rule/form_call.h"

tb_value tb_form__kind(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    if (parts == NULL)
        return tb_value_of_text(TB_STR(""));
    return tb_value_of_text(tb_indicator_kind_name(parts->kind, TB_LANGUAGE_EN));
}

tb_value tb_form__operator(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    if (parts == NULL)
        return tb_value_of_text(TB_STR(""));
    return tb_value_of_text(tb_indicator_sign(parts->operator_));
}

tb_value tb_form__quantity(const tb_call *call)
{
    tb_indicator room;
    tb_decimal quantity;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    if (parts == NULL || !tb_indicator_quantity(parts, &quantity))
        return tb_value_of_error(TB_VALUE_ERROR_NA);
    return tb_value_of_number(quantity);
}

tb_value tb_form__base_quantity(const tb_call *call)
{
    tb_indicator room;
    tb_decimal quantity, product;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    if (parts == NULL || !tb_indicator_quantity(parts, &quantity))
        return tb_value_of_error(TB_VALUE_ERROR_NA);
    if (!tb_decimal_multiply_rounded(quantity, tb_decimal_of(parts->factor), &product))
        return tb_value_of_error(TB_VALUE_ERROR_NUM);
    return tb_value_of_number(product);
}

/* Folded, so that “％” and “%” are one unit. */
static tb_value fold_unit(const tb_call *call, bool base)
{
    tb_indicator room;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    if (parts == NULL)
        return tb_value_of_text(TB_STR(""));
    tb_str unit = base ? parts->base_unit : parts->unit;
    tb_str key = tb_text_key(call->environment->scratch, unit);
    return key.data == NULL && unit.size > 0 ? tb_value_of_error(TB_VALUE_ERROR_LIMIT)
                                             : tb_value_of_text(key);
}

tb_value tb_form__unit(const tb_call *call)
{
    return fold_unit(call, false);
}

tb_value tb_form__base_unit(const tb_call *call)
{
    return fold_unit(call, true);
}

tb_value tb_form__is_percent(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    return tb_value_of_boolean(parts != NULL && parts->percent);
}

static bool is_multiple_character(uint32_t c)
{
    static const char multiples[] = "十百千万亿";
    for (size_t offset = 0; offset < sizeof multiples - 1;)
        if (tb_text_next((tb_str){multiples, sizeof multiples - 1}, &offset) == c)
            return true;
    return c >= '0' && c <= '9';
}

/* Something per so many: 人/万人, 件/10万人, 每千人. */
static bool is_per_many(tb_str folded)
{
    static const char *const signs[] = {"/", "每"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        tb_str sign = tb_str_of(signs[i]);
        ptrdiff_t at = tb_str_find(folded, sign);
        size_t offset = at < 0 ? folded.size : (size_t)at + sign.size;
        if (offset < folded.size && is_multiple_character(tb_text_next(folded, &offset)))
            return true;
    }
    return false;
}

tb_value tb_form__is_rate(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    if (parts == NULL)
        return tb_value_of_boolean(false);
    return tb_value_of_boolean(parts->percent || is_per_many(tb_form_call_folded_text(call, 0)));
}

tb_value tb_form__is_multiple(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    return tb_value_of_boolean(parts != NULL && parts->incomplete_unit);
}

tb_value tb_form__direction(const tb_call *call)
{
    tb_indicator room;
    const tb_indicator *parts = tb_form_call_indicator(call, 0, &room);
    if (parts == NULL)
        return tb_value_of_integer(0);
    bool up = parts->operator_ == TB_OPERATOR_AT_LEAST || parts->operator_ == TB_OPERATOR_MORE;
    bool down = parts->operator_ == TB_OPERATOR_AT_MOST || parts->operator_ == TB_OPERATOR_LESS;
    return tb_value_of_integer(up - down);
}
