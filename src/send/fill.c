/*
 * Takes templates apart and knows what the places mean.
 */
#include "send/fill.h"

#define SHORT_SIZE 12 /* digits of the digest that tell files of one unit apart */

bool tb_fill_next(tb_str text, size_t *at, tb_str *ret_piece, bool *ret_is_place)
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

bool tb_fill_find(tb_str place, const tb_submission *submission, char digest[TB_SHA256_TEXT_SIZE],
                  tb_str *ret_value)
{
    tb_encode_sha256(submission->sha256, digest);
    const struct {
        const char *name;
        tb_str value;
    } values[] = {
        {"form", submission->form},     {"version", submission->version},
        {"year", submission->year},     {"unit", submission->unit},
        {"name", submission->name},     {"id", tb_str_of(submission->id)},
        {"sha256", tb_str_of(digest)},  {"short", {digest, SHORT_SIZE}},
        {"suffix", submission->suffix},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (tb_str_equal(place, tb_str_of(values[i].name))) {
            *ret_value = values[i].value;
            return true;
        }
    }
    return false;
}

void tb_fill_copy(tb_str place, char *out, size_t size)
{
    size_t kept = place.size < size - 1 ? place.size : size - 1;
    if (kept > 0)
        memcpy(out, place.data, kept);
    out[kept] = '\0';
}
