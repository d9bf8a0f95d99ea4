/*
 * Compiles formulas: one pass over the tokens, from grammar rules straight to instructions.
 *
 *   Formula    = Expression End
 *   Expression = Operand { Operator Expression }         by the levels of `operators`
 *   Operand    = { "-" | "+" } Primary { "%" }           so -2^2 is 4, as in Calc
 *   Primary    = Number | Text | TRUE | FALSE | Name | Call | "(" Expression ")"
 *   Call       = Name "(" [ Expression { ";" Expression } ] ")"
 *
 * Every nesting is counted.
 */
#include <string.h>

#include "base/limits.h"
#include "rule/parser.h"

/* ---- the grammar ---- */

void tb_parser__advance(tb_parser *p)
{
    p->end = p->lexer.at;
    p->token = tb_lexer_next(&p->lexer);
}

bool tb_parser__enter(tb_parser *p, const tb_token *token)
{
    if (++p->nesting > TB_MAX_FORMULA_DEPTH)
        return tb_parser__fail_limit(p, token, TB_MSG_RULE_FORMULA_TOO_DEEP, TB_MAX_FORMULA_DEPTH);
    return true;
}

/* Primary = "(" Expression ")" */
static bool parse_parentheses(tb_parser *p)
{
    tb_token open = p->token;
    tb_parser__advance(p);
    if (!tb_parser__enter(p, &open) || !tb_parser__parse_expression(p, TB_PARSER_LOWEST_LEVEL))
        return false;
    p->nesting--;
    if (p->token.kind == TB_TOKEN_END)
        return tb_parser__fail_at(p, &open, TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    if (p->token.kind != TB_TOKEN_CLOSE)
        return tb_parser__fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_CLOSE,
                                        TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    tb_parser__advance(p);
    return true;
}

static bool parse_text(tb_parser *p)
{
    char *text = tb_arena_alloc(p->arena, p->token.source.size + 1);
    if (text == NULL)
        return tb_parser__fail_memory(p);
    tb_str value = {text, tb_token_unquote(&p->token, text)};
    tb_parser__advance(p);
    return tb_parser__emit_constant(p, tb_value_of_text(value));
}

static bool parse_reference(tb_parser *p, const tb_token *name, tb_str text)
{
    tb_str near = {NULL, 0};
    tb_reference reference = {0};
    if (p->resolver == NULL || !p->resolver->resolve(p->resolver->self, text, &reference, &near))
        return tb_parser__fail_unknown(p, name, near, TB_MSG_RULE_FORMULA_UNKNOWN_NAME,
                                       TB_MSG_RULE_FORMULA_UNKNOWN_NAME_NEAR);
    return tb_parser__emit_reference(p, &reference);
}

/* ---- operands and operators ---- */

static bool parse_name(tb_parser *p)
{
    tb_token name = p->token;
    tb_str text = name.source;
    tb_parser__advance(p);
    if (name.quoted || name.wide) {
        char *plain = tb_arena_alloc(&p->work, text.size + 1);
        if (plain == NULL)
            return tb_parser__fail_memory(p);
        text = (tb_str){plain, tb_token_unquote(&name, plain)};
    }
    if (p->token.kind == TB_TOKEN_OPEN && !name.quoted)
        return tb_parser__parse_call(p, &name, text);
    bool is_true = tb_text_equal_folded(text, TB_STR("TRUE"));
    if (!name.quoted && (is_true || tb_text_equal_folded(text, TB_STR("FALSE"))))
        return tb_parser__emit_constant(p, tb_value_of_boolean(is_true));
    return parse_reference(p, &name, text);
}

static bool parse_primary(tb_parser *p)
{
    tb_decimal number = p->token.number;
    switch (p->token.kind) {
    case TB_TOKEN_NUMBER:
        tb_parser__advance(p);
        return tb_parser__emit_constant(p, tb_value_of_number(number));
    case TB_TOKEN_TEXT:
        return parse_text(p);
    case TB_TOKEN_NAME:
        return parse_name(p);
    case TB_TOKEN_OPEN:
        return parse_parentheses(p);
    default:
        return tb_parser__fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_VALUE,
                                        TB_MSG_RULE_FORMULA_EXPECTED_VALUE_END);
    }
}

/* Operand = { "-" | "+" } Primary { "%" } */
static bool parse_operand(tb_parser *p)
{
    size_t negations = 0;
    for (; p->token.kind == TB_TOKEN_MINUS || p->token.kind == TB_TOKEN_PLUS; tb_parser__advance(p))
        negations += p->token.kind == TB_TOKEN_MINUS;
    if (!parse_primary(p))
        return false;
    for (; p->token.kind == TB_TOKEN_PERCENT; tb_parser__advance(p)) {
        if (!tb_parser__emit(p, TB_OP_PERCENT, 0, 0))
            return false;
    }
    while (negations-- > 0) {
        if (!tb_parser__emit(p, TB_OP_NEGATE, 0, 0))
            return false;
    }
    return true;
}

