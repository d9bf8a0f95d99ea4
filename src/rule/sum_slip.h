/*
 * The probable slip in a single sum: the one number whose correction makes the parts add up to the
 * total. What rule/slip.h does for all equations of a form, for numbers that stand in none.
 */
#ifndef TB_RULE_SUM_SLIP_H
#define TB_RULE_SUM_SLIP_H

#include "base/buffer.h"
#include "base/message.h"
#include "rule/number_slip.h"

#define TB_SUM_TOTAL SIZE_MAX /* the place of the total, where parts have their index */
#define TB_SUM_NONE  (SIZE_MAX - 1)

typedef struct tb_sum_slip {
    size_t place;      /* of the wrong number: TB_SUM_TOTAL, or a part's index */
    tb_decimal actual; /* what stands there */
    tb_number_slip slip;
    size_t addend; /* LEFT_OUT, DOUBLED: the part; TB_SUM_NONE where several would do */
} tb_sum_slip;

typedef enum tb_sum_verdict {
    TB_SUM_BALANCED,
    TB_SUM_SLIP,        /* exactly one slip of the likeliest kind explains the difference */
    TB_SUM_UNEXPLAINED, /* none does, or several */
    TB_SUM_OVERFLOW
} tb_sum_verdict;

/* The exact sum; false when it does not fit. */
bool tb_sum_exact(const tb_decimal *parts, size_t count, tb_decimal *ret_sum);

/* *ret_difference (total - sum) is set but for OVERFLOW, *ret_slip for SLIP. */
tb_sum_verdict tb_sum_slip_find(tb_decimal total, const tb_decimal *parts, size_t count,
                                tb_decimal *ret_difference, tb_sum_slip *ret_slip);

/* Appends what is wrong with a sum, in one sentence; nothing for one that is balanced. Amounts are
 * written as finely as the finest number of the sum. False when it could not be added up. */
bool tb_sum_slip_tell(tb_buffer *out, tb_language language, tb_decimal total,
                      const tb_decimal *parts, size_t count);

#endif
