/*
 * Filling columns. What a call means is the evaluator's: these are its calls of functions of
 * scalars without what only other formulas need. Whatever may come near a limit is left to it, as
 * the value #LIMIT!, which here spreads through every function.
 */
#include "rule/column.h"

#include "rule/calculation.h"
#include "rule/truth.h"

#define KEPT_TEXT 256 /* of a text that a function made */

bool tb_columns_init(tb_columns *columns, const tb_test_set *set, tb_binding *binding,
                     tb_held_array *held, const tb_record **records, size_t record_count)
{
    tb_column *values = tb_arena_array(binding->arena, set->operands.count, sizeof *values);
    tb_known_answer *answers = tb_arena_array(binding->arena, set->test_count, sizeof *answers);
    tb_fact_column *facts = tb_arena_array(binding->arena, set->subjects.count, sizeof *facts);
    *columns = (tb_columns){set, binding, record_count, records, values, answers, facts, held};
    return values != NULL && answers != NULL && facts != NULL;
}

/* The place of the first record in a set that is not empty. */
static inline size_t first_of(tb_record_set set)
{
    return (size_t)__builtin_ctzll(set);
}

/* ---- operands ---- */

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

/* A call for many records. */
typedef struct repeated_call {
    tb_columns *columns;
    const tb_function *function;
    const tb_value *firsts; /* of the records: the first argument */
    size_t max_steps;
    tb_call call;
    tb_value arguments[TB_OPERAND_MAX_ARGUMENTS]; /* where there are several */
} repeated_call;

static void begin_call(repeated_call *self, tb_columns *columns, const tb_operand *operand)
{
    const tb_compiled_call *compiled = operand->call;
    self->columns = columns;
    self->function = compiled->function;
    self->firsts = columns->values[operand->arguments[0]].values;
    self->max_steps = tb_operand_max_steps(&columns->set->operands);
    self->call = (tb_call){&columns->binding->environment, compiled->argument_count,
                           self->arguments, compiled->prepared};
    for (size_t i = 1; i < compiled->argument_count; i++)
        self->arguments[i] = *columns->set->operands.list[operand->arguments[i]].constant;
}

static bool is_long_array(const tb_value *array, size_t max_steps)
{
    size_t steps = array->as.array.count;
    for (size_t i = 0; i < array->as.array.count && steps <= max_steps; i++) {
        const tb_value *element = &array->as.array.values[i];
        steps += element->type == TB_VALUE_TEXT ? element->as.text.size / TB_TEXT_STEP : 0;
    }
    return steps > max_steps;
}

/* Whether the value follows from the argument without a call. */
static bool follows(const repeated_call *self, const tb_value *argument, tb_value_error *ret)
{
    unsigned flags = self->function->flags;
    *ret = TB_VALUE_ERROR_LIMIT;
    if (argument->type == TB_VALUE_TEXT)
        return argument->as.text.size > TB_OPERAND_MAX_TEXT;
    if (argument->type == TB_VALUE_ARRAY)
        return (flags & TB_FUNCTION_TAKES_ARRAYS) == 0 || is_long_array(argument, self->max_steps);
    if (argument->type != TB_VALUE_ERROR)
        return false;
    *ret = argument->as.error;
    return (flags & TB_FUNCTION_TAKES_ERRORS) == 0 || tb_value_is_limit(argument);
}

static inline tb_value call_for(repeated_call *self, size_t record)
{
    const tb_value *first = &self->firsts[record];
    tb_value_error error;
    if (follows(self, first, &error))
        return tb_value_of_error(error);
    if (self->call.argument_count == 1)
        self->call.arguments = first;
    else
        tb_value_put(&self->arguments[0], first);
    self->columns->binding->record = self->columns->records[record];
    return self->function->call(&self->call);
}

static void fill_from_call(tb_columns *self, const tb_operand *operand, tb_record_set missing,
                           tb_value *values)
{
    repeated_call repeated;
    begin_call(&repeated, self, operand);
    for (; missing != 0; missing &= missing - 1) {
        size_t i = first_of(missing);
        tb_value result = call_for(&repeated, i);
        tb_value_put(&values[i], &result);
        if (self->binding->environment.scratch->used > 0)
            keep_text(self->binding, &values[i]);
    }
}

/* Where texts of the result may lie in an array that is held, they are copied, too. */
static void fill_from_calculation(tb_columns *self, const tb_operand *operand,
                                  tb_record_set missing, tb_value *values)
{
    bool copies = false;
    for (size_t i = 0; i < operand->argument_count; i++)
        copies |= tb_operand_makes_arrays(&self->set->operands.list[operand->arguments[i]]);
    for (; missing != 0; missing &= missing - 1) {
        size_t i = first_of(missing);
        tb_value_put_result(&values[i], tb_calculation_run(self, operand, i));
        if (copies || self->binding->environment.scratch->used > 0)
            keep_text(self->binding, &values[i]);
    }
}

