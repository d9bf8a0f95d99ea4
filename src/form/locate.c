/*
 * Finds a form's values: single fields here, what repeats in the files beside this one. What can't
 * be found stays MISSING and becomes a gap.
 */
#include "form/locate.h"

#include "base/limits.h"
#include "form/values.h"

bool tb_locator__no_memory(tb_locator *locator)
{
    tb_error_memory(locator->error);
    return false;
}

void *tb_locator__array(tb_locator *locator, size_t count, size_t size)
{
    void *array = tb_arena_array(locator->arena, count == 0 ? 1 : count, size);
    if (array == NULL)
        tb_locator__no_memory(locator);
    return array;
}

/* Records */

/* A record, its items, its lists and the pointers to its items lie in one piece. */
typedef struct record_room {
    tb_record record;
    tb_item values[]; /* then the lists and the pointers, aligned less strictly */
} record_room;

static size_t record_size(const tb_scope *scope)
{
    return sizeof(record_room) + scope->field_count * (sizeof(tb_item) + sizeof(tb_item *)) +
           scope->scope_count * sizeof(tb_record_list);
}

tb_record *tb_locator__record(tb_locator *locator, const tb_scope *scope, tb_record *parent,
                              tb_address at)
{
    if (++locator->record_count > TB_MAX_RECORDS) {
        tb_error_set(locator->error, TB_LIMIT, TB_MSG_FORM_RECORDS, NULL);
        return NULL;
    }
    record_room *room = tb_arena_alloc(locator->arena, record_size(scope));
    if (room == NULL) {
        tb_locator__no_memory(locator);
        return NULL;
    }
    tb_item *values = room->values;
    tb_record_list *lists = (tb_record_list *)(values + scope->field_count);
    tb_item **items = (tb_item **)(lists + scope->scope_count);
    for (size_t i = 0; i < scope->field_count; i++) {
        values[i].field = &scope->fields[i];
        values[i].at = at;
        values[i].decimals = TB_DECIMALS_ANY;
        items[i] = &values[i];
    }
    for (size_t i = 0; i < scope->scope_count; i++) {
        lists[i].scope = scope->scopes[i];
        lists[i].at = at;
    }
    tb_record *record = &room->record;
    record->scope = scope;
    record->parent = parent;
    record->items = items;
    record->lists = lists;
    record->at = at;
    return record;
}

#define FIRST_ROOM 8 /* elements; a power of two */

/* Makes room for one more element where the count is 0 or a power of two. */
static bool grow(tb_locator *locator, void *array_pointer, void *array, size_t count, size_t size)
{
    if (count >= FIRST_ROOM ? (count & (count - 1)) != 0 : count != 0)
        return true;
    size_t room = count == 0 ? FIRST_ROOM : 2 * count;
    void *grown = tb_arena_grow(locator->arena, array, count, room, size);
    if (grown == NULL)
        return tb_locator__no_memory(locator);
    *(void **)array_pointer = grown;
    return true;
}

bool tb_locator__push(tb_locator *locator, tb_record_list *list, tb_record *record)
{
    if (!grow(locator, &list->records, list->records, list->count, sizeof *list->records))
        return false;
    record->index = list->count;
    list->records[list->count++] = record;
    return true;
}

bool tb_locator__gap(tb_locator *locator, tb_gap gap)
{
    if (!grow(locator, &locator->gaps, locator->gaps, locator->gap_count, sizeof *locator->gaps))
        return false;
    locator->gaps[locator->gap_count++] = gap;
    return true;
}

bool tb_locator__read(tb_locator *locator, tb_item *item, uint32_t sheet,
                      const tb_found_cell *found)
{
    item->at = (tb_address){sheet, found->area.row, found->area.column};
    return tb_value_read_cell(&locator->reader, found->cell, found->known, item) ||
           tb_locator__no_memory(locator);
}

