/*
 * Whole small workbooks, made here: what is read from them, and what is said of bad ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sheet/reader.h"
#include "zip_writer.h"

#define MAIN      "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"

static const char root_rels[] =
    "<Relationships xmlns='" RELATIONS "'><Relationship Id='a' Type='" OFFICE
    "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char workbook_rels[] =
    "<Relationships xmlns='" RELATIONS "'>"
    "<Relationship Id='r1' Type='" OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='" OFFICE "/styles' Target='/xl/styles.xml'/>"
    "<Relationship Id='r3' Type='" OFFICE "/sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='r4' Type='" OFFICE "/externalLink' Target='x.xml'/></Relationships>";
static const char workbook[] = "<w:workbook xmlns:w='" MAIN "' xmlns:q='" OFFICE
                               "'><w:sheets><w:sheet name='S&amp;1' sheetId='1' q:id='r1' "
                               "state='hidden'/></w:sheets></w:workbook>";
static const char styles[] =
    "<styleSheet xmlns='" MAIN "'><numFmts><numFmt numFmtId='164' "
    "formatCode='[$-804]#,##0.00;[Red]-0.0'/></numFmts><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='164'/><xf numFmtId='10'/><xf numFmtId='14'/></cellXfs></styleSheet>";
static const char strings[] =
    "<sst xmlns='" MAIN "'><si><t>plain</t></si><si><r><t>a&lt;</t></r><rPh><t>no</t></rPh>"
    "<r><t xml:space='preserve'> b_x000D_\nc</t></r></si></sst>";
static const char sheet[] =
    "<worksheet xmlns='" MAIN "'><sheetData>"
    "<row r='3' hidden='1'><c r='B3' t='s'><v>1</v></c><c r='A3' t='s'><v>0</v></c></row>"
    "<row><c s='1'><v>5832.9499999999998</v></c><c s='2'><v>0.4703</v></c>"
    "<c s='3'><v>45245</v></c><c t='b'><v>1</v></c><c t='e'><v>#DIV/0!</v></c>"
    "<c t='inlineStr'><is><t>in</t></is></c></row>"
    "<row r='1'><c r='A1'><f t='shared' si='0' ref='A1:A2'>$B1+B$2*SUM(C1:D2)</f><v>1</v></c>"
    "</row><row r='2'><c r='A2'><f t='shared' si='0'/><v>2</v></c></row></sheetData>"
    "<mergeCells><mergeCell ref='C5:D6'/><mergeCell ref='A5:B5'/></mergeCells></worksheet>";

static tb_reader *reader;
static tb_buffer bytes;

static int make_reader(void **state)
{
    (void)state;
    tb_buffer_init(&bytes, 1 << 20);
    return tb_reader_new(&reader, NULL);
}

static int free_reader(void **state)
{
    (void)state;
    tb_reader_free(reader);
    tb_buffer_done(&bytes);
    return 0;
}

static const tb_workbook *read_parts(const zip_part *parts)
{
    const tb_workbook *book = NULL;
    tb_buffer_reset(&bytes);
    zip_write(&bytes, parts);
    assert_int_equal(tb_reader_read_bytes(reader, tb_buffer_get(&bytes), "test", &book, NULL),
                     TB_OK);
    return book;
}

static const tb_cell *find(const tb_sheet *in, const char *name)
{
    uint32_t row, column;
    assert_true(tb_cell_parse_name(tb_str_of(name), &row, &column));
    return tb_sheet_find_cell(in, row, column);
}

static void check_text(const tb_sheet *in, const char *name, const char *text)
{
    const tb_cell *cell = find(in, name);
    assert_non_null(cell);
    assert_true(cell->type == TB_CELL_TEXT || cell->type == TB_CELL_ERROR);
    assert_true(tb_str_equal(cell->text, tb_str_of(text)));
}

static void check_number(const tb_sheet *in, const char *name, const char *number,
                         tb_cell_type type, tb_format_class class_, int decimals)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    const tb_cell *cell = find(in, name);
    assert_non_null(cell);
    assert_int_equal(cell->type, type);
    assert_true(tb_str_equal(tb_decimal_format(cell->number, text), tb_str_of(number)));
    assert_int_equal(cell->format.class_, class_);
    assert_int_equal(cell->format.decimals, decimals);
}

static void an_xlsx_is_read(void **state)
{
    static const zip_part parts[] = {{"_rels/.rels", root_rels},
                                     {"xl/workbook.xml", workbook},
                                     {"xl/_rels/workbook.xml.rels", workbook_rels},
                                     {"xl/styles.xml", styles},
                                     {"xl/sharedStrings.xml", strings},
                                     {"xl/worksheets/sheet1.xml", sheet},
                                     {NULL, NULL}};
    (void)state;
    const tb_workbook *book = read_parts(parts);
    assert_int_equal(book->sheet_count, 1);
    assert_true(book->has_external_links);
    const tb_sheet *s = &book->sheets[0];
    assert_true(s->hidden && tb_str_equal(s->name, TB_STR("S&1")));
    check_text(s, "A3", "plain");
    check_text(s, "B3", "a< b\nc");
    check_number(s, "A4", "5832.95", TB_CELL_NUMBER, TB_FORMAT_NUMBER, 2);
    check_number(s, "B4", "0.4703", TB_CELL_NUMBER, TB_FORMAT_PERCENT, 2);
    check_number(s, "C4", "45245", TB_CELL_DATE, TB_FORMAT_DATE, TB_DECIMALS_ANY);
    check_number(s, "D4", "1", TB_CELL_BOOLEAN, TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY);
    check_text(s, "E4", "#DIV/0!");
    check_text(s, "F4", "in");
    assert_true(tb_str_equal(find(s, "A2")->formula, TB_STR("$B2+B$2*SUM(C2:D3)")));
    assert_true(tb_sheet_row_hidden(s, 2) && !tb_sheet_row_hidden(s, 3));
    assert_int_equal(s->merge_count, 2);
    assert_int_equal(tb_sheet_find_merge(s, 5, 3)->column, 2);
    assert_null(tb_sheet_find_merge(s, 5, 0));
    assert_null(find(s, "B1"));
    assert_int_equal(s->row_count, 4);
    assert_int_equal(s->column_count, 6);
}

/* A tag behind whose number the same stands as in a row before. */
static void rows_like_others_are_read(void **state)
{
    static const char rows[] =
        "<worksheet xmlns=\"" MAIN
        "\"><sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>1</v></c></row>"
        "<row r=\"2\"><c r=\"A2\"><v>2</v></c></row><row r=\"4\" hidden=\"1\"><c "
        "r=\"A4\"><v>4</v></c></row>"
        "<row r=\"5\" hidden=\"1\"/><row r=\"6\"><c><v>6</v></c></row><row><c><v>7</v></c></row>"
        "<row r=\"9\" hidden=\"1\"></row></sheetData></worksheet>";
    static const char numbers[] = "12467";
    static const zip_part parts[] = {{"_rels/.rels", root_rels},
                                     {"xl/workbook.xml", workbook},
                                     {"xl/_rels/workbook.xml.rels", workbook_rels},
                                     {"xl/styles.xml", styles},
                                     {"xl/sharedStrings.xml", strings},
                                     {"xl/worksheets/sheet1.xml", rows},
                                     {NULL, NULL}};
    static const bool hidden[] = {true, false, false, true, true, false, false, false, true};
    (void)state;
    const tb_sheet *s = &read_parts(parts)->sheets[0];
    for (uint32_t row = 0; row < sizeof hidden / sizeof hidden[0]; row++) {
        const tb_cell *cell = tb_sheet_find_cell(s, row, 0);
        assert_int_equal(tb_sheet_row_hidden(s, row), hidden[row]);
        assert_int_equal(cell != NULL, strchr(numbers, (int)('1' + row)) != NULL);
        assert_true(cell == NULL || tb_decimal_compare(cell->number, tb_decimal_of(row + 1)) == 0);
    }
}

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define ODF_NAMES                                                                                  \
    " xmlns:o='" ODF "office:1.0' xmlns:t='" ODF "table:1.0' xmlns:x='" ODF                        \
    "text:1.0' xmlns:s='" ODF "style:1.0' xmlns:n='" ODF "datastyle:1.0'"

