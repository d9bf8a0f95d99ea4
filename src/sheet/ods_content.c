/*
 * The tables of an OpenDocument spreadsheet. Rows and cells say how often they are repeated and
 * not where they are, so the reader counts; repeated rows and cells are never expanded.
 */
#include <string.h>

#include "sheet/number.h"
#include "sheet/ods.h"

/* The default cell style of the columns from one on, up to the next such entry. */
typedef struct column_style {
    uint32_t first;
    tb_str name;
} column_style;

typedef struct table_reader {
    tb_package *package;
    tb_ods_styles *styles;
    tb_package_facts *facts;
    column_style *columns;
    size_t column_count, column_capacity;
    uint32_t next_column_style; /* the first column that is not yet described */
    uint32_t row, rows;         /* the current row, and how often it is repeated */
    uint32_t column;
    tb_str row_style;
    tb_str last_style; /* neighbours share their style: the last one looked up, and its format */
    tb_number_format last_format;
} table_reader;

/* What a cell says before its value is understood. */
typedef struct raw_cell {
    tb_str style, formula, type, calc_type, value, date, time, boolean, string;
    bool has_string;
    uint32_t repeated, columns_spanned, rows_spanned;
    tb_str text; /* of its paragraphs */
    bool has_text;
} raw_cell;

/* A count of at least 1, cut at `max`. */
static uint32_t read_count(tb_str value, uint32_t max)
{
    uint64_t count = 0;
    for (size_t i = 0; i < value.size; i++) {
        unsigned digit = (unsigned char)value.data[i] - (unsigned)'0';
        if (digit >= 10)
            break;
        count = count * 10 + digit;
        if (count > max)
            return max;
    }
    return count > 0 ? (uint32_t)count : 1;
}

/* ---- Formats ---- */

static tb_str find_column_style(const table_reader *reader, uint32_t column)
{
    size_t low = 0, high = reader->column_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reader->columns[middle].first <= column)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? reader->columns[low - 1].name : (tb_str){NULL, 0};
}

static tb_number_format find_format(table_reader *reader, tb_str style)
{
    if (style.size == 0)
        style = reader->row_style;
    if (style.size == 0)
        style = find_column_style(reader, reader->column);
    if (reader->last_style.data != NULL && tb_str_equal(style, reader->last_style))
        return reader->last_format;
    reader->last_style = style.data != NULL ? style : (tb_str){"", 0};
    reader->last_format = tb_ods_find_format(reader->styles, style);
    return reader->last_format;
}

/* ---- Values ---- */

static void set_text(tb_cell *cell, tb_str text)
{
    cell->text = text;
    cell->type = text.size > 0 ? TB_CELL_TEXT : TB_CELL_EMPTY;
}

/* A value with a format of its own where the style has none. */
static void set_number(tb_cell *cell, tb_cell_type type, tb_number_format format)
{
    cell->type = type;
    if (cell->format.class_ == TB_FORMAT_GENERAL)
        cell->format = format;
}

static void set_numeric(tb_cell *cell, const raw_cell *raw, tb_number_format format)
{
    if (!tb_number_parse(raw->value, &cell->number)) {
        set_text(cell, raw->value.size > 0 ? raw->value : raw->text);
        return;
    }
    set_number(cell, TB_CELL_NUMBER, format);
    if (cell->format.class_ == TB_FORMAT_DATE)
        cell->type = TB_CELL_DATE;
}

static void set_boolean(tb_cell *cell, const raw_cell *raw)
{
    bool value =
        tb_str_equal(raw->boolean, TB_STR("true")) || tb_str_equal(raw->boolean, TB_STR("1"));
    cell->number = tb_decimal_of(value ? 1 : 0);
    set_number(cell, TB_CELL_BOOLEAN, (tb_number_format){TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY});
}

static const tb_number_format date_format = {TB_FORMAT_DATE, TB_DECIMALS_ANY};

static void set_float(tb_cell *cell, const raw_cell *raw)
{
    set_numeric(cell, raw, cell->format);
}

static void set_percentage(tb_cell *cell, const raw_cell *raw)
{
    set_numeric(cell, raw, (tb_number_format){TB_FORMAT_PERCENT, 2});
}

static void set_currency(tb_cell *cell, const raw_cell *raw)
{
    set_numeric(cell, raw, (tb_number_format){TB_FORMAT_CURRENCY, 2});
}

static void set_date(tb_cell *cell, const raw_cell *raw)
{
    if (tb_number_parse_date(raw->date, &cell->number))
        set_number(cell, TB_CELL_DATE, date_format);
    else
        set_text(cell, raw->text);
}

static void set_time(tb_cell *cell, const raw_cell *raw)
{
    if (tb_number_parse_duration(raw->time, &cell->number))
        set_number(cell, TB_CELL_DATE, date_format);
    else
        set_text(cell, raw->text);
}

static void set_string(tb_cell *cell, const raw_cell *raw)
{
    set_text(cell, raw->has_string && raw->string.size > 0 ? raw->string : raw->text);
}

