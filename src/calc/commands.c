/*
 * The protocol handler: an object of a frame, which says of each command whether it can run now and
 * runs it. Who shows a command is told when that changes: it is asked anew when the frame gets
 * another document and when a document's rights change. A command runs in the office's main loop
 * and not inside the click that asked for it: a script may ask from a thread of its own, where no
 * window can be made.
 */
#include "calc/commands.h"

#include "calc/command_facts.h"
#include "calc/command_listeners.h"
#include "calc/filling/new_form.h"
#include "calc/filling/required.h"
#include "calc/findings.h"
#include "calc/help.h"
#include "calc/mail/mail.h"
#include "calc/marks/marks.h"
#include "calc/mend.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/panel/panel.h"
#include "calc/rows.h"
#include "calc/settings/open_options.h"
#include "calc/sidebar/deck.h"
#include "calc/uno/calls.h"
#include "calc/uno/lock.h"
#include "calc/uno/value.h"

typedef struct commands {
    tb_object head;
    uno_Interface *frame; /* owned; NULL when it is gone */
    tb_command_listeners listeners;
    struct commands *next; /* in the list of those that listen; borrowed, under the lock */
    uint64_t round;        /* in which it was told last */
    bool listens;          /* to the frame and to the office */
} commands;

static commands *listening;

/* ---- the table ---- */

static bool can_in_spreadsheet(const tb_command_facts *facts)
{
    return facts->is_spreadsheet;
}

static bool can_anywhere(const tb_command_facts *facts TB_UNUSED)
{
    return true;
}

static bool can_in_form(const tb_command_facts *facts)
{
    return facts->is_spreadsheet && facts->form != TB_FORM_NONE;
}

static bool can_in_editable_form(const tb_command_facts *facts)
{
    return can_in_form(facts) && !facts->is_read_only;
}

/* From finding to finding. */
static bool can_go(const tb_command_facts *facts)
{
    return can_in_form(facts) && facts->form != TB_FORM_CLEAN;
}

static bool can_unmark(const tb_command_facts *facts)
{
    return facts->is_spreadsheet && tb_marks_are_shown(facts->frame);
}

/* What a command does in the frame, in the office's main loop. A shortcut runs it also where it
 * cannot: it says then why not. */
static const struct {
    void (*run)(uno_Interface *context, uno_Interface *frame);
    bool (*can_run)(const tb_command_facts *facts);
} command_rows[TB_COMMAND_COUNT] = {
    [TB_COMMAND_CHECK] = {tb_findings_check, can_in_spreadsheet},
    [TB_COMMAND_SIDEBAR] = {tb_deck_show, can_in_spreadsheet},
    [TB_COMMAND_MAIL] = {tb_mail_send, can_in_form},
    [TB_COMMAND_MARK] = {tb_marks_show, can_in_form},
    [TB_COMMAND_UNMARK] = {tb_marks_hide, can_unmark},
    [TB_COMMAND_MEND] = {tb_mend_cell, can_in_editable_form},
    [TB_COMMAND_MEND_ALL] = {tb_mend_all, can_in_editable_form},
    [TB_COMMAND_NEXT] = {tb_findings_next, can_go},
    [TB_COMMAND_PREVIOUS] = {tb_findings_previous, can_go},
    [TB_COMMAND_EXPLAIN] = {tb_findings_explain, can_in_editable_form},
    [TB_COMMAND_NEW] = {tb_new_form, can_anywhere},
    [TB_COMMAND_REQUIRED] = {tb_required_next, can_in_form},
    [TB_COMMAND_SETTINGS] = {tb_options_open, can_anywhere},
    [TB_COMMAND_HELP] = {tb_help_show, can_anywhere},
    [TB_COMMAND_RIBBON] = {tb_panel_toggle, can_in_spreadsheet},
    [TB_COMMAND_ADD_GOAL] = {tb_rows_add_block, can_in_editable_form},
    [TB_COMMAND_ADD_ROW] = {tb_rows_add, can_in_editable_form},
    [TB_COMMAND_REMOVE_ROW] = {tb_rows_remove, can_in_editable_form},
};

