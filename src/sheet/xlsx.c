/*
 * An .xlsx as a package: follows the relationships from the root to the workbook and from there
 * to its parts, and reads them in the order in which one needs the other.
 */
#include "sheet/xlsx.h"

#include <string.h>

enum { NO_SPACE, MAIN, OFFICE, PACKAGE, EXTENSION, FORMULAS };

static const tb_xml_namespace namespaces[] = {
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", MAIN},
    {"http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN},
    {"http://schemas.openxmlformats.org/officeDocument/2006/relationships", OFFICE},
    {"http://purl.oclc.org/ooxml/officeDocument/relationships", OFFICE},
    {"http://schemas.openxmlformats.org/package/2006/relationships", PACKAGE},
    {"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main", EXTENSION},
    {"http://schemas.microsoft.com/office/excel/2006/main", FORMULAS},
    {NULL, 0},
};

static const tb_xml_name names[] = {
    {MAIN, "c", X_C},
    {MAIN, "v", X_V},
    {MAIN, "row", X_ROW},
    {MAIN, "f", X_F},
    {MAIN, "is", X_IS},
    {MAIN, "si", X_SI},
    {MAIN, "t", X_T},
    {MAIN, "r", X_R},
    {MAIN, "sst", X_SST},
    {MAIN, "worksheet", X_WORKSHEET},
    {MAIN, "chartsheet", X_CHARTSHEET},
    {MAIN, "dialogsheet", X_DIALOGSHEET},
    {MAIN, "sheetFormatPr", X_SHEET_FORMAT_PR},
    {MAIN, "sheetData", X_SHEET_DATA},
    {MAIN, "mergeCells", X_MERGE_CELLS},
    {MAIN, "mergeCell", X_MERGE_CELL},
    {MAIN, "dataValidations", X_VALIDITIES},
    {MAIN, "dataValidation", X_VALIDITY},
    {MAIN, "extLst", X_EXTENSIONS},
    {MAIN, "ext", X_EXTENSIONS},
    {EXTENSION, "dataValidations", X_VALIDITIES},
    {EXTENSION, "dataValidation", X_VALIDITY},
    {FORMULAS, "sqref", X_RANGES},
    {NO_SPACE, "sqref", X_RANGES},
    {MAIN, "workbook", X_WORKBOOK},
    {MAIN, "workbookPr", X_WORKBOOK_PR},
    {MAIN, "sheets", X_SHEETS},
    {MAIN, "sheet", X_SHEET},
    {MAIN, "styleSheet", X_STYLE_SHEET},
    {MAIN, "numFmts", X_NUM_FMTS},
    {MAIN, "numFmt", X_NUM_FMT},
    {MAIN, "cellXfs", X_CELL_XFS},
    {MAIN, "xf", X_XF},
    {NO_SPACE, "r", X_R},
    {NO_SPACE, "s", X_S},
    {NO_SPACE, "t", X_T},
    {NO_SPACE, "ref", X_REF},
    {NO_SPACE, "si", X_SHARED_INDEX},
    {NO_SPACE, "hidden", X_HIDDEN},
    {NO_SPACE, "zeroHeight", X_ZERO_HEIGHT},
    {NO_SPACE, "numFmtId", X_NUM_FMT_ID},
    {NO_SPACE, "formatCode", X_FORMAT_CODE},
    {NO_SPACE, "date1904", X_DATE1904},
    {NO_SPACE, "name", X_NAME},
    {NO_SPACE, "state", X_STATE},
    {OFFICE, "id", X_RELATION},
    {PACKAGE, "Relationships", X_RELATIONSHIPS},
    {PACKAGE, "Relationship", X_RELATIONSHIP},
    {NO_SPACE, "Id", X_ID},
    {NO_SPACE, "Type", X_TYPE},
    {NO_SPACE, "type", X_VALIDITY_TYPE},
    {NO_SPACE, "Target", X_TARGET},
    {NO_SPACE, "TargetMode", X_TARGET_MODE},
    {0, NULL, 0},
};

const tb_xml_vocabulary tb_xlsx_vocabulary = {namespaces, names};

/* ---- Small things the parts share ---- */

void *tb_xlsx_room(tb_xlsx *xlsx, void *array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return array;
    size_t wanted = *capacity > 0 ? *capacity * 2 : 32;
    void *grown = tb_arena_grow(&xlsx->package->arena, array, *capacity, wanted, size);
    if (grown == NULL)
        tb_xml_stop(&xlsx->package->xml, tb_error_memory(xlsx->package->error));
    else
        *capacity = wanted;
    return grown;
}

bool tb_xlsx_bool(tb_str value)
{
    return tb_str_equal(value, TB_STR("1")) || tb_str_equal(value, TB_STR("true")) ||
           tb_str_equal(value, TB_STR("on"));
}

bool tb_xlsx_uint(tb_str value, uint32_t *ret)
{
    uint64_t number = 0;
    for (size_t i = 0; i < value.size; i++) {
        unsigned digit = (unsigned char)value.data[i] - (unsigned)'0';
        if (digit >= 10)
            return false;
        number = number * 10 + digit;
        if (number > UINT32_MAX)
            return false;
    }
    *ret = (uint32_t)number;
    return value.size > 0;
}

/* ---- Relationships ---- */

/* Where the last slash of the name is, counted with it: "xl/workbook.xml" → 3. */
static size_t folder_size(tb_str name)
{
    size_t size = name.size;
    while (size > 0 && name.data[size - 1] != '/')
        size--;
    return size;
}

/* The part that a target means, seen from the part `base`: joins them and resolves `..`. */
static tb_str resolve_target(tb_package *package, tb_str base, tb_str target)
{
    tb_buffer *out = &package->scratch;
    tb_buffer_reset(out);
    if (target.size > 0 && (target.data[0] == '/' || target.data[0] == '\\'))
        target = tb_str_slice(target, 1, target.size);
    else
        tb_buffer_append(out, base.data, folder_size(base));
    while (target.size > 0) {
        size_t end = 0;
        while (end < target.size && target.data[end] != '/' && target.data[end] != '\\')
            end++;
        tb_str step = tb_str_slice(target, 0, end);
        bool last = end == target.size;
        target = tb_str_slice(target, end + 1, target.size);
        if (tb_str_equal(step, TB_STR("..")) && out->size > 0) {
            tb_str parent = {out->data, out->size - 1};
            out->size = folder_size(parent);
        } else if (!tb_str_equal(step, TB_STR(".")) && !tb_str_equal(step, TB_STR(".."))) {
            tb_buffer_text(out, step);
            if (!last)
                tb_buffer_char(out, '/');
        }
    }
    return tb_package_keep(package, tb_buffer_get(out));
}

static void read_relation(tb_xlsx *xlsx, tb_str base, tb_xlsx_relations *relations)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    tb_xlsx_relation relation = {0};
    tb_str target = {NULL, 0};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        unsigned token = xml->attributes[i].token;
        tb_str value = tb_xml_attribute_text(xml, i, &package->arena);
        if (token == X_ID)
            relation.id = tb_package_keep(package, value);
        else if (token == X_TYPE)
            relation.type =
                tb_package_keep(package, tb_str_slice(value, folder_size(value), value.size));
        else if (token == X_TARGET)
            target = value;
    }
    relation.target = resolve_target(package, base, target);
    tb_xlsx_relation *items =
        tb_xlsx_room(xlsx, relations->items, relations->count, &relations->capacity, sizeof *items);
    if (items == NULL)
        return;
    relations->items = items;
    items[relations->count++] = relation;
}

