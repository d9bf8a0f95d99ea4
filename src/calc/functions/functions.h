/*
 * org.tianbao.Functions: the TB_… functions of Calc. See idl/org/tianbao/XFunctions.idl.
 */
#ifndef TB_CALC_FUNCTIONS_FUNCTIONS_H
#define TB_CALC_FUNCTIONS_FUNCTIONS_H

#include "calc/uno/object.h"

extern tb_class tb_functions_class;

#endif
