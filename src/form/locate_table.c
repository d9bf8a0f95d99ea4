/*
 * Finds tables: the header row by its column labels, then one record per row until the next
 * heading, title or label, also on the following sheets where a page break cuts the table.
 */
#include "form/table_reader.h"
#include "form/values.h"

#define HEADER_DISTANCE_MAX 12  /* rows between a heading and its column labels */
#define BLANK_ROWS_MAX      100 /* that end a table */
#define COLUMN_WIDTH_MAX    16  /* columns below one label that are looked at */

#define STOPS (TB_ROLE_HEADING | TB_ROLE_TITLE | TB_ROLE_FORM_TITLE)

/* The end of what may belong to a table that begins at the row: the row of the next heading
 * or title, or the sheet's end (*ret_open: nothing stops there). */
static uint32_t find_stop(const tb_locator *locator, uint32_t sheet, uint32_t row, unsigned roles,
                          bool *ret_open)
{
    for (size_t i = tb_locator__first_from(locator, sheet, row); i < locator->occurrence_count;
         i++) {
        if (locator->occurrences[i].sheet != sheet)
            break;
        if (!tb_locator__has_role(locator, i, roles))
            continue;
        *ret_open = false;
        return locator->occurrences[i].area.row;
    }
    *ret_open = true;
    return locator->workbook->sheets[sheet].row_count;
}

/* Rows */

/* A text that is known is not looked at again. */
static bool is_blank(const tb_found_cell *found)
{
    return found->known == NULL && tb_cell_is_blank(found->cell);
}

static bool is_filler(const tb_found_cell *found)
{
    if (found->known != NULL)
        return found->known->is_filler;
    return found->cell->type == TB_CELL_TEXT && tb_value_is_filler(found->cell->text);
}

/* The cell that a column has in the row: the first of its cells that is not blank. */
static void pick_cell(const tb_locator *locator, tb_column_place *column, uint32_t sheet,
                      uint32_t row)
{
    column->found = tb_locator__look(locator, sheet, row, column->from);
    column->blank = is_blank(&column->found);
    uint32_t at = column->found.area.last_column + 1;
    for (uint32_t n = 0; column->blank && at <= column->to && n < COLUMN_WIDTH_MAX; n++) {
        tb_found_cell next = tb_locator__look(locator, sheet, row, at);
        if (!is_blank(&next)) {
            column->found = next;
            column->blank = false;
        }
        at = next.area.last_column + 1;
    }
}

/* What a row is, told by its own cells: those that begin in it. */
typedef enum row_kind { ROW_BLANK, ROW_KINDS_ONLY, ROW_FILLER, ROW_NOTE, ROW_VALUES } row_kind;

static row_kind look_at_row(tb_table_reader *table, uint32_t sheet, uint32_t row)
{
    size_t own = 0, kinds = 0, filler = 0;
    uint32_t last = UINT32_MAX;
    bool note = false;
    for (size_t i = 0; i < table->scope->field_count; i++) {
        tb_column_place *column = &table->columns[i];
        if (column->from > column->to)
            continue;
        pick_cell(table->locator, column, sheet, row);
        if (column->found.area.row != row || column->blank)
            continue;
        if (is_filler(&column->found))
            filler++;
        else if (column->found.area.column == last)
            note = true; /* one cell across two columns */
        else if (table->layout->columns[i].fill_down)
            kinds++;
        else
            own++;
        last = column->found.area.column;
    }
    if (note)
        return ROW_NOTE;
    if (own > 0)
        return table->headerless && own < 2 ? ROW_NOTE : ROW_VALUES;
    if (filler > 0)
        return ROW_FILLER;
    return kinds > 0 ? ROW_KINDS_ONLY : ROW_BLANK;
}

/* A blank cell of a column that fills down takes over the item above, unless a column
 * left of it begins something new in this row. */
