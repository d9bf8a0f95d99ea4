/*
 * The tables of build_columns.h.
 */
#include "form/build_columns.h"

#include "base/message.h"

#define HEAD(name) TB_MSG_FORM_BUILD_HEAD_##name
#define WORD(name) TB_MSG_FORM_BUILD_WORD_##name

static const tb_message about_headings[TB_ABOUT_COUNT] = {
    [TB_ABOUT_ID] = HEAD(ID),
    [TB_ABOUT_VERSION] = HEAD(VERSION),
    [TB_ABOUT_TITLE] = HEAD(TITLE),
    [TB_ABOUT_TITLE_EN] = HEAD(TITLE_EN),
    [TB_ABOUT_LABELS] = HEAD(LABELS),
    [TB_ABOUT_FROM] = HEAD(FROM),
    [TB_ABOUT_TO] = HEAD(TO),
    [TB_ABOUT_FILER] = HEAD(FILER),
    [TB_ABOUT_YEAR] = HEAD(YEAR),
    [TB_ABOUT_DATE] = HEAD(DATE),
    [TB_ABOUT_IDENTITY] = HEAD(IDENTITY),
};

static const tb_message parameters_headings[TB_PARAMETERS_COUNT] = {
    [TB_PARAMETERS_ID] = HEAD(ID),           [TB_PARAMETERS_VALUE] = HEAD(VALUE),
    [TB_PARAMETERS_NOTE] = HEAD(NOTE),       [TB_PARAMETERS_NOTE_EN] = HEAD(NOTE_EN),
    [TB_PARAMETERS_RULE] = HEAD(OWNER_RULE),
};

static const tb_message lists_headings[TB_LISTS_COUNT] = {
    [TB_LISTS_ID] = HEAD(LIST),         [TB_LISTS_NAME] = HEAD(NAME),
    [TB_LISTS_NAME_EN] = HEAD(NAME_EN), [TB_LISTS_CODE] = HEAD(CODE),
    [TB_LISTS_PARENT] = HEAD(PARENT),   [TB_LISTS_ALIASES] = HEAD(ALIASES),
};

static const tb_message fields_headings[TB_FIELDS_COUNT] = {
    [TB_FIELDS_IN] = HEAD(IN),
    [TB_FIELDS_LINE] = HEAD(LINE),
    [TB_FIELDS_ID] = HEAD(ID),
    [TB_FIELDS_NAME] = HEAD(NAME),
    [TB_FIELDS_NAME_EN] = HEAD(NAME_EN),
    [TB_FIELDS_TYPE] = HEAD(TYPE),
    [TB_FIELDS_REQUIRED] = HEAD(REQUIRED),
    [TB_FIELDS_LABELS] = HEAD(LABELS),
    [TB_FIELDS_PLACE] = HEAD(PLACE),
    [TB_FIELDS_LIST] = HEAD(LIST),
    [TB_FIELDS_UNIT] = HEAD(UNIT),
    [TB_FIELDS_REPEATS] = HEAD(REPEATS),
    [TB_FIELDS_UNDER] = HEAD(UNDER),
    [TB_FIELDS_NTH] = HEAD(NTH),
    [TB_FIELDS_FILL_DOWN] = HEAD(FILL_DOWN),
    [TB_FIELDS_BESIDE] = HEAD(BESIDE),
};

