/*
 * Findings as CSV, one a row; report/csv_cell.h says how cells are written. Numbers stay numbers,
 * negative ones too.
 */
#include "base/limits.h"
#include "report/csv_cell.h"
#include "report/report.h"
#include "report/terms.h"
#include "rule/place.h"

typedef struct csv_row {
    tb_buffer *out;
    tb_buffer scratch; /* of one cell */
    tb_str file;
    const tb_result *result;
    const tb_finding *finding; /* NULL: a file that is no form */
    tb_language language;
} csv_row;

/* ---- cells ---- */

static void append_text(csv_row *row, tb_str text)
{
    tb_csv_append_text(row->out, text);
}

/* A phone number of digits is a text, and so is what stands in a field for names. */
static bool holds_numbers(const tb_item *item)
{
    if (item == NULL)
        return true;
    tb_field_type type = item->field->type;
    return type == TB_FIELD_AMOUNT || type == TB_FIELD_NUMBER || type == TB_FIELD_SHARE ||
           type == TB_FIELD_YEAR || type == TB_FIELD_DATE;
}

/* A number as it is, anything else as a text. */
static void append_value(csv_row *row, tb_str value)
{
    tb_decimal number;
    if (holds_numbers(row->finding->item) && tb_decimal_parse(value, &number))
        tb_buffer_text(row->out, value);
    else
        append_text(row, value);
}

/* ---- columns ---- */

static void append_file(csv_row *row)
{
    append_text(row, row->file);
}

static void append_form(csv_row *row)
{
    if (row->result->definition != NULL)
        append_text(row, tb_localized_get(&row->result->definition->title, row->language));
}

static void append_version(csv_row *row)
{
    if (row->result->definition != NULL)
        append_text(row, row->result->definition->version);
}

static void append_filer(csv_row *row)
{
    append_text(row, tb_report__filer(row->result));
}

static void append_outcome(csv_row *row)
{
    append_text(row, tb_report__outcome(row->result->outcome, row->language));
}

/* Why a file is no form stands where otherwise the finding's sentence does. */
static void append_message(csv_row *row)
{
    if (row->finding != NULL) {
        append_text(row, row->finding->message);
        return;
    }
    tb_buffer_reset(&row->scratch);
    tb_error_format(&row->scratch, row->language, &row->result->error);
    append_text(row, tb_buffer_get(&row->scratch));
}

static void append_number(csv_row *row)
{
    tb_buffer_uint(row->out, row->finding->id);
}

static void append_cause(csv_row *row)
{
    if (row->finding->cause != 0)
        tb_buffer_uint(row->out, row->finding->cause);
}

static void append_severity(csv_row *row)
{
    append_text(row, tb_report__severity(row->finding->severity, row->language));
}

static void append_rule(csv_row *row)
{
    append_text(row, row->finding->rule);
}

static void append_sheet(csv_row *row)
{
    append_text(row, tb_report__sheet(row->result, row->finding->at));
}

static void append_cell(csv_row *row)
{
    char name[TB_CELL_NAME_SIZE];
    append_text(row, tb_cell_name(row->finding->at.row, row->finding->at.column, name));
}

static void append_place(csv_row *row)
{
    append_text(row, row->finding->place);
}

static void append_field(csv_row *row)
{
    append_text(row, row->finding->field);
}

static void append_actual(csv_row *row)
{
    append_value(row, row->finding->actual);
}

static void append_expected(csv_row *row)
{
    append_value(row, row->finding->expected);
}

static void append_difference(csv_row *row)
{
    append_value(row, row->finding->difference);
}

static void append_hint(csv_row *row)
{
    append_text(row, row->finding->hint);
}

static void append_related(csv_row *row)
{
    tb_buffer_reset(&row->scratch);
    for (size_t i = 0; i < row->finding->related_count; i++) {
        tb_address at = row->finding->related[i].at;
        if (i > 0)
            tb_buffer_char(&row->scratch, ' ');
        tb_report__cell(&row->scratch, row->result, at, at.sheet != row->finding->at.sheet);
    }
    append_text(row, tb_buffer_get(&row->scratch));
}

