/*
 * One cell's content as its sheet shows it, for the picture of a form.
 */
#ifndef TB_REPORT_HTML_CELL_H
#define TB_REPORT_HTML_CELL_H

#include "base/buffer.h"
#include "sheet/workbook.h"

/* Plain text, not escaped: 47.03%, 2025-11-18, TRUE. */
void tb_html_show_cell(tb_buffer *out, const tb_cell *cell);
/* Numbers, dates and the like stand at the right side of their column. */
bool tb_html_cell_is_right(const tb_cell *cell);

#endif