static bool read_filled(tb_table_reader *table, tb_record *record, size_t index, uint32_t sheet,
                        uint32_t row, bool *begins)
{
    const tb_column_place *column = &table->columns[index];
    tb_item *item = record->items[index], *above = table->above[index];
    bool same = above != NULL && above->at.sheet == sheet &&
                above->at.row == column->found.area.row &&
                above->at.column == column->found.area.column;
    if (same && column->found.area.row < row) {
        record->items[index] = above;
        return true;
    }
    if (!tb_locator__read(table->locator, item, sheet, &column->found))
        return false;
    if (item->state == TB_ITEM_BLANK && !*begins && above != NULL) {
        record->items[index] = above;
        return true;
    }
    *begins = *begins || item->state != TB_ITEM_BLANK;
    table->above[index] = item->state == TB_ITEM_BLANK ? NULL : item;
    return true;
}

static bool read_values(tb_table_reader *table, tb_record *record, uint32_t sheet, uint32_t row)
{
    bool begins = false;
    for (size_t i = 0; i < table->scope->field_count; i++) {
        if (table->columns[i].from > table->columns[i].to)
            continue;
        const tb_column_place *column = &table->columns[i];
        if (table->layout->columns[i].fill_down) {
            if (!read_filled(table, record, i, sheet, row, &begins))
                return false;
        } else if (!tb_locator__read(table->locator, record->items[i], sheet, &column->found)) {
            return false;
        }
    }
    return true;
}

static tb_record *new_row(tb_table_reader *table, uint32_t sheet, uint32_t row)
{
    tb_address at = {sheet, row, table->header_column};
    return tb_locator__record(table->locator, table->scope, table->parent, at);
}

/* A row of kinds only is no record, but the rows below may take over its kinds. */
static bool read_row(tb_table_reader *table, uint32_t sheet, uint32_t row, row_kind kind)
{
    if (kind != ROW_VALUES && kind != ROW_KINDS_ONLY)
        return true;
    tb_record *record = new_row(table, sheet, row);
    if (record == NULL || !read_values(table, record, sheet, row))
        return false;
    return kind != ROW_VALUES || tb_locator__push(table->locator, table->list, record);
}

/* What the labels in a row make of it. */
typedef enum row_label { LABEL_NONE, LABEL_SKIP, LABEL_HEADER, LABEL_END } row_label;

/* A field's label in front of the table ends it, unless it is one that every page repeats.
 */
static row_label judge_label(const tb_table_reader *table, size_t i)
{
    const tb_locator *locator = table->locator;
    const tb_occurrence *at = &locator->occurrences[i];
    if (tb_locator__has_role(locator, i, TB_ROLE_SUBHEADING))
        return LABEL_END;
    if (at->area.column <= table->header_column &&
        tb_labels_find(&table->layout->totals, at->shape) != NULL)
        return LABEL_SKIP;
    if (!tb_locator__has_role(locator, i, TB_ROLE_FIELD) || at->area.column > table->header_column)
        return LABEL_NONE;
    if (tb_locator__has_role(locator, i, TB_ROLE_REPEATED))
        return LABEL_SKIP;
    bool free_text = table->scope->fields[0].type == TB_FIELD_TEXT;
    return at->area.column < table->header_column || !free_text ? LABEL_END : LABEL_NONE;
}

static row_label judge_row(const tb_table_reader *table, uint32_t sheet, uint32_t row, size_t *next)
{
    const tb_locator *locator = table->locator;
    while (*next < locator->occurrence_count && locator->occurrences[*next].sheet == sheet &&
           locator->occurrences[*next].area.row < row)
        *next += 1;
    row_label worst = LABEL_NONE;
    for (size_t i = *next; i < locator->occurrence_count; i++) {
        const tb_occurrence *at = &locator->occurrences[i];
        if (at->sheet != sheet || at->area.row != row)
            break;
        if (i == *next && tb_table__count_labels(table, i) >= 2)
            return LABEL_HEADER;
        row_label label = judge_label(table, i);
        worst = label > worst ? label : worst;
    }
    return worst;
}

/* A note ends what may be filled in, unless rows follow it. */
static void measure_row(tb_table_reader *table, uint32_t row, row_kind kind)
{
    if (kind == ROW_NOTE && table->limit == UINT32_MAX)
        table->limit = row;
    if (kind == ROW_NOTE || kind == ROW_BLANK)
        return;
    table->used_end = row + 1;
    table->limit = UINT32_MAX;
}

