/*
 * Fills in the template segment by segment.
 */
#include "send/name.h"

#include "send/fill.h"

bool tb_name_check(tb_str name_template, char *unknown, size_t size)
{
    static const tb_submission nothing;
    char digest[TB_SHA256_TEXT_SIZE];
    tb_str piece, value;
    bool is_place;
    for (size_t at = 0; tb_fill_next(name_template, &at, &piece, &is_place);) {
        if (!is_place || tb_fill_find(piece, &nothing, digest, &value))
            continue;
        tb_fill_copy(piece, unknown, size);
        return false;
    }
    return true;
}

/* A text from outside inside a segment: what could end the segment or confuse a server becomes
 * '_'. */
static void append_safe(tb_buffer *out, tb_str text)
{
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        uint32_t c = tb_text_next(text, &at);
        bool bad = c < 0x20 || c == 0x7F || c == '/' || c == '\\' || c == 0xFFFD || c == ':' ||
                   c == '*' || c == '?' || c == '"' || c == '<' || c == '>' || c == '|';
        if (bad)
            tb_buffer_char(out, '_');
        else
            tb_buffer_text(out, tb_str_slice(text, from, at));
    }
}

static void append_place(tb_buffer *out, tb_str place, const tb_submission *submission)
{
    char digest[TB_SHA256_TEXT_SIZE];
    tb_str value;
    if (tb_fill_find(place, submission, digest, &value))
        append_safe(out, value);
}

/* Leaves out a segment that is empty, and one that means a folder: "." or "..". */
static void end_segment(tb_buffer *out, size_t start)
{
    tb_str segment = tb_str_slice(tb_buffer_get(out), start, out->size);
    if (tb_str_equal(segment, TB_STR(".")) || tb_str_equal(segment, TB_STR(".."))) {
        out->size = start;
        tb_buffer_cstr(out, "_");
    }
}

/* Text of the template itself; *start is where the segment began that it goes on with. */
static void append_literal(tb_buffer *out, tb_str text, size_t *start)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '/') {
            tb_buffer_char(out, text.data[i]);
            continue;
        }
        end_segment(out, *start);
        if (out->size > *start)
            tb_buffer_char(out, '/');
        *start = out->size;
    }
}

void tb_name_append(tb_buffer *out, tb_str name_template, const tb_submission *submission)
{
    tb_str piece;
    bool is_place;
    size_t start = out->size;
    for (size_t at = 0; tb_fill_next(name_template, &at, &piece, &is_place);) {
        if (is_place)
            append_place(out, piece, submission);
        else
            append_literal(out, piece, &start);
    }
    end_segment(out, start);
}
