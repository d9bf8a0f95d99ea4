/*
 * What is known of a content is fetched once for a column of records, and serves all its tests and
 * rules.
 */
#include "rule/fact.h"

#include "form/dictionary.h"

/* What is kept with the content that the record has in a part of the subject; NULL: nothing. */
static tb_content *find_content(tb_binding *binding, const tb_subject_part *part,
                                const tb_record *record)
{
    const tb_item *item = record->items[part->field->slot];
    binding->record = record;
    if (part->paired)
        item = tb_binding_find_paired(binding, item);
    return item != NULL ? item->content : NULL;
}

/* NULL: there are none, or no room for them. */
static tb_facts *find_facts(tb_binding *binding, const tb_subject *subject, const tb_record *record)
{
    tb_dictionary *dictionary = binding->form->dictionary;
    size_t size = sizeof(tb_facts) + subject->fact_count;
    tb_content *first = find_content(binding, &subject->parts[0], record);
    if (first == NULL)
        return NULL;
    if (subject->part_count == 1)
        return tb_dictionary_facts(dictionary, first, subject, size);
    tb_content *second = find_content(binding, &subject->parts[1], record);
    if (second == NULL)
        return NULL;
    return tb_dictionary_pair_facts(dictionary, first, second, subject, size);
}

/* Adds the record to the sets of the rules that it was not cleared for. */
static void open_rules(tb_fact_column *self, uint64_t rules, tb_record_set record)
{
    for (uint64_t left = rules; left != 0; left &= left - 1)
        self->open[__builtin_ctzll(left)] |= record;
}

bool tb_fact_column_make(tb_fact_column *column, const tb_subject *subject, tb_binding *binding,
                         const tb_record *const *records, size_t record_count)
{
    size_t rules = subject->rule_count;
    uint64_t all = rules > 0 ? UINT64_MAX >> (TB_SUBJECT_MAX_RULES - rules) : 0;
    tb_fact_column made = {.is_made = true};
    made.facts = tb_arena_room(binding->arena, record_count * sizeof *made.facts);
    made.open = tb_arena_array(binding->arena, rules + 1, sizeof *made.open);
    if (made.facts == NULL || made.open == NULL)
        return false;
    if (binding->form->dictionary == NULL)
        record_count = 0;
    for (size_t i = 0; i < record_count; i++) {
        tb_facts *facts = find_facts(binding, subject, records[i]);
        made.facts[i] = facts;
        if (facts == NULL)
            continue;
        made.kept |= (tb_record_set)1 << i;
        open_rules(&made, all & ~facts->cleared, (tb_record_set)1 << i);
    }
    *column = made;
    return true;
}

tb_record_set tb_fact_column_recall(const tb_fact_column *column, size_t fact, tb_record_set wanted,
                                    tb_record_set sets[TB_RESULT_COUNT])
{
    tb_record_set by_fact[1 + TB_RESULT_COUNT] = {wanted & ~column->kept};
    for (tb_record_set left = wanted & column->kept; left != 0; left &= left - 1)
        by_fact[column->facts[__builtin_ctzll(left)]->results[fact]] |= left & -left;
    for (size_t i = 0; i < TB_RESULT_COUNT; i++)
        sets[i] |= by_fact[1 + i];
    return by_fact[0];
}

void tb_fact_column_note(const tb_fact_column *column, size_t fact,
                         const tb_record_set sets[TB_RESULT_COUNT])
{
    for (size_t i = 0; i < TB_RESULT_COUNT; i++)
        for (tb_record_set left = sets[i] & column->kept; left != 0; left &= left - 1)
            column->facts[__builtin_ctzll(left)]->results[fact] = (uint8_t)(1 + i);
}

void tb_fact_column_clear(const tb_fact_column *column, size_t rule, tb_record_set records)
{
    for (records &= column->kept; records != 0; records &= records - 1)
        column->facts[__builtin_ctzll(records)]->cleared |= (uint64_t)1 << rule;
}
