/*
 * The report for people. Each cause is a paragraph; what follows from it stands below, indented.
 */
#include <stdio.h>

#include "base/limits.h"
#include "report/report.h"
#include "report/terms.h"
#include "rule/place.h"

typedef struct writer {
    tb_buffer *out;
    const tb_result *result;
    tb_language language;
    tb_buffer scratch;
} writer;

static void indent(const writer *self, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        tb_buffer_cstr(self->out, "  ");
}

static void append_line(const writer *self, size_t depth, tb_message message, const tb_str *args,
                        size_t count)
{
    indent(self, depth);
    tb_message_append(self->out, self->language, message, args, count);
    tb_buffer_char(self->out, '\n');
}

/* The next item of a list: “、H12”, or “H12” for the first. */
static void append_item(const writer *self, tb_buffer *list, tb_str item)
{
    if (list->size > 0)
        tb_message_append(list, self->language, TB_MSG_REPORT_LIST_ITEM, &item, 1);
    else
        tb_buffer_text(list, item);
}

/* ---- one finding ---- */

/* 错误 申报表!H12 支出合计·上年金额 [R2.expenditure] */
static void append_finding_head(const writer *self, size_t depth, const tb_finding *finding)
{
    indent(self, depth);
    tb_buffer_text(self->out, tb_report__severity(finding->severity, self->language));
    tb_buffer_cstr(self->out, "  ");
    tb_report__cell(self->out, self->result, finding->at, true);
    if (finding->place.size > 0) {
        tb_buffer_cstr(self->out, "  ");
        tb_buffer_text(self->out, finding->place);
    }
    tb_buffer_cstr(self->out, "  [");
    tb_buffer_text(self->out, finding->rule);
    tb_buffer_cstr(self->out, "]\n");
}

static void append_sides(const writer *self, size_t depth, const tb_finding *finding)
{
    const tb_str args[] = {finding->shown_actual, finding->shown_expected,
                           finding->shown_difference};
    if (args[0].size == 0 || args[1].size == 0)
        return;
    if (args[2].size > 0)
        append_line(self, depth, TB_MSG_REPORT_EXPECTS_DIFFERENCE, args, 3);
    else
        append_line(self, depth, TB_MSG_REPORT_EXPECTS, args, 2);
}

static void append_related(writer *self, size_t depth, const tb_finding *finding)
{
    if (finding->related_count == 0)
        return;
    tb_buffer *list = &self->scratch, name;
    tb_buffer_init(&name, TB_MAX_TEXT_SIZE);
    tb_buffer_reset(list);
    for (size_t i = 0; i < finding->related_count && i < TB_REPORT_MAX_RELATED; i++) {
        tb_address at = finding->related[i].at;
        tb_buffer_reset(&name);
        tb_report__cell(&name, self->result, at, at.sheet != finding->at.sheet);
        append_item(self, list, tb_buffer_get(&name));
    }
    if (finding->related_count > TB_REPORT_MAX_RELATED)
        tb_buffer_cstr(list, " …");
    tb_str args[] = {tb_buffer_get(list)};
    append_line(self, depth, TB_MSG_REPORT_RELATED, args, 1);
    tb_buffer_done(&name);
}

static void append_explanation(writer *self, size_t depth, const tb_finding *finding)
{
    if (finding->explanation == NULL)
        return;
    tb_buffer_reset(&self->scratch);
    tb_report__explanation(&self->scratch, finding, self->language);
    indent(self, depth);
    tb_buffer_text(self->out, tb_buffer_get(&self->scratch));
    tb_buffer_char(self->out, '\n');
}

static void append_finding(writer *self, size_t depth, const tb_finding *finding)
{
    append_finding_head(self, depth, finding);
    indent(self, depth + 2);
    tb_buffer_text(self->out, finding->message);
    tb_buffer_char(self->out, '\n');
    append_sides(self, depth + 2, finding);
    if (finding->hint.size > 0)
        append_line(self, depth + 2, TB_MSG_REPORT_HINT, &finding->hint, 1);
    append_related(self, depth + 2, finding);
    append_explanation(self, depth + 2, finding);
}

/* ---- one file ---- */

static const tb_message count_texts[TB_SEVERITY_COUNT] = {
    [TB_ERROR_SEVERITY] = TB_MSG_REPORT_COUNT_ERROR,
    [TB_WARNING_SEVERITY] = TB_MSG_REPORT_COUNT_WARNING,
    [TB_NOTICE_SEVERITY] = TB_MSG_REPORT_COUNT_NOTICE,
};

