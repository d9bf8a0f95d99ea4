/*
 * Compares the places that the search for labels found beyond the first one.
 */
#include "rule/repeated_field.h"

#include "base/limits.h"
#include "rule/check_failure.h"
#include "rule/display.h"

const char *const tb_repeated_field_placeholders[] = {"first", "other", NULL};

static bool differs(tb_run *run, const tb_item *first, const tb_item *other)
{
    return other->field == first->field && other->state == TB_ITEM_VALID &&
           !tb_str_equal(tb_text_sentence_key(run->scratch, first->text),
                         tb_text_sentence_key(run->scratch, other->text));
}

static void say_item(tb_run *run, tb_failure *failure, size_t placeholder, const tb_item *item)
{
    tb_buffer text;
    tb_buffer_init(&text, 2 * TB_MAX_TEXT_SIZE);
    tb_display_item(&text, item);
    tb_check_failure_say(run, failure, placeholder, &text);
}

static void note_read(tb_run *run, tb_failure *failure, const tb_item *item)
{
    run->binding.reads = &failure->reads;
    tb_binding_read(&run->binding, item);
    run->binding.reads = NULL;
}

static tb_status report(tb_run *run, const tb_compiled_rule *rule, const tb_item *first,
                        const tb_item *other, tb_failure **ret_failure, tb_error *error)
{
    tb_status status = tb_check_failure_add(run, rule, run->form->root, other, ret_failure, error);
    if (*ret_failure == NULL)
        return status;
    say_item(run, *ret_failure, 0, first);
    say_item(run, *ret_failure, 1, other);
    note_read(run, *ret_failure, first);
    note_read(run, *ret_failure, other);
    run->binding.no_memory |= !tb_failure_relate(run, *ret_failure, first);
    return tb_check_failure_status(run, error);
}

tb_status tb_repeated_field_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error)
{
    const tb_item *first = tb_check_failure_item(run, rule, run->form->root);
    tb_failure *failure = NULL;
    tb_status status = TB_OK;
    if (first == NULL || first->state != TB_ITEM_VALID)
        return TB_OK;
    for (size_t i = 0; i < run->form->repeated_count && status == TB_OK && !run->full; i++) {
        const tb_item *other = run->form->repeated[i];
        if (!differs(run, first, other))
            continue;
        if (failure == NULL) {
            status = report(run, rule, first, other, &failure, error);
            continue;
        }
        note_read(run, failure, other);
        if (!tb_failure_relate(run, failure, other))
            status = tb_error_memory(error);
    }
    tb_arena_reset(run->scratch);
    return status;
}
