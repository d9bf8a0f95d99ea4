/*
 * Calculations of operands: operators, IF and its like, and calls of several operands or of arrays.
 * What they mean is the evaluator's; here their operands' values lie ready in columns. An array is
 * calculated once for all the records that it is the same for, and is not kept for longer.
 */
#ifndef TB_RULE_CALCULATION_H
#define TB_RULE_CALCULATION_H

#include "rule/column.h"

/* What a calculated array was last, in memory that serves again for the next. */
typedef struct tb_held_array {
    const tb_record *above; /* the record that it is the same below; NULL: nothing is held */
    tb_value value;
    size_t capacity, text_capacity;
    tb_value *elements;
    char *texts;
} tb_held_array;

/* Adds the operands of the calculation to the columns; false when memory ran out. */
bool tb_calculation_prepare(tb_columns *columns, const tb_operand *operand, tb_record_set wanted);

/* Its value for a record (bit) of the columns, or #LIMIT! where it is better left to evaluating. It
 * may lie in the scratch arena. */
tb_value tb_calculation_run(tb_columns *columns, const tb_operand *operand, size_t record);

#endif
