/*
 * What the office tells assistive programs of its windows (com.sun.star.accessibility), in every
 * version: counts, roles and indices have become wider from one to the next. Everything returned is
 * borrowed from the calls; nothing is there of what is NULL.
 */
#ifndef TB_CALC_ACCESSIBLE_H
#define TB_CALC_ACCESSIBLE_H

#include "calc/uno/calls.h"

/* com.sun.star.accessibility.AccessibleRole */
enum { TB_ROLE_PANEL = 40, TB_ROLE_DOCUMENT_SPREADSHEET = 84 };

/* The context of a window, of a control or of a context's child. */
uno_Interface *tb_accessible_context(tb_calls *calls, uno_Interface *accessible);

sal_Int64 tb_accessible_role(tb_calls *calls, uno_Interface *context);
sal_Int64 tb_accessible_child_count(tb_calls *calls, uno_Interface *context);
/* The child itself; its context is another object. */
uno_Interface *tb_accessible_child(tb_calls *calls, uno_Interface *context, sal_Int64 index);
/* The first child of that role, or NULL. */
uno_Interface *tb_accessible_find_child(tb_calls *calls, uno_Interface *context, sal_Int64 role);

#endif
