/*
 * A result in the words of the findings dialog and the sidebar; knows nothing of windows.
 */
#ifndef TB_CALC_FINDINGS_TEXT_H
#define TB_CALC_FINDINGS_TEXT_H

#include "base/buffer.h"
#include "calc/findings_rows.h"

/* What a column of the list shows. */
typedef enum tb_findings_text {
    TB_COLUMN_SEVERITY,
    TB_COLUMN_CELL,
    TB_COLUMN_PLACE,
    TB_COLUMN_MESSAGE,
    TB_COLUMN_COUNT
} tb_findings_text;

/* The line above the list: the counts, or why there are none. */
void tb_findings_summary(tb_buffer *out, tb_language language, const tb_result *result);
/* The heading of a column. */
tb_message tb_findings_heading(tb_findings_text column);
/* What a finding shows in a column of that width in the dialog's units, a quarter of a letter;
 * `sheet` is its sheet's name. */
void tb_findings_column(tb_buffer *out, tb_language language, const tb_finding *finding,
                        tb_str sheet, tb_findings_text column, int width);
/* What the heading of a group shows there. */
void tb_findings_group(tb_buffer *out, tb_language language, const tb_findings_row *row,
                       tb_findings_grouping grouping, tb_str sheet, tb_findings_text column);
/* All there is to say of a finding, line by line. */
void tb_findings_details(tb_buffer *out, tb_language language, const tb_finding *finding);

#endif
