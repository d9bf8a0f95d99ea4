/*
 * Values of formulas: how they convert into each other, compare, and are written. Where Calc has a
 * meaning, it is Calc's; src/rule/LANGUAGE.md lists the differences.
 */
#include "rule/value.h"

#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "rule/calendar.h"
#include "rule/expression.h"

#define SHOWN_DIGITS 15 /* of a number in a text, as in Calc */

const char *tb_value_error_name(tb_value_error error)
{
    static const char *const names[] = {
        [TB_VALUE_ERROR_VALUE] = "#VALUE!", [TB_VALUE_ERROR_DIV0] = "#DIV/0!",
        [TB_VALUE_ERROR_NA] = "#N/A",       [TB_VALUE_ERROR_NUM] = "#NUM!",
        [TB_VALUE_ERROR_REF] = "#REF!",     [TB_VALUE_ERROR_LIMIT] = "#LIMIT!",
    };
    return names[error];
}

/* ---- numbers in texts ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Year, month and day as 2023-05-31; the month and the day may have one digit. */
static bool read_iso_date(tb_str text, tb_decimal *ret)
{
    int64_t parts[3] = {0};
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        size_t start = at;
        while (at < text.size && is_digit(text.data[at]) && at - start < 4)
            parts[i] = parts[i] * 10 + (text.data[at++] - '0');
        size_t size = at - start;
        if (i == 0 ? size != 4 : size < 1 || size > 2)
            return false;
        if (i < 2 && (at == text.size || text.data[at++] != '-'))
            return false;
    }
    if (at != text.size || !tb_calendar_exists(parts[0], parts[1], parts[2]))
        return false;
    *ret = tb_decimal_of(tb_calendar_serial(parts[0], parts[1], parts[2]));
    return true;
}

#define NUMBER_TEXT_MAX 120 /* a longer text is no number */

/* Copies the digits without their thousands commas; false where a comma stands wrong. */
static bool drop_commas(tb_str text, char *out, size_t *ret_size)
{
    size_t size = 0, group = 0;
    bool grouped = false, whole = true;
    if (text.size > 0 && text.data[0] == '.')
        out[size++] = '0';
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == ',') {
            if (!whole || group == 0 || group > 3 || (grouped && group != 3))
                return false;
            grouped = true;
            group = 0;
            continue;
        }
        if (whole && !is_digit(c)) {
            if (grouped && group != 3)
                return false;
            whole = false;
        }
        group++;
        out[size++] = c;
    }
    *ret_size = size;
    return !(whole && grouped && group != 3);
}

bool tb_number_of_text(tb_str text, tb_decimal *ret)
{
    char digits[NUMBER_TEXT_MAX + 1];
    size_t size;
    text = tb_str_trim(text);
    if (text.size == 0 || text.size > NUMBER_TEXT_MAX)
        return false;
    bool percent = text.data[text.size - 1] == '%';
    tb_str rest = percent ? tb_str_trim(tb_str_slice(text, 0, text.size - 1)) : text;
    bool negative = rest.size > 0 && rest.data[0] == '-';
    if (negative || (rest.size > 0 && rest.data[0] == '+'))
        rest = tb_str_slice(rest, 1, rest.size);
    if (rest.size == 0 || !(is_digit(rest.data[0]) || rest.data[0] == '.'))
        return false;
    tb_decimal number;
    if (!drop_commas(rest, digits, &size) || !tb_decimal_parse((tb_str){digits, size}, &number))
        return read_iso_date(text, ret);
    if (percent && !tb_decimal_multiply(number, (tb_decimal){1, 2}, &number))
        return false;
    *ret = negative ? tb_decimal_negate(number) : number;
    return true;
}

/* ---- conversions ---- */

bool tb_value_to_number(const tb_value *value, tb_decimal *ret, tb_value_error *ret_error)
{
    switch (value->type) {
    case TB_VALUE_NUMBER:
        *ret = value->as.number;
        return true;
    case TB_VALUE_BLANK:
        *ret = tb_decimal_of(0);
        return true;
    case TB_VALUE_BOOLEAN:
        *ret = tb_decimal_of(value->as.boolean);
        return true;
    case TB_VALUE_TEXT:
        if (tb_number_of_text(value->as.text, ret))
            return true;
        break;
    case TB_VALUE_ERROR:
        *ret_error = value->as.error;
        return false;
    case TB_VALUE_ARRAY:
        break;
    }
    *ret_error = TB_VALUE_ERROR_VALUE;
    return false;
}

