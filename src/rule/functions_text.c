/*
 * Functions of texts. Places and lengths count characters, from 1.
 */
#include <string.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "rule/criterion.h"
#include "rule/functions.h"
#include "rule/number_format.h"

#define SOUGHT_SIZE_MAX 1024 /* of a text that is searched for: keeps a search short */
#define SIZE_PER_VALUE  64   /* so much text of a search makes the effort of one value */

static tb_value limit_error(void)
{
    return tb_value_of_error(TB_VALUE_ERROR_LIMIT);
}

/* The byte where the character `number`, from 0, begins; text.size when there are fewer. */
static size_t find_offset(tb_str text, int64_t number)
{
    size_t at = 0;
    while (number-- > 0 && at < text.size)
        tb_text_next(text, &at);
    return at;
}

static tb_value call_len(const tb_call *call)
{
    tb_str text;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure))
        return failure;
    return tb_value_of_integer((int64_t)tb_text_length(text));
}

static tb_value call_left(const tb_call *call)
{
    tb_str text;
    int64_t count = 1;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure) ||
        (call->argument_count > 1 && !tb_call_integer(call, 1, 0, INT32_MAX, &count, &failure)))
        return failure;
    return tb_value_of_text(tb_str_slice(text, 0, find_offset(text, count)));
}

static tb_value call_right(const tb_call *call)
{
    tb_str text;
    int64_t count = 1;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure) ||
        (call->argument_count > 1 && !tb_call_integer(call, 1, 0, INT32_MAX, &count, &failure)))
        return failure;
    int64_t skipped = (int64_t)tb_text_length(text) - count;
    return tb_value_of_text(tb_str_slice(text, find_offset(text, skipped), text.size));
}

static tb_value call_mid(const tb_call *call)
{
    tb_str text;
    int64_t start, count;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure) ||
        !tb_call_integer(call, 1, 1, INT32_MAX, &start, &failure) ||
        !tb_call_integer(call, 2, 0, INT32_MAX, &count, &failure))
        return failure;
    tb_str rest = tb_str_slice(text, find_offset(text, start - 1), text.size);
    return tb_value_of_text(tb_str_slice(rest, 0, find_offset(rest, count)));
}

/* The arguments of FIND and SEARCH: what to look for, the text, and the byte to begin at. */
static bool read_search(const tb_call *call, tb_str *ret_sought, tb_str *ret_text,
                        size_t *ret_start, tb_value *ret_failure)
{
    int64_t start = 1;
    if (!tb_call_text(call, 0, ret_sought, ret_failure) ||
        !tb_call_text(call, 1, ret_text, ret_failure) ||
        (call->argument_count > 2 && !tb_call_integer(call, 2, 1, INT32_MAX, &start, ret_failure)))
        return false;
    *ret_start = find_offset(*ret_text, start - 1);
    if (ret_sought->size > SOUGHT_SIZE_MAX)
        *ret_failure = limit_error();
    else if (ret_sought->size == 0)
        *ret_failure = tb_value_of_error(TB_VALUE_ERROR_VALUE);
    else
        return true;
    return false;
}

static tb_value place_of(tb_str text, size_t offset)
{
    return tb_value_of_integer((int64_t)tb_text_length(tb_str_slice(text, 0, offset)) + 1);
}

/* Tells letters' case apart. */
static tb_value call_find(const tb_call *call)
{
    tb_str sought, text;
    size_t start;
    tb_value failure;
    if (!read_search(call, &sought, &text, &start, &failure))
        return failure;
    ptrdiff_t found = tb_str_find(tb_str_slice(text, start, text.size), sought);
    return found < 0 ? tb_value_of_error(TB_VALUE_ERROR_VALUE)
                     : place_of(text, start + (size_t)found);
}

