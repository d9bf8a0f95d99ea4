/*
 * Tells which form a workbook is: by the title that is printed on it, and where several versions
 * have that title, by the budget year that stands in the title.
 */
#include <stdio.h>

#include "base/limits.h"
#include "form/form.h"
#include "form/layout.h"

#define TITLE_SIZE_MAX 240 /* bytes of a cell that may be a title */

typedef struct candidate_form {
    const tb_definition *definition;
    bool titled;
    tb_str year; /* as it stands in the title; may be empty */
} candidate_form;

/* The first number of four digits in a title such as 2024年部门整体绩效目标申报表. */
static tb_str find_year(const tb_folded *folded)
{
    size_t end = folded->size;
    for (size_t i = 0; i + 4 <= end; i++) {
        size_t digits = 0;
        while (i + digits < end && folded->key[i + digits] >= '0' && folded->key[i + digits] <= '9')
            digits++;
        if (digits == 4)
            return tb_str_slice(folded->text, folded->origin[i], folded->origin[i + 4]);
        if (digits > 0)
            i += digits - 1;
    }
    return TB_STR("");
}

/* Whether the rest is nothing or stands in brackets: （2024年度）. */
static bool is_remark(tb_str rest)
{
    return rest.size == 0 || (rest.data[0] == '(' && rest.data[rest.size - 1] == ')');
}

/* A first look: false where no label of this shape begins with that byte. */
static bool may_begin(const tb_shape *shape, char byte)
{
    const tb_piece *first = &shape->pieces[0];
    return first->kind == TB_PIECE_LITERAL ? first->key.data[0] == byte
                                           : ((unsigned char)byte & 0xC0) != 0x80;
}

/* A title may have a place, a year or a number of annex before its label (附件2 2024年…), and a
 * remark behind it. */
static bool match_title(const tb_label *label, const tb_folded *folded, tb_str *ret_year)
{
    for (size_t from = 0; from < folded->size; from++) {
        if (!may_begin(label->shape, folded->key[from]))
            continue;
        tb_match match = {0};
        size_t end;
        if (!tb_shape_match_at(label->shape, folded, from, &match, &end) ||
            !is_remark(tb_str_slice((tb_str){folded->key, folded->size}, end, folded->size)))
            continue;
        *ret_year = match.captures[0].size > 0 ? match.captures[0] : find_year(folded);
        return true;
    }
    return false;
}

/* What the last byte of a text tells. */
enum { END_OF_TITLE = 1, END_OF_BLANK = 2 };

/* The definitions that a workbook may be, and the bytes that their titles may end in: a look at one
 * byte passes over nearly all cells. */
typedef struct title_search {
    size_t count, untitled;
    candidate_form *candidates;
    unsigned char ends[256];
} title_search;

/* The last ideograph of the label; empty where it ends otherwise. */
static tb_str last_ideograph(const tb_label *label)
{
    const tb_shape *shape = label->shape;
    tb_str key = shape->pieces[shape->piece_count - 1].key;
    bool ideograph = key.size >= 3 && (unsigned char)key.data[key.size - 1] >= 0x80;
    return ideograph ? tb_str_slice(key, key.size - 3, key.size) : TB_STR("");
}

static void enter_ends(title_search *search, const tb_recognition *recognition)
{
    search->ends[')'] |= END_OF_TITLE; /* of a remark */
    search->ends[(unsigned char)"）"[2]] |= END_OF_TITLE;
    for (size_t i = 0; i < recognition->labels.count; i++) {
        tb_str end = last_ideograph(&recognition->labels.labels[i]);
        if (end.size > 0)
            search->ends[(unsigned char)end.data[2]] |= END_OF_TITLE;
        for (int c = 0; c < 256 && end.size == 0; c++)
            search->ends[c] |= END_OF_TITLE;
    }
}

/* A byte that ends a blank of one byte stands alone; the others may end an ideograph, too. */
static void enter_blanks(title_search *search)
{
    static const unsigned char ends[] = "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8A\x8B"
                                        "\x9F\xA0\xA8\xA9\xAF\xBF";
    for (int c = 0; c <= ' '; c++)
        search->ends[c] |= END_OF_BLANK;
    for (size_t i = 0; i + 1 < sizeof ends; i++)
        search->ends[ends[i]] |= END_OF_BLANK;
}

/* Whether the text ends as some label or a remark does. */
static bool may_be_title(const tb_recognition *recognition, tb_str text)
{
    if (tb_str_ends(text, TB_STR(")")) || tb_str_ends(text, TB_STR("）")))
        return true;
    for (size_t i = 0; i < recognition->labels.count; i++) {
        if (tb_str_ends(text, last_ideograph(&recognition->labels.labels[i])))
            return true;
    }
    return false;
}

