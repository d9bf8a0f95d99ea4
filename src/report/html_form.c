/*
 * A file's section of the HTML report: its findings, and beside them the picture of its cells; each
 * finding links to its cell and each marked cell to its findings.
 */
#include "base/limits.h"
#include "report/html_markup.h"
#include "report/html_picture.h"
#include "report/report.h"
#include "report/terms.h"
#include "rule/place.h"

typedef struct section {
    tb_buffer *out;
    size_t file;
    const tb_result *result;
    const tb_picture *picture;
    tb_language language;
} section;

static void append_message(const section *self, tb_message message)
{
    tb_html_message(self->out, message, self->language);
}

/* <span class="place">…</span>; nothing for the empty text. */
static void append_span(const section *self, const char *class_name, tb_str text)
{
    if (text.size == 0)
        return;
    tb_buffer_cstr(self->out, " <span class=\"");
    tb_buffer_cstr(self->out, class_name);
    tb_buffer_cstr(self->out, "\">");
    tb_html_text(self->out, text);
    tb_buffer_cstr(self->out, "</span>");
}

/* ---- one finding ---- */

/* The cell's name, a link where the picture shows it. */
static void append_cell(const section *self, tb_address at, bool with_sheet)
{
    tb_address shown;
    tb_buffer name;
    bool linked = tb_picture_find(self->picture, at, &shown);
    tb_buffer_init(&name, TB_MAX_VALUE_SIZE);
    tb_report__cell(&name, self->result, at, with_sheet);
    if (linked) {
        tb_buffer_cstr(self->out, "<a class=\"cell\" href=\"#");
        tb_html_cell_id(self->out, self->file, shown);
        tb_buffer_cstr(self->out, "\">");
    }
    tb_html_text(self->out, tb_buffer_get(&name));
    if (linked)
        tb_buffer_cstr(self->out, "</a>");
    tb_buffer_done(&name);
}

static void append_head(const section *self, const tb_finding *finding)
{
    bool several = self->result->form->workbook->sheet_count > 1;
    tb_buffer_cstr(self->out, "<p class=\"head\"><b class=\"sign ");
    tb_buffer_cstr(self->out, tb_html_class(finding->severity));
    tb_buffer_cstr(self->out, "\">");
    tb_buffer_cstr(self->out, tb_html_symbol(finding->severity));
    tb_buffer_uint(self->out, finding->id);
    tb_buffer_char(self->out, ' ');
    tb_html_text(self->out, tb_report__severity(finding->severity, self->language));
    tb_buffer_cstr(self->out, "</b> ");
    append_cell(self, finding->at, several);
    append_span(self, "place", finding->place);
    append_span(self, "explained", tb_report__explained(finding->explained, self->language));
    tb_buffer_cstr(self->out, "</p>\n");
}

static void append_side(const section *self, tb_message name, tb_str side)
{
    if (side.size == 0)
        return;
    tb_buffer_cstr(self->out, "<div><dt>");
    append_message(self, name);
    tb_buffer_cstr(self->out, "</dt><dd>");
    tb_html_text(self->out, side);
    tb_buffer_cstr(self->out, "</dd></div>");
}

/* What is there, what should be, the difference: as a table where there are at least two. */
static void append_sides(const section *self, const tb_finding *finding)
{
    if (finding->shown_actual.size == 0 || finding->shown_expected.size == 0)
        return;
    tb_buffer_cstr(self->out, "<dl>");
    append_side(self, TB_MSG_REPORT_COLUMN_ACTUAL, finding->shown_actual);
    append_side(self, TB_MSG_REPORT_COLUMN_EXPECTED, finding->shown_expected);
    append_side(self, TB_MSG_REPORT_COLUMN_DIFFERENCE, finding->shown_difference);
    tb_buffer_cstr(self->out, "</dl>\n");
}

