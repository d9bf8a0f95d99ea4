/*
 * An array that several records have in common is copied out of the scratch arena into room of its
 * own; one of a single record stays there, since only the calculation that it is part of asks for
 * it.
 */
#include "rule/calculation.h"

#include <string.h>

#include "rule/calling.h"

static const tb_value *find_argument(tb_columns *self, size_t index, size_t record);

bool tb_calculation_prepare(tb_columns *columns, const tb_operand *operand, tb_record_set wanted)
{
    for (size_t i = 0; i < operand->argument_count; i++) {
        size_t index = operand->arguments[i];
        const tb_operand *argument = &columns->set->operands.list[index];
        bool ready = argument->kind == TB_OPERAND_CONSTANT;
        if (tb_operand_makes_arrays(argument))
            ready = tb_calculation_prepare(columns, argument, wanted);
        else if (!ready)
            ready = tb_columns__fill(columns, index, wanted) != NULL;
        if (!ready)
            return false;
    }
    return true;
}

/* ---- one value ---- */

static tb_value call(tb_columns *self, const tb_operand *operand, size_t record,
                     const tb_value *const *values, tb_work *work)
{
    tb_value arguments[TB_OPERAND_MAX_ARGUMENTS];
    tb_call made = {&self->binding->environment, operand->argument_count, arguments,
                    operand->call->prepared};
    for (size_t i = 0; i < operand->argument_count; i++)
        tb_value_put(&arguments[i], values[i]);
    self->binding->record = self->records[record];
    return tb_call_run(work, operand->call->function, &made);
}

/* IF(values[0]; values[1]; values[2]) */
static tb_value choose(const tb_value *const *values)
{
    bool truth;
    tb_value_error error;
    if (!tb_value_to_boolean(values[0], &truth, &error))
        return tb_value_of_error(error);
    return *values[truth ? 1 : 2];
}

/* IFERROR and IFNA */
static tb_value replace_error(tb_opcode op, const tb_value *const *values)
{
    bool replaced = values[0]->type == TB_VALUE_ERROR &&
                    (op == TB_OP_UNLESS_ERROR || values[0]->as.error == TB_VALUE_ERROR_NA);
    return *values[replaced];
}

static tb_value calculate(tb_columns *self, const tb_operand *operand, size_t record,
                          const tb_value *const *values, tb_work *work)
{
    switch (operand->op) {
    case TB_OP_CALL:
        return call(self, operand, record, values, work);
    case TB_OP_BRANCH:
        return choose(values);
    case TB_OP_UNLESS_ERROR:
    case TB_OP_UNLESS_NA:
        return replace_error(operand->op, values);
    case TB_OP_NEGATE:
    case TB_OP_PERCENT:
        return tb_operator_change_sign(work, operand->op, values[0]);
    default:
        return tb_operator_apply(work, operand->op, values[0], values[1]);
    }
}

/* #LIMIT! must not hide in an array, which functions might pass over. */
static bool is_spoiled(const tb_operand *operand, const tb_value *value)
{
    if (value->type != TB_VALUE_ARRAY)
        return false;
    if (!operand->is_array)
        return true;
    for (size_t i = 0; i < value->as.array.count; i++)
        if (tb_value_is_limit(&value->as.array.values[i]))
            return true;
    return false;
}

tb_value tb_calculation_run(tb_columns *columns, const tb_operand *operand, size_t record)
{
    const tb_value *values[TB_OPERAND_MAX_ARGUMENTS];
    tb_work work = {columns->binding->environment.scratch, 0};
    for (size_t i = 0; i < operand->argument_count; i++) {
        values[i] = find_argument(columns, operand->arguments[i], record);
        if (tb_value_is_limit(values[i]))
            return *values[i];
    }
    tb_value result = calculate(columns, operand, record, values, &work);
    return work.steps > tb_operand_max_steps(&columns->set->operands) ||
                   is_spoiled(operand, &result)
               ? tb_value_of_error(TB_VALUE_ERROR_LIMIT)
               : result;
}

/* ---- arrays that are held ---- */

/* Room for so many elements and so many bytes of texts. */
static bool reserve(tb_arena *arena, tb_held_array *held, size_t count, size_t text_size)
{
    if (held->elements == NULL || count > held->capacity) {
        held->elements = tb_arena_room(arena, (2 * count + 1) * sizeof *held->elements);
        held->capacity = 2 * count;
    }
    if (held->texts == NULL || text_size > held->text_capacity) {
        held->texts = tb_arena_room(arena, 2 * text_size + 1);
        held->text_capacity = 2 * text_size;
    }
    return held->elements != NULL && held->texts != NULL;
}

static bool copy_array(tb_arena *arena, tb_held_array *held, const tb_value *array,
                       size_t max_steps)
{
    size_t count = array->as.array.count, text_size = 0, used = 0;
    const tb_value *values = array->as.array.values;
    for (size_t i = 0; i < count; i++)
        text_size += values[i].type == TB_VALUE_TEXT ? values[i].as.text.size : 0;
    if (text_size / TB_TEXT_STEP > max_steps || !reserve(arena, held, count, text_size))
        return false;
    for (size_t i = 0; i < count; i++) {
        tb_value *element = &held->elements[i];
        tb_value_put(element, &values[i]);
        if (element->type != TB_VALUE_TEXT || element->as.text.size == 0)
            continue;
        memcpy(held->texts + used, element->as.text.data, element->as.text.size);
        element->as.text.data = held->texts + used;
        used += element->as.text.size;
    }
    held->value = tb_value_of_array(count, held->elements);
    return true;
}

static const tb_value *find_array(tb_columns *self, const tb_operand *operand, size_t record)
{
    tb_held_array *held = &self->held[operand->array];
    const tb_record *above = tb_columns__above(self, operand, record);
    if (held->above == above)
        return &held->value;
    held->value = tb_calculation_run(self, operand, record);
    held->above = operand->levels > 0 ? above : NULL;
    if (held->value.type == TB_VALUE_ARRAY && operand->levels > 0) {
        tb_value array = held->value;
        if (!copy_array(self->binding->arena, held, &array,
                        tb_operand_max_steps(&self->set->operands)))
            held->value = tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    }
    return &held->value;
}

static const tb_value *find_argument(tb_columns *self, size_t index, size_t record)
{
    const tb_operand *operand = &self->set->operands.list[index];
    if (operand->kind == TB_OPERAND_CONSTANT)
        return operand->constant;
    if (tb_operand_makes_arrays(operand))
        return find_array(self, operand, record);
    return &self->values[index].values[record];
}
