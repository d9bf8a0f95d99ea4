/*
 * Rows of the findings and explanations of a form. Used inside src/sum only.
 */
#ifndef TB_SUM_EXTRACT_FINDINGS_H
#define TB_SUM_EXTRACT_FINDINGS_H

#include "base/buffer.h"
#include "rule/check.h"

void tb_extract_findings(tb_buffer *sheaf, const tb_result *result, bool places);

#endif
