/*
 * Numbers are read as wide as this office says they are.
 */
#include "calc/accessible.h"

static sal_Int64 call_integer(tb_calls *calls, uno_Interface *object, tb_member member)
{
    const void *value = tb_uno_call(calls, object, member, NULL);
    const tb_member_type *type = value == NULL ? NULL : tb_library_member(member, NULL);
    if (type == NULL)
        return 0;
    switch (type->result->eTypeClass) {
    case typelib_TypeClass_SHORT:
        return *(const sal_Int16 *)value;
    case typelib_TypeClass_LONG:
        return *(const sal_Int32 *)value;
    case typelib_TypeClass_HYPER:
        return *(const sal_Int64 *)value;
    default:
        return 0;
    }
}

uno_Interface *tb_accessible_context(tb_calls *calls, uno_Interface *accessible)
{
    return accessible == NULL
               ? NULL
               : tb_uno_call_object(calls, accessible, TB_XAccessible_getAccessibleContext, NULL);
}

sal_Int64 tb_accessible_role(tb_calls *calls, uno_Interface *context)
{
    return context == NULL ? 0
                           : call_integer(calls, context, TB_XAccessibleContext_getAccessibleRole);
}

sal_Int64 tb_accessible_child_count(tb_calls *calls, uno_Interface *context)
{
    return context == NULL
               ? 0
               : call_integer(calls, context, TB_XAccessibleContext_getAccessibleChildCount);
}

/* The index is wide enough for every version; a narrower one is its low half. */
uno_Interface *tb_accessible_child(tb_calls *calls, uno_Interface *context, sal_Int64 index)
{
    return tb_uno_call_object(calls, context, TB_XAccessibleContext_getAccessibleChild,
                              TB_ARGS(&index));
}

uno_Interface *tb_accessible_find_child(tb_calls *calls, uno_Interface *context, sal_Int64 role)
{
    sal_Int64 count = tb_accessible_child_count(calls, context);
    for (sal_Int64 i = 0; i < count; i++) {
        uno_Interface *child = tb_accessible_child(calls, context, i);
        if (tb_accessible_role(calls, tb_accessible_context(calls, child)) == role)
            return child;
    }
    return NULL;
}
