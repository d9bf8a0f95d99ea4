/*
 * Nearly all calls have scalars only, and what others need is kept out of their way.
 */
#include "rule/calling.h"

#include "base/limits.h"

#define COSTLY_STEPS 1000

static size_t count_steps(const tb_call *call, unsigned flags)
{
    size_t steps = (flags & TB_FUNCTION_COSTLY) != 0 ? COSTLY_STEPS : 1;
    for (size_t i = 0; i < call->argument_count; i++) {
        const tb_value *argument = &call->arguments[i];
        steps += tb_call_text_steps(argument);
        if (argument->type != TB_VALUE_ARRAY || (flags & TB_FUNCTION_LOOKS_UP) != 0)
            continue;
        steps += argument->as.array.count;
        for (size_t j = 0; j < argument->as.array.count; j++)
            steps += tb_call_text_steps(&argument->as.array.values[j]);
    }
    return steps;
}

static tb_value call_scalar(tb_work *work, const tb_function *function, const tb_call *call)
{
    if ((function->flags & TB_FUNCTION_TAKES_ERRORS) == 0) {
        for (size_t i = 0; i < call->argument_count; i++) {
            if (call->arguments[i].type == TB_VALUE_ERROR)
                return tb_value_of_error(call->arguments[i].as.error);
        }
    }
    work->steps += count_steps(call, function->flags);
    if (work->steps > TB_MAX_FORMULA_STEPS)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    return function->call(call);
}

/* How many times a function of scalars is to be called: the arrays' common count; 0 with *ret_error
 * true when they differ. */
static size_t find_count(const tb_call *call, bool *ret_array, bool *ret_error)
{
    size_t count = 0;
    *ret_array = *ret_error = false;
    for (size_t i = 0; i < call->argument_count; i++) {
        if (call->arguments[i].type != TB_VALUE_ARRAY)
            continue;
        *ret_error |= *ret_array && call->arguments[i].as.array.count != count;
        count = call->arguments[i].as.array.count;
        *ret_array = true;
    }
    return count;
}

static tb_value call_each(tb_work *work, const tb_function *function, const tb_call *call,
                          size_t count)
{
    tb_value *results = tb_array_make(work, count);
    tb_value *arguments = tb_array_make(work, call->argument_count);
    if (results == NULL || arguments == NULL)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    tb_call scalar = *call;
    scalar.arguments = arguments;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < call->argument_count; j++)
            tb_value_put(&arguments[j], tb_array_element(&call->arguments[j], i));
        tb_value_put_result(&results[i], call_scalar(work, function, &scalar));
    }
    return tb_value_of_array(count, results);
}

/* A call that has an array among its arguments. */
__attribute__((noinline)) static tb_value
call_with_array(tb_work *work, const tb_function *function, const tb_call *call)
{
    bool array, error;
    if ((function->flags & TB_FUNCTION_TAKES_ARRAYS) != 0)
        return call_scalar(work, function, call);
    size_t count = find_count(call, &array, &error);
    return error ? tb_value_of_error(TB_VALUE_ERROR_VALUE) : call_each(work, function, call, count);
}

/* Nearly all calls have scalars only: one look at each argument. */
tb_value tb_call_run(tb_work *work, const tb_function *function, const tb_call *call)
{
    const tb_value *error = NULL;
    size_t steps = (function->flags & TB_FUNCTION_COSTLY) != 0 ? COSTLY_STEPS : 1;
    for (size_t i = call->argument_count; i-- > 0;) {
        const tb_value *argument = &call->arguments[i];
        if (argument->type == TB_VALUE_ARRAY)
            return call_with_array(work, function, call);
        if (argument->type == TB_VALUE_ERROR)
            error = argument;
        steps += tb_call_text_steps(argument);
    }
    if (error != NULL && (function->flags & TB_FUNCTION_TAKES_ERRORS) == 0)
        return tb_value_of_error(error->as.error);
    work->steps += steps;
    if (work->steps > TB_MAX_FORMULA_STEPS)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    return function->call(call);
}
