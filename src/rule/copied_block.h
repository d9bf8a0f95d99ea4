/*
 * The named check `copied_block`: two blocks with different rows and nearly the same column of
 * values, so that one was copied from the other and not changed. Which one, and whether that is
 * certain, is told by units and kinds that do not fit: against the same row in the paired block,
 * and against what a row's name demands.
 *
 * Parameters: rows (the table below the block), name and value (its columns), minimum_rows,
 * minimum_equal and maximum_same_names (shares of the rows); rate_endings, not_rates and
 * condition_verbs (words between bars). Its message may say {other} and {same}.
 */
#ifndef TB_RULE_COPIED_BLOCK_H
#define TB_RULE_COPIED_BLOCK_H

#include "rule/run.h"

extern const char *const tb_copied_block_placeholders[];
tb_status tb_copied_block_prepare(tb_arena *arena, const tb_rulebook *book, const tb_rule *rule,
                                  const void **ret_prepared, tb_error *error);
tb_status tb_copied_block_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error);

#endif
