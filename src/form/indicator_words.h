/*
 * What the parts of an indicator's value are called, for formulas and for people.
 */
#ifndef TB_FORM_INDICATOR_WORDS_H
#define TB_FORM_INDICATOR_WORDS_H

#include "base/message.h"
#include "form/indicator.h"

/* "≥", "≤", "=", ">", "<", or the empty text for none. */
tb_str tb_indicator_sign(tb_indicator_operator operator_);

/* "comparison", "range", "deadline", "frequency", "quality"; 比较, 区间, 时限, 频次, 定性. Formulas
 * compare with these, so they stay as they are. */
tb_str tb_indicator_kind_name(tb_indicator_kind kind, tb_language language);

/* The number that is compared with a bound: of a range its upper end. False where there is none.
 */
bool tb_indicator_quantity(const tb_indicator *indicator, tb_decimal *ret);

#endif
