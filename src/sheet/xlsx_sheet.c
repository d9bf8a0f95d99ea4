/*
 * A worksheet: rows, cells, merges. Formulas that are shared or of an array stand in one cell
 * only; the others get theirs here too.
 */
#include <string.h>

#include "sheet/number.h"
#include "sheet/xlsx.h"
#include "sheet/xlsx_formula.h"
#include "sheet/xlsx_scan.h"

typedef enum value_kind {
    KIND_NUMBER,
    KIND_SHARED_STRING,
    KIND_STRING,
    KIND_INLINE,
    KIND_BOOLEAN,
    KIND_ERROR,
    KIND_DATE
} value_kind;

/* What start tags of rows say behind the number. */
typedef struct row_kind {
    tb_str rest;
    bool hidden;
} row_kind;

#define ROW_KINDS 8 /* a power of two; sheets have few heights */

typedef struct sheet_reader {
    tb_xlsx *xlsx;
    uint32_t row, column; /* where the next row and cell are when they don't say it */
    bool row_hidden;
    bool rest_hidden;     /* rows that the sheet does not mention are hidden */
    uint32_t hidden_from; /* the first row that is not yet known to be mentioned */
    bool usual_names;     /* <row>, <c> and <v> mean rows, cells and values, as long as */
    size_t bindings;      /* so many namespaces are declared */
    size_t row_kind_count;
    row_kind row_kinds[ROW_KINDS]; /* the last ones, in a ring */
    tb_xlsx_formulas formulas;
} sheet_reader;

/* What a <c> says before its value is understood. */
typedef struct raw_cell {
    uint32_t row, column, style;
    value_kind kind;
    tb_str value; /* of <v>, as it stands */
    tb_str text;  /* of <is> */
    tb_str formula;
} raw_cell;

static value_kind find_kind(tb_str type)
{
    static const struct {
        const char *name;
        value_kind kind;
    } kinds[] = {
        {"s", KIND_SHARED_STRING},  {"n", KIND_NUMBER}, {"str", KIND_STRING}, {"b", KIND_BOOLEAN},
        {"inlineStr", KIND_INLINE}, {"e", KIND_ERROR},  {"d", KIND_DATE},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (tb_str_equal(type, tb_str_of(kinds[i].name)))
            return kinds[i].kind;
    }
    return KIND_NUMBER;
}

/* ---- Values ---- */

static void set_text(tb_cell *cell, tb_str text)
{
    cell->text = text;
    cell->type = text.size > 0 ? TB_CELL_TEXT : TB_CELL_EMPTY;
}

/* Days of a workbook that counts from 1904 are made days from 1899. */
static void set_number(const tb_xlsx *xlsx, tb_cell *cell, tb_decimal number)
{
    cell->type = TB_CELL_NUMBER;
    cell->number = number;
    if (cell->format.class_ != TB_FORMAT_DATE)
        return;
    cell->type = TB_CELL_DATE;
    if (xlsx->date1904)
        tb_decimal_add(number, tb_decimal_of(1462), &cell->number);
}

/* A copy of a slice of the worksheet, whose place in memory the next one takes. */
static tb_str keep_unescaped(tb_xlsx *xlsx, tb_str text)
{
    tb_str plain = tb_xlsx_unescape(xlsx, text);
    return plain.data == text.data ? tb_package_keep(xlsx->package, text) : plain;
}

static void set_stored_number(tb_xlsx *xlsx, tb_cell *cell, tb_str value)
{
    tb_decimal number;
    if (value.size == 0)
        return;
    if (tb_number_parse(value, &number))
        set_number(xlsx, cell, number);
    else /* no number at all, or too large to count with: show what stands there */
        set_text(cell, tb_package_keep(xlsx->package, value));
}

static void set_boolean(tb_cell *cell, tb_str value)
{
    cell->type = TB_CELL_BOOLEAN;
    cell->number = tb_decimal_of(tb_xlsx_bool(value) ? 1 : 0);
    if (cell->format.class_ == TB_FORMAT_GENERAL)
        cell->format = (tb_number_format){TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY};
}

