/*
 * Calls. Constant arguments are shown to the function while it is compiled; IF and its like become
 * jumps, see `lazy_forms`.
 */
#include <string.h>

#include "rule/near.h"
#include "rule/parser.h"

#define PREPARED_ARGUMENTS 8 /* the constants of so many arguments are shown to `prepare` */
#define NO_JUMP            UINT32_MAX

/* ---- jumps ---- */

typedef struct site site;

/* How a lazy function's arguments become jumps. */
typedef struct lazy_form {
    const char *name;
    bool (*before_argument)(tb_parser *p, site *call); /* call->count: how many stand already */
    bool (*finish)(tb_parser *p, site *call);          /* the jumps to the end lead behind it */
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
static bool emit_jump(tb_parser *p, site *call, tb_opcode op, size_t a)
{
    uint32_t index = (uint32_t)p->instructions.count;
    if (!tb_parser__emit(p, op, a, call->jumps))
        return false;
    call->jumps = index;
    return true;
}

/* Lets the open branch lead here. */
static void land_branch(tb_parser *p, site *call)
{
    if (call->branch != NO_JUMP)
        tb_parser__instruction(p, call->branch)->a = (uint32_t)p->instructions.count;
    call->branch = NO_JUMP;
}

static void land_jumps(tb_parser *p, site *call)
{
    uint32_t next;
    for (uint32_t at = call->jumps; at != NO_JUMP; at = next) {
        next = tb_parser__instruction(p, at)->b;
        tb_parser__instruction(p, at)->b = (uint32_t)p->instructions.count;
    }
    call->jumps = NO_JUMP;
}

/* Ends an alternative: its value stays, and what follows is where the open branch leads. */
static bool end_alternative(tb_parser *p, site *call)
{
    if (!emit_jump(p, call, TB_OP_JUMP, 0))
        return false;
    land_branch(p, call);
    p->stack--;
    return true;
}

static bool before_if_argument(tb_parser *p, site *call)
{
    if (call->count == 2)
        return end_alternative(p, call);
    if (call->count == 0)
        return true;
    call->branch = (uint32_t)p->instructions.count;
    p->stack--;
    return emit_jump(p, call, TB_OP_BRANCH, 0);
}

static bool finish_if(tb_parser *p, site *call)
{
    return call->count != 2 ||
           (end_alternative(p, call) && tb_parser__emit_constant(p, tb_value_of_boolean(false)));
}

static bool emit_gate(tb_parser *p, site *call)
{
    p->stack--;
    return emit_jump(p, call, call->lazy->op, 0);
}

static bool before_gate_argument(tb_parser *p, site *call)
{
    return call->count == 0 ? tb_parser__emit_constant(p, tb_value_blank()) : emit_gate(p, call);
}

static bool finish_gate(tb_parser *p, site *call)
{
    return call->count == 0 || (emit_gate(p, call) && tb_parser__emit(p, TB_OP_DECIDED, 0, 0));
}

static bool before_guard_argument(tb_parser *p, site *call)
{
    if (call->count == 0)
        return true;
    p->stack--;
    return emit_jump(p, call, call->lazy->op, 0);
}

/* CHOOSE: the choice stays on the stack until the case it names. */
static bool before_choose_argument(tb_parser *p, site *call)
{
    if (call->count == 0)
        return true;
    if (call->count > 1) {
        if (!end_alternative(p, call))
            return false;
        tb_parser__push(p);
    }
    call->branch = (uint32_t)p->instructions.count;
    p->stack--;
    return tb_parser__emit(p, TB_OP_CASE, 0, call->count);
}

static bool finish_choose(tb_parser *p, site *call)
{
    if (call->count < 2)
        return true;
    if (!end_alternative(p, call))
        return false;
    tb_parser__push(p);
    return tb_parser__emit(p, TB_OP_NO_CASE, 0, 0);
}

static bool finish_nothing(tb_parser *p, site *call)
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

/* ---- functions and arguments ---- */

static const tb_function *find_function(const tb_parser *p, tb_str name)
{
    for (size_t i = 0; i < p->function_count; i++) {
        if (tb_text_equal_folded(tb_str_of(p->functions[i].name), name))
            return &p->functions[i];
    }
    return tb_function_find(name);
}

static bool fail_unknown_function(tb_parser *p, const tb_token *name)
{
    tb_nearest nearest = tb_nearest_begin(name->source);
    for (size_t i = 0; i < p->function_count; i++)
        tb_nearest_offer(&nearest, tb_str_of(p->functions[i].name));
    tb_function_offer_all(&nearest);
    return tb_parser__fail_unknown(p, name, nearest.best, TB_MSG_RULE_FORMULA_UNKNOWN_FUNCTION,
                                   TB_MSG_RULE_FORMULA_UNKNOWN_FUNCTION_NEAR);
}

static bool fail_count(tb_parser *p, const site *call, const tb_token *at, tb_message message,
                       unsigned limit)
{
    char digits[TB_DECIMAL_TEXT_SIZE];
    tb_decimal_format(tb_decimal_of(limit), digits);
    tb_parser__point_at_token(p, at);
    p->status = tb_error_set(p->error, TB_INVALID, message, call->function->name, digits, NULL);
    return false;
}

/* Remembers where the argument stands and what it is. */
static void note_argument(tb_parser *p, site *call, size_t offset, size_t first_instruction)
{
    if (call->count >= PREPARED_ARGUMENTS)
        return;
    bool is_one = p->instructions.count == first_instruction + 1;
    call->only[call->count] =
        is_one ? *tb_parser__instruction(p, first_instruction) : (tb_instruction){.op = TB_OP_CALL};
    call->offsets[call->count] = offset;
    call->sizes[call->count] = p->end - offset;
}

static bool parse_argument(tb_parser *p, site *call)
{
    if (call->function->maximum < 255 && call->count == call->function->maximum)
        return fail_count(p, call, &p->token, TB_MSG_RULE_FORMULA_MANY_ARGUMENTS,
                          call->function->maximum);
    if (call->lazy != NULL && !call->lazy->before_argument(p, call))
        return false;
    size_t offset = (size_t)(p->token.source.data - p->source.data);
    size_t first = p->instructions.count;
    if (!tb_parser__parse_expression(p, TB_PARSER_LOWEST_LEVEL))
        return false;
    note_argument(p, call, offset, first);
    call->count++;
    return true;
}

static bool parse_arguments(tb_parser *p, site *call)
{
    tb_token open = p->token;
    tb_parser__advance(p);
    if (!tb_parser__enter(p, &call->name))
        return false;
    while (p->token.kind != TB_TOKEN_CLOSE || call->count > 0) {
        if (!parse_argument(p, call))
            return false;
        if (p->token.kind != TB_TOKEN_SEPARATOR)
            break;
        tb_parser__advance(p);
    }
    p->nesting--;
    if (p->token.kind == TB_TOKEN_END)
        return tb_parser__fail_at(p, &open, TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    if (p->token.kind != TB_TOKEN_CLOSE)
        return tb_parser__fail_expected(p, TB_MSG_RULE_FORMULA_EXPECTED_SEPARATOR,
                                        TB_MSG_RULE_FORMULA_OPEN_PARENTHESIS);
    tb_parser__advance(p);
    return true;
}

/* The value that an argument always has, or NULL. */
static const tb_value *constant_of(const tb_parser *p, const tb_instruction *only)
{
    if (only->op == TB_OP_CONSTANT)
        return (const tb_value *)p->constants.items + only->a;
    if (only->op == TB_OP_REFERENCE)
        return ((const tb_reference *)p->references.items)[only->a].constant;
    return NULL;
}

/* Lets the function prepare its constant arguments. */
static bool prepare(tb_parser *p, const site *call, const void **ret_prepared)
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
    tb_parser__point_at(p, call->offsets[wrong], call->sizes[wrong]);
    return false;
}

static bool emit_call(tb_parser *p, const site *call)
{
    const void *prepared = NULL;
    if (call->function->prepare != NULL && !prepare(p, call, &prepared))
        return false;
    tb_compiled_call *place = tb_parser__append(p, &p->calls, sizeof *place);
    if (place == NULL)
        return false;
    *place = (tb_compiled_call){call->function, prepared, (uint32_t)call->count};
    if (call->count == 1 && call->only[0].op == TB_OP_REFERENCE) {
        tb_instruction *last = tb_parser__instruction(p, p->instructions.count - 1);
        *last = (tb_instruction){TB_OP_CALL_NAME, (uint32_t)(p->calls.count - 1), last->a};
        return true;
    }
    p->stack -= call->count;
    tb_parser__push(p);
    return tb_parser__emit(p, TB_OP_CALL, p->calls.count - 1, 0);
}

bool tb_parser__parse_call(tb_parser *p, const tb_token *name, tb_str text)
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