static const char flat[] =
    "<o:document" ODF_NAMES "><o:styles><s:style s:name='Default' s:family='table-cell'/>"
    "<n:percentage-style s:name='P'><n:number n:decimal-places='1'/></n:percentage-style>"
    "<s:style s:name='Share' s:family='table-cell' s:data-style-name='P'/></o:styles>"
    "<o:automatic-styles><s:style s:name='c1' s:family='table-cell' "
    "s:parent-style-name='Share'/></o:automatic-styles><o:body><o:spreadsheet><t:table "
    "t:name='T'><t:table-column t:number-columns-repeated='2'/><t:table-column "
    "t:default-cell-style-name='c1'/><t:table-row><t:table-cell o:value-type='string' "
    "t:number-columns-spanned='2' t:number-rows-spanned='1'><x:p>a<x:s x:c='2'/>b<x:tab/>"
    "<x:span>c</x:span></x:p><x:p>d</x:p><o:annotation><x:p>no</x:p></o:annotation>"
    "</t:table-cell><t:covered-table-cell/><t:table-cell o:value-type='float' "
    "o:value='0.5' t:number-columns-repeated='3'/></t:table-row><t:table-row "
    "t:number-rows-repeated='1000' t:visibility='filter'><t:table-cell o:value-type='date' "
    "o:date-value='2023-11-15' t:formula='of:=TODAY()'/></t:table-row></t:table>"
    "</o:spreadsheet></o:body></o:document>";

