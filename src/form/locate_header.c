/*
 * Finds a table's header: the row with its column labels, and which column stands where.
 */
#include "form/table_reader.h"

static bool is_column_label(const tb_table_layout *layout, size_t count, const tb_shape *shape)
{
    for (size_t i = 0; i < count; i++) {
        if (tb_labels_find(&layout->columns[i].labels, shape) != NULL)
            return true;
    }
    return false;
}

size_t tb_table__count_labels(const tb_table_reader *table, size_t first)
{
    const tb_locator *locator = table->locator;
    const tb_occurrence *begin = &locator->occurrences[first];
    size_t count = 0;
    for (size_t i = first; i < locator->occurrence_count; i++) {
        const tb_occurrence *at = &locator->occurrences[i];
        if (at->sheet != begin->sheet || at->area.row != begin->area.row)
            break;
        count += is_column_label(table->layout, table->scope->field_count, at->shape);
    }
    return count;
}

bool tb_table__find_header(const tb_table_reader *table, uint32_t sheet, uint32_t from, uint32_t to,
                           size_t *ret_first)
{
    const tb_locator *locator = table->locator;
    size_t needed = table->scope->field_count < 2 ? 1 : 2;
    uint32_t looked = UINT32_MAX;
    for (size_t i = tb_locator__first_from(locator, sheet, from); i < locator->occurrence_count;
         i++) {
        const tb_occurrence *at = &locator->occurrences[i];
        if (at->sheet != sheet || at->area.row >= to)
            break;
        if (at->area.row == looked)
            continue;
        looked = at->area.row;
        if (tb_table__count_labels(table, i) >= needed) {
            *ret_first = i;
            return true;
        }
    }
    return false;
}

static void place_column(tb_table_reader *table, size_t index, tb_range label)
{
    table->columns[index] = (tb_column_place){.from = label.column, .to = label.last_column};
    if (label.column < table->header_column)
        table->header_column = label.column;
    if (label.last_row + 1 > table->first_row)
        table->first_row = label.last_row + 1;
}

/* The label's place among those of the header: in its row, or below its group's heading there. */
static size_t find_label(const tb_table_reader *table, const tb_line *line, size_t header,
                         tb_range *ret_group)
{
    const tb_locator *locator = table->locator;
    if (line->under.count == 0)
        return tb_locator__find_in_row(locator, &line->labels, header);
    uint32_t sheet = locator->occurrences[header].sheet;
    tb_range range = tb_whole_sheet();
    range.row = range.last_row = locator->occurrences[header].area.row;
    size_t group = tb_locator__find_in_row(locator, &line->under, header);
    if (group == locator->occurrence_count) {
        range.last_row++;
    } else {
        *ret_group = tb_locator__group(locator, sheet, locator->occurrences[group].area);
        range = *ret_group;
        range.row = range.last_row = ret_group->last_row + 1;
    }
    return tb_locator__find(locator, &line->labels, sheet, range, 0, NULL);
}

static void map_column(tb_table_reader *table, size_t index, size_t header)
{
    const tb_locator *locator = table->locator;
    const tb_line *line = &table->layout->columns[index];
    uint32_t sheet = locator->occurrences[header].sheet;
    tb_range group = {1, 0, 0, 0};
    size_t at = find_label(table, line, header, &group);
    if (at < locator->occurrence_count) {
        place_column(table, index, locator->occurrences[at].area);
        return;
    }
    uint32_t next = group.column;
    for (size_t n = 1; line->nth > 0 && group.row <= group.last_row && next <= group.last_column;
         n++) {
        tb_range cell = tb_locator__area(locator, sheet, group.last_row + 1, next);
        if (n == line->nth) {
            place_column(table, index, cell);
            return;
        }
        next = cell.last_column + 1;
    }
}

void tb_table__map_columns(tb_table_reader *table, size_t header)
{
    table->header_column = UINT32_MAX;
    table->first_row = table->locator->occurrences[header].area.row + 1;
    table->has_columns = true;
    for (size_t i = 0; i < table->scope->field_count; i++)
        table->columns[i] = (tb_column_place){.from = 1, .to = 0};
    for (size_t i = 0; i < table->scope->field_count; i++)
        map_column(table, i, header);
}
