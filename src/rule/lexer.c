/*
 * The tokens of formulas. Works on any bytes; what can't be a token is TB_TOKEN_WRONG.
 */
#include "rule/lexer.h"

#include <string.h>
#include <utf8proc.h>

#define FULL_WIDTH_FIRST  0xFF01u /* ！ … ～ stand for ! … ~ */
#define FULL_WIDTH_LAST   0xFF5Eu
#define FULL_WIDTH_OFFSET 0xFEE0u

/* What a sign that people type stands for; itself when it stands for itself. */
static uint32_t fold_sign(uint32_t c)
{
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
        return c - FULL_WIDTH_OFFSET;
    switch (c) {
    case 0x00D7: /* × */
        return '*';
    case 0x00F7: /* ÷ */
        return '/';
    case 0x2212: /* − */
        return '-';
    default:
        return c;
    }
}

/* The folded character at `at`, 0 at the end; *ret_next is behind it. */
static uint32_t peek(tb_str source, size_t at, size_t *ret_next)
{
    *ret_next = at;
    if (at >= source.size)
        return 0;
    if ((unsigned char)source.data[at] < 0x80) {
        *ret_next = at + 1;
        return (unsigned char)source.data[at];
    }
    return fold_sign(tb_text_next(source, ret_next));
}

/* What closes a text or a name that c opens; 0 when it opens none. “ and ” are a pair of their own,
 * so that "他说“好”" is one text. */
static uint32_t closing_quote(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
        return c;
    case 0x201C: /* “ */
    case 0x201D: /* ” */
        return 0x201D;
    case 0x2018: /* ‘ */
    case 0x2019: /* ’ */
        return 0x2019;
    default:
        return 0;
    }
}

static bool opens_name(uint32_t c)
{
    uint32_t closing = closing_quote(c);
    return closing == '\'' || closing == 0x2019;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        return true;
    default:
        return false;
    }
}

static bool is_name_part(uint32_t c)
{
    if (c < 0x80)
        return is_name_start(c) || is_digit(c);
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
        return true;
    default:
        return is_name_start(c);
    }
}

static tb_token make(const tb_lexer *lexer, tb_token_kind kind, size_t end)
{
    return (tb_token){.kind = kind, .source = tb_str_slice(lexer->source, lexer->at, end)};
}

static tb_token make_wrong(const tb_lexer *lexer, tb_message problem, size_t end)
{
    tb_token token = make(lexer, TB_TOKEN_WRONG, end);
    token.problem = problem;
    return token;
}

/* Number = Digits [ "." Digits ] [ ( "e" | "E" ) [ "+" | "-" ] Digits ] */
#define NUMBER_SIZE_MAX 64

static size_t skip_digits(tb_str source, size_t at, char *digits, size_t *size)
{
    size_t next;
    for (uint32_t c; is_digit(c = peek(source, at, &next)); at = next) {
        if (*size < NUMBER_SIZE_MAX)
            digits[(*size)++] = (char)c;
    }
    return at;
}

static size_t skip_exponent(tb_str source, size_t at, char *digits, size_t *size)
{
    size_t next, after;
    uint32_t c = peek(source, at, &next);
    if (c != 'e' && c != 'E')
        return at;
    uint32_t sign = peek(source, next, &after);
    if (sign == '+' || sign == '-')
        next = after;
    if (!is_digit(peek(source, next, &after)) || *size + 2 > NUMBER_SIZE_MAX)
        return at;
    digits[(*size)++] = 'e';
    if (sign == '-')
        digits[(*size)++] = '-';
    return skip_digits(source, next, digits, size);
}

static tb_token read_number(const tb_lexer *lexer)
{
    char digits[NUMBER_SIZE_MAX];
    size_t size = 0, next;
    size_t at = skip_digits(lexer->source, lexer->at, digits, &size);
    if (size == 0)
        digits[size++] = '0'; /* .5 */
    if (peek(lexer->source, at, &next) == '.' && size < NUMBER_SIZE_MAX) {
        digits[size++] = '.';
        at = skip_digits(lexer->source, next, digits, &size);
    }
    at = skip_exponent(lexer->source, at, digits, &size);
    tb_token token = make(lexer, TB_TOKEN_NUMBER, at);
    if (size == NUMBER_SIZE_MAX || !tb_decimal_parse((tb_str){digits, size}, &token.number))
        return make_wrong(lexer, TB_MSG_RULE_FORMULA_BAD_NUMBER, at);
    return token;
}

/* The end of what the quote at `at` opens, 0 when nothing closes it; doubled quotes are passed. */
static size_t find_closing(tb_str source, size_t at)
{
    size_t next, after;
    uint32_t quote = closing_quote(peek(source, at, &next));
    while (next < source.size) {
        uint32_t c = peek(source, next, &next);
        if (c != quote)
            continue;
        if (peek(source, next, &after) != quote)
            return next;
        next = after;
    }
    return 0;
}

static tb_token read_text(const tb_lexer *lexer)
{
    size_t end = find_closing(lexer->source, lexer->at);
    if (end == 0)
        return make_wrong(lexer, TB_MSG_RULE_FORMULA_OPEN_TEXT, lexer->source.size);
    return make(lexer, TB_TOKEN_TEXT, end);
}

