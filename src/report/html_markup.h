/*
 * Writing HTML: everything that comes from outside is escaped here and nowhere else. Ids: file 3 of
 * a run is f3, its finding 7 is f3-7, and the cell H12 of its first sheet f3-1-H12.
 */
#ifndef TB_REPORT_HTML_MARKUP_H
#define TB_REPORT_HTML_MARKUP_H

#include "base/buffer.h"
#include "base/message.h"
#include "form/form.h"

/* The text escaped for content and for attributes in double quotes. Control characters and
 * ill-formed bytes become U+FFFD, so that the page is always well-formed. */
void tb_html_text(tb_buffer *out, tb_str text);
/* At most that many characters of it, then "…". */
void tb_html_cut(tb_buffer *out, tb_str text, size_t max);
/* A message of ours, escaped. */
void tb_html_message(tb_buffer *out, tb_message message, tb_language language);
/* The same with {0} … filled in. */
void tb_html_format(tb_buffer *out, tb_language language, tb_message message, const tb_str *args,
                    size_t count);

void tb_html_file_id(tb_buffer *out, size_t file);
void tb_html_finding_id(tb_buffer *out, size_t file, size_t finding);
void tb_html_cell_id(tb_buffer *out, size_t file, tb_address at);

/* × ▲ ●: tells severities apart where colours can't, and in fonts that a Chinese office has. */
const char *tb_html_symbol(tb_severity severity);
/* The class of a severity in the style sheet. */
const char *tb_html_class(tb_severity severity);

#endif
