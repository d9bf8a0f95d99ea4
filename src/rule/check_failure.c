/*
 * Failures of named checks.
 */
#include "rule/check_failure.h"

#include "base/sha256.h"

const tb_item *tb_check_failure_item(tb_run *run, const tb_compiled_rule *rule,
                                     const tb_record *record)
{
    run->binding.record = record;
    return rule->has_at ? tb_binding_find_item(&run->binding, &rule->at) : NULL;
}

tb_status tb_check_failure_add(tb_run *run, const tb_compiled_rule *rule, const tb_record *record,
                               const tb_item *item, tb_failure **ret_failure, tb_error *error)
{
    tb_failure *failure = tb_run_add_failure(run);
    *ret_failure = failure;
    if (failure == NULL)
        return run->full ? TB_OK : tb_error_memory(error);
    failure->rule = rule;
    failure->record = record;
    failure->severity = rule->rule->severity;
    failure->item = item;
    failure->at = item != NULL ? item->at : record->at;
    return TB_OK;
}

void tb_check_failure_say(tb_run *run, tb_failure *failure, size_t placeholder, tb_buffer *text)
{
    failure->extras[placeholder] = tb_arena_dup(run->arena, tb_buffer_get(text));
    run->binding.no_memory |= text->failed || failure->extras[placeholder].data == NULL;
    tb_buffer_done(text);
}

void tb_check_failure_see(tb_run *run, tb_failure *failure, tb_buffer *seen)
{
    unsigned char hash[TB_SHA256_SIZE];
    tb_sha256(tb_buffer_get(seen), hash);
    failure->seen = tb_arena_dup(run->arena, (tb_str){(const char *)hash, sizeof hash});
    run->binding.no_memory |= seen->failed || failure->seen.data == NULL;
    tb_buffer_done(seen);
}

tb_status tb_check_failure_status(const tb_run *run, tb_error *error)
{
    return run->binding.no_memory ? tb_error_memory(error) : TB_OK;
}