static bool fill_arguments(tb_columns *self, const tb_operand *operand, tb_record_set missing)
{
    if (operand->kind == TB_OPERAND_CALL)
        return tb_columns__fill(self, operand->arguments[0], missing) != NULL;
    return operand->kind != TB_OPERAND_CALCULATION ||
           tb_calculation_prepare(self, operand, missing);
}

const tb_record *tb_columns__above(const tb_columns *columns, const tb_operand *operand, size_t i)
{
    const tb_record *record = columns->records[i];
    for (uint32_t level = 0; level < operand->levels && record->parent != NULL; level++)
        record = record->parent;
    return record;
}

/* The first of those records that have the operand's value in common. */
static tb_record_set find_leaders(const tb_columns *self, const tb_operand *operand,
                                  tb_record_set records)
{
    const tb_record *last = NULL;
    tb_record_set leaders = 0;
    for (; records != 0; records &= records - 1) {
        const tb_record *above = tb_columns__above(self, operand, first_of(records));
        leaders |= above != last ? records & -records : 0;
        last = above;
    }
    return leaders;
}

static void follow_leaders(tb_value *values, tb_record_set leaders, tb_record_set records)
{
    const tb_value *leader = NULL;
    for (; records != 0; records &= records - 1) {
        size_t i = first_of(records);
        if ((leaders >> i & 1) != 0)
            leader = &values[i];
        else
            tb_value_put(&values[i], leader);
    }
}

static bool fill_missing(tb_columns *self, const tb_operand *operand, tb_record_set missing,
                         tb_value *values)
{
    static void (*const fill_from[TB_OPERAND_KIND_COUNT])(tb_columns *, const tb_operand *,
                                                          tb_record_set, tb_value *) = {
        [TB_OPERAND_NAME] = fill_from_name,
        [TB_OPERAND_CALL] = fill_from_call,
        [TB_OPERAND_CALCULATION] = fill_from_calculation,
    };
    tb_record_set leaders = operand->levels > 0 ? find_leaders(self, operand, missing) : missing;
    if (!fill_arguments(self, operand, leaders))
        return false;
    fill_from[operand->kind](self, operand, leaders, values);
    if (leaders != missing)
        follow_leaders(values, leaders, missing);
    return true;
}

const tb_value *tb_columns__fill(tb_columns *columns, size_t index, tb_record_set wanted)
{
    tb_column *column = &columns->values[index];
    tb_record_set missing = wanted & ~column->known;
    if (missing == 0)
        return column->values;
    if (column->values == NULL)
        column->values =
            tb_arena_room(columns->binding->arena, columns->record_count * sizeof *column->values);
    if (column->values == NULL ||
        !fill_missing(columns, &columns->set->operands.list[index], missing, column->values)) {
        columns->binding->no_memory = true;
        return NULL;
    }
    column->known |= missing;
    return column->values;
}

/* ---- tests ---- */

static tb_test_result judge(const tb_value *value)
{
    if (value->type == TB_VALUE_BOOLEAN)
        return value->as.boolean ? TB_RESULT_YES : TB_RESULT_NO;
    return value->type == TB_VALUE_ERROR && !tb_value_is_limit(value) ? TB_RESULT_ERROR
                                                                      : TB_RESULT_UNSURE;
}

static tb_test_result compare(tb_opcode op, const tb_value *a, const tb_value *b)
{
    if (a->type == TB_VALUE_ERROR)
        return judge(a);
    if (b->type == TB_VALUE_ERROR)
        return judge(b);
    if (a->type == TB_VALUE_ARRAY || b->type == TB_VALUE_ARRAY)
        return TB_RESULT_UNSURE;
    return tb_program_compare(op, a, b) ? TB_RESULT_YES : TB_RESULT_NO;
}

/* The values of a test's operand: a column, or a constant, which is the same for every record. */
typedef struct side {
    const tb_value *values;
    size_t step; /* 0 for a constant */
} side;

static side fill_side(tb_columns *self, size_t operand, tb_record_set wanted)
{
    const tb_value *constant = self->set->operands.list[operand].constant;
    return constant != NULL ? (side){constant, 0}
                            : (side){tb_columns__fill(self, operand, wanted), 1};
}

/* Each of these adds the wanted records to the set of their result. */

/* A name or a constant by itself. */
static void ask_value(tb_columns *self, const tb_test *test, tb_record_set wanted,
                      tb_record_set sets[TB_RESULT_COUNT])
{
    side only = fill_side(self, test->operands[0], wanted);
    for (; wanted != 0 && only.values != NULL; wanted &= wanted - 1)
        sets[judge(&only.values[first_of(wanted) * only.step])] |= wanted & -wanted;
}

/* A function: its values are not kept, as the answer is. */
static void ask_call(tb_columns *self, const tb_test *test, tb_record_set wanted,
                     tb_record_set sets[TB_RESULT_COUNT])
{
    const tb_operand *operand = &self->set->operands.list[test->operands[0]];
    repeated_call repeated;
    if (tb_columns__fill(self, operand->arguments[0], wanted) == NULL)
        return;
    begin_call(&repeated, self, operand);
    for (; wanted != 0; wanted &= wanted - 1) {
        tb_value result = call_for(&repeated, first_of(wanted));
        sets[judge(&result)] |= wanted & -wanted;
        if (self->binding->environment.scratch->used > 0)
            tb_arena_reset(self->binding->environment.scratch);
    }
}

