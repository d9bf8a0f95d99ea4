/*
 * The JSON of `tianbao check`: one object a file and line. Described by check.schema.json; members
 * keep their order, so that two runs can be compared as texts. What does not apply is
 * left out.
 */
#include <stdio.h>

#include "base/json.h"
#include "form/dictionary.h"
#include "report/report.h"
#include "rule/calendar.h"

static const char *const outcome_names[] = {
    [TB_OUTCOME_PASS] = "pass",
    [TB_OUTCOME_FAIL] = "fail",
    [TB_OUTCOME_UNREADABLE] = "unreadable",
    [TB_OUTCOME_UNRECOGNISED] = "unrecognised",
};

static const char *const severity_names[] = {
    [TB_ERROR_SEVERITY] = "error",
    [TB_WARNING_SEVERITY] = "warning",
    [TB_NOTICE_SEVERITY] = "notice",
};

static const char *const basis_names[] = {
    [TB_BASIS_ARITHMETIC] = "arithmetic",
    [TB_BASIS_FORM] = "form",
    [TB_BASIS_PRACTICE] = "practice",
    [TB_BASIS_DOCUMENT] = "document",
};

static const char *const explanation_names[] = {
    [TB_EXPLANATION_CURRENT] = "current",
    [TB_EXPLANATION_STALE] = "stale",
    [TB_EXPLANATION_REFUSED] = "refused",
};

static void append_text(tb_json *json, const char *key, tb_str text)
{
    if (text.size > 0)
        tb_json_member_string(json, key, text);
}

/* ---- findings ---- */

static void append_place(tb_json *json, const tb_result *result, tb_address at)
{
    char name[TB_CELL_NAME_SIZE];
    const tb_workbook *workbook = result->form->workbook;
    tb_str sheet = at.sheet < workbook->sheet_count ? workbook->sheets[at.sheet].name : (tb_str){0};
    tb_json_member_string(json, "sheet", sheet);
    tb_json_member_string(json, "cell", tb_cell_name(at.row, at.column, name));
}

static void append_related(tb_json *json, const tb_result *result, const tb_finding *finding)
{
    tb_json_key(json, "related");
    tb_json_array(json);
    for (size_t i = 0; i < finding->related_count; i++) {
        tb_json_object(json);
        append_place(json, result, finding->related[i].at);
        tb_json_object_end(json);
    }
    tb_json_array_end(json);
}

static void append_explanation(tb_json *json, const tb_finding *finding)
{
    tb_json_member_bool(json, "explained", finding->explained == TB_EXPLANATION_CURRENT);
    if (finding->explanation == NULL)
        return;
    const tb_str *texts = finding->explanation->texts;
    tb_json_key(json, "explanation");
    tb_json_object(json);
    tb_json_member_cstr(json, "state", explanation_names[finding->explained]);
    tb_json_member_string(json, "reason", texts[TB_EXPLANATION_REASON]);
    append_text(json, "value", texts[TB_EXPLANATION_VALUE]);
    append_text(json, "by", texts[TB_EXPLANATION_WHO]);
    append_text(json, "date", texts[TB_EXPLANATION_WHEN]);
    tb_json_object_end(json);
}

static void append_finding(tb_json *json, const tb_result *result, const tb_finding *finding)
{
    tb_json_object(json);
    tb_json_member_int(json, "id", (int64_t)finding->id);
    tb_json_member_string(json, "rule", finding->rule);
    tb_json_member_cstr(json, "severity", severity_names[finding->severity]);
    append_place(json, result, finding->at);
    tb_json_member_string(json, "field", finding->field);
    append_text(json, "place", finding->place);
    tb_json_member_string(json, "message", finding->message);
    append_text(json, "expected", finding->expected);
    append_text(json, "actual", finding->actual);
    append_text(json, "difference", finding->difference);
    append_text(json, "hint", finding->hint);
    append_related(json, result, finding);
    tb_json_member_cstr(json, "basis", basis_names[finding->basis]);
    append_text(json, "basis_note", finding->basis_note);
    if (finding->cause != 0)
        tb_json_member_int(json, "cause", (int64_t)finding->cause);
    append_explanation(json, finding);
    tb_json_object_end(json);
}

static void append_findings(tb_json *json, const tb_result *result)
{
    tb_json_key(json, "findings");
    tb_json_array(json);
    for (size_t i = 0; i < result->finding_count; i++)
        append_finding(json, result, &result->findings[i]);
    tb_json_array_end(json);
}

