/*
 * Asking a frame what it shows; for calc/commands.c.
 */
#include "calc/command_facts.h"

#include "calc/checked.h"
#include "calc/document.h"
#include "calc/recognised.h"

/* What was a form stays one while it is edited, and what was none may become one by the next check
 * only: that command can always run. */
static tb_form_state find_state(tb_calls *calls, uno_Interface *context, uno_Interface *document)
{
    const tb_checked *checked = tb_checked_find(calls, document);
    const tb_result *result = checked == NULL ? NULL : tb_checked_result(checked);
    if (result == NULL)
        return tb_recognised_is_form(calls, context, document) ? TB_FORM_UNCHECKED : TB_FORM_NONE;
    if (result->form == NULL)
        return TB_FORM_NONE;
    if (tb_checked_is_stale(checked))
        return TB_FORM_UNCHECKED;
    return result->finding_count == 0 ? TB_FORM_CLEAN : TB_FORM_FINDINGS;
}

tb_command_facts tb_command_facts_gather(tb_calls *calls, uno_Interface *context,
                                         uno_Interface *frame)
{
    tb_command_facts facts = {.context = context, .frame = frame};
    uno_Interface *controller = tb_uno_call_object(calls, frame, TB_XFrame_getController, NULL);
    if (controller != NULL)
        facts.document = tb_uno_call_object(calls, controller, TB_XController_getModel, NULL);
    facts.is_spreadsheet = tb_document_is_spreadsheet(facts.document);
    if (facts.is_spreadsheet) {
        facts.is_read_only =
            tb_uno_call_boolean(calls, facts.document, TB_XStorable_isReadonly, NULL);
        facts.form = find_state(calls, context, facts.document);
    }
    tb_calls_forgive(calls);
    return facts;
}
