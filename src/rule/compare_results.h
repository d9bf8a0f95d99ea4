/*
 * Whether two results say the same: of an open document and of the file that was made of it.
 */
#ifndef TB_RULE_COMPARE_RESULTS_H
#define TB_RULE_COMPARE_RESULTS_H

#include "rule/check.h"

/* The same form, and findings that are the same to whoever reads them: rule, place, message, what
 * is there and should be, explanation. */
bool tb_result_equal(const tb_result *a, const tb_result *b);

#endif
