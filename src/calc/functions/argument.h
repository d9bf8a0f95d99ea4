/*
 * What Calc passes to a function, as values of ours. A number is a double of which 15 digits count;
 * in a range a blank cell is an empty text.
 */
#ifndef TB_CALC_FUNCTIONS_ARGUMENT_H
#define TB_CALC_FUNCTIONS_ARGUMENT_H

#include "base/message.h"
#include "calc/uno/value.h"
#include "rule/value.h"

/* All numbers of a list of values and ranges, in the arena; texts and blanks are passed over. */
typedef struct tb_numbers {
    size_t count;
    tb_decimal *list;
} tb_numbers;

/* The cells of a range, row by row, in the arena. */
typedef struct tb_cells {
    sal_Int32 rows, columns;
    size_t count;
    tb_value *list; /* blank, numbers, texts */
} tb_cells;

/* They set the error of a wrong argument, which Calc shows as Err:502. */
tb_status tb_argument_number(double given, tb_decimal *ret, tb_error *error);
tb_status tb_argument_numbers(tb_arena *arena, const uno_Sequence *given, tb_numbers *ret,
                              tb_error *error);
tb_status tb_argument_cells(tb_arena *arena, const uno_Sequence *given, tb_cells *ret,
                            tb_error *error);
/* A number, a text, or blank; not a range. */
tb_status tb_argument_value(tb_arena *arena, const uno_Any *given, tb_value *ret, tb_error *error);
/* A word of a list, which ends with NULLs; *ret is its place. */
typedef struct tb_word {
    const char *zh, *en;
} tb_word;
tb_status tb_argument_word(tb_arena *arena, tb_str given, const tb_word *words, size_t *ret,
                           tb_language *ret_language, tb_error *error);

tb_status tb_argument_wrong(tb_error *error);

#endif
