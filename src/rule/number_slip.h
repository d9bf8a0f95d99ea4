/*
 * What a person may have mistyped in one number. Knows neither form nor equation: rule/slip.h looks
 * for the slip that repairs a form, rule/sum_slip.h for the one that repairs a single sum.
 */
#ifndef TB_RULE_NUMBER_SLIP_H
#define TB_RULE_NUMBER_SLIP_H

#include "base/decimal.h"

typedef enum tb_slip_kind {
    TB_SLIP_SWAPPED_ADJACENT, /* in the order of their rank: the likeliest first */
    TB_SLIP_SWAPPED,
    TB_SLIP_SIGN,
    TB_SLIP_TENFOLD,
    TB_SLIP_HUNDREDFOLD,
    TB_SLIP_WAN, /* 元 for 万元 or the other way round */
    TB_SLIP_LEFT_OUT,
    TB_SLIP_DOUBLED
} tb_slip_kind;

/* A number as it was typed. */
typedef struct tb_written_number {
    tb_decimal number;
    int decimals; /* shown places; fewer than the number has, or negative: as many as it has */
    int shift;    /* its point was typed so many places further on: 2 for a percentage */
} tb_written_number;

typedef struct tb_number_slip {
    tb_slip_kind kind;
    tb_decimal value; /* what should stand there */
    char digits[2];   /* the two that were swapped, as they should stand */
} tb_number_slip;

#define TB_SLIP_MAX_PROPOSALS 256

/* What could have happened to the number by itself: swapped digits, sign, powers of ten. Returns
 * how many; none for 0. */
size_t tb_slip_propose(tb_written_number written, tb_number_slip out[TB_SLIP_MAX_PROPOSALS]);

/* Kinds of one rank are equally likely; 0 is the likeliest. */
unsigned tb_slip_rank(tb_slip_kind kind);

/* The places behind the point that the number was, or would have been, written with. */
int tb_slip_places(tb_slip_kind kind, tb_decimal before, tb_decimal after);

#endif
