/*
 * Counting and adding up the cells of a range by a key. Two values are one key when they read the
 * same as text: width, blanks and letters' case do not matter, and 5 is "5" but not "05".
 *
 * Values are blank, numbers or texts. Only numbers are added; texts and blanks are passed over.
 */
#ifndef TB_RULE_TALLY_H
#define TB_RULE_TALLY_H

#include "rule/value.h"

/* The sum of values[i] over all i whose keys[i] is `key`. False: overflow, or no memory. */
bool tb_tally_sum_by(const tb_value *keys, const tb_value *values, size_t count,
                     const tb_value *key, struct tb_arena *scratch, tb_decimal *ret_sum);
/* How many keys[i] are `key`. */
bool tb_tally_count_by(const tb_value *keys, size_t count, const tb_value *key,
                       struct tb_arena *scratch, size_t *ret_count);
/* How many different keys there are, blanks and empty texts not counted. */
bool tb_tally_distinct(const tb_value *values, size_t count, struct tb_arena *scratch,
                       size_t *ret_count);
/* How many cells hold something that is neither blank nor a filler (form/filler.h). */
size_t tb_tally_filled(const tb_value *values, size_t count);

#endif