bool tb_locator__read_cell(tb_locator *locator, tb_item *item, uint32_t sheet, tb_range area)
{
    tb_found_cell found = {area, tb_locator__cell(locator, sheet, area),
                           tb_locator__known(locator, sheet, area)};
    return tb_locator__read(locator, item, sheet, &found);
}

static bool read_part(tb_locator *locator, tb_item *item, const tb_occurrence *occurrence,
                      tb_str text)
{
    item->at = (tb_address){occurrence->sheet, occurrence->area.row, occurrence->area.column};
    item->cell = occurrence->cell;
    return tb_value_read_text(&locator->reader, text, item) || tb_locator__no_memory(locator);
}

tb_str tb_occurrence_captured(const tb_occurrence *occurrence, size_t index)
{
    return occurrence->match == NULL ? TB_STR("") : occurrence->match->captures[index];
}

bool tb_locator__capture(tb_locator *locator, const tb_label *label, size_t occurrence,
                         tb_record *record)
{
    const tb_occurrence *at = &locator->occurrences[occurrence];
    for (size_t i = 0; i < TB_CAPTURES_MAX && label->captures[i] != NULL; i++) {
        const tb_field *field = label->captures[i];
        tb_record *owner = field->scope == record->scope ? record : locator->form->root;
        tb_item *item = owner->items[field->slot];
        bool first = item->state == TB_ITEM_MISSING;
        if (first && !read_part(locator, item, at, tb_occurrence_captured(at, i)))
            return false;
    }
    return true;
}

bool tb_locator__capture_blanks(tb_locator *locator, const tb_labels *labels, size_t occurrence)
{
    tb_item **items = locator->form->root->items;
    for (size_t i = 0; i < labels->count; i++) {
        for (size_t j = 0; j < TB_CAPTURES_MAX && labels->labels[i].captures[j] != NULL; j++) {
            tb_item *item = items[labels->labels[i].captures[j]->slot];
            if (item->state == TB_ITEM_MISSING &&
                !read_part(locator, item, &locator->occurrences[occurrence], TB_STR("")))
                return false;
        }
    }
    return true;
}

/* Single fields */

/* True when the cell there is blank and stands alone: a column that somebody inserted. */
static bool is_inserted_column(const tb_locator *locator, uint32_t sheet, tb_range area)
{
    return area.row == area.last_row && area.column == area.last_column &&
           tb_cell_is_blank(tb_locator__cell(locator, sheet, area));
}

/* The cell of a label that begins there, or occurrence_count. */
static size_t label_at(const tb_locator *locator, uint32_t sheet, tb_range area)
{
    size_t i = tb_locator__first_from(locator, sheet, area.row);
    for (; i < locator->occurrence_count; i++) {
        const tb_occurrence *occurrence = &locator->occurrences[i];
        if (occurrence->sheet != sheet || occurrence->area.row > area.row)
            break;
        if (occurrence->area.column == area.column)
            return i;
    }
    return locator->occurrence_count;
}

/* The cell right of a label; an inserted blank column is passed over when a value follows it. */
static tb_range right_of(const tb_locator *locator, const tb_occurrence *label)
{
    uint32_t sheet = label->sheet, row = label->area.row;
    tb_range right = tb_locator__area(locator, sheet, row, label->area.last_column + 1);
    if (!is_inserted_column(locator, sheet, right))
        return right;
    tb_range next = tb_locator__area(locator, sheet, row, right.last_column + 1);
    bool follows = !tb_cell_is_blank(tb_locator__cell(locator, sheet, next)) &&
                   label_at(locator, sheet, next) == locator->occurrence_count;
    return follows ? next : right;
}

