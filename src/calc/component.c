/*
 * What the office calls when it loads the library: it asks for the environment our code lives in
 * (plain C: "uno"), and for the factory of an implementation by its name.
 */
#include <string.h>

#include "calc/commands.h"
#include "calc/explain_job.h"
#include "calc/functions/functions.h"
#include "calc/job.h"
#include "calc/mail/file_send.h"
#include "calc/settings/options.h"
#include "calc/sidebar/factory.h"
#include "calc/uno/object.h"

#define TB_EXPORT __attribute__((visibility("default")))

struct _uno_Environment;

TB_EXPORT void component_getImplementationEnvironment(const char **ret_name,
                                                      struct _uno_Environment **environment);
TB_EXPORT void *component_getFactory(const char *implementation, void *service_manager,
                                     void *registry);

static tb_class *const component_classes[] = {
    &tb_commands_class, &tb_explain_job_class, &tb_file_send_job_class, &tb_functions_class,
    &tb_job_class,      &tb_options_class,     &tb_panel_factory_class};

typedef struct factory {
    tb_object head;
    tb_class *product;
} factory;

static tb_status create(tb_object *self, uno_Interface *context, void *result, tb_error *error)
{
    tb_object *made;
    tb_status status = tb_object_new(((factory *)self)->product, context, &made, error);
    if (status == TB_OK)
        *(uno_Interface **)result = tb_object_get_interface(made, "com.sun.star.uno.XInterface");
    return status;
}

static tb_status create_instance(tb_object *self, void *result, void **arguments, tb_error *error)
{
    return create(self, *(uno_Interface **)arguments[0], result, error);
}

/* None of our services has arguments; who gives some calls XInitialization next. */
static tb_status create_with_arguments(tb_object *self, void *result, void **arguments,
                                       tb_error *error)
{
    return create(self, *(uno_Interface **)arguments[1], result, error);
}

static const tb_method factory_methods[] = {
    {"createInstanceWithContext", create_instance},
    {"createInstanceWithArgumentsAndContext", create_with_arguments},
    {NULL, NULL}};
static const tb_interface interfaces[] = {
    {"com.sun.star.lang.XSingleComponentFactory", factory_methods}, {NULL, NULL}};

static tb_class factory_class = {.implementation = "org.tianbao.calc.Factory",
                                 .interfaces = interfaces,
                                 .size = sizeof(factory)};

void component_getImplementationEnvironment(const char **ret_name,
                                            struct _uno_Environment **environment TB_UNUSED)
{
    *ret_name = "uno";
}

void *component_getFactory(const char *implementation, void *service_manager TB_UNUSED,
                           void *registry TB_UNUSED)
{
    for (size_t i = 0; i < sizeof(component_classes) / sizeof(component_classes[0]); i++) {
        tb_object *made;
        if (strcmp(component_classes[i]->implementation, implementation) != 0)
            continue;
        if (tb_object_new(&factory_class, NULL, &made, NULL) != TB_OK)
            return NULL;
        ((factory *)made)->product = component_classes[i];
        return tb_object_get_interface(made, "com.sun.star.lang.XSingleComponentFactory");
    }
    return NULL;
}
