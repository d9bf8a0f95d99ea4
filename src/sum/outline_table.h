/*
 * A table of the outline while its columns are collected. Used inside src/sum only.
 */
#ifndef TB_SUM_OUTLINE_TABLE_H
#define TB_SUM_OUTLINE_TABLE_H

#include "base/buffer.h"
#include "sum/outline.h"

typedef struct tb_growing_table {
    tb_arena *arena;
    tb_language language;
    bool failed; /* memory ran out */
    tb_sum_table table;
    size_t capacity;
    tb_sum_column *columns;
} tb_growing_table;

/* With the columns unit, year and file where its rows are those of forms. */
void tb_growing_table_init(tb_growing_table *self, tb_arena *arena, tb_language language,
                           bool of_forms);

/* Adds a column with a heading of ours. */
void tb_growing_table_add(tb_growing_table *self, const char *id, tb_message heading,
                          tb_sum_kind kind);

/* Appends the id of a field's column. Those that tell of which form and cell a row is have theirs
 * for themselves: a field of that name gets another. */
void tb_growing_table_append_id(tb_buffer *out, const tb_field *field, tb_sum_origin origin,
                                tb_sum_part part);

/* Columns for a field of the scope, or of the block around it (`outer`), and where they are taken
 * from: sources[i] is of column i. A column of the same id is used again unless it has a source in
 * this plan. `sources` must have room for TB_SUM_MAX_COLUMNS. */
#define TB_SUM_MAX_COLUMNS 1024
void tb_growing_table_add_field(tb_growing_table *self, const tb_scope *scope,
                                const tb_field *field, tb_sum_source *sources);

/* A column filled with something other than a field; used again where it is there. */
void tb_growing_table_add_origin(tb_growing_table *self, const char *id, tb_message heading,
                                 tb_sum_origin origin, tb_sum_source *sources);

#endif
