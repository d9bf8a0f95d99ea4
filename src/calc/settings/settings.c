/*
 * Each access opens the schema anew, which costs some microseconds: the configuration's own tree is
 * in memory. An update access is used for reading too, since only it tells locked values apart.
 */
#include "calc/settings/settings.h"

#include "base/limits.h"
#include "calc/office.h"
#include "calc/uno/value.h"

#define SCHEMA   "/org.tianbao.Settings"
#define READONLY 16 /* com.sun.star.beans.PropertyAttribute */

/* com.sun.star.beans.Property */
typedef struct property {
    rtl_uString *name;
    sal_Int32 handle;
    typelib_TypeDescriptionReference *type;
    sal_Int16 attributes;
} property;

static const struct {
    tb_setting_kind kind;
    const char *name;
} rows[TB_SETTING_COUNT] = {
#define ROW(id, kind, name) {TB_SETTING_KIND_##kind, name},
    TB_SETTINGS(ROW)
#undef ROW
};

static const char *const mail_with_errors[] = {"stop", "ask"};

enum { CHOICE_COUNT = sizeof(mail_with_errors) / sizeof(mail_with_errors[0]) };

tb_setting_kind tb_setting_get_kind(tb_setting setting)
{
    return rows[setting].kind;
}

const char *tb_setting_get_name(tb_setting setting)
{
    return rows[setting].name;
}

/* ---- reading ---- */

static bool is_locked(tb_calls *calls, uno_Interface *schema, tb_setting setting)
{
    uno_Interface *info =
        tb_uno_call_object(calls, schema, TB_XPropertySet_getPropertySetInfo, NULL);
    rtl_uString *name = tb_calls_text(calls, tb_str_of(rows[setting].name));
    const property *found =
        tb_uno_call(calls, info, TB_XPropertySetInfo_getPropertyByName, TB_ARGS(&name));
    return found != NULL && (found->attributes & READONLY) != 0;
}

/* NULL after a failure. */
static const uno_Any *read_value(tb_calls *calls, uno_Interface *context, tb_setting setting,
                                 bool *ret_locked)
{
    uno_Interface *schema = tb_office_configuration(calls, context, SCHEMA, true);
    const uno_Any *value = tb_property(calls, schema, rows[setting].name);
    if (ret_locked != NULL)
        *ret_locked = is_locked(calls, schema, setting);
    return value;
}

bool tb_setting_get_bool(uno_Interface *context, tb_setting setting, bool *ret_locked)
{
    tb_calls calls;
    tb_assert_or(rows[setting].kind == TB_SETTING_KIND_BOOL, false);
    tb_calls_init(&calls);
    const uno_Any *value = read_value(&calls, context, setting, ret_locked);
    bool result = value != NULL && tb_any_boolean(value);
    tb_calls_done(&calls, NULL);
    return result;
}

int tb_setting_get_choice(uno_Interface *context, tb_setting setting, bool *ret_locked)
{
    tb_calls calls;
    int result = 0;
    tb_assert_or(rows[setting].kind == TB_SETTING_KIND_CHOICE, 0);
    tb_calls_init(&calls);
    const uno_Any *value = read_value(&calls, context, setting, ret_locked);
    for (int i = 0; value != NULL && i < CHOICE_COUNT; i++) {
        if (tb_text_is(tb_any_find_text(value), mail_with_errors[i]))
            result = i;
    }
    tb_calls_done(&calls, NULL);
    return result;
}

tb_str tb_setting_get_text(uno_Interface *context, tb_setting setting, tb_arena *arena,
                           bool *ret_locked)
{
    tb_calls calls;
    tb_assert_or(rows[setting].kind == TB_SETTING_KIND_TEXT, TB_STR(""));
    tb_calls_init(&calls);
    const uno_Any *value = read_value(&calls, context, setting, ret_locked);
    tb_str text = tb_text_utf8(arena, value == NULL ? NULL : tb_any_find_text(value));
    tb_calls_done(&calls, NULL);
    return text.data == NULL ? TB_STR("") : text;
}

/* ---- writing ---- */

static tb_status write_value(tb_calls *calls, uno_Interface *context, tb_setting setting,
                             uno_Any *value, tb_error *error)
{
    uno_Interface *schema = tb_office_configuration(calls, context, SCHEMA, true);
    tb_property_set(calls, schema, rows[setting].name, value);
    tb_uno_call(calls, schema, TB_XChangesBatch_commitChanges, NULL);
    return tb_calls_done(calls, error);
}

tb_status tb_setting_set_bool(uno_Interface *context, tb_setting setting, bool value,
                              tb_error *error)
{
    tb_calls calls;
    sal_Bool flag = value;
    tb_calls_init(&calls);
    return write_value(&calls, context, setting, tb_calls_any(&calls, TB_TYPE_BOOLEAN, &flag),
                       error);
}

tb_status tb_setting_set_choice(uno_Interface *context, tb_setting setting, int choice,
                                tb_error *error)
{
    tb_assert_or(choice >= 0 && choice < CHOICE_COUNT, TB_INTERNAL);
    return tb_setting_set_text(context, setting, tb_str_of(mail_with_errors[choice]), error);
}

tb_status tb_setting_set_text(uno_Interface *context, tb_setting setting, tb_str text,
                              tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    return write_value(&calls, context, setting, tb_calls_any_text(&calls, text), error);
}
