/*
 * What COUNTIF and SUMIF look for: 3, "产出指标", ">=3", "<>", "产出*".
 */
#ifndef TB_RULE_CRITERION_H
#define TB_RULE_CRITERION_H

#include "rule/value.h"

typedef enum tb_criterion_operator {
    TB_CRITERION_EQUAL,
    TB_CRITERION_UNEQUAL,
    TB_CRITERION_LESS,
    TB_CRITERION_LESS_EQUAL,
    TB_CRITERION_GREATER,
    TB_CRITERION_GREATER_EQUAL
} tb_criterion_operator;

typedef struct tb_criterion {
    tb_criterion_operator op;
    bool written;   /* the operator was written: "=" alone means empty cells */
    bool is_number; /* compares numbers, else texts */
    tb_decimal number;
    tb_str text; /* with the wildcards * and ? */
    bool plain;  /* without any, and without ~ */
} tb_criterion;

/* Borrows the value's text. False for errors and arrays. */
bool tb_criterion_make(const tb_value *value, tb_criterion *ret_criterion);

/* How many characters may be compared while wildcards are tried; 0: used up, and what then does not
 * match is not known to. Hostile patterns would take the square of their size. */
typedef struct tb_effort {
    size_t left;
} tb_effort;

/* For going through so many values. */
tb_effort tb_effort_for(size_t value_count);

bool tb_criterion_matches(const tb_criterion *criterion, const tb_value *value, tb_effort *effort);

/* How many of the values match. */
size_t tb_criterion_count(const tb_criterion *criterion, const tb_value *values, size_t count,
                          tb_effort *effort);

/* Whether the whole text matches a pattern of * (any characters), ? (one) and ~ (takes the next one
 * as it is), without regard to letters' case. */
bool tb_wildcard_matches(tb_str pattern, tb_str text, tb_effort *effort);

#endif
