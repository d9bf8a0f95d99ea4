/*
 * The columns of the tables that every aggregation has.
 */
#include "sum/fixed_tables.h"

static const tb_fixed_column forms_columns[] = {
    {"form", TB_MSG_SUM_COLUMN_FORM, TB_SUM_TEXT},
    {"version", TB_MSG_SUM_COLUMN_VERSION, TB_SUM_TEXT},
    {"date", TB_MSG_SUM_COLUMN_DATE, TB_SUM_DAY},
    {"state", TB_MSG_SUM_COLUMN_STATE, TB_SUM_WORD},
    {"listed", TB_MSG_SUM_COLUMN_LISTED, TB_SUM_WORD},
    {"errors", TB_MSG_SUM_COLUMN_ERRORS, TB_SUM_COUNT},
    {"warnings", TB_MSG_SUM_COLUMN_WARNINGS, TB_SUM_COUNT},
    {"notices", TB_MSG_SUM_COLUMN_NOTICES, TB_SUM_COUNT},
    {"explained", TB_MSG_SUM_COLUMN_EXPLAINED, TB_SUM_COUNT},
    {"sha256", TB_MSG_SUM_COLUMN_SHA256, TB_SUM_TEXT},
    {NULL, TB_MSG_COUNT, TB_SUM_NONE},
};

static const tb_fixed_column totals_columns[] = {
    {"form", TB_MSG_SUM_COLUMN_FORM, TB_SUM_TEXT},
    {"year", TB_MSG_SUM_COLUMN_YEAR, TB_SUM_COUNT},
    {"field", TB_MSG_SUM_COLUMN_FIELD, TB_SUM_TEXT},
    {"name", TB_MSG_SUM_COLUMN_NAME, TB_SUM_TEXT},
    {"measure", TB_MSG_SUM_COLUMN_MEASURE, TB_SUM_TEXT},
    {"total", TB_MSG_SUM_COLUMN_TOTAL, TB_SUM_NUMBER},
    {"forms", TB_MSG_SUM_COLUMN_FORMS, TB_SUM_COUNT},
    {"total_without_errors", TB_MSG_SUM_COLUMN_CLEAN_TOTAL, TB_SUM_NUMBER},
    {"forms_without_errors", TB_MSG_SUM_COLUMN_CLEAN_FORMS, TB_SUM_COUNT},
    {"forms_with_errors", TB_MSG_SUM_COLUMN_WRONG_FORMS, TB_SUM_COUNT},
    {"values_missing", TB_MSG_SUM_COLUMN_MISSING, TB_SUM_COUNT},
    {NULL, TB_MSG_COUNT, TB_SUM_NONE},
};

static const tb_fixed_column findings_columns[] = {
    {"number", TB_MSG_SUM_COLUMN_NUMBER, TB_SUM_COUNT},
    {"cause", TB_MSG_SUM_COLUMN_CAUSE, TB_SUM_COUNT},
    {"severity", TB_MSG_SUM_COLUMN_SEVERITY, TB_SUM_WORD},
    {"rule", TB_MSG_SUM_COLUMN_RULE, TB_SUM_TEXT},
    {"sheet", TB_MSG_SUM_COLUMN_SHEET, TB_SUM_TEXT},
    {"cell", TB_MSG_SUM_COLUMN_CELL, TB_SUM_TEXT},
    {"field", TB_MSG_SUM_COLUMN_FIELD, TB_SUM_TEXT},
    {"place", TB_MSG_SUM_COLUMN_PLACE, TB_SUM_TEXT},
    {"message", TB_MSG_SUM_COLUMN_MESSAGE, TB_SUM_TEXT},
    {"actual", TB_MSG_SUM_COLUMN_ACTUAL, TB_SUM_TEXT},
    {"expected", TB_MSG_SUM_COLUMN_EXPECTED, TB_SUM_TEXT},
    {"difference", TB_MSG_SUM_COLUMN_DIFFERENCE, TB_SUM_TEXT},
    {"hint", TB_MSG_SUM_COLUMN_HINT, TB_SUM_TEXT},
    {"explained", TB_MSG_SUM_COLUMN_EXPLANATION, TB_SUM_WORD},
    {NULL, TB_MSG_COUNT, TB_SUM_NONE},
};

static const tb_fixed_column explanations_columns[] = {
    {"rule", TB_MSG_SUM_COLUMN_RULE, TB_SUM_TEXT},
    {"sheet", TB_MSG_SUM_COLUMN_SHEET, TB_SUM_TEXT},
    {"cell", TB_MSG_SUM_COLUMN_CELL, TB_SUM_TEXT},
    {"explained_cell", TB_MSG_SUM_COLUMN_EXPLAINED_CELL, TB_SUM_TEXT},
    {"value", TB_MSG_SUM_COLUMN_VALUE, TB_SUM_TEXT},
    {"reason", TB_MSG_SUM_COLUMN_REASON, TB_SUM_TEXT},
    {"by", TB_MSG_SUM_COLUMN_WHO, TB_SUM_TEXT},
    {"when", TB_MSG_SUM_COLUMN_WHEN, TB_SUM_TEXT},
    {"state", TB_MSG_SUM_COLUMN_STATE, TB_SUM_WORD},
    {NULL, TB_MSG_COUNT, TB_SUM_NONE},
};

static const tb_fixed_column left_out_columns[] = {
    {"state", TB_MSG_SUM_COLUMN_STATE, TB_SUM_WORD},
    {"reason", TB_MSG_SUM_COLUMN_WHY, TB_SUM_TEXT},
    {"instead", TB_MSG_SUM_COLUMN_INSTEAD, TB_SUM_TEXT},
    {"sha256", TB_MSG_SUM_COLUMN_SHA256, TB_SUM_TEXT},
    {NULL, TB_MSG_COUNT, TB_SUM_NONE},
};

const tb_fixed_table tb_fixed_tables[TB_SUM_FIXED_TABLES] = {
    [TB_SUM_FORMS] = {"forms", TB_MSG_SUM_TABLE_FORMS, true, forms_columns},
    [TB_SUM_TOTALS] = {"totals", TB_MSG_SUM_TABLE_TOTALS, false, totals_columns},
    [TB_SUM_FINDINGS] = {"findings", TB_MSG_SUM_TABLE_FINDINGS, true, findings_columns},
    [TB_SUM_EXPLANATIONS] = {"explanations", TB_MSG_SUM_TABLE_EXPLANATIONS, true,
                             explanations_columns},
    [TB_SUM_LEFT_OUT] = {"left-out", TB_MSG_SUM_TABLE_LEFT_OUT, true, left_out_columns},
};

const tb_fixed_column tb_amounts_columns[] = {
    {"sheet", TB_MSG_SUM_COLUMN_SHEET, TB_SUM_TEXT},
    {"cell", TB_MSG_SUM_COLUMN_CELL, TB_SUM_TEXT},
    {"field", TB_MSG_SUM_COLUMN_FIELD, TB_SUM_TEXT},
    {"name", TB_MSG_SUM_COLUMN_NAME, TB_SUM_TEXT},
    {"value", TB_MSG_SUM_COLUMN_VALUE, TB_SUM_NUMBER},
    {"measure", TB_MSG_SUM_COLUMN_MEASURE, TB_SUM_TEXT},
    {NULL, TB_MSG_COUNT, TB_SUM_NONE},
};