/* Reads rows up to `end`; *ret_ended tells that a label ended the table before. */
static bool read_rows(tb_table_reader *table, uint32_t sheet, uint32_t end, bool *ret_ended)
{
    size_t next = tb_locator__first_from(table->locator, sheet, table->first_row);
    unsigned blank = 0;
    *ret_ended = false;
    table->used_end = table->first_row;
    table->limit = UINT32_MAX;
    for (uint32_t row = table->first_row; row < end && blank < BLANK_ROWS_MAX; row++) {
        row_label label = judge_row(table, sheet, row, &next);
        if (label == LABEL_END) {
            *ret_ended = true;
            table->limit = table->limit < row ? table->limit : row;
            return true;
        }
        if (label == LABEL_HEADER) {
            tb_table__map_columns(table, next);
            row = table->first_row - 1;
            table->headerless = false;
        }
        if (label != LABEL_NONE)
            continue;
        row_kind kind = look_at_row(table, sheet, row);
        blank = kind == ROW_BLANK ? blank + 1 : 0;
        measure_row(table, row, kind);
        if (!read_row(table, sheet, row, kind))
            return false;
    }
    table->limit = table->limit < end ? table->limit : end;
    return true;
}

/* Keeps where the rows of the table's first part lie. */
static bool note_rows(tb_table_reader *table, uint32_t sheet, uint32_t first)
{
    tb_table_rows *rows = &table->list->rows;
    if (rows->columns != NULL)
        return true;
    uint32_t *columns =
        tb_locator__array(table->locator, table->scope->field_count, sizeof *columns);
    if (columns == NULL)
        return false;
    for (size_t i = 0; i < table->scope->field_count; i++) {
        const tb_column_place *column = &table->columns[i];
        columns[i] = column->from > column->to ? TB_NO_COLUMN : column->from;
    }
    *rows = (tb_table_rows){sheet, first, table->used_end, table->limit, columns};
    return true;
}

/* The first row at or below this one in which something is stored. */
static uint32_t first_stored_row(const tb_sheet *sheet, uint32_t row)
{
    for (size_t i = 0; i < sheet->band_count; i++) {
        const tb_band *band = &sheet->bands[i];
        if (band->cell_count > 0 && band->row + band->rows > row)
            return band->row > row ? band->row : row;
    }
    return sheet->row_count;
}

/* A part of the table on one sheet, from the row on. *ret_open: it may go on on the next
 * sheet. */
static bool read_part(tb_table_reader *table, uint32_t sheet, uint32_t row, uint32_t header_end,
                      bool *ret_open)
{
    bool own = sheet == table->heading_sheet && row == table->heading_row;
    uint32_t below = own ? row + 1 : row;
    uint32_t stop = find_stop(table->locator, sheet, below, STOPS, ret_open);
    size_t header;
    uint32_t limit = header_end < stop ? header_end : stop;
    if (tb_table__find_header(table, sheet, row, limit, &header)) {
        table->headerless = false;
        tb_table__map_columns(table, header);
    } else if (table->has_columns) {
        table->headerless = true;
        table->first_row = first_stored_row(&table->locator->workbook->sheets[sheet], row);
    } else {
        return true;
    }
    bool ended;
    uint32_t first = table->first_row;
    if (!read_rows(table, sheet, stop, &ended) || !note_rows(table, sheet, first))
        return false;
    if (ended)
        *ret_open = false;
    return true;
}

/* The first row of a sheet behind what every page repeats: the form's title, the head. */
static uint32_t first_own_row(const tb_locator *locator, uint32_t sheet)
{
    uint32_t row = 0;
    for (size_t i = tb_locator__first_from(locator, sheet, 0); i < locator->occurrence_count; i++) {
        const tb_occurrence *at = &locator->occurrences[i];
        if (at->sheet != sheet ||
            !tb_locator__has_role(locator, i,
                                  TB_ROLE_FORM_TITLE | TB_ROLE_REPEATED | TB_ROLE_FIELD))
            break;
        row = at->area.last_row + 1;
    }
    return row;
}

/* Reads the table from the row on and over the sheets that it goes on to. */
static bool read_table(tb_table_reader *table, uint32_t sheet, uint32_t row,
                       uint32_t header_distance)
{
    bool open = true;
    uint32_t header_end = row + header_distance;
    for (; open && sheet < table->locator->workbook->sheet_count; sheet++) {
        if (!read_part(table, sheet, row, header_end, &open))
            return false;
        if (!open || sheet + 1 == table->locator->workbook->sheet_count)
            break;
        row = first_own_row(table->locator, sheet + 1);
        header_end = row + header_distance;
    }
    return true;
}