/* Name = Part { "." Part };  Part = Letter { Letter | Digit } | "'" any "'" */
static tb_token read_name(const tb_lexer *lexer)
{
    tb_str source = lexer->source;
    size_t at = lexer->at, next, after;
    bool quoted = false, wide = false;
    uint32_t c;
    for (;;) {
        if (opens_name(peek(source, at, &next))) {
            quoted = true;
            at = find_closing(source, at);
            if (at == 0)
                return make_wrong(lexer, TB_MSG_RULE_FORMULA_OPEN_NAME, source.size);
        } else {
            for (; is_name_part(c = peek(source, at, &next)); at = next)
                wide |= c < 0x80 && next - at > 1;
        }
        if (peek(source, at, &next) != '.')
            break;
        c = peek(source, next, &after);
        if (!is_name_start(c) && !opens_name(c))
            break;
        wide |= next - at > 1;
        at = next;
    }
    tb_token token = make(lexer, TB_TOKEN_NAME, at);
    token.quoted = quoted;
    token.wide = wide;
    return token;
}

/* Signs of one and of two characters; the longer ones first. */
static const struct {
    uint32_t first, second; /* second 0: none */
    tb_token_kind kind;
} signs[] = {
    {'<', '>', TB_TOKEN_UNEQUAL},     {'!', '=', TB_TOKEN_UNEQUAL},
    {'<', '=', TB_TOKEN_LESS_EQUAL},  {'>', '=', TB_TOKEN_GREATER_EQUAL},
    {'<', 0, TB_TOKEN_LESS},          {'>', 0, TB_TOKEN_GREATER},
    {'=', 0, TB_TOKEN_EQUAL},         {'(', 0, TB_TOKEN_OPEN},
    {')', 0, TB_TOKEN_CLOSE},         {';', 0, TB_TOKEN_SEPARATOR},
    {',', 0, TB_TOKEN_SEPARATOR},     {'+', 0, TB_TOKEN_PLUS},
    {'-', 0, TB_TOKEN_MINUS},         {'*', 0, TB_TOKEN_TIMES},
    {'/', 0, TB_TOKEN_DIVIDE},        {'^', 0, TB_TOKEN_POWER},
    {'%', 0, TB_TOKEN_PERCENT},       {'&', 0, TB_TOKEN_JOIN},
    {0x2264, 0, TB_TOKEN_LESS_EQUAL}, {0x2265, 0, TB_TOKEN_GREATER_EQUAL}, /* ≤ ≥ */
    {0x2266, 0, TB_TOKEN_LESS_EQUAL}, {0x2267, 0, TB_TOKEN_GREATER_EQUAL}, /* ≦ ≧ */
    {0x2260, 0, TB_TOKEN_UNEQUAL},                                         /* ≠ */
};

static tb_token read_sign(const tb_lexer *lexer)
{
    size_t next, after;
    uint32_t first = peek(lexer->source, lexer->at, &next);
    uint32_t second = peek(lexer->source, next, &after);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (signs[i].first == first && (signs[i].second == 0 || signs[i].second == second))
            return make(lexer, signs[i].kind, signs[i].second == 0 ? next : after);
    }
    return make_wrong(lexer, TB_MSG_RULE_FORMULA_BAD_CHARACTER, next);
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') ||
           (c >= 0x80 && utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS);
}

static void skip_blanks(tb_lexer *lexer)
{
    size_t next;
    while (is_blank(peek(lexer->source, lexer->at, &next)))
        lexer->at = next;
}

tb_token tb_lexer_next(tb_lexer *lexer)
{
    size_t next, after;
    skip_blanks(lexer);
    uint32_t c = peek(lexer->source, lexer->at, &next);
    tb_token token;
    if (lexer->at == lexer->source.size)
        token = (tb_token){.kind = TB_TOKEN_END, .source = {lexer->source.data + lexer->at, 0}};
    else if (is_digit(c) || (c == '.' && is_digit(peek(lexer->source, next, &after))))
        token = read_number(lexer);
    else if (opens_name(c) || is_name_start(c))
        token = read_name(lexer);
    else if (closing_quote(c) != 0)
        token = read_text(lexer);
    else
        token = read_sign(lexer);
    lexer->at += token.source.size;
    return token;
}

/* Copies up to the closing quote, which *at moves behind. */
static size_t copy_quoted(tb_str source, size_t *at, uint32_t quote, char *out)
{
    size_t size = 0, next, after;
    while (*at < source.size) {
        size_t start = *at;
        uint32_t c = peek(source, start, &next);
        *at = next;
        if (c == quote) {
            if (peek(source, next, &after) != quote)
                break;
            *at = after;
        }
        memcpy(out + size, source.data + start, next - start);
        size += next - start;
    }
    return size;
}

size_t tb_token_unquote(const tb_token *token, char *out)
{
    tb_str source = token->source;
    size_t size = 0, at = 0, next;
    while (at < source.size) {
        uint32_t c = peek(source, at, &next);
        if (closing_quote(c) != 0) {
            at = next;
            size += copy_quoted(source, &at, closing_quote(c), out + size);
        } else {
            size += tb_text_encode(c, out + size);
            at = next;
        }
    }
    return size;
}
