/*
 * Compiles formulas: one pass over the tokens, from grammar rules straight to instructions.
 *
 *   Formula    = Expression End
 *   Expression = Operand { Operator Expression }         by the levels of `operators`
 *   Operand    = { "-" | "+" } Primary { "%" }           so -2^2 is 4, as in Calc
 *   Primary    = Number | Text | TRUE | FALSE | Name | Call | "(" Expression ")"
 *   Call       = Name "(" [ Expression { ";" Expression } ] ")"
 *
 * Every nesting is counted. IF and its like become jumps; see `lazy_forms`.
 */
#include <string.h>

#include "base/limits.h"
#include "rule/lexer.h"
#include "rule/near.h"
#include "rule/program.h"

#define PREPARED_ARGUMENTS 8  /* the constants of so many arguments are shown to `prepare` */
#define SHOWN_SOURCE       40 /* bytes of a wrong token in a message */
#define NO_JUMP            UINT32_MAX

typedef struct list {
    void *items;
    size_t count, capacity;
} list;

typedef struct parser {
    tb_str source;
    tb_lexer lexer;
    tb_token token;  /* the one that is looked at */
    size_t end;      /* of the token before it, in bytes */
    tb_arena *arena; /* for what stays */
    tb_arena work;   /* for what is copied when done */
    const tb_resolver *resolver;
    const tb_function *functions; /* beside the built-in ones */
    size_t function_count;
    list instructions, constants, references, calls;
    size_t nesting;
    size_t stack, stack_size;
    size_t left_start, left_end, comparison_end; /* of the last comparison, in instructions */
    tb_formula_error where;
    tb_error *error;
    tb_status status;
} parser;

/* ---- failures ---- */

static void point_at(parser *p, size_t offset, size_t size)
{
    p->where = (tb_formula_error){.offset = offset, .size = size, .line = 1, .column = 1};
    for (size_t at = 0; at < offset && at < p->source.size;) {
        if (tb_text_next(p->source, &at) == '\n') {
            p->where.line++;
            p->where.column = 1;
        } else {
            p->where.column++;
        }
    }
}

static void point_at_token(parser *p, const tb_token *token)
{
    size_t size = token->source.size > 0 ? token->source.size : 1;
    point_at(p, (size_t)(token->source.data - p->source.data), size);
}

static bool fail_memory(parser *p)
{
    p->status = tb_error_memory(p->error);
    return false;
}

/* A NUL-ended copy for a message, cut where it is long. */
static const char *show(tb_str text, char out[SHOWN_SOURCE + 8])
{
    size_t size = 0;
    for (size_t at = 0; at < text.size && at <= SHOWN_SOURCE - 4;) {
        tb_text_next(text, &at);
        size = at;
    }
    if (size > 0)
        memcpy(out, text.data, size);
    strcpy(out + size, size < text.size ? "…" : "");
    return out;
}

static bool fail_at(parser *p, const tb_token *token, tb_message message)
{
    char shown[SHOWN_SOURCE + 8];
    point_at_token(p, token);
    p->status = tb_error_set(p->error, TB_INVALID, message, show(token->source, shown), NULL);
    return false;
}

/* The token does not fit here: `message` says what would, or `at_end` when the formula ends. */
static bool fail_expected(parser *p, tb_message message, tb_message at_end)
{
    if (p->token.kind == TB_TOKEN_WRONG)
        return fail_at(p, &p->token, p->token.problem);
    return fail_at(p, &p->token, p->token.kind == TB_TOKEN_END ? at_end : message);
}

static bool fail_limit(parser *p, const tb_token *token, tb_message message, size_t limit)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    tb_decimal_format(tb_decimal_of((int64_t)limit), digits);
    point_at_token(p, token);
    p->status = tb_error_set(p->error, TB_LIMIT, message, digits, NULL);
    return false;
}

/* ---- emitting ---- */

