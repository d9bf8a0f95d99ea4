/*
 * What was reached (实际完成值) against an indicator's value (≥98%, ≤80万元, 60%–80%, 30日内):
 * whether it meets the target, and what it scores.
 *
 * The target must say which way is good: an operator, a range or a time limit. What was reached is
 * a number with or without a unit. Without one it counts in the target's unit; of a percentage, a
 * plain number below 2 is the ratio (0.98, 1.05), as a cell shown in percent holds it, and a larger
 * one percent points (98). With one it must be the target's, but multiples (750000元 against
 * ≤80万元), % and ‰ are converted.
 */
#ifndef TB_FORM_ACHIEVEMENT_H
#define TB_FORM_ACHIEVEMENT_H

#include "form/indicator.h"

typedef enum tb_score_method {
    TB_SCORE_PROPORTIONAL,  /* of a missed target, as much of the weight as was reached */
    TB_SCORE_ALL_OR_NOTHING /* the weight or 0 */
} tb_score_method;

/* False when the two can't be compared. */
bool tb_achievement_meets(tb_arena *arena, tb_str actual, tb_str target, bool *ret_meets);

/* From 0 to the weight, which a target that is met gives in full. A missed one gives, when
 * proportional, weight × reached ÷ target, of a ceiling weight × target ÷ reached, and 0 where
 * either is not positive. Which way is taken is practice: evaluators differ. */
bool tb_achievement_score(tb_arena *arena, tb_str actual, tb_str target, tb_decimal weight,
                          tb_score_method method, tb_decimal *ret_score);

#endif