static bool read_single(tb_locator *locator, const tb_field_layout *layout, size_t occurrence,
                        tb_item *item)
{
    const tb_occurrence *label = &locator->occurrences[occurrence];
    if (label->match != NULL && label->match->has_rest)
        return read_part(locator, item, label, label->match->rest);
    if (layout->place == TB_PLACE_BELOW)
        return tb_locator__read_cell(
            locator, item, label->sheet,
            tb_locator__area(locator, label->sheet, label->area.last_row + 1, label->area.column));
    tb_range right = right_of(locator, label);
    if (label_at(locator, label->sheet, right) < locator->occurrence_count)
        return read_part(locator, item, label,
                         TB_STR("")); /* another label: nothing is filled in */
    if (layout->place == TB_PLACE_INSIDE &&
        tb_cell_is_blank(tb_locator__cell(locator, label->sheet, right)))
        return read_part(locator, item, label, TB_STR(""));
    return tb_locator__read_cell(locator, item, label->sheet, right);
}

static bool add_repeated(tb_locator *locator, const tb_field_layout *layout, const tb_field *field,
                         size_t occurrence)
{
    tb_item *item = tb_locator__array(locator, 1, sizeof *item);
    if (item == NULL || !grow(locator, &locator->repeated, locator->repeated,
                              locator->repeated_count, sizeof *locator->repeated))
        return false;
    item->field = field;
    locator->repeated[locator->repeated_count++] = item;
    return read_single(locator, layout, occurrence, item);
}

static tb_address address_of(const tb_occurrence *occurrence)
{
    return (tb_address){occurrence->sheet, occurrence->area.row, occurrence->area.column};
}

#define CELLS_BESIDE_MAX 16

/* Where a field belongs whose label is nowhere: in the blank merged cell behind the one that it
 * stands beside. */
static tb_address place_of_missing(const tb_locator *locator, const tb_field_layout *layout,
                                   const tb_item *item)
{
    const tb_item *beside =
        layout->beside == TB_NO_SLOT ? item : locator->form->root->items[layout->beside];
    if (beside->state == TB_ITEM_MISSING)
        return item->at;
    uint32_t sheet = beside->at.sheet, row = beside->at.row;
    tb_range area = tb_locator__area(locator, sheet, row, beside->at.column);
    for (int i = 0; i < CELLS_BESIDE_MAX; i++) {
        area = tb_locator__area(locator, sheet, row, area.last_column + 1);
        if (area.column != area.last_column &&
            tb_cell_is_blank(tb_locator__cell(locator, sheet, area)))
            return (tb_address){sheet, area.row, area.column};
    }
    return beside->at;
}

static bool same_text(tb_locator *locator, const tb_item *a, const tb_item *b)
{
    return tb_str_equal(tb_text_key(locator->arena, a->text), tb_text_key(locator->arena, b->text));
}

/* A label that should be unique and stands again with another value. */
static bool check_unique(tb_locator *locator, const tb_field_layout *layout, const tb_item *item,
                         size_t first)
{
    const tb_shape *shape = locator->occurrences[first].shape;
    if (item->state != TB_ITEM_VALID)
        return true;
    for (size_t at = first;;) {
        at = tb_locator__find_anywhere(locator, &layout->labels, at + 1, NULL);
        if (at == locator->occurrence_count)
            return true;
        tb_item again = {.field = item->field};
        if (locator->occurrences[at].shape != shape)
            continue;
        if (!read_single(locator, layout, at, &again))
            return false;
        if (again.state == TB_ITEM_VALID && !same_text(locator, item, &again))
            return tb_locator__gap(
                locator,
                (tb_gap){.kind = TB_GAP_LABEL_TWICE, .at = again.at, .field = item->field});
    }
}

static bool locate_single(tb_locator *locator, const tb_field_layout *layout, size_t slot)
{
    tb_item *item = locator->form->root->items[slot];
    size_t at = tb_locator__find_anywhere(locator, &layout->labels, 0, NULL);
    if (at == locator->occurrence_count) {
        /* What is captured may still come from another label. */
        return layout->place == TB_PLACE_CAPTURED ||
               tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_FIELD,
                                                 .at = place_of_missing(locator, layout, item),
                                                 .field = item->field,
                                                 .required = item->field->required});
    }
    if (!read_single(locator, layout, at, item))
        return false;
    if (!layout->repeats)
        return check_unique(locator, layout, item, at);
    for (;;) {
        at = tb_locator__find_anywhere(locator, &layout->labels, at + 1, NULL);
        if (at == locator->occurrence_count)
            return true;
        if (!add_repeated(locator, layout, item->field, at))
            return false;
    }
}

