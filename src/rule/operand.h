/*
 * Operands: what tests ask about. A constant, a name, and what is calculated of others:
 *
 *   value    KIND(value)    ROUND(share; DECIMALS(share))    COUNTIF(goals.number; number)
 *
 * Equal operands of one scope's rules are one, so that rule/column.h makes their values once for
 * a record, or once for all records that have what the operand reads in common.
 */
#ifndef TB_RULE_OPERAND_H
#define TB_RULE_OPERAND_H

#include "base/limits.h"
#include "rule/program.h"

#define TB_OPERAND_MAX_ARGUMENTS 4
#define TB_OPERAND_MAX_NODES     32 /* of one operand, itself and all that it is made of */
#define TB_OPERAND_MAX_TEXT      ((size_t)3 << 10) /* bytes of an argument */
#define TB_OPERAND_SAME_FOR_ALL  255               /* levels of what no record has a part in */

typedef enum tb_operand_kind {
    TB_OPERAND_CONSTANT,
    TB_OPERAND_NAME,
    TB_OPERAND_CALL,       /* of one operand, all other arguments are constants: the usual one */
    TB_OPERAND_CALCULATION /* any other: an operator, IF, IFERROR, IFNA, or a call */
} tb_operand_kind;
#define TB_OPERAND_KIND_COUNT 4

typedef struct tb_operand {
    tb_operand_kind kind;
    tb_opcode op; /* of a calculation: an operator, CALL, BRANCH (IF), UNLESS_ERROR, UNLESS_NA */
    bool is_array;
    uint32_t levels; /* it is the same for all records below one that is so many levels up */
    uint32_t node_count;
    const tb_value *constant;
    const tb_reference *reference;
    const tb_compiled_call *call; /* or NULL */
    size_t array;                 /* of a calculation of arrays: the how manieth such one it is */
    size_t argument_count;
    size_t arguments[TB_OPERAND_MAX_ARGUMENTS]; /* places of operands, which stand before this */
} tb_operand;

typedef struct tb_operand_set {
    size_t count, capacity;
    tb_operand *list;
    size_t array_count; /* calculations of arrays */
    size_t most_nodes;  /* of one formula */
} tb_operand_set;

/* An operand that takes more steps leaves its record to evaluating, so that all operands of a
 * formula together take fewer than evaluating may. */
static inline size_t tb_operand_max_steps(const tb_operand_set *set)
{
    return TB_MAX_FORMULA_STEPS / 2 / (set->most_nodes > 0 ? set->most_nodes : 1);
}

#define TB_OPERAND_STACK_SIZE 16

/* Reads operands from instructions and adds them to a set. */
typedef struct tb_operand_reader {
    tb_operand_set *set;
    tb_arena *arena;
    const tb_expression *expression;
    bool no_memory;
    size_t count; /* that were read and are not yet part of another one */
    size_t stack[TB_OPERAND_STACK_SIZE];
} tb_operand_reader;

/* Reads what the instructions [from, to) leave. False where there is something that is not read as
 * operands, or memory ran out. */
bool tb_operand_read(tb_operand_reader *reader, size_t from, size_t to);

/* Whether the values of the operand are arrays that have to be calculated. */
static inline bool tb_operand_makes_arrays(const tb_operand *operand)
{
    return operand->is_array && operand->kind == TB_OPERAND_CALCULATION;
}

/* Equality of what operands and tests consist of. */
bool tb_constant_same(const tb_value *a, const tb_value *b);
bool tb_compiled_call_same(const tb_compiled_call *a, const tb_compiled_call *b);

/* Room for one more in a list in an arena, of which *capacity is known; false: no memory. */
bool tb_list_reserve(tb_arena *arena, void *list, size_t count, size_t *capacity, size_t size);

#endif