static void append_count(const writer *self, tb_buffer *out, tb_message text, size_t count)
{
    char number[24];
    tb_buffer item;
    if (count == 0)
        return;
    snprintf(number, sizeof number, "%zu", count);
    tb_str args[] = {tb_str_of(number)};
    tb_buffer_init(&item, 1024);
    tb_message_append(&item, self->language, text, args, 1);
    append_item(self, out, tb_buffer_get(&item));
    tb_buffer_done(&item);
}

/* 错误 2、警告 9、已说明 1: what there is none of is left out. */
static void append_counts(const writer *self, tb_buffer *out)
{
    const tb_counts *counts = &self->result->counts;
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++)
        append_count(self, out, count_texts[i], counts->by_severity[i]);
    append_count(self, out, TB_MSG_REPORT_COUNT_EXPLAINED, counts->explained);
}

static void append_head(writer *self, tb_str file)
{
    tb_buffer_reset(&self->scratch);
    append_counts(self, &self->scratch);
    bool any = self->scratch.size > 0;
    tb_str args[] = {file, tb_localized_get(&self->result->definition->title, self->language),
                     self->result->definition->version,
                     tb_report__outcome(self->result->outcome, self->language),
                     tb_buffer_get(&self->scratch)};
    append_line(self, 0, any ? TB_MSG_REPORT_HEAD_COUNTS : TB_MSG_REPORT_HEAD, args, any ? 5 : 4);
}

static void append_failed_head(writer *self, tb_str file)
{
    tb_buffer_reset(&self->scratch);
    tb_error_format(&self->scratch, self->language, &self->result->error);
    tb_str args[] = {file, tb_report__outcome(self->result->outcome, self->language),
                     tb_buffer_get(&self->scratch)};
    append_line(self, 0, TB_MSG_REPORT_HEAD_FAILED, args, 3);
}

static void append_findings(writer *self)
{
    for (size_t i = 0; i < self->result->finding_count; i++) {
        const tb_finding *finding = &self->result->findings[i];
        bool follows = finding->cause != 0;
        bool first = follows && self->result->findings[i - 1].cause == 0;
        if (first)
            append_line(self, 3, TB_MSG_REPORT_FOLLOWERS, NULL, 0);
        append_finding(self, follows ? 4 : 1, finding);
    }
}

void tb_report_text(tb_buffer *out, tb_str file, const tb_result *result, tb_language language)
{
    writer self = {.out = out, .result = result, .language = language};
    tb_buffer_init(&self.scratch, sizeof result->error * 4 + 65536);
    if (result->form == NULL) {
        append_failed_head(&self, file);
    } else {
        append_head(&self, file);
        append_findings(&self);
    }
    tb_buffer_done(&self.scratch);
}

void tb_report_summary(tb_buffer *out, const tb_totals *totals, tb_language language)
{
    size_t files = 0;
    for (size_t i = 0; i < 4; i++)
        files += totals->by_outcome[i];
    const size_t numbers[] = {files,
                              totals->by_outcome[TB_OUTCOME_PASS],
                              totals->by_outcome[TB_OUTCOME_FAIL],
                              totals->by_outcome[TB_OUTCOME_UNREADABLE],
                              totals->by_outcome[TB_OUTCOME_UNRECOGNISED],
                              totals->counts.by_severity[TB_ERROR_SEVERITY],
                              totals->counts.by_severity[TB_WARNING_SEVERITY],
                              totals->counts.by_severity[TB_NOTICE_SEVERITY],
                              totals->counts.explained};
    enum { NUMBERS = sizeof numbers / sizeof numbers[0] };
    char texts[NUMBERS][24];
    tb_str args[NUMBERS];
    for (size_t i = 0; i < NUMBERS; i++) {
        snprintf(texts[i], sizeof texts[i], "%zu", numbers[i]);
        args[i] = tb_str_of(texts[i]);
    }
    bool any = totals->counts.explained > 0;
    tb_message_append(out, language, any ? TB_MSG_REPORT_SUMMARY_EXPLAINED : TB_MSG_REPORT_SUMMARY,
                      args, any ? NUMBERS : NUMBERS - 1);
    tb_buffer_char(out, '\n');
}