static void set_date(tb_xlsx *xlsx, tb_cell *cell, tb_str value)
{
    tb_decimal number;
    if (!tb_number_parse_date(value, &number)) {
        set_stored_number(xlsx, cell, value);
        return;
    }
    cell->type = TB_CELL_DATE;
    cell->number = number;
    if (cell->format.class_ == TB_FORMAT_GENERAL)
        cell->format = (tb_number_format){TB_FORMAT_DATE, TB_DECIMALS_ANY};
}

static void set_shared_string(const tb_xlsx *xlsx, tb_cell *cell, uint32_t index)
{
    if (index < xlsx->string_count)
        set_text(cell, xlsx->strings[index]);
}

static void set_value(tb_xlsx *xlsx, tb_cell *cell, const raw_cell *raw)
{
    uint32_t index;
    switch (raw->kind) {
    case KIND_SHARED_STRING:
        if (tb_xlsx_uint(raw->value, &index))
            set_shared_string(xlsx, cell, index);
        break;
    case KIND_NUMBER:
        set_stored_number(xlsx, cell, raw->value);
        break;
    case KIND_STRING:
        set_text(cell, keep_unescaped(xlsx, raw->value));
        break;
    case KIND_INLINE:
        set_text(cell, raw->text);
        break;
    case KIND_BOOLEAN:
        if (raw->value.size > 0)
            set_boolean(cell, raw->value);
        break;
    case KIND_ERROR:
        cell->text = tb_package_keep(xlsx->package, raw->value);
        cell->type = cell->text.size > 0 ? TB_CELL_ERROR : TB_CELL_EMPTY;
        break;
    case KIND_DATE:
        set_date(xlsx, cell, raw->value);
        break;
    }
}

/* ---- Cells ---- */

static void read_cell_attributes(sheet_reader *reader, raw_cell *raw)
{
    tb_xml *xml = &reader->xlsx->package->xml;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        tb_str value = xml->attributes[i].value;
        switch (xml->attributes[i].token) {
        case X_R:
            if (!tb_cell_parse_name(value, &raw->row, &raw->column))
                tb_xml_damaged(xml, TB_MSG_SHEET_CELL_PLACE);
            break;
        case X_S:
            tb_xlsx_uint(value, &raw->style);
            break;
        case X_T:
            raw->kind = find_kind(value);
            break;
        default:
            break;
        }
    }
}

static void read_cell_content(sheet_reader *reader, raw_cell *raw)
{
    tb_package *package = reader->xlsx->package;
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    if (tb_xml_only_child(xml, X_V, &raw->value))
        return;
    while (tb_xml_child(xml, depth)) {
        switch (xml->token) {
        case X_V:
            raw->value = tb_xml_element_text(xml, &package->scratch, &package->arena);
            break;
        case X_F:
            raw->formula = tb_xlsx_read_formula(&reader->formulas, raw->row, raw->column);
            break;
        case X_IS:
            raw->text = tb_package_keep(package, tb_xlsx_rich_text(reader->xlsx));
            break;
        default:
            break;
        }
    }
}

/* The cell at that place, with its format; NULL when reading has been stopped. */
static tb_cell *new_cell(sheet_reader *reader, uint32_t row, uint32_t column, uint32_t style)
{
    tb_package *package = reader->xlsx->package;
    if (row != reader->row) {
        tb_status status =
            tb_workbook_builder_band(package->builder, row, 1, false, package->error);
        if (status != TB_OK) {
            tb_xml_stop(&package->xml, status);
            return NULL;
        }
        reader->row = row;
    }
    tb_cell *cell = tb_workbook_builder_cell(package->builder, column, 1, package->error);
    if (cell == NULL)
        tb_xml_stop(&package->xml, TB_LIMIT);
    else
        cell->format = tb_xlsx_find_format(reader->xlsx, style);
    return cell;
}

static void add_cell(sheet_reader *reader, const raw_cell *raw)
{
    tb_cell *cell = new_cell(reader, raw->row, raw->column, raw->style);
    if (cell == NULL)
        return;
    cell->formula = raw->formula;
    set_value(reader->xlsx, cell, raw);
}

