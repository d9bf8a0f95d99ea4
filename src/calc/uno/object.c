/*
 * An object has one uno_Interface per interface type (a face), and one of its own for XInterface:
 * the office keys its tables on the pointer and the type, so that one pointer under two types would
 * be counted wrongly.
 */
#include "calc/uno/object.h"

#include <osl/interlck.h>
#include <osl/mutex.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "calc/uno/library.h"
#include "calc/uno/value.h"

enum { POSITION_QUERY, POSITION_ACQUIRE, POSITION_RELEASE, POSITION_FIRST };

/* One interface of a class: which function answers the member at a position. */
typedef struct bound_interface {
    typelib_TypeDescriptionReference *type;
    sal_Int32 count;    /* of answers */
    tb_answer *answers; /* by position, from POSITION_FIRST */
} bound_interface;

#define FACE_MAX (TB_CLASS_MAX_INTERFACES + 3)

typedef struct tb_binding {
    size_t count;
    bound_interface interfaces[FACE_MAX]; /* XInterface is the first */
} tb_binding;

typedef struct tb_face {
    uno_Interface base; /* must be first */
    tb_object *object;
    const bound_interface *bound;
} tb_face;

/* com.sun.star.uno.Exception; IllegalArgumentException adds the position */
typedef struct thrown_exception {
    rtl_uString *message;
    uno_Interface *context;
    sal_Int16 position;
} thrown_exception;

static tb_language exception_language;

void tb_object_set_language(tb_language language)
{
    exception_language = language;
}

/* Throwing */

static void throw_error(uno_Any *into, const tb_error *error)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_EXCEPTION_MEMORY);
    tb_error_format(&text, exception_language, error);
    thrown_exception thrown = {tb_text_new(tb_buffer_get(&text)), NULL, 0};
    if (thrown.message == NULL)
        rtl_uString_new(&thrown.message);
    tb_type type =
        error->status == TB_INVALID ? TB_TYPE_ARGUMENT_EXCEPTION : TB_TYPE_RUNTIME_EXCEPTION;
    uno_type_any_construct(into, &thrown, tb_library_type(type, NULL), NULL);
    rtl_uString_release(thrown.message);
    tb_buffer_done(&text);
}

/* XTypeProvider and XServiceInfo, for every class */

static tb_status new_text(const char *ascii, void *result, tb_error *error)
{
    rtl_uString *text = tb_text_new(tb_str_of(ascii));
    if (text == NULL)
        return tb_error_memory(error);
    *(rtl_uString **)result = text;
    return TB_OK;
}

static tb_status new_sequence(tb_type type, void *items, size_t count, void *result,
                              tb_error *error)
{
    uno_Sequence *sequence = NULL;
    if (!uno_type_sequence_construct(&sequence, tb_library_type(type, NULL), items,
                                     (sal_Int32)count, NULL))
        return tb_error_memory(error);
    *(uno_Sequence **)result = sequence;
    return TB_OK;
}

static tb_status get_types(tb_object *self, void *result, void **arguments TB_UNUSED,
                           tb_error *error)
{
    typelib_TypeDescriptionReference *types[FACE_MAX];
    const tb_binding *binding = self->class_->binding;
    for (size_t i = 1; i < binding->count; i++)
        types[i - 1] = binding->interfaces[i].type;
    return new_sequence(TB_TYPE_TYPES, types, binding->count - 1, result, error);
}

static tb_status get_implementation_id(tb_object *self TB_UNUSED, void *result,
                                       void **arguments TB_UNUSED, tb_error *error)
{
    return new_sequence(TB_TYPE_BYTES, NULL, 0, result, error);
}

static tb_status get_implementation_name(tb_object *self, void *result, void **arguments TB_UNUSED,
                                         tb_error *error)
{
    return new_text(self->class_->implementation, result, error);
}

static size_t service_count(const tb_class *class_)
{
    size_t count = 0;
    while (class_->services != NULL && class_->services[count] != NULL)
        count++;
    return count;
}

static tb_status supports_service(tb_object *self, void *result, void **arguments,
                                  tb_error *error TB_UNUSED)
{
    bool found = false;
    for (size_t i = 0; i < service_count(self->class_); i++)
        found = found || tb_text_is(*(rtl_uString **)arguments[0], self->class_->services[i]);
    *(sal_Bool *)result = found;
    return TB_OK;
}

