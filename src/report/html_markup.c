/*
 * Escaping, ids and signs.
 */
#include "report/html_markup.h"

#include "base/limits.h"

static void append_character(tb_buffer *out, uint32_t c)
{
    char bytes[4];
    switch (c) {
    case '&':
        tb_buffer_cstr(out, "&amp;");
        return;
    case '<':
        tb_buffer_cstr(out, "&lt;");
        return;
    case '>':
        tb_buffer_cstr(out, "&gt;");
        return;
    case '"':
        tb_buffer_cstr(out, "&quot;");
        return;
    default:
        break;
    }
    bool control = (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    bool nothing = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    tb_buffer_append(out, bytes, tb_text_encode(control || nothing ? 0xFFFD : c, bytes));
}

void tb_html_cut(tb_buffer *out, tb_str text, size_t max)
{
    size_t offset = 0;
    for (size_t i = 0; i < max && offset < text.size; i++)
        append_character(out, tb_text_next(text, &offset));
    if (offset < text.size)
        tb_buffer_cstr(out, "…");
}

void tb_html_text(tb_buffer *out, tb_str text)
{
    tb_html_cut(out, text, text.size);
}

void tb_html_message(tb_buffer *out, tb_message message, tb_language language)
{
    tb_html_text(out, tb_str_of(tb_message_get(language, message)));
}

void tb_html_format(tb_buffer *out, tb_language language, tb_message message, const tb_str *args,
                    size_t count)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_VALUE_SIZE);
    tb_message_append(&text, language, message, args, count);
    tb_html_text(out, tb_buffer_get(&text));
    out->failed |= text.failed;
    tb_buffer_done(&text);
}

void tb_html_file_id(tb_buffer *out, size_t file)
{
    tb_buffer_char(out, 'f');
    tb_buffer_uint(out, file);
}

void tb_html_finding_id(tb_buffer *out, size_t file, size_t finding)
{
    tb_html_file_id(out, file);
    tb_buffer_char(out, '-');
    tb_buffer_uint(out, finding);
}

void tb_html_cell_id(tb_buffer *out, size_t file, tb_address at)
{
    char name[TB_CELL_NAME_SIZE];
    tb_html_finding_id(out, file, (size_t)at.sheet + 1);
    tb_buffer_char(out, '-');
    tb_buffer_text(out, tb_cell_name(at.row, at.column, name));
}

const char *tb_html_symbol(tb_severity severity)
{
    static const char *const symbols[] = {
        [TB_ERROR_SEVERITY] = "×",
        [TB_WARNING_SEVERITY] = "▲",
        [TB_NOTICE_SEVERITY] = "●",
    };
    return symbols[severity];
}

const char *tb_html_class(tb_severity severity)
{
    static const char *const classes[] = {
        [TB_ERROR_SEVERITY] = "error",
        [TB_WARNING_SEVERITY] = "warning",
        [TB_NOTICE_SEVERITY] = "notice",
    };
    return classes[severity];
}
