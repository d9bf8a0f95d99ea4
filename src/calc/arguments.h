/*
 * The named values that our jobs are called with.
 */
#ifndef TB_CALC_ARGUMENTS_H
#define TB_CALC_ARGUMENTS_H

#include "base/arena.h"
#include "calc/uno/uno.h"

/* Of com.sun.star.beans.NamedValue items; NULL where there is none of that name. */
const uno_Any *tb_arguments_find(const uno_Sequence *arguments, const char *name);
/* The object; NULL where there is none. */
uno_Interface *tb_arguments_find_object(const uno_Sequence *arguments, const char *name);
/* The text, trimmed, in the arena; empty where there is none. */
tb_str tb_arguments_get_text(const uno_Sequence *arguments, const char *name, tb_arena *arena);
/* One of two words, `no` where there is none; false for anything else. */
bool tb_arguments_choose(const uno_Sequence *arguments, const char *name, const char *no,
                         const char *yes, bool *ret_choice);

#endif
