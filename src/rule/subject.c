/*
 * The parts of a subject are put in order, so that it does not matter which is asked for first.
 */
#include "rule/subject.h"

#include "form/dictionary.h"
#include "rule/form_call.h"
#include "rule/operand.h"

/* What an instruction asks for; false: for more than the content of one field of the record. A
 * field of NULL: for nothing. */
static bool read_part(const tb_expression *expression, const tb_instruction *at,
                      tb_subject_part *ret)
{
    bool is_call = at->op == TB_OP_CALL || at->op == TB_OP_CALL_NAME;
    const tb_function *function = is_call ? expression->calls[at->a].function : NULL;
    bool looks = is_call && (function->flags & TB_FUNCTION_LOOKS_AROUND) != 0;
    *ret = (tb_subject_part){0};
    if (at->op != TB_OP_REFERENCE && at->op != TB_OP_CALL_NAME)
        return !looks;
    const tb_reference *name = &expression->references[at->op == TB_OP_REFERENCE ? at->a : at->b];
    ret->paired = is_call && function->call == tb_form__paired;
    if (name->constant == NULL)
        ret->field = tb_reference_field(name);
    return (!looks || ret->paired) &&
           (ret->field == NULL ||
            (tb_reference_is_field(name) && name->levels == 0 && tb_field_may_recur(ret->field)));
}

static bool same_part(const tb_subject_part *a, const tb_subject_part *b)
{
    return a->field == b->field && a->paired == b->paired;
}

static bool comes_before(const tb_subject_part *a, const tb_subject_part *b)
{
    return a->field->slot != b->field->slot ? a->field->slot < b->field->slot
                                            : a->paired < b->paired;
}

/* False where there are too many parts. */
static bool add_part(tb_subject *subject, const tb_subject_part *part)
{
    size_t place = 0;
    for (; place < subject->part_count && !comes_before(part, &subject->parts[place]); place++)
        if (same_part(&subject->parts[place], part))
            return true;
    if (subject->part_count == TB_SUBJECT_PARTS)
        return false;
    for (size_t i = subject->part_count++; i > place; i--)
        subject->parts[i] = subject->parts[i - 1];
    subject->parts[place] = *part;
    return true;
}

bool tb_subject_read(tb_subject *subject, const tb_expression *expression, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        tb_subject_part part;
        if (!read_part(expression, &expression->instructions[i], &part) ||
            (part.field != NULL && !add_part(subject, &part)))
            return false;
    }
    return true;
}

static bool same_subject(const tb_subject *a, const tb_subject *b)
{
    bool same = a->part_count == b->part_count;
    for (size_t i = 0; i < a->part_count && same; i++)
        same = same_part(&a->parts[i], &b->parts[i]);
    return same;
}

size_t tb_subject_set_find(const tb_subject_set *set, const tb_subject *subject)
{
    for (size_t i = 0; i < set->count; i++)
        if (same_subject(&set->list[i], subject))
            return i;
    return TB_NO_SUBJECT;
}

bool tb_subject_set_add(tb_subject_set *set, tb_arena *arena, const tb_subject *subject,
                        size_t *ret_place)
{
    *ret_place = tb_subject_set_find(set, subject);
    if (*ret_place != TB_NO_SUBJECT)
        return true;
    *ret_place = set->count;
    if (!tb_list_reserve(arena, &set->list, set->count, &set->capacity, sizeof *subject))
        return false;
    set->list[set->count++] = *subject;
    return true;
}
