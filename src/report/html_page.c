/*
 * The HTML page around the sections: its head with the style sheet, and the overview of several
 * files, those that need work most first. The page has no script and refers to nothing outside; its
 * content security policy forbids both.
 */
#include <stdlib.h>
#include <string.h>

#include "html_css.gen.h"
#include "report/html_markup.h"
#include "report/report.h"
#include "report/terms.h"

void tb_file_summary_init(tb_file_summary *summary, tb_str file, const tb_result *result)
{
    tb_buffer cut;
    tb_str filer = tb_report__filer(result);
    *summary =
        (tb_file_summary){.file = file, .outcome = result->outcome, .counts = result->counts};
    tb_buffer_init(&cut, sizeof summary->filer - 1);
    for (size_t offset = 0; offset < filer.size;) {
        size_t before = offset;
        tb_text_next(filer, &offset);
        tb_buffer_text(&cut, tb_str_slice(filer, before, offset)); /* whole characters only */
    }
    if (cut.size > 0)
        memcpy(summary->filer, cut.data, cut.size);
    tb_buffer_done(&cut);
}

/* ---- what needs work most ---- */

/* A row of the overview: one file, or all files of one filer. */
typedef struct overview_row {
    const tb_file_summary *summary; /* of the file; of a filer's first one */
    size_t number;                  /* of the file; the lowest of a filer's */
    size_t files, not_read, failed;
    size_t counts[TB_SEVERITY_COUNT];
} overview_row;

static overview_row row_of(const tb_file_summary *summary, size_t number)
{
    overview_row row = {.summary = summary, .number = number, .files = 1};
    row.not_read =
        summary->outcome == TB_OUTCOME_UNREADABLE || summary->outcome == TB_OUTCOME_UNRECOGNISED;
    row.failed = summary->outcome == TB_OUTCOME_FAIL;
    memcpy(row.counts, summary->counts.by_severity, sizeof row.counts);
    return row;
}

/* Larger first. */
static int compare_counts(size_t a, size_t b)
{
    return a > b ? -1 : a < b;
}

/* What could not be read was not checked at all, so it comes first; then by errors, warnings and
 * notices; then as given. */
static int compare_need(const void *left, const void *right)
{
    const overview_row *a = left, *b = right;
    int order = compare_counts(a->not_read, b->not_read);
    for (size_t i = 0; order == 0 && i < TB_SEVERITY_COUNT; i++)
        order = compare_counts(a->counts[i], b->counts[i]);
    return order != 0 ? order : compare_counts(b->number, a->number);
}

static int compare_filers(const void *left, const void *right)
{
    const overview_row *a = left, *b = right;
    int order = strcmp(a->summary->filer, b->summary->filer);
    return order != 0 ? order : compare_counts(b->number, a->number);
}

static void add_row(overview_row *sum, const overview_row *row)
{
    sum->files += row->files;
    sum->not_read += row->not_read;
    sum->failed += row->failed;
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++)
        sum->counts[i] += row->counts[i];
}

/* Sorts the rows by filer and joins those of one; files of nobody fall out. */
static size_t join_filers(overview_row *rows, size_t count)
{
    size_t kept = 0;
    qsort(rows, count, sizeof *rows, compare_filers);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].summary->filer[0] == '\0')
            continue;
        if (kept > 0 && strcmp(rows[kept - 1].summary->filer, rows[i].summary->filer) == 0)
            add_row(&rows[kept - 1], &rows[i]);
        else
            rows[kept++] = rows[i];
    }
    return kept;
}

/* ---- tables ---- */

typedef struct page {
    tb_buffer *out;
    tb_language language;
} page;

static void append_heading(const page *self, tb_message message, bool right)
{
    tb_buffer_cstr(self->out, right ? "<th scope=\"col\" class=\"right\">" : "<th scope=\"col\">");
    tb_html_message(self->out, message, self->language);
    tb_buffer_cstr(self->out, "</th>");
}

static void append_number(const page *self, const char *class_name, size_t number)
{
    tb_buffer_cstr(self->out, "<td class=\"right");
    if (number > 0) {
        tb_buffer_char(self->out, ' ');
        tb_buffer_cstr(self->out, class_name);
    }
    tb_buffer_cstr(self->out, "\">");
    tb_buffer_uint(self->out, number);
    tb_buffer_cstr(self->out, "</td>");
}

static void append_counts(const page *self, const overview_row *row)
{
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++)
        append_number(self, tb_html_class((tb_severity)i), row->counts[i]);
}

/* × 错误: the sign beside the word, so that the table is the key to the signs too. */
static void append_severity_headings(const page *self)
{
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++) {
        tb_buffer_cstr(self->out, "<th scope=\"col\" class=\"right\">");
        tb_buffer_cstr(self->out, tb_html_symbol((tb_severity)i));
        tb_buffer_char(self->out, ' ');
        tb_html_text(self->out, tb_report__severity((tb_severity)i, self->language));
        tb_buffer_cstr(self->out, "</th>");
    }
}

/* `texts` columns are for texts, the others for numbers. */
static void append_table_head(const page *self, const tb_message *headings, size_t count,
                              size_t texts)
{
    tb_buffer_cstr(self->out, "<table class=\"overview\"><thead><tr>");
    for (size_t i = 0; i < count; i++)
        append_heading(self, headings[i], i >= texts);
    append_severity_headings(self);
    tb_buffer_cstr(self->out, "</tr></thead>\n<tbody>\n");
}

