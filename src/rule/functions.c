/*
 * Finding built-in functions, and what their bodies share: arguments of the right type.
 */
#include "rule/functions.h"

#include "base/limits.h"
#include "rule/near.h"
#include "rule/program.h"

static const struct {
    const tb_function *rows;
    const size_t *count;
} tables[] = {
    {tb_functions_logic, &tb_functions_logic_count},
    {tb_functions_number, &tb_functions_number_count},
    {tb_functions_range, &tb_functions_range_count},
    {tb_functions_text, &tb_functions_text_count},
    {tb_functions_date, &tb_functions_date_count},
    {tb_functions_lookup, &tb_functions_lookup_count},
    {tb_functions_pattern, &tb_functions_pattern_count},
    {tb_functions_official, &tb_functions_official_count},
};
#define TABLE_COUNT (sizeof tables / sizeof tables[0])

const tb_function *tb_function_find(tb_str name)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        for (size_t j = 0; j < *tables[i].count; j++) {
            if (tb_text_equal_folded(tb_str_of(tables[i].rows[j].name), name))
                return &tables[i].rows[j];
        }
    }
    return NULL;
}

void tb_function_offer_all(tb_nearest *nearest)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        for (size_t j = 0; j < *tables[i].count; j++)
            tb_nearest_offer(nearest, tb_str_of(tables[i].rows[j].name));
    }
}

bool tb_call_number(const tb_call *call, size_t index, tb_decimal *ret, tb_value *ret_failure)
{
    tb_value_error error;
    if (tb_value_to_number(&call->arguments[index], ret, &error))
        return true;
    *ret_failure = tb_value_of_error(error);
    return false;
}

bool tb_call_integer(const tb_call *call, size_t index, int64_t minimum, int64_t maximum,
                     int64_t *ret, tb_value *ret_failure)
{
    tb_decimal number;
    if (!tb_call_number(call, index, &number, ret_failure))
        return false;
    if (tb_decimal_round(number, 0, TB_ROUND_DOWN, &number) && tb_decimal_to_int(number, ret) &&
        *ret >= minimum && *ret <= maximum)
        return true;
    *ret_failure = tb_value_of_error(TB_VALUE_ERROR_VALUE);
    return false;
}

bool tb_call_text(const tb_call *call, size_t index, tb_str *ret, tb_value *ret_failure)
{
    tb_value_error error;
    if (tb_value_to_text(&call->arguments[index], call->environment->scratch, ret, &error))
        return true;
    *ret_failure = tb_value_of_error(error);
    return false;
}

bool tb_call_boolean(const tb_call *call, size_t index, bool *ret, tb_value *ret_failure)
{
    tb_value_error error;
    if (tb_value_to_boolean(&call->arguments[index], ret, &error))
        return true;
    *ret_failure = tb_value_of_error(error);
    return false;
}

size_t tb_call_elements(const tb_call *call, size_t index, const tb_value **ret)
{
    const tb_value *argument = &call->arguments[index];
    bool array = argument->type == TB_VALUE_ARRAY;
    *ret = array ? argument->as.array.values : argument;
    return array ? argument->as.array.count : 1;
}

char *tb_call_room(const tb_call *call, size_t size)
{
    return size > TB_MAX_VALUE_SIZE ? NULL : tb_arena_alloc(call->environment->scratch, size + 1);
}