static const tb_message blocks_headings[TB_BLOCKS_COUNT] = {
    [TB_BLOCKS_KIND] = HEAD(KIND),
    [TB_BLOCKS_IN] = HEAD(IN),
    [TB_BLOCKS_ID] = HEAD(ID),
    [TB_BLOCKS_NAME] = HEAD(NAME),
    [TB_BLOCKS_NAME_EN] = HEAD(NAME_EN),
    [TB_BLOCKS_REQUIRED] = HEAD(REQUIRED),
    [TB_BLOCKS_LABELS] = HEAD(LABELS),
    [TB_BLOCKS_ROW_NAME] = HEAD(ROW_NAME),
    [TB_BLOCKS_TOTALS] = HEAD(TOTALS),
    [TB_BLOCKS_PLACE] = HEAD(PLACE),
    [TB_BLOCKS_ENTRY] = HEAD(ENTRY),
    [TB_BLOCKS_PAIR] = HEAD(PAIR),
    [TB_BLOCKS_PAIR_BY] = HEAD(PAIR_BY),
    [TB_BLOCKS_BY_COLUMN] = HEAD(BY_COLUMN),
    [TB_BLOCKS_BY_COLUMN_NAME] = HEAD(BY_COLUMN_NAME),
    [TB_BLOCKS_BY_COLUMN_NAME_EN] = HEAD(BY_COLUMN_NAME_EN),
    [TB_BLOCKS_BY_ROW] = HEAD(BY_ROW),
    [TB_BLOCKS_BY_ROW_NAME] = HEAD(BY_ROW_NAME),
    [TB_BLOCKS_BY_ROW_NAME_EN] = HEAD(BY_ROW_NAME_EN),
};

static const tb_message rules_headings[TB_RULES_COUNT] = {
    [TB_RULES_ID] = HEAD(ID),
    [TB_RULES_SEVERITY] = HEAD(SEVERITY),
    [TB_RULES_FOR] = HEAD(FOR),
    [TB_RULES_ONLY] = HEAD(ONLY),
    [TB_RULES_EACH] = HEAD(EACH),
    [TB_RULES_AT] = HEAD(AT),
    [TB_RULES_WHEN] = HEAD(WHEN),
    [TB_RULES_FORMULA] = HEAD(FORMULA),
    [TB_RULES_CHECK] = HEAD(CHECK),
    [TB_RULES_RELATED] = HEAD(RELATED),
    [TB_RULES_MESSAGE] = HEAD(MESSAGE),
    [TB_RULES_MESSAGE_EN] = HEAD(MESSAGE_EN),
    [TB_RULES_BASIS] = HEAD(BASIS),
    [TB_RULES_BASIS_NOTE] = HEAD(BASIS_NOTE),
    [TB_RULES_BASIS_NOTE_EN] = HEAD(BASIS_NOTE_EN),
    [TB_RULES_EXPLAINABLE] = HEAD(EXPLAINABLE),
};

static const tb_message across_headings[TB_ACROSS_COUNT] = {
    [TB_ACROSS_ID] = HEAD(ID),
    [TB_ACROSS_SEVERITY] = HEAD(SEVERITY),
    [TB_ACROSS_FOR] = HEAD(FOR),
    [TB_ACROSS_COMPARE] = HEAD(COMPARE),
    [TB_ACROSS_AT] = HEAD(AT),
    [TB_ACROSS_BY] = HEAD(BY),
    [TB_ACROSS_MESSAGE] = HEAD(MESSAGE),
    [TB_ACROSS_MESSAGE_EN] = HEAD(MESSAGE_EN),
    [TB_ACROSS_BASIS] = HEAD(BASIS),
    [TB_ACROSS_BASIS_NOTE] = HEAD(BASIS_NOTE),
    [TB_ACROSS_BASIS_NOTE_EN] = HEAD(BASIS_NOTE_EN),
};

const tb_build_layout tb_build_layouts[TB_BUILD_TABLE_COUNT] = {
    [TB_BUILD_ABOUT] = {TB_MSG_FORM_BUILD_SHEET_ABOUT, TB_ABOUT_COUNT, about_headings},
    [TB_BUILD_PARAMETERS] = {TB_MSG_FORM_BUILD_SHEET_PARAMETERS, TB_PARAMETERS_COUNT,
                             parameters_headings},
    [TB_BUILD_LISTS] = {TB_MSG_FORM_BUILD_SHEET_LISTS, TB_LISTS_COUNT, lists_headings},
    [TB_BUILD_FIELDS] = {TB_MSG_FORM_BUILD_SHEET_FIELDS, TB_FIELDS_COUNT, fields_headings},
    [TB_BUILD_BLOCKS] = {TB_MSG_FORM_BUILD_SHEET_BLOCKS, TB_BLOCKS_COUNT, blocks_headings},
    [TB_BUILD_RULES] = {TB_MSG_FORM_BUILD_SHEET_RULES, TB_RULES_COUNT, rules_headings},
    [TB_BUILD_ACROSS] = {TB_MSG_FORM_BUILD_SHEET_ACROSS, TB_ACROSS_COUNT, across_headings},
};

