/*
 * The office opens its options at the page whose URL is that of a leaf of its configuration, as it
 * stands there, with variables and all.
 */
#include "calc/settings/open_options.h"

#include "calc/message_box.h"
#include "calc/office.h"

/* extension/registry/OptionsDialog.xcu */
#define LEAF                                                                                       \
    "/org.openoffice.Office.OptionsDialog/Nodes/org.tianbao.options/Leaves/"                       \
    "org.tianbao.options.general"

void tb_options_open(uno_Interface *context, uno_Interface *frame)
{
    tb_calls calls;
    tb_error error;
    sal_Int32 flags = 0;
    tb_calls_init(&calls);
    uno_Interface *leaf = tb_office_configuration(&calls, context, LEAF, false);
    uno_Sequence *arguments =
        tb_calls_named(&calls, "OptionsPageURL", tb_property(&calls, leaf, "OptionsPage"));
    uno_Interface *helper = tb_service(&calls, context, "com.sun.star.frame.DispatchHelper", NULL);
    rtl_uString *url = tb_calls_text(&calls, TB_STR(".uno:OptionsTreeDialog"));
    rtl_uString *target = tb_calls_text(&calls, TB_STR(""));
    tb_uno_call(&calls, helper, TB_XDispatchHelper_executeDispatch,
                TB_ARGS(&frame, &url, &target, &flags, &arguments));
    if (tb_calls_done(&calls, &error) != TB_OK)
        tb_message_box_show_error(context, frame, &error);
}
