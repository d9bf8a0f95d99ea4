/*
 * The office says by name in which frame and within which window a panel is to be.
 */
#include "calc/sidebar/factory.h"

#include "calc/sidebar/panel.h"
#include "calc/uno/value.h"

/* com.sun.star.beans.PropertyValue */
typedef struct property_value {
    rtl_uString *name;
    sal_Int32 handle;
    uno_Any value;
    sal_Int32 state;
} property_value;

static uno_Interface *find_argument(const uno_Sequence *arguments, const char *name)
{
    const property_value *values = TB_ITEMS(arguments, const property_value);
    for (sal_Int32 i = 0; i < arguments->nElements; i++) {
        if (tb_text_is(values[i].name, name))
            return tb_any_find_object(&values[i].value);
    }
    return NULL;
}

static tb_status create_element(tb_object *self, void *result, void **arguments, tb_error *error)
{
    tb_object *panel;
    const uno_Sequence *given = *(uno_Sequence **)arguments[1];
    tb_status status = tb_sidebar_panel_new(self->context, find_argument(given, "Frame"),
                                            find_argument(given, "ParentWindow"),
                                            *(rtl_uString **)arguments[0], &panel, error);
    if (status == TB_OK)
        *(uno_Interface **)result = tb_object_get_interface(panel, "com.sun.star.ui.XUIElement");
    return status;
}

static const tb_method factory_methods[] = {{"createUIElement", create_element}, {NULL, NULL}};
static const tb_interface interfaces[] = {{"com.sun.star.ui.XUIElementFactory", factory_methods},
                                          {NULL, NULL}};
static const char *const services[] = {"org.tianbao.PanelFactory", NULL};

tb_class tb_panel_factory_class = {.implementation = "org.tianbao.calc.PanelFactory",
                                   .services = services,
                                   .interfaces = interfaces,
                                   .size = sizeof(tb_object)};
