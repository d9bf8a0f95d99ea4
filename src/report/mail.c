/*
 * Composing the message. Lists are short and lines are cut: some mail programs take what they are
 * given as one address line and drop what is too long.
 */
#include "report/mail.h"

#include <stdio.h>

#include "base/limits.h"
#include "report/terms.h"
#include "rule/place.h"

enum {
    PART_MAX = 90,     /* bytes of a unit or a form in a file's name */
    SUBJECT_MAX = 240, /* bytes of a unit or a form in the subject */
    LISTED_MAX = 8,    /* findings of one kind */
    FINDING_MAX = 240  /* bytes of a finding's line */
};

/* ---- the year ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 2026年 or 2026年度, but not 2026年3月. */
static bool is_year_at(tb_str text, size_t at)
{
    static const tb_str sign = {"年", 3};
    for (size_t i = 0; i < 4; i++) {
        if (at + i >= text.size || !is_digit(text.data[at + i]))
            return false;
    }
    size_t behind = at + 4 + sign.size;
    return (at == 0 || !is_digit(text.data[at - 1])) &&
           tb_str_equal(tb_str_slice(text, at + 4, behind), sign) &&
           (behind == text.size || !is_digit(text.data[behind]));
}

static tb_str find_year(tb_str text)
{
    for (size_t at = 0; at + 4 < text.size; at++) {
        if (is_year_at(text, at))
            return tb_str_slice(text, at, at + 4);
    }
    return TB_STR("");
}

/* In the form's title, or in the row below it: （2026年度）. */
static tb_str title_year(const tb_form *form)
{
    tb_address title = form->root->at;
    if (title.sheet >= form->workbook->sheet_count)
        return TB_STR("");
    const tb_sheet *sheet = &form->workbook->sheets[title.sheet];
    tb_str year = TB_STR("");
    for (size_t i = 0; i < sheet->band_count && year.size == 0; i++) {
        const tb_band *band = &sheet->bands[i];
        bool near = band->row >= title.row && band->row <= title.row + 1;
        for (size_t j = 0; near && j < band->cell_count && year.size == 0; j++)
            year = find_year(band->cells[j].text);
    }
    return year;
}

static int64_t field_year(const tb_result *result)
{
    const tb_field *field = result->definition->year;
    const tb_item *item = field != NULL ? result->form->root->items[field->slot] : NULL;
    int64_t year = 0;
    bool known = item != NULL && item->state == TB_ITEM_VALID &&
                 tb_decimal_to_int(item->number, &year) && year >= 1000 && year < 9990;
    return known ? year + result->definition->years_later : 0;
}

tb_str tb_mail_year(const tb_result *result, char out[TB_MAIL_YEAR_SIZE])
{
    tb_str printed = title_year(result->form);
    int64_t year = field_year(result);
    out[0] = '\0';
    if (printed.size > 0)
        snprintf(out, TB_MAIL_YEAR_SIZE, "%.4s", printed.data);
    else if (year > 0)
        snprintf(out, TB_MAIL_YEAR_SIZE, "%04u", (unsigned)year % 10000u);
    return tb_str_of(out);
}

/* ---- texts that are safe to hand on ---- */

/* What no file's name, shell or line of a message should have: control and format characters,
 * blanks, and ASCII's signs but for the harmless ones. */
static bool is_plain(uint32_t c)
{
    bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    bool format = (c >= 0x2000 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFD || c == 0x3000;
    return c < 0x80 ? letter || c == '-' || c == '+' || c == ',' : c > 0xA0 && !format;
}

/* What stands for a character that is not plain: the same to people, harmless to programs. */
static tb_str stand_in(uint32_t c)
{
    switch (c) {
    case '(':
        return TB_STR("（");
    case ')':
        return TB_STR("）");
    case '.':
        return TB_STR("·");
    case '\'':
    case 0x2018:
    case 0x2019:
        return TB_STR("’");
    case '"':
    case 0x201C:
    case 0x201D:
        return TB_STR("”");
    default:
        return TB_STR("");
    }
}

/* The text with `gap` for each run of characters that have no place; at most `max` bytes, cut at a
 * whole character. */
static void append_plain(tb_buffer *out, tb_str text, char gap, size_t max)
{
    size_t start = out->size;
    bool pending = false;
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        uint32_t c = tb_text_next(text, &at);
        tb_str written = is_plain(c) ? tb_str_slice(text, from, at) : stand_in(c);
        if (out->size - start + written.size + pending > max)
            return;
        if (written.size > 0 && pending)
            tb_buffer_char(out, gap);
        tb_buffer_text(out, written);
        pending = written.size == 0 && out->size > start;
    }
}

