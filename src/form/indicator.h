/*
 * An indicator's value (指标值) is three things glued together: operator, number and unit:
 * ≥39614户, ≤80万元, 134元, 95%以上, 不少于3次, 60%–80%, 每季度1次, 12月31日前, 有效保障.
 * This takes it apart. Source of the kinds: what reviewers and the budget system distinguish.
 */
#ifndef TB_FORM_INDICATOR_H
#define TB_FORM_INDICATOR_H

#include "base/arena.h"
#include "base/decimal.h"

typedef enum tb_indicator_kind {
    TB_INDICATOR_COMPARISON, /* [operator] number [unit] */
    TB_INDICATOR_RANGE,      /* number to number [unit] */
    TB_INDICATOR_DEADLINE,   /* by a date or within a time: 12月31日前, 30日内 */
    TB_INDICATOR_FREQUENCY,  /* per period: 每季度1次 */
    TB_INDICATOR_QUALITY     /* words: 有效保障 */
} tb_indicator_kind;

typedef enum tb_indicator_operator {
    TB_OPERATOR_NONE,
    TB_OPERATOR_EQUAL,
    TB_OPERATOR_AT_LEAST, /* ≥ >= 不低于 不少于 …以上 */
    TB_OPERATOR_AT_MOST,  /* ≤ <= 不超过 不高于 …以内 …以下 */
    TB_OPERATOR_MORE,     /* > 大于 */
    TB_OPERATOR_LESS      /* < 小于 */
} tb_indicator_operator;

typedef struct tb_indicator {
    tb_indicator_kind kind;
    tb_indicator_operator operator_;
    tb_decimal number; /* as written: 80 of ≤80万元, 95 of 95%; the lower end of a range */
    tb_decimal upper;  /* of a range */
    tb_str unit;       /* as written, trimmed: 万元, %, 户; may be empty */
    tb_str period;     /* of a frequency: 季度 */
    int64_t factor;    /* of a unit that begins with a Chinese multiple: 10000 for 万元, else 1 */
    tb_str base_unit;  /* the unit without that multiple: 元 */
    bool percent;      /* the unit is % (any width) or ‰ */
    bool incomplete_unit;         /* the unit is only a multiple: ≤10万 */
    bool known_operator_spelling; /* false for words or signs outside the list of R13 */
} tb_indicator;

/* Takes `text` apart. Texts in *ret borrow from it or lie in the arena. False only when memory ran
 * out: anything that has no number is QUALITY. */
bool tb_indicator_parse(tb_arena *arena, tb_str text, tb_indicator *ret_indicator);

#endif
