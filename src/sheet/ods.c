/*
 * OpenDocument spreadsheets as a package of parts, and as one flat document.
 */
#include "sheet/ods.h"

#include <string.h>

enum { NO_SPACE, OFFICE, TABLE, TEXT, STYLE, DATA, META, CALC };

static const tb_xml_namespace namespaces[] = {
    {"urn:oasis:names:tc:opendocument:xmlns:office:1.0", OFFICE},
    {"urn:oasis:names:tc:opendocument:xmlns:table:1.0", TABLE},
    {"urn:oasis:names:tc:opendocument:xmlns:text:1.0", TEXT},
    {"urn:oasis:names:tc:opendocument:xmlns:style:1.0", STYLE},
    {"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0", DATA},
    {"urn:oasis:names:tc:opendocument:xmlns:meta:1.0", META},
    {"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", CALC},
    {NULL, 0},
};

static const tb_xml_name names[] = {
    {TABLE, "table-cell", O_CELL},
    {TABLE, "covered-table-cell", O_COVERED_CELL},
    {TABLE, "table-row", O_ROW},
    {TABLE, "table-column", O_COLUMN},
    {TABLE, "table", O_TABLE},
    {TABLE, "table-rows", O_ROWS},
    {TABLE, "table-header-rows", O_ROWS},
    {TABLE, "table-row-group", O_ROWS},
    {TABLE, "table-columns", O_COLUMNS},
    {TABLE, "table-header-columns", O_COLUMNS},
    {TABLE, "table-column-group", O_COLUMNS},
    {TABLE, "table-source", O_TABLE_SOURCE},
    {TABLE, "name", O_NAME},
    {TABLE, "style-name", O_TABLE_STYLE},
    {TABLE, "number-columns-repeated", O_COLUMNS_REPEATED},
    {TABLE, "number-rows-repeated", O_ROWS_REPEATED},
    {TABLE, "number-columns-spanned", O_COLUMNS_SPANNED},
    {TABLE, "number-rows-spanned", O_ROWS_SPANNED},
    {TABLE, "number-matrix-columns-spanned", O_MATRIX_COLUMNS},
    {TABLE, "number-matrix-rows-spanned", O_MATRIX_ROWS},
    {TABLE, "default-cell-style-name", O_DEFAULT_CELL_STYLE},
    {TABLE, "visibility", O_VISIBILITY},
    {TABLE, "content-validations", O_VALIDITIES},
    {TABLE, "content-validation", O_VALIDITY},
    {TABLE, "content-validation-name", O_CELL_VALIDITY},
    {TABLE, "condition", O_CONDITION},
    {TABLE, "formula", O_FORMULA},
    {TABLE, "display", O_DISPLAY},
    {OFFICE, "value-type", O_VALUE_TYPE},
    {CALC, "value-type", O_CALC_VALUE_TYPE},
    {OFFICE, "value", O_VALUE},
    {OFFICE, "date-value", O_DATE_VALUE},
    {OFFICE, "time-value", O_TIME_VALUE},
    {OFFICE, "boolean-value", O_BOOLEAN_VALUE},
    {OFFICE, "string-value", O_STRING_VALUE},
    {OFFICE, "annotation", O_ANNOTATION},
    {OFFICE, "document", O_DOCUMENT},
    {OFFICE, "document-content", O_DOCUMENT_CONTENT},
    {OFFICE, "document-styles", O_DOCUMENT_STYLES},
    {OFFICE, "document-meta", O_DOCUMENT_META},
    {OFFICE, "body", O_BODY},
    {OFFICE, "spreadsheet", O_SPREADSHEET},
    {OFFICE, "styles", O_STYLES},
    {OFFICE, "automatic-styles", O_AUTOMATIC_STYLES},
    {OFFICE, "meta", O_META},
    {OFFICE, "scripts", O_MACRO_SCRIPTS},
    {META, "user-defined", O_USER_DEFINED},
    {META, "name", O_META_NAME},
    {TEXT, "p", O_P},
    {TEXT, "s", O_SPACES},
    {TEXT, "c", O_COUNT},
    {TEXT, "tab", O_TAB},
    {TEXT, "line-break", O_LINE_BREAK},
    {TEXT, "ruby-text", O_RUBY_TEXT},
    {TEXT, "note", O_NOTE},
    {STYLE, "style", O_STYLE},
    {STYLE, "default-style", O_DEFAULT_STYLE},
    {STYLE, "name", O_STYLE_NAME},
    {STYLE, "family", O_FAMILY},
    {STYLE, "parent-style-name", O_PARENT_STYLE},
    {STYLE, "data-style-name", O_DATA_STYLE},
    {STYLE, "table-properties", O_TABLE_PROPERTIES},
    {DATA, "number-style", O_NUMBER_STYLE},
    {DATA, "currency-style", O_CURRENCY_STYLE},
    {DATA, "percentage-style", O_PERCENTAGE_STYLE},
    {DATA, "date-style", O_DATE_STYLE},
    {DATA, "time-style", O_TIME_STYLE},
    {DATA, "boolean-style", O_BOOLEAN_STYLE},
    {DATA, "text-style", O_TEXT_STYLE},
    {DATA, "number", O_NUMBER},
    {DATA, "scientific-number", O_SCIENTIFIC},
    {DATA, "fraction", O_FRACTION},
    {DATA, "text-content", O_TEXT_CONTENT},
    {DATA, "decimal-places", O_DECIMAL_PLACES},
    {0, NULL, 0},
};

