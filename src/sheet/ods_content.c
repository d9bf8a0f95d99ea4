/*
 * The tables of an OpenDocument spreadsheet. Rows and cells say how often they are repeated and
 * not where they are, so the reader counts; repeated rows and cells are never expanded.
 */
#include <string.h>

#include "base/search.h"
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
    const tb_ods_validities *validities;
    column_style *columns;
    size_t column_count, column_capacity;
    uint32_t next_column_style; /* the first column that is not yet described */
    uint32_t row, rows;         /* the current row, and how often it is repeated */
    uint32_t column;
    tb_str row_style;
    tb_str last_style; /* neighbours share their style: the last one looked up, and its format */
    tb_number_format last_format;
} table_reader;

struct cell_tag;
typedef void set_function(tb_cell *cell, const struct cell_tag *tag, tb_str text);

/* What the start tag of a cell says. */
typedef struct cell_tag {
    tb_str style, type, value, date, time, boolean, string, formula;
    bool has_string, is_error;
    bool is_restricted; /* it has a validity */
    bool is_blank;      /* it has at most a style, as most cells */
    uint32_t repeated, columns_spanned, rows_spanned;
    tb_number_format format; /* where it has a style */
    set_function *set;
} cell_tag;

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
    size_t count = tb_upper_bound(reader->columns, reader->column_count, sizeof *reader->columns,
                                  offsetof(column_style, first), column);
    return count > 0 ? reader->columns[count - 1].name : (tb_str){NULL, 0};
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

static void set_numeric(tb_cell *cell, const cell_tag *tag, tb_str text, tb_number_format format)
{
    if (!tb_number_parse(tag->value, &cell->number)) {
        set_text(cell, tag->value.size > 0 ? tag->value : text);
        return;
    }
    set_number(cell, TB_CELL_NUMBER, format);
    if (cell->format.class_ == TB_FORMAT_DATE)
        cell->type = TB_CELL_DATE;
}

static void set_boolean(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    bool value =
        tb_str_equal(tag->boolean, TB_STR("true")) || tb_str_equal(tag->boolean, TB_STR("1"));
    (void)text;
    cell->number = tb_decimal_of(value ? 1 : 0);
    set_number(cell, TB_CELL_BOOLEAN, (tb_number_format){TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY});
}

static const tb_number_format date_format = {TB_FORMAT_DATE, TB_DECIMALS_ANY};

static void set_float(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    set_numeric(cell, tag, text, cell->format);
}

static void set_percentage(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    set_numeric(cell, tag, text, (tb_number_format){TB_FORMAT_PERCENT, 2});
}

static void set_currency(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    set_numeric(cell, tag, text, (tb_number_format){TB_FORMAT_CURRENCY, 2});
}

static void set_date(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    if (tb_number_parse_date(tag->date, &cell->number))
        set_number(cell, TB_CELL_DATE, date_format);
    else
        set_text(cell, text);
}

static void set_time(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    if (tb_number_parse_duration(tag->time, &cell->number))
        set_number(cell, TB_CELL_DATE, date_format);
    else
        set_text(cell, text);
}

static void set_string(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    set_text(cell, tag->has_string && tag->string.size > 0 ? tag->string : text);
}

static set_function *find_setter(tb_str type)
{
    static const struct {
        const char *type;
        set_function *set;
    } types[] = {
        {"string", set_string},   {"float", set_float},       {"percentage", set_percentage},
        {"boolean", set_boolean}, {"currency", set_currency}, {"date", set_date},
        {"time", set_time},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (tb_str_equal(type, tb_str_of(types[i].type)))
            return types[i].set;
    }
    return set_string;
}