static void read_cell(sheet_reader *reader)
{
    raw_cell raw = {.row = reader->row, .column = reader->column, .kind = KIND_NUMBER};
    read_cell_attributes(reader, &raw);
    reader->column = raw.column + 1;
    if (tb_xml_is_empty(&reader->xlsx->package->xml) && reader->formulas.array_count == 0)
        return; /* at most a style, as in most cells */
    read_cell_content(reader, &raw);
    if (raw.formula.size == 0)
        raw.formula = tb_xlsx_find_array(&reader->formulas, raw.row, raw.column);
    if (raw.value.size > 0 || raw.text.size > 0 || raw.formula.size > 0)
        add_cell(reader, &raw);
}

/* False when reading has been stopped. */
static bool add_plain_cell(sheet_reader *reader, const tb_xlsx_plain_cell *plain)
{
    tb_cell *cell = new_cell(reader, plain->row, plain->column, plain->style);
    if (cell == NULL)
        return false;
    if (plain->content == TB_XLSX_STRING)
        set_shared_string(reader->xlsx, cell, plain->string);
    else
        set_number(reader->xlsx, cell, plain->number);
    return true;
}

/* The cells that come next in the row at `depth`, as many as are written in the usual way. */
static void read_plain_cells(sheet_reader *reader, unsigned depth)
{
    tb_xml *xml = &reader->xlsx->package->xml;
    tb_xlsx_plain_cell cell;
    if (!reader->usual_names || xml->binding_count != reader->bindings ||
        reader->formulas.array_count > 0)
        return;
    const char *p = tb_xml_peek(xml, depth);
    while (p != NULL && (p = tb_xlsx_scan_cell(p, &cell)) != NULL) {
        tb_xml_pass(xml, p);
        reader->column = cell.column + 1;
        if (cell.content != TB_XLSX_BLANK && !add_plain_cell(reader, &cell))
            return;
    }
}

/* ---- Rows ---- */

/* Rows between the last one mentioned and this one, where the sheet hides them. */
static void hide_up_to(sheet_reader *reader, uint32_t row)
{
    tb_package *package = reader->xlsx->package;
    if (reader->rest_hidden && row > reader->hidden_from) {
        tb_status status = tb_workbook_builder_band(
            package->builder, reader->hidden_from, row - reader->hidden_from, true, package->error);
        if (status != TB_OK)
            tb_xml_stop(&package->xml, status);
    }
    if (row >= reader->hidden_from)
        reader->hidden_from = row + 1;
}

static void begin_row(sheet_reader *reader, bool hidden)
{
    tb_package *package = reader->xlsx->package;
    hide_up_to(reader, reader->row);
    reader->column = 0;
    tb_status status =
        tb_workbook_builder_band(package->builder, reader->row, 1, hidden, package->error);
    if (status != TB_OK)
        tb_xml_stop(&package->xml, status);
}

/* Keeps what the start tag just read says behind the number. */
static void note_row_kind(sheet_reader *reader, bool hidden)
{
    const tb_xml *xml = &reader->xlsx->package->xml;
    row_kind kind = {.hidden = hidden};
    uint32_t row;
    if (reader->usual_names && xml->binding_count == reader->bindings &&
        tb_xlsx_scan_row(xml->name.data - 1, xml->end, &row, &kind.rest) == xml->at)
        reader->row_kinds[reader->row_kind_count++ % ROW_KINDS] = kind;
}

/* Reads the start tag that was found. */
static void read_row_tag(sheet_reader *reader)
{
    tb_xml *xml = &reader->xlsx->package->xml;
    bool hidden = false;
    uint32_t number;
    for (size_t i = 0; i < xml->attribute_count; i++) {
        unsigned token = xml->attributes[i].token;
        tb_str value = xml->attributes[i].value;
        if (token == X_HIDDEN)
            hidden = tb_xlsx_bool(value);
        else if (token == X_R && tb_xlsx_uint(value, &number) && number > 0)
            reader->row = number - 1;
        else if (token == X_R)
            tb_xml_damaged(xml, TB_MSG_SHEET_CELL_PLACE);
    }
    if (xml->status == TB_OK)
        note_row_kind(reader, hidden);
    begin_row(reader, hidden);
}

/* Goes into the row that stands next in the element at `depth`, where its tag is written as that of
 * a row before. */
