/*
 * What users and administrators set: the values of our own schema (extension/schema/Settings.xcs
 * says what each means, and its default), one row each. A value is read from the office's
 * configuration when it is asked for and never kept: a change counts at once, and nothing is read
 * when the office starts. An administrator's package may lock a value.
 */
#ifndef TB_CALC_SETTINGS_SETTINGS_H
#define TB_CALC_SETTINGS_SETTINGS_H

#include "base/arena.h"
#include "base/status.h"
#include "calc/uno/uno.h"

/* SETTING(id, kind, name): the schema has it under the name. */
/* clang-format off */
#define TB_SETTINGS(SETTING) \
    SETTING(LIVE_CHECK, BOOL, "LiveCheck") \
    SETTING(HIDE_EXPLAINED, BOOL, "HideExplained") \
    SETTING(MAIL_WITH_ERRORS, CHOICE, "MailWithErrors") \
    SETTING(MAIL_TO, TEXT, "MailTo") \
    SETTING(CHECK_FILE_SEND, BOOL, "CheckFileSend") \
    SETTING(FORMS_FOLDER, TEXT, "FormsFolder")
/* clang-format on */

typedef enum tb_setting {
#define TB_SETTING_ID(id, kind, name) TB_SETTING_##id,
    TB_SETTINGS(TB_SETTING_ID)
#undef TB_SETTING_ID
        TB_SETTING_COUNT
} tb_setting;

typedef enum tb_setting_kind {
    TB_SETTING_KIND_BOOL,
    TB_SETTING_KIND_CHOICE,
    TB_SETTING_KIND_TEXT
} tb_setting_kind;

/* The choices of TB_SETTING_MAIL_WITH_ERRORS. */
typedef enum tb_mail_with_errors {
    TB_MAIL_STOP, /* a form with errors is not mailed */
    TB_MAIL_ASK   /* the user decides, having seen the errors */
} tb_mail_with_errors;

tb_setting_kind tb_setting_get_kind(tb_setting setting);
const char *tb_setting_get_name(tb_setting setting);

/*
 * The value, and whether an administrator locked it, so that setting it would fail; `ret_locked`
 * may be NULL. Where the schema is not there (a damaged installation) the value is false, the first
 * choice, the empty text: what does least.
 */
bool tb_setting_get_bool(uno_Interface *context, tb_setting setting, bool *ret_locked);
/* Of TB_SETTING_MAIL_WITH_ERRORS a tb_mail_with_errors. */
int tb_setting_get_choice(uno_Interface *context, tb_setting setting, bool *ret_locked);
/* In the arena. */
tb_str tb_setting_get_text(uno_Interface *context, tb_setting setting, tb_arena *arena,
                           bool *ret_locked);

/* Kept in the user's profile; a failure for a locked value. */
tb_status tb_setting_set_bool(uno_Interface *context, tb_setting setting, bool value,
                              tb_error *error);
tb_status tb_setting_set_choice(uno_Interface *context, tb_setting setting, int choice,
                                tb_error *error);
tb_status tb_setting_set_text(uno_Interface *context, tb_setting setting, tb_str text,
                              tb_error *error);

#endif
