/*
 * Severities have a sign and a word each, so that nobody needs to see colours.
 */
#include "calc/findings_text.h"

#include <stddef.h>

static const tb_message severity_words[TB_SEVERITY_COUNT] = {
    TB_MSG_CALC_ERROR_SEVERITY, TB_MSG_CALC_WARNING_SEVERITY, TB_MSG_CALC_NOTICE_SEVERITY};

static const tb_message headings[TB_COLUMN_COUNT] = {
    TB_MSG_CALC_COLUMN_SEVERITY, TB_MSG_CALC_COLUMN_CELL, TB_MSG_CALC_COLUMN_PLACE,
    TB_MSG_CALC_COLUMN_MESSAGE};

static const tb_message basis_words[] = {TB_MSG_CALC_BASIS_ARITHMETIC, TB_MSG_CALC_BASIS_FORM,
                                         TB_MSG_CALC_BASIS_PRACTICE, TB_MSG_CALC_BASIS_DOCUMENT};

/* Half an ideograph takes so many tenths of the dialog's units. */
enum { TENTHS_PER_HALF = 30 };

/* The lines of the details, in their order; a line without a text is left out. */
static const struct {
    tb_message line;
    size_t offset; /* of a tb_str in tb_finding */
} detail_lines[] = {
    {TB_MSG_CALC_DETAIL_ACTUAL, offsetof(tb_finding, shown_actual)},
    {TB_MSG_CALC_DETAIL_EXPECTED, offsetof(tb_finding, shown_expected)},
    {TB_MSG_CALC_DETAIL_DIFFERENCE, offsetof(tb_finding, shown_difference)},
    {TB_MSG_CALC_DETAIL_HINT, offsetof(tb_finding, hint)},
};

static tb_str number_text(size_t number, tb_buffer *scratch)
{
    tb_buffer_reset(scratch);
    tb_buffer_uint(scratch, number);
    return tb_buffer_get(scratch);
}

static void append_counts(tb_buffer *out, tb_language language, const tb_counts *counts)
{
    tb_buffer number;
    tb_buffer_init(&number, 32);
    for (int i = 0; i < TB_SEVERITY_COUNT; i++) {
        tb_str count = number_text(counts->by_severity[i], &number);
        if (i > 0)
            tb_buffer_cstr(out, "    ");
        tb_message_append(out, language, severity_words[i], NULL, 0);
        tb_buffer_char(out, ' ');
        tb_buffer_text(out, count);
    }
    if (counts->explained > 0) {
        tb_buffer_cstr(out, "    ");
        tb_message_append(out, language, TB_MSG_CALC_EXPLAINED_SEVERITY, NULL, 0);
        tb_buffer_char(out, ' ');
        tb_buffer_text(out, number_text(counts->explained, &number));
    }
    tb_buffer_done(&number);
}

void tb_findings_summary(tb_buffer *out, tb_language language, const tb_result *result)
{
    if (result->definition == NULL) {
        tb_error_format(out, language, &result->error);
        return;
    }
    tb_buffer_text(out, result->definition->title.in[language]);
    tb_buffer_char(out, '\n');
    if (result->finding_count == 0)
        tb_message_append(out, language, TB_MSG_CALC_NO_FINDINGS, NULL, 0);
    else
        append_counts(out, language, &result->counts);
}

tb_message tb_findings_heading(tb_findings_text column)
{
    return headings[column];
}

/* How much of a line a code point takes, in halves of an ideograph. */
static int width_of(uint32_t code_point)
{
    return code_point < 0x1100 ? 1 : 2;
}

/* The text as far as it fits; what is left out is shown by …, and in full by the details. */
static void append_shortened(tb_buffer *out, tb_str text, int width)
{
    size_t at = 0, fits = 0;
    int used = 0;
    while (at < text.size && used <= width) {
        if (used <= width - 2)
            fits = at;
        used += width_of(tb_text_next(text, &at));
    }
    bool whole = at >= text.size && used <= width;
    tb_buffer_text(out, whole ? text : tb_str_slice(text, 0, fits));
    if (!whole)
        tb_buffer_cstr(out, "\u2026");
}

