/*
 * The office's dialogs keep their controls where they were designed; a resizable one has to be laid
 * out by whoever made it.
 */
#include "calc/dialog.h"

#include "base/limits.h"
#include "calc/help.h"
#include "calc/office.h"
#include "calc/uno/value.h"

/* ---- making ---- */

static rtl_uString *file_url(tb_calls *calls, const tb_object *handler, const char *file)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_TEXT_SIZE);
    tb_str place = tb_office_package_url(calls, handler->context, file, &arena);
    rtl_uString *url = place.data == NULL ? NULL : tb_calls_text(calls, place);
    tb_arena_done(&arena);
    return url;
}

static void require_made(tb_calls *calls, const uno_Interface *window, const char *file)
{
    if (window == NULL && !tb_calls_failed(calls))
        tb_error_set(&calls->error, TB_NOT_FOUND, TB_MSG_CALC_PACKAGE_MISSING, file, NULL);
}

uno_Interface *tb_dialog_create(tb_calls *calls, tb_object *handler, uno_Interface *document,
                                const char *file)
{
    uno_Sequence *arguments = tb_calls_one(calls, tb_calls_any_object(calls, document));
    rtl_uString *url = file_url(calls, handler, file);
    if (arguments == NULL || url == NULL)
        return NULL;
    uno_Interface *provider =
        tb_service(calls, handler->context, "com.sun.star.awt.DialogProvider2", arguments);
    uno_Interface *own = tb_object_get_interface(handler, "com.sun.star.uno.XInterface");
    uno_Interface *dialog = tb_uno_call_object(
        calls, provider, TB_XDialogProvider2_createDialogWithHandler, TB_ARGS(&url, &own));
    require_made(calls, dialog, file);
    tb_help_attach(calls, handler->context, dialog, file);
    return dialog;
}

uno_Interface *tb_dialog_create_within(tb_calls *calls, tb_object *handler, uno_Interface *parent,
                                       const char *file)
{
    rtl_uString *url = file_url(calls, handler, file);
    rtl_uString *type = tb_calls_text(calls, TB_STR(""));
    uno_Interface *peer = tb_calls_query(calls, parent, TB_TYPE_WINDOW_PEER);
    uno_Interface *provider =
        tb_service(calls, handler->context, "com.sun.star.awt.ContainerWindowProvider", NULL);
    uno_Interface *own = tb_object_get_interface(handler, "com.sun.star.uno.XInterface");
    uno_Interface *window =
        tb_uno_call_object(calls, provider, TB_XContainerWindowProvider_createContainerWindow,
                           TB_ARGS(&url, &type, &peer, &own));
    require_made(calls, window, file);
    tb_help_attach(calls, handler->context, window, file);
    return window;
}

uno_Interface *tb_dialog_control(tb_calls *calls, uno_Interface *dialog, const char *name)
{
    rtl_uString *text = tb_calls_text(calls, tb_str_of(name));
    return tb_uno_call_object(calls, dialog, TB_XControlContainer_getControl, TB_ARGS(&text));
}

uno_Interface *tb_dialog_model(tb_calls *calls, uno_Interface *dialog, const char *name)
{
    uno_Interface *control = tb_dialog_control(calls, dialog, name);
    return tb_uno_call_object(calls, control, TB_XControl_getModel, NULL);
}

void tb_dialog_enable(tb_calls *calls, uno_Interface *dialog, const char *name, bool enabled)
{
    sal_Bool flag = enabled;
    tb_property_set(calls, tb_dialog_model(calls, dialog, name), "Enabled",
                    tb_calls_any(calls, TB_TYPE_BOOLEAN, &flag));
}

/* ---- events ---- */

tb_status tb_dialog_handle(tb_object *self, const tb_dialog_event *events, void *result,
                           void **arguments)
{
    *(sal_Bool *)result = false;
    for (; events->name != NULL; events++) {
        if (!tb_text_is(*(rtl_uString **)arguments[2], events->name))
            continue;
        *(sal_Bool *)result = true;
        events->run(self);
        break;
    }
    return TB_OK;
}

