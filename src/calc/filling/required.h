/*
 * Going through what has to be filled in and is not. To be called in the office's main loop.
 */
#ifndef TB_CALC_FILLING_REQUIRED_H
#define TB_CALC_FILLING_REQUIRED_H

#include "calc/uno/uno.h"

/* Goes to the next cell after the cursor that is required and blank, in reading order; behind the
 * last one it begins again and says so. */
void tb_required_next(uno_Interface *context, uno_Interface *frame);

#endif
