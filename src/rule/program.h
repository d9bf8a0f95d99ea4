/*
 * A compiled formula: instructions for a stack machine, in postfix order, with jumps forward only,
 * so that it ends. Made by the parser (rule/parser.h), run by rule/evaluator.c, taken apart by
 * rule/truth.c and rule/test.c.
 */
#ifndef TB_RULE_PROGRAM_H
#define TB_RULE_PROGRAM_H

#include "rule/function.h"
#include "rule/near.h"

typedef enum tb_opcode {
    TB_OP_CONSTANT,  /* pushes constants[a] */
    TB_OP_REFERENCE, /* pushes the value of references[a] */
    TB_OP_NEGATE,
    TB_OP_PERCENT,
    TB_OP_ADD, /* the operators of two values replace them by their result */
    TB_OP_SUBTRACT,
    TB_OP_MULTIPLY,
    TB_OP_DIVIDE,
    TB_OP_POWER,
    TB_OP_JOIN,
    TB_OP_EQUAL,
    TB_OP_UNEQUAL,
    TB_OP_LESS,
    TB_OP_LESS_EQUAL,
    TB_OP_GREATER,
    TB_OP_GREATER_EQUAL,
    TB_OP_CALL,         /* calls[a] replaces its arguments by its result */
    TB_OP_CALL_NAME,    /* pushes the result of calls[a] for the value of references[b] */
    TB_OP_BRANCH,       /* pops; TRUE: goes on, FALSE: to a, an error stays and goes to b */
    TB_OP_JUMP,         /* to b */
    TB_OP_AND,          /* pops, and adds to what is below; decided: to b */
    TB_OP_OR,           /* the same */
    TB_OP_DECIDED,      /* blank, which AND and OR begin with, becomes #VALUE! */
    TB_OP_UNLESS_ERROR, /* no error: it stays, to b; an error: popped, goes on */
    TB_OP_UNLESS_NA,    /* the same for #N/A only */
    TB_OP_CASE,         /* the top is the number b: popped; else it stays, to a */
    TB_OP_NO_CASE       /* replaces the top, a choice, by #VALUE! unless it is an error */
} tb_opcode;

typedef struct tb_instruction {
    tb_opcode op;
    uint32_t a, b;
} tb_instruction;

typedef struct tb_compiled_call {
    const tb_function *function;
    const void *prepared;
    uint32_t argument_count;
} tb_compiled_call;

struct tb_expression {
    size_t instruction_count;
    const tb_instruction *instructions;
    const tb_value *constants;
    size_t reference_count;
    const tb_reference *references;
    const tb_compiled_call *calls;
    size_t stack_size; /* the most values that stand on the stack at once */
    size_t left_end;   /* of a comparison: where its right side begins; else 0 */
};

/* Runs the instructions [from, to), which leave one value. *ret_steps: what it took. */
tb_value tb_program_run(const tb_expression *expression, const tb_environment *environment,
                        size_t from, size_t to, size_t *ret_steps);

/* Whether a comparison holds for this order of its sides. */
static inline bool tb_program__holds(tb_opcode op, int order)
{
    switch (op) {
    case TB_OP_EQUAL:
        return order == 0;
    case TB_OP_UNEQUAL:
        return order != 0;
    case TB_OP_LESS:
        return order < 0;
    case TB_OP_LESS_EQUAL:
        return order <= 0;
    case TB_OP_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

/* Compares two values of which neither is an error or an array. */
static inline bool tb_program_compare(tb_opcode op, const tb_value *a, const tb_value *b)
{
    bool equality = op == TB_OP_EQUAL || op == TB_OP_UNEQUAL;
    if (equality && a->type == TB_VALUE_TEXT && b->type == TB_VALUE_TEXT)
        return tb_text_equal_folded(a->as.text, b->as.text) == (op == TB_OP_EQUAL);
    if (a->type == TB_VALUE_NUMBER && b->type == TB_VALUE_NUMBER)
        return tb_program__holds(op, tb_decimal_compare(a->as.number, b->as.number));
    return tb_program__holds(op, tb_value_compare(a, b));
}

#define TB_TEXT_STEP 64 /* so many bytes of an argument count as one step */

/* Offers the names of all built-in functions. */
void tb_function_offer_all(tb_nearest *nearest);

#endif
