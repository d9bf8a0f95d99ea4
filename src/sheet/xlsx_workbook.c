/*
 * workbook.xml: the names of the sheets, whether they are hidden, and where days begin.
 */
#include "sheet/xlsx.h"

static void read_sheet(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    tb_xlsx_sheet sheet = {0};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        unsigned token = xml->attributes[i].token;
        tb_str value = tb_xml_attribute_text(xml, i, &package->arena);
        if (token == X_NAME)
            sheet.name = tb_package_keep(package, value);
        else if (token == X_RELATION)
            sheet.relation = tb_package_keep(package, value);
        else if (token == X_STATE)
            sheet.hidden =
                tb_str_equal(value, TB_STR("hidden")) || tb_str_equal(value, TB_STR("veryHidden"));
    }
    tb_xlsx_sheet *sheets =
        tb_xlsx_room(xlsx, xlsx->sheets, xlsx->sheet_count, &xlsx->sheet_capacity, sizeof *sheets);
    if (sheets == NULL)
        return;
    xlsx->sheets = sheets;
    sheets[xlsx->sheet_count++] = sheet;
}

static void read_sheets(tb_xlsx *xlsx)
{
    tb_xml *xml = &xlsx->package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        if (xml->token == X_SHEET)
            read_sheet(xlsx);
    }
}

tb_status tb_xlsx_read_workbook(tb_xlsx *xlsx)
{
    tb_xml *xml = &xlsx->package->xml;
    tb_status status = tb_package_root(xlsx->package, X_WORKBOOK);
    if (status != TB_OK)
        return status;
    while (tb_xml_child(xml, 1)) {
        tb_str value;
        if (xml->token == X_WORKBOOK_PR)
            xlsx->date1904 = tb_xml_find_attribute(xml, X_DATE1904, &value) && tb_xlsx_bool(value);
        else if (xml->token == X_SHEETS)
            read_sheets(xlsx);
    }
    return tb_package_end(xlsx->package);
}
