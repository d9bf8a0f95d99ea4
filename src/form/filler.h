/*
 * Signs that stand in a cell where something should: dashes, asterisks, dots, crosses, strokes.
 */
#ifndef TB_FORM_FILLER_H
#define TB_FORM_FILLER_H

#include "base/text.h"

/* True for a text of nothing but such signs (and blanks); false for an empty one. */
bool tb_filler_is(tb_str text);

#endif
