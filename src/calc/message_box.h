/*
 * A plain message in front of a frame's window: for what has no place in a dialog of ours.
 */
#ifndef TB_CALC_MESSAGE_BOX_H
#define TB_CALC_MESSAGE_BOX_H

#include "base/status.h"
#include "calc/uno/calls.h"

/* Shows it and returns when it was closed. Where no window can be shown, nothing happens. */
void tb_message_box_show(uno_Interface *context, uno_Interface *frame, tb_str text);

/* The same as a question; true for OK. */
bool tb_message_box_ask(uno_Interface *context, uno_Interface *frame, tb_str text);

/* The same with the words of an error. */
void tb_message_box_show_error(uno_Interface *context, uno_Interface *frame, const tb_error *error);

#endif
