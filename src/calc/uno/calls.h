/*
 * Calling the office. A tb_calls collects everything that a row of calls returns (objects, texts,
 * sequences, Anys) and gives it all back at once, and it remembers the first failure: after that
 * every call does nothing and returns NULL or 0, so that a caller writes its calls one after the
 * other and asks once. An exception of the office becomes a status with its message.
 *
 * Everything returned is borrowed from the tb_calls. Any object may be called with any member: the
 * interface that declares it is asked for first. A NULL object is a failure, not a crash.
 */
#ifndef TB_CALC_UNO_CALLS_H
#define TB_CALC_UNO_CALLS_H

#include "base/arena.h"
#include "calc/uno/library.h"

typedef struct tb_calls_value tb_calls_value;

typedef struct tb_calls {
    tb_calls_value *values; /* newest first; owned */
    tb_error error;         /* the first failure; .status is TB_OK before */
} tb_calls;

void tb_calls_init(tb_calls *calls);
/* Gives everything back. The status of the first failure, which is copied to *error. */
tb_status tb_calls_done(tb_calls *calls, tb_error *error);
bool tb_calls_failed(const tb_calls *calls);
/* Forgets a failure: for a call that is allowed to fail. */
void tb_calls_forgive(tb_calls *calls);

/* In loops: gives back what came after the mark. */
tb_calls_value *tb_calls_mark(const tb_calls *calls);
void tb_calls_release(tb_calls *calls, tb_calls_value *mark);

/* The arguments of a call: pointers to values, as many as the member has parameters. */
#define TB_ARGS(...) ((void *[]){__VA_ARGS__})

/* Where the returned value is; NULL after a failure. */
void *tb_uno_call(tb_calls *calls, uno_Interface *object, tb_member member, void *arguments[]);
/* Of a member that returns an object, bare or in an Any. NULL is no failure. */
uno_Interface *tb_uno_call_object(tb_calls *calls, uno_Interface *object, tb_member member,
                                  void *arguments[]);
sal_Int32 tb_uno_call_long(tb_calls *calls, uno_Interface *object, tb_member member,
                           void *arguments[]);
bool tb_uno_call_boolean(tb_calls *calls, uno_Interface *object, tb_member member,
                         void *arguments[]);
/* NULL after a failure. */
const rtl_uString *tb_uno_call_text(tb_calls *calls, uno_Interface *object, tb_member member,
                                    void *arguments[]);
const uno_Sequence *tb_uno_call_sequence(tb_calls *calls, uno_Interface *object, tb_member member,
                                         void *arguments[]);
/* Sets an attribute. */
void tb_uno_call_set(tb_calls *calls, uno_Interface *object, tb_member attribute, void *value);

/* The object's interface of that type, which an argument must be; NULL when it has none, which is
 * no failure. */
uno_Interface *tb_calls_query(tb_calls *calls, uno_Interface *object, tb_type type);

/* Makes values for arguments. */
rtl_uString *tb_calls_text(tb_calls *calls, tb_str text);
uno_Any *tb_calls_any(tb_calls *calls, tb_type type, void *value);
uno_Any *tb_calls_any_text(tb_calls *calls, tb_str text);
uno_Any *tb_calls_any_object(tb_calls *calls, uno_Interface *object);
/* A sequence with this one Any, for arguments. */
uno_Sequence *tb_calls_one(tb_calls *calls, const uno_Any *any);
/* A sequence with this one property (PropertyValue), for arguments. */
uno_Sequence *tb_calls_named(tb_calls *calls, const char *name, const uno_Any *any);
/* A sequence of `count` default values, to be filled in; its items are at `elements`. */
uno_Sequence *tb_calls_sequence(tb_calls *calls, tb_type type, size_t count);

/* Properties (XPropertySet). */
const uno_Any *tb_property(tb_calls *calls, uno_Interface *object, const char *name);
sal_Int32 tb_property_long(tb_calls *calls, uno_Interface *object, const char *name);
bool tb_property_boolean(tb_calls *calls, uno_Interface *object, const char *name);
uno_Interface *tb_property_object(tb_calls *calls, uno_Interface *object, const char *name);
void tb_property_set(tb_calls *calls, uno_Interface *object, const char *name, uno_Any *value);
void tb_property_set_text(tb_calls *calls, uno_Interface *object, const char *name, tb_str text);

/* A new object of a service; arguments may be NULL. */
uno_Interface *tb_service(tb_calls *calls, uno_Interface *context, const char *service,
                          uno_Sequence *arguments);

#endif