bool tb_value__number_to_boolean(const tb_value *value, bool *ret, tb_value_error *ret_error)
{
    tb_decimal number;
    if (!tb_value_to_number(value, &number, ret_error))
        return false;
    *ret = tb_decimal_sign(number) != 0;
    return true;
}

bool tb_value_to_text(const tb_value *value, tb_arena *scratch, tb_str *ret,
                      tb_value_error *ret_error)
{
    tb_decimal number;
    char digits[TB_DECIMAL_TEXT_SIZE];
    if (value->type == TB_VALUE_TEXT || value->type == TB_VALUE_BLANK) {
        *ret = value->type == TB_VALUE_TEXT ? value->as.text : TB_STR("");
        return true;
    }
    if (!tb_value_to_number(value, &number, ret_error))
        return false;
    number = tb_decimal_normalize(tb_decimal_round_significant(number, SHOWN_DIGITS));
    *ret = tb_arena_dup(scratch, tb_decimal_format(number, digits));
    *ret_error = TB_VALUE_ERROR_LIMIT;
    return ret->data != NULL;
}

/* ---- comparing ---- */

static uint32_t fold_case(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0x2E80 && c < 0xA640) /* ideographs and their like have no case */
        return c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

int tb_text_compare_folded(tb_str a, tb_str b)
{
    if (tb_str_equal(a, b))
        return 0;
    size_t at_a = 0, at_b = 0;
    while (at_a < a.size && at_b < b.size) {
        uint32_t c = fold_case(tb_text_next(a, &at_a)), d = fold_case(tb_text_next(b, &at_b));
        if (c != d)
            return c < d ? -1 : 1;
    }
    return (at_a < a.size) - (at_b < b.size);
}

int tb_value_compare(const tb_value *a, const tb_value *b)
{
    bool text_a = a->type == TB_VALUE_TEXT, text_b = b->type == TB_VALUE_TEXT;
    if (a->type == TB_VALUE_NUMBER && b->type == TB_VALUE_NUMBER)
        return tb_decimal_compare(a->as.number, b->as.number);
    if (text_a && text_b)
        return tb_text_compare_folded(a->as.text, b->as.text);
    if (text_a)
        return b->type != TB_VALUE_BLANK || a->as.text.size > 0;
    if (text_b)
        return -(a->type != TB_VALUE_BLANK || b->as.text.size > 0);
    tb_decimal number_a, number_b;
    tb_value_error ignored;
    if (!tb_value_to_number(a, &number_a, &ignored) || !tb_value_to_number(b, &number_b, &ignored))
        return 0; /* errors and arrays never come here */
    return tb_decimal_compare(number_a, number_b);
}

/* ---- writing ---- */

static void format_text(tb_buffer *out, tb_str text, bool quoted)
{
    if (!quoted) {
        tb_buffer_text(out, text);
        return;
    }
    tb_buffer_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            tb_buffer_char(out, '"');
        tb_buffer_char(out, text.data[i]);
    }
    tb_buffer_char(out, '"');
}

static void format_scalar(tb_buffer *out, const tb_value *value, bool quoted)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    switch (value->type) {
    case TB_VALUE_NUMBER:
        tb_buffer_text(out, tb_decimal_format(tb_decimal_normalize(value->as.number), digits));
        break;
    case TB_VALUE_TEXT:
        format_text(out, value->as.text, quoted);
        break;
    case TB_VALUE_BOOLEAN:
        tb_buffer_cstr(out, value->as.boolean ? "TRUE" : "FALSE");
        break;
    case TB_VALUE_ERROR:
        tb_buffer_cstr(out, tb_value_error_name(value->as.error));
        break;
    case TB_VALUE_BLANK:
    case TB_VALUE_ARRAY:
        break;
    }
}

void tb_value_format(tb_buffer *out, const tb_value *value, bool quoted)
{
    if (value->type != TB_VALUE_ARRAY) {
        format_scalar(out, value, quoted);
        return;
    }
    tb_buffer_char(out, '{');
    for (size_t i = 0; i < value->as.array.count; i++) {
        if (i > 0)
            tb_buffer_cstr(out, "; ");
        format_scalar(out, &value->as.array.values[i], quoted);
    }
    tb_buffer_char(out, '}');
}
