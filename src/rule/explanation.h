/*
 * Explanations (审核说明): why something that a rule questions is right all the same. They are kept
 * in the workbook itself, on a sheet of their own, one a row:
 *
 * 规则 Rule, 单元格 Cell, 所说明的值 Value explained, 理由 Reason, 说明人 By, 日期 Date, 校验码
 * Check code.
 *
 * It is the sheet named 校验说明 or Explanations that has a row with these headings, in either
 * language and any order; it is no part of the form. The code, which the office component writes
 * into a hidden column, says which finding is meant and what its rule read (explanation_code.h);
 * the cell is for people. An explanation counts as long as the rule reads what it read then. A row
 * without a code, written by hand, counts only while the value that it gives is the one that stands
 * in the cell that it names: less is not known of what was explained.
 */
#ifndef TB_RULE_EXPLANATION_H
#define TB_RULE_EXPLANATION_H

#include "base/arena.h"
#include "base/message.h"
#include "sheet/workbook.h"

typedef enum tb_explanation_column {
    TB_EXPLANATION_RULE,
    TB_EXPLANATION_CELL,
    TB_EXPLANATION_VALUE,
    TB_EXPLANATION_REASON,
    TB_EXPLANATION_WHO,
    TB_EXPLANATION_WHEN,
    TB_EXPLANATION_CODE, /* may be missing; then it belongs right behind the others */
    TB_EXPLANATION_COLUMNS
} tb_explanation_column;

/* What an explanation has to do with a finding. */
typedef enum tb_explanation_state {
    TB_EXPLANATION_NONE,
    TB_EXPLANATION_CURRENT, /* the finding is explained */
    TB_EXPLANATION_STALE,   /* what was explained has changed since; the finding is open again */
    TB_EXPLANATION_REFUSED  /* the finding must be corrected, no reason helps */
} tb_explanation_state;

#define TB_HALF_CODE_SIZE 16 /* bytes */

typedef struct tb_explanation {
    tb_str texts[TB_EXPLANATION_COLUMNS]; /* trimmed; empty where nothing stands */
    tb_address at;                        /* its reason */
    bool has_target;
    tb_address target; /* the cell that it names */
    bool has_code;
    unsigned char identity[TB_HALF_CODE_SIZE], reads[TB_HALF_CODE_SIZE];
    bool used; /* it has to do with a finding */
} tb_explanation;

typedef struct tb_explanations {
    bool found; /* the sheet is there; the next five are not set otherwise */
    bool has_code_heading;
    uint32_t sheet, heading_row;
    uint32_t columns[TB_EXPLANATION_COLUMNS];
    uint32_t next_row; /* behind the last one in use */
    size_t count;      /* rows that say anything */
    tb_explanation *list;
} tb_explanations;

/* Finds the sheet and reads its rows; without one, *ret is empty. Fails for lack of memory only. */
tb_status tb_explanations_read(const tb_workbook *workbook, tb_arena *arena, tb_explanations *ret,
                               tb_error *error);

/* The workbook with that sheet empty, so that nothing on it is taken for a part of the form; every
 * address means the same in both. The workbook itself where there is no such sheet. */
tb_status tb_explanations_set_aside(const tb_workbook *workbook,
                                    const tb_explanations *explanations, tb_arena *arena,
                                    const tb_workbook **ret, tb_error *error);

/* The sheet's name, and the heading of a column, for writing. */
tb_str tb_explanations_sheet_name(tb_language language);
tb_str tb_explanations_heading(tb_explanation_column column, tb_language language);
/* True when the text is the sheet's name in some language. */
bool tb_explanations_is_sheet_name(tb_str name);

#endif
