/*
 * The handler of dialogs/Options.xdl, made anew by the office for each time the page is opened. The
 * control of a setting has the setting's name. Only what the user changed is written: a value in
 * the profile would hide what an administrator presets later.
 */
#include "calc/settings/options.h"

#include "base/limits.h"
#include "calc/dialog.h"
#include "calc/help.h"
#include "calc/office.h"
#include "calc/settings/settings.h"
#include "calc/uno/value.h"

/* One event of the page. */
typedef struct page {
    tb_calls calls;
    tb_arena arena;
    uno_Interface *context; /* borrowed, as is the window */
    uno_Interface *window;
} page;

static void page_init(page *self, tb_object *handler, uno_Interface *window)
{
    tb_calls_init(&self->calls);
    tb_arena_init(&self->arena, TB_MAX_TEXT_SIZE * (TB_SETTING_COUNT + 1));
    self->context = handler->context;
    self->window = window;
}

static tb_status page_done(page *self, tb_error *error)
{
    tb_arena_done(&self->arena);
    return tb_calls_done(&self->calls, error);
}

static uno_Interface *find_control(page *self, tb_setting setting)
{
    return tb_dialog_control(&self->calls, self->window, tb_setting_get_name(setting));
}

static uno_Interface *find_model(page *self, const char *name)
{
    return tb_dialog_model(&self->calls, self->window, name);
}

/* ---- a kind of setting and its control ---- */

static void show_bool(page *self, tb_setting setting, bool *ret_locked)
{
    sal_Int16 state = tb_setting_get_bool(self->context, setting, ret_locked);
    tb_property_set(&self->calls, find_model(self, tb_setting_get_name(setting)), "State",
                    tb_calls_any(&self->calls, TB_TYPE_SHORT, &state));
}

static void keep_bool(page *self, tb_setting setting, bool is_locked)
{
    uno_Interface *model = find_model(self, tb_setting_get_name(setting));
    bool value = tb_property_long(&self->calls, model, "State") != 0;
    if (!is_locked && value != tb_setting_get_bool(self->context, setting, NULL))
        tb_setting_set_bool(self->context, setting, value, &self->calls.error);
}

static void show_choice(page *self, tb_setting setting, bool *ret_locked)
{
    sal_Int16 choice = (sal_Int16)tb_setting_get_choice(self->context, setting, ret_locked);
    sal_Bool selected = true;
    tb_uno_call(&self->calls, find_control(self, setting), TB_XListBox_selectItemPos,
                TB_ARGS(&choice, &selected));
}

static void keep_choice(page *self, tb_setting setting, bool is_locked)
{
    const sal_Int16 *choice = tb_uno_call(&self->calls, find_control(self, setting),
                                          TB_XListBox_getSelectedItemPos, NULL);
    if (!is_locked && choice != NULL && *choice >= 0 &&
        *choice != tb_setting_get_choice(self->context, setting, NULL))
        tb_setting_set_choice(self->context, setting, *choice, &self->calls.error);
}

static void show_text(page *self, tb_setting setting, bool *ret_locked)
{
    tb_str text = tb_setting_get_text(self->context, setting, &self->arena, ret_locked);
    tb_property_set_text(&self->calls, find_model(self, tb_setting_get_name(setting)), "Text",
                         text);
}

static void keep_text(page *self, tb_setting setting, bool is_locked)
{
    uno_Interface *model = find_model(self, tb_setting_get_name(setting));
    const uno_Any *shown = tb_property(&self->calls, model, "Text");
    if (is_locked || shown == NULL)
        return;
    tb_str text = tb_str_trim(tb_text_utf8(&self->arena, tb_any_find_text(shown)));
    tb_str kept = tb_setting_get_text(self->context, setting, &self->arena, NULL);
    if (!tb_str_equal(text, kept))
        tb_setting_set_text(self->context, setting, text, &self->calls.error);
}

static const struct {
    void (*show)(page *self, tb_setting setting, bool *ret_locked);
    void (*keep)(page *self, tb_setting setting, bool is_locked);
} kinds[] = {[TB_SETTING_KIND_BOOL] = {show_bool, keep_bool},
             [TB_SETTING_KIND_CHOICE] = {show_choice, keep_choice},
             [TB_SETTING_KIND_TEXT] = {show_text, keep_text}};

