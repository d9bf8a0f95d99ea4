/*
 * Which cells of a sheet have which number format, and which are merged: both come from the groups
 * of equally formatted ranges, of which even a large form has a few dozen.
 */
#ifndef TB_CALC_FORMATS_H
#define TB_CALC_FORMATS_H

#include "calc/sheet.h"

typedef struct tb_format_group {
    tb_number_format format;
    size_t count;
    const tb_range_address *ranges; /* borrowed from the calls */
} tb_format_group;

typedef struct tb_formats {
    size_t count;
    const tb_format_group *groups;
} tb_formats;

/* Reads the groups, and gives the merged ranges to the builder. */
void tb_formats_read(tb_reading *reading, uno_Interface *sheet, tb_formats *ret_formats);

/* The format of every cell in the block, row by row, into `grid`, which has room for them. */
void tb_formats_paint(const tb_formats *formats, tb_range block, tb_number_format *grid);

#endif
