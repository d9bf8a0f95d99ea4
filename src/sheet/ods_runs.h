/*
 * Runs of markup that the part had before. Rows of forms are mostly rows of equal cells: what
 * stands between the text of one cell and the text of the next, often over the end of a row, has
 * stood there before, byte by byte. So it means the same: the same cells without text, the same
 * row, and a cell of the same kind with another text. That is kept with those bytes, and done again
 * where they stand again; nothing of them is taken apart.
 *
 * A run begins behind the end of a cell that has one plain text, and ends with the next such cell.
 * It is kept where nothing else stood in it: no number, no formula, no group of rows. For
 * ods_content.c, which tells what it reads; test_rewritten.py compares with reading every tag.
 */
#ifndef TB_SHEET_ODS_RUNS_H
#define TB_SHEET_ODS_RUNS_H

#include "sheet/ods_table.h"

typedef struct tb_ods_runs tb_ods_runs;

/* In the arena, for one part, whose spreadsheet element was just started. NULL: no memory. */
tb_ods_runs *tb_ods_runs_new(tb_package *package);

/* What is read tag by tag: a cell without anything in it; a row, which began; anything else. */
void tb_ods_runs_add_cell(tb_ods_runs *runs, const tb_ods_cell_tag *tag);
void tb_ods_runs_add_row(tb_ods_table *table, const tb_ods_row_tag *tag);
void tb_ods_runs_spoil(tb_ods_runs *runs);

/* A cell with one plain text was read, which ends a run. Keeps the run, and reads on as long as
 * what stands next is known. */
void tb_ods_runs_end(tb_ods_table *table, const tb_ods_cell_tag *tag, tb_str text);

#endif