/* ---- events ---- */

/* Greys a locked value and what belongs to it: its button, where it has one. */
static void lock(page *self, tb_setting setting)
{
    tb_dialog_enable(&self->calls, self->window, tb_setting_get_name(setting), false);
    if (setting == TB_SETTING_FORMS_FOLDER)
        tb_dialog_enable(&self->calls, self->window, "browse", false);
}

static void show_page(page *self)
{
    bool any_locked = false;
    for (tb_setting setting = 0; setting < TB_SETTING_COUNT; setting++) {
        bool is_locked = false;
        kinds[tb_setting_get_kind(setting)].show(self, setting, &is_locked);
        if (is_locked)
            lock(self, setting);
        any_locked = any_locked || is_locked;
    }
    sal_Bool visible = any_locked;
    tb_uno_call(&self->calls, tb_dialog_control(&self->calls, self->window, "locked"),
                TB_XWindow_setVisible, TB_ARGS(&visible));
}

static void begin_page(page *self)
{
    tb_help_attach(&self->calls, self->context, self->window, "dialogs/Options.xdl");
    show_page(self);
}

static void keep_page(page *self)
{
    for (tb_setting setting = 0; setting < TB_SETTING_COUNT; setting++) {
        uno_Interface *model = find_model(self, tb_setting_get_name(setting));
        bool is_locked = !tb_property_boolean(&self->calls, model, "Enabled");
        if (!tb_calls_failed(&self->calls))
            kinds[tb_setting_get_kind(setting)].keep(self, setting, is_locked);
    }
}

static void browse(page *self)
{
    uno_Interface *picker =
        tb_service(&self->calls, self->context, "com.sun.star.ui.dialogs.FolderPicker", NULL);
    const sal_Int16 *ended = tb_uno_call(&self->calls, picker, TB_XExecutableDialog_execute, NULL);
    if (ended == NULL || *ended != 1)
        return;
    tb_str path = tb_office_system_path(
        tb_uno_call_text(&self->calls, picker, TB_XFolderPicker_getDirectory, NULL), &self->arena);
    if (path.data != NULL)
        tb_property_set_text(&self->calls,
                             find_model(self, tb_setting_get_name(TB_SETTING_FORMS_FOLDER)), "Text",
                             path);
}

/* What the office or the page's button asks for: "external_event" comes with a word of its own. */
static const struct {
    const char *method, *word;
    void (*run)(page *self);
} events[] = {{"external_event", "initialize", begin_page},
              {"external_event", "back", show_page},
              {"external_event", "ok", keep_page},
              {"browse", NULL, browse}};

enum { EVENT_COUNT = sizeof(events) / sizeof(events[0]) };

static bool is_event(size_t event, void **arguments)
{
    const rtl_uString *word = tb_any_find_text(arguments[1]);
    return tb_text_is(*(rtl_uString **)arguments[2], events[event].method) &&
           (events[event].word == NULL || tb_text_is(word, events[event].word));
}

static tb_status call_handler(tb_object *object, void *result, void **arguments, tb_error *error)
{
    *(sal_Bool *)result = false;
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        if (!is_event(i, arguments))
            continue;
        page self;
        page_init(&self, object, *(uno_Interface **)arguments[0]);
        events[i].run(&self);
        *(sal_Bool *)result = true;
        return page_done(&self, error);
    }
    return TB_OK;
}

static tb_status get_handler_names(tb_object *self TB_UNUSED, void *result,
                                   void **arguments TB_UNUSED, tb_error *error)
{
    static const tb_dialog_event names[] = {
        {"external_event", NULL}, {"browse", NULL}, {NULL, NULL}};
    return tb_dialog_event_names(names, result, error);
}

static const tb_method handler_methods[] = {{"callHandlerMethod", call_handler},
                                            {"getSupportedMethodNames", get_handler_names},
                                            {NULL, NULL}};
static const tb_interface interfaces[] = {
    {"com.sun.star.awt.XContainerWindowEventHandler", handler_methods}, {NULL, NULL}};
static const char *const services[] = {"org.tianbao.Options", NULL};

tb_class tb_options_class = {.implementation = "org.tianbao.calc.Options",
                             .services = services,
                             .interfaces = interfaces,
                             .size = sizeof(tb_object)};
