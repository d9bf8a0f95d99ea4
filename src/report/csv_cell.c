/*
 * Quoting, and telling what a spreadsheet would evaluate.
 */
#include "report/csv_cell.h"

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0xA0 || c == 0x3000 || c == 0xFEFF || (c >= 0x2000 && c <= 0x200F);
}

/* Whether a spreadsheet may evaluate it. Blanks in front do not keep all of them from it, and some
 * fold full width to half. */
static bool is_formula(tb_str text)
{
    static const uint32_t starters[] = {'=',  '+',    '-',    '@',    '\t',  '\r',
                                        '\n', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    size_t offset = 0;
    uint32_t c = ' ';
    while (offset < text.size && is_blank(c))
        c = tb_text_next(text, &offset);
    for (size_t i = 0; i < sizeof starters / sizeof starters[0]; i++)
        if (c == starters[i])
            return true;
    return false;
}

/* Quotes twice, what is not well formed as U+FFFD. */
static void append_escaped(tb_buffer *out, tb_str text)
{
    char bytes[4];
    for (size_t offset = 0; offset < text.size;) {
        uint32_t c = tb_text_next(text, &offset);
        if (c == '"')
            tb_buffer_char(out, '"');
        tb_buffer_append(out, bytes, tb_text_encode(c == 0 ? 0xFFFD : c, bytes));
    }
}

/* Most texts can be copied as they are. */
static bool is_plain(tb_str text)
{
    return memchr(text.data, '"', text.size) == NULL && memchr(text.data, 0, text.size) == NULL &&
           tb_text_is_utf8(text);
}

void tb_csv_append_text(tb_buffer *out, tb_str text)
{
    if (text.size == 0)
        return;
    tb_buffer_char(out, '"');
    if (is_formula(text))
        tb_buffer_char(out, '\'');
    if (is_plain(text))
        tb_buffer_text(out, text);
    else
        append_escaped(out, text);
    tb_buffer_char(out, '"');
}

void tb_csv_begin(tb_buffer *out)
{
    tb_buffer_cstr(out, "\xEF\xBB\xBF");
}

void tb_csv_end_row(tb_buffer *out)
{
    tb_buffer_cstr(out, "\r\n");
}
