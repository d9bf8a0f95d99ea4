/*
 * Mends (改正): what the form itself says that a cell should hold, so that nobody has to judge. A
 * computed sum or share; a unit that the paired indicator has; a code's own name; digits and
 * brackets of the usual width; a number that is stored as a text. Never a cell with a formula, and
 * nothing where two mends would do.
 *
 * A mend is proved before it is offered: the form is checked as it would be with all of them, and
 * what leaves its finding standing or brings a new one is dropped. tb_check_mends finds them.
 */
#ifndef TB_RULE_MEND_H
#define TB_RULE_MEND_H

#include "rule/finding.h"

typedef enum tb_mend_kind {
    TB_MEND_COMPUTED, /* a sum or a share */
    TB_MEND_UNIT,
    TB_MEND_CODE,
    TB_MEND_WIDTH,
    TB_MEND_NUMBER /* a number stored as text becomes a number */
} tb_mend_kind;

typedef struct tb_mend {
    tb_mend_kind kind;
    tb_address at;
    tb_cell cell;              /* what it will hold: NUMBER or TEXT; the format stays */
    tb_str before, after;      /* as people read them; `before` is empty for a blank cell */
    tb_str why;                /* one sentence, in the language of the check */
    tb_str place;              /* 年度目标3 · 自建房鉴定数量 · 指标值 */
    const tb_finding *finding; /* the first of those that it settles; NULL: it is spelling alone */
} tb_mend;

typedef struct tb_mends {
    size_t count;
    const tb_mend *list; /* by sheet, row, column; one a cell */
} tb_mends;

/* The mend that settles the finding, or NULL. */
const tb_mend *tb_mends_find(const tb_mends *mends, const tb_finding *finding);

#endif