/* Its place in the table, or -1. */
static sal_Int32 find_command(const tb_url *feature)
{
    for (sal_Int32 i = 0; i < TB_COMMAND_COUNT; i++) {
        if (tb_text_is(feature->complete, tb_command_entries[i].url))
            return i;
    }
    return -1;
}

static void find_enabled(const commands *self, bool is_enabled[TB_COMMAND_COUNT])
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_command_facts facts = tb_command_facts_gather(&calls, self->head.context, self->frame);
    for (sal_Int32 i = 0; i < TB_COMMAND_COUNT; i++)
        is_enabled[i] = command_rows[i].can_run(&facts);
    tb_calls_done(&calls, NULL);
}

static bool shows(const commands *self, bool (*what)(const tb_command_facts *facts))
{
    tb_calls calls;
    tb_calls_init(&calls);
    tb_command_facts facts = tb_command_facts_gather(&calls, self->head.context, self->frame);
    tb_calls_done(&calls, NULL);
    return what(&facts);
}

/* ---- dispatching ---- */

/* XInitialization: the arguments are the frame. */
static tb_status initialize(tb_object *object, void *result TB_UNUSED, void **arguments,
                            tb_error *error TB_UNUSED)
{
    commands *self = (commands *)object;
    const uno_Sequence *given = *(uno_Sequence **)arguments[0];
    uno_Interface *frame =
        given->nElements > 0 ? tb_any_find_object(TB_ITEMS(given, const uno_Any)) : NULL;
    tb_object_acquire(frame);
    tb_object_clear(&self->frame);
    self->frame = frame;
    return TB_OK;
}

static uno_Interface *dispatch_for(tb_object *self, const tb_url *feature)
{
    if (find_command(feature) < 0)
        return NULL;
    uno_Interface *own = tb_object_get_interface(self, "com.sun.star.frame.XDispatch");
    tb_object_acquire(own);
    return own;
}

static tb_status query_dispatch(tb_object *self, void *result, void **arguments,
                                tb_error *error TB_UNUSED)
{
    *(uno_Interface **)result = dispatch_for(self, arguments[0]);
    return TB_OK;
}

static tb_status query_dispatches(tb_object *self, void *result, void **arguments, tb_error *error)
{
    const uno_Sequence *asked = *(uno_Sequence **)arguments[0];
    uno_Sequence *found = NULL;
    if (!uno_type_sequence_construct(&found, tb_library_type(TB_TYPE_DISPATCHES, NULL), NULL,
                                     asked->nElements, NULL))
        return tb_error_memory(error);
    uno_Interface **items = TB_ITEMS(found, uno_Interface *);
    for (sal_Int32 i = 0; i < asked->nElements; i++)
        items[i] = dispatch_for(self, &TB_ITEMS(asked, const tb_dispatch_descriptor)[i].feature);
    *(uno_Sequence **)result = found;
    return TB_OK;
}

/* What notify() does besides commands: the panel comes where it was left open. */
enum { RESTORE_PANEL = TB_COMMAND_COUNT };

/* Makes the main loop call notify(). */
static tb_status run_later(tb_object *self, sal_Int32 what, tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *loop = tb_service(&calls, self->context, "com.sun.star.awt.AsyncCallback", NULL);
    uno_Interface *own = tb_object_get_interface(self, "com.sun.star.awt.XCallback");
    uno_Any *data = tb_calls_any(&calls, TB_TYPE_LONG, &what);
    tb_uno_call(&calls, loop, TB_XRequestCallback_addCallback, TB_ARGS(&own, data));
    return tb_calls_done(&calls, error);
}

/* XDispatch */
static tb_status dispatch(tb_object *self, void *result TB_UNUSED, void **arguments,
                          tb_error *error)
{
    sal_Int32 command = find_command(arguments[0]);
    return command < 0 ? TB_OK : run_later(self, command, error);
}

/* The ribbon of a Writer document offers our commands too and does not grey them out. */
static void say_no_spreadsheet(uno_Interface *context, uno_Interface *frame)
{
    tb_language language = tb_office_language(context);
    tb_message_box_show(context, frame,
                        tb_str_of(tb_message_get(language, TB_MSG_CALC_NO_SPREADSHEET)));
}

