/*
 * The functions, one row each: the method of org.tianbao.XFunctions and who answers it. An answer
 * gets its arguments as the interface has them, turns them into values of ours, asks the library
 * and turns back what it says.
 */
#ifndef TB_CALC_FUNCTIONS_ANSWERS_H
#define TB_CALC_FUNCTIONS_ANSWERS_H

#include "calc/uno/object.h"

/* clang-format off */
#define TB_CALC_FUNCTIONS(FUNCTION) \
    FUNCTION(balanced)   /* sums.c */ \
    FUNCTION(difference) \
    FUNCTION(slip) \
    FUNCTION(share) \
    FUNCTION(target)     /* targets.c */ \
    FUNCTION(meets) \
    FUNCTION(score) \
    FUNCTION(uscc)       /* codes.c */ \
    FUNCTION(idcard) \
    FUNCTION(phone) \
    FUNCTION(rmb) \
    FUNCTION(check)      /* last_check.c */ \
    FUNCTION(open) \
    FUNCTION(sumby)      /* ranges.c */ \
    FUNCTION(countby) \
    FUNCTION(distinct) \
    FUNCTION(complete)
/* clang-format on */

#define TB_DECLARE_ANSWER(name)                                                                    \
    tb_status tb_function_##name(tb_object *self, void *result, void **arguments, tb_error *error);
TB_CALC_FUNCTIONS(TB_DECLARE_ANSWER)
#undef TB_DECLARE_ANSWER

/* The language that the office speaks to its user. */
tb_language tb_functions_language(const tb_object *self);

#endif
