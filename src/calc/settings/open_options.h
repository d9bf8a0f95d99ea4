/*
 * Leads from a command to our page of Tools - Options.
 */
#ifndef TB_CALC_SETTINGS_OPEN_OPTIONS_H
#define TB_CALC_SETTINGS_OPEN_OPTIONS_H

#include "calc/uno/uno.h"

/* Opens the office's options at our page; returns when they are closed. In the main loop. */
void tb_options_open(uno_Interface *context, uno_Interface *frame);

#endif
