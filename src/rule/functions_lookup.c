/*
 * Functions that look a value up in an array. A blank is never found.
 */
#include "rule/criterion.h"
#include "rule/functions.h"

static bool is_text(const tb_value *value)
{
    return value->type == TB_VALUE_TEXT;
}

/* Numbers are found among numbers and texts among texts. */
static bool is_comparable(const tb_value *value, const tb_value *sought)
{
    return value->type != TB_VALUE_BLANK && value->type != TB_VALUE_ERROR &&
           is_text(value) == is_text(sought);
}

/* The first that is equal, texts with wildcards; count when there is none. */
static size_t find_equal(const tb_value *values, size_t count, const tb_value *sought,
                         tb_effort *effort)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_comparable(&values[i], sought))
            continue;
        if (is_text(sought) ? tb_wildcard_matches(sought->as.text, values[i].as.text, effort)
                            : tb_value_compare(&values[i], sought) == 0)
            return i;
    }
    return count;
}

/* In an array that rises (sign 1) or falls (sign -1): the last that is not beyond; count when the
 * first one is already. */
static size_t find_sorted(const tb_value *values, size_t count, const tb_value *sought, int sign)
{
    size_t found = count;
    for (size_t i = 0; i < count; i++) {
        if (!is_comparable(&values[i], sought))
            continue;
        if (tb_value_compare(&values[i], sought) * sign > 0)
            break;
        found = i;
    }
    return found;
}

/* What is looked for; a blank stands for 0. False: an array or an error, in *ret_failure. */
static bool read_sought(const tb_call *call, tb_value *ret, tb_value *ret_failure)
{
    *ret = call->arguments[0];
    if (ret->type == TB_VALUE_BLANK)
        *ret = tb_value_of_integer(0);
    *ret_failure =
        tb_value_of_error(ret->type == TB_VALUE_ERROR ? ret->as.error : TB_VALUE_ERROR_VALUE);
    return ret->type != TB_VALUE_ERROR && ret->type != TB_VALUE_ARRAY;
}

/* MATCH(sought; array; type): type 0 finds an equal one, 1 (the default) in a rising array the last
 * that is not larger, -1 in a falling one the last that is not smaller. */
static tb_value call_match(const tb_call *call)
{
    int64_t type = 1;
    tb_value sought, failure;
    const tb_value *values;
    if (!read_sought(call, &sought, &failure) ||
        (call->argument_count > 2 && !tb_call_integer(call, 2, -1, 1, &type, &failure)))
        return failure;
    size_t count = tb_call_elements(call, 1, &values);
    tb_effort effort = tb_effort_for(count);
    size_t found = type == 0 ? find_equal(values, count, &sought, &effort)
                             : find_sorted(values, count, &sought, (int)type);
    if (found < count)
        return tb_value_of_integer((int64_t)found + 1);
    return tb_value_of_error(effort.left == 0 ? TB_VALUE_ERROR_LIMIT : TB_VALUE_ERROR_NA);
}

/* INDEX(array; number), from 1. */
static tb_value call_index(const tb_call *call)
{
    const tb_value *values;
    int64_t number;
    tb_value failure;
    size_t count = tb_call_elements(call, 0, &values);
    if (!tb_call_integer(call, 1, 1, (int64_t)count, &number, &failure))
        return failure;
    return values[number - 1];
}

/* LOOKUP(sought; rising array; results): what stands in the results at the place where MATCH finds
 * it. Without results: the element that was found. */
static tb_value call_lookup(const tb_call *call)
{
    tb_value sought, failure;
    const tb_value *values, *results;
    if (!read_sought(call, &sought, &failure))
        return failure;
    size_t count = tb_call_elements(call, 1, &values);
    size_t result_count = tb_call_elements(call, call->argument_count - 1, &results);
    size_t found = find_sorted(values, count, &sought, 1);
    if (found == count || found >= result_count)
        return tb_value_of_error(TB_VALUE_ERROR_NA);
    return results[found];
}

const tb_function tb_functions_lookup[] = {
    {"MATCH", 2, 3, TB_FUNCTION_TAKES_ARRAYS, call_match, NULL},
    {"INDEX", 2, 2, TB_FUNCTION_TAKES_ARRAYS, call_index, NULL},
    {"LOOKUP", 2, 3, TB_FUNCTION_TAKES_ARRAYS, call_lookup, NULL},
};
const size_t tb_functions_lookup_count = sizeof tb_functions_lookup / sizeof tb_functions_lookup[0];
