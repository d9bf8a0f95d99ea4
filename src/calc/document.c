/*
 * Reading the open document: its sheets one after the other, and what belongs to it as a whole.
 */
#include "calc/document.h"

#include "calc/office.h"
#include "calc/sheet.h"
#include "calc/uno/value.h"

bool tb_document_is_spreadsheet(uno_Interface *document)
{
    tb_calls calls;
    tb_calls_init(&calls);
    bool result = false;
    if (document != NULL) {
        rtl_uString *service =
            tb_calls_text(&calls, TB_STR("com.sun.star.sheet.SpreadsheetDocument"));
        result = tb_uno_call_boolean(&calls, document, TB_XServiceInfo_supportsService,
                                     TB_ARGS(&service));
    }
    tb_calls_done(&calls, NULL);
    return result;
}

static void read_sheet(tb_reading *reading, uno_Interface *sheets, sal_Int32 number)
{
    tb_calls *calls = reading->calls;
    uno_Interface *sheet =
        tb_uno_call_object(calls, sheets, TB_XIndexAccess_getByIndex, TB_ARGS(&number));
    tb_str name =
        tb_text_utf8(reading->arena, tb_uno_call_text(calls, sheet, TB_XNamed_getName, NULL));
    bool hidden = !tb_property_boolean(calls, sheet, "IsVisible");
    if (!tb_calls_failed(calls))
        tb_workbook_builder_sheet(reading->builder, name, hidden, &calls->error);
    if (!tb_calls_failed(calls))
        tb_sheet_read(reading, sheet);
}

static bool has_links(tb_calls *calls, uno_Interface *document)
{
    static const char *const kinds[] = {"ExternalDocLinks", "SheetLinks", "AreaLinks"};
    bool found = false;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        found = found || tb_uno_call_boolean(calls, tb_property_object(calls, document, kinds[i]),
                                             TB_XElementAccess_hasElements, NULL);
    return found;
}

/* A library is there in many documents; only one with modules is a macro. */
static bool has_macros(tb_calls *calls, uno_Interface *document)
{
    uno_Interface *libraries = tb_property_object(calls, document, "BasicLibraries");
    const uno_Sequence *names =
        tb_uno_call_sequence(calls, libraries, TB_XNameAccess_getElementNames, NULL);
    bool found = false;
    for (sal_Int32 i = 0; names != NULL && i < names->nElements && !found; i++) {
        rtl_uString *name = TB_ITEMS(names, rtl_uString *)[i];
        uno_Interface *library =
            tb_uno_call_object(calls, libraries, TB_XNameAccess_getByName, TB_ARGS(&name));
        found = tb_uno_call_boolean(calls, library, TB_XElementAccess_hasElements, NULL);
    }
    return found;
}

/* A document without the property throws, which is no failure. */
static tb_str read_template_id(tb_calls *calls, uno_Interface *document, tb_arena *arena)
{
    uno_Interface *properties = tb_uno_call_object(
        calls, document, TB_XDocumentPropertiesSupplier_getDocumentProperties, NULL);
    uno_Interface *custom = tb_uno_call_object(
        calls, properties, TB_XDocumentProperties_getUserDefinedProperties, NULL);
    if (tb_calls_failed(calls))
        return TB_STR("");
    const uno_Any *value = tb_property(calls, custom, TB_TEMPLATE_PROPERTY);
    const rtl_uString *text = value != NULL ? tb_any_find_text(value) : NULL;
    tb_calls_forgive(calls);
    return text != NULL ? tb_str_trim(tb_text_utf8(arena, text)) : TB_STR("");
}

/* What belongs to the document as a whole. */
static const tb_workbook *finish(tb_document_reader *reader, tb_calls *calls)
{
    tb_workbook *workbook = NULL;
    tb_workbook_builder_finish(reader->builder, &workbook, &calls->error);
    if (workbook != NULL) {
        workbook->has_external_links = has_links(calls, reader->document);
        workbook->has_macros = has_macros(calls, reader->document);
        workbook->template_id = read_template_id(calls, reader->document, reader->arena);
    }
    return workbook;
}

void tb_document_reader_init(tb_document_reader *reader, uno_Interface *document, tb_arena *arena)
{
    *reader = (tb_document_reader){.document = document, .arena = arena};
}

tb_status tb_document_reader_step(tb_document_reader *reader, const tb_workbook **ret_workbook,
                                  tb_error *error)
{
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *document = reader->document;
    const tb_workbook *workbook = NULL;
    if (reader->builder == NULL)
        tb_workbook_builder_new(reader->arena, &reader->builder, &calls.error);
    tb_reading reading = {.calls = &calls,
                          .arena = reader->arena,
                          .builder = reader->builder,
                          .cells = reader->cells};
    reading.number_formats =
        tb_uno_call_object(&calls, document, TB_XNumberFormatsSupplier_getNumberFormats, NULL);
    uno_Interface *sheets =
        tb_uno_call_object(&calls, document, TB_XSpreadsheetDocument_getSheets, NULL);
    sal_Int32 count = tb_uno_call_long(&calls, sheets, TB_XIndexAccess_getCount, NULL);
    if (reader->sheet < count)
        read_sheet(&reading, sheets, reader->sheet++);
    reader->cells = reading.cells;
    if (reader->sheet >= count && !tb_calls_failed(&calls))
        workbook = finish(reader, &calls);
    tb_status status = tb_calls_done(&calls, error);
    if (status == TB_OK && workbook != NULL)
        *ret_workbook = workbook;
    return status;
}

tb_status tb_document_read(uno_Interface *document, tb_arena *arena,
                           const tb_workbook **ret_workbook, tb_error *error)
{
    tb_document_reader reader;
    const tb_workbook *workbook = NULL;
    tb_status status = TB_OK;
    tb_document_reader_init(&reader, document, arena);
    while (status == TB_OK && workbook == NULL)
        status = tb_document_reader_step(&reader, &workbook, error);
    if (status == TB_OK)
        *ret_workbook = workbook;
    return status;
}

tb_str tb_document_path(uno_Interface *document, tb_arena *arena)
{
    tb_calls calls;
    tb_calls_init(&calls);
    const rtl_uString *url = tb_uno_call_text(&calls, document, TB_XModel_getURL, NULL);
    tb_str path = tb_office_system_path(url, arena);
    tb_calls_done(&calls, NULL);
    return path.data == NULL ? TB_STR("") : path;
}
