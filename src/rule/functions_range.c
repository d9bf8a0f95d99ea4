/*
 * Functions that go over many values: sums, counts, extremes. As in Calc they pass over texts and
 * blanks that were read from the form, while a computed text must be a number.
 */
#include "rule/criterion.h"
#include "rule/functions.h"

/* Goes over the numbers of all arguments. */
typedef struct number_cursor {
    const tb_call *call;
    size_t argument, element;
    bool failed; /* at an error or a computed text; failure is what the function returns */
    tb_value failure;
} number_cursor;

static bool passes_over(const tb_value *value, bool in_array)
{
    return value->type == TB_VALUE_BLANK ||
           (value->type == TB_VALUE_TEXT && (in_array || value->origin != NULL));
}

static bool next_number(number_cursor *cursor, tb_decimal *ret)
{
    while (cursor->argument < cursor->call->argument_count) {
        const tb_value *values;
        bool array = cursor->call->arguments[cursor->argument].type == TB_VALUE_ARRAY;
        size_t count = tb_call_elements(cursor->call, cursor->argument, &values);
        while (cursor->element < count) {
            const tb_value *value = &values[cursor->element++];
            tb_value_error error = TB_VALUE_ERROR_VALUE;
            if (passes_over(value, array))
                continue;
            if (value->type != TB_VALUE_TEXT && tb_value_to_number(value, ret, &error))
                return true;
            cursor->failed = true;
            cursor->failure = tb_value_of_error(error);
            return false;
        }
        cursor->argument++;
        cursor->element = 0;
    }
    return false;
}

static tb_value sum_numbers(const tb_call *call, size_t *ret_count)
{
    number_cursor cursor = {.call = call};
    tb_decimal sum = tb_decimal_of(0), number;
    *ret_count = 0;
    for (; next_number(&cursor, &number); ++*ret_count) {
        if (!tb_decimal_add_rounded(sum, number, &sum))
            return tb_value_of_error(TB_VALUE_ERROR_NUM);
    }
    return cursor.failed ? cursor.failure : tb_value_of_number(sum);
}

static tb_value call_sum(const tb_call *call)
{
    size_t count;
    return sum_numbers(call, &count);
}

static tb_value call_average(const tb_call *call)
{
    size_t count;
    tb_value sum = sum_numbers(call, &count);
    if (sum.type == TB_VALUE_ERROR)
        return sum;
    tb_decimal average;
    if (count == 0)
        return tb_value_of_error(TB_VALUE_ERROR_DIV0);
    if (!tb_decimal_divide(sum.as.number, tb_decimal_of((int64_t)count), &average))
        return tb_value_of_error(TB_VALUE_ERROR_NUM);
    return tb_value_of_number(average);
}

/* The number for which `sign` is the order to all others; 0 when there is none. */
static tb_value find_extreme(const tb_call *call, int sign)
{
    number_cursor cursor = {.call = call};
    tb_decimal extreme = tb_decimal_of(0), number;
    for (bool first = true; next_number(&cursor, &number); first = false) {
        if (first || tb_decimal_compare(number, extreme) == sign)
            extreme = number;
    }
    return cursor.failed ? cursor.failure : tb_value_of_number(extreme);
}

static tb_value call_min(const tb_call *call)
{
    return find_extreme(call, -1);
}

static tb_value call_max(const tb_call *call)
{
    return find_extreme(call, 1);
}

/* How many numbers; a computed text that is one counts too, errors do not. */
static tb_value call_count(const tb_call *call)
{
    int64_t numbers = 0;
    for (size_t i = 0; i < call->argument_count; i++) {
        const tb_value *values;
        tb_decimal number;
        tb_value_error ignored;
        bool array = call->arguments[i].type == TB_VALUE_ARRAY;
        size_t count = tb_call_elements(call, i, &values);
        for (size_t j = 0; j < count; j++)
            numbers += !passes_over(&values[j], array) &&
                       tb_value_to_number(&values[j], &number, &ignored);
    }
    return tb_value_of_integer(numbers);
}

static int64_t count_blanks(const tb_call *call, int64_t *ret_all)
{
    int64_t blanks = 0;
    *ret_all = 0;
    for (size_t i = 0; i < call->argument_count; i++) {
        const tb_value *values;
        size_t count = tb_call_elements(call, i, &values);
        *ret_all += (int64_t)count;
        for (size_t j = 0; j < count; j++)
            blanks += values[j].type == TB_VALUE_BLANK;
    }
    return blanks;
}

static tb_value call_counta(const tb_call *call)
{
    int64_t all, blanks = count_blanks(call, &all);
    return tb_value_of_integer(all - blanks);
}

static tb_value call_countblank(const tb_call *call)
{
    int64_t all;
    return tb_value_of_integer(count_blanks(call, &all));
}

/* How many elements there are, blank or not. */
static tb_value call_rows(const tb_call *call)
{
    const tb_value *values;
    return tb_value_of_integer((int64_t)tb_call_elements(call, 0, &values));
}

