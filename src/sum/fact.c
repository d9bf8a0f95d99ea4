/*
 * One look at each record that some rule compares.
 */
#include "sum/fact.h"

#include "base/limits.h"
#include "form/dictionary.h"
#include "rule/place.h"

/* The key of a text without its final marks, as a hash; false: no memory. */
static bool hash_text(tb_str text, uint64_t *ret)
{
    tb_arena scratch;
    tb_arena_init(&scratch, TB_MAX_TEXT_SIZE * 8);
    tb_str key = tb_text_key(&scratch, text);
    *ret = tb_str_hash(tb_text_without_final_marks(key), 0);
    bool ok = key.data != NULL || text.size == 0;
    tb_arena_done(&scratch);
    return ok;
}

static bool hash_item(const tb_form *form, const tb_item *item, uint64_t *ret)
{
    tb_str key = {0};
    if (item->content != NULL)
        key = tb_dictionary_key(form->dictionary, item->content);
    if (key.data != NULL) {
        *ret = tb_str_hash(tb_text_without_final_marks(key), 0);
        return true;
    }
    return hash_text(item->text, ret);
}

static bool has_text(const tb_item *item)
{
    return item->state == TB_ITEM_VALID || item->state == TB_ITEM_INVALID;
}

/* A number in the unit without its multiple: 80 of 80万元 is 800000 元. */
static double base_number(const tb_indicator *indicator)
{
    tb_decimal number = indicator->number;
    (void)tb_decimal_multiply(number, tb_decimal_of(indicator->factor), &number);
    return tb_decimal_to_double(number);
}

/* Whether the record has what the rule compares; then the rest of the fact is filled in. */
static bool fill(const tb_across_rule *rule, const tb_across_entry *entry, const tb_form *form,
                 const tb_record *record, tb_fact *fact, bool *ok)
{
    const tb_item *item = record->items[rule->at->slot];
    const tb_item *by = rule->by != NULL ? record->items[rule->by->slot] : item;
    fact->at = item->at;
    switch (rule->comparison) {
    case TB_COMPARE_UNIQUE:
        return true;
    case TB_COMPARE_SAME_TEXT:
        if (!has_text(item) ||
            tb_text_length(tb_text_without_final_marks(item->text)) < entry->minimum_length)
            return false;
        break;
    case TB_COMPARE_OUTLIER:
    case TB_COMPARE_OTHER_UNIT:
        if (item->indicator == NULL || item->indicator->kind != TB_INDICATOR_COMPARISON ||
            !has_text(by))
            return false;
        fact->number = base_number(item->indicator);
        *ok = hash_text(item->indicator->base_unit, &fact->measure);
        break;
    }
    *ok = *ok && hash_item(form, by, &fact->key);
    return *ok;
}

bool tb_fact_extract(tb_buffer *out, const tb_outline *outline, const tb_definition_plan *plan,
                     const tb_form *form, const tb_record *record, size_t row)
{
    bool ok = true;
    for (size_t i = 0; i < plan->definition->across_count && ok; i++) {
        const tb_across_entry *entry = &outline->across[plan->across[i]];
        const tb_across_rule *rule = &plan->definition->across[i];
        if (rule->scope != record->scope || entry->shares != plan->across[i])
            continue;
        tb_fact fact = {.row = (uint32_t)row,
                        .block = record->parent != NULL ? (uint32_t)record->parent->index : 0,
                        .record = (uint32_t)record->index,
                        .rule = (uint32_t)entry->shares};
        if (fill(rule, entry, form, record, &fact, &ok))
            tb_buffer_append(out, &fact, sizeof fact);
    }
    return ok;
}