tb_status tb_dialog_event_names(const tb_dialog_event *events, void *result, tb_error *error)
{
    sal_Int32 count = 0;
    while (events[count].name != NULL)
        count++;
    uno_Sequence *names = NULL;
    if (!uno_type_sequence_construct(&names, tb_library_type(TB_TYPE_STRINGS, NULL), NULL, count,
                                     NULL))
        return tb_error_memory(error);
    for (sal_Int32 i = 0; i < count; i++)
        rtl_uString_newFromAscii(&TB_ITEMS(names, rtl_uString *)[i], events[i].name);
    *(uno_Sequence **)result = names;
    return TB_OK;
}

static tb_status call_handler(tb_object *self, void *result, void **arguments,
                              tb_error *error TB_UNUSED)
{
    return tb_dialog_handle(self, self->class_->events, result, arguments);
}

static tb_status get_handler_names(tb_object *self, void *result, void **arguments TB_UNUSED,
                                   tb_error *error)
{
    return tb_dialog_event_names(self->class_->events, result, error);
}

const tb_method tb_dialog_handler_methods[] = {{"callHandlerMethod", call_handler},
                                               {"getSupportedMethodNames", get_handler_names},
                                               {NULL, NULL}};

/* ---- layout ---- */

enum { SIZE = 12, ALL = 15 }; /* com.sun.star.awt.PosSize */

tb_rectangle tb_window_place(tb_calls *calls, uno_Interface *window)
{
    const tb_rectangle *place = tb_uno_call(calls, window, TB_XWindow_getPosSize, NULL);
    return place == NULL ? (tb_rectangle){0, 0, 0, 0} : *place;
}

static void set_place(tb_calls *calls, uno_Interface *window, tb_rectangle place, sal_Int16 what)
{
    tb_uno_call(calls, window, TB_XWindow_setPosSize,
                TB_ARGS(&place.x, &place.y, &place.width, &place.height, &what));
}

void tb_window_set_size(tb_calls *calls, uno_Interface *window, sal_Int32 width, sal_Int32 height)
{
    set_place(calls, window, (tb_rectangle){0, 0, width, height}, SIZE);
}

void tb_layout_init(tb_calls *calls, tb_layout *layout, uno_Interface *dialog,
                    const tb_anchor *anchors, size_t count)
{
    layout->anchors = anchors;
    layout->count = count < TB_LAYOUT_MAX ? count : TB_LAYOUT_MAX;
    layout->window = tb_window_place(calls, dialog);
    for (size_t i = 0; i < layout->count; i++)
        layout->controls[i] =
            tb_window_place(calls, tb_dialog_control(calls, dialog, anchors[i].name));
}

static tb_rectangle stretch(tb_rectangle place, const tb_anchor *anchor, sal_Int32 wider,
                            sal_Int32 higher)
{
    place.x += wider * anchor->moves_right / 100;
    place.width += wider * anchor->widens / 100;
    place.y += higher * anchor->moves_down / 100;
    place.height += higher * anchor->heightens / 100;
    return place;
}

void tb_layout_apply(tb_calls *calls, const tb_layout *layout, uno_Interface *dialog)
{
    tb_rectangle window = tb_window_place(calls, dialog);
    sal_Int32 wider = window.width - layout->window.width;
    sal_Int32 higher = window.height - layout->window.height;
    if (wider < 0 || higher < 0) {
        wider = wider < 0 ? 0 : wider;
        higher = higher < 0 ? 0 : higher;
        window.width = layout->window.width + wider;
        window.height = layout->window.height + higher;
        set_place(calls, dialog, window, SIZE);
    }
    for (size_t i = 0; i < layout->count; i++)
        set_place(calls, tb_dialog_control(calls, dialog, layout->anchors[i].name),
                  stretch(layout->controls[i], &layout->anchors[i], wider, higher), ALL);
}
