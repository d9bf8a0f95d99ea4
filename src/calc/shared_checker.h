/*
 * The checker that all sessions share: compiling the definitions takes longer than checking a form
 * with them. It is made at the first check, and anew for later sessions when the administrator's
 * folder of definitions was set to another one; sessions keep theirs until they end.
 */
#ifndef TB_CALC_SHARED_CHECKER_H
#define TB_CALC_SHARED_CHECKER_H

#include "calc/uno/uno.h"
#include "rule/check.h"

typedef struct tb_shared_checker tb_shared_checker;

/* The caller gives it back. After a failure the next call tries again, so that a definition put
 * right is seen without a restart. */
tb_status tb_shared_checker_take(uno_Interface *context, tb_shared_checker **ret_shared,
                                 tb_error *error);
void tb_shared_checker_give_back(tb_shared_checker *shared); /* NULL is fine */

const tb_checker *tb_shared_checker_get(const tb_shared_checker *shared);

#endif
