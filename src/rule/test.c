/*
 * Reading operands from the instructions of a test, which stand in the order in which they run:
 *
 *   test    = operand [ operand comparison ]
 *   operand = constant | ( name | function of a name ) { { constant } call }
 */
#include "rule/test.h"

#include <string.h>

#include "form/dictionary.h"
#include "rule/binding.h"

typedef struct test_reader {
    tb_test_set *set;
    tb_arena *arena;
    const tb_expression *expression;
    size_t at, to;
    bool no_memory;
} test_reader;

/* ---- equality ---- */

static bool same_text(tb_str a, tb_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Constants are numbers, texts, truths and the blank that gates begin with. */
static bool same_constant(const tb_value *a, const tb_value *b)
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
static bool same_call(const tb_compiled_call *a, const tb_compiled_call *b)
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
    if (a->of != b->of || !same_call(a->call, b->call) ||
        !same_reference(a->reference, b->reference) || !same_constant(a->constant, b->constant))
        return false;
    for (size_t i = 0; i < TB_OPERAND_ARGUMENTS - 1; i++)
        if (!same_constant(a->constants[i], b->constants[i]))
            return false;
    return true;
}

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

static bool same_test(const tb_test *a, const tb_test *b)
{
    if (a->kind != b->kind || a->to - a->from != b->to - b->from)
        return false;
    if (a->kind != TB_TEST_RUN)
        return a->comparison == b->comparison && a->operands[0] == b->operands[0] &&
               a->operands[1] == b->operands[1];
    for (size_t i = 0; i < a->to - a->from; i++)
        if (!same_instruction(a, b, i))
            return false;
    return true;
}

/* ---- the set ---- */

