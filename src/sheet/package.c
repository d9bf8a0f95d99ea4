/*
 * Beginning and ending a part.
 */
#include "sheet/package.h"

#include <string.h>

#include "sheet/encoding.h"

static void set_name(tb_part_room *room, tb_str name)
{
    size_t size = name.size < sizeof room->name - 1 ? name.size : sizeof room->name - 1;
    if (size > 0)
        memcpy(room->name, name.data, size);
    room->name[size] = '\0';
}

tb_status tb_package_begin_raw(tb_package *package, tb_part_room *room,
                               const tb_xml_vocabulary *vocabulary)
{
    tb_part_text text;
    tb_status status = tb_encoding_to_utf8(tb_buffer_get(&room->raw), room->name, TB_XML_PADDING,
                                           &room->converted, &text, package->error);
    if (status == TB_OK)
        tb_xml_begin(&package->xml, &text, room->name, vocabulary, package->error);
    return status;
}

tb_status tb_package_begin(tb_package *package, tb_part_room *room, tb_str name,
                           const tb_xml_vocabulary *vocabulary)
{
    set_name(room, name);
    const tb_zip_entry *entry = tb_zip_find(&package->zip, name);
    if (entry == NULL)
        return tb_error_set(package->error, TB_DAMAGED, TB_MSG_SHEET_PART_MISSING, room->name,
                            NULL);
    tb_status status =
        tb_zip_read(&package->zip, entry, TB_XML_PADDING, &room->raw, package->error);
    return status == TB_OK ? tb_package_begin_raw(package, room, vocabulary) : status;
}

bool tb_package_begin_properties(tb_package *package, tb_str name,
                                 const tb_xml_vocabulary *vocabulary)
{
    tb_part_room *room = &package->passing;
    const tb_zip_entry *entry = tb_zip_find(&package->zip, name);
    if (entry == NULL ||
        tb_zip_read(&package->zip, entry, TB_XML_PADDING, &room->raw, package->error) != TB_OK ||
        tb_str_find(tb_buffer_get(&room->raw), TB_STR(TB_TEMPLATE_PROPERTY)) < 0)
        return false;
    set_name(room, name);
    return tb_package_begin_raw(package, room, vocabulary) == TB_OK;
}

tb_status tb_package_root(tb_package *package, unsigned token)
{
    tb_xml *xml = &package->xml;
    if (tb_xml_next(xml) != TB_XML_START)
        return xml->status;
    if (xml->token != token)
        return tb_xml_damaged(xml, TB_MSG_SHEET_PART_ROOT);
    return TB_OK;
}

tb_status tb_package_end(tb_package *package)
{
    while (tb_xml_next(&package->xml) != TB_XML_DONE) {
    }
    return package->xml.status;
}

tb_str tb_package_keep(tb_package *package, tb_str text)
{
    if (text.size == 0)
        return (tb_str){"", 0};
    tb_str copy = tb_arena_dup(&package->arena, text);
    if (copy.data == NULL) {
        tb_xml_stop(&package->xml, tb_error_memory(package->error));
        return (tb_str){"", 0};
    }
    return copy;
}
