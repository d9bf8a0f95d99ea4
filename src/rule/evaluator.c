/*
 * Runs compiled formulas on a small stack. Takes no memory for scalars; arrays and texts that are
 * made lie in the environment's scratch arena. Every step counts, an array's elements too.
 */
#include "base/limits.h"
#include "rule/calling.h"

#define LOCAL_STACK 24 /* values; a deeper formula takes its stack from the scratch arena */

/* What is not met at every step is kept out of the loop, which then needs few registers. */
#define RARE __attribute__((noinline))

typedef struct machine {
    const tb_expression *expression;
    const tb_environment *environment;
    tb_value *top; /* the topmost value */
    tb_work work;
} machine;

static void put_boolean(tb_value *to, bool truth)
{
    to->type = TB_VALUE_BOOLEAN;
    to->origin = NULL;
    to->as.boolean = truth;
}

/* ---- calls ---- */

static void run_call(machine *m, const tb_compiled_call *compiled)
{
    tb_value *first = m->top - compiled->argument_count + 1;
    tb_call call = {m->environment, compiled->argument_count, first, compiled->prepared};
    tb_value_put_result(first, tb_call_run(&m->work, compiled->function, &call));
    m->top = first;
}

/* A function of one name, as most calls in rules are. */
static void call_for_name(machine *m, const tb_compiled_call *compiled,
                          const tb_reference *reference)
{
    const tb_function *function = compiled->function;
    const tb_value *argument = m->environment->get(m->environment->self, reference, ++m->top);
    if (argument->type == TB_VALUE_ARRAY || argument->type == TB_VALUE_ERROR ||
        (function->flags & TB_FUNCTION_COSTLY) != 0) {
        if (argument != m->top)
            *m->top = *argument;
        run_call(m, compiled);
        return;
    }
    m->work.steps += 1 + tb_call_text_steps(argument);
    tb_call call = {m->environment, 1, argument, compiled->prepared};
    tb_value_put_result(m->top, function->call(&call));
}

/* ---- IF, AND, OR and their like ---- */

/* AND begins with TRUE and ends with the first FALSE; OR the other way round. What is blank or a
 * text and was read from a field is passed over, as in Calc. True when the result is decided. */
static bool add_to_gate(tb_value *gate, const tb_value *value, bool ends_with)
{
    bool truth;
    tb_value_error error;
    if (value->type == TB_VALUE_BLANK || (value->type == TB_VALUE_TEXT && value->origin != NULL))
        return false;
    if (value->type == TB_VALUE_TEXT) {
        *gate = tb_value_of_error(TB_VALUE_ERROR_VALUE);
        return true;
    }
    if (!tb_value_to_boolean(value, &truth, &error)) {
        *gate = tb_value_of_error(error);
        return true;
    }
    *gate = tb_value_of_boolean(truth);
    return truth == ends_with;
}

RARE static bool add_all_to_gate(machine *m, const tb_value *value, bool ends_with)
{
    if (value->type != TB_VALUE_ARRAY)
        return add_to_gate(m->top, value, ends_with);
    m->work.steps += value->as.array.count;
    for (size_t i = 0; i < value->as.array.count; i++) {
        if (add_to_gate(m->top, &value->as.array.values[i], ends_with))
            return true;
    }
    return false;
}

static bool decide_gate(machine *m, tb_opcode op)
{
    const tb_value *value = m->top--;
    bool ends_with = op == TB_OP_OR;
    if (value->type != TB_VALUE_BOOLEAN)
        return add_all_to_gate(m, value, ends_with);
    put_boolean(m->top, value->as.boolean);
    return value->as.boolean == ends_with;
}

static const tb_instruction *go_to(const machine *m, uint32_t index)
{
    return &m->expression->instructions[index];
}

/* Where IF goes on: behind itself, to its other alternative, or with an error to its end. */
static const tb_instruction *branch(machine *m, const tb_instruction *at)
{
    bool truth;
    tb_value_error error;
    if (!tb_value_to_boolean(m->top, &truth, &error)) {
        *m->top = tb_value_of_error(error);
        return go_to(m, at->b);
    }
    m->top--;
    return truth ? at + 1 : go_to(m, at->a);
}

static bool is_error(const tb_value *value, tb_opcode op)
{
    return value->type == TB_VALUE_ERROR &&
           (op == TB_OP_UNLESS_ERROR || value->as.error == TB_VALUE_ERROR_NA);
}

static bool is_case(tb_value *choice, uint32_t number)
{
    tb_decimal value;
    tb_value_error error;
    int64_t integer;
    if (!tb_value_to_number(choice, &value, &error)) {
        *choice = tb_value_of_error(error);
        return false;
    }
    return tb_decimal_round(value, 0, TB_ROUND_DOWN, &value) &&
           tb_decimal_to_int(value, &integer) && integer == number;
}

/* IFERROR, IFNA and CHOOSE. */
static const tb_instruction *choose(machine *m, const tb_instruction *at)
{
    switch (at->op) {
    case TB_OP_UNLESS_ERROR:
    case TB_OP_UNLESS_NA:
        if (!is_error(m->top, at->op))
            return go_to(m, at->b);
        m->top--;
        return at + 1;
    case TB_OP_CASE:
        if (!is_case(m->top, at->b))
            return go_to(m, at->a);
        m->top--;
        return at + 1;
    default: /* TB_OP_NO_CASE */
        if (m->top->type != TB_VALUE_ERROR)
            *m->top = tb_value_of_error(TB_VALUE_ERROR_VALUE);
        return at + 1;
    }
}

