/*
 * What the last finished check of each open document left open, for TB_CHECK and TB_OPEN. Whoever
 * checks a document says so here; the functions themselves never look at it.
 */
#ifndef TB_CALC_FUNCTIONS_LAST_CHECK_H
#define TB_CALC_FUNCTIONS_LAST_CHECK_H

#include "calc/uno/object.h"
#include "rule/check.h"

/* Keeps what the result says, which is only borrowed, and tells the cells that ask. Marks nothing
 * as changed; forgotten when the document closes. From any thread. */
void tb_last_check_publish(uno_Interface *document, const tb_result *result);

extern tb_class tb_last_check_class;

#endif