static void ask_comparison(tb_columns *self, const tb_test *test, tb_record_set wanted,
                           tb_record_set sets[TB_RESULT_COUNT])
{
    side a = fill_side(self, test->operands[0], wanted);
    side b = fill_side(self, test->operands[1], wanted);
    for (; wanted != 0 && a.values != NULL && b.values != NULL; wanted &= wanted - 1) {
        size_t i = first_of(wanted);
        tb_test_result result =
            compare(test->comparison, &a.values[i * a.step], &b.values[i * b.step]);
        sets[result] |= wanted & -wanted;
    }
}

static void ask_text(tb_columns *self, const tb_test *test, tb_record_set wanted,
                     tb_record_set sets[TB_RESULT_COUNT])
{
    const tb_value *constant = self->set->operands.list[test->operands[1]].constant;
    bool equality = test->comparison == TB_OP_EQUAL;
    side a = fill_side(self, test->operands[0], wanted);
    for (; wanted != 0 && a.values != NULL; wanted &= wanted - 1) {
        const tb_value *value = &a.values[first_of(wanted) * a.step];
        tb_test_result result = TB_RESULT_NO;
        if (value->type != TB_VALUE_TEXT)
            result = compare(test->comparison, value, constant);
        else if (tb_text_equal_folded(value->as.text, constant->as.text) == equality)
            result = TB_RESULT_YES;
        sets[result] |= wanted & -wanted;
    }
}

static void ask_run(tb_columns *self, const tb_test *test, tb_record_set wanted,
                    tb_record_set sets[TB_RESULT_COUNT])
{
    tb_binding *binding = self->binding;
    for (; wanted != 0; wanted &= wanted - 1) {
        size_t steps;
        binding->record = self->records[first_of(wanted)];
        tb_value value =
            tb_program_run(test->expression, &binding->environment, test->from, test->to, &steps);
        sets[steps > TB_TEST_MAX_STEPS ? TB_RESULT_UNSURE : judge(&value)] |= wanted & -wanted;
        tb_arena_reset(binding->environment.scratch);
    }
}

/* Makes the test for the missing records. */
static void ask(tb_columns *self, const tb_test *test, tb_record_set missing,
                tb_record_set sets[TB_RESULT_COUNT])
{
    static void (*const by_kind[TB_TEST_KIND_COUNT])(tb_columns *, const tb_test *, tb_record_set,
                                                     tb_record_set sets[TB_RESULT_COUNT]) = {
        [TB_TEST_RUN] = ask_run,   [TB_TEST_VALUE] = ask_value,
        [TB_TEST_CALL] = ask_call, [TB_TEST_COMPARISON] = ask_comparison,
        [TB_TEST_TEXT] = ask_text,
    };
    by_kind[test->kind](self, test, missing, sets);
}

const tb_fact_column *tb_columns_recall(tb_columns *columns, size_t subject)
{
    tb_fact_column *facts = &columns->facts[subject];
    if (!facts->is_made &&
        !tb_fact_column_make(facts, &columns->set->subjects.list[subject], columns->binding,
                             columns->records, columns->record_count)) {
        columns->binding->no_memory = true;
        return NULL;
    }
    return facts;
}

/* The same where the answer may be known from other places with the same content. */
static void ask_subject(tb_columns *self, const tb_test *test, tb_record_set missing,
                        tb_record_set sets[TB_RESULT_COUNT])
{
    const tb_fact_column *facts = tb_columns_recall(self, test->subject);
    tb_record_set made[TB_RESULT_COUNT] = {0};
    if (facts == NULL)
        return;
    missing = tb_fact_column_recall(facts, test->fact, missing, sets);
    if (missing == 0)
        return;
    ask(self, test, missing, made);
    tb_fact_column_note(facts, test->fact, made);
    for (size_t i = 0; i < TB_RESULT_COUNT; i++)
        sets[i] |= made[i];
}

tb_answer tb_columns_ask(tb_columns *columns, size_t index, tb_record_set wanted)
{
    const tb_test *test = &columns->set->tests[index];
    tb_known_answer *known = &columns->answers[index];
    tb_answer *all = &known->answer;
    tb_record_set missing = wanted & ~known->known, sets[TB_RESULT_COUNT] = {0};
    if (missing != 0 && test->subject != TB_NO_SUBJECT)
        ask_subject(columns, test, missing, sets);
    else if (missing != 0)
        ask(columns, test, missing, sets);
    known->known |= missing;
    all->yes |= sets[TB_RESULT_YES];
    all->no |= sets[TB_RESULT_NO];
    all->unsure |= sets[TB_RESULT_UNSURE];
    return (tb_answer){all->yes & wanted, all->no & wanted, all->unsure & wanted};
}
