/*
 * Cells of a worksheet that restrict what is entered. Those that look into another sheet may stand
 * in an extension at the worksheet's end ([MS-XLSX] 2.4.28, x14:dataValidations), where the ranges
 * are an element and not an attribute.
 */
#include "sheet/xlsx.h"
#include "sheet/xlsx_formula.h"

/* "B4:B8 D4 F2:G3" */
static void add_ranges(tb_package *package, tb_str ranges)
{
    size_t at = 0;
    while (at < ranges.size && package->xml.status == TB_OK) {
        size_t begin = at;
        while (at < ranges.size && ranges.data[at] != ' ')
            at++;
        tb_range range;
        tb_str one = tb_str_slice(ranges, begin, at++);
        if (!tb_xlsx_parse_range(one, &range))
            continue;
        tb_status status = tb_workbook_builder_validity(package->builder, range, package->error);
        if (status != TB_OK)
            tb_xml_stop(&package->xml, status);
    }
}

/* One without a type, or of the type "none", only shows a hint. */
static void read_validity(tb_package *package)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    tb_str type, ranges;
    if (!tb_xml_find_attribute(xml, X_VALIDITY_TYPE, &type) || tb_str_equal(type, TB_STR("none")))
        return;
    if (tb_xml_find_attribute(xml, X_RANGES, &ranges))
        add_ranges(package, ranges);
    while (tb_xml_child(xml, depth)) {
        if (xml->token == X_RANGES)
            add_ranges(package, tb_xml_element_text(xml, &package->scratch, &package->arena));
    }
}

void tb_xlsx_read_validities(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        if (xml->token == X_VALIDITY)
            read_validity(package);
        else if (xml->token == X_VALIDITIES || xml->token == X_EXTENSIONS)
            tb_xlsx_read_validities(xlsx);
    }
}
