/*
 * Taking the office's values apart; making them is in calls.c, where their owner is.
 */
#include "calc/uno/value.h"

#include <rtl/textcvt.h>
#include <string.h>

rtl_uString *tb_text_new(tb_str text)
{
    rtl_uString *result = NULL;
    if (text.size > (size_t)SAL_MAX_INT32)
        return NULL;
    rtl_string2UString(&result, text.size == 0 ? "" : text.data, (sal_Int32)text.size,
                       RTL_TEXTENCODING_UTF8, OSTRING_TO_OUSTRING_CVTFLAGS);
    return result;
}

/* The code point at *at, which moves past it. */
static uint32_t next_code_point(const rtl_uString *text, sal_Int32 *at)
{
    uint32_t unit = text->buffer[(*at)++];
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    uint32_t low = *at < text->length ? text->buffer[*at] : 0;
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    (*at)++;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

static size_t utf8_size(const rtl_uString *text)
{
    char unused[4];
    size_t size = 0;
    for (sal_Int32 at = 0; at < text->length;)
        size += tb_text_encode(next_code_point(text, &at), unused);
    return size;
}

tb_str tb_text_utf8(tb_arena *arena, const rtl_uString *text)
{
    if (text == NULL || text->length == 0)
        return TB_STR("");
    char *data = tb_arena_alloc(arena, utf8_size(text) + 1);
    if (data == NULL)
        return (tb_str){NULL, 0};
    size_t size = 0;
    for (sal_Int32 at = 0; at < text->length;)
        size += tb_text_encode(next_code_point(text, &at), data + size);
    return (tb_str){data, size};
}

bool tb_text_is(const rtl_uString *text, const char *ascii)
{
    return text != NULL &&
           rtl_ustr_ascii_compare_WithLength(text->buffer, text->length, ascii) == 0;
}

bool tb_text_equal(const rtl_uString *a, const rtl_uString *b)
{
    return rtl_ustr_compare_WithLength(a->buffer, a->length, b->buffer, b->length) == 0;
}

bool tb_any_long(const uno_Any *any, sal_Int32 *ret_number)
{
    switch (any->pType->eTypeClass) {
    case typelib_TypeClass_BYTE:
        *ret_number = *(const sal_Int8 *)any->pData;
        return true;
    case typelib_TypeClass_SHORT:
        *ret_number = *(const sal_Int16 *)any->pData;
        return true;
    case typelib_TypeClass_UNSIGNED_SHORT:
        *ret_number = *(const sal_uInt16 *)any->pData;
        return true;
    case typelib_TypeClass_LONG:
    case typelib_TypeClass_ENUM:
        *ret_number = *(const sal_Int32 *)any->pData;
        return true;
    default:
        return false;
    }
}

bool tb_any_double(const uno_Any *any, double *ret_number)
{
    sal_Int32 whole;
    if (any->pType->eTypeClass == typelib_TypeClass_DOUBLE)
        *ret_number = *(const double *)any->pData;
    else if (tb_any_long(any, &whole))
        *ret_number = whole;
    else
        return false;
    return true;
}

bool tb_any_boolean(const uno_Any *any)
{
    return any->pType->eTypeClass == typelib_TypeClass_BOOLEAN && *(const sal_Bool *)any->pData;
}

const rtl_uString *tb_any_find_text(const uno_Any *any)
{
    return any->pType->eTypeClass == typelib_TypeClass_STRING ? *(rtl_uString *const *)any->pData
                                                              : NULL;
}

uno_Interface *tb_any_find_object(const uno_Any *any)
{
    return any->pType->eTypeClass == typelib_TypeClass_INTERFACE
               ? *(uno_Interface *const *)any->pData
               : NULL;
}

bool tb_any_is_void(const uno_Any *any)
{
    return any->pType->eTypeClass == typelib_TypeClass_VOID;
}

void tb_object_acquire(uno_Interface *object)
{
    if (object != NULL)
        object->acquire(object);
}

void tb_object_release(uno_Interface *object)
{
    if (object != NULL)
        object->release(object);
}

void tb_object_clear(uno_Interface **object)
{
    uno_Interface *old = *object;
    *object = NULL;
    tb_object_release(old);
}