static tb_status get_services(tb_object *self, void *result, void **arguments TB_UNUSED,
                              tb_error *error)
{
    size_t count = service_count(self->class_);
    tb_status status = new_sequence(TB_TYPE_STRINGS, NULL, count, result, error);
    for (size_t i = 0; status == TB_OK && i < count; i++) {
        rtl_uString **item = &TB_ITEMS(*(uno_Sequence **)result, rtl_uString *)[i];
        rtl_uString_newFromAscii(item, self->class_->services[i]);
    }
    return status;
}

static const tb_method type_provider_methods[] = {
    {"getTypes", get_types}, {"getImplementationId", get_implementation_id}, {NULL, NULL}};

static const tb_method service_info_methods[] = {{"getImplementationName", get_implementation_name},
                                                 {"supportsService", supports_service},
                                                 {"getSupportedServiceNames", get_services},
                                                 {NULL, NULL}};

static const tb_method no_methods[] = {{NULL, NULL}};

static const tb_interface common_interfaces[] = {
    {"com.sun.star.uno.XInterface", no_methods},
    {"com.sun.star.lang.XTypeProvider", type_provider_methods},
    {"com.sun.star.lang.XServiceInfo", service_info_methods},
    {NULL, NULL}};

/* Binding names to positions */

static tb_answer find_answer(const tb_interface *interface_, const rtl_uString *name)
{
    for (const tb_method *method = interface_->methods; method->name != NULL; method++) {
        if (tb_text_is(name, method->name))
            return method->answer;
    }
    return NULL;
}

static tb_status bind_members(const tb_interface *interface_,
                              const typelib_InterfaceTypeDescription *description,
                              bound_interface *bound, tb_error *error)
{
    size_t named = 0;
    while (interface_->methods[named].name != NULL)
        named++;
    bound->count = description->nAllMembers - POSITION_FIRST;
    if (bound->count != (sal_Int32)named && description->nAllMembers > POSITION_FIRST)
        return tb_error_set(error, TB_INTERNAL, TB_MSG_CALC_UNKNOWN_NAME, interface_->type, NULL);
    for (sal_Int32 i = 0; i < bound->count; i++) {
        typelib_TypeDescription *member = NULL;
        typelib_typedescriptionreference_getDescription(
            &member, description->ppAllMembers[i + POSITION_FIRST]);
        const typelib_InterfaceMemberTypeDescription *typed = (const void *)member;
        bound->answers[i] = typed == NULL ? NULL : find_answer(interface_, typed->pMemberName);
        if (member != NULL)
            typelib_typedescription_release(member);
        if (bound->answers[i] == NULL)
            return tb_error_set(error, TB_INTERNAL, TB_MSG_CALC_UNKNOWN_NAME, interface_->type,
                                NULL);
    }
    return TB_OK;
}

static tb_status bind_interface(const tb_interface *interface_, tb_binding *binding,
                                tb_error *error)
{
    tb_assert_or(binding->count < FACE_MAX, tb_error_memory(error));
    typelib_InterfaceTypeDescription *description = tb_library_interface(interface_->type, error);
    if (description == NULL)
        return TB_INTERNAL;
    bound_interface *bound = &binding->interfaces[binding->count++];
    typelib_typedescriptionreference_new(&bound->type, typelib_TypeClass_INTERFACE,
                                         description->aBase.pTypeName);
    bound->answers = calloc((size_t)description->nAllMembers + 1, sizeof(*bound->answers));
    tb_status status = bound->answers == NULL ? tb_error_memory(error)
                                              : bind_members(interface_, description, bound, error);
    typelib_typedescription_release(&description->aBase);
    return status;
}

static void free_binding(tb_binding *binding)
{
    for (size_t i = 0; i < binding->count; i++) {
        typelib_typedescriptionreference_release(binding->interfaces[i].type);
        free(binding->interfaces[i].answers);
    }
    free(binding);
}

static tb_status new_binding(const tb_class *class_, tb_binding **ret_binding, tb_error *error)
{
    tb_binding *binding = calloc(1, sizeof(*binding));
    if (binding == NULL)
        return tb_error_memory(error);
    tb_status status = TB_OK;
    const tb_interface *lists[] = {common_interfaces, class_->interfaces};
    for (size_t list = 0; list < 2; list++) {
        for (const tb_interface *row = lists[list]; status == TB_OK && row->type != NULL; row++)
            status = bind_interface(row, binding, error);
    }
    if (status == TB_OK)
        *ret_binding = binding;
    else
        free_binding(binding);
    return status;
}

