/*
 * What decides whether a command can run: facts of a frame and its document, gathered once for all
 * commands. Gathering is cheap: of a document's cells only the tops of its sheets are read, once.
 */
#ifndef TB_CALC_COMMAND_FACTS_H
#define TB_CALC_COMMAND_FACTS_H

#include "calc/uno/calls.h"

/* What the last check says of the document as it is now, or a look at it where there was none. */
typedef enum tb_form_state {
    TB_FORM_NONE,      /* it is none that is known */
    TB_FORM_UNCHECKED, /* a form, not checked since it was opened or changed */
    TB_FORM_CLEAN,     /* a form without findings */
    TB_FORM_FINDINGS
} tb_form_state;

typedef struct tb_command_facts {
    uno_Interface *context, *frame;
    uno_Interface *document; /* NULL where the frame shows none */
    bool is_spreadsheet;
    bool is_read_only;
    tb_form_state form;
} tb_command_facts;

/* Everything is borrowed, from the arguments or from the calls. A frame that is gone shows nothing;
 * that is no failure. */
tb_command_facts tb_command_facts_gather(tb_calls *calls, uno_Interface *context,
                                         uno_Interface *frame);

#endif