bool tb_table__begin(tb_table_reader *ret, tb_locator *locator, tb_record *parent,
                     tb_record_list *list)
{
    size_t count = list->scope->field_count;
    *ret = (tb_table_reader){.locator = locator,
                             .scope = list->scope,
                             .layout = list->scope->layout,
                             .parent = parent,
                             .list = list,
                             .heading_row = UINT32_MAX};
    ret->columns = tb_locator__array(locator, count, sizeof *ret->columns);
    ret->above = tb_locator__array(locator, count, sizeof(tb_item *));
    return ret->columns != NULL && ret->above != NULL;
}

/* The finest decimals of each column, and what its plain shares are. */
static bool settle_columns(tb_table_reader *table)
{
    size_t rows = table->list->count;
    tb_item **items = tb_locator__array(table->locator, rows, sizeof(tb_item *));
    if (items == NULL)
        return false;
    for (size_t i = 0; i < table->scope->field_count; i++) {
        tb_field_type type = table->scope->fields[i].type;
        if (type != TB_FIELD_AMOUNT && type != TB_FIELD_NUMBER && type != TB_FIELD_SHARE)
            continue;
        for (size_t j = 0; j < rows; j++)
            items[j] = table->list->records[j]->items[i];
        tb_value_settle_shares(items, rows);
        tb_value_settle_decimals(items, rows);
    }
    return true;
}

/* A table that was not found is a gap; so is each column that its header lacks. */
static bool add_gaps(tb_table_reader *table)
{
    tb_locator *locator = table->locator;
    if (!table->has_columns)
        return tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_SCOPE,
                                                 .at = table->list->at,
                                                 .scope = table->scope,
                                                 .required = table->layout->required});
    for (size_t i = 0; i < table->scope->field_count; i++) {
        if (table->columns[i].from > table->columns[i].to &&
            !tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_COLUMN,
                                               .at = table->list->at,
                                               .field = &table->scope->fields[i],
                                               .scope = table->scope,
                                               .required = table->scope->fields[i].required}))
            return false;
    }
    return true;
}

bool tb_table__finish(tb_table_reader *table)
{
    table->list->found = table->has_columns;
    return settle_columns(table) && add_gaps(table);
}

bool tb_table__read(tb_table_reader *table, uint32_t sheet, uint32_t row)
{
    return read_table(table, sheet, row, HEADER_DISTANCE_MAX);
}

/* Without its heading a table may still be known by its column labels. */
static bool search_everywhere(tb_table_reader *table)
{
    for (uint32_t sheet = 0; sheet < table->locator->workbook->sheet_count; sheet++) {
        size_t header;
        if (tb_table__find_header(table, sheet, 0, UINT32_MAX, &header)) {
            uint32_t row = table->locator->occurrences[header].area.row;
            table->list->at = (tb_address){sheet, row, 0};
            return read_table(table, sheet, row, 1);
        }
    }
    return true;
}

bool tb_locator__root_table(tb_locator *locator, tb_record *root, tb_record_list *list)
{
    tb_table_reader table;
    if (!tb_table__begin(&table, locator, root, list))
        return false;
    size_t at = tb_locator__find_anywhere(locator, &table.layout->headings, 0, NULL);
    if (at < locator->occurrence_count)
        list->at = (tb_address){locator->occurrences[at].sheet, locator->occurrences[at].area.row,
                                locator->occurrences[at].area.column};
    else if (!search_everywhere(&table))
        return false;
    while (at < locator->occurrence_count) {
        const tb_occurrence *heading = &locator->occurrences[at];
        bool again =
            heading->sheet == table.heading_sheet && heading->area.row == table.heading_row;
        table.heading_sheet = heading->sheet;
        table.heading_row = heading->area.row;
        if (!again && !read_table(&table, heading->sheet, heading->area.row, HEADER_DISTANCE_MAX))
            return false;
        at = tb_locator__find_anywhere(locator, &table.layout->headings, at + 1, NULL);
    }
    return tb_table__finish(&table);
}
