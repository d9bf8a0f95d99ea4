/*
 * The sentences of a finding, in one language: its message, and what probably happened.
 */
#ifndef TB_RULE_WORDING_H
#define TB_RULE_WORDING_H

#include "rule/run.h"

void tb_wording_message(tb_buffer *out, tb_run *run, const tb_failure *failure);
/* Nothing is appended when no slip is known. */
void tb_wording_hint(tb_buffer *out, const tb_run *run, const tb_failure *failure);

#endif
