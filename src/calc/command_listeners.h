/*
 * Who shows a command: the buttons and entries that are to be grey while it cannot run. Each is
 * told when it comes and again when that changes. From any thread.
 */
#ifndef TB_CALC_COMMAND_LISTENERS_H
#define TB_CALC_COMMAND_LISTENERS_H

#include "calc/command_table.h"
#include "calc/uno/object.h"

/* com.sun.star.util.URL, of which only the first part is looked at */
typedef struct tb_url {
    rtl_uString *complete, *main, *protocol, *user, *password, *server;
    sal_Int16 port;
    rtl_uString *path, *name, *arguments, *mark;
} tb_url;

/* com.sun.star.frame.DispatchDescriptor */
typedef struct tb_dispatch_descriptor {
    tb_url feature;
    rtl_uString *frame_name;
    sal_Int32 flags;
} tb_dispatch_descriptor;

/* com.sun.star.frame.FeatureStateEvent */
typedef struct tb_state_event {
    uno_Interface *source;
    tb_url feature;
    rtl_uString *descriptor;
    sal_Bool is_enabled, requery;
    uno_Any state;
} tb_state_event;

typedef struct tb_command_listener tb_command_listener;

typedef struct tb_command_listeners {
    uno_Interface *source;      /* who tells; borrowed */
    tb_command_listener *first; /* owned */
} tb_command_listeners;

/* Keeps the listener (XStatusListener) and tells it. */
tb_status tb_command_listeners_add(tb_command_listeners *listeners, uno_Interface *listener,
                                   tb_command command, const tb_url *feature, bool is_enabled,
                                   tb_error *error);
void tb_command_listeners_remove(tb_command_listeners *listeners, const uno_Interface *listener,
                                 tb_command command);
/* Tells those for whom it has changed. */
void tb_command_listeners_tell(tb_command_listeners *listeners,
                               const bool is_enabled[TB_COMMAND_COUNT]);
bool tb_command_listeners_are_none(const tb_command_listeners *listeners);
void tb_command_listeners_done(tb_command_listeners *listeners);

#endif
