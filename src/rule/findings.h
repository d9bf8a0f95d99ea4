/*
 * Makes findings of the failures of a run: sorted, numbered, with their texts. Behind them stand
 * notices of explanations that have no finding any more.
 */
#ifndef TB_RULE_FINDINGS_H
#define TB_RULE_FINDINGS_H

#include "rule/run.h"

/* *ret_findings lies in the run's arena. Followers come right after their cause. */
tb_status tb_findings_make(tb_run *run, const tb_explanations *explanations,
                           const tb_finding **ret_findings, size_t *ret_count,
                           tb_counts *ret_counts, tb_error *error);

#endif