static void append_counts(tb_json *json, const tb_counts *counts)
{
    tb_json_key(json, "counts");
    tb_json_object(json);
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++)
        tb_json_member_int(json, severity_names[i], (int64_t)counts->by_severity[i]);
    tb_json_member_int(json, "explained", (int64_t)counts->explained);
    tb_json_object_end(json);
}

/* ---- values ---- */

/* 2023-11-15; a day outside the calendar as its serial number. */
static void append_day(tb_json *json, tb_decimal serial)
{
    char text[32];
    int64_t days = 0;
    int year = 0, month = 0, day = 0;
    tb_decimal whole;
    if (!tb_decimal_round(serial, 0, TB_ROUND_FLOOR, &whole) || !tb_decimal_to_int(whole, &days) ||
        !tb_calendar_date(days, &year, &month, &day)) {
        tb_json_decimal(json, serial);
        return;
    }
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    tb_json_cstr(json, text);
}

/* What stands in the cell; of a text that recurs it is kept that nothing in it is to be escaped. */
static void append_content(tb_json *json, const tb_item *item)
{
    tb_known_text *known = item->content != NULL ? item->content->text : NULL;
    if (known == NULL)
        tb_json_string(json, item->text);
    else if (known->is_plain)
        tb_json_plain(json, known->text);
    else
        known->is_plain = tb_json_string(json, known->text);
}

static void append_valid(tb_json *json, const tb_item *item)
{
    switch (item->field->type) {
    case TB_FIELD_AMOUNT:
    case TB_FIELD_NUMBER:
    case TB_FIELD_SHARE:
    case TB_FIELD_YEAR:
        tb_json_decimal(json, tb_decimal_normalize(item->number));
        return;
    case TB_FIELD_DATE:
        append_day(json, item->number);
        return;
    case TB_FIELD_CODE:
        tb_json_string(json, item->code != NULL ? item->code->code : item->text);
        return;
    case TB_FIELD_TEXT:
    case TB_FIELD_PHONE:
    case TB_FIELD_INDICATOR:
        break;
    }
    append_content(json, item);
}

static void append_item(tb_json *json, const tb_item *item)
{
    switch (item->state) {
    case TB_ITEM_MISSING:
    case TB_ITEM_BLANK:
        tb_json_null(json);
        break;
    case TB_ITEM_VALID:
        append_valid(json, item);
        break;
    case TB_ITEM_INVALID:
        append_content(json, item);
        break;
    }
}

static bool is_view(const tb_scope *scope)
{
    return scope->kind == TB_SCOPE_MATRIX_COLUMN || scope->kind == TB_SCOPE_MATRIX_ROW;
}

/* A matrix is written once, as fields of the root, and not again in its views. */
static void append_record(tb_json *json, const tb_record *record)
{
    const tb_scope *scope = record->scope;
    tb_json_object(json);
    for (size_t i = 0; i < scope->field_count; i++) {
        tb_json_key_id(json, scope->fields[i].id);
        append_item(json, record->items[i]);
    }
    for (size_t i = 0; i < scope->scope_count; i++) {
        if (is_view(scope->scopes[i]))
            continue;
        tb_json_key_id(json, scope->scopes[i]->id);
        tb_json_array(json);
        for (size_t j = 0; j < record->lists[i].count; j++)
            append_record(json, record->lists[i].records[j]);
        tb_json_array_end(json);
    }
    tb_json_object_end(json);
}

/* ---- the whole ---- */

static void append_form(tb_json *json, const tb_definition *definition)
{
    if (definition == NULL)
        return;
    tb_json_key(json, "form");
    tb_json_object(json);
    tb_json_member_string(json, "id", definition->id);
    tb_json_member_string(json, "version", definition->version);
    tb_json_object_end(json);
}

/* Why there is no form, in one line. */
static void append_error(tb_json *json, const tb_error *error, tb_language language)
{
    tb_buffer text;
    tb_buffer_init(&text, sizeof *error * 4);
    tb_error_format(&text, language, error);
    tb_json_member_string(json, "message", tb_buffer_get(&text));
    tb_buffer_done(&text);
}

void tb_report_json(tb_buffer *out, tb_str file, const tb_result *result, tb_language language)
{
    tb_json json;
    tb_json_init(&json, out);
    tb_json_object(&json);
    tb_json_member_string(&json, "file", file);
    append_form(&json, result->definition);
    tb_json_member_cstr(&json, "status", outcome_names[result->outcome]);
    if (result->form == NULL)
        append_error(&json, &result->error, language);
    append_counts(&json, &result->counts);
    append_findings(&json, result);
    if (result->form != NULL) {
        tb_json_key(&json, "values");
        append_record(&json, result->form->root);
    }
    tb_json_object_end(&json);
    tb_buffer_char(out, '\n');
}
