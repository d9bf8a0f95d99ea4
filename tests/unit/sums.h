/*
 * A small form of sums (tests/check/sums/form.json), filled in by a test and checked: 甲, 乙, 丙,
 * 总计 and 账面数 stand in B2 to B6.
 */
#ifndef TB_UNIT_SUMS_H
#define TB_UNIT_SUMS_H

#include "rule/check.h"

#define SUMS_FIELDS 5

/* Loads the definition; ends the test program when it is wrong. */
void sums_begin(const char *definition);
void sums_end(void);
/* Checks a form with these values: numbers, other texts, or NULL for a blank cell. Borrowed until
 * the next call. */
const tb_result *sums_check(const char *const values[SUMS_FIELDS]);
/* The first finding that follows from no other one, or NULL. */
const tb_finding *sums_root(const tb_result *result);

#endif
