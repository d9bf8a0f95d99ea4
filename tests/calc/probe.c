/*
 * What test_members.py calls in a process that has the office's types but no office: resolves
 * every called member, every type and every class. Returns what is wrong, or the empty text.
 */
#include "base/buffer.h"
#include "base/message.h"
#include "calc/alarm.h"
#include "calc/checked.h"
#include "calc/commands.h"
#include "calc/explain_dialog.h"
#include "calc/explain_job.h"
#include "calc/filling/new_form.h"
#include "calc/findings.h"
#include "calc/functions/functions.h"
#include "calc/functions/last_check.h"
#include "calc/functions/volatile.h"
#include "calc/job.h"
#include "calc/mail/file_send.h"
#include "calc/mail/question.h"
#include "calc/mail/send_dispatch.h"
#include "calc/marks/marks.h"
#include "calc/panel/panel.h"
#include "calc/recognised.h"
#include "calc/settings/options.h"
#include "calc/sidebar/factory.h"
#include "calc/sidebar/panel.h"
#include "calc/uno/library.h"

__attribute__((visibility("default"))) const char *tb_probe_names(void);

const char *tb_probe_names(void)
{
    static tb_class *const classes[] = {
        &tb_alarm_class,         &tb_sidebar_panel_class,   &tb_panel_factory_class,
        &tb_checked_class,       &tb_commands_class,        &tb_explain_dialog_class,
        &tb_explain_job_class,   &tb_findings_class,        &tb_functions_class,
        &tb_job_class,           &tb_marks_class,           &tb_last_check_class,
        &tb_new_form_class,      &tb_panel_class,           &tb_recognised_class,
        &tb_volatile_class,      &tb_file_send_job_class,   &tb_mail_question_class,
        &tb_send_dispatch_class, &tb_send_interceptor_class};
    static tb_buffer text;
    tb_error error;
    tb_status status = tb_library_resolve_all(&error);
    for (size_t i = 0; status == TB_OK && i < sizeof(classes) / sizeof(classes[0]); i++)
        status = tb_class_bind(classes[i], &error);
    if (status == TB_OK)
        return "";
    tb_buffer_init(&text, TB_ERROR_ARGS_SIZE * 2);
    tb_error_format(&text, TB_LANGUAGE_EN, &error);
    return tb_buffer_get(&text).data;
}
