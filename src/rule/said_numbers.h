/*
 * Two named checks about the numbers that a goal's sentence says (完成2006栋自建房鉴定):
 *
 * `said_numbers`: each must occur in the rows below the goal, as a value, or in a name. The message
 * may say {numbers}.
 * `swapped_numbers`: none is a value of the goal or of its partner with the digits in another
 * order. The message may say {said} and {other}.
 *
 * Parameters of both: rows (the table below the goal), name and value (its columns), units (what is
 * counted, words between bars; numbers with another unit or none are passed over); and
 * minimum_digits of the second: shorter numbers are alike by chance. The rule's `at` is the
 * sentence.
 */
#ifndef TB_RULE_SAID_NUMBERS_H
#define TB_RULE_SAID_NUMBERS_H

#include "rule/run.h"

extern const char *const tb_said_numbers_placeholders[];
extern const char *const tb_swapped_numbers_placeholders[];
tb_status tb_said_numbers_prepare(tb_arena *arena, const tb_rulebook *book, const tb_rule *rule,
                                  const void **ret_prepared, tb_error *error);
tb_status tb_said_numbers_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error);
tb_status tb_swapped_numbers_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error);

#endif