static tb_status read_relations(tb_xlsx *xlsx, tb_str base, tb_str name,
                                tb_xlsx_relations *relations)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    tb_status status = tb_package_begin(package, &package->passing, name, &tb_xlsx_vocabulary);
    if (status == TB_OK)
        status = tb_package_root(package, X_RELATIONSHIPS);
    if (status != TB_OK)
        return status;
    while (tb_xml_child(xml, 1)) {
        if (xml->token == X_RELATIONSHIP)
            read_relation(xlsx, base, relations);
    }
    return tb_package_end(package);
}

static const tb_xlsx_relation *find_relation(const tb_xlsx_relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (tb_str_equal(relations->items[i].type, tb_str_of(type)))
            return &relations->items[i];
    }
    return NULL;
}

/* ---- Parts in order ---- */

static tb_status find_workbook_part(tb_xlsx *xlsx, tb_str *ret_name)
{
    static const char root[] = "_rels/.rels";
    *ret_name = TB_STR("xl/workbook.xml");
    if (tb_zip_find(&xlsx->package->zip, TB_STR(root)) == NULL)
        return TB_OK;
    tb_xlsx_relations relations = {0};
    tb_status status = read_relations(xlsx, TB_STR(""), TB_STR(root), &relations);
    const tb_xlsx_relation *found = find_relation(&relations, "officeDocument");
    const tb_xlsx_relation *properties = find_relation(&relations, "custom-properties");
    if (status == TB_OK && found != NULL)
        *ret_name = found->target;
    if (properties != NULL)
        xlsx->properties = properties->target;
    return status;
}

