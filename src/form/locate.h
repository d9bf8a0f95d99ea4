/*
 * What the files that locate a form share. locate.c drives; grid.c and scan.c look at every cell
 * once, for what lies where and for labels;
 * locate_matrix.c, locate_table.c and locate_block.c read the parts that repeat; pair.c pairs
 * blocks. Every function that returns bool has set locator->error when it returns false.
 */
#ifndef TB_FORM_LOCATE_H
#define TB_FORM_LOCATE_H

#include "form/form.h"
#include "form/layout.h"
#include "form/values.h"

/* A place where a label stands. */
typedef struct tb_occurrence {
    uint32_t sheet;
    tb_range area; /* its cell, as merged */
    const tb_cell *cell;
    const tb_shape *shape;
    const tb_match *match; /* what it captured, and what follows it; NULL: nothing */
} tb_occurrence;

/* The first rows and columns of a sheet as a table. */
typedef struct tb_grid_place {
    uint16_t cell;  /* its number in the row's band, from 1; 0: nothing is stored */
    uint16_t merge; /* its number among the sheet's merges, from 1; 0: none covers it */
} tb_grid_place;

typedef struct tb_grid {
    uint32_t rows, columns;
    const tb_sheet *sheet;
    tb_grid_place *places; /* row by row */
    const tb_band **bands; /* of each row; NULL where nothing is stored */
    size_t *labels; /* of each row, and behind the last: the first occurrence from there on */
    tb_known_text ***known; /* of each row: what is known of the texts of its band's cells */
} tb_grid;

typedef struct tb_locator {
    const tb_workbook *workbook;
    const tb_definition *definition;
    const tb_root_layout *layout;
    tb_arena *arena;
    tb_value_reader reader;
    tb_error *error;
    tb_form *form;
    size_t record_count;
    tb_grid *grids; /* one for each sheet */

    size_t occurrence_count; /* in reading order: sheet, row, column */
    tb_occurrence *occurrences;
    size_t *shape_starts; /* of each shape: its first place in by_shape; one more than shapes */
    size_t *by_shape;     /* indices of occurrences */

    size_t gap_count;
    tb_gap *gaps;
    size_t repeated_count;
    tb_item **repeated;
} tb_locator;

bool tb_locator__no_memory(tb_locator *locator);
/* Zeroed room. */
void *tb_locator__array(tb_locator *locator, size_t count, size_t size);

/* grid.c */
bool tb_locator__make_grids(tb_locator *locator);
/* The range that is the whole sheet. */
tb_range tb_whole_sheet(void);

/* The cell at that place as merged. */
static inline tb_range tb_locator__area(const tb_locator *locator, uint32_t sheet, uint32_t row,
                                        uint32_t column)
{
    const tb_grid *grid = &locator->grids[sheet];
    const tb_range *merge = NULL;
    if (row >= grid->rows || column >= grid->columns) {
        merge = tb_sheet_find_merge(grid->sheet, row, column);
    } else {
        uint16_t number = grid->places[row * grid->columns + column].merge;
        merge = number > 0 ? &grid->sheet->merges[number - 1] : NULL;
    }
    return merge != NULL ? *merge : (tb_range){row, column, row, column};
}

/* What is stored at the area's first place; NULL: nothing. */
static inline const tb_cell *tb_locator__cell(const tb_locator *locator, uint32_t sheet,
                                              tb_range area)
{
    const tb_grid *grid = &locator->grids[sheet];
    if (area.row >= grid->rows || area.column >= grid->columns)
        return tb_sheet_find_cell(grid->sheet, area.row, area.column);
    uint16_t number = grid->places[area.row * grid->columns + area.column].cell;
    return number > 0 ? &grid->bands[area.row]->cells[number - 1] : NULL;
}

/* What is known of the text of the cell that is stored at the area's first place, or NULL. */
static inline tb_known_text *tb_locator__known(const tb_locator *locator, uint32_t sheet,
                                               tb_range area)
{
    const tb_grid *grid = &locator->grids[sheet];
    if (area.row >= grid->rows || area.column >= grid->columns || grid->known[area.row] == NULL)
        return NULL;
    uint16_t number = grid->places[area.row * grid->columns + area.column].cell;
    return number > 0 ? grid->known[area.row][number - 1] : NULL;
}

/* What stands in one place. */
typedef struct tb_found_cell {
    tb_range area;        /* as merged */
    const tb_cell *cell;  /* what is stored there; NULL: nothing */
    tb_known_text *known; /* what is known of its text, or NULL */
} tb_found_cell;