tb_status tb_class_bind(tb_class *class_, tb_error *error)
{
    oslMutex *lock = osl_getGlobalMutex();
    osl_acquireMutex(*lock);
    bool bound = class_->binding != NULL;
    osl_releaseMutex(*lock);
    if (bound)
        return TB_OK;
    tb_binding *binding = NULL;
    tb_status status = new_binding(class_, &binding, error);
    if (status != TB_OK)
        return status;
    osl_acquireMutex(*lock);
    if (class_->binding == NULL) {
        class_->binding = binding;
        binding = NULL;
    }
    osl_releaseMutex(*lock);
    if (binding != NULL)
        free_binding(binding);
    return TB_OK;
}

/* Being called */

static void acquire(uno_Interface *self)
{
    tb_object_ref(((tb_face *)self)->object);
}

static void release(uno_Interface *self)
{
    tb_object_unref(((tb_face *)self)->object);
}

static void answer_query(tb_object *object, typelib_TypeDescriptionReference *type, uno_Any *result)
{
    const tb_binding *binding = object->class_->binding;
    for (size_t i = 0; i < binding->count; i++) {
        if (typelib_typedescriptionreference_equals(binding->interfaces[i].type, type)) {
            uno_Interface *face = &object->faces[i].base;
            uno_type_any_construct(result, &face, type, NULL);
            return;
        }
    }
    uno_type_any_construct(result, NULL, NULL, NULL);
}

static sal_Int32 position_of(const typelib_TypeDescription *member)
{
    return ((const typelib_InterfaceMemberTypeDescription *)(const void *)member)->nPosition;
}

/* None of our attributes can be set: that call has no room for a result. */
static tb_status answer_member(tb_face *face, const typelib_TypeDescription *member, void *result,
                               void **arguments, tb_error *error)
{
    sal_Int32 index = position_of(member) - POSITION_FIRST;
    bool sets = member->eTypeClass == typelib_TypeClass_INTERFACE_ATTRIBUTE && result == NULL;
    if (index < 0 || index >= face->bound->count || sets)
        return tb_error_set(error, TB_INTERNAL, TB_MSG_CALC_UNKNOWN_NAME,
                            face->object->class_->implementation, NULL);
    tb_object_ref(face->object); /* it may give up its last reference meanwhile */
    tb_status status = face->bound->answers[index](face->object, result, arguments, error);
    tb_object_unref(face->object);
    return status;
}

static void dispatch(uno_Interface *self, const typelib_TypeDescription *member, void *result,
                     void *arguments[], uno_Any **exception)
{
    tb_face *face = (tb_face *)self;
    sal_Int32 position = position_of(member);
    tb_error error = {.status = TB_OK};
    tb_status status = TB_OK;
    if (position == POSITION_QUERY)
        answer_query(face->object, *(typelib_TypeDescriptionReference **)arguments[0], result);
    else if (position == POSITION_ACQUIRE)
        acquire(self);
    else if (position == POSITION_RELEASE)
        release(self);
    else
        status = answer_member(face, member, result, arguments, &error);
    if (status == TB_OK)
        *exception = NULL;
    else
        throw_error(*exception, &error);
}

/* Life */

tb_status tb_object_new(tb_class *class_, uno_Interface *context, tb_object **ret_object,
                        tb_error *error)
{
    tb_status status = tb_class_bind(class_, error);
    if (status != TB_OK)
        return status;
    size_t count = class_->binding->count;
    tb_object *object = calloc(1, class_->size);
    tb_face *faces = calloc(count, sizeof(*faces));
    if (object == NULL || faces == NULL) {
        free(object);
        free(faces);
        return tb_error_memory(error);
    }
    for (size_t i = 0; i < count; i++)
        faces[i] = (tb_face){{acquire, release, dispatch}, object, &class_->binding->interfaces[i]};
    tb_object_acquire(context);
    *object = (tb_object){class_, 1, context, faces};
    *ret_object = object;
    return TB_OK;
}

void tb_object_ref(tb_object *object)
{
    osl_atomic_increment(&object->references);
}

void tb_object_unref(tb_object *object)
{
    if (osl_atomic_decrement(&object->references) != 0)
        return;
    if (object->class_->done != NULL)
        object->class_->done(object);
    tb_object_release(object->context);
    free(object->faces);
    free(object);
}

uno_Interface *tb_object_get_interface(tb_object *object, const char *type)
{
    const tb_binding *binding = object->class_->binding;
    for (size_t i = 0; i < binding->count; i++) {
        if (tb_text_is(binding->interfaces[i].type->pTypeName, type))
            return &object->faces[i].base;
    }
    return NULL;
}
