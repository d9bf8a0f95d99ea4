/*
 * Our own objects. A class is a table: its names, its services, and for each interface the members
 * by NAME with the function that answers them; positions are looked up once in the office's type
 * library, and a name that the library does not know, or knows and the table does not, is an error
 * when the class is first used. XInterface, XTypeProvider and XServiceInfo are answered here for
 * every class.
 *
 * A function gets pointers to its arguments and to the room for its result, which it constructs
 * (NULL for void). A status other than TB_OK becomes an exception with the error's message.
 */
#ifndef TB_CALC_UNO_OBJECT_H
#define TB_CALC_UNO_OBJECT_H

#include "base/message.h"
#include "calc/uno/uno.h"

typedef struct tb_object tb_object;
typedef struct tb_class tb_class;

typedef tb_status (*tb_answer)(tb_object *self, void *result, void **arguments, tb_error *error);

typedef struct tb_method {
    const char *name;
    tb_answer answer;
} tb_method;

typedef struct tb_interface {
    const char *type;         /* "com.sun.star.task.XJob" */
    const tb_method *methods; /* all of its members but XInterface's, inherited ones too; ended by
                               * a row without a name */
} tb_interface;

#define TB_CLASS_MAX_INTERFACES 10 /* beside the three that every class has */

struct tb_class {
    const char *implementation;
    const char *const *services;          /* ended by NULL; may be NULL */
    const tb_interface *interfaces;       /* ended by a row without a type */
    const struct tb_dialog_event *events; /* of a dialog's handler (calc/dialog.h); else NULL */
    size_t size;                          /* of an instance, which begins with a tb_object */
    void (*done)(tb_object *self);        /* gives back what the instance holds; may be NULL */
    struct tb_binding *binding;           /* made at the first use, and kept */
};

/* What every instance begins with. */
struct tb_object {
    const tb_class *class_;
    sal_Int32 references;
    uno_Interface *context; /* the office's XComponentContext; owned; may be NULL */
    struct tb_face *faces;  /* one per interface; owned */
};

/* A new instance, zeroed behind its head, with one reference for the caller. */
tb_status tb_object_new(tb_class *class_, uno_Interface *context, tb_object **ret_object,
                        tb_error *error);
void tb_object_ref(tb_object *object);
void tb_object_unref(tb_object *object);

/* The object's interface of that type, to be given away as an argument; borrowed. NULL when the
 * class has none. */
uno_Interface *tb_object_get_interface(tb_object *object, const char *type);

/* The language of the messages in exceptions. */
void tb_object_set_language(tb_language language);

/* Looks up every name in the class; for the tests, and at the first use. */
tb_status tb_class_bind(tb_class *class_, tb_error *error);

#endif