/* XCallback */
static tb_status notify(tb_object *object, void *result TB_UNUSED, void **arguments,
                        tb_error *error TB_UNUSED)
{
    commands *self = (commands *)object;
    sal_Int32 command;
    bool is_enabled[TB_COMMAND_COUNT];
    if (self->frame == NULL || !tb_any_long(arguments[0], &command))
        return TB_OK;
    if (command == RESTORE_PANEL && shows(self, can_in_form))
        tb_panel_restore(object->context, self->frame);
    if (command < 0 || command >= TB_COMMAND_COUNT)
        return TB_OK;
    find_enabled(self, is_enabled);
    if (is_enabled[command] || shows(self, can_in_spreadsheet))
        command_rows[command].run(object->context, self->frame);
    else
        say_no_spreadsheet(object->context, self->frame);
    return TB_OK;
}

/* ---- telling who shows a command ---- */

static void tell_listeners(commands *self)
{
    bool is_enabled[TB_COMMAND_COUNT];
    if (tb_command_listeners_are_none(&self->listeners))
        return;
    find_enabled(self, is_enabled);
    tb_command_listeners_tell(&self->listeners, is_enabled);
}

/* One that was not told in this round, with a reference; NULL when all were. */
static commands *take_untold(uint64_t round)
{
    tb_lock();
    commands *found = listening;
    while (found != NULL && found->round >= round)
        found = found->next;
    if (found != NULL) {
        found->round = round;
        tb_object_ref(&found->head);
    }
    tb_unlock();
    return found;
}

void tb_commands_tell(void)
{
    static uint64_t last_round;
    commands *self;
    tb_lock();
    uint64_t round = ++last_round;
    tb_unlock();
    while ((self = take_untold(round)) != NULL) {
        tell_listeners(self);
        tb_object_unref(&self->head);
    }
}

static void enlist(commands *self)
{
    tb_lock();
    self->next = listening;
    listening = self;
    tb_unlock();
}

static void delist(commands *self)
{
    tb_lock();
    commands **link = &listening;
    while (*link != NULL && *link != self)
        link = &(*link)->next;
    if (*link != NULL)
        *link = self->next;
    tb_unlock();
}

static uno_Interface *find_broadcaster(const commands *self, tb_calls *calls)
{
    rtl_uString *name =
        tb_calls_text(calls, TB_STR("/singletons/com.sun.star.frame.theGlobalEventBroadcaster"));
    return tb_uno_call_object(calls, self->head.context, TB_XComponentContext_getValueByName,
                              TB_ARGS(&name));
}

static void listen(commands *self)
{
    tb_calls calls;
    if (self->listens)
        return;
    self->listens = true;
    enlist(self);
    tb_calls_init(&calls);
    uno_Interface *frame_listener =
        tb_object_get_interface(&self->head, "com.sun.star.frame.XFrameActionListener");
    uno_Interface *document_listener =
        tb_object_get_interface(&self->head, "com.sun.star.document.XDocumentEventListener");
    tb_uno_call(&calls, self->frame, TB_XFrame_addFrameActionListener, TB_ARGS(&frame_listener));
    tb_uno_call(&calls, find_broadcaster(self, &calls),
                TB_XDocumentEventBroadcaster_addDocumentEventListener, TB_ARGS(&document_listener));
    tb_calls_done(&calls, NULL);
    run_later(&self->head, RESTORE_PANEL, NULL);
}

static tb_status add_status_listener(tb_object *object, void *result TB_UNUSED, void **arguments,
                                     tb_error *error)
{
    commands *self = (commands *)object;
    const tb_url *feature = arguments[1];
    sal_Int32 command = find_command(feature);
    uno_Interface *listener = *(uno_Interface **)arguments[0];
    bool is_enabled[TB_COMMAND_COUNT];
    if (command < 0 || listener == NULL)
        return TB_OK;
    listen(self);
    find_enabled(self, is_enabled);
    self->listeners.source = tb_object_get_interface(object, "com.sun.star.uno.XInterface");
    return tb_command_listeners_add(&self->listeners, listener, (tb_command)command, feature,
                                    is_enabled[command], error);
}