static bool locate_singles(tb_locator *locator)
{
    for (size_t i = 0; i < locator->layout->single_count; i++) {
        if (!locate_single(locator, &locator->layout->singles[i], i))
            return false;
    }
    return true;
}

/* Fields that labels capture: a gap when no label did. */
static bool check_captured(tb_locator *locator)
{
    for (size_t i = 0; i < locator->layout->single_count; i++) {
        const tb_item *item = locator->form->root->items[i];
        if (locator->layout->singles[i].place == TB_PLACE_CAPTURED &&
            item->state == TB_ITEM_MISSING &&
            !tb_locator__gap(locator, (tb_gap){.kind = TB_GAP_FIELD,
                                               .at = item->at,
                                               .field = item->field,
                                               .required = item->field->required}))
            return false;
    }
    return true;
}

/* What repeats */

static bool locate_scope(tb_locator *locator, tb_record_list *list)
{
    tb_record *root = locator->form->root;
    switch (list->scope->kind) {
    case TB_SCOPE_TABLE:
        return tb_locator__root_table(locator, root, list);
    case TB_SCOPE_ENTRIES:
        return tb_locator__entries(locator, root, list);
    case TB_SCOPE_BLOCK:
        return tb_locator__blocks(locator, root, list);
    default:
        return true; /* the views of matrices come with the matrix */
    }
}

static bool locate_scopes(tb_locator *locator)
{
    tb_record *root = locator->form->root;
    for (size_t i = 0; i < locator->layout->matrix_count; i++) {
        if (!tb_locator__matrix(locator, &locator->layout->matrices[i]))
            return false;
    }
    for (size_t i = 0; i < root->scope->scope_count; i++) {
        if (!locate_scope(locator, &root->lists[i]))
            return false;
    }
    for (size_t i = 0; i < root->scope->scope_count; i++) {
        if (root->lists[i].scope->kind == TB_SCOPE_BLOCK &&
            !tb_locator__pair(locator, &root->lists[i]))
            return false;
    }
    return true;
}

/* Where what is missing is told of: the form's title, or the first cell. */
static tb_address find_title(const tb_locator *locator)
{
    const tb_recognition *recognition = locator->definition->recognition;
    size_t title = tb_locator__find_anywhere(locator, &recognition->labels, 0, NULL);
    return title < locator->occurrence_count ? address_of(&locator->occurrences[title])
                                             : (tb_address){0, 0, 0};
}

static bool locate(tb_locator *locator)
{
    if (!tb_locator__scan(locator))
        return false;
    tb_form *form = tb_locator__array(locator, 1, sizeof *form);
    locator->form = form;
    if (form == NULL)
        return false;
    form->definition = locator->definition;
    form->workbook = locator->workbook;
    form->dictionary = locator->reader.dictionary;
    form->root = tb_locator__record(locator, locator->definition->root, NULL, find_title(locator));
    return form->root != NULL && locate_singles(locator) && locate_scopes(locator) &&
           check_captured(locator);
}

tb_status tb_form_locate(const tb_workbook *workbook, const tb_definition *definition,
                         tb_dictionary *dictionary, tb_arena *arena, const tb_form **ret_form,
                         tb_error *error)
{
    tb_error own;
    tb_locator locator = {.workbook = workbook,
                          .definition = definition,
                          .layout = definition->root->layout,
                          .arena = arena,
                          .reader = {arena, dictionary},
                          .error = error == NULL ? &own : error};
    if (!locate(&locator))
        return locator.error->status;
    tb_form *form = locator.form;
    form->gap_count = locator.gap_count;
    form->gaps = locator.gaps;
    form->repeated_count = locator.repeated_count;
    form->repeated = (const tb_item *const *)locator.repeated;
    *ret_form = form;
    return TB_OK;
}