static void a_flat_document_is_read(void **state)
{
    (void)state;
    const tb_workbook *book = NULL;
    assert_int_equal(tb_reader_read_bytes(reader, TB_STR(flat), "x.fods", &book, NULL), TB_OK);
    const tb_sheet *s = &book->sheets[0];
    check_text(s, "A1", "a  b\tc\nd");
    check_number(s, "E1", "0.5", TB_CELL_NUMBER, TB_FORMAT_PERCENT, 1);
    assert_int_equal(find(s, "D1")->width, 3);
    check_number(s, "A500", "45245", TB_CELL_DATE, TB_FORMAT_DATE, TB_DECIMALS_ANY);
    assert_true(tb_str_equal(find(s, "A2")->formula, TB_STR("TODAY()")));
    assert_int_equal(s->band_count, 2);
    assert_int_equal(s->row_count, 1001);
    assert_true(tb_sheet_row_hidden(s, 1000));
    assert_int_equal(tb_sheet_find_merge(s, 0, 1)->last_column, 1);
}

#define PROPERTIES                                                                                 \
    "<o:meta xmlns:m='" ODF "meta:1.0'><m:user-defined m:name='other'>no</m:user-defined>"         \
    "<m:user-defined m:name='tianbao.form'> a-form </m:user-defined></o:meta>"
#define EMPTY_BODY "<o:body><o:spreadsheet><t:table t:name='T'/></o:spreadsheet></o:body>"

static const char meta[] = "<o:document-meta" ODF_NAMES ">" PROPERTIES "</o:document-meta>";
static const char bad_meta[] = "<o:document-meta" ODF_NAMES ">" PROPERTIES "</o:meta>";
static const char content[] =
    "<o:document-content" ODF_NAMES ">" EMPTY_BODY "</o:document-content>";
static const char flat_meta[] = "<o:document" ODF_NAMES ">" PROPERTIES EMPTY_BODY "</o:document>";
static const char custom[] =
    "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties' "
    "xmlns:v='http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes'>"
    "<property pid='2' name='other'><v:lpwstr>no</v:lpwstr></property>"
    "<property pid='3' name='tianbao.form'><v:lpwstr>a-form</v:lpwstr></property></Properties>";
static const char root_rels_custom[] =
    "<Relationships xmlns='" RELATIONS "'><Relationship Id='a' Type='" OFFICE
    "/officeDocument' Target='xl/workbook.xml'/><Relationship Id='b' Type='" OFFICE
    "/custom-properties' Target='docProps/custom.xml'/></Relationships>";

