/*
 * The workbook as a whole.
 */
#include "rule/form_call.h"

/* Whether the workbook says that it was made from the template of this form, of whichever version:
 * it names the form's id, and the version behind a blank. */
tb_value tb_form__from_template(const tb_call *call)
{
    const tb_binding *binding = tb_binding_of(call->environment);
    if (binding == NULL)
        return tb_value_of_boolean(false);
    tb_str template_id = binding->form->workbook->template_id;
    ptrdiff_t blank = tb_str_find(template_id, TB_STR(" "));
    tb_str id = blank < 0 ? template_id : tb_str_slice(template_id, 0, (size_t)blank);
    return tb_value_of_boolean(tb_str_equal(id, binding->form->definition->id));
}
