/*
 * The message box of the office's toolkit, over a frame's window.
 */
#include "calc/message_box.h"

#include "base/limits.h"
#include "calc/office.h"

/* com.sun.star.awt: MessageBoxType, MessageBoxButtons, MessageBoxResults */
enum { INFORMATION = 1, QUESTION = 4, OK = 1, OK_CANCEL = 2, ANSWER_OK = 1 };

static sal_Int32 run_box(uno_Interface *context, uno_Interface *frame, tb_str text, sal_Int32 kind,
                         sal_Int32 buttons)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *window = tb_uno_call_object(&calls, frame, TB_XFrame_getContainerWindow, NULL);
    uno_Interface *parent = tb_calls_query(&calls, window, TB_TYPE_WINDOW_PEER);
    uno_Interface *toolkit = tb_service(&calls, context, "com.sun.star.awt.Toolkit", NULL);
    tb_language language = tb_office_language(context);
    rtl_uString *title =
        tb_calls_text(&calls, tb_str_of(tb_message_get(language, TB_MSG_CALC_MESSAGE_TITLE)));
    rtl_uString *words = tb_calls_text(&calls, text);
    uno_Interface *box = tb_uno_call_object(&calls, toolkit, TB_XMessageBoxFactory_createMessageBox,
                                            TB_ARGS(&parent, &kind, &buttons, &title, &words));
    const sal_Int16 *answer = tb_uno_call(&calls, box, TB_XMessageBox_execute, NULL);
    sal_Int32 result = answer != NULL ? *answer : 0;
    tb_uno_call(&calls, box, TB_XComponent_dispose, NULL);
    tb_calls_done(&calls, NULL);
    return result;
}

void tb_message_box_show(uno_Interface *context, uno_Interface *frame, tb_str text)
{
    run_box(context, frame, text, INFORMATION, OK);
}

bool tb_message_box_ask(uno_Interface *context, uno_Interface *frame, tb_str text)
{
    return run_box(context, frame, text, QUESTION, OK_CANCEL) == ANSWER_OK;
}

void tb_message_box_show_error(uno_Interface *context, uno_Interface *frame, const tb_error *error)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    tb_error_format(&text, tb_office_language(context), error);
    tb_message_box_show(context, frame, tb_buffer_get(&text));
    tb_buffer_done(&text);
}
