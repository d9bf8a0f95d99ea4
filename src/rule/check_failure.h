/*
 * Failures that named checks add: at a field of a record, with texts for the message's further
 * placeholders.
 */
#ifndef TB_RULE_CHECK_FAILURE_H
#define TB_RULE_CHECK_FAILURE_H

#include "base/buffer.h"
#include "rule/run.h"

/* The item of the record that the rule points at (`at`), or NULL. */
const tb_item *tb_check_failure_item(tb_run *run, const tb_compiled_rule *rule,
                                     const tb_record *record);

/* A new failure of the rule at `item`, or where the record stands when that is NULL. *ret_failure
 * is NULL when there are too many (run->full). */
tb_status tb_check_failure_add(tb_run *run, const tb_compiled_rule *rule, const tb_record *record,
                               const tb_item *item, tb_failure **ret_failure, tb_error *error);

/* Takes over the buffer's text as that of a placeholder. A lack of memory is noted in the binding.
 */
void tb_check_failure_say(tb_run *run, tb_failure *failure, size_t placeholder, tb_buffer *text);

/* Keeps what was seen that no field holds, as a hash: an explanation of the failure is good for
 * that alone. Empties the buffer. */
void tb_check_failure_see(tb_run *run, tb_failure *failure, tb_buffer *seen);

/* TB_OK, or what is to be returned for lack of memory. */
tb_status tb_check_failure_status(const tb_run *run, tb_error *error);

#endif
