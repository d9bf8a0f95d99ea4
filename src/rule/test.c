/*
 * Taking tests apart, comparing and making them. What a call means is the evaluator's: these are
 * its calls of functions of scalars without what only other formulas need.
 */
#include "rule/test.h"

#include <string.h>

#include "rule/binding.h"

/* ---- taking apart ---- */

typedef struct operand_reader {
    const tb_expression *expression;
    size_t at, to;
} operand_reader;

static const tb_value *constant_at(const operand_reader *self, size_t at)
{
    const tb_expression *expression = self->expression;
    const tb_instruction *instruction = &expression->instructions[at];
    if (at < self->to && instruction->op == TB_OP_CONSTANT)
        return &expression->constants[instruction->a];
    if (at < self->to && instruction->op == TB_OP_REFERENCE)
        return expression->references[instruction->a].constant;
    return NULL;
}

static bool is_fit(const tb_compiled_call *call)
{
    return (call->function->flags & TB_FUNCTION_COSTLY) == 0 &&
           call->argument_count <= TB_OPERAND_ARGUMENTS;
}

static bool add_call(tb_operand *operand, const tb_compiled_call *call)
{
    if (operand->call_count == TB_OPERAND_CALLS || !is_fit(call))
        return false;
    operand->calls[operand->call_count++].call = call;
    return true;
}

/* { constant } call, whose first argument is what the operand is so far. */
static bool read_call(operand_reader *self, tb_operand *operand)
{
    const tb_value *constants[TB_OPERAND_ARGUMENTS - 1] = {NULL};
    size_t count = 0, at = self->at;
    for (; count < TB_OPERAND_ARGUMENTS - 1; count++, at++) {
        constants[count] = constant_at(self, at);
        if (constants[count] == NULL)
            break;
    }
    const tb_instruction *instruction = &self->expression->instructions[at];
    if (at >= self->to || instruction->op != TB_OP_CALL)
        return false;
    const tb_compiled_call *call = &self->expression->calls[instruction->a];
    if (call->argument_count != count + 1 || !add_call(operand, call))
        return false;
    memcpy(operand->calls[operand->call_count - 1].constants, constants, sizeof constants);
    self->at = at + 1;
    return true;
}

/* operand = ( constant | name | function of a name ) { call } */
static bool read_operand(operand_reader *self, tb_operand *ret)
{
    const tb_expression *expression = self->expression;
    *ret = (tb_operand){.constant = constant_at(self, self->at)};
    if (self->at >= self->to)
        return false;
    const tb_instruction *first = &expression->instructions[self->at++];
    if (ret->constant != NULL)
        return true;
    if (first->op == TB_OP_CALL_NAME && !add_call(ret, &expression->calls[first->a]))
        return false;
    if (first->op != TB_OP_CALL_NAME && first->op != TB_OP_REFERENCE)
        return false;
    ret->reference = &expression->references[first->op == TB_OP_CALL_NAME ? first->b : first->a];
    while (read_call(self, ret))
        ;
    return !tb_reference_is_array(ret->reference);
}

static bool is_comparison(tb_opcode op)
{
    return op >= TB_OP_EQUAL && op <= TB_OP_GREATER_EQUAL;
}

tb_test tb_test_make(const tb_expression *expression, size_t from, size_t to)
{
    tb_test test = {.expression = expression, .from = from, .to = to};
    operand_reader reader = {expression, from, to};
    if (!read_operand(&reader, &test.operands[0]))
        return test;
    if (reader.at == to) {
        test.operand_count = 1;
        return test;
    }
    test.comparison = expression->instructions[to - 1].op;
    if (is_comparison(test.comparison) && read_operand(&reader, &test.operands[1]) &&
        reader.at == to - 1)
        test.operand_count = 2;
    return test;
}

/* ---- equal tests ---- */

static bool same_text(const tb_value *a, const tb_value *b)
{
    return a->as.text.size == b->as.text.size &&
           (a->as.text.size == 0 || memcmp(a->as.text.data, b->as.text.data, a->as.text.size) == 0);
}

/* Constants are numbers, texts, truths and the blank that gates begin with. */
static bool same_constant(const tb_value *a, const tb_value *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case TB_VALUE_NUMBER:
        return a->as.number.coefficient == b->as.number.coefficient &&
               a->as.number.scale == b->as.number.scale;
    case TB_VALUE_TEXT:
        return same_text(a, b);
    case TB_VALUE_BOOLEAN:
        return a->as.boolean == b->as.boolean;
    default:
        return a->type == TB_VALUE_BLANK;
    }
}

/* What a call has prepared follows from its arguments, which are compared themselves. */
static bool same_call(const tb_compiled_call *a, const tb_compiled_call *b)
{
    return a->function == b->function && a->argument_count == b->argument_count;
}

