/*
 * Two named checks about the workbook as a whole:
 *
 * `hidden_rows`: no hidden row of a visible sheet has content. One finding for rows that follow one
 * another; its message may say {first} and {last}, their numbers.
 * `external_links`: nothing is taken from other files. Points at the first formula that does so,
 * else at the beginning of the form; the message may say {formula}.
 */
#ifndef TB_RULE_WORKBOOK_TRACES_H
#define TB_RULE_WORKBOOK_TRACES_H

#include "rule/run.h"

extern const char *const tb_hidden_rows_placeholders[];
extern const char *const tb_external_links_placeholders[];
tb_status tb_hidden_rows_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error);
tb_status tb_external_links_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error);

#endif
