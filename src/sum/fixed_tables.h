/*
 * Tables that every aggregation has, and the columns of the amounts. Used inside src/sum only.
 */
#ifndef TB_SUM_FIXED_TABLES_H
#define TB_SUM_FIXED_TABLES_H

#include "base/message.h"
#include "sum/table.h"

typedef struct tb_fixed_column {
    const char *id; /* NULL behind the last one */
    tb_message heading;
    tb_sum_kind kind;
} tb_fixed_column;

typedef struct tb_fixed_table {
    const char *id;
    tb_message title;
    bool of_forms;
    const tb_fixed_column *columns; /* behind the lead */
} tb_fixed_table;

extern const tb_fixed_table tb_fixed_tables[TB_SUM_FIXED_TABLES];
extern const tb_fixed_column tb_amounts_columns[];

#endif
