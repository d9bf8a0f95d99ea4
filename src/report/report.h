/*
 * Results as text, JSON, CSV and HTML: each appends one file's result to a buffer.
 */
#ifndef TB_REPORT_REPORT_H
#define TB_REPORT_REPORT_H

#include "base/buffer.h"
#include "rule/check.h"

/* One JSON object and a line feed (the contract of `tianbao check --format json`). */
void tb_report_json(tb_buffer *out, tb_str file, const tb_result *result, tb_language language);

/* For people: form by form, severity, place, what is there, what is expected, the difference. */
void tb_report_text(tb_buffer *out, tb_str file, const tb_result *result, tb_language language);

#endif