static void set_value(tb_cell *cell, const raw_cell *raw)
{
    static const struct {
        const char *type;
        void (*set)(tb_cell *cell, const raw_cell *raw);
    } types[] = {
        {"string", set_string},   {"float", set_float},       {"percentage", set_percentage},
        {"boolean", set_boolean}, {"currency", set_currency}, {"date", set_date},
        {"time", set_time},
    };
    if (tb_str_equal(raw->calc_type, TB_STR("error")) && raw->text.size > 0) {
        cell->text = raw->text;
        cell->type = TB_CELL_ERROR;
        return;
    }
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (raw->type.size > 0 && raw->type.data[0] == types[i].type[0] &&
            tb_str_equal(raw->type, tb_str_of(types[i].type))) {
            types[i].set(cell, raw);
            return;
        }
    }
    set_string(cell, raw);
}

/* ---- Cells ---- */

/* Without the namespace of its language and the equals sign: `of:=SUM(…)` → `SUM(…)`. */
static tb_str bare_formula(tb_str formula)
{
    size_t at = 0;
    while (at < formula.size && formula.data[at] >= 'a' && formula.data[at] <= 'z')
        at++;
    at = at > 0 && at < formula.size && formula.data[at] == ':' ? at + 1 : 0;
    if (at < formula.size && formula.data[at] == '=')
        at++;
    return tb_str_slice(formula, at, formula.size);
}

static void read_attributes(table_reader *reader, raw_cell *raw)
{
    tb_package *package = reader->package;
    tb_xml *xml = &package->xml;
    *raw = (raw_cell){.repeated = 1, .columns_spanned = 1, .rows_spanned = 1};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_str value = xml->attributes[i].value;
        switch (xml->attributes[i].token) {
        case O_TABLE_STYLE:
            raw->style = value;
            break;
        case O_VALUE_TYPE:
            raw->type = value;
            break;
        case O_CALC_VALUE_TYPE:
            raw->calc_type = value;
            break;
        case O_VALUE:
            raw->value = value;
            break;
        case O_DATE_VALUE:
            raw->date = value;
            break;
        case O_TIME_VALUE:
            raw->time = value;
            break;
        case O_BOOLEAN_VALUE:
            raw->boolean = value;
            break;
        case O_STRING_VALUE:
            raw->string = tb_xml_attribute_text(xml, i, &package->arena);
            raw->has_string = true;
            break;
        case O_FORMULA:
            raw->formula = bare_formula(tb_xml_attribute_text(xml, i, &package->arena));
            break;
        case O_COLUMNS_REPEATED:
            raw->repeated = read_count(value, TB_MAX_COLUMNS);
            break;
        case O_COLUMNS_SPANNED:
            raw->columns_spanned = read_count(value, TB_MAX_COLUMNS);
            break;
        case O_ROWS_SPANNED:
            raw->rows_spanned = read_count(value, TB_MAX_ROWS);
            break;
        default:
            break;
        }
    }
}

static void read_paragraphs(table_reader *reader, raw_cell *raw)
{
    tb_xml *xml = &reader->package->xml;
    unsigned depth = xml->depth;
    if (tb_xml_only_child(xml, O_P, &raw->text)) {
        raw->has_text = true;
        return;
    }
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_P) {
            tb_ods_read_paragraph(reader->package, !raw->has_text, &raw->text);
            raw->has_text = true;
        }
    }
}

static void add_merges(table_reader *reader, const raw_cell *raw)
{
    tb_package *package = reader->package;
    if (raw->columns_spanned == 1 && raw->rows_spanned == 1)
        return;
    for (uint32_t i = 0; i < reader->rows; i++) {
        uint32_t row = reader->row + i;
        tb_range range = {row, reader->column, row + raw->rows_spanned - 1,
                          reader->column + raw->columns_spanned - 1};
        tb_status status = tb_workbook_builder_merge(package->builder, range, package->error);
        if (status != TB_OK) {
            tb_xml_stop(&package->xml, status);
            return;
        }
    }
}

static void add_cell(table_reader *reader, const raw_cell *raw)
{
    tb_package *package = reader->package;
    uint32_t width = raw->repeated;
    if (reader->column < TB_MAX_COLUMNS && width > TB_MAX_COLUMNS - reader->column)
        width = TB_MAX_COLUMNS - reader->column;
    tb_cell *cell =
        tb_workbook_builder_cell(package->builder, reader->column, width, package->error);
    if (cell == NULL) {
        tb_xml_stop(&package->xml, TB_LIMIT);
        return;
    }
    cell->format = find_format(reader, raw->style);
    cell->formula = raw->formula;
    if (tb_str_find(raw->formula, TB_STR("'file:")) >= 0)
        reader->facts->has_external_links = true;
    set_value(cell, raw);
}

