/*
 * A test is read as one operand, or as two with a comparison behind them:
 *
 *   test = operand [ operand comparison ]
 */
#include "rule/test.h"

#include "rule/binding.h"

/* ---- equality ---- */

static bool same_instruction(const tb_test *a, const tb_test *b, size_t index)
{
    const tb_expression *x = a->expression, *y = b->expression;
    const tb_instruction *i = &x->instructions[a->from + index];
    const tb_instruction *j = &y->instructions[b->from + index];
    if (i->op != j->op)
        return false;
    switch (i->op) {
    case TB_OP_CONSTANT:
        return tb_constant_same(&x->constants[i->a], &y->constants[j->a]);
    case TB_OP_REFERENCE:
        return tb_reference_equal(&x->references[i->a], &y->references[j->a]);
    case TB_OP_CALL:
        return tb_compiled_call_same(&x->calls[i->a], &y->calls[j->a]);
    case TB_OP_CALL_NAME:
        return tb_compiled_call_same(&x->calls[i->a], &y->calls[j->a]) &&
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

/* False when memory ran out. */
static bool find_subject(tb_test_set *set, tb_arena *arena, tb_test *test)
{
    tb_subject subject = {0};
    test->subject = TB_NO_SUBJECT;
    if (!tb_subject_read(&subject, test->expression, test->from, test->to) ||
        subject.part_count == 0)
        return true;
    if (!tb_subject_set_add(&set->subjects, arena, &subject, &test->subject))
        return false;
    test->fact = set->subjects.list[test->subject].fact_count++;
    return true;
}

/* False when memory ran out. */
static bool add_test(tb_test_set *set, tb_arena *arena, const tb_test *test, size_t *ret)
{
    for (*ret = 0; *ret < set->test_count; ++*ret)
        if (same_test(&set->tests[*ret], test))
            return true;
    if (!tb_list_reserve(arena, &set->tests, set->test_count, &set->test_capacity, sizeof *test))
        return false;
    set->tests[set->test_count] = *test;
    return find_subject(set, arena, &set->tests[set->test_count++]);
}

/* ---- reading ---- */

static bool is_comparison(tb_opcode op)
{
    return op >= TB_OP_EQUAL && op <= TB_OP_GREATER_EQUAL;
}

/* An array is no truth. */
static bool reads_arrays(const tb_operand_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++)
        if (reader->set->list[reader->stack[i]].is_array)
            return true;
    return false;
}

static tb_test_kind kind_of_value(const tb_operand *operand)
{
    return operand->kind == TB_OPERAND_CALL ? TB_TEST_CALL : TB_TEST_VALUE;
}

static tb_test_kind kind_of_comparison(tb_opcode op, const tb_operand *right)
{
    bool equality = op == TB_OP_EQUAL || op == TB_OP_UNEQUAL;
    bool text = right->kind == TB_OPERAND_CONSTANT && right->constant->type == TB_VALUE_TEXT;
    return equality && text ? TB_TEST_TEXT : TB_TEST_COMPARISON;
}

/* The kind stays TB_TEST_RUN for what is not read as operands. A comparison at the end may be that
 * of a part, as in IFERROR(a; b = c). */
static void read_test(tb_operand_reader *reader, tb_test *test)
{
    tb_opcode last = reader->expression->instructions[test->to - 1].op;
    if (!tb_operand_read(reader, test->from, test->to - is_comparison(last)) ||
        reads_arrays(reader))
        return;
    bool compares = reader->count == 2;
    const tb_operand *operands = reader->set->list;
    for (size_t i = 0; i < reader->count; i++) {
        test->operands[i] = reader->stack[i];
        test->node_count += operands[reader->stack[i]].node_count;
    }
    test->comparison = compares ? last : TB_OP_CONSTANT;
    test->kind = compares ? kind_of_comparison(last, &operands[test->operands[1]])
                          : kind_of_value(&operands[test->operands[0]]);
}

bool tb_test_set_add(tb_test_set *set, tb_arena *arena, const tb_expression *expression,
                     size_t from, size_t to, size_t *ret_test)
{
    tb_operand_reader reader = {.set = &set->operands, .arena = arena, .expression = expression};
    tb_test test = {.expression = expression, .from = from, .to = to};
    read_test(&reader, &test);
    return !reader.no_memory && add_test(set, arena, &test, ret_test);
}
