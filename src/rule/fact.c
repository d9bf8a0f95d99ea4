/*
 * A fact is 0 as long as it is not known, else its result and 1.
 */
#include "rule/fact.h"

#include "form/dictionary.h"

static const tb_item *item_of(tb_binding *binding, const tb_subject *subject,
                              const tb_record *record)
{
    const tb_item *item = record->items[subject->field->slot];
    binding->record = record;
    return subject->paired ? tb_binding_find_paired(binding, item) : item;
}

bool tb_fact_column_make(tb_fact_column *column, const tb_subject *subject, tb_binding *binding,
                         const tb_record *const *records, size_t record_count)
{
    tb_dictionary *dictionary = binding->form->dictionary;
    *column = (tb_fact_column){.is_made = true};
    if (dictionary == NULL)
        return true;
    column->facts = tb_arena_room(binding->arena, record_count * sizeof *column->facts);
    for (size_t i = 0; i < record_count && column->facts != NULL; i++) {
        const tb_item *item = item_of(binding, subject, records[i]);
        if (item == NULL || item->content == NULL)
            continue;
        column->facts[i] =
            tb_dictionary_facts(dictionary, item->content, subject, subject->fact_count);
        column->kept |= (tb_record_set)(column->facts[i] != NULL) << i;
    }
    return column->facts != NULL;
}

tb_record_set tb_fact_column_recall(const tb_fact_column *column, size_t fact, tb_record_set wanted,
                                    tb_record_set sets[TB_RESULT_COUNT])
{
    tb_record_set by_fact[1 + TB_RESULT_COUNT] = {wanted & ~column->kept};
    for (tb_record_set left = wanted & column->kept; left != 0; left &= left - 1)
        by_fact[column->facts[__builtin_ctzll(left)][fact]] |= left & -left;
    for (size_t i = 0; i < TB_RESULT_COUNT; i++)
        sets[i] |= by_fact[1 + i];
    return by_fact[0];
}

void tb_fact_column_note(const tb_fact_column *column, size_t fact,
                         const tb_record_set sets[TB_RESULT_COUNT])
{
    for (size_t i = 0; i < TB_RESULT_COUNT; i++)
        for (tb_record_set left = sets[i] & column->kept; left != 0; left &= left - 1)
            column->facts[__builtin_ctzll(left)][fact] = (uint8_t)(1 + i);
}