/* Does not tell letters' case apart, and knows the wildcards * and ?. */
static tb_value call_search(const tb_call *call)
{
    tb_str sought, text;
    size_t start;
    tb_value failure;
    if (!read_search(call, &sought, &text, &start, &failure))
        return failure;
    char pattern[SOUGHT_SIZE_MAX + 1];
    memcpy(pattern, sought.data, sought.size);
    pattern[sought.size] = '*'; /* what follows does not matter */
    tb_effort effort = tb_effort_for(text.size / SIZE_PER_VALUE);
    for (size_t at = start; at < text.size && effort.left > 0; tb_text_next(text, &at)) {
        if (tb_wildcard_matches((tb_str){pattern, sought.size + 1},
                                tb_str_slice(text, at, text.size), &effort))
            return place_of(text, at);
    }
    return tb_value_of_error(effort.left == 0 ? TB_VALUE_ERROR_LIMIT : TB_VALUE_ERROR_VALUE);
}

/* Copies text with the occurrence `which` (0: every one) of `sought` replaced; out NULL only counts
 * the bytes. */
static size_t substitute(tb_str text, tb_str sought, tb_str replacement, int64_t which, char *out)
{
    size_t size = 0;
    for (int64_t number = 1; text.size > 0; number++) {
        ptrdiff_t found = tb_str_find(text, sought);
        bool replaced = found >= 0 && (which == 0 || which == number);
        size_t kept = found < 0 ? text.size : (size_t)found + (replaced ? 0 : sought.size);
        tb_str added = replaced ? replacement : TB_STR("");
        if (out != NULL && kept > 0)
            memcpy(out + size, text.data, kept);
        if (out != NULL && added.size > 0)
            memcpy(out + size + kept, added.data, added.size);
        size += kept + added.size;
        text = tb_str_slice(text, kept + (replaced ? sought.size : 0), text.size);
    }
    return size;
}

static tb_value call_substitute(const tb_call *call)
{
    tb_str text, sought, replacement;
    int64_t which = 0;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure) || !tb_call_text(call, 1, &sought, &failure) ||
        !tb_call_text(call, 2, &replacement, &failure) ||
        (call->argument_count > 3 && !tb_call_integer(call, 3, 1, INT32_MAX, &which, &failure)))
        return failure;
    if (sought.size == 0)
        return tb_value_of_text(text);
    if (sought.size > SOUGHT_SIZE_MAX)
        return limit_error();
    size_t size = substitute(text, sought, replacement, which, NULL);
    char *out = tb_call_room(call, size);
    if (out == NULL)
        return limit_error();
    substitute(text, sought, replacement, which, out);
    return tb_value_of_text((tb_str){out, size});
}

static tb_value call_rept(const tb_call *call)
{
    tb_str text;
    int64_t count;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure) ||
        !tb_call_integer(call, 1, 0, INT32_MAX, &count, &failure))
        return failure;
    if (text.size == 0)
        count = 0;
    if (count > 0 && text.size > TB_MAX_VALUE_SIZE / (size_t)count)
        return limit_error();
    char *out = tb_call_room(call, text.size * (size_t)count);
    if (out == NULL)
        return limit_error();
    for (int64_t i = 0; i < count; i++)
        memcpy(out + (size_t)i * text.size, text.data, text.size);
    return tb_value_of_text((tb_str){out, text.size * (size_t)count});
}

/* Drops the blanks at both ends and all but one between words: U+0020 only, as in Calc. */
static tb_value call_trim(const tb_call *call)
{
    tb_str text;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure))
        return failure;
    char *out = tb_call_room(call, text.size);
    if (out == NULL)
        return limit_error();
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != ' ' || (size > 0 && out[size - 1] != ' '))
            out[size++] = text.data[i];
    }
    if (size > 0 && out[size - 1] == ' ')
        size--;
    return tb_value_of_text((tb_str){out, size});
}

static tb_value change_case(const tb_call *call, utf8proc_int32_t (*change)(utf8proc_int32_t))
{
    tb_str text;
    tb_value failure;
    if (!tb_call_text(call, 0, &text, &failure))
        return failure;
    char *out = tb_call_room(call, text.size + text.size / 2 + 4); /* 2 bytes may become 3 */
    if (out == NULL)
        return limit_error();
    size_t size = 0;
    for (size_t at = 0; at < text.size;)
        size +=
            tb_text_encode((uint32_t)change((utf8proc_int32_t)tb_text_next(text, &at)), out + size);
    return tb_value_of_text((tb_str){out, size});
}

static tb_value call_upper(const tb_call *call)
{
    return change_case(call, utf8proc_toupper);
}

