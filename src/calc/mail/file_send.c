/*
 * The interceptor and the job that adds it. The office asks an interceptor only about the URLs that
 * it names (XInterceptorInfo). A frame has one of ours, however many documents it shows one after
 * the other; it goes with its frame.
 */
#include "calc/mail/file_send.h"

#include "calc/arguments.h"
#include "calc/command_listeners.h"
#include "calc/mail/send_dispatch.h"
#include "calc/uno/calls.h"
#include "calc/uno/lock.h"
#include "calc/uno/value.h"

/* File ▸ Send, and the button of the standard toolbar. */
static const struct {
    const char *url;
    tb_mail_format format;
} send_rows[] = {
    {".uno:SendMail", TB_MAIL_AS_IS},
    {".uno:SendMailDocAsMS", TB_MAIL_XLSX},
    {".uno:SendMailDocAsOOo", TB_MAIL_ODS},
};

enum { SEND_COUNT = sizeof send_rows / sizeof send_rows[0] };

typedef struct interceptor {
    tb_object head;
    struct interceptor *next;       /* in `interceptors` */
    uno_Interface *frame;           /* owned until the frame lets go of us */
    uno_Interface *slave, *master_; /* owned: who is asked next, and who asks us */
} interceptor;

static interceptor *interceptors; /* those that are in a frame; not owned */

/* ---- the list ---- */

static bool is_known(uno_Interface *frame)
{
    bool found = false;
    tb_lock();
    for (const interceptor *each = interceptors; each != NULL && !found; each = each->next)
        found = each->frame == frame;
    tb_unlock();
    return found;
}

static void enter(interceptor *self)
{
    tb_lock();
    self->next = interceptors;
    interceptors = self;
    tb_unlock();
}

static void leave(interceptor *self)
{
    tb_lock();
    for (interceptor **link = &interceptors; *link != NULL; link = &(*link)->next) {
        if (*link == self) {
            *link = self->next;
            break;
        }
    }
    tb_unlock();
}

static void done(tb_object *object)
{
    interceptor *self = (interceptor *)object;
    leave(self);
    tb_object_clear(&self->frame);
    tb_object_clear(&self->slave);
    tb_object_clear(&self->master_);
}

/* ---- XDispatchProvider ---- */

/* `arguments` are those of queryDispatch; the URL's first part is its whole text. */
static const rtl_uString *asked_url(void **arguments)
{
    return *(rtl_uString **)arguments[0];
}

static uno_Interface *wrap(const interceptor *self, const rtl_uString *url, uno_Interface *office)
{
    for (size_t i = 0; office != NULL && self->frame != NULL && i < SEND_COUNT; i++) {
        if (tb_text_is(url, send_rows[i].url))
            return tb_send_dispatch_new(self->head.context, self->frame, office,
                                        send_rows[i].format);
    }
    return NULL;
}

static tb_status query_dispatch(tb_object *object, void *result, void **arguments, tb_error *error)
{
    const interceptor *self = (const interceptor *)object;
    uno_Interface *office = NULL;
    tb_calls calls;
    tb_calls_init(&calls);
    if (self->slave != NULL)
        office =
            tb_uno_call_object(&calls, self->slave, TB_XDispatchProvider_queryDispatch, arguments);
    uno_Interface *ours = wrap(self, asked_url(arguments), office);
    if (ours == NULL)
        tb_object_acquire(office);
    *(uno_Interface **)result = ours != NULL ? ours : office;
    tb_status status = tb_calls_done(&calls, error);
    return status;
}

/* Puts ours in place of the office's, as above. */
static void wrap_all(const interceptor *self, const uno_Sequence *asked, uno_Sequence *found)
{
    uno_Interface **items = TB_ITEMS(found, uno_Interface *);
    for (sal_Int32 i = 0; i < found->nElements && i < asked->nElements; i++) {
        const tb_url *url = &TB_ITEMS(asked, const tb_dispatch_descriptor)[i].feature;
        uno_Interface *ours = wrap(self, url->complete, items[i]);
        if (ours != NULL) {
            tb_object_release(items[i]);
            items[i] = ours;
        }
    }
}

/* The office asks for commands one by one; another interceptor above us may ask for many. */
static tb_status query_dispatches(tb_object *object, void *result, void **arguments,
                                  tb_error *error)
{
    const interceptor *self = (const interceptor *)object;
    typelib_TypeDescriptionReference *type = tb_library_type(TB_TYPE_DISPATCHES, NULL);
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Sequence *const *found =
        tb_uno_call(&calls, self->slave, TB_XDispatchProvider_queryDispatches, arguments);
    if (found != NULL) {
        uno_Sequence *own = NULL;
        uno_type_copyData(&own, (void *)(uintptr_t)found, type, NULL);
        uno_type_sequence_reference2One(&own, type, NULL,
                                        NULL); /* not the one that `calls` holds */
        wrap_all(self, *(uno_Sequence **)arguments[0], own);
        *(uno_Sequence **)result = own;
    }
    return tb_calls_done(&calls, error);
}

/* ---- XDispatchProviderInterceptor ---- */

static void replace(uno_Interface **link, uno_Interface *by)
{
    tb_object_acquire(by);
    tb_object_release(*link);
    *link = by;
}

