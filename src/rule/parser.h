/*
 * What the files of the parser share: parser.c goes by the grammar, parser_call.c compiles calls,
 * parser_output.c writes instructions and says what is wrong. What returns a bool gives false on a
 * failure, which has been reported then.
 */
#ifndef TB_RULE_PARSER_H
#define TB_RULE_PARSER_H

#include "rule/lexer.h"
#include "rule/program.h"

/* A list that grows in the parser's work memory. */
typedef struct tb_parser_list {
    void *items;
    size_t count, capacity;
} tb_parser_list;

typedef struct tb_parser {
    tb_str source;
    tb_lexer lexer;
    tb_token token;  /* the one that is looked at */
    size_t end;      /* of the token before it, in bytes */
    tb_arena *arena; /* for what stays */
    tb_arena work;   /* for what is copied when done */
    const tb_resolver *resolver;
    const tb_function *functions; /* beside the built-in ones */
    size_t function_count;
    tb_parser_list instructions, constants, references, calls;
    size_t nesting;
    size_t stack, stack_size;
    size_t left_start, left_end, comparison_end; /* of the last comparison, in instructions */
    tb_formula_error where;
    tb_error *error;
    tb_status status;
} tb_parser;

/* ---- parser.c ---- */

#define TB_PARSER_LOWEST_LEVEL 1 /* of operators */

/* Goes on to the next token. */
void tb_parser__advance(tb_parser *p);
/* Counts a nesting, which `token` begins. */
bool tb_parser__enter(tb_parser *p, const tb_token *token);
/* Expression, of operators of this level and higher ones. */
bool tb_parser__parse_expression(tb_parser *p, int level);

/* ---- parser_call.c ---- */

/* Call, from its opening parenthesis on; `text` is the function's name. */
bool tb_parser__parse_call(tb_parser *p, const tb_token *name, tb_str text);

/* ---- parser_output.c ---- */

bool tb_parser__fail_memory(tb_parser *p);
bool tb_parser__fail_at(tb_parser *p, const tb_token *token, tb_message message);
/* The token does not fit here: `message` says what would, or `at_end` when the formula ends. */
bool tb_parser__fail_expected(tb_parser *p, tb_message message, tb_message at_end);
bool tb_parser__fail_limit(tb_parser *p, const tb_token *token, tb_message message, size_t limit);
/* `near` may be empty; else it is named by the second message. */
bool tb_parser__fail_unknown(tb_parser *p, const tb_token *name, tb_str near, tb_message unknown,
                             tb_message unknown_near);
/* Sets where the failure is. */
void tb_parser__point_at(tb_parser *p, size_t offset, size_t size);
void tb_parser__point_at_token(tb_parser *p, const tb_token *token);

/* Room for one more item of the list, zeroed; NULL when memory ran out. */
void *tb_parser__append(tb_parser *p, tb_parser_list *items, size_t size);
bool tb_parser__emit(tb_parser *p, tb_opcode op, size_t a, size_t b);
bool tb_parser__emit_constant(tb_parser *p, tb_value value);
bool tb_parser__emit_reference(tb_parser *p, const tb_reference *reference);
tb_instruction *tb_parser__instruction(tb_parser *p, size_t index);
/* One value more will stand on the stack. */
void tb_parser__push(tb_parser *p);

#endif
