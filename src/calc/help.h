/*
 * Leads F1 in our dialogs to their section of the help, and shows all of it.
 */
#ifndef TB_CALC_HELP_H
#define TB_CALC_HELP_H

#include "calc/uno/calls.h"

/*
 * For a window made from an .xdl: the help has a section of the same name in small letters,
 * findings for dialogs/Findings.xdl. Where the office cannot show help it does nothing.
 */
void tb_help_attach(tb_calls *calls, uno_Interface *context, uno_Interface *window,
                    const char *file);

/* Shows the help as a page in the user's browser. */
void tb_help_show(uno_Interface *context, uno_Interface *frame);

#endif
