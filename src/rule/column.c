/*
 * Filling columns. What a call means is the evaluator's: these are its calls of functions of
 * scalars without what only other formulas need. Whatever may come near a limit is left to it, as
 * the value #LIMIT!, which here spreads through every function.
 */
#include "rule/column.h"

#include "base/limits.h"
#include "rule/truth.h"

/* A test that takes so many steps is left to evaluating, which counts them for the whole formula.
 * Tests of operands take fewer, as their texts are no longer than TEXT_MAX. */
#define TEST_STEPS (TB_MAX_FORMULA_STEPS / TB_TRUTH_MAX_TESTS / 2)
#define TEXT_MAX   ((size_t)16 << 10)
#define KEPT_TEXT  256 /* of a text that a function made */

bool tb_columns_init(tb_columns *columns, const tb_test_set *set, tb_binding *binding,
                     const tb_record **records)
{
    tb_column *values = tb_arena_array(binding->arena, set->operand_count, sizeof *values);
    tb_known_answer *answers = tb_arena_array(binding->arena, set->test_count, sizeof *answers);
    *columns = (tb_columns){set, binding, records, values, answers};
    return values != NULL && answers != NULL;
}

/* The place of the first record in a set that is not empty. */
static inline size_t first_of(tb_record_set set)
{
    return (size_t)__builtin_ctzll(set);
}

/* ---- operands ---- */

static bool is_limit(const tb_value *value)
{
    return value->type == TB_VALUE_ERROR && value->as.error == TB_VALUE_ERROR_LIMIT;
}

/* A text in the scratch arena does not outlive the next evaluation. */
static void keep_text(tb_binding *binding, tb_value *value)
{
    if (value->type == TB_VALUE_TEXT && value->as.text.size <= KEPT_TEXT)
        value->as.text = tb_arena_dup(binding->arena, value->as.text);
    if (value->type == TB_VALUE_TEXT &&
        (value->as.text.size > KEPT_TEXT || value->as.text.data == NULL))
        *value = tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    tb_arena_reset(binding->environment.scratch);
}

static void fill_from_name(tb_columns *self, const tb_operand *operand, tb_record_set missing,
                           tb_value *values)
{
    const tb_environment *environment = &self->binding->environment;
    for (; missing != 0; missing &= missing - 1) {
        size_t i = first_of(missing);
        self->binding->record = self->records[i];
        const tb_value *value = environment->get(environment->self, operand->reference, &values[i]);
        if (value != &values[i])
            values[i] = *value;
    }
}

/* Whether the function is to be called for the argument, or the value follows from it. */
static bool follows(const tb_function *function, const tb_value *argument, tb_value *ret)
{
    bool is_long = argument->type == TB_VALUE_TEXT && argument->as.text.size > TEXT_MAX;
    if (is_long || argument->type == TB_VALUE_ARRAY) {
        *ret = tb_value_of_error(TB_VALUE_ERROR_LIMIT);
        return true;
    }
    if (argument->type != TB_VALUE_ERROR ||
        ((function->flags & TB_FUNCTION_TAKES_ERRORS) != 0 && !is_limit(argument)))
        return false;
    *ret = tb_value_of_error(argument->as.error);
    return true;
}

static void fill_from_call(tb_columns *self, const tb_operand *operand, tb_record_set missing,
                           tb_value *values)
{
    tb_binding *binding = self->binding;
    const tb_compiled_call *compiled = operand->call;
    const tb_value *firsts = self->values[operand->of].values;
    tb_value arguments[TB_OPERAND_ARGUMENTS];
    for (size_t i = 1; i < compiled->argument_count; i++)
        arguments[i] = *operand->constants[i - 1];
    for (; missing != 0; missing &= missing - 1) {
        size_t i = first_of(missing);
        if (follows(compiled->function, &firsts[i], &values[i]))
            continue;
        tb_call call = {&binding->environment, compiled->argument_count, &firsts[i],
                        compiled->prepared};
        if (compiled->argument_count > 1) {
            tb_value_put(&arguments[0], &firsts[i]);
            call.arguments = arguments;
        }
        binding->record = self->records[i];
        tb_value result = compiled->function->call(&call);
        tb_value_put(&values[i], &result);
        if (binding->environment.scratch->used > 0)
            keep_text(binding, &values[i]);
    }
}

