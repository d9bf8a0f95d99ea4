/*
 * Finds blocks (a title, then a table) and the entries that one cell lists (目标1：…；目标2：…).
 */
#include "form/table_reader.h"
#include "form/values.h"

static tb_address address_of(const tb_occurrence *occurrence)
{
    return (tb_address){occurrence->sheet, occurrence->area.row, occurrence->area.column};
}

/* Blocks */

/* A title that captured nothing for a field may have it in the cell to the right. */
static bool fill_from_right(tb_locator *locator, tb_record *record, const tb_label *label,
                            const tb_occurrence *title)
{
    for (size_t i = 0; i < TB_CAPTURES_MAX && label->captures[i] != NULL; i++) {
        const tb_field *field = label->captures[i];
        if (field->scope != record->scope || field->type != TB_FIELD_TEXT ||
            record->items[field->slot]->state != TB_ITEM_BLANK)
            continue;
        tb_range right =
            tb_locator__area(locator, title->sheet, title->area.row, title->area.last_column + 1);
        if (!tb_cell_is_blank(tb_locator__cell(locator, title->sheet, right)) &&
            !tb_locator__read_cell(locator, record->items[field->slot], title->sheet, right))
            return false;
    }
    return true;
}

/* The tables of a block while it is read. */
static bool begin_tables(tb_locator *locator, tb_record *block, tb_table_reader **ret)
{
    size_t count = block->scope->scope_count;
    *ret = tb_locator__array(locator, count, sizeof **ret);
    for (size_t i = 0; *ret != NULL && i < count; i++) {
        if (!tb_table__begin(&(*ret)[i], locator, block, &block->lists[i]))
            return false;
    }
    return *ret != NULL;
}

static bool read_tables(tb_table_reader *tables, size_t count, const tb_occurrence *title)
{
    for (size_t i = 0; i < count; i++) {
        if (!tb_table__read(&tables[i], title->sheet, title->area.last_row + 1))
            return false;
    }
    return true;
}

static bool finish_tables(tb_table_reader *tables, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!tb_table__finish(&tables[i]))
            return false;
    }
    return true;
}

/* Whether a title is the block's own once more: it says so (（续）), or it is the same on another
 * page. */
static bool continues(tb_locator *locator, const tb_record *block, const tb_occurrence *first,
                      const tb_label *label, const tb_occurrence *title)
{
    bool continued = title->match != NULL && title->match->continued;
    for (size_t i = 0; i < TB_CAPTURES_MAX && label->captures[i] != NULL; i++) {
        const tb_field *field = label->captures[i];
        bool remark;
        tb_str text = tb_label_without_remark(tb_occurrence_captured(title, i), &remark);
        continued = continued || remark;
        if (field->scope == block->scope &&
            !tb_str_equal(tb_text_key(locator->arena, text),
                          tb_text_key(locator->arena, block->items[field->slot]->text)))
            return false;
    }
    return continued || (title->sheet != first->sheet && label->captures[0] != NULL);
}

/* Reads the block whose title is occurrence *at, with the pages that it goes on to; *at and *label
 * become the next block's. */
static bool add_block(tb_locator *locator, tb_record *root, tb_record_list *list,
                      const tb_label **label, size_t *at)
{
    const tb_block_layout *layout = list->scope->layout;
    const tb_occurrence *title = &locator->occurrences[*at];
    size_t count = list->scope->scope_count;
    tb_table_reader *tables;
    tb_record *block = tb_locator__record(locator, list->scope, root, address_of(title));
    if (block == NULL || !tb_locator__push(locator, list, block) ||
        !tb_locator__capture(locator, *label, *at, block) ||
        !fill_from_right(locator, block, *label, title) || !begin_tables(locator, block, &tables))
        return false;
    const tb_occurrence *part = title;
    do {
        if (!read_tables(tables, count, part))
            return false;
        *at = tb_locator__find_anywhere(locator, &layout->titles, *at + 1, label);
        part = &locator->occurrences[*at];
    } while (*at < locator->occurrence_count && continues(locator, block, title, *label, part));
    return finish_tables(tables, count);
}

bool tb_locator__blocks(tb_locator *locator, tb_record *root, tb_record_list *list)
{
    const tb_block_layout *layout = list->scope->layout;
    const tb_label *label = NULL;
    size_t at = tb_locator__find_anywhere(locator, &layout->titles, 0, &label);
    if (at == locator->occurrence_count)
        return tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_SCOPE,
                                                 .at = list->at,
                                                 .scope = list->scope,
                                                 .required = layout->required});
    list->found = true;
    list->at = address_of(&locator->occurrences[at]);
    while (at < locator->occurrence_count) {
        if (!add_block(locator, root, list, &label, &at))
            return false;
    }
    return true;
}

