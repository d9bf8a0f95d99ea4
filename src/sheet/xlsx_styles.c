/*
 * styles.xml: the number format of every cell format. Fonts and the like are passed over.
 */
#include "sheet/format.h"
#include "sheet/xlsx.h"

static void read_code(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    tb_xlsx_code code = {0};
    bool known = false;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        unsigned token = xml->attributes[i].token;
        if (token == X_NUM_FMT_ID)
            known = tb_xlsx_uint(xml->attributes[i].value, &code.id);
        else if (token == X_FORMAT_CODE)
            code.format = tb_format_of_code(tb_xml_attribute_text(xml, i, &package->arena));
    }
    tb_xlsx_code *codes =
        tb_xlsx_room(xlsx, xlsx->codes, xlsx->code_count, &xlsx->code_capacity, sizeof *codes);
    if (codes == NULL || !known)
        return;
    xlsx->codes = codes;
    codes[xlsx->code_count++] = code;
}

static void read_format(tb_xlsx *xlsx)
{
    tb_str value;
    tb_xlsx_format format = {0};
    if (tb_xml_find_attribute(&xlsx->package->xml, X_NUM_FMT_ID, &value))
        tb_xlsx_uint(value, &format.id);
    tb_xlsx_format *formats = tb_xlsx_room(xlsx, xlsx->formats, xlsx->format_count,
                                           &xlsx->format_capacity, sizeof *formats);
    if (formats == NULL)
        return;
    xlsx->formats = formats;
    formats[xlsx->format_count++] = format;
}

static void read_children(tb_xlsx *xlsx, unsigned token, void (*read)(tb_xlsx *xlsx))
{
    tb_xml *xml = &xlsx->package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        if (xml->token == token)
            read(xlsx);
    }
}

tb_status tb_xlsx_read_styles(tb_xlsx *xlsx)
{
    tb_xml *xml = &xlsx->package->xml;
    tb_status status = tb_package_root(xlsx->package, X_STYLE_SHEET);
    if (status != TB_OK)
        return status;
    while (tb_xml_child(xml, 1)) {
        if (xml->token == X_NUM_FMTS)
            read_children(xlsx, X_NUM_FMT, read_code);
        else if (xml->token == X_CELL_XFS)
            read_children(xlsx, X_XF, read_format);
    }
    return tb_package_end(xlsx->package);
}

static tb_number_format resolve(const tb_xlsx *xlsx, uint32_t id)
{
    for (size_t i = xlsx->code_count; i-- > 0;) {
        if (xlsx->codes[i].id == id)
            return xlsx->codes[i].format;
    }
    return tb_format_of_builtin(id);
}

tb_number_format tb_xlsx_find_format(tb_xlsx *xlsx, uint32_t index)
{
    if (index >= xlsx->format_count)
        return (tb_number_format){TB_FORMAT_GENERAL, TB_DECIMALS_ANY};
    tb_xlsx_format *format = &xlsx->formats[index];
    if (!format->resolved) {
        format->format = resolve(xlsx, format->id);
        format->resolved = true;
    }
    return format->format;
}