static inline tb_found_cell tb_locator__look(const tb_locator *locator, uint32_t sheet,
                                             uint32_t row, uint32_t column)
{
    const tb_grid *grid = &locator->grids[sheet];
    bool near = row < grid->rows && column < grid->columns;
    const tb_grid_place *place = near ? &grid->places[row * grid->columns + column] : NULL;
    tb_found_cell found = {.area = {row, column, row, column}};
    if (place == NULL || place->merge > 0) {
        found.area = tb_locator__area(locator, sheet, row, column);
        found.cell = tb_locator__cell(locator, sheet, found.area);
        found.known = tb_locator__known(locator, sheet, found.area);
    } else if (place->cell > 0) {
        found.cell = &grid->bands[row]->cells[place->cell - 1];
        found.known = grid->known[row] != NULL ? grid->known[row][place->cell - 1] : NULL;
    }
    return found;
}

/* The columns that a heading stands for: those of its merged cell; of a heading that is not merged
 * those up to the next one in its row. */
tb_range tb_locator__group(const tb_locator *locator, uint32_t sheet, tb_range heading);

static inline bool tb_cell_is_blank(const tb_cell *cell)
{
    if (cell == NULL || cell->type == TB_CELL_EMPTY)
        return true;
    if (cell->type != TB_CELL_TEXT)
        return false;
    const unsigned char *text = (const unsigned char *)cell->text.data;
    return cell->text.size == 0 ||
           (!tb_text_is_visible(text, cell->text.size) && tb_str_trim(cell->text).size == 0);
}

/* scan.c */
bool tb_locator__scan(tb_locator *locator);
/* The first place of any of the labels in the range, at or after occurrence `from`; its index, or
 * occurrence_count. `ret_label` (may be NULL) tells which label it was. */
size_t tb_locator__find(const tb_locator *locator, const tb_labels *labels, uint32_t sheet,
                        tb_range range, size_t from, const tb_label **ret_label);
/* The same in the whole workbook. */
size_t tb_locator__find_anywhere(const tb_locator *locator, const tb_labels *labels, size_t from,
                                 const tb_label **ret_label);
/* The label of the list that has this shape, or NULL. */
static inline const tb_label *tb_labels_find(const tb_labels *labels, const tb_shape *shape)
{
    for (size_t i = 0; i < labels->count; i++) {
        if (labels->labels[i].shape == shape)
            return &labels->labels[i];
    }
    return NULL;
}

/* The first place of any of the labels in the row of occurrence `first`, at or after it. */
size_t tb_locator__find_in_row(const tb_locator *locator, const tb_labels *labels, size_t first);
/* The first occurrence at or below the row. */
size_t tb_locator__first_from(const tb_locator *locator, uint32_t sheet, uint32_t row);
static inline bool tb_locator__has_role(const tb_locator *locator, size_t occurrence,
                                        unsigned roles)
{
    return (locator->layout->roles[locator->occurrences[occurrence].shape->index] & roles) != 0;
}

/* locate.c: records, items and gaps */
tb_record *tb_locator__record(tb_locator *locator, const tb_scope *scope, tb_record *parent,
                              tb_address at);
bool tb_locator__push(tb_locator *locator, tb_record_list *list, tb_record *record);
bool tb_locator__gap(tb_locator *locator, tb_gap gap);
bool tb_locator__read(tb_locator *locator, tb_item *item, uint32_t sheet,
                      const tb_found_cell *found);
/* Reads what stands in the area. */
bool tb_locator__read_cell(tb_locator *locator, tb_item *item, uint32_t sheet, tb_range area);
/* What the label's capture is, or empty. */
tb_str tb_occurrence_captured(const tb_occurrence *occurrence, size_t index);
/* Gives what a label captured to the record's fields (of its scope) or else to the root's. */
bool tb_locator__capture(tb_locator *locator, const tb_label *label, size_t occurrence,
                         tb_record *record);
/* What other labels of the list would have captured is blank: 长期目标 without （截止2026年）. */
bool tb_locator__capture_blanks(tb_locator *locator, const tb_labels *labels, size_t occurrence);

bool tb_locator__matrix(tb_locator *locator, const tb_matrix *matrix);
/* All rows of a table of the root into the list. */
bool tb_locator__root_table(tb_locator *locator, tb_record *root, tb_record_list *list);
bool tb_locator__blocks(tb_locator *locator, tb_record *root, tb_record_list *list);
bool tb_locator__entries(tb_locator *locator, tb_record *root, tb_record_list *list);
bool tb_locator__pair(tb_locator *locator, tb_record_list *list);

#endif
