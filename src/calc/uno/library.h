/*
 * The rows of members.h, resolved against the office's type library.
 */
#ifndef TB_CALC_UNO_LIBRARY_H
#define TB_CALC_UNO_LIBRARY_H

#include "base/status.h"
#include "calc/uno/members.h"
#include "calc/uno/uno.h"

typedef struct tb_member_type {
    const char *name; /* "com.sun.star.frame.XModel::getURL" */
    bool is_attribute;
    typelib_TypeDescription *member;              /* what the dispatcher is given */
    typelib_TypeDescriptionReference *result;     /* of the method, or of the attribute */
    typelib_TypeDescriptionReference *interface_; /* that declares it */
    sal_Int32 parameter_count;
} tb_member_type;

/* The resolved row, kept for ever; NULL when the office does not know it (error tells). */
const tb_member_type *tb_library_member(tb_member member, tb_error *error);
/* The same for a type. */
typelib_TypeDescriptionReference *tb_library_type(tb_type type, tb_error *error);
/* A type by its name, for the classes; the caller releases it. NULL when it is not known. */
typelib_InterfaceTypeDescription *tb_library_interface(const char *name, tb_error *error);

/* Resolves everything; for the tests. */
tb_status tb_library_resolve_all(tb_error *error);

#endif
