/*
 * The office's values: texts are UTF-16 with a reference count, Anys carry their type, sequences
 * their count.
 */
#ifndef TB_CALC_UNO_VALUE_H
#define TB_CALC_UNO_VALUE_H

#include "base/arena.h"
#include "calc/uno/uno.h"

/* A new text; the caller releases it. NULL when memory ran out or the text is no UTF-8. */
rtl_uString *tb_text_new(tb_str text);
/* The text in UTF-8, in the arena; .data is NULL when memory ran out. NULL gives the empty text. */
tb_str tb_text_utf8(tb_arena *arena, const rtl_uString *text);
bool tb_text_is(const rtl_uString *text, const char *ascii);
bool tb_text_equal(const rtl_uString *a, const rtl_uString *b);

/* What the Any holds; borrowed. The text and the object are NULL when it holds something else. */
bool tb_any_long(const uno_Any *any, sal_Int32 *ret_number); /* byte, short, long, enum */
bool tb_any_double(const uno_Any *any, double *ret_number);
bool tb_any_boolean(const uno_Any *any);
const rtl_uString *tb_any_find_text(const uno_Any *any);
uno_Interface *tb_any_find_object(const uno_Any *any);
bool tb_any_is_void(const uno_Any *any);

/* com.sun.star.beans.PropertyValue */
typedef struct tb_property_value {
    rtl_uString *name;
    sal_Int32 handle;
    uno_Any value;
    sal_Int32 state;
} tb_property_value;

void tb_object_acquire(uno_Interface *object); /* NULL is fine */
void tb_object_release(uno_Interface *object); /* NULL is fine */
/* Gives back what *object holds and makes it NULL. */
void tb_object_clear(uno_Interface **object);

/* The items of a sequence, as an array of C values. */
#define TB_ITEMS(sequence, type) ((type *)(void *)(sequence)->elements)

#endif