/* A constant criterion is read once, with the formula. */
static tb_status prepare_criterion(tb_preparation *preparation, const void **ret_prepared)
{
    tb_criterion criterion;
    const tb_value *value = preparation->constants[1];
    if (value == NULL || !tb_criterion_make(value, &criterion))
        return TB_OK;
    tb_criterion *kept = tb_arena_alloc(preparation->arena, sizeof *kept);
    if (kept == NULL)
        return tb_error_memory(preparation->error);
    *kept = criterion;
    *ret_prepared = kept;
    return TB_OK;
}

/* The second argument; NULL where it is none. */
static const tb_criterion *criterion_of(const tb_call *call, tb_criterion *room)
{
    if (call->prepared != NULL)
        return call->prepared;
    return tb_criterion_make(&call->arguments[1], room) ? room : NULL;
}

static tb_value call_countif(const tb_call *call)
{
    const tb_value *values;
    tb_criterion room;
    const tb_criterion *criterion = criterion_of(call, &room);
    size_t count = tb_call_elements(call, 0, &values);
    if (criterion == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    tb_effort effort = tb_effort_for(count);
    size_t matches = tb_criterion_count(criterion, values, count, &effort);
    return effort.left == 0 ? tb_value_of_error(TB_VALUE_ERROR_LIMIT)
                            : tb_value_of_integer((int64_t)matches);
}

static tb_value call_sumif(const tb_call *call)
{
    const tb_value *values, *addends;
    tb_criterion room;
    const tb_criterion *criterion = criterion_of(call, &room);
    size_t count = tb_call_elements(call, 0, &values);
    size_t last = call->argument_count > 2 ? 2 : 0;
    if (criterion == NULL || tb_call_elements(call, last, &addends) != count)
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    tb_decimal sum = tb_decimal_of(0), number;
    tb_effort effort = tb_effort_for(count);
    for (size_t i = 0; i < count; i++) {
        tb_value_error error;
        if (!tb_criterion_matches(criterion, &values[i], &effort) || passes_over(&addends[i], true))
            continue;
        if (!tb_value_to_number(&addends[i], &number, &error))
            return tb_value_of_error(error);
        if (!tb_decimal_add_rounded(sum, number, &sum))
            return tb_value_of_error(TB_VALUE_ERROR_NUM);
    }
    return effort.left == 0 ? tb_value_of_error(TB_VALUE_ERROR_LIMIT) : tb_value_of_number(sum);
}

/* Multiplies *product by an element; texts and blanks are 0. False: *ret_failure. */
static bool multiply_by(tb_decimal *product, const tb_value *value, tb_value *ret_failure)
{
    tb_decimal factor = tb_decimal_of(0);
    tb_value_error error = TB_VALUE_ERROR_NUM;
    if (!passes_over(value, true) && !tb_value_to_number(value, &factor, &error)) {
        *ret_failure = tb_value_of_error(error);
        return false;
    }
    *ret_failure = tb_value_of_error(TB_VALUE_ERROR_NUM);
    return tb_decimal_multiply_rounded(*product, factor, product);
}

static tb_value call_sumproduct(const tb_call *call)
{
    const tb_value *values;
    tb_value failure;
    tb_decimal sum = tb_decimal_of(0);
    size_t count = tb_call_elements(call, 0, &values);
    for (size_t i = 1; i < call->argument_count; i++) {
        if (tb_call_elements(call, i, &values) != count)
            return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    }
    for (size_t row = 0; row < count; row++) {
        tb_decimal product = tb_decimal_of(1);
        for (size_t i = 0; i < call->argument_count; i++) {
            tb_call_elements(call, i, &values);
            if (!multiply_by(&product, &values[row], &failure))
                return failure;
        }
        if (!tb_decimal_add_rounded(sum, product, &sum))
            return tb_value_of_error(TB_VALUE_ERROR_NUM);
    }
    return tb_value_of_number(sum);
}

#define ARRAYS TB_FUNCTION_TAKES_ARRAYS
#define ALL    (TB_FUNCTION_TAKES_ARRAYS | TB_FUNCTION_TAKES_ERRORS)

const tb_function tb_functions_range[] = {
    {"SUM", 0, 255, ARRAYS, call_sum, NULL},
    {"AVERAGE", 1, 255, ARRAYS, call_average, NULL},
    {"MIN", 1, 255, ARRAYS, call_min, NULL},
    {"MAX", 1, 255, ARRAYS, call_max, NULL},
    {"COUNT", 1, 255, ALL, call_count, NULL},
    {"COUNTA", 1, 255, ALL, call_counta, NULL},
    {"COUNTBLANK", 1, 1, ALL, call_countblank, NULL},
    {"COUNTIF", 2, 2, ARRAYS, call_countif, prepare_criterion},
    {"SUMIF", 2, 3, ARRAYS, call_sumif, prepare_criterion},
    {"SUMPRODUCT", 1, 255, ARRAYS, call_sumproduct, NULL},
    {"ROWS", 1, 1, ALL, call_rows, NULL},
};
const size_t tb_functions_range_count = sizeof tb_functions_range / sizeof tb_functions_range[0];
