/*
 * Explanations in the open document: writes and deletes rows of the sheet 校验说明, makes the sheet
 * where there is none, and touches no other sheet. Each call is one step of undo;
 * `language` is that of the step's title.
 */
#ifndef TB_CALC_EXPLAIN_H
#define TB_CALC_EXPLAIN_H

#include "calc/uno/uno.h"
#include "rule/explanation.h"

/* Whether a row could be written; the error says why not and what to do. `known` is what the last
 * check found in the document. */
tb_status tb_explain_check_writable(uno_Interface *document, const tb_explanations *known,
                                    tb_error *error);

/* Writes a row; over `replaced`, or as a new one where that is NULL. After a failure the document
 * is as before. */
tb_status tb_explain_write(uno_Interface *document, const tb_explanations *known,
                           const tb_explanation *replaced,
                           const tb_str texts[TB_EXPLANATION_COLUMNS], tb_language language,
                           tb_error *error);

/* Deletes the sheet's row `row`. */
tb_status tb_explain_withdraw(uno_Interface *document, const tb_explanations *known, uint32_t row,
                              tb_language language, tb_error *error);

#endif