static tb_str form_title(const tb_result *result, tb_language language)
{
    return tb_localized_get(&result->definition->title, language);
}

/* ---- the attachment's name ---- */

static void append_part(tb_buffer *out, size_t start, tb_str text)
{
    tb_buffer part;
    tb_buffer_init(&part, PART_MAX + 1);
    append_plain(&part, text, '_', PART_MAX);
    if (part.size > 0 && out->size > start)
        tb_buffer_char(out, '_');
    tb_buffer_text(out, tb_buffer_get(&part));
    tb_buffer_done(&part);
}

void tb_mail_file_name(tb_buffer *out, const tb_result *result, tb_str suffix)
{
    char year[TB_MAIL_YEAR_SIZE];
    size_t start = out->size;
    append_part(out, start, tb_report__filer(result));
    append_part(out, start, form_title(result, TB_LANGUAGE_ZH));
    append_part(out, start, tb_mail_year(result, year));
    tb_buffer_text(out, suffix);
}

/* ---- the subject ---- */

void tb_mail_subject(tb_buffer *out, const tb_result *result, tb_language language)
{
    char year[TB_MAIL_YEAR_SIZE];
    tb_buffer unit, form;
    tb_buffer_init(&unit, SUBJECT_MAX + 1);
    tb_buffer_init(&form, SUBJECT_MAX + 1);
    append_plain(&unit, tb_report__filer(result), ' ', SUBJECT_MAX);
    append_plain(&form, form_title(result, language), ' ', SUBJECT_MAX);
    if (unit.size == 0)
        tb_buffer_text(&unit, tb_report__text(TB_MSG_REPORT_MAIL_NO_UNIT, language));
    const tb_str args[] = {tb_buffer_get(&unit), tb_buffer_get(&form), tb_mail_year(result, year)};
    tb_message_append(out, language,
                      args[2].size > 0 ? TB_MSG_REPORT_MAIL_SUBJECT
                                       : TB_MSG_REPORT_MAIL_SUBJECT_NO_YEAR,
                      args, 3);
    tb_buffer_done(&unit);
    tb_buffer_done(&form);
}

/* ---- the text ---- */

typedef struct writer {
    tb_buffer *out;
    const tb_result *result;
    tb_language language;
} writer;

static void append_line(const writer *self, tb_message message, const tb_str *args, size_t count)
{
    tb_message_append(self->out, self->language, message, args, count);
    tb_buffer_char(self->out, '\n');
}

/* A line for what the form says of itself; nothing where it does not. */
static void append_fact(const writer *self, tb_message message, tb_str fact)
{
    tb_buffer line;
    tb_buffer_init(&line, FINDING_MAX + 1);
    append_plain(&line, fact, ' ', FINDING_MAX);
    const tb_str args[] = {tb_buffer_get(&line)};
    if (line.size > 0)
        append_line(self, message, args, 1);
    tb_buffer_done(&line);
}

static void append_counts(const writer *self)
{
    const tb_counts *counts = &self->result->counts;
    const size_t numbers[] = {counts->by_severity[TB_ERROR_SEVERITY],
                              counts->by_severity[TB_WARNING_SEVERITY], counts->explained,
                              counts->by_severity[TB_NOTICE_SEVERITY]};
    enum { COUNT = sizeof numbers / sizeof numbers[0] };
    char texts[COUNT][24];
    tb_str args[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(texts[i], sizeof texts[i], "%zu", numbers[i]);
        args[i] = tb_str_of(texts[i]);
    }
    append_line(self, TB_MSG_REPORT_MAIL_COUNTS, args, COUNT);
}

