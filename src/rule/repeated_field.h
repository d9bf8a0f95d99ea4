/*
 * The named check `repeated_field`: a field that stands on every page says the same everywhere,
 * compared as SAMETEXT does. Points at the first place that differs; the first place and the others
 * that differ are shown beside it. The rule's `at` names the field. Its message may say {first} and
 * {other}.
 */
#ifndef TB_RULE_REPEATED_FIELD_H
#define TB_RULE_REPEATED_FIELD_H

#include "rule/run.h"

extern const char *const tb_repeated_field_placeholders[];
tb_status tb_repeated_field_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error);

#endif