static void append_basis(csv_row *row)
{
    append_text(row, tb_report__basis(row->finding->basis, row->language));
}

static void append_basis_note(csv_row *row)
{
    append_text(row, row->finding->basis_note);
}

static void append_explained(csv_row *row)
{
    append_text(row, tb_report__explained(row->finding->explained, row->language));
}

static void append_explanation(csv_row *row, tb_explanation_column column)
{
    if (row->finding->explanation != NULL)
        append_text(row, row->finding->explanation->texts[column]);
}

static void append_reason(csv_row *row)
{
    append_explanation(row, TB_EXPLANATION_REASON);
}

static void append_who(csv_row *row)
{
    append_explanation(row, TB_EXPLANATION_WHO);
}

static void append_when(csv_row *row)
{
    append_explanation(row, TB_EXPLANATION_WHEN);
}

static const struct csv_column {
    tb_message heading;
    bool of_file; /* is there for a file that is no form, too */
    void (*append)(csv_row *row);
} columns[] = {
    {TB_MSG_REPORT_COLUMN_FILE, true, append_file},
    {TB_MSG_REPORT_COLUMN_FORM, true, append_form},
    {TB_MSG_REPORT_COLUMN_VERSION, true, append_version},
    {TB_MSG_REPORT_COLUMN_FILER, true, append_filer},
    {TB_MSG_REPORT_COLUMN_OUTCOME, true, append_outcome},
    {TB_MSG_REPORT_COLUMN_NUMBER, false, append_number},
    {TB_MSG_REPORT_COLUMN_CAUSE, false, append_cause},
    {TB_MSG_REPORT_COLUMN_SEVERITY, false, append_severity},
    {TB_MSG_REPORT_COLUMN_RULE, false, append_rule},
    {TB_MSG_REPORT_COLUMN_SHEET, false, append_sheet},
    {TB_MSG_REPORT_COLUMN_CELL, false, append_cell},
    {TB_MSG_REPORT_COLUMN_PLACE, false, append_place},
    {TB_MSG_REPORT_COLUMN_MESSAGE, true, append_message},
    {TB_MSG_REPORT_COLUMN_ACTUAL, false, append_actual},
    {TB_MSG_REPORT_COLUMN_EXPECTED, false, append_expected},
    {TB_MSG_REPORT_COLUMN_DIFFERENCE, false, append_difference},
    {TB_MSG_REPORT_COLUMN_HINT, false, append_hint},
    {TB_MSG_REPORT_COLUMN_RELATED, false, append_related},
    {TB_MSG_REPORT_COLUMN_BASIS, false, append_basis},
    {TB_MSG_REPORT_COLUMN_BASIS_NOTE, false, append_basis_note},
    {TB_MSG_REPORT_COLUMN_FIELD, false, append_field},
    {TB_MSG_REPORT_COLUMN_EXPLAINED, false, append_explained},
    {TB_MSG_REPORT_COLUMN_REASON, false, append_reason},
    {TB_MSG_REPORT_COLUMN_WHO, false, append_who},
    {TB_MSG_REPORT_COLUMN_WHEN, false, append_when},
};

#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

/* ---- rows ---- */

static void append_row(csv_row *row)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (i > 0)
            tb_buffer_char(row->out, ',');
        if (row->finding != NULL || columns[i].of_file)
            columns[i].append(row);
    }
    tb_csv_end_row(row->out);
}

void tb_report_csv_head(tb_buffer *out, tb_language language)
{
    tb_csv_begin(out);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (i > 0)
            tb_buffer_char(out, ',');
        tb_csv_append_text(out, tb_report__text(columns[i].heading, language));
    }
    tb_csv_end_row(out);
}

void tb_report_csv(tb_buffer *out, tb_str file, const tb_result *result, tb_language language)
{
    csv_row row = {.out = out, .file = file, .result = result, .language = language};
    tb_buffer_init(&row.scratch, TB_MAX_OUTPUT_SIZE);
    if (result->form == NULL)
        append_row(&row);
    for (size_t i = 0; i < result->finding_count; i++) {
        row.finding = &result->findings[i];
        append_row(&row);
    }
    out->failed |= row.scratch.failed;
    tb_buffer_done(&row.scratch);
}