static void check_template(const tb_workbook *book, const char *id)
{
    assert_true(tb_str_equal(book->template_id, tb_str_of(id)));
}

static void the_template_is_known(void **state)
{
    static const zip_part ods[] = {{"content.xml", content}, {"meta.xml", meta}, {NULL, NULL}};
    static const zip_part plain[] = {{"content.xml", content}, {NULL, NULL}};
    static const zip_part damaged[] = {
        {"content.xml", content}, {"meta.xml", bad_meta}, {NULL, NULL}};
    static const zip_part xlsx[] = {
        {"_rels/.rels", root_rels_custom},   {"docProps/custom.xml", custom},
        {"xl/workbook.xml", workbook},       {"xl/_rels/workbook.xml.rels", workbook_rels},
        {"xl/worksheets/sheet1.xml", sheet}, {NULL, NULL}};
    (void)state;
    const tb_workbook *book = NULL;
    check_template(read_parts(ods), "a-form");
    check_template(read_parts(plain), "");
    read_parts(damaged); /* is read all the same */
    check_template(read_parts(xlsx), "a-form");
    assert_int_equal(tb_reader_read_bytes(reader, TB_STR(flat_meta), "x.fods", &book, NULL), TB_OK);
    check_template(book, "a-form");
}

static const struct {
    const char *bytes;
    size_t size;
    tb_status status;
    tb_message message;
} bad_files[] = {
    {"", 0, TB_DAMAGED, TB_MSG_SHEET_FILE_EMPTY},
    {"hello", 5, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_NO_WORKBOOK},
    {"PK\3\4 cut off here, long enough", 31, TB_DAMAGED, TB_MSG_SHEET_ZIP_TRUNCATED},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_IS_XLS},
    {"<html/>", 7, TB_UNSUPPORTED, TB_MSG_SHEET_FILE_NO_WORKBOOK},
    {"<!DOCTYPE a><a/>", 16, TB_DAMAGED, TB_MSG_SHEET_XML_DOCTYPE},
};

static void bad_files_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_files / sizeof bad_files[0]; i++) {
        tb_error error;
        const tb_workbook *book = NULL;
        tb_str text = {bad_files[i].bytes, bad_files[i].size};
        assert_int_equal(tb_reader_read_bytes(reader, text, "bad", &book, &error),
                         bad_files[i].status);
        assert_int_equal(error.message, bad_files[i].message);
        assert_null(book);
    }
}

static void every_truncation_is_refused(void **state)
{
    static const zip_part parts[] = {{"_rels/.rels", root_rels},
                                     {"xl/workbook.xml", workbook},
                                     {"xl/_rels/workbook.xml.rels", workbook_rels},
                                     {"xl/worksheets/sheet1.xml", sheet},
                                     {NULL, NULL}};
    (void)state;
    read_parts(parts);
    for (size_t size = 0; size < bytes.size; size += 7) {
        const tb_workbook *book = NULL;
        tb_error error;
        assert_int_not_equal(
            tb_reader_read_bytes(reader, (tb_str){bytes.data, size}, "cut", &book, &error), TB_OK);
    }
}

static void an_entry_twice_is_refused(void **state)
{
    static const zip_part parts[] = {
        {"content.xml", "<a/>"}, {"content.xml", "<b/>"}, {NULL, NULL}};
    (void)state;
    tb_error error;
    const tb_workbook *book = NULL;
    tb_buffer_reset(&bytes);
    zip_write(&bytes, parts);
    assert_int_equal(tb_reader_read_bytes(reader, tb_buffer_get(&bytes), "twice", &book, &error),
                     TB_DAMAGED);
    assert_int_equal(error.message, TB_MSG_SHEET_ZIP_TWICE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_xlsx_is_read),           cmocka_unit_test(a_flat_document_is_read),
        cmocka_unit_test(bad_files_are_refused),     cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(an_entry_twice_is_refused), cmocka_unit_test(the_template_is_known),
        cmocka_unit_test(rows_like_others_are_read),
    };
    return cmocka_run_group_tests(tests, make_reader, free_reader);
}
