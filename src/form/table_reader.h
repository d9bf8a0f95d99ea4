/*
 * A table while it is read: shared by locate_table.c (rows), locate_header.c (which column stands
 * where) and locate_block.c (the tables of blocks).
 */
#ifndef TB_FORM_TABLE_READER_H
#define TB_FORM_TABLE_READER_H

#include "form/locate.h"

/* Where one column's values stand; from > to: it was not found. */
typedef struct tb_column_place {
    uint32_t from, to;
    tb_found_cell found; /* its cell in the row that is being read */
    bool blank;          /* nothing is in that */
} tb_column_place;

typedef struct tb_table_reader {
    tb_locator *locator;
    const tb_scope *scope;
    const tb_table_layout *layout;
    tb_record *parent;
    tb_record_list *list;
    tb_column_place *columns;            /* one for each field */
    tb_item **above;                     /* of each column: the item that a blank cell takes over */
    bool has_columns;                    /* some header was found */
    uint32_t header_column;              /* the first column of the header */
    uint32_t first_row;                  /* of values */
    bool headerless;                     /* rows go on after a page break without their header */
    uint32_t used_end, limit;            /* of the rows read last, as in tb_table_rows */
    uint32_t heading_sheet, heading_row; /* the table's own heading, which does not end it */
} tb_table_reader;

/* locate_table.c: a table of the parent's list is begun, read from each row on at which it begins
 * or goes on, and finished. */
bool tb_table__begin(tb_table_reader *ret, tb_locator *locator, tb_record *parent,
                     tb_record_list *list);
bool tb_table__read(tb_table_reader *table, uint32_t sheet, uint32_t row);
bool tb_table__finish(tb_table_reader *table);

/* locate_header.c */
/* How many of the table's column labels stand in the occurrence's row. */
size_t tb_table__count_labels(const tb_table_reader *table, size_t first);
/* The header is the first row with two column labels (one, where the table has only one); it is
 * known by its first label. */
bool tb_table__find_header(const tb_table_reader *table, uint32_t sheet, uint32_t from, uint32_t to,
                           size_t *ret_first);
/* Places every column by the header that begins with that label. */
void tb_table__map_columns(tb_table_reader *table, size_t header);

#endif