/* Room for one more item of the list, zeroed; NULL when memory ran out. */
static void *append(parser *p, list *items, size_t size)
{
    if (items->count == items->capacity) {
        size_t capacity = items->capacity == 0 ? 8 : 2 * items->capacity;
        void *grown = tb_arena_grow(&p->work, items->items, items->count, capacity, size);
        if (grown == NULL) {
            fail_memory(p);
            return NULL;
        }
        items->items = grown;
        items->capacity = capacity;
    }
    return (char *)items->items + size * items->count++;
}

static bool emit(parser *p, tb_opcode op, size_t a, size_t b)
{
    tb_instruction *place = append(p, &p->instructions, sizeof *place);
    if (place == NULL)
        return false;
    *place = (tb_instruction){op, (uint32_t)a, (uint32_t)b};
    return true;
}

static tb_instruction *instruction(parser *p, size_t index)
{
    return (tb_instruction *)p->instructions.items + index;
}

static void push(parser *p)
{
    if (++p->stack > p->stack_size)
        p->stack_size = p->stack;
}

static bool emit_constant(parser *p, tb_value value)
{
    tb_value *place = append(p, &p->constants, sizeof *place);
    if (place == NULL)
        return false;
    *place = value;
    push(p);
    return emit(p, TB_OP_CONSTANT, p->constants.count - 1, 0);
}

static bool emit_reference(parser *p, const tb_reference *reference)
{
    const tb_reference *known = p->references.items;
    size_t index = 0;
    while (index < p->references.count && !tb_reference_equal(&known[index], reference))
        index++;
    if (index == p->references.count) {
        tb_reference *place = append(p, &p->references, sizeof *place);
        if (place == NULL)
            return false;
        *place = *reference;
    }
    push(p);
    return emit(p, TB_OP_REFERENCE, index, 0);
}

/* ---- the grammar ---- */

static void advance(parser *p)
{
    p->end = p->lexer.at;
    p->token = tb_lexer_next(&p->lexer);
}

#define LOWEST_LEVEL 1

static bool parse_expression(parser *p, int level);

static bool enter(parser *p, const tb_token *token)
{
    if (++p->nesting > TB_MAX_FORMULA_DEPTH)
        return fail_limit(p, token, TB_MSG_RULE_FORMULA_TOO_DEEP, TB_MAX_FORMULA_DEPTH);
    return true;
}