/* The binary operators; those of a higher level bind tighter, all from left to right. */
static const struct {
    tb_token_kind token;
    int level;
    tb_opcode op;
} operators[] = {
    {TB_TOKEN_EQUAL, 1, TB_OP_EQUAL},     {TB_TOKEN_UNEQUAL, 1, TB_OP_UNEQUAL},
    {TB_TOKEN_LESS, 1, TB_OP_LESS},       {TB_TOKEN_LESS_EQUAL, 1, TB_OP_LESS_EQUAL},
    {TB_TOKEN_GREATER, 1, TB_OP_GREATER}, {TB_TOKEN_GREATER_EQUAL, 1, TB_OP_GREATER_EQUAL},
    {TB_TOKEN_JOIN, 2, TB_OP_JOIN},       {TB_TOKEN_PLUS, 3, TB_OP_ADD},
    {TB_TOKEN_MINUS, 3, TB_OP_SUBTRACT},  {TB_TOKEN_TIMES, 4, TB_OP_MULTIPLY},
    {TB_TOKEN_DIVIDE, 4, TB_OP_DIVIDE},   {TB_TOKEN_POWER, 5, TB_OP_POWER},
};
#define OPERATOR_COUNT (sizeof operators / sizeof operators[0])

/* The operator's row, or OPERATOR_COUNT. */
static size_t find_operator(tb_token_kind token)
{
    size_t row = 0;
    while (row < OPERATOR_COUNT && operators[row].token != token)
        row++;
    return row;
}

bool tb_parser__parse_expression(tb_parser *p, int level)
{
    size_t start = p->instructions.count;
    if (!parse_operand(p))
        return false;
    for (;;) {
        size_t row = find_operator(p->token.kind);
        if (row == OPERATOR_COUNT || operators[row].level < level)
            return true;
        size_t left_end = p->instructions.count;
        tb_parser__advance(p);
        if (!tb_parser__parse_expression(p, operators[row].level + 1) ||
            !tb_parser__emit(p, operators[row].op, 0, 0))
            return false;
        p->stack--;
        if (operators[row].level == TB_PARSER_LOWEST_LEVEL) {
            p->left_start = start;
            p->left_end = left_end;
            p->comparison_end = p->instructions.count;
        }
    }
}

static bool parse_formula(tb_parser *p)
{
    tb_parser__advance(p);
    if (p->token.kind == TB_TOKEN_EQUAL) /* people begin a formula with = */
        tb_parser__advance(p);
    if (p->token.kind == TB_TOKEN_END)
        return tb_parser__fail_at(p, &p->token, TB_MSG_RULE_FORMULA_EMPTY);
    if (!tb_parser__parse_expression(p, TB_PARSER_LOWEST_LEVEL))
        return false;
    if (p->token.kind == TB_TOKEN_CLOSE)
        return tb_parser__fail_at(p, &p->token, TB_MSG_RULE_FORMULA_EXTRA_CLOSE);
    if (p->token.kind != TB_TOKEN_END)
        return tb_parser__fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_OPERATOR,
                                        TB_MSG_RULE_FORMULA_EXPECTED_OPERATOR);
    return true;
}

/* ---- the result ---- */

static void *keep(tb_parser *p, const tb_parser_list *items, size_t size)
{
    void *copy = tb_arena_array(p->arena, items->count + 1, size);
    if (copy == NULL)
        tb_parser__fail_memory(p);
    else if (items->count > 0)
        memcpy(copy, items->items, items->count * size);
    return copy;
}

static bool finish(tb_parser *p, const tb_expression **ret_expression)
{
    tb_expression *made = tb_arena_alloc(p->arena, sizeof *made);
    if (made == NULL)
        return tb_parser__fail_memory(p);
    made->instruction_count = p->instructions.count;
    made->instructions = keep(p, &p->instructions, sizeof(tb_instruction));
    made->constants = keep(p, &p->constants, sizeof(tb_value));
    made->reference_count = p->references.count;
    made->references = keep(p, &p->references, sizeof(tb_reference));
    made->calls = keep(p, &p->calls, sizeof(tb_compiled_call));
    made->stack_size = p->stack_size;
    if (p->left_start == 0 && p->comparison_end == p->instructions.count)
        made->left_end = p->left_end;
    if (p->status == TB_OK)
        *ret_expression = made;
    return p->status == TB_OK;
}

static bool check_source(tb_parser *p)
{
    tb_token all = {.source = {p->source.data, 0}};
    if (p->source.size > TB_MAX_FORMULA_SIZE)
        return tb_parser__fail_limit(p, &all, TB_MSG_RULE_FORMULA_TOO_LONG, TB_MAX_FORMULA_SIZE);
    return tb_text_is_utf8(p->source) || tb_parser__fail_at(p, &all, TB_MSG_RULE_FORMULA_NOT_UTF8);
}

/* What compiling may take beside its result: the lists while they grow. */
#define WORK_MEMORY ((size_t)8 << 20)

tb_status tb_expression_compile(tb_arena *arena, tb_str source, const tb_resolver *resolver,
                                const tb_function *functions, size_t function_count,
                                const tb_expression **ret_expression, tb_formula_error *ret_where,
                                tb_error *error)
{
    if (source.data == NULL)
        source = TB_STR("");
    tb_parser p = {.source = source,
                   .lexer = {source, 0},
                   .arena = arena,
                   .resolver = resolver,
                   .functions = functions,
                   .function_count = function_count,
                   .error = error};
    tb_arena_init(&p.work, WORK_MEMORY);
    if (!(check_source(&p) && parse_formula(&p) && finish(&p, ret_expression)) && ret_where != NULL)
        *ret_where = p.where;
    tb_arena_done(&p.work);
    return p.status;
}
