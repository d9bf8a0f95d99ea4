/*
 * One way out to the office: invoke(). All else here is about what comes back and who owns it.
 */
#include "calc/uno/calls.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "calc/uno/value.h"

/* A value that was returned or made; what it is follows right behind. */
struct tb_calls_value {
    tb_calls_value *next;
    typelib_TypeDescriptionReference *type;
    max_align_t data[];
};

/* com.sun.star.uno.Exception */
typedef struct thrown_exception {
    rtl_uString *message;
    uno_Interface *context;
} thrown_exception;

void tb_calls_init(tb_calls *calls)
{
    memset(calls, 0, sizeof(*calls));
}

tb_status tb_calls_done(tb_calls *calls, tb_error *error)
{
    tb_calls_release(calls, NULL);
    if (calls->error.status != TB_OK && error != NULL)
        *error = calls->error;
    return calls->error.status;
}

bool tb_calls_failed(const tb_calls *calls)
{
    return calls->error.status != TB_OK;
}

void tb_calls_forgive(tb_calls *calls)
{
    calls->error.status = TB_OK;
}

tb_calls_value *tb_calls_mark(const tb_calls *calls)
{
    return calls->values;
}

void tb_calls_release(tb_calls *calls, tb_calls_value *mark)
{
    while (calls->values != mark) {
        tb_calls_value *value = calls->values;
        calls->values = value->next;
        uno_type_destructData(value->data, value->type, NULL);
        typelib_typedescriptionreference_release(value->type);
        free(value);
    }
}

static void fail_memory(tb_calls *calls)
{
    if (!tb_calls_failed(calls))
        tb_error_memory(&calls->error);
}

/* Room for a value of the type, not yet constructed and not yet ours to destruct. */
static tb_calls_value *new_value(tb_calls *calls, typelib_TypeDescriptionReference *type)
{
    typelib_TypeDescription *description = NULL;
    typelib_typedescriptionreference_getDescription(&description, type);
    size_t size = description == NULL ? 0 : (size_t)description->nSize;
    if (description != NULL)
        typelib_typedescription_release(description);
    tb_calls_value *value = calloc(1, sizeof(*value) + size + sizeof(max_align_t));
    if (value == NULL) {
        fail_memory(calls);
        return NULL;
    }
    value->type = type;
    return value;
}

static void *keep_value(tb_calls *calls, tb_calls_value *value)
{
    typelib_typedescriptionreference_acquire(value->type);
    value->next = calls->values;
    calls->values = value;
    return value->data;
}

static void fail_exception(tb_calls *calls, const char *member, const uno_Any *thrown)
{
    tb_arena arena;
    tb_arena_init(&arena, TB_MAX_EXCEPTION_MEMORY);
    const thrown_exception *what = thrown->pData;
    tb_str type = tb_text_utf8(&arena, thrown->pType->pTypeName);
    tb_str text = thrown->pType->eTypeClass == typelib_TypeClass_EXCEPTION
                      ? tb_text_utf8(&arena, what->message)
                      : TB_STR("");
    bool disposed = tb_str_equal(type, TB_STR("com.sun.star.lang.DisposedException"));
    if (disposed)
        tb_error_set(&calls->error, TB_NOT_FOUND, TB_MSG_CALC_DOCUMENT_CLOSED, NULL);
    else
        tb_error_set(&calls->error, TB_INTERNAL, TB_MSG_CALC_OFFICE_REFUSED, member,
                     type.data == NULL ? "" : type.data, text.data == NULL ? "" : text.data, NULL);
    tb_arena_done(&arena);
}

/* The object's own interface for the member; a new reference, or NULL. */
static uno_Interface *query(uno_Interface *object, typelib_TypeDescriptionReference *type)
{
    const tb_member_type *row = tb_library_member(TB_XInterface_queryInterface, NULL);
    if (row == NULL)
        return NULL;
    uno_Any result, thrown, *exception = &thrown;
    object->pDispatcher(object, row->member, &result, TB_ARGS(&type), &exception);
    if (exception != NULL) {
        uno_any_destruct(exception, NULL);
        return NULL;
    }
    uno_Interface *found = tb_any_find_object(&result);
    tb_object_acquire(found);
    uno_any_destruct(&result, NULL);
    return found;
}

/* Dispatches; false when there is a failure now. ret may be NULL: an attribute is set then. */
static bool invoke(tb_calls *calls, uno_Interface *object, const tb_member_type *row, void *ret,
                   void *arguments[])
{
    uno_Interface *speaker = object == NULL ? NULL : query(object, row->interface_);
    if (speaker == NULL) {
        tb_error_set(&calls->error, TB_NOT_FOUND, TB_MSG_CALC_NOT_THERE, row->name, NULL);
        return false;
    }
    uno_Any thrown, *exception = &thrown;
    speaker->pDispatcher(speaker, row->member, ret, arguments, &exception);
    tb_object_release(speaker);
    if (exception == NULL)
        return true;
    fail_exception(calls, row->name, exception);
    uno_any_destruct(exception, NULL);
    return false;
}