static void append_related(const section *self, const tb_finding *finding)
{
    if (finding->related_count == 0)
        return;
    tb_buffer_cstr(self->out, "<p class=\"small\">");
    append_message(self, TB_MSG_REPORT_HTML_RELATED);
    tb_buffer_char(self->out, ' ');
    for (size_t i = 0; i < finding->related_count && i < TB_REPORT_MAX_RELATED; i++) {
        tb_address at = finding->related[i].at;
        if (i > 0)
            tb_buffer_char(self->out, ' ');
        append_cell(self, at, at.sheet != finding->at.sheet);
    }
    if (finding->related_count > TB_REPORT_MAX_RELATED)
        tb_buffer_cstr(self->out, " …");
    tb_buffer_cstr(self->out, "</p>\n");
}

static void append_basis(const section *self, const tb_finding *finding)
{
    tb_buffer_cstr(self->out, "<p class=\"small\">");
    append_message(self, TB_MSG_REPORT_HTML_BASIS);
    append_span(self, "basis", tb_report__basis(finding->basis, self->language));
    append_span(self, "note", finding->basis_note);
    append_span(self, "rule", finding->rule);
    tb_buffer_cstr(self->out, "</p>\n");
}

static void append_explanation(const section *self, const tb_finding *finding)
{
    if (finding->explanation == NULL)
        return;
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_PART_SIZE);
    tb_report__explanation(&text, finding, self->language);
    tb_buffer_cstr(self->out, "<p class=\"reason\">");
    tb_html_text(self->out, tb_buffer_get(&text));
    tb_buffer_cstr(self->out, "</p>\n");
    tb_buffer_done(&text);
}

static void append_finding(const section *self, const tb_finding *finding)
{
    tb_buffer_cstr(self->out, "<li id=\"");
    tb_html_finding_id(self->out, self->file, finding->id);
    tb_buffer_cstr(self->out, "\">\n");
    append_head(self, finding);
    tb_buffer_cstr(self->out, "<p>");
    tb_html_text(self->out, finding->message);
    tb_buffer_cstr(self->out, "</p>\n");
    append_sides(self, finding);
    if (finding->hint.size > 0) {
        tb_buffer_cstr(self->out, "<p class=\"hint\">");
        tb_html_format(self->out, self->language, TB_MSG_REPORT_HINT, &finding->hint, 1);
        tb_buffer_cstr(self->out, "</p>\n");
    }
    append_explanation(self, finding);
    append_related(self, finding);
    append_basis(self, finding);
}

/* Findings that follow from one stand right behind it: they become a list inside its item. */
static size_t append_followers(const section *self, size_t next)
{
    const tb_finding *findings = self->result->findings;
    size_t first = next;
    while (next < self->result->finding_count && findings[next].cause != 0) {
        if (next == first) {
            tb_buffer_cstr(self->out, "<p class=\"small\">");
            append_message(self, TB_MSG_REPORT_FOLLOWERS);
            tb_buffer_cstr(self->out, "</p>\n<ol>\n");
        }
        append_finding(self, &findings[next++]);
        tb_buffer_cstr(self->out, "</li>\n");
    }
    if (next > first)
        tb_buffer_cstr(self->out, "</ol>\n");
    return next;
}

static void append_findings(const section *self)
{
    tb_buffer_cstr(self->out, "<ol class=\"findings\">\n");
    for (size_t i = 0; i < self->result->finding_count;) {
        append_finding(self, &self->result->findings[i]);
        i = append_followers(self, i + 1);
        tb_buffer_cstr(self->out, "</li>\n");
    }
    tb_buffer_cstr(self->out, "</ol>\n");
}

/* ---- the section ---- */

static void append_explained_count(const section *self)
{
    if (self->result->counts.explained == 0)
        return;
    tb_buffer number;
    tb_buffer_init(&number, 32);
    tb_buffer_uint(&number, self->result->counts.explained);
    tb_str args[] = {tb_buffer_get(&number)};
    tb_buffer_cstr(self->out, " <span class=\"explained\">");
    tb_html_format(self->out, self->language, TB_MSG_REPORT_COUNT_EXPLAINED, args, 1);
    tb_buffer_cstr(self->out, "</span>");
    tb_buffer_done(&number);
}

