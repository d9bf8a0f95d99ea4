/*
 * How alike two names are, for "did you mean".
 */
#ifndef TB_RULE_NEAR_H
#define TB_RULE_NEAR_H

#include <stdbool.h>

#include "base/text.h"

/* The candidates go in one by one; what is left at the end is the nearest, if any was near. */
typedef struct tb_nearest {
    tb_str name;
    tb_str best;     /* .data is NULL until one is near enough */
    size_t distance; /* of the best */
} tb_nearest;

tb_nearest tb_nearest_begin(tb_str name);
void tb_nearest_offer(tb_nearest *nearest, tb_str candidate);

#endif
