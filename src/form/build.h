/*
 * A definition written as a spreadsheet: its sheets (about, parameters, lists, fields, blocks,
 * rules) are read into rows, and the rows written as form.json. Every value of the JSON knows its
 * cell, so that what the definition's readers find wrong is told at the cell. build_sheets.c reads
 * a workbook into rows, draft.c makes rows from a blank form; build_json.c and
 * build_members.c write them.
 */
#ifndef TB_FORM_BUILD_H
#define TB_FORM_BUILD_H

#include "base/json.h"
#include "form/build_columns.h"
#include "sheet/workbook.h"

typedef struct tb_build_row {
    uint32_t row;                       /* in its sheet */
    tb_str cells[TB_BUILD_COLUMNS_MAX]; /* trimmed; empty where nothing stands */
    bool written;                       /* it has become a part of the JSON */
    bool wrong;                         /* of a rule: a mistake in it has been told */
    bool id_wrong;                      /* … and it is in its id */
} tb_build_row;

typedef struct tb_build_table {
    bool found;
    uint32_t sheet, header_row;
    uint32_t columns[TB_BUILD_COLUMNS_MAX]; /* in the sheet; TB_BUILD_NO_COLUMN: not there */
    size_t row_count, row_capacity;
    tb_build_row *rows;
} tb_build_table;

#define TB_BUILD_NO_COLUMN UINT32_MAX

/* A mistake and its cell. */
typedef struct tb_build_mistake {
    tb_address at;
    tb_error error; /* located at the cell: 字段!B5 */
} tb_build_mistake;

/* Where a value of the JSON comes from. */
typedef struct tb_build_place {
    uint32_t offset;
    int table; /* tb_build_table_id */
    size_t row;
    int column;
} tb_build_place;

typedef struct tb_build {
    tb_arena *arena;
    const tb_workbook *workbook; /* NULL for rows that were made otherwise */
    tb_build_table tables[TB_BUILD_TABLE_COUNT];
    size_t mistake_count, mistake_capacity;
    tb_build_mistake *mistakes;
    size_t place_count, place_capacity;
    tb_build_place *places; /* by offset */
    tb_buffer text;         /* the JSON */
    tb_json json;
    bool written_once; /* what is wrong in the rows has been told */
    bool no_memory;
} tb_build;

#define TB_BUILD_MISTAKES_MAX 100

/* The rows live in the arena and borrow from the workbook. Call done in any case. */
void tb_build_init(tb_build *build, tb_arena *arena, const tb_workbook *workbook);
void tb_build_done(tb_build *build);

/* Reads the workbook's sheets. Mistakes are collected; the status tells of memory only. */
tb_status tb_build_read(tb_build *build, tb_error *error);
/* Writes the JSON into build->text, as far as the rows are right; the mistakes in them are
 * collected the first time. May be called again after tb_build_blame. */
tb_status tb_build_write(tb_build *build, tb_error *error);
/*
 * Takes over an error of the definition's readers, which names file, line and column of the JSON,
 * as a mistake at its cell. True when it stands in a rule: that rule is left out from now on, and
 * writing and reading again may find more. `excerpt`: the lines that the error shows are those of
 * the cell and not of the JSON.
 */
bool tb_build_blame(tb_build *build, const tb_error *error, bool excerpt);
/* Whether something other than a rule is wrong, so that going on would only tell what follows. */
bool tb_build_is_broken(const tb_build *build);
/* The mistakes in the order of the sheets. */
void tb_build_sort(tb_build *build);

/* A new row at the end of a table, or NULL. */
tb_build_row *tb_build_add_row(tb_build *build, int table, uint32_t row);
/* Tells a mistake at the cell of a row's column. The arguments may be NULL. */
void tb_build_fail(tb_build *build, int table, const tb_build_row *row, int column,
                   tb_message message, tb_str argument, tb_str second);
/* The same at any cell. */
void tb_build_fail_at(tb_build *build, tb_address at, tb_message message, tb_str argument,
                      tb_str second);

#endif