/* Primary = "(" Expression ")" */
static bool parse_parentheses(parser *p)
{
    tb_token open = p->token;
    advance(p);
    if (!enter(p, &open) || !parse_expression(p, LOWEST_LEVEL))
        return false;
    p->nesting--;
    if (p->token.kind == TB_TOKEN_END)
        return fail_at(p, &open, TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    if (p->token.kind != TB_TOKEN_CLOSE)
        return fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_CLOSE,
                             TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    advance(p);
    return true;
}

static bool parse_text(parser *p)
{
    char *text = tb_arena_alloc(p->arena, p->token.source.size + 1);
    if (text == NULL)
        return fail_memory(p);
    tb_str value = {text, tb_token_unquote(&p->token, text)};
    advance(p);
    return emit_constant(p, tb_value_of_text(value));
}

static bool fail_unknown(parser *p, const tb_token *name, tb_str near, tb_message unknown,
                         tb_message unknown_near)
{
    char shown[SHOWN_SOURCE + 8], shown_near[SHOWN_SOURCE + 8];
    point_at_token(p, name);
    p->status = near.data == NULL
                    ? tb_error_set(p->error, TB_INVALID, unknown, show(name->source, shown), NULL)
                    : tb_error_set(p->error, TB_INVALID, unknown_near, show(name->source, shown),
                                   show(near, shown_near), NULL);
    return false;
}

static bool parse_reference(parser *p, const tb_token *name, tb_str text)
{
    tb_str near = {NULL, 0};
    tb_reference reference = {0};
    if (p->resolver == NULL || !p->resolver->resolve(p->resolver->self, text, &reference, &near))
        return fail_unknown(p, name, near, TB_MSG_RULE_FORMULA_UNKNOWN_NAME,
                            TB_MSG_RULE_FORMULA_UNKNOWN_NAME_NEAR);
    return emit_reference(p, &reference);
}

/* ---- calls ---- */

typedef struct site site;

/* How a lazy function's arguments become jumps. */
typedef struct lazy_form {
    const char *name;
    bool (*before_argument)(parser *p, site *call); /* call->count: how many stand already */
    bool (*finish)(parser *p, site *call);          /* the jumps to the end lead behind it */
    tb_opcode op;
} lazy_form;

/* A call while its arguments are parsed. */
struct site {
    tb_token name;
    const tb_function *function;
    const lazy_form *lazy; /* or NULL */
    size_t count;          /* of arguments so far */
    uint32_t jumps;  /* the last instruction of those that jump to the end, linked by their b */
    uint32_t branch; /* whose a is not known yet, or NO_JUMP */
    tb_instruction only[PREPARED_ARGUMENTS]; /* of an argument that is one instruction */
    size_t offsets[PREPARED_ARGUMENTS], sizes[PREPARED_ARGUMENTS]; /* in the source, in bytes */
};

/* Emits an instruction whose b will be the call's end. */
static bool emit_jump(parser *p, site *call, tb_opcode op, size_t a)
{
    uint32_t index = (uint32_t)p->instructions.count;
    if (!emit(p, op, a, call->jumps))
        return false;
    call->jumps = index;
    return true;
}

/* Lets the open branch lead here. */
static void land_branch(parser *p, site *call)
{
    if (call->branch != NO_JUMP)
        instruction(p, call->branch)->a = (uint32_t)p->instructions.count;
    call->branch = NO_JUMP;
}

static void land_jumps(parser *p, site *call)
{
    uint32_t next;
    for (uint32_t at = call->jumps; at != NO_JUMP; at = next) {
        next = instruction(p, at)->b;
        instruction(p, at)->b = (uint32_t)p->instructions.count;
    }
    call->jumps = NO_JUMP;
}

/* Ends an alternative: its value stays, and what follows is where the open branch leads. */
static bool end_alternative(parser *p, site *call)
{
    if (!emit_jump(p, call, TB_OP_JUMP, 0))
        return false;
    land_branch(p, call);
    p->stack--;
    return true;
}

static bool before_if_argument(parser *p, site *call)
{
    if (call->count == 2)
        return end_alternative(p, call);
    if (call->count == 0)
        return true;
    call->branch = (uint32_t)p->instructions.count;
    p->stack--;
    return emit_jump(p, call, TB_OP_BRANCH, 0);
}

static bool finish_if(parser *p, site *call)
{
    return call->count != 2 ||
           (end_alternative(p, call) && emit_constant(p, tb_value_of_boolean(false)));
}

static bool emit_gate(parser *p, site *call)
{
    p->stack--;
    return emit_jump(p, call, call->lazy->op, 0);
}

static bool before_gate_argument(parser *p, site *call)
{
    return call->count == 0 ? emit_constant(p, tb_value_blank()) : emit_gate(p, call);
}

static bool finish_gate(parser *p, site *call)
{
    return call->count == 0 || (emit_gate(p, call) && emit(p, TB_OP_DECIDED, 0, 0));
}

static bool before_guard_argument(parser *p, site *call)
{
    if (call->count == 0)
        return true;
    p->stack--;
    return emit_jump(p, call, call->lazy->op, 0);
}

/* CHOOSE: the choice stays on the stack until the case it names. */
static bool before_choose_argument(parser *p, site *call)
{
    if (call->count == 0)
        return true;
    if (call->count > 1) {
        if (!end_alternative(p, call))
            return false;
        push(p);
    }
    call->branch = (uint32_t)p->instructions.count;
    p->stack--;
    return emit(p, TB_OP_CASE, 0, call->count);
}

static bool finish_choose(parser *p, site *call)
{
    if (call->count < 2)
        return true;
    if (!end_alternative(p, call))
        return false;
    push(p);
    return emit(p, TB_OP_NO_CASE, 0, 0);
}

static bool finish_nothing(parser *p, site *call)
{
    (void)p;
    (void)call;
    return true;
}

static const lazy_form lazy_forms[] = {
    {"IF", before_if_argument, finish_if, TB_OP_BRANCH},
    {"AND", before_gate_argument, finish_gate, TB_OP_AND},
    {"OR", before_gate_argument, finish_gate, TB_OP_OR},
    {"IFERROR", before_guard_argument, finish_nothing, TB_OP_UNLESS_ERROR},
    {"IFNA", before_guard_argument, finish_nothing, TB_OP_UNLESS_NA},
    {"CHOOSE", before_choose_argument, finish_choose, TB_OP_CASE},
};

static const lazy_form *find_lazy_form(const tb_function *function)
{
    for (size_t i = 0; i < sizeof lazy_forms / sizeof lazy_forms[0]; i++) {
        if (strcmp(lazy_forms[i].name, function->name) == 0)
            return &lazy_forms[i];
    }
    return NULL;
}

static const tb_function *find_function(const parser *p, tb_str name)
{
    for (size_t i = 0; i < p->function_count; i++) {
        if (tb_text_compare_folded(tb_str_of(p->functions[i].name), name) == 0)
            return &p->functions[i];
    }
    return tb_function_find(name);
}

static bool fail_unknown_function(parser *p, const tb_token *name)
{
    tb_nearest nearest = tb_nearest_begin(name->source);
    for (size_t i = 0; i < p->function_count; i++)
        tb_nearest_offer(&nearest, tb_str_of(p->functions[i].name));
    tb_function_offer_all(&nearest);
    return fail_unknown(p, name, nearest.best, TB_MSG_RULE_FORMULA_UNKNOWN_FUNCTION,
                        TB_MSG_RULE_FORMULA_UNKNOWN_FUNCTION_NEAR);
}

static bool fail_count(parser *p, const site *call, const tb_token *at, tb_message message,
                       unsigned limit)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    tb_decimal_format(tb_decimal_of(limit), digits);
    point_at_token(p, at);
    p->status = tb_error_set(p->error, TB_INVALID, message, call->function->name, digits, NULL);
    return false;
}

