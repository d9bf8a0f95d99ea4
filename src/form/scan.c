/*
 * Finds every label of a definition in a workbook: one look at each cell.
 */
#include <string.h>

#include "base/limits.h"
#include "form/locate.h"

#define OCCURRENCES_MAX   100000
#define FIRST_OCCURRENCES 128 /* a power of two */
#define REPEATS_MAX       64  /* of one stored cell or row that are looked at */

static bool add_occurrence(tb_locator *locator, tb_occurrence occurrence)
{
    size_t count = locator->occurrence_count;
    if (count == OCCURRENCES_MAX)
        return true; /* no form has so many labels: what comes later is not looked for */
    if (count == 0 || (count >= FIRST_OCCURRENCES && (count & (count - 1)) == 0)) {
        size_t size = sizeof *locator->occurrences;
        locator->occurrences = count == 0 ? tb_arena_room(locator->arena, FIRST_OCCURRENCES * size)
                                          : tb_arena_grow(locator->arena, locator->occurrences,
                                                          count, 2 * count, size);
        if (locator->occurrences == NULL)
            return tb_locator__no_memory(locator);
    }
    locator->occurrences[locator->occurrence_count++] = occurrence;
    return true;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The label of one cell, in each column that repeats it and where no merge hides it. */
static bool add_label(tb_locator *locator, uint32_t sheet, uint32_t row, const tb_cell *cell,
                      const tb_shape *shape, const tb_match *match)
{
    uint32_t width = least(cell->width, REPEATS_MAX);
    for (uint32_t column = cell->column; column < cell->column + width; column++) {
        tb_range area = tb_locator__area(locator, sheet, row, column);
        if (area.row != row || area.column != column)
            continue;
        if (!add_occurrence(locator, (tb_occurrence){sheet, area, cell, shape, match}))
            return false;
    }
    return true;
}

/* A copy of what a label captured; NULL where it captured nothing. */
static bool keep_match(tb_locator *locator, const tb_match *match, const tb_match **ret)
{
    *ret = NULL;
    if (match->shape == NULL)
        return true;
    tb_match *copy = tb_arena_room(locator->arena, sizeof *copy);
    if (copy == NULL)
        return tb_locator__no_memory(locator);
    *copy = *match;
    *ret = copy;
    return true;
}

/* The label that the text is, or NULL. Only of a field whose value stands inside may a value follow
 * without a colon (填报日期 2023年11月15日). */
static const tb_shape *match_text(const tb_root_layout *layout, tb_str text, tb_match *ret_match)
{
    if (!tb_shape_set_may_match(&layout->shapes, text))
        return NULL;
    const tb_shape *shape = tb_shape_set_match(&layout->shapes, text, ret_match);
    bool loose = shape != NULL && ret_match->shape != NULL && ret_match->no_colon;
    return loose && (layout->roles[shape->index] & TB_ROLE_INSIDE) == 0 ? NULL : shape;
}

/* The same of a known text, whose label is kept with it. False: the dictionary has no room. */
static bool match_known(const tb_locator *locator, tb_known_text *known)
{
    tb_match match;
    known->labels = NULL;
    known->label = match_text(locator->layout, known->text, &match);
    if (known->label == NULL || match.shape == NULL) {
        known->match = NULL;
    } else {
        if (known->match == NULL)
            known->match = tb_dictionary_room(locator->reader.dictionary, sizeof match);
        if (known->match == NULL)
            return false;
        *known->match = match;
    }
    known->labels = &locator->layout->shapes;
    return true;
}

/* The label that a text cell is, if any, in each place where it stands. */
static bool find_label(tb_locator *locator, const tb_cell *cell, tb_known_text *known,
                       const tb_shape **ret_shape, const tb_match **ret_match)
{
    bool is_known =
        known != NULL && (known->labels == &locator->layout->shapes || match_known(locator, known));
    if (is_known) {
        *ret_shape = known->label;
        *ret_match = known->match;
        return true;
    }
    tb_match match;
    *ret_shape = match_text(locator->layout, cell->text, &match);
    return *ret_shape == NULL || keep_match(locator, &match, ret_match);
}

/* What the dictionary knows of a cell's text. Texts of one column recur more or less often. */
static tb_known_text *look_up(tb_locator *locator, const tb_cell *cell)
{
    bool plain = cell->text.size > 0 && tb_str_trim(cell->text).size == cell->text.size;
    return plain ? tb_dictionary_look_up(locator->reader.dictionary, cell->text, cell->column)
                 : NULL;
}

/* Looks up the texts of a band's cells; NULL: no memory. */
static tb_known_text **look_up_band(tb_locator *locator, const tb_band *band)
{
    tb_known_text **known = tb_locator__array(locator, band->cell_count, sizeof(tb_known_text *));
    if (known == NULL || locator->reader.dictionary == NULL)
        return known;
    for (size_t i = 0; i < band->cell_count; i++) {
        if (band->cells[i].type == TB_CELL_TEXT)
            known[i] = look_up(locator, &band->cells[i]);
    }
    return known;
}

static bool scan_row(tb_locator *locator, uint32_t sheet, uint32_t row, const tb_band *band,
                     tb_known_text **known)
{
    for (size_t i = 0; i < band->cell_count; i++) {
        const tb_cell *cell = &band->cells[i];
        const tb_shape *shape = NULL;
        const tb_match *match = NULL;
        if (cell->type != TB_CELL_TEXT)
            continue;
        if (!find_label(locator, cell, known[i], &shape, &match) ||
            (shape != NULL && !add_label(locator, sheet, row, cell, shape, match)))
            return false;
    }
    if (row < locator->grids[sheet].rows)
        locator->grids[sheet].known[row] = known;
    return true;
}

static bool scan_band(tb_locator *locator, uint32_t sheet, const tb_band *band)
{
    tb_known_text **known = look_up_band(locator, band);
    uint32_t rows = least(band->rows, REPEATS_MAX);
    for (uint32_t row = 0; row < rows && known != NULL; row++) {
        if (!scan_row(locator, sheet, band->row + row, band, known))
            return false;
    }
    return known != NULL;
}

/* Groups the occurrences by shape, each group in reading order. */
static bool group_by_shape(tb_locator *locator)
{
    size_t shapes = locator->layout->shapes.count, count = locator->occurrence_count;
    size_t *starts = tb_locator__array(locator, shapes + 2, sizeof *starts);
    size_t *by_shape = tb_locator__array(locator, count, sizeof *by_shape);
    if (starts == NULL || by_shape == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        starts[locator->occurrences[i].shape->index + 2]++;
    for (size_t i = 2; i < shapes + 2; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < count; i++)
        by_shape[starts[locator->occurrences[i].shape->index + 1]++] = i;
    locator->shape_starts = starts;
    locator->by_shape = by_shape;
    return true;
}

/* Notes where each row's labels begin. */
static bool index_rows(tb_locator *locator)
{
    size_t next = 0;
    for (uint32_t sheet = 0; sheet < locator->workbook->sheet_count; sheet++) {
        tb_grid *grid = &locator->grids[sheet];
        grid->labels = tb_locator__array(locator, grid->rows + 1, sizeof *grid->labels);
        if (grid->labels == NULL)
            return false;
        for (uint32_t row = 0; row <= grid->rows; row++) {
            while (next < locator->occurrence_count && locator->occurrences[next].sheet == sheet &&
                   locator->occurrences[next].area.row < row)
                next++;
            grid->labels[row] = next;
        }
        while (next < locator->occurrence_count && locator->occurrences[next].sheet == sheet)
            next++;
    }
    return true;
}

bool tb_locator__scan(tb_locator *locator)
{
    if (!tb_locator__make_grids(locator))
        return false;
    for (uint32_t sheet = 0; sheet < locator->workbook->sheet_count; sheet++) {
        const tb_sheet *s = &locator->workbook->sheets[sheet];
        for (size_t i = 0; i < s->band_count; i++) {
            if (!scan_band(locator, sheet, &s->bands[i]))
                return false;
        }
    }
    return index_rows(locator) && group_by_shape(locator);
}

static bool is_inside(const tb_occurrence *occurrence, uint32_t sheet, tb_range range)
{
    return occurrence->sheet == sheet && occurrence->area.row >= range.row &&
           occurrence->area.row <= range.last_row && occurrence->area.column >= range.column &&
           occurrence->area.column <= range.last_column;
}

/* The first of the shape's occurrences that is not before `from`. */
static size_t lower_bound(const tb_locator *locator, const tb_shape *shape, size_t from)
{
    size_t low = locator->shape_starts[shape->index],
           high = locator->shape_starts[shape->index + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (locator->by_shape[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t tb_locator__find(const tb_locator *locator, const tb_labels *labels, uint32_t sheet,
                        tb_range range, size_t from, const tb_label **ret_label)
{
    size_t best = locator->occurrence_count;
    size_t first = tb_locator__first_from(locator, sheet, range.row);
    from = from > first ? from : first;
    for (size_t i = 0; i < labels->count; i++) {
        const tb_shape *shape = labels->labels[i].shape;
        size_t end = locator->shape_starts[shape->index + 1];
        for (size_t j = lower_bound(locator, shape, from); j < end; j++) {
            size_t at = locator->by_shape[j];
            const tb_occurrence *occurrence = &locator->occurrences[at];
            if (at >= best || occurrence->sheet > sheet ||
                (occurrence->sheet == sheet && occurrence->area.row > range.last_row))
                break;
            if (!is_inside(occurrence, sheet, range))
                continue;
            best = at;
            if (ret_label != NULL)
                *ret_label = &labels->labels[i];
            break;
        }
    }
    return best;
}

size_t tb_locator__find_anywhere(const tb_locator *locator, const tb_labels *labels, size_t from,
                                 const tb_label **ret_label)
{
    size_t best = locator->occurrence_count;
    for (size_t i = 0; i < labels->count; i++) {
        const tb_shape *shape = labels->labels[i].shape;
        size_t j = lower_bound(locator, shape, from);
        if (j == locator->shape_starts[shape->index + 1] || locator->by_shape[j] >= best)
            continue;
        best = locator->by_shape[j];
        if (ret_label != NULL)
            *ret_label = &labels->labels[i];
    }
    return best;
}

size_t tb_locator__find_in_row(const tb_locator *locator, const tb_labels *labels, size_t first)
{
    const tb_occurrence *begin = &locator->occurrences[first];
    for (size_t i = first; i < locator->occurrence_count; i++) {
        const tb_occurrence *at = &locator->occurrences[i];
        if (at->sheet != begin->sheet || at->area.row != begin->area.row)
            break;
        if (tb_labels_find(labels, at->shape) != NULL)
            return i;
    }
    return locator->occurrence_count;
}

size_t tb_locator__first_from(const tb_locator *locator, uint32_t sheet, uint32_t row)
{
    const tb_grid *grid = &locator->grids[sheet];
    if (grid->labels != NULL && row <= grid->rows)
        return grid->labels[row];
    size_t low = 0, high = locator->occurrence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const tb_occurrence *occurrence = &locator->occurrences[middle];
        if (occurrence->sheet < sheet || (occurrence->sheet == sheet && occurrence->area.row < row))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
