/*
 * Resolving is slow (it parses the name and asks the type manager), so each row is resolved once.
 * Two threads may resolve the same row at the same time; both find the same, and one copy stays.
 */
#include "calc/uno/library.h"

#include <osl/mutex.h>

#define TB_MEMBER_NAME(module, interface, member)                                                  \
    "com.sun.star." #module "." #interface "::" #member

typedef struct tb_member_row {
    const char *name;
    bool is_attribute;
} tb_member_row;

static const tb_member_row member_rows[TB_MEMBER_COUNT] = {
#define METHOD_ROW(module, interface, member)    {TB_MEMBER_NAME(module, interface, member), false},
#define ATTRIBUTE_ROW(module, interface, member) {TB_MEMBER_NAME(module, interface, member), true},
    TB_UNO_MEMBERS(METHOD_ROW, ATTRIBUTE_ROW)};

typedef struct tb_type_row {
    typelib_TypeClass class_;
    const char *name;
} tb_type_row;

static const tb_type_row type_rows[TB_TYPE_COUNT] = {
#define TYPE_ROW(id, class, name) {typelib_TypeClass_##class, name},
    TB_UNO_TYPES(TYPE_ROW)};

static tb_member_type members[TB_MEMBER_COUNT];
static typelib_TypeDescriptionReference *types[TB_TYPE_COUNT];

/* The complete description of a name, or NULL. */
static typelib_TypeDescription *describe(typelib_TypeClass class_, const char *name)
{
    typelib_TypeDescriptionReference *reference = NULL;
    typelib_TypeDescription *description = NULL;
    typelib_typedescriptionreference_newByAsciiName(&reference, class_, name);
    if (reference == NULL)
        return NULL;
    typelib_typedescriptionreference_getDescription(&description, reference);
    typelib_typedescriptionreference_release(reference);
    if (description != NULL && !description->bComplete)
        typelib_typedescription_complete(&description);
    return description;
}

static void fill_method(tb_member_type *type, typelib_InterfaceTypeDescription **ret_interface)
{
    const typelib_InterfaceMethodTypeDescription *method = (const void *)type->member;
    type->result = method->pReturnTypeRef;
    type->parameter_count = method->nParams;
    *ret_interface = method->pInterface;
}

static void fill_attribute(tb_member_type *type, typelib_InterfaceTypeDescription **ret_interface)
{
    const typelib_InterfaceAttributeTypeDescription *attribute = (const void *)type->member;
    type->result = attribute->pAttributeTypeRef;
    type->parameter_count = 0;
    *ret_interface = attribute->pInterface;
}

static bool resolve_member(const tb_member_row *row, tb_member_type *type)
{
    typelib_InterfaceTypeDescription *interface_ = NULL;
    type->name = row->name;
    type->is_attribute = row->is_attribute;
    type->member = describe(row->is_attribute ? typelib_TypeClass_INTERFACE_ATTRIBUTE
                                              : typelib_TypeClass_INTERFACE_METHOD,
                            row->name);
    if (type->member == NULL)
        return false;
    if (row->is_attribute)
        fill_attribute(type, &interface_);
    else
        fill_method(type, &interface_);
    typelib_typedescriptionreference_new(&type->interface_, typelib_TypeClass_INTERFACE,
                                         interface_->aBase.pTypeName);
    return true;
}

/* The lock is never held while the type manager is asked, which has locks of its own. */
const tb_member_type *tb_library_member(tb_member member, tb_error *error)
{
    oslMutex *lock = osl_getGlobalMutex();
    osl_acquireMutex(*lock);
    bool known = members[member].member != NULL;
    osl_releaseMutex(*lock);
    if (known)
        return &members[member];
    tb_member_type type = {0};
    if (!resolve_member(&member_rows[member], &type)) {
        tb_error_set(error, TB_INTERNAL, TB_MSG_CALC_UNKNOWN_NAME, member_rows[member].name, NULL);
        return NULL;
    }
    osl_acquireMutex(*lock);
    if (members[member].member == NULL)
        members[member] = type;
    osl_releaseMutex(*lock);
    return &members[member];
}

typelib_TypeDescriptionReference *tb_library_type(tb_type type, tb_error *error)
{
    oslMutex *lock = osl_getGlobalMutex();
    osl_acquireMutex(*lock);
    typelib_TypeDescriptionReference *known = types[type];
    osl_releaseMutex(*lock);
    if (known != NULL)
        return known;
    typelib_TypeDescription *description = describe(type_rows[type].class_, type_rows[type].name);
    if (description == NULL) {
        tb_error_set(error, TB_INTERNAL, TB_MSG_CALC_UNKNOWN_NAME, type_rows[type].name, NULL);
        return NULL;
    }
    osl_acquireMutex(*lock);
    types[type] = description->pWeakRef;
    osl_releaseMutex(*lock);
    return types[type];
}

typelib_InterfaceTypeDescription *tb_library_interface(const char *name, tb_error *error)
{
    typelib_TypeDescription *description = describe(typelib_TypeClass_INTERFACE, name);
    if (description == NULL)
        tb_error_set(error, TB_INTERNAL, TB_MSG_CALC_UNKNOWN_NAME, name, NULL);
    return (typelib_InterfaceTypeDescription *)description;
}

tb_status tb_library_resolve_all(tb_error *error)
{
    for (int member = 0; member < TB_MEMBER_COUNT; member++) {
        if (tb_library_member((tb_member)member, error) == NULL)
            return TB_INTERNAL;
    }
    for (int type = 0; type < TB_TYPE_COUNT; type++) {
        if (tb_library_type((tb_type)type, error) == NULL)
            return TB_INTERNAL;
    }
    return TB_OK;
}
