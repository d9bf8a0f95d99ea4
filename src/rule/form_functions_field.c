/*
 * The state of a field, its code, its place, and the same field of the paired record.
 */
#include "form/filler.h"
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

tb_value tb_form__is_filler(const tb_call *call)
{
    return tb_value_of_boolean(tb_filler_is(tb_form_call_text(call, 0)));
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

/* Of a value that stands in a part of a cell, the cell's. */
tb_value tb_form__has_validity(const tb_call *call)
{
    const tb_item *item = tb_form_call_item(call, 0);
    if (item == NULL || item->state == TB_ITEM_MISSING)
        return tb_value_of_boolean(false);
    const tb_workbook *workbook = tb_binding_of(call->environment)->form->workbook;
    return tb_value_of_boolean(
        tb_sheet_has_validity(&workbook->sheets[item->at.sheet], item->at.row, item->at.column));
}
