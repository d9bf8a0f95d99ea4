/*
 * Words and values that the reports share.
 */
#include "report/terms.h"

#include "base/limits.h"

static const tb_message severity_texts[] = {
    [TB_ERROR_SEVERITY] = TB_MSG_REPORT_SEVERITY_ERROR,
    [TB_WARNING_SEVERITY] = TB_MSG_REPORT_SEVERITY_WARNING,
    [TB_NOTICE_SEVERITY] = TB_MSG_REPORT_SEVERITY_NOTICE,
};

static const tb_message outcome_texts[] = {
    [TB_OUTCOME_PASS] = TB_MSG_REPORT_OUTCOME_PASS,
    [TB_OUTCOME_FAIL] = TB_MSG_REPORT_OUTCOME_FAIL,
    [TB_OUTCOME_UNREADABLE] = TB_MSG_REPORT_OUTCOME_UNREADABLE,
    [TB_OUTCOME_UNRECOGNISED] = TB_MSG_REPORT_OUTCOME_UNRECOGNISED,
};

static const tb_message basis_texts[] = {
    [TB_BASIS_ARITHMETIC] = TB_MSG_REPORT_BASIS_ARITHMETIC,
    [TB_BASIS_FORM] = TB_MSG_REPORT_BASIS_FORM,
    [TB_BASIS_PRACTICE] = TB_MSG_REPORT_BASIS_PRACTICE,
    [TB_BASIS_DOCUMENT] = TB_MSG_REPORT_BASIS_DOCUMENT,
};

tb_str tb_report__text(tb_message message, tb_language language)
{
    return tb_str_of(tb_message_get(language, message));
}

tb_str tb_report__severity(tb_severity severity, tb_language language)
{
    return tb_report__text(severity_texts[severity], language);
}

tb_str tb_report__outcome(tb_outcome outcome, tb_language language)
{
    return tb_report__text(outcome_texts[outcome], language);
}

tb_str tb_report__basis(tb_basis_kind basis, tb_language language)
{
    return tb_report__text(basis_texts[basis], language);
}

tb_str tb_report__explained(tb_explanation_state state, tb_language language)
{
    static const tb_message words[] = {
        [TB_EXPLANATION_CURRENT] = TB_MSG_REPORT_EXPLAINED,
        [TB_EXPLANATION_STALE] = TB_MSG_REPORT_EXPLANATION_STALE,
        [TB_EXPLANATION_REFUSED] = TB_MSG_REPORT_EXPLANATION_REFUSED,
    };
    return state == TB_EXPLANATION_NONE ? TB_STR("") : tb_report__text(words[state], language);
}

/* 张三，2025-11-20 */
static void append_author(tb_buffer *out, const tb_str *texts, tb_language language)
{
    tb_str who = texts[TB_EXPLANATION_WHO], when = texts[TB_EXPLANATION_WHEN];
    const tb_str both[] = {who, when};
    if (who.size > 0 && when.size > 0)
        tb_message_append(out, language, TB_MSG_REPORT_EXPLAINED_BY, both, 2);
    else
        tb_buffer_text(out, who.size > 0 ? who : when);
}

void tb_report__explanation(tb_buffer *out, const tb_finding *finding, tb_language language)
{
    tb_buffer author;
    const tb_str *texts = finding->explanation->texts;
    tb_buffer_init(&author, TB_MAX_TEXT_SIZE * 2);
    append_author(&author, texts, language);
    const tb_str args[] = {tb_report__explained(finding->explained, language),
                           texts[TB_EXPLANATION_REASON], tb_buffer_get(&author),
                           texts[TB_EXPLANATION_VALUE]};
    tb_message_append(
        out, language,
        author.size > 0 ? TB_MSG_REPORT_EXPLANATION_AUTHOR : TB_MSG_REPORT_EXPLANATION, args, 3);
    if (finding->explained == TB_EXPLANATION_STALE && args[3].size > 0)
        tb_message_append(out, language, TB_MSG_REPORT_EXPLANATION_VALUE, &args[3], 1);
    tb_buffer_done(&author);
}

tb_str tb_report__filer(const tb_result *result)
{
    const tb_field *field = result->form != NULL ? result->definition->filer : NULL;
    return field != NULL ? result->form->root->items[field->slot]->text : TB_STR("");
}

tb_str tb_report__sheet(const tb_result *result, tb_address at)
{
    const tb_workbook *workbook = result->form->workbook;
    return at.sheet < workbook->sheet_count ? workbook->sheets[at.sheet].name : TB_STR("");
}

void tb_report__cell(tb_buffer *out, const tb_result *result, tb_address at, bool with_sheet)
{
    char name[TB_CELL_NAME_SIZE];
    if (with_sheet && at.sheet < result->form->workbook->sheet_count) {
        tb_buffer_text(out, tb_report__sheet(result, at));
        tb_buffer_char(out, '!');
    }
    tb_buffer_text(out, tb_cell_name(at.row, at.column, name));
}
