/*
 * The office's binary UNO interface for C. Everything else includes this header instead of the
 * SDK's own: typelib/typedescription.h has an inline function that is C++ only in spelling (a bool
 * without its header, an enum tag without `enum`), which the two lines below put right.
 */
#ifndef TB_CALC_UNO_UNO_H
#define TB_CALC_UNO_UNO_H

#include <stdbool.h>
#include <typelib/typeclass.h>

#define _typelib_TypeClass typelib_TypeClass
#include <typelib/typedescription.h>
#undef _typelib_TypeClass

#include <rtl/ustring.h>
#include <sal/types.h>
#include <uno/any2.h>
#include <uno/data.h>
#include <uno/dispatcher.h>
#include <uno/sequence2.h>

#endif