/* The operand's values, of which those for the wanted records are made; NULL: no memory. */
static const tb_value *fill(tb_columns *self, size_t index, tb_record_set wanted)
{
    const tb_operand *operand = &self->set->operands[index];
    tb_column *column = &self->values[index];
    tb_record_set missing = wanted & ~column->known;
    if (missing == 0)
        return column->values;
    if (column->values == NULL)
        column->values =
            tb_arena_room(self->binding->arena, TB_COLUMN_SIZE * sizeof *column->values);
    if (column->values == NULL ||
        (operand->call != NULL && fill(self, operand->of, missing) == NULL)) {
        self->binding->no_memory = true;
        return NULL;
    }
    if (operand->call != NULL)
        fill_from_call(self, operand, missing, column->values);
    else
        fill_from_name(self, operand, missing, column->values);
    column->known |= missing;
    return column->values;
}

/* ---- tests ---- */

typedef enum test_result { RESULT_YES, RESULT_NO, RESULT_ERROR, RESULT_UNSURE } test_result;

static test_result judge(const tb_value *value)
{
    if (value->type == TB_VALUE_BOOLEAN)
        return value->as.boolean ? RESULT_YES : RESULT_NO;
    return value->type == TB_VALUE_ERROR && !is_limit(value) ? RESULT_ERROR : RESULT_UNSURE;
}

static test_result compare(tb_opcode op, const tb_value *a, const tb_value *b)
{
    if (a->type == TB_VALUE_ERROR)
        return judge(a);
    if (b->type == TB_VALUE_ERROR)
        return judge(b);
    if (a->type == TB_VALUE_ARRAY || b->type == TB_VALUE_ARRAY)
        return RESULT_UNSURE;
    return tb_program_compare(op, a, b) ? RESULT_YES : RESULT_NO;
}

/* The values of a test's operand: a column, or a constant, which is the same for every record. */
typedef struct side {
    const tb_value *values;
    size_t step; /* 0 for a constant */
} side;

static side fill_side(tb_columns *self, size_t operand, tb_record_set wanted)
{
    const tb_value *constant = self->set->operands[operand].constant;
    return constant != NULL ? (side){constant, 0} : (side){fill(self, operand, wanted), 1};
}

/* Each of these adds the wanted records to the set of their result. */

static void ask_operand(tb_columns *self, const tb_test *test, tb_record_set wanted,
                        tb_record_set sets[4])
{
    side only = fill_side(self, test->operands[0], wanted);
    for (; wanted != 0 && only.values != NULL; wanted &= wanted - 1)
        sets[judge(&only.values[first_of(wanted) * only.step])] |= wanted & -wanted;
}

static void ask_comparison(tb_columns *self, const tb_test *test, tb_record_set wanted,
                           tb_record_set sets[4])
{
    side a = fill_side(self, test->operands[0], wanted);
    side b = fill_side(self, test->operands[1], wanted);
    for (; wanted != 0 && a.values != NULL && b.values != NULL; wanted &= wanted - 1) {
        size_t i = first_of(wanted);
        test_result result =
            compare(test->comparison, &a.values[i * a.step], &b.values[i * b.step]);
        sets[result] |= wanted & -wanted;
    }
}

static void ask_run(tb_columns *self, const tb_test *test, tb_record_set wanted,
                    tb_record_set sets[4])
{
    tb_binding *binding = self->binding;
    for (; wanted != 0; wanted &= wanted - 1) {
        size_t steps;
        binding->record = self->records[first_of(wanted)];
        tb_value value =
            tb_program_run(test->expression, &binding->environment, test->from, test->to, &steps);
        sets[steps > TEST_STEPS ? RESULT_UNSURE : judge(&value)] |= wanted & -wanted;
        tb_arena_reset(binding->environment.scratch);
    }
}

tb_answer tb_columns_ask(tb_columns *columns, size_t index, tb_record_set wanted)
{
    const tb_test *test = &columns->set->tests[index];
    tb_known_answer *known = &columns->answers[index];
    tb_answer *all = &known->answer;
    tb_record_set missing = wanted & ~known->known, sets[4] = {0};
    if (missing != 0 && test->operand_count == 0)
        ask_run(columns, test, missing, sets);
    else if (missing != 0 && test->operand_count == 1)
        ask_operand(columns, test, missing, sets);
    else if (missing != 0)
        ask_comparison(columns, test, missing, sets);
    known->known |= missing;
    all->yes |= sets[RESULT_YES];
    all->no |= sets[RESULT_NO];
    all->unsure |= sets[RESULT_UNSURE];
    return (tb_answer){all->yes & wanted, all->no & wanted, all->unsure & wanted};
}
