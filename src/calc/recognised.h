/*
 * Whether an open document is a form, told without a check: by a look at the tops of its sheets,
 * where titles stand. The document is looked at once, when first somebody asks; definitions are
 * read only for one that has texts there. From any thread.
 */
#ifndef TB_CALC_RECOGNISED_H
#define TB_CALC_RECOGNISED_H

#include "calc/uno/calls.h"
#include "calc/uno/object.h"

/* Of a spreadsheet document. True, too, where it cannot be told: a check will say why. */
bool tb_recognised_is_form(tb_calls *calls, uno_Interface *context, uno_Interface *document);

extern tb_class tb_recognised_class;

#endif