static tb_status read_workbook_relations(tb_xlsx *xlsx, tb_str workbook)
{
    tb_buffer name;
    tb_buffer_init(&name, TB_PART_NAME_SIZE);
    size_t folder = folder_size(workbook);
    tb_buffer_append(&name, workbook.data, folder);
    tb_buffer_cstr(&name, "_rels/");
    tb_buffer_append(&name, workbook.data + folder, workbook.size - folder);
    tb_buffer_cstr(&name, ".rels");
    tb_status status = read_relations(xlsx, workbook, tb_buffer_get(&name), &xlsx->relations);
    tb_buffer_done(&name);
    return status;
}

/* A part of the workbook that may be missing. */
static tb_status read_optional(tb_xlsx *xlsx, const char *type, tb_part_room *room,
                               tb_status (*read)(tb_xlsx *xlsx))
{
    const tb_xlsx_relation *relation = find_relation(&xlsx->relations, type);
    if (relation == NULL || tb_zip_find(&xlsx->package->zip, relation->target) == NULL)
        return TB_OK;
    tb_status status = tb_package_begin(xlsx->package, room, relation->target, &tb_xlsx_vocabulary);
    return status == TB_OK ? read(xlsx) : status;
}

static tb_status read_sheet_part(tb_xlsx *xlsx, const tb_xlsx_sheet *sheet)
{
    tb_package *package = xlsx->package;
    tb_status status =
        tb_workbook_builder_sheet(package->builder, sheet->name, sheet->hidden, package->error);
    if (status != TB_OK)
        return status;
    for (size_t i = 0; i < xlsx->relations.count; i++) {
        const tb_xlsx_relation *relation = &xlsx->relations.items[i];
        if (!tb_str_equal(relation->id, sheet->relation))
            continue;
        if (!tb_str_equal(relation->type, TB_STR("worksheet")))
            return TB_OK; /* a chart or dialog sheet: it has a place and no cells */
        status =
            tb_package_begin(package, &package->passing, relation->target, &tb_xlsx_vocabulary);
        return status == TB_OK ? tb_xlsx_read_sheet(xlsx) : status;
    }
    return TB_OK;
}

static tb_status read_parts(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    tb_str workbook;
    tb_status status = find_workbook_part(xlsx, &workbook);
    if (status == TB_OK)
        status = read_workbook_relations(xlsx, workbook);
    if (status == TB_OK)
        status = tb_package_begin(package, &package->passing, workbook, &tb_xlsx_vocabulary);
    if (status == TB_OK)
        status = tb_xlsx_read_workbook(xlsx);
    if (status == TB_OK)
        status = read_optional(xlsx, "styles", &package->passing, tb_xlsx_read_styles);
    if (status == TB_OK)
        status = read_optional(xlsx, "sharedStrings", &package->kept, tb_xlsx_read_strings);
    for (size_t i = 0; i < xlsx->sheet_count && status == TB_OK; i++)
        status = read_sheet_part(xlsx, &xlsx->sheets[i]);
    return status;
}

tb_status tb_xlsx_read(tb_package *package, tb_package_facts *facts)
{
    tb_xlsx xlsx = {.package = package};
    tb_status status = read_parts(&xlsx);
    if (status == TB_OK && xlsx.properties.size > 0)
        tb_xlsx_read_properties(package, xlsx.properties, facts);
    facts->has_external_links = find_relation(&xlsx.relations, "externalLink") != NULL;
    facts->has_macros = find_relation(&xlsx.relations, "vbaProject") != NULL;
    return status;
}