/* A cell with at most a style, as most are; *ret is how many there are of it. */
static bool is_blank(const tb_xml *xml, uint32_t *ret)
{
    *ret = 1;
    if (!tb_xml_is_empty(xml))
        return false;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        if (xml->attributes[i].token == O_COLUMNS_REPEATED)
            *ret = read_count(xml->attributes[i].value, TB_MAX_COLUMNS);
        else if (xml->attributes[i].token != O_TABLE_STYLE)
            return false;
    }
    return true;
}

static void pass_columns(table_reader *reader, uint32_t count)
{
    reader->column = count < UINT32_MAX - reader->column ? reader->column + count : UINT32_MAX;
}

static void read_cell(table_reader *reader)
{
    uint32_t count;
    if (is_blank(&reader->package->xml, &count)) {
        pass_columns(reader, count);
        return;
    }
    raw_cell raw;
    read_attributes(reader, &raw);
    read_paragraphs(reader, &raw);
    if (raw.type.size > 0 || raw.has_text || raw.has_string || raw.formula.size > 0)
        add_cell(reader, &raw);
    add_merges(reader, &raw);
    reader->column =
        raw.repeated < UINT32_MAX - reader->column ? reader->column + raw.repeated : UINT32_MAX;
}

/* ---- Rows and columns ---- */

static void begin_row(table_reader *reader)
{
    tb_package *package = reader->package;
    tb_xml *xml = &package->xml;
    bool hidden = false;
    reader->rows = 1;
    reader->column = 0;
    reader->row_style = (tb_str){NULL, 0};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_str value = xml->attributes[i].value;
        switch (xml->attributes[i].token) {
        case O_ROWS_REPEATED:
            reader->rows = read_count(value, TB_MAX_ROWS);
            break;
        case O_VISIBILITY:
            hidden =
                tb_str_equal(value, TB_STR("collapse")) || tb_str_equal(value, TB_STR("filter"));
            break;
        case O_DEFAULT_CELL_STYLE:
            reader->row_style = value;
            break;
        default:
            break;
        }
    }
    if (reader->row < TB_MAX_ROWS && reader->rows > TB_MAX_ROWS - reader->row)
        reader->rows = TB_MAX_ROWS - reader->row; /* the empty rest may be counted too long */
    tb_status status = tb_workbook_builder_band(package->builder, reader->row, reader->rows, hidden,
                                                package->error);
    if (status != TB_OK)
        tb_xml_stop(xml, status);
}

static void read_row(table_reader *reader)
{
    tb_xml *xml = &reader->package->xml;
    unsigned depth = xml->depth;
    begin_row(reader);
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_CELL || xml->token == O_COVERED_CELL)
            read_cell(reader);
    }
    reader->row += reader->rows;
}

static void read_column(table_reader *reader)
{
    tb_package *package = reader->package;
    tb_xml *xml = &package->xml;
    uint32_t repeated = 1;
    tb_str name = {NULL, 0}, value;
    if (tb_xml_find_attribute(xml, O_COLUMNS_REPEATED, &value))
        repeated = read_count(value, TB_MAX_COLUMNS);
    tb_xml_find_attribute(xml, O_DEFAULT_CELL_STYLE, &name);
    if (reader->column_count == reader->column_capacity) {
        size_t capacity = reader->column_capacity > 0 ? reader->column_capacity * 2 : 16;
        column_style *columns = tb_arena_grow(&package->arena, reader->columns,
                                              reader->column_count, capacity, sizeof *columns);
        if (columns == NULL) {
            tb_xml_stop(xml, tb_error_memory(package->error));
            return;
        }
        reader->columns = columns;
        reader->column_capacity = capacity;
    }
    reader->columns[reader->column_count++] = (column_style){reader->next_column_style, name};
    if (reader->next_column_style <= TB_MAX_COLUMNS)
        reader->next_column_style += repeated;
}

/* ---- Tables ---- */

/* Rows and columns may stand in groups, which may stand in groups; the tokeniser bounds how
 * deep. */
static void read_children(table_reader *reader)
{
    tb_xml *xml = &reader->package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        switch (xml->token) {
        case O_ROW:
            read_row(reader);
            break;
        case O_COLUMN:
            read_column(reader);
            break;
        case O_ROWS:
        case O_COLUMNS:
            read_children(reader);
            break;
        case O_TABLE_SOURCE:
            reader->facts->has_external_links = true;
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

static void read_table(tb_package *package, tb_ods_styles *styles, tb_package_facts *facts)
{
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
        facts->has_external_links = true;
        return;
    }
    tb_status status = tb_workbook_builder_sheet(package->builder, name,
                                                 tb_ods_is_hidden(styles, style), package->error);
    if (status != TB_OK) {
        tb_xml_stop(xml, status);
        return;
    }
    table_reader reader = {.package = package, .styles = styles, .facts = facts};
    read_children(&reader);
}

void tb_ods_read_spreadsheet(tb_package *package, tb_ods_styles *styles, tb_package_facts *facts)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_TABLE)
            read_table(package, styles, facts);
    }
}