/* Jumps lead to the same place when they are as far from the start. */
static bool same_instruction(const tb_test *a, const tb_test *b, size_t index)
{
    const tb_expression *x = a->expression, *y = b->expression;
    const tb_instruction *i = &x->instructions[a->from + index];
    const tb_instruction *j = &y->instructions[b->from + index];
    if (i->op != j->op)
        return false;
    switch (i->op) {
    case TB_OP_CONSTANT:
        return same_constant(&x->constants[i->a], &y->constants[j->a]);
    case TB_OP_REFERENCE:
        return tb_reference_equal(&x->references[i->a], &y->references[j->a]);
    case TB_OP_CALL:
        return same_call(&x->calls[i->a], &y->calls[j->a]);
    case TB_OP_CALL_NAME:
        return same_call(&x->calls[i->a], &y->calls[j->a]) &&
               tb_reference_equal(&x->references[i->b], &y->references[j->b]);
    default:
        return i->op < TB_OP_CALL; /* a test with jumps in it is taken to be like no other */
    }
}

bool tb_test_equal(const tb_test *a, const tb_test *b)
{
    if (a->to - a->from != b->to - b->from)
        return false;
    for (size_t i = 0; i < a->to - a->from; i++)
        if (!same_instruction(a, b, i))
            return false;
    return true;
}

/* ---- making tests ---- */

static tb_test_result judge(const tb_value *value)
{
    if (value->type == TB_VALUE_BOOLEAN)
        return value->as.boolean ? TB_TEST_YES : TB_TEST_NO;
    bool is_error = value->type == TB_VALUE_ERROR && value->as.error != TB_VALUE_ERROR_LIMIT;
    return is_error ? TB_TEST_ERROR : TB_TEST_UNSURE;
}

/* One evaluation of an operand. */
typedef struct visit {
    const tb_environment *environment;
    const tb_operand *operand;
    size_t steps;
} visit;

/* Replaces *value by what the function makes of it; an error stays as it is. */
static void apply(visit *self, size_t index, const tb_value **value, tb_value *room)
{
    const tb_compiled_call *call = self->operand->calls[index].call;
    const tb_value *const *constants = self->operand->calls[index].constants;
    const tb_function *function = call->function;
    if ((*value)->type == TB_VALUE_ERROR && (function->flags & TB_FUNCTION_TAKES_ERRORS) == 0)
        return;
    if ((*value)->type == TB_VALUE_TEXT)
        self->steps += (*value)->as.text.size / TB_TEXT_STEP;
    tb_value arguments[TB_OPERAND_ARGUMENTS];
    tb_call made = {self->environment, call->argument_count, *value, call->prepared};
    if (call->argument_count > 1) {
        tb_value_put(&arguments[0], *value);
        for (size_t i = 1; i < call->argument_count; i++)
            arguments[i] = *constants[i - 1];
        made.arguments = arguments;
    }
    tb_value result = function->call(&made);
    tb_value_put(room, &result);
    *value = room;
}

static const tb_value *evaluate(visit *self, const tb_operand *operand, tb_value *room)
{
    if (operand->constant != NULL)
        return operand->constant;
    const tb_environment *environment = self->environment;
    const tb_value *value = environment->get(environment->self, operand->reference, room);
    self->operand = operand;
    for (size_t i = 0; i < operand->call_count; i++)
        apply(self, i, &value, room);
    return value;
}

static tb_test_result compare(const tb_test *test, const tb_value *a, const tb_value *b)
{
    if (a->type == TB_VALUE_ERROR)
        return judge(a);
    if (b->type == TB_VALUE_ERROR)
        return judge(b);
    if (a->type == TB_VALUE_ARRAY || b->type == TB_VALUE_ARRAY)
        return TB_TEST_UNSURE;
    return tb_program_compare(test->comparison, a, b) ? TB_TEST_YES : TB_TEST_NO;
}

static tb_test_result run_whole(const tb_test *test, const tb_environment *environment,
                                size_t limit)
{
    size_t steps;
    tb_value value = tb_program_run(test->expression, environment, test->from, test->to, &steps);
    return steps > limit ? TB_TEST_UNSURE : judge(&value);
}

tb_test_result tb_test_run(const tb_test *test, const tb_environment *environment, size_t limit)
{
    if (test->operand_count == 0)
        return run_whole(test, environment, limit);
    tb_value rooms[2];
    visit self = {.environment = environment};
    const tb_value *first = evaluate(&self, &test->operands[0], &rooms[0]);
    tb_test_result result =
        test->operand_count == 1
            ? judge(first)
            : compare(test, first, evaluate(&self, &test->operands[1], &rooms[1]));
    return self.steps > limit ? TB_TEST_UNSURE : result;
}
