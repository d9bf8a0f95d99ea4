/*
 * The instructions of a formula stand in the order in which they run, so that reading them goes
 * as running does, with operands on the stack instead of values.
 */
#include "rule/operand.h"

#include <string.h>

#include "rule/binding.h"

/* ---- equality ---- */

static bool same_text(tb_str a, tb_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Constants are numbers, texts, truths and the blank that gates begin with. */
bool tb_constant_same(const tb_value *a, const tb_value *b)
{
    if (a == b || a == NULL || b == NULL || a->type != b->type)
        return a == b;
    switch (a->type) {
    case TB_VALUE_NUMBER:
        return a->as.number.coefficient == b->as.number.coefficient &&
               a->as.number.scale == b->as.number.scale;
    case TB_VALUE_TEXT:
        return same_text(a->as.text, b->as.text);
    case TB_VALUE_BOOLEAN:
        return a->as.boolean == b->as.boolean;
    default:
        return a->type == TB_VALUE_BLANK;
    }
}

/* What a call has prepared follows from its arguments, which are compared themselves. */
bool tb_compiled_call_same(const tb_compiled_call *a, const tb_compiled_call *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a->function == b->function && a->argument_count == b->argument_count;
}

static bool same_reference(const tb_reference *a, const tb_reference *b)
{
    return a == NULL || b == NULL ? a == b : tb_reference_equal(a, b);
}

static bool same_operand(const tb_operand *a, const tb_operand *b)
{
    return a->kind == b->kind && a->op == b->op && a->argument_count == b->argument_count &&
           (a->argument_count == 0 ||
            memcmp(a->arguments, b->arguments, a->argument_count * sizeof *a->arguments) == 0) &&
           tb_compiled_call_same(a->call, b->call) && same_reference(a->reference, b->reference) &&
           tb_constant_same(a->constant, b->constant);
}

/* ---- the set ---- */

bool tb_list_reserve(tb_arena *arena, void *list, size_t count, size_t *capacity, size_t size)
{
    void **items = list;
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *grown = tb_arena_grow(arena, *items, count, wanted, size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

/* Adds the operand where it is new, and pushes it. */
static bool push(tb_operand_reader *self, const tb_operand *operand)
{
    tb_operand_set *set = self->set;
    size_t place = 0;
    if (self->count == TB_OPERAND_STACK_SIZE)
        return false;
    while (place < set->count && !same_operand(&set->list[place], operand))
        place++;
    if (place == set->count) {
        self->no_memory |=
            !tb_list_reserve(self->arena, &set->list, set->count, &set->capacity, sizeof *operand);
        if (self->no_memory)
            return false;
        set->list[set->count] = *operand;
        if (tb_operand_makes_arrays(operand))
            set->list[set->count].array = set->array_count++;
        set->count++;
    }
    self->stack[self->count++] = place;
    return true;
}

/* ---- leaves ---- */

static bool push_constant(tb_operand_reader *self, const tb_value *constant)
{
    return push(self, &(tb_operand){.kind = TB_OPERAND_CONSTANT,
                                    .levels = TB_OPERAND_SAME_FOR_ALL,
                                    .node_count = 1,
                                    .constant = constant});
}

static bool push_name(tb_operand_reader *self, const tb_reference *reference)
{
    if (reference->constant != NULL)
        return push_constant(self, reference->constant);
    return push(self, &(tb_operand){.kind = TB_OPERAND_NAME,
                                    .is_array = tb_reference_is_array(reference),
                                    .levels = reference->levels,
                                    .node_count = 1,
                                    .reference = reference});
}

/* ---- what is made of other operands ---- */

static const tb_operand *argument(const tb_operand_reader *self, const tb_operand *of, size_t index)
{
    return &self->set->list[of->arguments[index]];
}

/* Takes the topmost operands from the stack as arguments. False where they are too many. */
static bool take_arguments(tb_operand_reader *self, size_t count, tb_operand *ret)
{
    if (count > TB_OPERAND_MAX_ARGUMENTS || count > self->count)
        return false;
    self->count -= count;
    ret->argument_count = count;
    ret->levels = TB_OPERAND_SAME_FOR_ALL;
    ret->node_count = 1;
    for (size_t i = 0; i < count; i++) {
        ret->arguments[i] = self->stack[self->count + i];
        const tb_operand *taken = argument(self, ret, i);
        ret->levels = taken->levels < ret->levels ? taken->levels : ret->levels;
        ret->node_count += taken->node_count;
        ret->is_array |= taken->is_array;
    }
    return ret->node_count <= TB_OPERAND_MAX_NODES;
}

static bool push_operation(tb_operand_reader *self, tb_opcode op, size_t count)
{
    tb_operand operation = {.kind = TB_OPERAND_CALCULATION, .op = op};
    return take_arguments(self, count, &operation) && push(self, &operation);
}

/* One operand, which is there and need not be calculated as an array, and constants. */
static bool is_usual_call(const tb_operand_reader *self, const tb_operand *call)
{
    if (call->argument_count == 0 || call->is_array)
        return false;
    const tb_operand *first = argument(self, call, 0);
    for (size_t i = 1; i < call->argument_count; i++)
        if (argument(self, call, i)->kind != TB_OPERAND_CONSTANT)
            return false;
    return first->kind != TB_OPERAND_CONSTANT && !tb_operand_makes_arrays(first);
}

static bool push_call(tb_operand_reader *self, const tb_compiled_call *compiled)
{
    unsigned flags = compiled->function->flags;
    tb_operand call = {.kind = TB_OPERAND_CALCULATION, .op = TB_OP_CALL, .call = compiled};
    if ((flags & TB_FUNCTION_COSTLY) != 0 || !take_arguments(self, compiled->argument_count, &call))
        return false;
    call.is_array &= (flags & TB_FUNCTION_TAKES_ARRAYS) == 0;
    if ((flags & TB_FUNCTION_LOOKS_AROUND) != 0)
        call.levels = 0;
    if (is_usual_call(self, &call))
        call.kind = TB_OPERAND_CALL;
    return push(self, &call);
}

/* ---- reading ---- */

/* condition BRANCH value JUMP other */
static bool read_if(tb_operand_reader *self, const tb_instruction *branch, size_t at)
{
    return tb_operand_read(self, at + 1, branch->a - 1) &&
           tb_operand_read(self, branch->a, branch->b) && push_operation(self, TB_OP_BRANCH, 3);
}

/* value UNLESS_… other */
static bool read_unless(tb_operand_reader *self, const tb_instruction *unless, size_t at)
{
    return tb_operand_read(self, at + 1, unless->b) && push_operation(self, unless->op, 2);
}

static bool read_step(tb_operand_reader *self, const tb_instruction *step, size_t at)
{
    const tb_expression *expression = self->expression;
    switch (step->op) {
    case TB_OP_CONSTANT:
        return push_constant(self, &expression->constants[step->a]);
    case TB_OP_REFERENCE:
        return push_name(self, &expression->references[step->a]);
    case TB_OP_CALL:
        return push_call(self, &expression->calls[step->a]);
    case TB_OP_CALL_NAME:
        return push_name(self, &expression->references[step->b]) &&
               push_call(self, &expression->calls[step->a]);
    case TB_OP_NEGATE:
    case TB_OP_PERCENT:
        return push_operation(self, step->op, 1);
    case TB_OP_BRANCH:
        return read_if(self, step, at);
    case TB_OP_UNLESS_ERROR:
    case TB_OP_UNLESS_NA:
        return read_unless(self, step, at);
    default: /* AND, OR and CHOOSE are left to evaluating */
        return step->op < TB_OP_CALL && push_operation(self, step->op, 2);
    }
}

bool tb_operand_read(tb_operand_reader *reader, size_t from, size_t to)
{
    while (from < to) {
        const tb_instruction *step = &reader->expression->instructions[from];
        bool jumps = step->op == TB_OP_BRANCH || step->op == TB_OP_UNLESS_ERROR ||
                     step->op == TB_OP_UNLESS_NA;
        if (!read_step(reader, step, from))
            return false;
        from = jumps ? step->b : from + 1;
    }
    return true;
}