static tb_status get_slave(tb_object *object, void *result, void **arguments TB_UNUSED,
                           tb_error *error TB_UNUSED)
{
    tb_object_acquire(((interceptor *)object)->slave);
    *(uno_Interface **)result = ((interceptor *)object)->slave;
    return TB_OK;
}

static tb_status get_master(tb_object *object, void *result, void **arguments TB_UNUSED,
                            tb_error *error TB_UNUSED)
{
    tb_object_acquire(((interceptor *)object)->master_);
    *(uno_Interface **)result = ((interceptor *)object)->master_;
    return TB_OK;
}

/* A frame that lets go of us gives us none. */
static tb_status set_slave(tb_object *object, void *result TB_UNUSED, void **arguments,
                           tb_error *error TB_UNUSED)
{
    interceptor *self = (interceptor *)object;
    replace(&self->slave, *(uno_Interface **)arguments[0]);
    if (self->slave == NULL) {
        leave(self);
        tb_object_clear(&self->frame);
    }
    return TB_OK;
}

static tb_status set_master(tb_object *object, void *result TB_UNUSED, void **arguments,
                            tb_error *error TB_UNUSED)
{
    replace(&((interceptor *)object)->master_, *(uno_Interface **)arguments[0]);
    return TB_OK;
}

/* ---- XInterceptorInfo ---- */

static tb_status get_urls(tb_object *self TB_UNUSED, void *result, void **arguments TB_UNUSED,
                          tb_error *error)
{
    uno_Sequence *urls = NULL;
    if (!uno_type_sequence_construct(&urls, tb_library_type(TB_TYPE_STRINGS, NULL), NULL,
                                     SEND_COUNT, NULL))
        return tb_error_memory(error);
    for (size_t i = 0; i < SEND_COUNT; i++)
        rtl_uString_newFromAscii(&TB_ITEMS(urls, rtl_uString *)[i], send_rows[i].url);
    *(uno_Sequence **)result = urls;
    return TB_OK;
}

#define PROVIDER_METHODS                                                                           \
    {"queryDispatch", query_dispatch},                                                             \
    {                                                                                              \
        "queryDispatches", query_dispatches                                                        \
    }

static const tb_method provider_methods[] = {PROVIDER_METHODS, {NULL, NULL}};
static const tb_method interceptor_methods[] = {PROVIDER_METHODS,
                                                {"getSlaveDispatchProvider", get_slave},
                                                {"setSlaveDispatchProvider", set_slave},
                                                {"getMasterDispatchProvider", get_master},
                                                {"setMasterDispatchProvider", set_master},
                                                {NULL, NULL}};
static const tb_method info_methods[] = {{"getInterceptedURLs", get_urls}, {NULL, NULL}};

static const tb_interface interceptor_interfaces[] = {
    {"com.sun.star.frame.XDispatchProviderInterceptor", interceptor_methods},
    {"com.sun.star.frame.XDispatchProvider", provider_methods},
    {"com.sun.star.frame.XInterceptorInfo", info_methods},
    {NULL, NULL}};

tb_class tb_send_interceptor_class = {.implementation = "org.tianbao.calc.SendInterceptor",
                                      .interfaces = interceptor_interfaces,
                                      .size = sizeof(interceptor),
                                      .done = done};

/* ---- the job ---- */

static tb_status intercept(uno_Interface *context, uno_Interface *frame, tb_error *error)
{
    tb_object *object;
    tb_calls calls;
    tb_status status = tb_object_new(&tb_send_interceptor_class, context, &object, error);
    if (status != TB_OK)
        return status;
    tb_object_acquire(frame);
    ((interceptor *)object)->frame = frame;
    enter((interceptor *)object);
    uno_Interface *own =
        tb_object_get_interface(object, "com.sun.star.frame.XDispatchProviderInterceptor");
    tb_calls_init(&calls);
    tb_uno_call(&calls, frame, TB_XDispatchProviderInterception_registerDispatchProviderInterceptor,
                TB_ARGS(&own));
    status = tb_calls_done(&calls, error);
    tb_object_unref(object);
    return status;
}

/* XJob: the document whose view is new stands in the environment that the office gives. */
static tb_status execute(tb_object *self, void *result, void **arguments, tb_error *error)
{
    const uno_Any *environment = tb_arguments_find(*(uno_Sequence **)arguments[0], "Environment");
    uno_Interface *document =
        environment == NULL
            ? NULL
            : tb_arguments_find_object(*(uno_Sequence **)environment->pData, "Model");
    tb_status status = TB_OK;
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller =
        document == NULL
            ? NULL
            : tb_uno_call_object(&calls, document, TB_XModel_getCurrentController, NULL);
    uno_Interface *frame =
        controller == NULL ? NULL
                           : tb_uno_call_object(&calls, controller, TB_XController_getFrame, NULL);
    if (frame != NULL && !is_known(frame))
        status = intercept(self->context, frame, error);
    uno_any_construct(result, NULL, NULL, NULL);
    tb_calls_done(&calls, NULL);
    return status;
}

static const tb_method job_methods[] = {{"execute", execute}, {NULL, NULL}};
static const tb_interface job_interfaces[] = {{"com.sun.star.task.XJob", job_methods},
                                              {NULL, NULL}};
static const char *const services[] = {"org.tianbao.FileSend", NULL};

tb_class tb_file_send_job_class = {.implementation = "org.tianbao.calc.FileSendJob",
                                   .services = services,
                                   .interfaces = job_interfaces,
                                   .size = sizeof(tb_object)};
