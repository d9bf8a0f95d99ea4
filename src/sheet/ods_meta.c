/*
 * The document's properties: from which template it was made.
 */
#include "sheet/ods.h"

void tb_ods_read_meta(tb_package *package, tb_package_facts *facts)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        tb_str name;
        if (xml->token == O_USER_DEFINED && tb_xml_find_attribute(xml, O_META_NAME, &name) &&
            tb_str_equal(name, TB_STR(TB_TEMPLATE_PROPERTY)))
            facts->template_id = tb_package_keep(
                package, tb_str_trim(tb_xml_element_text(xml, &package->scratch, &package->arena)));
    }
}

void tb_ods_read_properties(tb_package *package, tb_package_facts *facts)
{
    if (!tb_package_begin_properties(package, TB_STR("meta.xml"), &tb_ods_vocabulary) ||
        tb_package_root(package, O_DOCUMENT_META) != TB_OK)
        return;
    while (tb_xml_child(&package->xml, 1)) {
        if (package->xml.token == O_META)
            tb_ods_read_meta(package, facts);
    }
}
