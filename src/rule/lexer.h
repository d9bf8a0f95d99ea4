/*
 * Cuts a formula into tokens. Full-width signs and digits, as Chinese input methods give them, are
 * the same as their half-width ones. For the parser, and what looks at formulas as texts.
 */
#ifndef TB_RULE_LEXER_H
#define TB_RULE_LEXER_H

#include "base/decimal.h"
#include "base/message.h"

typedef enum tb_token_kind {
    TB_TOKEN_END,
    TB_TOKEN_NUMBER,
    TB_TOKEN_TEXT,
    TB_TOKEN_NAME,
    TB_TOKEN_OPEN,
    TB_TOKEN_CLOSE,
    TB_TOKEN_SEPARATOR, /* ; or , */
    TB_TOKEN_PLUS,
    TB_TOKEN_MINUS,
    TB_TOKEN_TIMES,
    TB_TOKEN_DIVIDE,
    TB_TOKEN_POWER,
    TB_TOKEN_PERCENT,
    TB_TOKEN_JOIN, /* & */
    TB_TOKEN_EQUAL,
    TB_TOKEN_UNEQUAL,
    TB_TOKEN_LESS,
    TB_TOKEN_LESS_EQUAL,
    TB_TOKEN_GREATER,
    TB_TOKEN_GREATER_EQUAL,
    TB_TOKEN_WRONG /* `problem` says what is wrong with it */
} tb_token_kind;

typedef struct tb_token {
    tb_token_kind kind;
    tb_str source;      /* as written */
    tb_decimal number;  /* of a NUMBER */
    bool quoted;        /* a NAME with quoted parts */
    bool wide;          /* a NAME with full-width letters */
    tb_message problem; /* of WRONG; {0} is the source */
} tb_token;

typedef struct tb_lexer {
    tb_str source;
    size_t at; /* of the next token, in bytes */
} tb_lexer;

tb_token tb_lexer_next(tb_lexer *lexer);

/* The name or the text that the token stands for: without quotes, doubled ones made single. Into
 * out, which must have room for source.size bytes; returns its size. */
size_t tb_token_unquote(const tb_token *token, char *out);

#endif
