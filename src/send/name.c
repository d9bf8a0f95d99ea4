/*
 * Fills in the template segment by segment.
 */
#include "send/name.h"

#define SHORT_SIZE 12 /* digits of the digest that tell files of one unit apart */

typedef enum place {
    PLACE_FORM,
    PLACE_VERSION,
    PLACE_YEAR,
    PLACE_UNIT,
    PLACE_NAME,
    PLACE_ID,
    PLACE_SHA256,
    PLACE_SHORT,
    PLACE_SUFFIX,
    PLACE_COUNT
} place;

static const char *const place_names[PLACE_COUNT] = {
    [PLACE_FORM] = "form",     [PLACE_VERSION] = "version", [PLACE_YEAR] = "year",
    [PLACE_UNIT] = "unit",     [PLACE_NAME] = "name",       [PLACE_ID] = "id",
    [PLACE_SHA256] = "sha256", [PLACE_SHORT] = "short",     [PLACE_SUFFIX] = "suffix",
};

static place find_place(tb_str name)
{
    size_t i = 0;
    while (i < PLACE_COUNT && !tb_str_equal(name, tb_str_of(place_names[i])))
        i++;
    return (place)i;
}

/* The next piece of the template: literal text, or what stands between braces. False at the end. */
static bool next_piece(tb_str text, size_t *at, tb_str *ret_piece, bool *ret_is_place)
{
    if (*at >= text.size)
        return false;
    tb_str rest = tb_str_slice(text, *at, text.size);
    bool opens = rest.data[0] == '{';
    ptrdiff_t end = tb_str_find(rest, opens ? TB_STR("}") : TB_STR("{"));
    size_t size = end < 0 ? rest.size : (size_t)end;
    *ret_is_place = opens;
    *ret_piece = tb_str_slice(rest, opens && end >= 0 ? 1 : 0, size);
    *at += size + (opens && end >= 0 ? 1 : 0);
    return true;
}

bool tb_name_check(tb_str name_template, char *unknown, size_t size)
{
    tb_str piece;
    bool is_place;
    for (size_t at = 0; next_piece(name_template, &at, &piece, &is_place);) {
        if (!is_place || find_place(piece) != PLACE_COUNT)
            continue;
        size_t kept = piece.size < size - 1 ? piece.size : size - 1;
        if (kept > 0)
            memcpy(unknown, piece.data, kept);
        unknown[kept] = '\0';
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

static void append_place(tb_buffer *out, place which, const tb_submission *submission)
{
    const tb_str texts[PLACE_COUNT] = {
        [PLACE_FORM] = submission->form,     [PLACE_VERSION] = submission->version,
        [PLACE_YEAR] = submission->year,     [PLACE_UNIT] = submission->unit,
        [PLACE_NAME] = submission->name,     [PLACE_ID] = tb_str_of(submission->id),
        [PLACE_SUFFIX] = submission->suffix,
    };
    char digest[TB_SHA256_TEXT_SIZE];
    tb_encode_sha256(submission->sha256, digest);
    if (which == PLACE_SHA256)
        tb_buffer_cstr(out, digest);
    else if (which == PLACE_SHORT)
        tb_buffer_append(out, digest, SHORT_SIZE);
    else if (which != PLACE_COUNT)
        append_safe(out, texts[which]);
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
    for (size_t at = 0; next_piece(name_template, &at, &piece, &is_place);) {
        if (is_place)
            append_place(out, find_place(piece), submission);
        else
            append_literal(out, piece, &start);
    }
    end_segment(out, start);
}
