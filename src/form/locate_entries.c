/*
 * Finds the entries that one cell lists: 目标1：…；目标2：…, or 1、…2、… .
 */
#include "form/locate.h"
#include "form/numeral.h"
#include "form/value_readers.h"

typedef struct listed_entry {
    const tb_label *pattern; /* NULL: the text has no entries and is one itself */
    tb_match match;
    size_t begin, end; /* of the whole entry, in the cell's text */
} listed_entry;

/* An entry begins at the start of the text, on a new line, or behind a stop. */
static bool is_stop(uint32_t c)
{
    return c == '\n' || c == ' ' || c == ';' || c == '.' || c == ',' || c == '\t' || c == '\r' ||
           c == 0xFF1B /* ； */ || c == 0x3002 /* 。 */ || c == 0xFF0C /* ， */ ||
           c == 0x3001 /* 、 */ || c == 0x3000 || c == 0xFF1A /* ： */;
}

#define ENTRY_LABEL_MAX 64 /* bytes of an entry that its pattern's literals may take */

/* A cheap first look: whether some pattern has this character first. Patterns that are numbering
 * are tried where no other lists anything, and their numbers must count. */
static bool may_be_entry(const tb_entries_layout *layout, tb_str text, size_t at, bool numbering)
{
    char key[TB_TEXT_KEY_MAX];
    size_t size = tb_text_key_of(tb_text_next(text, &at), key);
    for (size_t i = 0; i < layout->patterns.count; i++) {
        const tb_label *pattern = &layout->patterns.labels[i];
        const tb_piece *first = &pattern->shape->pieces[0];
        if (size > 0 && pattern->shape->is_numbering == numbering &&
            (first->kind != TB_PIECE_LITERAL || first->key.data[0] == key[0]))
            return true;
    }
    return false;
}

/* Whether the match's number is that one, and its text no number: 1.5万元 is no entry 1. */
static bool counts(const tb_label *pattern, const tb_match *match, int64_t number)
{
    bool found = false;
    for (size_t i = 0; i < TB_CAPTURES_MAX && pattern->captures[i] != NULL; i++) {
        tb_folded part;
        int64_t count = 0;
        tb_fold_beginning(match->captures[i], ENTRY_LABEL_MAX, &part);
        tb_str key = {part.key, part.size};
        if (pattern->captures[i]->type == TB_FIELD_NUMBER)
            found =
                key.size > 0 && tb_value_read_count(key, 0, &count) == key.size && count == number;
        else if (key.size == 0 || tb_is_digit(key.data[0]))
            return false;
    }
    return found;
}

/* The pattern that fits at the offset, the first in their order; of those that are numbering only
 * where `number` is not 0. */
static bool match_entry(const tb_entries_layout *layout, tb_str text, size_t at, int64_t number,
                        listed_entry *ret)
{
    tb_folded folded;
    size_t end;
    if (!may_be_entry(layout, text, at, number > 0))
        return false;
    tb_fold(
        tb_str_slice(text, at, at + ENTRY_LABEL_MAX < text.size ? at + ENTRY_LABEL_MAX : text.size),
        &folded);
    for (size_t i = 0; i < layout->patterns.count; i++) {
        const tb_label *pattern = &layout->patterns.labels[i];
        tb_match match = {0};
        if (pattern->shape->is_numbering != (number > 0) ||
            !tb_shape_match_at(pattern->shape, &folded, 0, &match, &end) ||
            (number > 0 && !counts(pattern, &match, number)))
            continue;
        *ret = (listed_entry){.pattern = pattern, .match = match, .begin = at, .end = text.size};
        return true;
    }
    return false;
}

/* The next entry behind the beginning of the last one; the first one where that is NULL. */
static bool next_entry(const tb_entries_layout *layout, tb_str text, const listed_entry *last,
                       int64_t number, listed_entry *ret)
{
    size_t at = last != NULL ? last->begin : 0;
    uint32_t before = last != NULL ? tb_text_next(text, &at) : '\n';
    for (; at < text.size; before = tb_text_next(text, &at)) {
        if (is_stop(before) && match_entry(layout, text, at, number, ret))
            return true;
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
        if (!tb_value_read_text(&locator->reader, captured(entry, cell->text, i), item))
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
        if (!(number ? tb_value_read_text(&locator->reader, TB_STR("1"), item)
                     : tb_value_read_cell(&locator->reader, cell, NULL, item)))
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
    int64_t number = 0; /* that is looked for where only numbers tell the entries */
    if (tb_cell_is_blank(cell))
        return add_blank_entry(locator, root, list, at);
    if (cell->type != TB_CELL_TEXT || (!next_entry(layout, cell->text, NULL, 0, &entry) &&
                                       !next_entry(layout, cell->text, NULL, ++number, &entry)))
        return add_entry(locator, root, list, &entry, cell, at);
    for (;;) {
        number += number > 0;
        bool more = next_entry(layout, cell->text, &entry, number, &next);
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