/* Remembers where the argument stands and what it is. */
static void note_argument(parser *p, site *call, size_t offset, size_t first_instruction)
{
    if (call->count >= PREPARED_ARGUMENTS)
        return;
    bool is_one = p->instructions.count == first_instruction + 1;
    call->only[call->count] =
        is_one ? *instruction(p, first_instruction) : (tb_instruction){.op = TB_OP_CALL};
    call->offsets[call->count] = offset;
    call->sizes[call->count] = p->end - offset;
}

static bool parse_argument(parser *p, site *call)
{
    if (call->function->maximum < 255 && call->count == call->function->maximum)
        return fail_count(p, call, &p->token, TB_MSG_RULE_FORMULA_MANY_ARGUMENTS,
                          call->function->maximum);
    if (call->lazy != NULL && !call->lazy->before_argument(p, call))
        return false;
    size_t offset = (size_t)(p->token.source.data - p->source.data);
    size_t first = p->instructions.count;
    if (!parse_expression(p, LOWEST_LEVEL))
        return false;
    note_argument(p, call, offset, first);
    call->count++;
    return true;
}

static bool parse_arguments(parser *p, site *call)
{
    tb_token open = p->token;
    advance(p);
    if (!enter(p, &call->name))
        return false;
    while (p->token.kind != TB_TOKEN_CLOSE || call->count > 0) {
        if (!parse_argument(p, call))
            return false;
        if (p->token.kind != TB_TOKEN_SEPARATOR)
            break;
        advance(p);
    }
    p->nesting--;
    if (p->token.kind == TB_TOKEN_END)
        return fail_at(p, &open, TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    if (p->token.kind != TB_TOKEN_CLOSE)
        return fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_SEPARATOR,
                             TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    advance(p);
    return true;
}

/* The value that an argument always has, or NULL. */
static const tb_value *constant_of(const parser *p, const tb_instruction *only)
{
    if (only->op == TB_OP_CONSTANT)
        return (const tb_value *)p->constants.items + only->a;
    if (only->op == TB_OP_REFERENCE)
        return ((const tb_reference *)p->references.items)[only->a].constant;
    return NULL;
}

/* Lets the function prepare its constant arguments. */
static bool prepare(parser *p, const site *call, const void **ret_prepared)
{
    const tb_value *constants[PREPARED_ARGUMENTS] = {NULL};
    size_t count = call->count < PREPARED_ARGUMENTS ? call->count : PREPARED_ARGUMENTS;
    for (size_t i = 0; i < count; i++)
        constants[i] = constant_of(p, &call->only[i]);
    tb_preparation preparation = {p->arena, count, constants, 0, p->error};
    p->status = call->function->prepare(&preparation, ret_prepared);
    if (p->status == TB_OK)
        return true;
    size_t wrong = preparation.wrong_argument < count ? preparation.wrong_argument : 0;
    point_at(p, call->offsets[wrong], call->sizes[wrong]);
    return false;
}

static bool emit_call(parser *p, const site *call)
{
    const void *prepared = NULL;
    if (call->function->prepare != NULL && !prepare(p, call, &prepared))
        return false;
    tb_compiled_call *place = append(p, &p->calls, sizeof *place);
    if (place == NULL)
        return false;
    *place = (tb_compiled_call){call->function, prepared, (uint32_t)call->count};
    if (call->count == 1 && call->only[0].op == TB_OP_REFERENCE) {
        tb_instruction *last = instruction(p, p->instructions.count - 1);
        *last = (tb_instruction){TB_OP_CALL_NAME, (uint32_t)(p->calls.count - 1), last->a};
        return true;
    }
    p->stack -= call->count;
    push(p);
    return emit(p, TB_OP_CALL, p->calls.count - 1, 0);
}

static bool parse_call(parser *p, const tb_token *name, tb_str text)
{
    site call = {.name = *name, .jumps = NO_JUMP, .branch = NO_JUMP};
    call.function = find_function(p, text);
    if (call.function == NULL)
        return fail_unknown_function(p, name);
    if ((call.function->flags & TB_FUNCTION_LAZY) != 0)
        call.lazy = find_lazy_form(call.function);
    if (!parse_arguments(p, &call))
        return false;
    if (call.count < call.function->minimum)
        return fail_count(p, &call, name, TB_MSG_RULE_FORMULA_FEW_ARGUMENTS,
                          call.function->minimum);
    if (call.lazy == NULL)
        return emit_call(p, &call);
    if (!call.lazy->finish(p, &call))
        return false;
    land_jumps(p, &call);
    return true;
}

/* ---- operands and operators ---- */

static bool parse_name(parser *p)
{
    tb_token name = p->token;
    tb_str text = name.source;
    advance(p);
    if (name.quoted || name.wide) {
        char *plain = tb_arena_alloc(&p->work, text.size + 1);
        if (plain == NULL)
            return fail_memory(p);
        text = (tb_str){plain, tb_token_unquote(&name, plain)};
    }
    if (p->token.kind == TB_TOKEN_OPEN && !name.quoted)
        return parse_call(p, &name, text);
    bool is_true = tb_text_compare_folded(text, TB_STR("TRUE")) == 0;
    if (!name.quoted && (is_true || tb_text_compare_folded(text, TB_STR("FALSE")) == 0))
        return emit_constant(p, tb_value_of_boolean(is_true));
    return parse_reference(p, &name, text);
}

static bool parse_primary(parser *p)
{
    tb_decimal number = p->token.number;
    switch (p->token.kind) {
    case TB_TOKEN_NUMBER:
        advance(p);
        return emit_constant(p, tb_value_of_number(number));
    case TB_TOKEN_TEXT:
        return parse_text(p);
    case TB_TOKEN_NAME:
        return parse_name(p);
    case TB_TOKEN_OPEN:
        return parse_parentheses(p);
    default:
        return fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_VALUE,
                             TB_MSG_RULE_FORMULA_EXPECTED_VALUE_END);
    }
}

