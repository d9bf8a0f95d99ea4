/*
 * Shows where a formula is wrong: its line and below it a caret, right under wide characters too.
 */
#include <utf8proc.h>

#include "base/buffer.h"
#include "rule/expression.h"

#define INDENT "  "

/* What a terminal should be shown for a character: control characters would move its cursor. */
static uint32_t make_printable(uint32_t c)
{
    if (c == '\t')
        return ' ';
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    bool control = category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
                   category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
    return control ? 0xFFFD : c;
}

/* Columns of a character on a terminal: 0, 1 or 2. */
static int find_width(uint32_t c)
{
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    /* Ambiguous marks such as “ ” are one column in Western fonts; utf8proc says so too. */
    return width < 0 ? 0 : width;
}

static void append_character(tb_buffer *out, uint32_t c)
{
    char bytes[4];
    tb_buffer_append(out, bytes, tb_text_encode(c, bytes));
}

static tb_str find_line(tb_str source, size_t offset, size_t *ret_start)
{
    size_t start = offset, end = offset;
    while (start > 0 && source.data[start - 1] != '\n')
        start--;
    while (end < source.size && source.data[end] != '\n')
        end++;
    *ret_start = start;
    return tb_str_slice(source, start, end);
}

void tb_formula_error_caret(tb_buffer *out, tb_str source, const tb_formula_error *where)
{
    size_t offset = where->offset < source.size ? where->offset : source.size;
    size_t start;
    tb_str line = find_line(source, offset, &start);
    size_t from = offset - start, to = from + where->size, marks = 0, blanks = 0;
    tb_buffer_cstr(out, INDENT);
    for (size_t at = 0; at < line.size;) {
        size_t before = at;
        uint32_t c = make_printable(tb_text_next(line, &at));
        append_character(out, c);
        if (before < from)
            blanks += (size_t)find_width(c);
        else if (before < to)
            marks += (size_t)find_width(c);
    }
    tb_buffer_cstr(out, "\n" INDENT);
    for (size_t i = 0; i < blanks; i++)
        tb_buffer_char(out, ' ');
    tb_buffer_char(out, '^');
    for (size_t i = 1; i < marks; i++)
        tb_buffer_char(out, '~');
    tb_buffer_char(out, '\n');
}