void tb_findings_column(tb_buffer *out, tb_language language, const tb_finding *finding,
                        tb_str sheet, tb_findings_text column, int width)
{
    int halves = width * 10 / TENTHS_PER_HALF;
    char name[TB_CELL_NAME_SIZE];
    switch (column) {
    case TB_COLUMN_SEVERITY:
        if (finding->cause != 0)
            tb_buffer_cstr(out, "  └ ");
        tb_message_append(out, language,
                          finding->explained == TB_EXPLANATION_CURRENT
                              ? TB_MSG_CALC_EXPLAINED_SEVERITY
                              : severity_words[finding->severity],
                          NULL, 0);
        break;
    case TB_COLUMN_CELL:
        tb_buffer_text(out, sheet);
        tb_buffer_char(out, '!');
        tb_buffer_text(out, tb_cell_name(finding->at.row, finding->at.column, name));
        break;
    case TB_COLUMN_PLACE:
        append_shortened(out, finding->place, halves);
        break;
    default:
        append_shortened(out, finding->message, halves);
    }
}

void tb_findings_group(tb_buffer *out, tb_language language, const tb_findings_row *row,
                       tb_findings_grouping grouping, tb_str sheet, tb_findings_text column)
{
    tb_str title = tb_findings_place_title(row->finding);
    if (column == TB_COLUMN_SEVERITY) {
        tb_buffer_cstr(out, "▾");
    } else if (column == TB_COLUMN_CELL && row->count > 0) {
        tb_buffer_uint(out, row->count);
    } else if (column == TB_COLUMN_MESSAGE && grouping == TB_GROUP_SEVERITY) {
        tb_message_append(out, language, severity_words[row->finding->severity], NULL, 0);
    } else if (column == TB_COLUMN_MESSAGE) {
        tb_buffer_text(out, title.size > 0 ? title : sheet);
    }
}

/* Nothing for the empty text. */
static void append_line(tb_buffer *out, tb_language language, tb_message line, tb_str text)
{
    if (text.size == 0)
        return;
    tb_message_append(out, language, line, &text, 1);
    tb_buffer_char(out, '\n');
}

static void append_explanation(tb_buffer *out, tb_language language, const tb_finding *finding)
{
    static const tb_message lines[] = {
        [TB_EXPLANATION_CURRENT] = TB_MSG_CALC_DETAIL_EXPLAINED,
        [TB_EXPLANATION_STALE] = TB_MSG_CALC_DETAIL_STALE,
        [TB_EXPLANATION_REFUSED] = TB_MSG_CALC_DETAIL_REFUSED,
    };
    if (finding->explanation == NULL)
        return;
    const tb_str *texts = finding->explanation->texts;
    const tb_str args[] = {texts[TB_EXPLANATION_REASON], texts[TB_EXPLANATION_VALUE]};
    tb_message_append(out, language, lines[finding->explained], args, 2);
    tb_buffer_char(out, '\n');
    append_line(out, language, TB_MSG_CALC_DETAIL_WHO, texts[TB_EXPLANATION_WHO]);
    append_line(out, language, TB_MSG_CALC_DETAIL_WHEN, texts[TB_EXPLANATION_WHEN]);
}

void tb_findings_details(tb_buffer *out, tb_language language, const tb_finding *finding)
{
    if (finding->place.size > 0) {
        tb_buffer_text(out, finding->place);
        tb_buffer_char(out, '\n');
    }
    tb_buffer_text(out, finding->message);
    tb_buffer_char(out, '\n');
    for (size_t i = 0; i < sizeof(detail_lines) / sizeof(detail_lines[0]); i++) {
        const tb_str *text = (const void *)((const char *)finding + detail_lines[i].offset);
        append_line(out, language, detail_lines[i].line, *text);
    }
    append_explanation(out, language, finding);
    tb_str basis[] = {tb_str_of(tb_message_get(language, basis_words[finding->basis])),
                      finding->basis_note};
    tb_message_append(out, language, TB_MSG_CALC_DETAIL_BASIS, basis, 2);
    if (finding->cause != 0) {
        tb_buffer cause;
        tb_buffer_init(&cause, 32);
        tb_str number = number_text(finding->cause, &cause);
        tb_buffer_char(out, '\n');
        tb_message_append(out, language, TB_MSG_CALC_DETAIL_CAUSE, &number, 1);
        tb_buffer_done(&cause);
    }
}
