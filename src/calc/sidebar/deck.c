/*
 * A sidebar that was never opened has no decks yet.
 */
#include "calc/sidebar/deck.h"

#include "calc/message_box.h"
#include "calc/uno/calls.h"

/* As in registry/Sidebar.xcu. */
#define DECK "org.tianbao.FindingsDeck"

static uno_Interface *get_sidebar(tb_calls *calls, uno_Interface *frame)
{
    uno_Interface *controller = tb_uno_call_object(calls, frame, TB_XFrame_getController, NULL);
    return tb_uno_call_object(calls, controller, TB_XController2_getSidebar, NULL);
}

static uno_Interface *get_deck(tb_calls *calls, uno_Interface *sidebar)
{
    rtl_uString *name = tb_calls_text(calls, TB_STR(DECK));
    uno_Interface *decks = tb_uno_call_object(calls, sidebar, TB_XSidebarProvider_getDecks, NULL);
    return tb_uno_call_object(calls, decks, TB_XNameAccess_getByName, TB_ARGS(&name));
}

void tb_deck_show(uno_Interface *context, uno_Interface *frame)
{
    tb_calls calls;
    tb_error error;
    sal_Bool yes = true;
    if (tb_deck_is_visible(frame))
        return; /* activating a deck that is there already hides it */
    tb_calls_init(&calls);
    uno_Interface *sidebar = get_sidebar(&calls, frame);
    tb_uno_call(&calls, sidebar, TB_XSidebarProvider_setVisible, TB_ARGS(&yes));
    tb_uno_call(&calls, sidebar, TB_XSidebarProvider_showDecks, TB_ARGS(&yes));
    tb_uno_call(&calls, get_deck(&calls, sidebar), TB_XDeck_activate, TB_ARGS(&yes));
    if (tb_calls_done(&calls, &error) != TB_OK)
        tb_message_box_show_error(context, frame, &error);
}

bool tb_deck_is_visible(uno_Interface *frame)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *sidebar = get_sidebar(&calls, frame);
    bool visible = tb_uno_call_boolean(&calls, sidebar, TB_XSidebarProvider_isVisible, NULL) &&
                   tb_uno_call_boolean(&calls, get_deck(&calls, sidebar), TB_XDeck_isActive, NULL);
    return tb_calls_done(&calls, NULL) == TB_OK && visible;
}
