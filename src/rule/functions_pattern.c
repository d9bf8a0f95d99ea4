/*
 * REGEX(text; expression): what the expression finds in the text, #N/A when nothing.
 * REGEX(text; expression; replacement): the text with the first match replaced; with a fourth
 * argument "g", with every one.
 */
#include "base/limits.h"
#include "rule/functions.h"
#include "rule/pattern.h"

/* A constant expression is compiled once, with the formula. */
static tb_status prepare_regex(tb_preparation *preparation, const void **ret_prepared)
{
    const tb_value *source = preparation->constants[1];
    const tb_pattern *pattern = NULL;
    if (source == NULL || source->type != TB_VALUE_TEXT)
        return TB_OK;
    preparation->wrong_argument = 1;
    tb_status status =
        tb_pattern_compile(preparation->arena, source->as.text, &pattern, preparation->error);
    if (status == TB_OK)
        *ret_prepared = pattern;
    return status;
}

static bool read_pattern(const tb_call *call, const tb_pattern **ret, tb_value *ret_failure)
{
    tb_str source;
    *ret = call->prepared;
    if (*ret != NULL)
        return true;
    if (!tb_call_text(call, 1, &source, ret_failure))
        return false;
    tb_status status = tb_pattern_compile(call->environment->scratch, source, ret, NULL);
    *ret_failure =
        tb_value_of_error(status == TB_INVALID ? TB_VALUE_ERROR_VALUE : TB_VALUE_ERROR_LIMIT);
    return status == TB_OK;
}

static tb_value find_match(const tb_call *call, const tb_pattern *pattern, tb_str text)
{
    size_t from = 0, to = 0;
    switch (tb_pattern_find(pattern, call->environment->scratch, text, 0, &from, &to)) {
    case TB_PATTERN_FOUND:
        return tb_value_of_text(tb_str_slice(text, from, to));
    case TB_PATTERN_NOT_FOUND:
        return tb_value_of_error(TB_VALUE_ERROR_NA);
    case TB_PATTERN_LIMIT:
        break;
    }
    return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
}

static tb_value replace(const tb_call *call, const tb_pattern *pattern, tb_str text)
{
    tb_str replacement, flags = TB_STR(""), result;
    tb_value failure;
    if (!tb_call_text(call, 2, &replacement, &failure) ||
        (call->argument_count > 3 && !tb_call_text(call, 3, &flags, &failure)))
        return failure;
    bool all = tb_str_equal(flags, TB_STR("g"));
    if (!all && flags.size > 0)
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    if (tb_pattern_replace(pattern, call->environment->scratch, text, replacement, all,
                           TB_MAX_VALUE_SIZE, &result) == TB_PATTERN_LIMIT)
        return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
    return tb_value_of_text(result);
}

static tb_value call_regex(const tb_call *call)
{
    const tb_pattern *pattern;
    tb_str text;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure) || !read_pattern(call, &pattern, &failure))
        return failure;
    return call->argument_count > 2 ? replace(call, pattern, text)
                                    : find_match(call, pattern, text);
}

const tb_function tb_functions_pattern[] = {
    {"REGEX", 2, 4, TB_FUNCTION_COSTLY, call_regex, prepare_regex},
};
const size_t tb_functions_pattern_count =
    sizeof tb_functions_pattern / sizeof tb_functions_pattern[0];
