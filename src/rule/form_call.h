/*
 * What the functions of form rules make of their arguments. A value that was read from a form
 * brings its item along as `origin`, so that what was parsed while reading is used; a plain text,
 * as in `tianbao eval 'UNIT("≥98%")'`, is taken apart here. The functions stand in
 * form_functions_*.c, one file a topic.
 */
#ifndef TB_RULE_FORM_CALL_H
#define TB_RULE_FORM_CALL_H

#include "rule/binding.h"
#include "rule/function.h"

/* The item that the argument was read from, or NULL. */
static inline const tb_item *tb_form_call_item(const tb_call *call, size_t index)
{
    return tb_binding_of(call->environment) != NULL ? call->arguments[index].origin : NULL;
}

/* What stands in the cell, or the value as a text; empty for blanks and numbers. */
tb_str tb_form_call_text(const tb_call *call, size_t index);

/* The text of an argument, folded (tb_text_key). */
tb_str tb_form_call_folded_text(const tb_call *call, size_t index);

/* The parts of the indicator's value, perhaps taken apart into *room; NULL where there is nothing
 * to take apart. */
const tb_indicator *tb_form_call__parse(const tb_call *call, size_t index, tb_indicator *room);
static inline const tb_indicator *tb_form_call_indicator(const tb_call *call, size_t index,
                                                         tb_indicator *room)
{
    const tb_item *item = tb_form_call_item(call, index);
    return item != NULL && item->indicator != NULL ? item->indicator
                                                   : tb_form_call__parse(call, index, room);
}

/* The functions, which the table in form_functions.c names. */
/* form_functions_field.c */
tb_value tb_form__decimals(const tb_call *call);
tb_value tb_form__has_formula(const tb_call *call);
tb_value tb_form__has_validity(const tb_call *call);
tb_value tb_form__is_code(const tb_call *call);
tb_value tb_form__is_filler(const tb_call *call);
tb_value tb_form__is_number_text(const tb_call *call);
tb_value tb_form__is_valid(const tb_call *call);
tb_value tb_form__paired(const tb_call *call);
tb_value tb_form__parent(const tb_call *call);
tb_value tb_form__position(const tb_call *call);
/* form_functions_indicator.c */
tb_value tb_form__base_quantity(const tb_call *call);
tb_value tb_form__base_unit(const tb_call *call);
tb_value tb_form__direction(const tb_call *call);
tb_value tb_form__is_multiple(const tb_call *call);
tb_value tb_form__is_percent(const tb_call *call);
tb_value tb_form__is_rate(const tb_call *call);
tb_value tb_form__kind(const tb_call *call);
tb_value tb_form__operator(const tb_call *call);
tb_value tb_form__quantity(const tb_call *call);
tb_value tb_form__unit(const tb_call *call);
/* form_functions_text.c */
tb_value tb_form__ends_with(const tb_call *call);
tb_value tb_form__has_word(const tb_call *call);
tb_value tb_form__same_text(const tb_call *call);
tb_value tb_form__starts_with(const tb_call *call);
tb_value tb_form__without_end(const tb_call *call);
tb_status tb_form__prepare_words(tb_preparation *preparation, const void **ret_prepared);
/* form_functions_texts.c */
tb_value tb_form__find_text(const tb_call *call);
tb_value tb_form__has_other(const tb_call *call);
/* form_functions_workbook.c */
tb_value tb_form__from_template(const tb_call *call);

#endif