/* ---- words ---- */

const tb_build_word tb_build_types[] = {
    {"text", WORD(TEXT)},   {"amount", WORD(AMOUNT)}, {"number", WORD(NUMBER)},
    {"share", WORD(SHARE)}, {"date", WORD(DATE)},     {"year", WORD(YEAR)},
    {"phone", WORD(PHONE)}, {"code", WORD(CODE)},     {"indicator", WORD(INDICATOR)},
    {NULL, TB_MSG_COUNT},
};

const tb_build_word tb_build_places[] = {
    {"right", WORD(RIGHT)},       {"inside", WORD(INSIDE)}, {"below", WORD(BELOW)},
    {"captured", WORD(CAPTURED)}, {NULL, TB_MSG_COUNT},
};

const tb_build_word tb_build_severities[] = {
    {"error", WORD(ERROR)},
    {"warning", WORD(WARNING)},
    {"notice", WORD(NOTICE)},
    {NULL, TB_MSG_COUNT},
};

const tb_build_word tb_build_bases[] = {
    {"arithmetic", WORD(ARITHMETIC)}, {"form", WORD(FORM)}, {"practice", WORD(PRACTICE)},
    {"document", WORD(DOCUMENT)},     {NULL, TB_MSG_COUNT},
};

const tb_build_word tb_build_kinds[] = {
    {"matrix", WORD(MATRIX)}, {"table", WORD(TABLE)}, {"entries", WORD(ENTRIES)},
    {"block", WORD(BLOCK)},   {NULL, TB_MSG_COUNT},
};

const tb_build_word tb_build_line_kinds[] = {
    {"column", WORD(COLUMN)},
    {"row", WORD(ROW)},
    {NULL, TB_MSG_COUNT},
};

const tb_build_word tb_build_flags[] = {
    {"true", WORD(YES)},
    {"false", WORD(NO)},
    {NULL, TB_MSG_COUNT},
};

/* ---- members ---- */

