/*
 * What a formula that compiles may still have wrong, seen from its words alone. `tianbao forms
 * lint` tells it.
 */
#ifndef TB_RULE_FORMULA_REVIEW_H
#define TB_RULE_FORMULA_REVIEW_H

#include "base/arena.h"
#include "rule/expression.h"

/* A text that never stands where it is looked for: no code of the field's list (an alias is read as
 * its code), or nothing that KIND or OPERATOR gives. */
typedef struct tb_impossible {
    tb_str text;
    tb_str where; /* the field or the function, as the formula writes it */
} tb_impossible;

/* The first such text of the formula, compared by = or <> or counted by COUNTIF. The formula must
 * have compiled; what is returned lies in the arena. False: there is none. */
bool tb_formula_find_impossible(tb_str formula, const tb_resolver *resolver, tb_arena *arena,
                                tb_impossible *ret);

/* Whether the formula is a comparison of a name with itself, which says nothing. */
bool tb_formula_compares_itself(tb_str formula);

/* Whether the formula asks if something is there, or how much of it. */
bool tb_formula_asks_for_presence(tb_str formula);

#endif