const tb_xml_vocabulary tb_ods_vocabulary = {namespaces, names};

/* ---- Parts ---- */

static tb_status read_styles_part(tb_package *package, tb_ods_styles *styles)
{
    static const tb_str name = {"styles.xml", sizeof "styles.xml" - 1};
    if (tb_zip_find(&package->zip, name) == NULL)
        return TB_OK;
    tb_xml *xml = &package->xml;
    tb_status status = tb_package_begin(package, &package->passing, name, &tb_ods_vocabulary);
    if (status == TB_OK)
        status = tb_package_root(package, O_DOCUMENT_STYLES);
    if (status != TB_OK)
        return status;
    while (tb_xml_child(xml, 1)) {
        /* The automatic styles of this part belong to pages, not to cells. */
        if (xml->token == O_STYLES)
            tb_ods_read_styles(styles, TB_ODS_COMMON, false);
    }
    return tb_package_end(package);
}

static void read_body(tb_package *package, tb_ods_styles *styles, tb_package_facts *facts)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    bool found = false;
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_SPREADSHEET) {
            found = true;
            tb_ods_read_spreadsheet(package, styles, facts);
        }
    }
    if (!found && xml->status == TB_OK)
        tb_xml_stop(
            xml, tb_error_set(package->error, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_NO_WORKBOOK, NULL));
}

/* The children of the root of content.xml or of a flat document. */
static tb_status read_document(tb_package *package, tb_ods_styles *styles, tb_package_facts *facts)
{
    tb_xml *xml = &package->xml;
    while (tb_xml_child(xml, 1)) {
        switch (xml->token) {
        case O_STYLES:
            tb_ods_read_styles(styles, TB_ODS_COMMON, true);
            break;
        case O_AUTOMATIC_STYLES:
            tb_ods_read_styles(styles, TB_ODS_AUTOMATIC, true);
            break;
        case O_META:
            tb_ods_read_meta(package, facts);
            break;
        case O_BODY:
            read_body(package, styles, facts);
            break;
        default:
            break;
        }
    }
    return tb_package_end(package);
}

/* A workbook with a password has a readable directory and unreadable parts: its manifest tells. */
static bool is_encrypted(tb_package *package)
{
    const tb_zip_entry *manifest = tb_zip_find(&package->zip, TB_STR("META-INF/manifest.xml"));
    tb_buffer *raw = &package->passing.raw;
    return manifest != NULL && tb_zip_read(&package->zip, manifest, 0, raw, NULL) == TB_OK &&
           tb_str_find(tb_buffer_get(raw), TB_STR("encryption-data")) >= 0;
}

static bool has_macro_library(const tb_zip *zip)
{
    for (size_t i = 0; i < zip->entry_count; i++) {
        tb_str name = zip->entries[i].name;
        bool library =
            tb_str_starts(name, TB_STR("Basic/")) || tb_str_starts(name, TB_STR("Scripts/"));
        if (library && !tb_str_ends(name, TB_STR("/")))
            return true;
    }
    return false;
}

static tb_status read_parts(tb_package *package, tb_package_facts *facts)
{
    tb_ods_styles styles = {.package = package};
    tb_ods_read_properties(package, facts);
    tb_status status = read_styles_part(package, &styles);
    if (status == TB_OK)
        status =
            tb_package_begin(package, &package->kept, TB_STR("content.xml"), &tb_ods_vocabulary);
    if (status == TB_OK)
        status = tb_package_root(package, O_DOCUMENT_CONTENT);
    return status == TB_OK ? read_document(package, &styles, facts) : status;
}

tb_status tb_ods_read(tb_package *package, tb_package_facts *facts)
{
    facts->has_macros = has_macro_library(&package->zip);
    tb_status status = read_parts(package, facts);
    if (status == TB_DAMAGED && is_encrypted(package))
        return tb_error_set(package->error, TB_ENCRYPTED, TB_MSG_SHEET_FILE_ENCRYPTED, NULL);
    return status;
}

tb_status tb_fods_read(tb_package *package, tb_package_facts *facts)
{
    tb_ods_styles styles = {.package = package};
    tb_xml *xml = &package->xml;
    tb_status status = tb_package_begin_raw(package, &package->kept, &tb_ods_vocabulary);
    if (status != TB_OK)
        return status;
    if (tb_xml_next(xml) != TB_XML_START)
        return xml->status;
    if (xml->token != O_DOCUMENT)
        return tb_error_set(package->error, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_NO_WORKBOOK, NULL);
    return read_document(package, &styles, facts);
}