/* ---- the loop ---- */

static bool is_plain(const tb_value *value)
{
    return value->type != TB_VALUE_ARRAY && value->type != TB_VALUE_ERROR;
}

static void operate(machine *m, tb_opcode op)
{
    const tb_value *b = m->top--;
    tb_value_put_result(m->top, tb_operator_apply(&m->work, op, m->top, b));
}

static void compare(machine *m, tb_opcode op)
{
    const tb_value *b = m->top, *a = b - 1;
    if (!is_plain(a) || !is_plain(b)) {
        operate(m, op);
        return;
    }
    put_boolean(--m->top, tb_program_compare(op, a, b));
}

/* The instructions that formulas of rules seldom have. */
RARE static const tb_instruction *step_rarely(machine *m, const tb_instruction *at)
{
    switch (at->op) {
    case TB_OP_BRANCH:
        return branch(m, at);
    case TB_OP_JUMP:
        return go_to(m, at->b);
    case TB_OP_NEGATE:
    case TB_OP_PERCENT:
        *m->top = tb_operator_change_sign(&m->work, at->op, m->top);
        return at + 1;
    default:
        if (at->op > TB_OP_BRANCH)
            return choose(m, at);
        operate(m, at->op);
        return at + 1;
    }
}

static void push_reference(machine *m, const tb_reference *reference)
{
    tb_value *room = ++m->top;
    const tb_value *value = m->environment->get(m->environment->self, reference, room);
    if (value != room)
        *room = *value;
}

/* One instruction; returns the next one. */
static inline const tb_instruction *step(machine *m, const tb_instruction *at)
{
    switch (at->op) {
    case TB_OP_CONSTANT:
        *++m->top = m->expression->constants[at->a];
        return at + 1;
    case TB_OP_REFERENCE:
        push_reference(m, &m->expression->references[at->a]);
        return at + 1;
    case TB_OP_CALL:
        run_call(m, &m->expression->calls[at->a]);
        return at + 1;
    case TB_OP_CALL_NAME:
        call_for_name(m, &m->expression->calls[at->a], &m->expression->references[at->b]);
        return at + 1;
    case TB_OP_EQUAL:
    case TB_OP_UNEQUAL:
    case TB_OP_LESS:
    case TB_OP_LESS_EQUAL:
    case TB_OP_GREATER:
    case TB_OP_GREATER_EQUAL:
        compare(m, at->op);
        return at + 1;
    case TB_OP_AND:
    case TB_OP_OR:
        return decide_gate(m, at->op) ? go_to(m, at->b) : at + 1;
    case TB_OP_DECIDED:
        if (m->top->type == TB_VALUE_BLANK)
            *m->top = tb_value_of_error(TB_VALUE_ERROR_VALUE);
        return at + 1;
    default:
        return step_rarely(m, at);
    }
}

/* No instruction runs twice, so their number is counted beforehand. */
tb_value tb_program_run(const tb_expression *expression, const tb_environment *environment,
                        size_t from, size_t to, size_t *ret_steps)
{
    tb_value local[LOCAL_STACK + 1];
    tb_value *stack = local;
    if (expression->stack_size > LOCAL_STACK)
        stack = tb_arena_array(environment->scratch, expression->stack_size + 1, sizeof *stack);
    *ret_steps = 0;
    if (stack == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    /* stack[0] is never used */
    machine m = {expression, environment, stack, {environment->scratch, to - from}};
    const tb_instruction *at = go_to(&m, (uint32_t)from), *end = go_to(&m, (uint32_t)to);
    while (at < end && m.work.steps <= TB_MAX_FORMULA_STEPS)
        at = step(&m, at);
    *ret_steps = m.work.steps;
    return at < end ? tb_value_of_error(TB_VALUE_ERROR_LIMIT) : *m.top;
}

tb_value tb_expression_evaluate(const tb_expression *expression, const tb_environment *environment)
{
    size_t steps;
    return tb_program_run(expression, environment, 0, expression->instruction_count, &steps);
}

size_t tb_expression_references(const tb_expression *expression,
                                const tb_reference **ret_references)
{
    *ret_references = expression->references;
    return expression->reference_count;
}

/* True when the instructions [from, to) are one name. */
static bool find_reference(const tb_expression *expression, size_t from, size_t to,
                           tb_reference *ret)
{
    if (to != from + 1 || expression->instructions[from].op != TB_OP_REFERENCE)
        return false;
    *ret = expression->references[expression->instructions[from].a];
    return true;
}

bool tb_expression_compare(const tb_expression *expression, const tb_environment *environment,
                           tb_comparison *ret_comparison)
{
    static const char *const names[] = {
        [TB_OP_EQUAL] = "=",       [TB_OP_UNEQUAL] = "<>", [TB_OP_LESS] = "<",
        [TB_OP_LESS_EQUAL] = "<=", [TB_OP_GREATER] = ">",  [TB_OP_GREATER_EQUAL] = ">=",
    };
    if (expression->left_end == 0)
        return false;
    size_t steps, left_end = expression->left_end, last = expression->instruction_count - 1;
    tb_comparison made = {.operator_ = names[expression->instructions[last].op]};
    made.left = tb_program_run(expression, environment, 0, left_end, &steps);
    made.right = tb_program_run(expression, environment, left_end, last, &steps);
    made.left_is_reference = find_reference(expression, 0, left_end, &made.left_reference);
    made.right_is_reference = find_reference(expression, left_end, last, &made.right_reference);
    *ret_comparison = made;
    return true;
}