/* Operand = { "-" | "+" } Primary { "%" } */
static bool parse_operand(parser *p)
{
    size_t negations = 0;
    for (; p->token.kind == TB_TOKEN_MINUS || p->token.kind == TB_TOKEN_PLUS; advance(p))
        negations += p->token.kind == TB_TOKEN_MINUS;
    if (!parse_primary(p))
        return false;
    for (; p->token.kind == TB_TOKEN_PERCENT; advance(p)) {
        if (!emit(p, TB_OP_PERCENT, 0, 0))
            return false;
    }
    while (negations-- > 0) {
        if (!emit(p, TB_OP_NEGATE, 0, 0))
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

static bool parse_expression(parser *p, int level)
{
    size_t start = p->instructions.count;
    if (!parse_operand(p))
        return false;
    for (;;) {
        size_t row = find_operator(p->token.kind);
        if (row == OPERATOR_COUNT || operators[row].level < level)
            return true;
        size_t left_end = p->instructions.count;
        advance(p);
        if (!parse_expression(p, operators[row].level + 1) || !emit(p, operators[row].op, 0, 0))
            return false;
        p->stack--;
        if (operators[row].level == LOWEST_LEVEL) {
            p->left_start = start;
            p->left_end = left_end;
            p->comparison_end = p->instructions.count;
        }
    }
}

static bool parse_formula(parser *p)
{
    advance(p);
    if (p->token.kind == TB_TOKEN_EQUAL) /* people begin a formula with = */
        advance(p);
    if (p->token.kind == TB_TOKEN_END)
        return fail_at(p, &p->token, TB_MSG_RULE_FORMULA_EMPTY);
    if (!parse_expression(p, LOWEST_LEVEL))
        return false;
    if (p->token.kind == TB_TOKEN_CLOSE)
        return fail_at(p, &p->token, TB_MSG_RULE_FORMULA_EXTRA_CLOSE);
    if (p->token.kind != TB_TOKEN_END)
        return fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_OPERATOR,
                             TB_MSG_RULE_FORMULA_EXPECTED_OPERATOR);
    return true;
}

/* ---- the result ---- */

static void *keep(parser *p, const list *items, size_t size)
{
    void *copy = tb_arena_array(p->arena, items->count + 1, size);
    if (copy == NULL)
        fail_memory(p);
    else if (items->count > 0)
        memcpy(copy, items->items, items->count * size);
    return copy;
}

static bool finish(parser *p, const tb_expression **ret_expression)
{
    tb_expression *made = tb_arena_alloc(p->arena, sizeof *made);
    if (made == NULL)
        return fail_memory(p);
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

static bool check_source(parser *p)
{
    tb_token all = {.source = {p->source.data, 0}};
    if (p->source.size > TB_MAX_FORMULA_SIZE)
        return fail_limit(p, &all, TB_MSG_RULE_FORMULA_TOO_LONG, TB_MAX_FORMULA_SIZE);
    return tb_text_is_utf8(p->source) || fail_at(p, &all, TB_MSG_RULE_FORMULA_NOT_UTF8);
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
    parser p = {.source = source,
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
