/*
 * The spreadsheet of a definition: a sheet for each table with its headings, one style for them
 * and one for what stands below.
 */
#include "form/build_fods.h"

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
    " xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""
    " office:version=\"1.3\""
    " office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">\n"
    "<office:automatic-styles>\n"
    "<number:text-style style:name=\"Ntext\"><number:text-content/></number:text-style>\n"
    "<style:style style:name=\"co\" style:family=\"table-column\">"
    "<style:table-column-properties style:column-width=\"3.6cm\"/></style:style>\n"
    "<style:style style:name=\"ro\" style:family=\"table-row\">"
    "<style:table-row-properties style:use-optimal-row-height=\"true\"/></style:style>\n"
    "<style:style style:name=\"head\" style:family=\"table-cell\""
    " style:data-style-name=\"Ntext\"><style:table-cell-properties fo:wrap-option=\"wrap\""
    " fo:border=\"0.5pt solid #4A5568\" fo:background-color=\"#EDF2F7\"/>"
    "<style:text-properties fo:font-weight=\"bold\" style:font-weight-asian=\"bold\"/>"
    "</style:style>\n"
    "<style:style style:name=\"cell\" style:family=\"table-cell\""
    " style:data-style-name=\"Ntext\"><style:table-cell-properties fo:wrap-option=\"wrap\""
    " fo:border=\"0.5pt solid #4A5568\" style:vertical-align=\"top\"/></style:style>\n"
    "</office:automatic-styles>\n"
    "<office:body>\n<office:spreadsheet>\n";

static const char tail[] = "</office:spreadsheet>\n</office:body>\n</office:document>\n";

/* Which columns hold words of the JSON that have a name in each language. */
static const struct {
    int table, column;
    const tb_build_word *words;
} word_columns[] = {
    {TB_BUILD_FIELDS, TB_FIELDS_TYPE, tb_build_types},
    {TB_BUILD_FIELDS, TB_FIELDS_PLACE, tb_build_places},
    {TB_BUILD_FIELDS, TB_FIELDS_LINE, tb_build_line_kinds},
    {TB_BUILD_FIELDS, TB_FIELDS_REQUIRED, tb_build_flags},
    {TB_BUILD_FIELDS, TB_FIELDS_FILL_DOWN, tb_build_flags},
    {TB_BUILD_BLOCKS, TB_BLOCKS_KIND, tb_build_kinds},
    {TB_BUILD_BLOCKS, TB_BLOCKS_REQUIRED, tb_build_flags},
    {TB_BUILD_RULES, TB_RULES_SEVERITY, tb_build_severities},
    {TB_BUILD_RULES, TB_RULES_BASIS, tb_build_bases},
};

static tb_str localize(int table, int column, tb_str text, tb_language language)
{
    for (size_t i = 0; i < sizeof word_columns / sizeof word_columns[0]; i++) {
        if (word_columns[i].table != table || word_columns[i].column != column)
            continue;
        for (const tb_build_word *word = word_columns[i].words; word->json != NULL; word++) {
            if (tb_str_equal(tb_str_of(word->json), text))
                return tb_build_first_word(tb_message_get(language, word->word));
        }
    }
    return text;
}

static void write_escaped(tb_buffer *out, tb_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '<')
            tb_buffer_cstr(out, "&lt;");
        else if (c == '&')
            tb_buffer_cstr(out, "&amp;");
        else if (c == '"')
            tb_buffer_cstr(out, "&quot;");
        else if (c == '\n')
            tb_buffer_cstr(out, "</text:p><text:p>");
        else
            tb_buffer_char(out, c);
    }
}

static void write_cell(tb_buffer *out, const char *style, tb_str text)
{
    tb_buffer_cstr(out, "<table:table-cell table:style-name=\"");
    tb_buffer_cstr(out, style);
    if (text.size == 0) {
        tb_buffer_cstr(out, "\"/>");
        return;
    }
    tb_buffer_cstr(out, "\" office:value-type=\"string\"><text:p>");
    write_escaped(out, text);
    tb_buffer_cstr(out, "</text:p></table:table-cell>");
}

static void write_table(const tb_build *build, int table, tb_language language, tb_buffer *out)
{
    const tb_build_layout *layout = &tb_build_layouts[table];
    tb_buffer_cstr(out, "<table:table table:name=\"");
    write_escaped(out, tb_build_first_word(tb_message_get(language, layout->name)));
    tb_buffer_cstr(out, "\">\n<table:table-column table:style-name=\"co\""
                        " table:number-columns-repeated=\"");
    tb_buffer_uint(out, (unsigned long long)layout->column_count);
    tb_buffer_cstr(out, "\"/>\n<table:table-row table:style-name=\"ro\">");
    for (int i = 0; i < layout->column_count; i++)
        write_cell(out, "head", tb_build_first_word(tb_message_get(language, layout->headings[i])));
    tb_buffer_cstr(out, "</table:table-row>\n");
    for (size_t j = 0; j < build->tables[table].row_count; j++) {
        const tb_build_row *row = &build->tables[table].rows[j];
        tb_buffer_cstr(out, "<table:table-row table:style-name=\"ro\">");
        for (int i = 0; i < layout->column_count; i++)
            write_cell(out, "cell", localize(table, i, row->cells[i], language));
        tb_buffer_cstr(out, "</table:table-row>\n");
    }
    tb_buffer_cstr(out, "</table:table>\n");
}

void tb_build_write_fods(const tb_build *build, tb_language language, tb_buffer *out)
{
    tb_buffer_cstr(out, head);
    for (int i = 0; i < TB_BUILD_TABLE_COUNT; i++)
        write_table(build, i, language, out);
    tb_buffer_cstr(out, tail);
}