const tb_build_member tb_build_about[] = {
    {"id", TB_ABOUT_ID, TB_BUILD_TEXT, true, NULL},
    {"version", TB_ABOUT_VERSION, TB_BUILD_TEXT, true, NULL},
    {"title", TB_ABOUT_TITLE, TB_BUILD_LOCALIZED, true, NULL},
    {"filer", TB_ABOUT_FILER, TB_BUILD_TEXT, false, NULL},
    {"year", TB_ABOUT_YEAR, TB_BUILD_TEXT, false, NULL},
    {"date", TB_ABOUT_DATE, TB_BUILD_TEXT, false, NULL},
    {"identity", TB_ABOUT_IDENTITY, TB_BUILD_LINES, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_recognise[] = {
    {"labels", TB_ABOUT_LABELS, TB_BUILD_LINES, true, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_years[] = {
    {"from", TB_ABOUT_FROM, TB_BUILD_NUMBER, true, NULL},
    {"to", TB_ABOUT_TO, TB_BUILD_NUMBER, true, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_parameter[] = {
    {"id", TB_PARAMETERS_ID, TB_BUILD_TEXT, true, NULL},
    {"value", TB_PARAMETERS_VALUE, TB_BUILD_TEXT, true, NULL},
    {"note", TB_PARAMETERS_NOTE, TB_BUILD_LOCALIZED, true, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_list[] = {
    {"id", TB_LISTS_ID, TB_BUILD_TEXT, true, NULL},
    {"name", TB_LISTS_NAME, TB_BUILD_LOCALIZED, true, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_code[] = {
    {"code", TB_LISTS_CODE, TB_BUILD_TEXT, true, NULL},
    {"aliases", TB_LISTS_ALIASES, TB_BUILD_LINES, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

/* What single fields and columns share. */
#define FIELD_MEMBERS                                                                              \
    {"id", TB_FIELDS_ID, TB_BUILD_TEXT, true, NULL},                                               \
        {"name", TB_FIELDS_NAME, TB_BUILD_LOCALIZED, true, NULL},                                  \
        {"type", TB_FIELDS_TYPE, TB_BUILD_WORD, true, tb_build_types},                             \
        {"required", TB_FIELDS_REQUIRED, TB_BUILD_FLAG, false, NULL},                              \
        {"list", TB_FIELDS_LIST, TB_BUILD_TEXT, false, NULL},                                      \
    {                                                                                              \
        "unit", TB_FIELDS_UNIT, TB_BUILD_TEXT, false, NULL                                         \
    }

const tb_build_member tb_build_field[] = {
    FIELD_MEMBERS,
    {"labels", TB_FIELDS_LABELS, TB_BUILD_LINES, false, NULL},
    {"value", TB_FIELDS_PLACE, TB_BUILD_WORD, false, tb_build_places},
    {"repeats", TB_FIELDS_REPEATS, TB_BUILD_FLAG, false, NULL},
    {"beside", TB_FIELDS_BESIDE, TB_BUILD_TEXT, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_column[] = {
    FIELD_MEMBERS,
    {"labels", TB_FIELDS_LABELS, TB_BUILD_LINES, true, NULL},
    {"under", TB_FIELDS_UNDER, TB_BUILD_LINES, false, NULL},
    {"nth", TB_FIELDS_NTH, TB_BUILD_NUMBER, false, NULL},
    {"fill_down", TB_FIELDS_FILL_DOWN, TB_BUILD_FLAG, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_line[] = {
    {"id", TB_FIELDS_ID, TB_BUILD_TEXT, true, NULL},
    {"name", TB_FIELDS_NAME, TB_BUILD_LOCALIZED, true, NULL},
    {"labels", TB_FIELDS_LABELS, TB_BUILD_LINES, true, NULL},
    {"under", TB_FIELDS_UNDER, TB_BUILD_LINES, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

/* What all that repeats shares. */
#define BLOCK_MEMBERS                                                                              \
    {"id", TB_BLOCKS_ID, TB_BUILD_TEXT, true, NULL},                                               \
        {"name", TB_BLOCKS_NAME, TB_BUILD_LOCALIZED, true, NULL},                                  \
    {                                                                                              \
        "required", TB_BLOCKS_REQUIRED, TB_BUILD_FLAG, false, NULL                                 \
    }

const tb_build_member tb_build_matrix[] = {
    BLOCK_MEMBERS,
    {"headings", TB_BLOCKS_LABELS, TB_BUILD_LINES, true, NULL},
    {"by_column", TB_BLOCKS_BY_COLUMN, TB_BUILD_VIEW, true, NULL},
    {"by_row", TB_BLOCKS_BY_ROW, TB_BUILD_VIEW, true, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_table_members[] = {
    BLOCK_MEMBERS,
    {"headings", TB_BLOCKS_LABELS, TB_BUILD_LINES, true, NULL},
    {"row_name", TB_BLOCKS_ROW_NAME, TB_BUILD_TEXT, false, NULL},
    {"totals", TB_BLOCKS_TOTALS, TB_BUILD_LINES, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_entries[] = {
    BLOCK_MEMBERS,
    {"labels", TB_BLOCKS_LABELS, TB_BUILD_LINES, true, NULL},
    {"value", TB_BLOCKS_PLACE, TB_BUILD_WORD, true, tb_build_places},
    {"entry", TB_BLOCKS_ENTRY, TB_BUILD_LINES, true, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_block[] = {
    BLOCK_MEMBERS,
    {"titles", TB_BLOCKS_LABELS, TB_BUILD_LINES, true, NULL},
    {"pair", TB_BLOCKS_PAIR, TB_BUILD_TEXT, false, NULL},
    {"pair_by", TB_BLOCKS_PAIR_BY, TB_BUILD_TEXT, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_rule[] = {
    {"id", TB_RULES_ID, TB_BUILD_TEXT, true, NULL},
    {"severity", TB_RULES_SEVERITY, TB_BUILD_WORD, true, tb_build_severities},
    {"for", TB_RULES_FOR, TB_BUILD_NAMES, false, NULL},
    {"only", TB_RULES_ONLY, TB_BUILD_NAME_LIST, false, NULL},
    {"each", TB_RULES_EACH, TB_BUILD_NAME_LIST, false, NULL},
    {"at", TB_RULES_AT, TB_BUILD_TEXT, false, NULL},
    {"when", TB_RULES_WHEN, TB_BUILD_TEXT, false, NULL},
    {"formula", TB_RULES_FORMULA, TB_BUILD_TEXT, false, NULL},
    {"check", TB_RULES_CHECK, TB_BUILD_TEXT, false, NULL},
    {"related", TB_RULES_RELATED, TB_BUILD_LINES, false, NULL},
    {"message", TB_RULES_MESSAGE, TB_BUILD_LOCALIZED, true, NULL},
    {"basis", TB_RULES_BASIS, TB_BUILD_WORD, true, tb_build_bases},
    {"basis_note", TB_RULES_BASIS_NOTE, TB_BUILD_LOCALIZED, true, NULL},
    {"explainable", TB_RULES_EXPLAINABLE, TB_BUILD_FLAG, false, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

const tb_build_member tb_build_across[] = {
    {"id", TB_ACROSS_ID, TB_BUILD_TEXT, true, NULL},
    {"severity", TB_ACROSS_SEVERITY, TB_BUILD_WORD, true, tb_build_severities},
    {"for", TB_ACROSS_FOR, TB_BUILD_TEXT, false, NULL},
    {"compare", TB_ACROSS_COMPARE, TB_BUILD_TEXT, true, NULL},
    {"at", TB_ACROSS_AT, TB_BUILD_TEXT, true, NULL},
    {"by", TB_ACROSS_BY, TB_BUILD_TEXT, false, NULL},
    {"message", TB_ACROSS_MESSAGE, TB_BUILD_LOCALIZED, true, NULL},
    {"basis", TB_ACROSS_BASIS, TB_BUILD_WORD, true, tb_build_bases},
    {"basis_note", TB_ACROSS_BASIS_NOTE, TB_BUILD_LOCALIZED, true, NULL},
    {NULL, 0, TB_BUILD_TEXT, false, NULL},
};

/* ---- looking words up ---- */

static bool same_text(tb_arena *arena, tb_str a, tb_str b)
{
    tb_str left = tb_text_key(arena, a), right = tb_text_key(arena, b);
    return left.data != NULL && right.data != NULL && tb_str_equal(left, right);
}

static tb_str next_word(tb_str *words)
{
    ptrdiff_t bar = tb_str_find(*words, TB_STR("|"));
    size_t end = bar < 0 ? words->size : (size_t)bar;
    tb_str word = tb_str_slice(*words, 0, end);
    *words = tb_str_slice(*words, end + 1, words->size);
    return word;
}

tb_str tb_build_first_word(const char *message)
{
    tb_str words = tb_str_of(message);
    return next_word(&words);
}

bool tb_build_is_word(tb_arena *arena, tb_message message, tb_str text)
{
    for (int language = 0; language < TB_LANGUAGE_COUNT; language++) {
        tb_str words = tb_str_of(tb_message_get((tb_language)language, message));
        while (words.size > 0) {
            if (same_text(arena, next_word(&words), text))
                return true;
        }
    }
    return false;
}

int tb_build_find_word(tb_arena *arena, const tb_build_word *words, tb_str text)
{
    for (int i = 0; words[i].json != NULL; i++) {
        if (same_text(arena, tb_str_of(words[i].json), text) ||
            tb_build_is_word(arena, words[i].word, text))
            return i;
    }
    return -1;
}
