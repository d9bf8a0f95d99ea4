/*
 * docProps/custom.xml, the properties that users define: from which template the workbook was made.
 */
#include "sheet/xlsx.h"

enum { NO_SPACE, CUSTOM, TYPES };
enum { P_NONE, P_PROPERTIES, P_PROPERTY, P_NAME, P_TEXT };

static const tb_xml_namespace namespaces[] = {
    {"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", CUSTOM},
    {"http://purl.oclc.org/ooxml/officeDocument/customProperties", CUSTOM},
    {"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", TYPES},
    {"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes", TYPES},
    {NULL, 0},
};

static const tb_xml_name names[] = {
    {CUSTOM, "Properties", P_PROPERTIES},
    {CUSTOM, "property", P_PROPERTY},
    {NO_SPACE, "name", P_NAME},
    {TYPES, "lpwstr", P_TEXT},
    {TYPES, "lpstr", P_TEXT},
    {TYPES, "bstr", P_TEXT},
    {0, NULL, 0},
};

static const tb_xml_vocabulary vocabulary = {namespaces, names};

/* The text of the <property> just started. */
static tb_str read_value(tb_package *package)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    tb_str text = {"", 0};
    while (tb_xml_child(xml, depth)) {
        if (xml->token == P_TEXT)
            text = tb_xml_element_text(xml, &package->scratch, &package->arena);
    }
    return text;
}

void tb_xlsx_read_properties(tb_package *package, tb_str part, tb_package_facts *facts)
{
    tb_xml *xml = &package->xml;
    if (!tb_package_begin_properties(package, part, &vocabulary) ||
        tb_package_root(package, P_PROPERTIES) != TB_OK)
        return;
    while (tb_xml_child(xml, 1)) {
        tb_str name;
        if (xml->token == P_PROPERTY && tb_xml_find_attribute(xml, P_NAME, &name) &&
            tb_str_equal(name, TB_STR(TB_TEMPLATE_PROPERTY)))
            facts->template_id = tb_package_keep(package, tb_str_trim(read_value(package)));
    }
}