static tb_status remove_status_listener(tb_object *object, void *result TB_UNUSED, void **arguments,
                                        tb_error *error TB_UNUSED)
{
    sal_Int32 command = find_command(arguments[1]);
    if (command >= 0)
        tb_command_listeners_remove(&((commands *)object)->listeners,
                                    *(uno_Interface **)arguments[0], (tb_command)command);
    return TB_OK;
}

/* com.sun.star.frame.FrameActionEvent */
typedef struct frame_action_event {
    uno_Interface *source, *frame;
    sal_Int32 action;
} frame_action_event;

static tb_status frame_action(tb_object *self, void *result TB_UNUSED, void **arguments,
                              tb_error *error TB_UNUSED)
{
    enum { ATTACHED = 0, REATTACHED = 2, ACTIVATED = 3 }; /* com.sun.star.frame.FrameAction */
    sal_Int32 action = ((const frame_action_event *)arguments[0])->action;
    if (action == ATTACHED || action == REATTACHED)
        tell_listeners((commands *)self);
    if (action == ATTACHED || action == REATTACHED || action == ACTIVATED)
        run_later(self, RESTORE_PANEL, NULL);
    return TB_OK;
}

/* com.sun.star.document.DocumentEvent, of which only the first part is looked at */
typedef struct document_event {
    uno_Interface *source;
    rtl_uString *name;
} document_event;

/* A document's title says whether it is read-only, and so changes with that. */
static tb_status document_event_occured(tb_object *self, void *result TB_UNUSED, void **arguments,
                                        tb_error *error TB_UNUSED)
{
    const rtl_uString *name = ((const document_event *)arguments[0])->name;
    if (tb_text_is(name, "OnTitleChanged") || tb_text_is(name, "OnModeChanged"))
        tell_listeners((commands *)self);
    return TB_OK;
}

static void stop_listening(commands *self)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *document_listener =
        tb_object_get_interface(&self->head, "com.sun.star.document.XDocumentEventListener");
    tb_uno_call(&calls, find_broadcaster(self, &calls),
                TB_XDocumentEventBroadcaster_removeDocumentEventListener,
                TB_ARGS(&document_listener));
    tb_calls_done(&calls, NULL);
}

/* The frame goes, or the office as a whole. */
static tb_status disposing(tb_object *object, void *result TB_UNUSED, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    commands *self = (commands *)object;
    tb_object_ref(object);
    delist(self);
    stop_listening(self);
    tb_command_listeners_done(&self->listeners);
    tb_object_clear(&self->frame);
    tb_object_unref(object);
    return TB_OK;
}

static void done(tb_object *object)
{
    commands *self = (commands *)object;
    delist(self);
    tb_command_listeners_done(&self->listeners);
    tb_object_clear(&self->frame);
}

static const tb_method initialization_methods[] = {{"initialize", initialize}, {NULL, NULL}};
static const tb_method provider_methods[] = {
    {"queryDispatch", query_dispatch}, {"queryDispatches", query_dispatches}, {NULL, NULL}};
static const tb_method dispatch_methods[] = {{"dispatch", dispatch},
                                             {"addStatusListener", add_status_listener},
                                             {"removeStatusListener", remove_status_listener},
                                             {NULL, NULL}};
static const tb_method callback_methods[] = {{"notify", notify}, {NULL, NULL}};
static const tb_method frame_methods[] = {
    {"frameAction", frame_action}, {"disposing", disposing}, {NULL, NULL}};
static const tb_method document_methods[] = {
    {"documentEventOccured", document_event_occured}, {"disposing", disposing}, {NULL, NULL}};

static const tb_interface interfaces[] = {
    {"com.sun.star.lang.XInitialization", initialization_methods},
    {"com.sun.star.frame.XDispatchProvider", provider_methods},
    {"com.sun.star.frame.XDispatch", dispatch_methods},
    {"com.sun.star.awt.XCallback", callback_methods},
    {"com.sun.star.frame.XFrameActionListener", frame_methods},
    {"com.sun.star.document.XDocumentEventListener", document_methods},
    {NULL, NULL}};
static const char *const services[] = {"com.sun.star.frame.ProtocolHandler", NULL};

tb_class tb_commands_class = {.implementation = "org.tianbao.calc.Commands",
                              .services = services,
                              .interfaces = interfaces,
                              .size = sizeof(commands),
                              .done = done};
