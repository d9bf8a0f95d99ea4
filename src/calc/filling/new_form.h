/*
 * A new document from one of the blank forms that come with the package. To be called in the
 * office's main loop.
 */
#ifndef TB_CALC_FILLING_NEW_FORM_H
#define TB_CALC_FILLING_NEW_FORM_H

#include "calc/uno/object.h"

/* Asks which form, and opens it. */
void tb_new_form(uno_Interface *context, uno_Interface *frame);

extern tb_class tb_new_form_class;

#endif
