/*
 * Checks an edited document again by itself, once the user has paused: a sheet at a time, so that
 * the main loop is held for moments only. For whoever shows the result and is visible.
 */
#ifndef TB_CALC_FOLLOW_H
#define TB_CALC_FOLLOW_H

#include "calc/checked.h"

typedef struct tb_follower tb_follower;

/* Whether whoever shows the result is in sight now. */
typedef bool (*tb_follower_in_sight)(void *viewer);

/* Follows from now on. Only a document that was known as a form in an earlier check is checked. The
 * caller frees it. */
tb_status tb_follower_new(tb_checked *checked, uno_Interface *context, void *viewer,
                          tb_follower_in_sight in_sight, tb_follower **ret_follower,
                          tb_error *error);
void tb_follower_free(tb_follower *follower); /* NULL is fine */

#endif
