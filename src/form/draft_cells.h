/*
 * The printed texts of a blank form and the rows of a definition that is drafted from them: what
 * draft.c (title, fields, blocks) and draft_table.c (tables and matrices) share.
 */
#ifndef TB_FORM_DRAFT_CELLS_H
#define TB_FORM_DRAFT_CELLS_H

#include "form/build.h"

/* A cell with text. */
typedef struct tb_draft_cell {
    uint32_t sheet;
    tb_range area; /* as merged */
    tb_str text;
    tb_str key;  /* folded for comparing, without a colon at the end */
    bool inside; /* the text ends with a colon, or has one and a value after it */
    bool used;   /* it has become a part of the definition, or is known to be none */
} tb_draft_cell;

typedef struct tb_draft {
    tb_build *build;
    size_t count;
    tb_draft_cell *cells; /* in reading order */
    tb_str block;         /* the id of the block that was begun last; empty: none */
    size_t names;         /* how many ids had to be made up */
} tb_draft;

/* The cell with text that covers the place, or NULL. */
tb_draft_cell *tb_draft__find(const tb_draft *draft, uint32_t sheet, uint32_t row, uint32_t column);
/* Notes a guess about a cell. */
void tb_draft__note(tb_draft *draft, const tb_draft_cell *cell, tb_message message,
                    tb_str argument);

/* A new row of a table; its id is the known one of the label where it is still free among the rows
 * that belong to `owner`, else prefix and a number. NULL: no memory. */
tb_build_row *tb_draft__add(tb_draft *draft, tb_build_table_id table, const tb_draft_cell *label,
                            tb_str owner, const char *prefix);
/* A new field with its type, and marks the label as used. */
tb_build_row *tb_draft__add_field(tb_draft *draft, tb_draft_cell *label, tb_str owner,
                                  const char *prefix);

/* Whether the cell stands over a row of headings and is as wide: then it is the table's heading. */
bool tb_draft__heads_table(const tb_draft *draft, const tb_draft_cell *cell);
/* Makes a table or matrix of the row of headings that begins with cell `first`, if one does. */
bool tb_draft__table(tb_draft *draft, size_t first);

#endif