static bool is_open_warning(const tb_finding *finding)
{
    return finding->severity == TB_WARNING_SEVERITY && finding->cause == 0 &&
           finding->explained != TB_EXPLANATION_CURRENT;
}

static bool is_explained(const tb_finding *finding)
{
    return finding->explained == TB_EXPLANATION_CURRENT;
}

/* Place, what is wrong, and the reason where one is given; one line, cut at a whole character. */
static void append_finding(const writer *self, const tb_finding *finding)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    const tb_str args[] = {
        finding->place, finding->message,
        is_explained(finding) ? finding->explanation->texts[TB_EXPLANATION_REASON] : TB_STR("")};
    tb_message_append(&text, self->language,
                      is_explained(finding) ? TB_MSG_REPORT_MAIL_EXPLAINED_FINDING
                                            : TB_MSG_REPORT_MAIL_FINDING,
                      args, 3);
    tb_str whole = tb_buffer_get(&text);
    bool cut = false;
    for (size_t at = 0; at < whole.size && !cut;) {
        size_t from = at;
        uint32_t c = tb_text_next(whole, &at);
        cut = at > FINDING_MAX;
        if (cut)
            tb_buffer_cstr(self->out, "…");
        else if (c < ' ' || c == 0x7F)
            tb_buffer_char(self->out, ' ');
        else if (c == '\'')
            tb_buffer_text(self->out, stand_in(c));
        else
            tb_buffer_text(self->out, tb_str_slice(whole, from, at));
    }
    tb_buffer_char(self->out, '\n');
    tb_buffer_done(&text);
}

static void append_findings(const writer *self, tb_message heading,
                            bool (*belongs)(const tb_finding *finding))
{
    size_t count = 0;
    for (size_t i = 0; i < self->result->finding_count; i++) {
        const tb_finding *finding = &self->result->findings[i];
        if (!belongs(finding))
            continue;
        if (count == 0)
            append_line(self, heading, NULL, 0);
        if (count++ < LISTED_MAX)
            append_finding(self, finding);
    }
    if (count <= LISTED_MAX)
        return;
    char more[24];
    snprintf(more, sizeof more, "%zu", count - LISTED_MAX);
    const tb_str args[] = {tb_str_of(more)};
    append_line(self, TB_MSG_REPORT_MAIL_MORE, args, 1);
}

static void append_sha256(const writer *self, const unsigned char sha256[TB_SHA256_SIZE])
{
    char text[TB_SHA256_SIZE * 2 + 1];
    for (size_t i = 0; i < TB_SHA256_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", sha256[i]);
    const tb_str args[] = {tb_str_of(text)};
    append_line(self, TB_MSG_REPORT_MAIL_SHA256, args, 1);
}

void tb_mail_body(tb_buffer *out, const tb_result *result, const tb_mail_attachment *attachment,
                  tb_language language)
{
    char year[TB_MAIL_YEAR_SIZE];
    writer self = {out, result, language};
    append_line(&self, TB_MSG_REPORT_MAIL_LOOK, &attachment->name, 1);
    tb_buffer_char(out, '\n');
    append_fact(&self, TB_MSG_REPORT_MAIL_UNIT, tb_report__filer(result));
    append_fact(&self, TB_MSG_REPORT_MAIL_FORM, form_title(result, language));
    append_fact(&self, TB_MSG_REPORT_MAIL_YEAR, tb_mail_year(result, year));
    append_counts(&self);
    append_findings(&self, TB_MSG_REPORT_MAIL_OPEN, is_open_warning);
    append_findings(&self, TB_MSG_REPORT_MAIL_EXPLAINED, is_explained);
    append_sha256(&self, attachment->sha256);
}