static void look_for(candidate_form *candidate, tb_str text)
{
    const tb_recognition *recognition = candidate->definition->recognition;
    tb_folded folded;
    if (!may_be_title(recognition, text))
        return;
    tb_fold(text, &folded);
    for (size_t i = 0; i < recognition->labels.count && folded.whole && !candidate->titled; i++)
        candidate->titled = match_title(&recognition->labels.labels[i], &folded, &candidate->year);
}

static unsigned char last_byte(tb_str text)
{
    return (unsigned char)text.data[text.size - 1];
}

static void look_at_cell(title_search *search, const tb_cell *cell)
{
    if (cell->type != TB_CELL_TEXT || cell->text.size > TITLE_SIZE_MAX || cell->text.size == 0 ||
        search->ends[last_byte(cell->text)] == 0)
        return;
    tb_str text = tb_str_trim(cell->text);
    if (text.size == 0 || (search->ends[last_byte(text)] & END_OF_TITLE) == 0)
        return;
    for (size_t i = 0; i < search->count; i++) {
        candidate_form *candidate = &search->candidates[i];
        if (candidate->titled)
            continue;
        look_for(candidate, text);
        search->untitled -= candidate->titled;
    }
}

/* The title stands at the top of the form, which need not be the top of the sheet. */
#define TITLE_ROWS_MAX 10000

static void look_at_sheet(title_search *search, const tb_sheet *sheet)
{
    for (size_t i = 0; i < sheet->band_count && sheet->bands[i].row < TITLE_ROWS_MAX; i++) {
        const tb_band *band = &sheet->bands[i];
        for (size_t j = 0; j < band->cell_count && search->untitled > 0; j++)
            look_at_cell(search, &band->cells[j]);
    }
}

static void find_titles(const tb_workbook *workbook, candidate_form *candidates, size_t count)
{
    title_search search = {.count = count, .untitled = count, .candidates = candidates};
    for (size_t i = 0; i < count; i++)
        enter_ends(&search, candidates[i].definition->recognition);
    enter_blanks(&search);
    for (size_t i = 0; i < workbook->sheet_count; i++)
        look_at_sheet(&search, &workbook->sheets[i]);
}

static bool fits_year(const candidate_form *candidate)
{
    const tb_recognition *recognition = candidate->definition->recognition;
    char digits[8];
    int year;
    if (recognition->from_year == 0 || candidate->year.size != 4)
        return true;
    snprintf(digits, sizeof digits, "%.*s", (int)candidate->year.size, candidate->year.data);
    return sscanf(digits, "%d", &year) != 1 ||
           ((size_t)year >= recognition->from_year && (size_t)year <= recognition->to_year);
}

/* 部门整体绩效目标申报表（2024）、… */
static void append_name(tb_buffer *names, const tb_definition *definition, tb_language language)
{
    if (names->size > 0)
        tb_buffer_cstr(names, language == TB_LANGUAGE_ZH ? "、" : ", ");
    tb_buffer_text(names, definition->title.in[language]);
    tb_buffer_cstr(names, " (");
    tb_buffer_text(names, definition->version);
    tb_buffer_cstr(names, ")");
}

static tb_status fail(const tb_definition *const *definitions, size_t count,
                      const candidate_form *candidates, bool only_fitting, tb_message message,
                      tb_error *error)
{
    tb_buffer names;
    tb_buffer_init(&names, TB_ERROR_ARGS_SIZE);
    for (size_t i = 0; i < count; i++) {
        if (!only_fitting || (candidates[i].titled && fits_year(&candidates[i])))
            append_name(&names, definitions[i], TB_LANGUAGE_ZH);
    }
    tb_status status =
        tb_error_set(error, TB_UNRECOGNISED, message, names.size == 0 ? "-" : names.data, NULL);
    tb_buffer_done(&names);
    return status;
}

tb_status tb_form_recognise(const tb_workbook *workbook, const tb_definition *const *definitions,
                            size_t definition_count, tb_arena *scratch,
                            const tb_definition **ret_definition, tb_error *error)
{
    candidate_form *candidates = tb_arena_array(scratch, definition_count + 1, sizeof *candidates);
    if (candidates == NULL)
        return tb_error_memory(error);
    size_t titled = 0, fitting = 0;
    const tb_definition *found = NULL;
    for (size_t i = 0; i < definition_count; i++)
        candidates[i].definition = definitions[i];
    find_titles(workbook, candidates, definition_count);
    for (size_t i = 0; i < definition_count; i++) {
        titled += candidates[i].titled;
        if (!candidates[i].titled || !fits_year(&candidates[i]))
            continue;
        found = definitions[i];
        fitting++;
    }
    if (fitting == 1) {
        *ret_definition = found;
        return TB_OK;
    }
    if (fitting > 1)
        return fail(definitions, definition_count, candidates, true, TB_MSG_FORM_AMBIGUOUS, error);
    return fail(definitions, definition_count, candidates, false,
                titled > 0 ? TB_MSG_FORM_NO_VERSION : TB_MSG_FORM_UNKNOWN_FORM, error);
}
