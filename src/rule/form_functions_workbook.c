/*
 * The workbook as a whole.
 */
#include "rule/form_call.h"

/* Whether the workbook says that it was made from the template of this form. */
tb_value tb_form__from_template(const tb_call *call)
{
    const tb_binding *binding = tb_binding_of(call->environment);
    if (binding == NULL)
        return tb_value_of_boolean(false);
    const tb_form *form = binding->form;
    return tb_value_of_boolean(tb_str_equal(form->workbook->template_id, form->definition->id));
}