static void set_value(tb_cell *cell, const cell_tag *tag, tb_str text)
{
    if (tag->is_error && text.size > 0) {
        cell->text = text;
        cell->type = TB_CELL_ERROR;
        return;
    }
    tag->set(cell, tag, text);
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

static void take_attribute(table_reader *reader, size_t index, cell_tag *tag)
{
    tb_package *package = reader->package;
    tb_xml *xml = &package->xml;
    tb_str value = xml->attributes[index].value;
    switch (xml->attributes[index].token) {
    case O_TABLE_STYLE:
        tag->style = value;
        break;
    case O_VALUE_TYPE:
        tag->type = value;
        break;
    case O_CALC_VALUE_TYPE:
        tag->is_error = tb_str_equal(value, TB_STR("error"));
        break;
    case O_VALUE:
        tag->value = value;
        break;
    case O_DATE_VALUE:
        tag->date = value;
        break;
    case O_TIME_VALUE:
        tag->time = value;
        break;
    case O_BOOLEAN_VALUE:
        tag->boolean = value;
        break;
    case O_STRING_VALUE:
        tag->string = tb_xml_attribute_text(xml, index, &package->arena);
        tag->has_string = true;
        break;
    case O_FORMULA:
        tag->formula = bare_formula(tb_xml_attribute_text(xml, index, &package->arena));
        break;
    case O_CELL_VALIDITY:
        tag->is_restricted = tb_ods_is_restricting(reader->validities, value);
        break;
    case O_COLUMNS_REPEATED:
        tag->repeated = read_count(value, TB_MAX_COLUMNS);
        break;
    case O_COLUMNS_SPANNED:
        tag->columns_spanned = read_count(value, TB_MAX_COLUMNS);
        break;
    case O_ROWS_SPANNED:
        tag->rows_spanned = read_count(value, TB_MAX_ROWS);
        break;
    default:
        break;
    }
}

static void take_attributes(table_reader *reader, cell_tag *tag)
{
    const tb_xml *xml = &reader->package->xml;
    *tag = (cell_tag){.repeated = 1, .columns_spanned = 1, .rows_spanned = 1, .is_blank = true};
    for (size_t i = 0; i < xml->attribute_count; i++) {
        unsigned token = xml->attributes[i].token;
        take_attribute(reader, i, tag);
        tag->is_blank = tag->is_blank && (token == O_TABLE_STYLE || token == O_COLUMNS_REPEATED);
    }
    tag->set = find_setter(tag->type);
    if (tag->style.size > 0 && !tag->is_blank)
        tag->format = find_format(reader, tag->style);
    if (tb_str_find(tag->formula, TB_STR("'file:")) >= 0)
        reader->facts->has_external_links = true;
}

/* What the tag just read says; in `room` where it was not read before. */
static const cell_tag *read_tag(table_reader *reader, cell_tag *room)
{
    const void **note = tb_xml_note(&reader->package->xml);
    if (note != NULL && *note != NULL)
        return *note;
    take_attributes(reader, room);
    if (note == NULL)
        return room;
    cell_tag *kept = tb_arena_room(&reader->package->arena, sizeof *kept);
    if (kept == NULL)
        return room;
    *kept = *room;
    *note = kept;
    return kept;
}

/* False when there is no paragraph. */
static bool read_paragraphs(table_reader *reader, tb_str *ret_text)
{
    tb_xml *xml = &reader->package->xml;
    unsigned depth = xml->depth;
    bool found = false;
    if (tb_xml_only_child(xml, O_P, ret_text))
        return true;
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_P) {
            tb_ods_read_paragraph(reader->package, !found, ret_text);
            found = true;
        }
    }
    return found;
}

static void add_merges(table_reader *reader, const cell_tag *tag)
{
    tb_package *package = reader->package;
    if (tag->columns_spanned == 1 && tag->rows_spanned == 1)
        return;
    for (uint32_t i = 0; i < reader->rows; i++) {
        uint32_t row = reader->row + i;
        tb_range range = {row, reader->column, row + tag->rows_spanned - 1,
                          reader->column + tag->columns_spanned - 1};
        tb_status status = tb_workbook_builder_merge(package->builder, range, package->error);
        if (status != TB_OK) {
            tb_xml_stop(&package->xml, status);
            return;
        }
    }
}

static void add_validity(table_reader *reader, const cell_tag *tag)
{
    tb_package *package = reader->package;
    tb_range range = {reader->row, reader->column, reader->row + reader->rows - 1,
                      tag->repeated < TB_MAX_COLUMNS - reader->column
                          ? reader->column + tag->repeated - 1
                          : TB_MAX_COLUMNS - 1};
    tb_status status = tb_workbook_builder_validity(package->builder, range, package->error);
    if (status != TB_OK)
        tb_xml_stop(&package->xml, status);
}

static void add_cell(table_reader *reader, const cell_tag *tag, tb_str text)
{
    tb_package *package = reader->package;
    uint32_t width = tag->repeated;
    if (reader->column < TB_MAX_COLUMNS && width > TB_MAX_COLUMNS - reader->column)
        width = TB_MAX_COLUMNS - reader->column;
    tb_cell *cell =
        tb_workbook_builder_cell(package->builder, reader->column, width, package->error);
    if (cell == NULL) {
        tb_xml_stop(&package->xml, TB_LIMIT);
        return;
    }
    cell->format = tag->style.size > 0 ? tag->format : find_format(reader, tag->style);
    cell->formula = tag->formula;
    set_value(cell, tag, text);
}

static void pass_columns(table_reader *reader, uint32_t count)
{
    reader->column = count < UINT32_MAX - reader->column ? reader->column + count : UINT32_MAX;
}

static void read_cell(table_reader *reader)
{
    cell_tag room;
    const cell_tag *tag = read_tag(reader, &room);
    if (!tag->is_blank || !tb_xml_is_empty(&reader->package->xml)) {
        tb_str text = {"", 0};
        bool has_text = read_paragraphs(reader, &text);
        if (has_text || tag->type.size > 0 || tag->has_string || tag->formula.size > 0)
            add_cell(reader, tag, text);
        add_merges(reader, tag);
        if (tag->is_restricted && reader->column < TB_MAX_COLUMNS)
            add_validity(reader, tag);
    }
    pass_columns(reader, tag->repeated);
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

static void read_table(tb_package *package, tb_ods_styles *styles,
                       const tb_ods_validities *validities, tb_package_facts *facts)
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
    table_reader reader = {
        .package = package, .styles = styles, .facts = facts, .validities = validities};
    read_children(&reader);
}

void tb_ods_read_spreadsheet(tb_package *package, tb_ods_styles *styles, tb_package_facts *facts)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    tb_ods_validities validities = {0, 0, NULL};
    while (tb_xml_child(xml, depth)) {
        if (xml->token == O_TABLE)
            read_table(package, styles, &validities, facts);
        else if (xml->token == O_VALIDITIES)
            tb_ods_read_validities(package, &validities);
    }
}
