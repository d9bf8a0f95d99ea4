/*
 * The add-in's object. Calc makes one, finds its methods by looking at its types, and tells it the
 * language of the user interface.
 */
#include "calc/functions/functions.h"

#include "calc/functions/answers.h"
#include "calc/office.h"
#include "calc/uno/value.h"

#define SERVICE "org.tianbao.Functions"

/* com.sun.star.lang.Locale */
typedef struct locale {
    rtl_uString *language, *country, *variant;
} locale;

typedef struct functions {
    tb_object head;
    bool has_language;
    tb_language language;
} functions;

tb_language tb_functions_language(const tb_object *self)
{
    const functions *own = (const functions *)self;
    return own->has_language ? own->language : tb_office_language(self->context);
}

static tb_status set_locale(tb_object *self, void *result TB_UNUSED, void **arguments,
                            tb_error *error TB_UNUSED)
{
    functions *own = (functions *)self;
    const locale *given = arguments[0];
    own->language = tb_text_is(given->language, "zh") ? TB_LANGUAGE_ZH : TB_LANGUAGE_EN;
    own->has_language = true;
    return TB_OK;
}

static tb_status get_locale(tb_object *self, void *result, void **arguments TB_UNUSED,
                            tb_error *error TB_UNUSED)
{
    bool chinese = tb_functions_language(self) == TB_LANGUAGE_ZH;
    locale *made = result;
    *made = (locale){NULL, NULL, NULL};
    rtl_uString_newFromAscii(&made->language, chinese ? "zh" : "en");
    rtl_uString_newFromAscii(&made->country, chinese ? "CN" : "US");
    rtl_uString_new(&made->variant);
    return TB_OK;
}

static tb_status get_service_name(tb_object *self TB_UNUSED, void *result,
                                  void **arguments TB_UNUSED, tb_error *error TB_UNUSED)
{
    rtl_uString *name = NULL;
    rtl_uString_newFromAscii(&name, SERVICE);
    *(rtl_uString **)result = name;
    return TB_OK;
}

#define METHOD(name) {#name, tb_function_##name},
static const tb_method function_methods[] = {TB_CALC_FUNCTIONS(METHOD){NULL, NULL}};
#undef METHOD
static const tb_method name_methods[] = {{"getServiceName", get_service_name}, {NULL, NULL}};
static const tb_method locale_methods[] = {
    {"setLocale", set_locale}, {"getLocale", get_locale}, {NULL, NULL}};

static const tb_interface interfaces[] = {{"org.tianbao.XFunctions", function_methods},
                                          {"com.sun.star.lang.XServiceName", name_methods},
                                          {"com.sun.star.lang.XLocalizable", locale_methods},
                                          {NULL, NULL}};
static const char *const services[] = {SERVICE, NULL};

tb_class tb_functions_class = {.implementation = "org.tianbao.calc.Functions",
                               .services = services,
                               .interfaces = interfaces,
                               .size = sizeof(functions)};
