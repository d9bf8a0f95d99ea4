/*
 * The finding of a flag: its place, and its message with what stands there and what was expected.
 */
#include <stdio.h>

#include "base/limits.h"
#include "rule/place.h"
#include "sum/across.h"
#include "sum/across_row.h"
#include "sum/sheaf.h"

/* What a message is put together from. */
typedef struct across_words {
    const tb_outline *outline;
    const tb_collected *form;
    const tb_sum_flag *flag;
    const tb_across_rule *rule;
    tb_language language;
    char count[24];
} across_words;

static tb_str find_text(const across_words *self, const tb_field *field)
{
    if (field == NULL)
        return TB_STR("");
    return tb_across_row_find(self->form->sheaf, self->flag->fact.row, self->outline, field,
                              TB_SUM_WHOLE);
}

/* ---- messages ---- */

/* 甲、乙、丙 of what stands a line each */
static void append_list(const across_words *self, tb_buffer *out, tb_str lines)
{
    for (bool first = true; lines.size > 0; first = false) {
        ptrdiff_t end = tb_str_find(lines, TB_STR("\n"));
        size_t size = end < 0 ? lines.size : (size_t)end;
        const tb_str args[] = {TB_STR(""), tb_str_slice(lines, 0, size)};
        if (first)
            tb_buffer_text(out, args[1]);
        else
            tb_message_append(out, self->language, TB_MSG_SUM_LISTED, args, 2);
        lines = tb_str_slice(lines, size + 1, lines.size);
    }
}

static bool append_placeholder(const across_words *self, tb_buffer *out, tb_str name)
{
    const struct {
        const char *name;
        tb_str text;
    } words[] = {
        {"actual", find_text(self, self->rule->at)},
        {"name", find_text(self, self->rule->by)},
        {"expected", self->flag->expected},
        {"count", tb_str_of(self->count)},
    };
    if (tb_str_equal(name, TB_STR("units"))) {
        append_list(self, out, self->flag->others);
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (tb_str_equal(name, tb_str_of(words[i].name))) {
            tb_buffer_text(out, words[i].text);
            return true;
        }
    }
    return false;
}

/* What is no placeholder stands there as it is. */
static void append_message(const across_words *self, tb_buffer *out)
{
    tb_str rest = tb_localized_get(&self->rule->message, self->language);
    while (rest.size > 0) {
        ptrdiff_t open = tb_str_find(rest, TB_STR("{"));
        ptrdiff_t close = open < 0 ? -1 : tb_str_find(rest, TB_STR("}"));
        if (open < 0 || close < open)
            break;
        tb_buffer_text(out, tb_str_slice(rest, 0, (size_t)open));
        if (!append_placeholder(self, out, tb_str_slice(rest, (size_t)open + 1, (size_t)close)))
            tb_buffer_text(out, tb_str_slice(rest, (size_t)open, (size_t)close + 1));
        rest = tb_str_slice(rest, (size_t)close + 1, rest.size);
    }
    tb_buffer_text(out, rest);
}

/* ---- places ---- */

static void append_index(tb_buffer *out, uint32_t index)
{
    tb_buffer_char(out, '[');
    tb_buffer_uint(out, (unsigned long long)index + 1);
    tb_buffer_char(out, ']');
}

/* annual_goals[3].indicators[1].value */
static void append_path(const across_words *self, tb_buffer *out)
{
    const tb_scope *scope = self->rule->scope;
    if (scope->parent != NULL && scope->parent->parent != NULL) {
        tb_buffer_text(out, scope->parent->id);
        append_index(out, self->flag->fact.block);
        tb_buffer_char(out, '.');
    }
    if (scope->parent != NULL) {
        tb_buffer_text(out, scope->id);
        append_index(out, self->flag->fact.record);
        tb_buffer_char(out, '.');
    }
    tb_buffer_text(out, self->rule->at->id);
}

static void append_numbered(const across_words *self, tb_buffer *out, const tb_scope *scope,
                            uint32_t index)
{
    tb_buffer_text(out, tb_localized_get(&scope->name, self->language));
    if (self->language != TB_LANGUAGE_ZH)
        tb_buffer_char(out, ' ');
    tb_buffer_uint(out, (unsigned long long)index + 1);
    tb_buffer_cstr(out, " · ");
}

/* 年度目标3 · 自建房鉴定数量 · 预期当年实现值 */
static void append_place(const across_words *self, tb_buffer *out)
{
    const tb_scope *scope = self->rule->scope;
    tb_str name = find_text(self, self->rule->by);
    if (scope->parent != NULL && scope->parent->parent != NULL)
        append_numbered(self, out, scope->parent, self->flag->fact.block);
    if (name.size > 0) {
        tb_buffer_text(out, name);
        tb_buffer_cstr(out, " · ");
    } else if (scope->parent != NULL) {
        append_numbered(self, out, scope, self->flag->fact.record);
    }
    tb_buffer_text(out, tb_localized_get(&self->rule->at->name, self->language));
}

static tb_str find_sheet(const tb_collected *form, uint32_t number)
{
    tb_str rest = form->sheets;
    const char end[] = {TB_SUM_SHEET_END, '\0'};
    for (;; number--) {
        ptrdiff_t size = tb_str_find(rest, tb_str_of(end));
        if (size < 0 || number == 0)
            return tb_str_slice(rest, 0, size < 0 ? 0 : (size_t)size);
        rest = tb_str_slice(rest, (size_t)size + 1, rest.size);
    }
}

/* ---- the row ---- */

typedef void text_writer(const across_words *self, tb_buffer *out);

static void write_text(const across_words *self, tb_buffer *sheaf, tb_buffer *text,
                       text_writer *append)
{
    tb_buffer_reset(text);
    append(self, text);
    tb_sheaf_text(sheaf, tb_buffer_get(text));
    sheaf->failed |= text->failed;
}

static void write_cell(const across_words *self, tb_buffer *sheaf)
{
    char cell[TB_CELL_NAME_SIZE];
    const tb_address *at = &self->flag->fact.at;
    tb_sheaf_text(sheaf, find_sheet(self->form, at->sheet));
    tb_sheaf_cell(sheaf, TB_SUM_TEXT, tb_cell_name(at->row, at->column, cell), at);
}

tb_status tb_across_write_finding(tb_buffer *out, const tb_outline *outline,
                                  const tb_collected *form, const tb_sum_flag *flag, size_t number,
                                  tb_language language, tb_error *error)
{
    static const char *const severities[] = {
        [TB_ERROR_SEVERITY] = "error",
        [TB_WARNING_SEVERITY] = "warning",
        [TB_NOTICE_SEVERITY] = "notice",
    };
    tb_buffer text;
    across_words self = {.outline = outline,
                         .form = form,
                         .flag = flag,
                         .rule = outline->across[flag->entry].rule,
                         .language = language};
    snprintf(self.count, sizeof self.count, "%llu", (unsigned long long)flag->count);
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE * 16);
    tb_sheaf_row(out, TB_SUM_FINDINGS);
    tb_sheaf_count(out, number);
    tb_sheaf_none(out, 1);
    tb_sheaf_word(out, severities[flag->severity]);
    tb_sheaf_text(out, self.rule->id);
    write_cell(&self, out);
    write_text(&self, out, &text, append_path);
    write_text(&self, out, &text, append_place);
    write_text(&self, out, &text, append_message);
    tb_sheaf_text(out, find_text(&self, self.rule->at));
    tb_sheaf_text(out, flag->expected);
    tb_sheaf_none(out, 3);
    tb_buffer_done(&text);
    return out->failed ? tb_error_memory(error) : TB_OK;
}
