/*
 * A finding (审核结果): what a rule has against a form, where, and what probably happened.
 */
#ifndef TB_RULE_FINDING_H
#define TB_RULE_FINDING_H

#include "form/form.h"
#include "rule/explanation.h"

typedef struct tb_related {
    tb_address at;
    const tb_item *item; /* or NULL */
} tb_related;

typedef struct tb_finding {
    size_t id;   /* its number in the form, from 1, in the order shown */
    tb_str rule; /* the rule's id; of a layout gap "layout" */
    tb_severity severity;
    tb_address at;
    const tb_item *item; /* the field to blame, or NULL */
    tb_str field;        /* its path for machines: annual_goals[3].indicators[1].value */
    tb_str place;        /* and for people: 年度目标3 · 自建房鉴定数量 · 指标值 */
    tb_str message;      /* one sentence, in the language of the check */
    tb_str expected, actual, difference; /* empty: does not apply; amounts as decimal strings */
    /* The same for people, written as the form does; empty where the message says it already. */
    tb_str shown_expected, shown_actual, shown_difference;
    tb_str hint; /* what probably happened, or empty */
    size_t related_count;
    const tb_related *related; /* the other cells that belong to it */
    tb_basis_kind basis;
    tb_str basis_note;
    size_t cause;     /* the id of the finding that it follows from, or 0 */
    bool explainable; /* a reason may be given for it instead of a correction */
    tb_explanation_state explained;
    const tb_explanation *explanation; /* NULL when `explained` is NONE */
} tb_finding;

/* Counts of open causes: findings that follow from another are not counted, and neither are those
 * that are explained. */
typedef struct tb_counts {
    size_t by_severity[TB_SEVERITY_COUNT];
    size_t explained;
} tb_counts;

#endif
