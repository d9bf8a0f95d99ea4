/*
 * The known name that looks most like a mistyped one, for error messages.
 */
#ifndef TB_RULE_NEAR_NAME_H
#define TB_RULE_NEAR_NAME_H

#include "base/text.h"

typedef struct tb_near_name {
    tb_str wanted;
    tb_str best; /* empty: none is near enough */
    size_t distance;
} tb_near_name;

void tb_near_name_init(tb_near_name *near, tb_str wanted);
/* Offers a name; the nearest stays in `best`. */
void tb_near_name_offer(tb_near_name *near, tb_str name);

#endif
