/*
 * The cells of a CSV (RFC 4180) that is meant for a spreadsheet: a byte order mark, without which
 * Excel does not read UTF-8, CRLF, and every text in quotes. A text that a spreadsheet would take
 * for a formula gets an apostrophe in front, as OWASP advises ("CSV Injection",
 * owasp.org/www-community/attacks/CSV_Injection); numbers are written as they are.
 */
#ifndef TB_REPORT_CSV_CELL_H
#define TB_REPORT_CSV_CELL_H

#include "base/buffer.h"

void tb_csv_begin(tb_buffer *out);
void tb_csv_end_row(tb_buffer *out);
/* Nothing for an empty text. */
void tb_csv_append_text(tb_buffer *out, tb_str text);

#endif
