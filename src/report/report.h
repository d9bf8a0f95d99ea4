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

/* A spreadsheet's rows, one a finding, and one for a file that is no form. The head comes first:
 * byte order mark and headings. */
void tb_report_csv_head(tb_buffer *out, tb_language language);
void tb_report_csv(tb_buffer *out, tb_str file, const tb_result *result, tb_language language);

/* Counts over all files of a run. */
typedef struct tb_totals {
    size_t by_outcome[4]; /* tb_outcome */
    tb_counts counts;
} tb_totals;

void tb_totals_add(tb_totals *totals, const tb_result *result);
/* The last line of the text report. */
void tb_report_summary(tb_buffer *out, const tb_totals *totals, tb_language language);

/*
 * A self-contained HTML page: for several files an overview, sorted by what needs work most, then a
 * section for each form with its findings beside a picture of its cells. The sections can be made
 * one by one and written away; the overview, which stands before them, needs of each file no more
 * than a summary.
 */
typedef struct tb_file_summary {
    tb_str file; /* borrowed */
    tb_outcome outcome;
    tb_counts counts;
    char filer[160]; /* ended by NUL, cut at a whole character; empty: not known */
} tb_file_summary;

void tb_file_summary_init(tb_file_summary *summary, tb_str file, const tb_result *result);
/* Begins the page; summaries[i] is of file number i + 1. */
void tb_report_html_head(tb_buffer *out, const tb_file_summary *summaries, size_t count,
                         tb_language language);
/* `number` is the file's in the run, from 1. */
void tb_report_html_form(tb_buffer *out, size_t number, tb_str file, const tb_result *result,
                         tb_language language);
void tb_report_html_end(tb_buffer *out);

#endif
