/*
 * The state of a field, its code, its place, and the same field of the paired record.
 */
#include "rule/form_call.h"

tb_value tb_form__is_valid(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    if (item != NULL)
        return tb_value_of_boolean(item->state == TB_ITEM_VALID);
    tb_value_type type = call->arguments[0].type;
    return tb_value_of_boolean(type != TB_VALUE_ERROR && type != TB_VALUE_BLANK);
}

tb_value tb_form__is_code(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    return tb_value_of_boolean(item != NULL && item->code != NULL);
}

/* Blanks; dashes, ellipses, dots, crosses and strokes of all kinds and widths. */
static bool is_filler_character(uint32_t c)
{
    static const uint32_t fillers[] = {
        ' ',    '\n',   '\t',   0x00A0, 0x3000, '-',    '_',    '*',    '.',    '/',
        '\\',   '~',    ',',    0x00B7, 0x00D7, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
        0x2015, 0x2022, 0x2026, 0x203B, 0x2212, 0x22EF, 0x2500, 0x3001, 0x3002, 0x301C,
        0x30FB, 0x30FC, 0xFF0A, 0xFF0C, 0xFF0D, 0xFF0E, 0xFF0F, 0xFF3C, 0xFF3F, 0xFF5E};
    bool is_ideograph = c >= 0x4E00 && c <= 0x9FFF; /* which nearly every text begins with */
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0] && !is_ideograph; i++)
        if (fillers[i] == c)
            return true;
    return false;
}

/* Dashes, asterisks and dots that stand where something should. */
tb_value tb_form__is_filler(const tb_call *call)
{
    tb_str value = tb_str_trim(tb_form_call_text(call, 0));
    for (size_t offset = 0; offset < value.size;)
        if (!is_filler_character(tb_text_next(value, &offset)))
            return tb_value_of_boolean(false);
    return tb_value_of_boolean(value.size > 0);
}

tb_value tb_form__is_number_text(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    return tb_value_of_boolean(item != NULL && item->number_as_text);
}

/* Shown places; those that the number has where the form does not say. */
tb_value tb_form__decimals(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    if (item != NULL && item->state == TB_ITEM_VALID && item->decimals != TB_DECIMALS_ANY)
        return tb_value_of_integer(item->decimals);
    const tb_value *value = &call->arguments[0];
    if (value->type != TB_VALUE_NUMBER)
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    return tb_value_of_integer(tb_decimal_places(value->as.number));
}

tb_value tb_form__paired(const tb_call *call)
{
    tb_binding *binding = tb_binding_of(call->environment);
    const tb_item *item = tb_form_call_item(call, 0);
    const tb_item *other = item != NULL ? tb_binding_find_paired(binding, item) : NULL;
    return other != NULL ? tb_binding_read(binding, other) : tb_value_of_error(TB_VALUE_ERROR_NA);
}

tb_value tb_form__parent(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    if (item == NULL || item->code == NULL || item->code->parent == NULL)
        return tb_value_of_text(TB_STR(""));
    return tb_value_of_text(item->code->parent->code);
}

/* Which row of its table, which block, which entry: from 1. A value stands in the record that the
 * rule runs for, or in one above it. */
tb_value tb_form__position(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    const tb_record *record = item != NULL ? tb_binding_of(call->environment)->record : NULL;
    while (record != NULL && record->scope != item->field->scope)
        record = record->parent;
    return record != NULL ? tb_value_of_integer((int64_t)record->index + 1)
                          : tb_value_of_error(TB_VALUE_ERROR_NA);
}

tb_value tb_form__has_formula(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    return tb_value_of_boolean(item != NULL && item->cell != NULL && item->cell->formula.size > 0);
}
