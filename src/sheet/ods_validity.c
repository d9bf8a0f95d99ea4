/*
 * Which validities of an OpenDocument spreadsheet restrict what is entered: those with a condition.
 * The others only show a hint.
 */
#include <stdlib.h>

#include "sheet/ods.h"

static int compare_names(const void *a, const void *b)
{
    return tb_str_compare(*(const tb_str *)a, *(const tb_str *)b);
}

static bool add_name(tb_package *package, tb_ods_validities *validities, tb_str name)
{
    if (validities->count == validities->capacity) {
        size_t capacity = validities->capacity > 0 ? validities->capacity * 2 : 16;
        tb_str *names = tb_arena_grow(&package->arena, validities->names, validities->count,
                                      capacity, sizeof *names);
        if (names == NULL)
            return false;
        validities->names = names;
        validities->capacity = capacity;
    }
    validities->names[validities->count++] = name;
    return true;
}

void tb_ods_read_validities(tb_package *package, tb_ods_validities *validities)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        tb_str name, condition;
        if (xml->token == O_VALIDITY && tb_xml_find_attribute(xml, O_CONDITION, &condition) &&
            tb_xml_find_attribute(xml, O_NAME, &name) && !add_name(package, validities, name)) {
            tb_xml_stop(xml, tb_error_memory(package->error));
            return;
        }
    }
    if (validities->count > 0)
        qsort(validities->names, validities->count, sizeof *validities->names, compare_names);
}

bool tb_ods_is_restricting(const tb_ods_validities *validities, tb_str name)
{
    return validities->count > 0 && bsearch(&name, validities->names, validities->count,
                                            sizeof *validities->names, compare_names) != NULL;
}