/* Entries */

typedef struct listed_entry {
    const tb_label *pattern; /* NULL: the text has no entries and is one itself */
    tb_match match;
    size_t begin, end; /* of the whole entry, in the cell's text */
} listed_entry;

/* An entry begins at the start of the text, on a new line, or behind a stop. */
static bool may_begin(tb_str text, size_t at)
{
    static const tb_str stops[] = {{"；", 3}, {"。", 3},     {"，", 3},
                                   {"、", 3}, {"\u3000", 3}, {"：", 3}};
    if (at == 0)
        return true;
    char before = text.data[at - 1];
    if (before == '\n' || before == ' ' || before == ';' || before == '.' || before == ',' ||
        before == '\t' || before == '\r')
        return true;
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        if (tb_str_ends(tb_str_slice(text, 0, at), stops[i]))
            return true;
    }
    return false;
}

#define ENTRY_LABEL_MAX 64 /* bytes of an entry that its pattern's literals may take */

/* A cheap first look: whether some pattern has this character first. */
static bool may_be_entry(const tb_entries_layout *layout, tb_str text, size_t at)
{
    char key[TB_TEXT_KEY_MAX];
    size_t size = tb_text_key_of(tb_text_next(text, &at), key);
    for (size_t i = 0; i < layout->patterns.count; i++) {
        const tb_piece *first = &layout->patterns.labels[i].shape->pieces[0];
        if (size > 0 && (first->kind != TB_PIECE_LITERAL || first->key.data[0] == key[0]))
            return true;
    }
    return false;
}

/* The pattern that fits at the offset, the first in their order. */
static bool match_entry(const tb_entries_layout *layout, tb_str text, size_t at, listed_entry *ret)
{
    tb_folded folded;
    size_t end;
    if (!may_be_entry(layout, text, at))
        return false;
    tb_fold(
        tb_str_slice(text, at, at + ENTRY_LABEL_MAX < text.size ? at + ENTRY_LABEL_MAX : text.size),
        &folded);
    for (size_t i = 0; i < layout->patterns.count; i++) {
        const tb_label *pattern = &layout->patterns.labels[i];
        tb_match match = {0};
        if (!tb_shape_match_at(pattern->shape, &folded, 0, &match, &end))
            continue;
        *ret = (listed_entry){.pattern = pattern, .match = match, .begin = at, .end = text.size};
        return true;
    }
    return false;
}

/* The next entry at or behind `from`. */
static bool next_entry(const tb_entries_layout *layout, tb_str text, size_t from, listed_entry *ret)
{
    for (size_t at = from; at < text.size;) {
        if (may_begin(text, at) && match_entry(layout, text, at, ret))
            return true;
        tb_text_next(text, &at);
    }
    return false;
}

/* The pattern matched a beginning only; its last text goes to the entry's end. */
static tb_str captured(const listed_entry *entry, tb_str text, size_t index)
{
    tb_str part = entry->match.captures[index];
    const tb_shape *shape = entry->pattern->shape;
    size_t captures = 0;
    for (size_t i = 0; i < shape->piece_count; i++)
        captures += shape->pieces[i].kind != TB_PIECE_LITERAL;
    if (index + 1 != captures || shape->pieces[shape->piece_count - 1].kind != TB_PIECE_TEXT)
        return part;
    size_t begin = part.size == 0 ? entry->end : (size_t)(part.data - text.data);
    return tb_str_trim(tb_str_slice(text, begin, entry->end));
}

static bool read_entry(tb_locator *locator, tb_record *record, const listed_entry *entry,
                       const tb_cell *cell, tb_address at)
{
    for (size_t i = 0; i < record->scope->field_count; i++)
        record->items[i]->cell = cell;
    for (size_t i = 0; i < TB_CAPTURES_MAX && entry->pattern->captures[i] != NULL; i++) {
        const tb_field *field = entry->pattern->captures[i];
        if (field->scope != record->scope)
            continue;
        tb_item *item = record->items[field->slot];
        item->at = at;
        if (!tb_value_read_text(locator->arena, captured(entry, cell->text, i), item))
            return tb_locator__no_memory(locator);
    }
    return true;
}

