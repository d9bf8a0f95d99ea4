/*
 * Arguments as items, texts and indicators.
 */
#include "rule/form_call.h"

tb_str tb_form_call_text(const tb_call *call, size_t index)
{
    const tb_value *value = &call->arguments[index];
    if (value->type == TB_VALUE_TEXT)
        return value->as.text;
    const tb_item *item = tb_form_call_item(call, index);
    return item != NULL ? item->text : (tb_str){0};
}

/* What stands in a cell is asked for by many rules. */
tb_str tb_form_call_folded_text(const tb_call *call, size_t index)
{
    const tb_item *item = tb_form_call_item(call, index);
    tb_str value = tb_form_call_text(call, index);
    if (item != NULL && value.data == item->text.data)
        return tb_binding_fold_item(tb_binding_of(call->environment), item);
    return tb_text_key(call->environment->scratch, value);
}

const tb_indicator *tb_form_call__parse(const tb_call *call, size_t index, tb_indicator *room)
{
    tb_str value = tb_str_trim(tb_form_call_text(call, index));
    bool parsed = value.size > 0 && tb_indicator_parse(call->environment->scratch, value, room);
    return parsed ? room : NULL;
}