static void append_file_row(const page *self, const overview_row *row)
{
    tb_buffer_cstr(self->out, "<tr><td><a href=\"#");
    tb_html_file_id(self->out, row->number);
    tb_buffer_cstr(self->out, "\">");
    tb_html_text(self->out, row->summary->file);
    tb_buffer_cstr(self->out, "</a></td><td>");
    tb_html_text(self->out, tb_str_of(row->summary->filer));
    tb_buffer_cstr(self->out, row->summary->outcome == TB_OUTCOME_PASS
                                  ? "</td><td class=\"pass\">"
                                  : "</td><td class=\"fail\">");
    tb_html_text(self->out, tb_report__outcome(row->summary->outcome, self->language));
    tb_buffer_cstr(self->out, "</td>");
    append_counts(self, row);
    tb_buffer_cstr(self->out, "</tr>\n");
}

static void append_files(const page *self, const overview_row *rows, size_t count)
{
    static const tb_message headings[] = {TB_MSG_REPORT_COLUMN_FILE, TB_MSG_REPORT_COLUMN_FILER,
                                          TB_MSG_REPORT_COLUMN_OUTCOME};
    append_table_head(self, headings, 3, 3);
    for (size_t i = 0; i < count; i++)
        append_file_row(self, &rows[i]);
    tb_buffer_cstr(self->out, "</tbody></table>\n");
}

static void append_filers(const page *self, const overview_row *rows, size_t count)
{
    static const tb_message headings[] = {TB_MSG_REPORT_COLUMN_FILER, TB_MSG_REPORT_HTML_FILE_COUNT,
                                          TB_MSG_REPORT_OUTCOME_FAIL};
    append_table_head(self, headings, 3, 1);
    for (size_t i = 0; i < count; i++) {
        tb_buffer_cstr(self->out, "<tr><td>");
        tb_html_text(self->out, tb_str_of(rows[i].summary->filer));
        tb_buffer_cstr(self->out, "</td>");
        append_number(self, "files", rows[i].files);
        append_number(self, "fail", rows[i].failed);
        append_counts(self, &rows[i]);
        tb_buffer_cstr(self->out, "</tr>\n");
    }
    tb_buffer_cstr(self->out, "</tbody></table>\n");
}

/* ---- the page ---- */

static void append_totals(const page *self, const tb_file_summary *summaries, size_t count)
{
    tb_totals totals = {.by_outcome = {0}};
    for (size_t i = 0; i < count; i++) {
        totals.by_outcome[summaries[i].outcome]++;
        for (size_t j = 0; j < TB_SEVERITY_COUNT; j++)
            totals.counts.by_severity[j] += summaries[i].counts.by_severity[j];
        totals.counts.explained += summaries[i].counts.explained;
    }
    tb_buffer line;
    tb_buffer_init(&line, 4096);
    tb_report_summary(&line, &totals, self->language);
    tb_buffer_cstr(self->out, "<p class=\"totals\">");
    tb_html_text(self->out, tb_str_trim(tb_buffer_get(&line)));
    tb_buffer_cstr(self->out, "</p>\n");
    tb_buffer_done(&line);
}

static void append_tables(const page *self, const tb_file_summary *summaries, size_t count)
{
    overview_row *rows = calloc(count, sizeof *rows);
    if (rows == NULL) {
        self->out->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        rows[i] = row_of(&summaries[i], i + 1);
    qsort(rows, count, sizeof *rows, compare_need);
    append_files(self, rows, count);
    size_t filers = join_filers(rows, count);
    if (filers > 1 && filers < count) {
        qsort(rows, filers, sizeof *rows, compare_need);
        tb_buffer_cstr(self->out, "<h2>");
        tb_html_message(self->out, TB_MSG_REPORT_HTML_BY_FILER, self->language);
        tb_buffer_cstr(self->out, "</h2>\n");
        append_filers(self, rows, filers);
    }
    free(rows);
}

static void append_overview(const page *self, const tb_file_summary *summaries, size_t count)
{
    tb_buffer_cstr(self->out, "<nav>\n<h1>");
    tb_html_message(self->out, TB_MSG_REPORT_HTML_OVERVIEW, self->language);
    tb_buffer_cstr(self->out, "</h1>\n");
    append_totals(self, summaries, count);
    tb_buffer_cstr(self->out, "<p class=\"small\">");
    tb_html_message(self->out, TB_MSG_REPORT_HTML_ORDER, self->language);
    tb_buffer_cstr(self->out, "</p>\n");
    append_tables(self, summaries, count);
    tb_buffer_cstr(self->out, "</nav>\n");
}

void tb_report_html_head(tb_buffer *out, const tb_file_summary *summaries, size_t count,
                         tb_language language)
{
    page self = {out, language};
    tb_buffer_cstr(out, "<!DOCTYPE html>\n<html lang=\"");
    tb_buffer_cstr(out, language == TB_LANGUAGE_ZH ? "zh-CN" : "en");
    tb_buffer_cstr(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta http-equiv=\"Content-Security-Policy\" content=\""
                        "default-src 'none'; style-src 'unsafe-inline'\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        "<title>");
    tb_html_message(out, TB_MSG_REPORT_HTML_TITLE, language);
    tb_buffer_cstr(out, "</title>\n<style>\n");
    tb_buffer_cstr(out, tb_html_css);
    tb_buffer_cstr(out, "</style>\n</head>\n<body id=\"top\">\n");
    if (count > 1)
        append_overview(&self, summaries, count);
    tb_buffer_cstr(out, "<main>\n");
}

void tb_report_html_end(tb_buffer *out)
{
    tb_buffer_cstr(out, "</main>\n</body>\n</html>\n");
}
