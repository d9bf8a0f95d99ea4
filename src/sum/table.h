/*
 * The tables of an aggregation (汇总): the overview of all forms, what the definitions of the forms
 * make tables of, totals, findings, explanations, and what was left out. A table is known by its
 * columns; its rows are given out one after the other and never held together.
 *
 * All writers take the same rows (sum/writer.h). A cell is text whatever it holds, so that what was
 * exact in the form stays exact: a number is its plain decimal notation, a day is 2024-09-02.
 */
#ifndef TB_SUM_TABLE_H
#define TB_SUM_TABLE_H

#include "form/definition.h"
#include "sheet/workbook.h"

typedef enum tb_sum_kind {
    TB_SUM_NONE, /* nothing stands there */
    TB_SUM_TEXT,
    TB_SUM_WORD,   /* one of the words of sum/word.h: "error"; people see it in their language */
    TB_SUM_NUMBER, /* an exact decimal: -1.50 */
    TB_SUM_COUNT,  /* a whole number that 64 bits hold: counts and years */
    TB_SUM_DAY     /* 2024-09-02 */
} tb_sum_kind;

typedef struct tb_sum_column {
    tb_str id;        /* ASCII, lower case; the key in .jsonl */
    tb_str heading;   /* for people */
    tb_sum_kind kind; /* what its cells are, but for what somebody wrote instead */
    bool is_money;
} tb_sum_column;

typedef struct tb_sum_table {
    tb_str id;    /* of files and of tables in a database: "forms", "department-goals.projects" */
    tb_str title; /* for people */
    const tb_definition *definition; /* that made it, or NULL; of several versions one */
    bool of_forms; /* its first TB_SUM_LEAD columns say of which form a row is: unit, year, file */
    size_t column_count;
    const tb_sum_column *columns;
} tb_sum_table;

typedef struct tb_sum_cell {
    tb_sum_kind kind;
    tb_str text;     /* borrowed */
    bool has_source; /* it was taken from a cell of the form, */
    tb_address at;   /* namely this one */
} tb_sum_cell;

#define TB_SUM_LEAD 3

/* Tables that do not depend on a definition, in the order in which they are shown; those of the
 * definitions stand behind TOTALS. */
typedef enum tb_sum_fixed_table {
    TB_SUM_FORMS,
    TB_SUM_TOTALS,
    TB_SUM_FINDINGS,
    TB_SUM_EXPLANATIONS,
    TB_SUM_LEFT_OUT,
    TB_SUM_FIXED_TABLES
} tb_sum_fixed_table;

#endif