static bool make_room(test_reader *self, void *list, size_t count, size_t *capacity, size_t size)
{
    void **items = list;
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *grown = tb_arena_grow(self->arena, *items, count, wanted, size);
    self->no_memory |= grown == NULL;
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

static bool add_operand(test_reader *self, const tb_operand *operand, size_t *ret)
{
    tb_test_set *set = self->set;
    for (*ret = 0; *ret < set->operand_count; ++*ret)
        if (same_operand(&set->operands[*ret], operand))
            return true;
    if (!make_room(self, &set->operands, set->operand_count, &set->operand_capacity,
                   sizeof *operand))
        return false;
    set->operands[set->operand_count++] = *operand;
    return true;
}

/* The name that the instruction reads, or NULL. */
static const tb_reference *name_in(const tb_expression *expression, const tb_instruction *at)
{
    bool is_call = at->op == TB_OP_CALL_NAME;
    if (!is_call && at->op != TB_OP_REFERENCE)
        return NULL;
    const tb_reference *name = &expression->references[is_call ? at->b : at->a];
    return name->constant == NULL ? name : NULL;
}

/* The field of the record that the test asks for, when it asks for the content of no other and for
 * nothing else; else NULL. */
static const tb_field *subject_of(const tb_test *test)
{
    const tb_expression *expression = test->expression;
    const tb_field *subject = NULL;
    for (size_t i = test->from; i < test->to; i++) {
        const tb_instruction *at = &expression->instructions[i];
        const tb_reference *name = name_in(expression, at);
        bool is_call = at->op == TB_OP_CALL || at->op == TB_OP_CALL_NAME;
        if (is_call && (expression->calls[at->a].function->flags & TB_FUNCTION_LOOKS_AROUND) != 0)
            return NULL;
        if (name == NULL)
            continue;
        const tb_field *field = tb_reference_field(name);
        if (!tb_reference_is_field(name) || name->levels > 0 ||
            (subject != NULL && subject != field))
            return NULL;
        subject = field;
    }
    return subject != NULL && tb_field_may_recur(subject) ? subject : NULL;
}

static bool find_subject(test_reader *self, tb_test *test)
{
    tb_test_set *set = self->set;
    const tb_field *field = subject_of(test);
    test->subject = TB_NO_SUBJECT;
    if (field == NULL)
        return true;
    size_t at = 0;
    while (at < set->subject_count && set->subjects[at].field != field)
        at++;
    if (at == set->subject_count) {
        if (!make_room(self, &set->subjects, set->subject_count, &set->subject_capacity,
                       sizeof *set->subjects))
            return false;
        set->subjects[set->subject_count++] = (tb_subject){field, 0};
    }
    test->subject = at;
    test->fact = set->subjects[at].fact_count++;
    return true;
}

static bool add_test(test_reader *self, const tb_test *test, size_t *ret)
{
    tb_test_set *set = self->set;
    for (*ret = 0; *ret < set->test_count; ++*ret)
        if (same_test(&set->tests[*ret], test))
            return true;
    if (!make_room(self, &set->tests, set->test_count, &set->test_capacity, sizeof *test))
        return false;
    set->tests[set->test_count] = *test;
    return find_subject(self, &set->tests[set->test_count++]);
}

/* ---- reading ---- */

static const tb_value *constant_at(const test_reader *self, size_t at)
{
    const tb_instruction *instruction = &self->expression->instructions[at];
    if (at < self->to && instruction->op == TB_OP_CONSTANT)
        return &self->expression->constants[instruction->a];
    if (at < self->to && instruction->op == TB_OP_REFERENCE)
        return self->expression->references[instruction->a].constant;
    return NULL;
}

/* A name over records has many values. */
static bool is_array(const test_reader *self, size_t operand)
{
    const tb_reference *name = self->set->operands[operand].reference;
    return name != NULL && tb_reference_is_array(name);
}

static bool add_call(test_reader *self, tb_operand *call, size_t *operand)
{
    unsigned flags = call->call->function->flags;
    bool fits = (flags & TB_FUNCTION_COSTLY) == 0 &&
                (!is_array(self, *operand) || (flags & TB_FUNCTION_TAKES_ARRAYS) != 0);
    call->of = *operand;
    return fits && add_operand(self, call, operand);
}

/* { constant } call, whose first argument is the operand so far. */
static bool read_call(test_reader *self, size_t *operand)
{
    tb_operand call = {0};
    size_t count = 0, at = self->at;
    for (; count < TB_OPERAND_ARGUMENTS - 1; count++, at++) {
        call.constants[count] = constant_at(self, at);
        if (call.constants[count] == NULL)
            break;
    }
    const tb_instruction *instruction = &self->expression->instructions[at];
    if (at >= self->to || instruction->op != TB_OP_CALL)
        return false;
    call.call = &self->expression->calls[instruction->a];
    if (call.call->argument_count != count + 1 || !add_call(self, &call, operand))
        return false;
    self->at = at + 1;
    return true;
}

static bool read_name(test_reader *self, size_t *ret)
{
    const tb_expression *expression = self->expression;
    const tb_instruction *first = &expression->instructions[self->at++];
    bool is_call = first->op == TB_OP_CALL_NAME;
    if (!is_call && first->op != TB_OP_REFERENCE)
        return false;
    tb_operand name = {.reference = &expression->references[is_call ? first->b : first->a]};
    if (!add_operand(self, &name, ret))
        return false;
    tb_operand call = {.call = is_call ? &expression->calls[first->a] : NULL};
    return !is_call || add_call(self, &call, ret);
}

static bool read_operand(test_reader *self, size_t *ret)
{
    if (self->at >= self->to)
        return false;
    tb_operand constant = {.constant = constant_at(self, self->at)};
    if (constant.constant != NULL) {
        self->at++;
        return add_operand(self, &constant, ret);
    }
    bool ok = read_name(self, ret);
    for (size_t depth = 1; ok && depth < TB_OPERAND_DEPTH && read_call(self, ret); depth++)
        ;
    return ok && !is_array(self, *ret);
}

static bool is_comparison(tb_opcode op)
{
    return op >= TB_OP_EQUAL && op <= TB_OP_GREATER_EQUAL;
}

static bool is_text(const tb_test_set *set, size_t operand)
{
    const tb_value *constant = set->operands[operand].constant;
    return constant != NULL && constant->type == TB_VALUE_TEXT;
}

/* Of a test whose operands have been read. */
static tb_test_kind comparison_kind(const test_reader *self, const tb_test *test)
{
    bool equality = test->comparison == TB_OP_EQUAL || test->comparison == TB_OP_UNEQUAL;
    return equality && is_text(self->set, test->operands[1]) ? TB_TEST_TEXT : TB_TEST_COMPARISON;
}

static void read_test(test_reader *self, tb_test *ret)
{
    if (!read_operand(self, &ret->operands[0]))
        return;
    if (self->at == self->to) {
        bool is_call = self->set->operands[ret->operands[0]].call != NULL;
        ret->kind = is_call ? TB_TEST_CALL : TB_TEST_VALUE;
        return;
    }
    ret->comparison = self->expression->instructions[self->to - 1].op;
    if (is_comparison(ret->comparison) && read_operand(self, &ret->operands[1]) &&
        self->at == self->to - 1)
        ret->kind = comparison_kind(self, ret);
}

bool tb_test_set_add(tb_test_set *set, tb_arena *arena, const tb_expression *expression,
                     size_t from, size_t to, size_t *ret_test)
{
    test_reader reader = {set, arena, expression, from, to, false};
    tb_test test = {.expression = expression, .from = from, .to = to};
    read_test(&reader, &test);
    return !reader.no_memory && add_test(&reader, &test, ret_test);
}
