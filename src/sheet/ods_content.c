/*
 * The tables of an OpenDocument spreadsheet. Rows and cells say how often they are repeated and
 * not where they are, so the reader counts; repeated rows and cells are never expanded.
 */
#include "sheet/ods_runs.h"

/* ---- Cells ---- */

typedef enum cell_content {
    CONTENT_NONE,
    CONTENT_PLAIN, /* one text that means itself */
    CONTENT_PARAGRAPHS
} cell_content;

static cell_content read_content(tb_ods_table *table, tb_str *ret_text)
{
    tb_xml *xml = &table->package->xml;
    unsigned depth = xml->depth;
    cell_content found = CONTENT_NONE;
    if (tb_xml_only_child(xml, O_P, ret_text))
        return CONTENT_PLAIN;
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_P) {
            tb_ods_read_paragraph(table->package, found == CONTENT_NONE, ret_text);
            found = CONTENT_PARAGRAPHS;
        }
    }
    return found;
}

static void read_cell(tb_ods_table *table)
{
    tb_ods_cell_tag room;
    const tb_ods_cell_tag *tag = tb_ods_read_cell_tag(table, &room);
    tb_str text = {"", 0};
    cell_content content = CONTENT_NONE;
    if (!tag->is_blank || !tb_xml_is_empty(&table->package->xml))
        content = read_content(table, &text);
    bool filled =
        content != CONTENT_NONE || tag->type.size > 0 || tag->has_string || tag->formula.size > 0;
    if (filled)
        tb_ods_add_cell(table, tag, text);
    tb_ods_end_cell(table, tag);
    if (tag == &room || (filled && content != CONTENT_PLAIN))
        tb_ods_runs_spoil(table->runs);
    else if (filled)
        tb_ods_runs_end(table, tag, text);
    else
        tb_ods_runs_add_cell(table->runs, tag);
}

/* ---- Rows and columns ---- */

static tb_ods_row_tag read_row_tag(const tb_xml *xml)
{
    tb_ods_row_tag tag = {.repeated = 1};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_str value = xml->attributes[i].value;
        switch (xml->attributes[i].token) {
        case O_ROWS_REPEATED:
            tag.repeated = tb_ods_count(value, TB_MAX_ROWS);
            break;
        case O_VISIBILITY:
            tag.hidden =
                tb_str_equal(value, TB_STR("collapse")) || tb_str_equal(value, TB_STR("filter"));
            break;
        case O_DEFAULT_CELL_STYLE:
            tag.style = value;
            break;
        default:
            break;
        }
    }
    return tag;
}

void tb_ods_begin_row(tb_ods_table *table, const tb_ods_row_tag *tag)
{
    tb_package *package = table->package;
    table->rows = tag->repeated;
    table->column = 0;
    table->row_style = tag->style;
    if (table->row < TB_MAX_ROWS && table->rows > TB_MAX_ROWS - table->row)
        table->rows = TB_MAX_ROWS - table->row; /* the empty rest may be counted too long */
    tb_status status = tb_workbook_builder_band(package->builder, table->row, table->rows,
                                                tag->hidden, package->error);
    if (status != TB_OK)
        tb_xml_stop(&package->xml, status);
}

void tb_ods_end_row(tb_ods_table *table)
{
    table->row += table->rows;
}

static void read_row(tb_ods_table *table)
{
    tb_xml *xml = &table->package->xml;
    unsigned depth = xml->depth;
    tb_ods_row_tag tag = read_row_tag(xml);
    tb_ods_begin_row(table, &tag);
    tb_ods_runs_add_row(table, &tag);
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_CELL || xml->token == O_COVERED_CELL)
            read_cell(table);
    }
    tb_ods_end_row(table);
}

static void read_column(tb_ods_table *table)
{
    tb_package *package = table->package;
    tb_xml *xml = &package->xml;
    uint32_t repeated = 1;
    tb_str name = {NULL, 0}, value;
    if (tb_xml_find_attribute(xml, O_COLUMNS_REPEATED, &value))
        repeated = tb_ods_count(value, TB_MAX_COLUMNS);
    tb_xml_find_attribute(xml, O_DEFAULT_CELL_STYLE, &name);
    if (table->column_count == table->column_capacity) {
        size_t capacity = table->column_capacity > 0 ? table->column_capacity * 2 : 16;
        tb_ods_column_style *columns = tb_arena_grow(
            &package->arena, table->columns, table->column_count, capacity, sizeof *columns);
        if (columns == NULL) {
            tb_xml_stop(xml, tb_error_memory(package->error));
            return;
        }
        table->columns = columns;
        table->column_capacity = capacity;
    }
    table->columns[table->column_count++] = (tb_ods_column_style){table->next_column_style, name};
    if (table->next_column_style <= TB_MAX_COLUMNS)
        table->next_column_style += repeated;
}

/* ---- Tables ---- */

/* Rows and columns may stand in groups, which may stand in groups; the tokeniser bounds how
 * deep. */
static void read_children(tb_ods_table *table)
{
    tb_xml *xml = &table->package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        switch (xml->token) {
        case O_ROW:
            read_row(table);
            break;
        case O_COLUMN:
            read_column(table);
            break;
        case O_ROWS:
        case O_COLUMNS:
            tb_ods_runs_spoil(table->runs);
            read_children(table);
            tb_ods_runs_spoil(table->runs);
            break;
        case O_TABLE_SOURCE:
            table->facts->has_external_links = true;
            break;
        default:
            break;
        }
    }
}

/* What an office keeps of another workbook: a table named 'file:///…'#Sheet. */
static bool is_external_cache(tb_str name)
{
    return tb_str_starts(name, TB_STR("'")) && tb_str_find(name, TB_STR(":")) > 0 &&
           tb_str_find(name, TB_STR("'#")) > 0;
}

/* `begun` is what all tables share. */
static void read_table(const tb_ods_table *begun)
{
    tb_package *package = begun->package;
    tb_xml *xml = &package->xml;
    tb_str name = {"", 0}, style = {NULL, 0};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        unsigned token = xml->attributes[i].token;
        if (token == O_NAME)
            name = tb_xml_attribute_text(xml, i, &package->arena);
        else if (token == O_TABLE_STYLE)
            style = xml->attributes[i].value;
    }
    if (is_external_cache(name)) {
        begun->facts->has_external_links = true;
        return;
    }
    tb_status status = tb_workbook_builder_sheet(
        package->builder, name, tb_ods_is_hidden(begun->styles, style), package->error);
    if (status != TB_OK) {
        tb_xml_stop(xml, status);
        return;
    }
    tb_ods_table table = *begun;
    tb_ods_runs_spoil(table.runs);
    read_children(&table);
}

void tb_ods_read_spreadsheet(tb_package *package, tb_ods_styles *styles, tb_package_facts *facts)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    tb_ods_validities validities = {0, 0, NULL};
    tb_ods_table table = {.package = package,
                          .styles = styles,
                          .facts = facts,
                          .validities = &validities,
                          .runs = tb_ods_runs_new(package)};
    if (table.runs == NULL) {
        tb_xml_stop(xml, tb_error_memory(package->error));
        return;
    }
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_TABLE)
            read_table(&table);
        else if (xml->token == O_VALIDITIES)
            tb_ods_read_validities(package, &validities);
    }
}
