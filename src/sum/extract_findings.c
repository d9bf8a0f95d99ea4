/*
 * Findings with their open explanations, and all explanations with what became of them.
 */
#include "sum/extract_findings.h"

#include "sum/sheaf.h"
#include "sum/table.h"

static const char *const severity_words[] = {
    [TB_ERROR_SEVERITY] = "error",
    [TB_WARNING_SEVERITY] = "warning",
    [TB_NOTICE_SEVERITY] = "notice",
};

static const char *const explanation_words[] = {
    [TB_EXPLANATION_NONE] = "",
    [TB_EXPLANATION_CURRENT] = "current",
    [TB_EXPLANATION_STALE] = "stale",
    [TB_EXPLANATION_REFUSED] = "refused",
};

static void write_place(tb_buffer *out, const tb_result *result, tb_address at, bool places)
{
    char cell[TB_CELL_NAME_SIZE];
    const tb_workbook *workbook = result->form->workbook;
    if (at.sheet < workbook->sheet_count)
        tb_sheaf_text(out, workbook->sheets[at.sheet].name);
    else
        tb_sheaf_none(out, 1);
    tb_sheaf_cell(out, TB_SUM_TEXT, tb_cell_name(at.row, at.column, cell), places ? &at : NULL);
}

/* Numbers of quantities stay numbers; a phone number of digits is a text. */
static void write_value(tb_buffer *out, const tb_finding *finding, tb_str value)
{
    tb_decimal number;
    bool quantity = finding->item == NULL || finding->item->field->type == TB_FIELD_AMOUNT ||
                    finding->item->field->type == TB_FIELD_NUMBER ||
                    finding->item->field->type == TB_FIELD_SHARE ||
                    finding->item->field->type == TB_FIELD_YEAR;
    bool is_number = quantity && tb_decimal_parse(value, &number);
    tb_sheaf_cell(out, is_number ? TB_SUM_NUMBER : TB_SUM_TEXT, value, NULL);
}

static void write_finding(tb_buffer *out, const tb_result *result, const tb_finding *finding,
                          bool places)
{
    tb_sheaf_row(out, TB_SUM_FINDINGS);
    tb_sheaf_count(out, finding->id);
    if (finding->cause != 0)
        tb_sheaf_count(out, finding->cause);
    else
        tb_sheaf_none(out, 1);
    tb_sheaf_word(out, severity_words[finding->severity]);
    tb_sheaf_text(out, finding->rule);
    write_place(out, result, finding->at, places);
    tb_sheaf_text(out, finding->field);
    tb_sheaf_text(out, finding->place);
    tb_sheaf_text(out, finding->message);
    write_value(out, finding, finding->actual);
    write_value(out, finding, finding->expected);
    write_value(out, finding, finding->difference);
    tb_sheaf_text(out, finding->hint);
    tb_sheaf_word(out, explanation_words[finding->explained]);
}

/* "unused": no finding has to do with it any more. */
static const char *explanation_word(const tb_result *result, const tb_explanation *explanation)
{
    for (size_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].explanation == explanation)
            return explanation_words[result->findings[i].explained];
    return "unused";
}

static void write_explanation(tb_buffer *out, const tb_result *result,
                              const tb_explanation *explanation, bool places)
{
    const tb_str *texts = explanation->texts;
    tb_sheaf_row(out, TB_SUM_EXPLANATIONS);
    tb_sheaf_text(out, texts[TB_EXPLANATION_RULE]);
    write_place(out, result, explanation->at, places);
    tb_sheaf_text(out, texts[TB_EXPLANATION_CELL]);
    tb_sheaf_text(out, texts[TB_EXPLANATION_VALUE]);
    tb_sheaf_text(out, texts[TB_EXPLANATION_REASON]);
    tb_sheaf_text(out, texts[TB_EXPLANATION_WHO]);
    tb_sheaf_text(out, texts[TB_EXPLANATION_WHEN]);
    tb_sheaf_word(out, explanation_word(result, explanation));
}

void tb_extract_findings(tb_buffer *sheaf, const tb_result *result, bool places)
{
    for (size_t i = 0; i < result->finding_count; i++)
        write_finding(sheaf, result, &result->findings[i], places);
    for (size_t i = 0; i < result->explanations->count; i++)
        write_explanation(sheaf, result, &result->explanations->list[i], places);
}