void *tb_uno_call(tb_calls *calls, uno_Interface *object, tb_member member, void *arguments[])
{
    if (tb_calls_failed(calls))
        return NULL;
    const tb_member_type *row = tb_library_member(member, &calls->error);
    if (row == NULL)
        return NULL;
    tb_assert_or((arguments == NULL) == (row->parameter_count == 0), NULL);
    tb_calls_value *value = new_value(calls, row->result);
    if (value == NULL)
        return NULL;
    if (!invoke(calls, object, row, value->data, arguments)) {
        free(value);
        return NULL;
    }
    return keep_value(calls, value);
}

void tb_uno_call_set(tb_calls *calls, uno_Interface *object, tb_member attribute, void *value)
{
    if (tb_calls_failed(calls))
        return;
    const tb_member_type *row = tb_library_member(attribute, &calls->error);
    if (row != NULL)
        invoke(calls, object, row, NULL, TB_ARGS(value));
}

uno_Interface *tb_uno_call_object(tb_calls *calls, uno_Interface *object, tb_member member,
                                  void *arguments[])
{
    void *result = tb_uno_call(calls, object, member, arguments);
    if (result == NULL)
        return NULL;
    const tb_member_type *row = tb_library_member(member, NULL);
    return row->result->eTypeClass == typelib_TypeClass_ANY ? tb_any_find_object(result)
                                                            : *(uno_Interface **)result;
}

sal_Int32 tb_uno_call_long(tb_calls *calls, uno_Interface *object, tb_member member,
                           void *arguments[])
{
    const sal_Int32 *result = tb_uno_call(calls, object, member, arguments);
    return result == NULL ? 0 : *result;
}

bool tb_uno_call_boolean(tb_calls *calls, uno_Interface *object, tb_member member,
                         void *arguments[])
{
    const sal_Bool *result = tb_uno_call(calls, object, member, arguments);
    return result != NULL && *result;
}

const rtl_uString *tb_uno_call_text(tb_calls *calls, uno_Interface *object, tb_member member,
                                    void *arguments[])
{
    rtl_uString **result = tb_uno_call(calls, object, member, arguments);
    return result == NULL ? NULL : *result;
}

const uno_Sequence *tb_uno_call_sequence(tb_calls *calls, uno_Interface *object, tb_member member,
                                         void *arguments[])
{
    uno_Sequence **result = tb_uno_call(calls, object, member, arguments);
    return result == NULL ? NULL : *result;
}

/* Takes over a new value of a type that members.h names. */
static void *keep_new(tb_calls *calls, tb_type type, void *source)
{
    typelib_TypeDescriptionReference *reference =
        tb_calls_failed(calls) ? NULL : tb_library_type(type, &calls->error);
    tb_calls_value *value = reference == NULL ? NULL : new_value(calls, reference);
    if (value == NULL)
        return NULL;
    if (source == NULL)
        uno_type_constructData(value->data, reference);
    else
        uno_type_copyData(value->data, source, reference, NULL);
    return keep_value(calls, value);
}

uno_Interface *tb_calls_query(tb_calls *calls, uno_Interface *object, tb_type type)
{
    typelib_TypeDescriptionReference *reference =
        object == NULL || tb_calls_failed(calls) ? NULL : tb_library_type(type, &calls->error);
    uno_Interface *found = reference == NULL ? NULL : query(object, reference);
    if (found == NULL)
        return NULL;
    uno_Interface **kept = keep_new(calls, type, &found);
    tb_object_release(found);
    return kept == NULL ? NULL : *kept;
}

rtl_uString *tb_calls_text(tb_calls *calls, tb_str text)
{
    rtl_uString **kept = keep_new(calls, TB_TYPE_STRING, NULL);
    if (kept == NULL)
        return NULL;
    rtl_uString *made = tb_text_new(text);
    if (made == NULL) {
        fail_memory(calls);
        return NULL;
    }
    rtl_uString_release(*kept);
    *kept = made;
    return made;
}

uno_Any *tb_calls_any(tb_calls *calls, tb_type type, void *value)
{
    uno_Any *any = keep_new(calls, TB_TYPE_ANY, NULL);
    typelib_TypeDescriptionReference *reference =
        any == NULL ? NULL : tb_library_type(type, &calls->error);
    if (reference == NULL)
        return NULL;
    uno_type_any_assign(any, value, reference, NULL, NULL);
    return any;
}

