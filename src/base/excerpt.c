/*
 * Excerpts. utf8proc knows how wide a character is on a terminal.
 */
#include "base/excerpt.h"

#include <utf8proc.h>

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

/* A longer line is cut: so many bytes before the place and behind it are shown. */
#define LINE_SIZE_MAX 240
#define SHOWN_BEFORE  72
#define SHOWN_BEHIND  96

static bool is_inside_character(tb_str text, size_t at)
{
    return at < text.size && ((unsigned char)text.data[at] & 0xC0u) == 0x80u;
}

/* The part of a line to show; *from, the place in it, is moved along. */
static tb_str cut_line(tb_str line, size_t *from)
{
    if (line.size <= LINE_SIZE_MAX)
        return line;
    size_t start = *from < SHOWN_BEFORE ? 0 : *from - SHOWN_BEFORE;
    size_t end = line.size - *from < SHOWN_BEHIND ? line.size : *from + SHOWN_BEHIND;
    while (is_inside_character(line, start))
        start++;
    while (is_inside_character(line, end))
        end--;
    *from -= start;
    return tb_str_slice(line, start, end);
}

void tb_excerpt_append(tb_buffer *out, tb_str source, size_t offset, size_t size)
{
    offset = offset < source.size ? offset : source.size;
    size_t start;
    tb_str line = find_line(source, offset, &start);
    size_t from = offset - start, marks = 0, blanks = 0;
    line = cut_line(line, &from);
    size_t to = from + size;
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