/* 不通过 ×6 错误 ▲3 警告 1 已说明 */
static void append_status(const section *self)
{
    tb_outcome outcome = self->result->outcome;
    tb_buffer_cstr(self->out, "<p class=\"status\"><b class=\"");
    tb_buffer_cstr(self->out, outcome == TB_OUTCOME_PASS ? "pass" : "fail");
    tb_buffer_cstr(self->out, "\">");
    tb_html_text(self->out, tb_report__outcome(outcome, self->language));
    tb_buffer_cstr(self->out, "</b>");
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++) {
        size_t count = self->result->counts.by_severity[i];
        if (count == 0)
            continue;
        tb_buffer_cstr(self->out, " <span class=\"sign ");
        tb_buffer_cstr(self->out, tb_html_class((tb_severity)i));
        tb_buffer_cstr(self->out, "\">");
        tb_buffer_cstr(self->out, tb_html_symbol((tb_severity)i));
        tb_buffer_char(self->out, ' ');
        tb_html_text(self->out, tb_report__severity((tb_severity)i, self->language));
        tb_buffer_char(self->out, ' ');
        tb_buffer_uint(self->out, count);
        tb_buffer_cstr(self->out, "</span>");
    }
    append_explained_count(self);
    tb_buffer_cstr(self->out, "</p>\n");
}

static void append_title(const section *self, tb_str file)
{
    tb_str filer = tb_report__filer(self->result);
    tb_buffer_cstr(self->out, "<header><h2>");
    tb_html_text(self->out, filer.size > 0 ? filer : file);
    tb_buffer_cstr(self->out, "</h2>\n<p>");
    if (self->result->definition != NULL) {
        const tb_definition *definition = self->result->definition;
        tb_html_text(self->out, tb_localized_get(&definition->title, self->language));
        append_span(self, "version", definition->version);
    }
    append_span(self, "file", filer.size > 0 ? file : TB_STR(""));
    tb_buffer_cstr(self->out, "</p>\n");
    append_status(self);
    tb_buffer_cstr(self->out, "<a class=\"back\" href=\"#top\">");
    append_message(self, TB_MSG_REPORT_HTML_BACK);
    tb_buffer_cstr(self->out, "</a>\n</header>\n");
}

static void append_error(const section *self)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_VALUE_SIZE);
    tb_error_format(&text, self->language, &self->result->error);
    tb_buffer_cstr(self->out, "<p class=\"problem\">");
    tb_html_text(self->out, tb_buffer_get(&text));
    tb_buffer_cstr(self->out, "</p>\n");
    tb_buffer_done(&text);
}

static void append_form(section *self)
{
    tb_picture picture;
    if (!tb_picture_init(&picture, self->result, self->file)) {
        self->out->failed = true;
        return;
    }
    self->picture = &picture;
    tb_buffer_cstr(self->out, "<div class=\"form\">\n");
    append_findings(self);
    tb_picture_append(&picture, self->out, self->language);
    tb_buffer_cstr(self->out, "</div>\n");
    tb_picture_done(&picture);
}

void tb_report_html_form(tb_buffer *out, size_t number, tb_str file, const tb_result *result,
                         tb_language language)
{
    section self = {.out = out, .file = number, .result = result, .language = language};
    tb_buffer_cstr(out,
                   result->finding_count > 0 ? "<section id=\"" : "<section class=\"short\" id=\"");
    tb_html_file_id(out, number);
    tb_buffer_cstr(out, "\">\n");
    append_title(&self, file);
    if (result->form == NULL) {
        append_error(&self);
    } else if (result->finding_count > 0) {
        append_form(&self);
    } else {
        tb_buffer_cstr(out, "<p>");
        append_message(&self, TB_MSG_REPORT_HTML_NO_FINDINGS);
        tb_buffer_cstr(out, "</p>\n");
    }
    tb_buffer_cstr(out, "</section>\n");
}
