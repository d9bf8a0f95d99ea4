/*
 * What the reports for people have in common: words for severities, outcomes and bases, and cells.
 * Used inside src/report only.
 */
#ifndef TB_REPORT_TERMS_H
#define TB_REPORT_TERMS_H

#include "rule/check.h"

/* How many of a finding's related cells a report for people names. */
#define TB_REPORT_MAX_RELATED 8

tb_str tb_report__text(tb_message message, tb_language language);
tb_str tb_report__severity(tb_severity severity, tb_language language);
tb_str tb_report__outcome(tb_outcome outcome, tb_language language);
/* 已说明, 说明已失效 …; the empty text where there is no explanation. */
tb_str tb_report__explained(tb_explanation_state state, tb_language language);
/* The same with the reason, who gave it and when. */
void tb_report__explanation(tb_buffer *out, const tb_finding *finding, tb_language language);
tb_str tb_report__basis(tb_basis_kind basis, tb_language language);
/* Who filed the form (tb_definition.filer), or the empty text. */
tb_str tb_report__filer(const tb_result *result);

tb_str tb_report__sheet(const tb_result *result, tb_address at);
/* H12, with its sheet 申报表!H12. */
void tb_report__cell(tb_buffer *out, const tb_result *result, tb_address at, bool with_sheet);

#endif