static bool enter_known_row(sheet_reader *reader, unsigned depth)
{
    tb_xml *xml = &reader->xlsx->package->xml;
    size_t known = reader->row_kind_count < ROW_KINDS ? reader->row_kind_count : ROW_KINDS;
    const char *p = known > 0 ? tb_xml_peek(xml, depth) : NULL;
    uint32_t row;
    tb_str rest;
    const char *behind = p != NULL ? tb_xlsx_scan_row(p, xml->end, &row, &rest) : NULL;
    for (size_t i = 0; behind != NULL && i < known; i++) {
        const row_kind *kind = &reader->row_kinds[i];
        if (!tb_str_equal(kind->rest, rest))
            continue;
        if (!tb_xml_enter(xml, tb_str_slice((tb_str){p, 4}, 1, 4), behind))
            return false;
        reader->row = row;
        begin_row(reader, kind->hidden);
        return true;
    }
    return false;
}

static bool find_row(sheet_reader *reader, unsigned depth)
{
    tb_xml *xml = &reader->xlsx->package->xml;
    while (tb_xml_child(xml, depth)) {
        if (xml->token != X_ROW)
            continue;
        read_row_tag(reader);
        return true;
    }
    return false;
}

static void read_cells(sheet_reader *reader)
{
    tb_xml *xml = &reader->xlsx->package->xml;
    unsigned depth = xml->depth;
    read_plain_cells(reader, depth);
    while (tb_xml_child(xml, depth)) {
        if (xml->token != X_C)
            continue;
        read_cell(reader);
        read_plain_cells(reader, depth);
    }
    reader->row++;
}

static void read_rows(sheet_reader *reader)
{
    tb_xml *xml = &reader->xlsx->package->xml;
    unsigned depth = xml->depth;
    reader->usual_names = tb_xml_element_token(xml, TB_STR("row")) == X_ROW &&
                          tb_xml_element_token(xml, TB_STR("c")) == X_C &&
                          tb_xml_element_token(xml, TB_STR("v")) == X_V;
    reader->bindings = xml->binding_count;
    reader->row_kind_count = 0;
    while (enter_known_row(reader, depth) || find_row(reader, depth))
        read_cells(reader);
    hide_up_to(reader, TB_MAX_ROWS);
}

/* ---- The rest ---- */

static void add_merge(tb_package *package, tb_range range)
{
    tb_status status = tb_workbook_builder_merge(package->builder, range, package->error);
    if (status != TB_OK)
        tb_xml_stop(&package->xml, status);
}

/* The merges that come next at `depth`, as many as are written in the usual way. */
static void read_plain_merges(tb_package *package, unsigned depth)
{
    tb_xml *xml = &package->xml;
    tb_range range;
    const char *p = tb_xml_peek(xml, depth);
    while (p != NULL && (p = tb_xlsx_scan_merge(p, &range)) != NULL) {
        tb_xml_pass(xml, p);
        add_merge(package, range);
        p = tb_xml_peek(xml, depth);
    }
}

static void read_merges(tb_package *package)
{
    tb_xml *xml = &package->xml;
    unsigned depth = xml->depth;
    if (tb_xml_element_token(xml, TB_STR("mergeCell")) == X_MERGE_CELL)
        read_plain_merges(package, depth);
    while (tb_xml_child(xml, depth)) {
        tb_str ref;
        tb_range range;
        if (xml->token == X_MERGE_CELL && tb_xml_find_attribute(xml, X_REF, &ref) &&
            tb_xlsx_parse_range(ref, &range))
            add_merge(package, range);
    }
}

tb_status tb_xlsx_read_sheet(tb_xlsx *xlsx)
{
    tb_package *package = xlsx->package;
    tb_xml *xml = &package->xml;
    sheet_reader reader = {.xlsx = xlsx, .formulas = {.package = package}};
    tb_status status = tb_package_root(package, X_WORKSHEET);
    if (status != TB_OK)
        return status;
    while (tb_xml_child(xml, 1)) {
        tb_str value;
        if (xml->token == X_SHEET_DATA)
            read_rows(&reader);
        else if (xml->token == X_MERGE_CELLS)
            read_merges(package);
        else if (xml->token == X_VALIDITIES || xml->token == X_EXTENSIONS)
            tb_xlsx_read_validities(xlsx);
        else if (xml->token == X_SHEET_FORMAT_PR)
            reader.rest_hidden =
                tb_xml_find_attribute(xml, X_ZERO_HEIGHT, &value) && tb_xlsx_bool(value);
    }
    return tb_package_end(package);
}