static tb_value call_lower(const tb_call *call)
{
    return change_case(call, utf8proc_tolower);
}

static tb_value call_exact(const tb_call *call)
{
    tb_str a, b;
    tb_value failure;
    if (!tb_call_text(call, 0, &a, &failure) || !tb_call_text(call, 1, &b, &failure))
        return failure;
    return tb_value_of_boolean(tb_str_equal(a, b));
}

static tb_value call_value(const tb_call *call)
{
    tb_decimal number;
    tb_value failure;
    if (!tb_call_number(call, 0, &number, &failure))
        return failure;
    return tb_value_of_number(number);
}

/* TEXT(number; "#,##0.00"); a text that is not written like a number stays as it is. */
static tb_value call_text(const tb_call *call)
{
    tb_str format;
    tb_decimal number;
    tb_value failure;
    tb_value_error error;
    if (!tb_call_text(call, 1, &format, &failure))
        return failure;
    if (!tb_value_to_number(&call->arguments[0], &number, &error))
        return call->arguments[0].type == TB_VALUE_TEXT ? call->arguments[0]
                                                        : tb_value_of_error(error);
    char *out = tb_call_room(call, TB_NUMBER_FORMAT_SIZE);
    if (out == NULL)
        return limit_error();
    tb_str text;
    if (!tb_number_format_apply(number, format, out, &text))
        return tb_value_of_error(TB_VALUE_ERROR_VALUE);
    return tb_value_of_text(text);
}

/* Writes all elements of an argument one after the other into out, which may be NULL, and adds
 * their size. False: *ret_failure. */
static bool concatenate(const tb_call *call, size_t index, char *out, size_t *size,
                        tb_value *ret_failure)
{
    const tb_value *values;
    size_t count = tb_call_elements(call, index, &values);
    for (size_t i = 0; i < count; i++) {
        tb_str text;
        tb_value_error error = TB_VALUE_ERROR_LIMIT;
        if (!tb_value_to_text(&values[i], call->environment->scratch, &text, &error) ||
            text.size > TB_MAX_VALUE_SIZE - *size) {
            *ret_failure = tb_value_of_error(error);
            return false;
        }
        if (out != NULL && text.size > 0)
            memcpy(out + *size, text.data, text.size);
        *size += text.size;
    }
    return true;
}

/* All arguments one after the other; of arrays every element. */
static tb_value call_concat(const tb_call *call)
{
    size_t size = 0, written = 0;
    tb_value failure = limit_error();
    for (size_t i = 0; i < call->argument_count; i++) {
        if (!concatenate(call, i, NULL, &size, &failure))
            return failure;
    }
    char *out = tb_call_room(call, size);
    for (size_t i = 0; i < call->argument_count && out != NULL; i++) {
        if (!concatenate(call, i, out, &written, &failure))
            return failure;
    }
    return out == NULL ? failure : tb_value_of_text((tb_str){out, size});
}

const tb_function tb_functions_text[] = {
    {"LEN", 1, 1, 0, call_len, NULL},
    {"LEFT", 1, 2, 0, call_left, NULL},
    {"RIGHT", 1, 2, 0, call_right, NULL},
    {"MID", 3, 3, 0, call_mid, NULL},
    {"FIND", 2, 3, 0, call_find, NULL},
    {"SEARCH", 2, 3, TB_FUNCTION_COSTLY, call_search, NULL},
    {"SUBSTITUTE", 3, 4, 0, call_substitute, NULL},
    {"REPT", 2, 2, 0, call_rept, NULL},
    {"TRIM", 1, 1, 0, call_trim, NULL},
    {"UPPER", 1, 1, 0, call_upper, NULL},
    {"LOWER", 1, 1, 0, call_lower, NULL},
    {"EXACT", 2, 2, 0, call_exact, NULL},
    {"VALUE", 1, 1, 0, call_value, NULL},
    {"TEXT", 2, 2, 0, call_text, NULL},
    {"CONCATENATE", 1, 255, TB_FUNCTION_TAKES_ARRAYS, call_concat, NULL},
    {"CONCAT", 1, 255, TB_FUNCTION_TAKES_ARRAYS, call_concat, NULL},
};
const size_t tb_functions_text_count = sizeof tb_functions_text / sizeof tb_functions_text[0];
