/*
 * Reads format codes in one pass: every character of the first section adds to what is known.
 */
#include "sheet/format.h"

#include <string.h>

typedef struct format_scan {
    unsigned digits;   /* places for digits: 0 # ? */
    unsigned decimals; /* of them behind the point */
    bool point, percent, exponent, fraction, date, text, currency, general, boolean;
} format_scan;

static bool starts_word(tb_str text, size_t at, const char *word)
{
    size_t size = strlen(word);
    if (text.size - at < size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = text.data[at + i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word[i])
            return false;
    }
    return true;
}

/* [$¥-804] is a currency, [h] a time; colours, conditions and [$-804] say nothing. */
static void scan_bracket(tb_str inside, format_scan *scan)
{
    if (inside.size >= 2 && inside.data[0] == '$') {
        if (inside.data[1] != '-')
            scan->currency = true;
        return;
    }
    bool elapsed = inside.size > 0;
    for (size_t i = 0; i < inside.size; i++)
        elapsed = elapsed && memchr("hmsHMS", inside.data[i], 6) != NULL;
    if (elapsed)
        scan->date = true;
}

/* Quoted text, an escaped character, a bracket: returns the place behind it; `at` when there is
 * nothing of the kind. */
static size_t pass_literal(tb_str code, size_t at, format_scan *scan)
{
    char c = code.data[at];
    if (c == '\\' || c == '_' || c == '*') { /* the character behind stands for itself or a gap */
        size_t next = at + 1;
        if (next < code.size)
            tb_text_next(code, &next);
        return next;
    }
    if (c != '"' && c != '[')
        return at;
    char closing = c == '"' ? '"' : ']';
    size_t end = at + 1;
    while (end < code.size && code.data[end] != closing)
        end++;
    if (c == '[')
        scan_bracket(tb_str_slice(code, at + 1, end), scan);
    return end + 1;
}

/* Words of more than one letter; returns the place behind it, or `at`. */
static size_t pass_word(tb_str code, size_t at, format_scan *scan)
{
    if (starts_word(code, at, "general")) {
        scan->general = true;
        return at + strlen("general");
    }
    if (starts_word(code, at, "boolean")) {
        scan->boolean = true;
        return at + strlen("boolean");
    }
    if (starts_word(code, at, "am/pm") || starts_word(code, at, "a/p")) {
        scan->date = true;
        return at + (starts_word(code, at, "a/p") ? strlen("a/p") : strlen("am/pm"));
    }
    if (scan->digits > 0 && (starts_word(code, at, "e+") || starts_word(code, at, "e-"))) {
        scan->exponent = true;
        return at + 2;
    }
    return at;
}

static void scan_character(char c, format_scan *scan)
{
    switch (c) {
    case '0':
    case '#':
    case '?':
        scan->digits++;
        if (scan->point && !scan->exponent)
            scan->decimals++;
        break;
    case '.':
        scan->point = true;
        break;
    case '%':
        scan->percent = true;
        break;
    case '@':
        scan->text = true;
        break;
    case '/':
        scan->fraction = true;
        break;
    case '$':
        scan->currency = true;
        break;
    default:
        if (memchr("yYmMdDhHsSeEgGaA", c, 16) != NULL)
            scan->date = true;
        break;
    }
}

/* Currency signs beyond ASCII: ¥ ￥ € £. */
static bool starts_currency(tb_str code, size_t at)
{
    static const char *const signs[] = {"\u00A5", "\uFFE5", "\u20AC", "\u00A3"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (starts_word(code, at, signs[i]))
            return true;
    }
    return false;
}

static format_scan scan_section(tb_str code)
{
    format_scan scan = {0};
    for (size_t at = 0; at < code.size && code.data[at] != ';';) {
        size_t next = pass_literal(code, at, &scan);
        if (next == at)
            next = pass_word(code, at, &scan);
        if (next == at) {
            if (starts_currency(code, at))
                scan.currency = true;
            else
                scan_character(code.data[at], &scan);
            next++;
        }
        at = next;
    }
    return scan;
}

tb_number_format tb_format_of_code(tb_str code)
{
    format_scan scan = scan_section(code);
    int decimals = (int)scan.decimals;
    if (scan.general || code.size == 0)
        return (tb_number_format){TB_FORMAT_GENERAL, TB_DECIMALS_ANY};
    if (scan.boolean)
        return (tb_number_format){TB_FORMAT_BOOLEAN, TB_DECIMALS_ANY};
    if (scan.date)
        return (tb_number_format){TB_FORMAT_DATE, TB_DECIMALS_ANY};
    if (scan.digits == 0 && scan.text)
        return (tb_number_format){TB_FORMAT_TEXT, TB_DECIMALS_ANY};
    if (scan.percent)
        return (tb_number_format){TB_FORMAT_PERCENT, decimals};
    if (scan.exponent)
        return (tb_number_format){TB_FORMAT_SCIENTIFIC, decimals};
    if (scan.fraction && scan.digits > 0)
        return (tb_number_format){TB_FORMAT_FRACTION, TB_DECIMALS_ANY};
    if (scan.currency)
        return (tb_number_format){TB_FORMAT_CURRENCY, decimals};
    return (tb_number_format){TB_FORMAT_NUMBER, decimals};
}

/* Ranges of numbers with one meaning; those between 27 and 58 that are dates are so in Chinese,
 * Japanese and Korean offices. */
static const struct {
    uint32_t first, last;
    tb_number_format format;
} builtins[] = {
    {1, 1, {TB_FORMAT_NUMBER, 0}},
    {2, 2, {TB_FORMAT_NUMBER, 2}},
    {3, 3, {TB_FORMAT_NUMBER, 0}},
    {4, 4, {TB_FORMAT_NUMBER, 2}},
    {5, 6, {TB_FORMAT_CURRENCY, 0}},
    {7, 8, {TB_FORMAT_CURRENCY, 2}},
    {9, 9, {TB_FORMAT_PERCENT, 0}},
    {10, 10, {TB_FORMAT_PERCENT, 2}},
    {11, 11, {TB_FORMAT_SCIENTIFIC, 2}},
    {12, 13, {TB_FORMAT_FRACTION, TB_DECIMALS_ANY}},
    {14, 22, {TB_FORMAT_DATE, TB_DECIMALS_ANY}},
    {27, 36, {TB_FORMAT_DATE, TB_DECIMALS_ANY}},
    {37, 38, {TB_FORMAT_NUMBER, 0}},
    {39, 40, {TB_FORMAT_NUMBER, 2}},
    {41, 41, {TB_FORMAT_NUMBER, 0}},
    {42, 42, {TB_FORMAT_CURRENCY, 0}},
    {43, 43, {TB_FORMAT_NUMBER, 2}},
    {44, 44, {TB_FORMAT_CURRENCY, 2}},
    {45, 47, {TB_FORMAT_DATE, TB_DECIMALS_ANY}},
    {48, 48, {TB_FORMAT_SCIENTIFIC, 1}},
    {49, 49, {TB_FORMAT_TEXT, TB_DECIMALS_ANY}},
    {50, 58, {TB_FORMAT_DATE, TB_DECIMALS_ANY}},
};

tb_number_format tb_format_of_builtin(uint32_t id)
{
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        if (id >= builtins[i].first && id <= builtins[i].last)
            return builtins[i].format;
    }
    return (tb_number_format){TB_FORMAT_GENERAL, TB_DECIMALS_ANY};
}