uno_Any *tb_calls_any_text(tb_calls *calls, tb_str text)
{
    rtl_uString *made = tb_calls_text(calls, text);
    return made == NULL ? NULL : tb_calls_any(calls, TB_TYPE_STRING, &made);
}

uno_Any *tb_calls_any_object(tb_calls *calls, uno_Interface *object)
{
    uno_Interface *root = tb_calls_query(calls, object, TB_TYPE_INTERFACE);
    return root == NULL ? NULL : tb_calls_any(calls, TB_TYPE_INTERFACE, &root);
}

uno_Sequence *tb_calls_sequence(tb_calls *calls, tb_type type, size_t count)
{
    uno_Sequence **kept = keep_new(calls, type, NULL);
    typelib_TypeDescriptionReference *reference =
        kept == NULL ? NULL : tb_library_type(type, &calls->error);
    if (reference == NULL || count > (size_t)SAL_MAX_INT32)
        return NULL;
    if (!uno_type_sequence_realloc(kept, reference, (sal_Int32)count, NULL, NULL)) {
        fail_memory(calls);
        return NULL;
    }
    return *kept;
}

uno_Sequence *tb_calls_one(tb_calls *calls, const uno_Any *any)
{
    uno_Sequence *sequence = any == NULL ? NULL : tb_calls_sequence(calls, TB_TYPE_ANYS, 1);
    if (sequence != NULL)
        uno_type_any_assign(TB_ITEMS(sequence, uno_Any), any->pData, any->pType, NULL, NULL);
    return sequence;
}

uno_Sequence *tb_calls_named(tb_calls *calls, const char *name, const uno_Any *any)
{
    rtl_uString *text = tb_calls_text(calls, tb_str_of(name));
    uno_Sequence *sequence =
        text == NULL || any == NULL ? NULL : tb_calls_sequence(calls, TB_TYPE_PROPERTY_VALUES, 1);
    if (sequence == NULL)
        return NULL;
    tb_property_value *item = TB_ITEMS(sequence, tb_property_value);
    rtl_uString_assign(&item->name, text);
    uno_type_any_assign(&item->value, any->pData, any->pType, NULL, NULL);
    return sequence;
}

const uno_Any *tb_property(tb_calls *calls, uno_Interface *object, const char *name)
{
    rtl_uString *text = tb_calls_text(calls, tb_str_of(name));
    return tb_uno_call(calls, object, TB_XPropertySet_getPropertyValue, TB_ARGS(&text));
}

sal_Int32 tb_property_long(tb_calls *calls, uno_Interface *object, const char *name)
{
    sal_Int32 number = 0;
    const uno_Any *any = tb_property(calls, object, name);
    return any != NULL && tb_any_long(any, &number) ? number : 0;
}

bool tb_property_boolean(tb_calls *calls, uno_Interface *object, const char *name)
{
    const uno_Any *any = tb_property(calls, object, name);
    return any != NULL && tb_any_boolean(any);
}

uno_Interface *tb_property_object(tb_calls *calls, uno_Interface *object, const char *name)
{
    const uno_Any *any = tb_property(calls, object, name);
    return any == NULL ? NULL : tb_any_find_object(any);
}

void tb_property_set(tb_calls *calls, uno_Interface *object, const char *name, uno_Any *value)
{
    rtl_uString *text = tb_calls_text(calls, tb_str_of(name));
    if (!tb_calls_failed(calls))
        tb_uno_call(calls, object, TB_XPropertySet_setPropertyValue, TB_ARGS(&text, value));
}

void tb_property_set_text(tb_calls *calls, uno_Interface *object, const char *name, tb_str text)
{
    tb_property_set(calls, object, name, tb_calls_any_text(calls, text));
}

uno_Interface *tb_service(tb_calls *calls, uno_Interface *context, const char *service,
                          uno_Sequence *arguments)
{
    uno_Interface *factory =
        tb_uno_call_object(calls, context, TB_XComponentContext_getServiceManager, NULL);
    rtl_uString *name = tb_calls_text(calls, tb_str_of(service));
    uno_Interface *made =
        arguments == NULL
            ? tb_uno_call_object(calls, factory,
                                 TB_XMultiComponentFactory_createInstanceWithContext,
                                 TB_ARGS(&name, &context))
            : tb_uno_call_object(calls, factory,
                                 TB_XMultiComponentFactory_createInstanceWithArgumentsAndContext,
                                 TB_ARGS(&name, &arguments, &context));
    if (made == NULL && !tb_calls_failed(calls))
        tb_error_set(&calls->error, TB_NOT_FOUND, TB_MSG_CALC_NOT_THERE, service, NULL);
    return made;
}