/* A text that lists nothing is one entry: its numbers are 1. */
static bool read_whole(tb_locator *locator, tb_record *record, const tb_cell *cell, tb_address at)
{
    for (size_t i = 0; i < record->scope->field_count; i++) {
        tb_item *item = record->items[i];
        bool number = item->field->type == TB_FIELD_NUMBER;
        item->at = at;
        if (number)
            item->cell = cell;
        if (!(number ? tb_value_read_text(locator->arena, TB_STR("1"), item)
                     : tb_value_read_cell(locator->arena, cell, item)))
            return tb_locator__no_memory(locator);
    }
    return true;
}

static bool add_entry(tb_locator *locator, tb_record *root, tb_record_list *list,
                      const listed_entry *entry, const tb_cell *cell, tb_address at)
{
    tb_record *record = tb_locator__record(locator, list->scope, root, at);
    if (record == NULL || !tb_locator__push(locator, list, record))
        return false;
    return entry->pattern == NULL ? read_whole(locator, record, cell, at)
                                  : read_entry(locator, record, entry, cell, at);
}

/* A list that is blank is one blank entry, so that rules can say so. */
static bool add_blank_entry(tb_locator *locator, tb_record *root, tb_record_list *list,
                            tb_address at)
{
    tb_record *record = tb_locator__record(locator, list->scope, root, at);
    if (record == NULL || !tb_locator__push(locator, list, record))
        return false;
    for (size_t i = 0; i < list->scope->field_count; i++)
        record->items[i]->state = TB_ITEM_BLANK;
    return true;
}

static bool split_entries(tb_locator *locator, tb_record *root, tb_record_list *list,
                          const tb_cell *cell, tb_address at)
{
    const tb_entries_layout *layout = list->scope->layout;
    listed_entry entry = {0}, next;
    if (tb_cell_is_blank(cell))
        return add_blank_entry(locator, root, list, at);
    if (cell->type != TB_CELL_TEXT || !next_entry(layout, cell->text, 0, &entry))
        return add_entry(locator, root, list, &entry, cell, at);
    for (;;) {
        bool more = next_entry(layout, cell->text, entry.begin + 1, &next);
        if (more)
            entry.end = next.begin;
        if (!add_entry(locator, root, list, &entry, cell, at))
            return false;
        if (!more)
            return true;
        entry = next;
    }
}

#define BLANK_ROWS_MAX 3 /* inserted between the label and the text below it */

/* The cell that holds the list: the one below (or right of) the label. */
static tb_range entries_area(const tb_locator *locator, const tb_entries_layout *layout,
                             const tb_occurrence *label)
{
    if (layout->place != TB_PLACE_BELOW)
        return tb_locator__area(locator, label->sheet, label->area.row,
                                label->area.last_column + 1);
    tb_range first =
        tb_locator__area(locator, label->sheet, label->area.last_row + 1, label->area.column);
    tb_range range = first;
    for (int i = 0; i < BLANK_ROWS_MAX; i++) {
        if (!tb_cell_is_blank(tb_locator__cell(locator, label->sheet, range)))
            break;
        range = tb_locator__area(locator, label->sheet, range.last_row + 1, label->area.column);
    }
    size_t next = tb_locator__first_from(locator, label->sheet, range.row);
    for (; next < locator->occurrence_count; next++) {
        const tb_occurrence *at = &locator->occurrences[next];
        if (at->sheet != label->sheet || at->area.row != range.row)
            break;
        return first; /* a row with labels: the list itself is blank */
    }
    return tb_cell_is_blank(tb_locator__cell(locator, label->sheet, range)) ? first : range;
}

bool tb_locator__entries(tb_locator *locator, tb_record *root, tb_record_list *list)
{
    const tb_entries_layout *layout = list->scope->layout;
    const tb_label *label = NULL;
    size_t at = tb_locator__find_anywhere(locator, &layout->labels, 0, &label);
    if (at == locator->occurrence_count)
        return tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_SCOPE,
                                                 .at = list->at,
                                                 .scope = list->scope,
                                                 .required = layout->required});
    const tb_occurrence *occurrence = &locator->occurrences[at];
    list->found = true;
    if (!tb_locator__capture(locator, label, at, root) ||
        !tb_locator__capture_blanks(locator, &layout->labels, at))
        return false;
    tb_range area = entries_area(locator, layout, occurrence);
    list->at = (tb_address){occurrence->sheet, area.row, area.column};
    return split_entries(locator, root, list, tb_locator__cell(locator, list->at.sheet, area),
                         list->at);
}
