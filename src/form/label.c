/*
 * Matching one label with a folded text. Which labels a text may be is for label_set.c.
 */
#include "form/label.h"

#include <string.h>

#include "form/numeral.h"

/* Adds `size` bytes of key that the character at `from` gave. */
static inline void add_key(tb_folded *folded, const char *key, size_t size, size_t from)
{
    for (size_t i = 0; i < size; i++) {
        folded->key[folded->size + i] = key[i];
        folded->origin[folded->size + i] = (uint32_t)from;
    }
    folded->size += size;
}

/* Adds the character at `at` where it is its own key; returns its size, else 0. Four bytes of room
 * must be left. */
static inline size_t add_plain(tb_folded *folded, tb_str text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t size = tb_text_own_key_size(bytes, text.size - at);
    if (size == 1)
        add_key(folded, text.data + at, 1, at);
    else if (size == 3)
        add_key(folded, text.data + at, 3, at);
    return size;
}

void tb_fold(tb_str text, tb_folded *ret_folded)
{
    tb_fold_beginning(text, TB_FOLDED_MAX, ret_folded);
}

void tb_fold_beginning(tb_str text, size_t limit, tb_folded *ret_folded)
{
    char part[TB_TEXT_KEY_MAX];
    size_t at = 0;
    ret_folded->size = 0;
    while (at < text.size && ret_folded->size < limit) {
        size_t plain = ret_folded->size + 4 <= TB_FOLDED_MAX ? add_plain(ret_folded, text, at) : 0;
        if (plain > 0) {
            at += plain;
            continue;
        }
        size_t next = at, size = tb_text_key_of(tb_text_next(text, &next), part);
        if (ret_folded->size + size > TB_FOLDED_MAX)
            break;
        add_key(ret_folded, part, size, at);
        at = next;
    }
    ret_folded->text = text;
    ret_folded->whole = at == text.size;
    ret_folded->origin[ret_folded->size] = (uint32_t)at;
}

static tb_str original(const tb_folded *folded, size_t from, size_t to)
{
    return tb_str_trim(tb_str_slice(folded->text, folded->origin[from], folded->origin[to]));
}

static bool is_numeral(uint32_t c)
{
    return (c >= '0' && c <= '9') || tb_numeral(c) > 0;
}

static tb_str key_of(const tb_folded *folded)
{
    return (tb_str){folded->key, folded->size};
}

#define NUMBER_LENGTH_MAX 3
#define YEAR_SIZE_MAX     18

static size_t skip_number(const tb_folded *folded, size_t at)
{
    for (int length = 0; length < NUMBER_LENGTH_MAX && at < folded->size; length++) {
        size_t next = at;
        if (!is_numeral(tb_text_next(key_of(folded), &next)))
            break;
        at = next;
    }
    return at;
}

/* Where the next literal begins at or after `at`; folded->size + 1 when nowhere. */
static size_t find_literal(const tb_folded *folded, size_t at, tb_str literal)
{
    ptrdiff_t found = tb_str_find(tb_str_slice(key_of(folded), at, folded->size), literal);
    return found < 0 ? folded->size + 1 : at + (size_t)found;
}

/* The end of the capture that begins at `at`; folded->size + 1 when it has none. */
static size_t capture_end(const tb_shape *shape, size_t piece, const tb_folded *folded, size_t at)
{
    if (shape->pieces[piece].kind == TB_PIECE_NUMBER)
        return skip_number(folded, at);
    bool last = piece + 1 == shape->piece_count;
    size_t end = last ? folded->size : find_literal(folded, at, shape->pieces[piece + 1].key);
    if (shape->pieces[piece].kind == TB_PIECE_YEAR && end <= folded->size &&
        end - at > YEAR_SIZE_MAX)
        return folded->size + 1;
    return end;
}

bool tb_shape_match_at(const tb_shape *shape, const tb_folded *folded, size_t from,
                       tb_match *ret_match, size_t *ret_end)
{
    size_t at = from, captured = 0;
    for (size_t i = 0; i < shape->piece_count; i++) {
        const tb_piece *piece = &shape->pieces[i];
        if (piece->kind == TB_PIECE_LITERAL) {
            if (piece->key.size > folded->size - at ||
                memcmp(folded->key + at, piece->key.data, piece->key.size) != 0)
                return false;
            at += piece->key.size;
            continue;
        }
        size_t end = capture_end(shape, i, folded, at);
        if (end > folded->size)
            return false;
        /* The last text goes on to the cell's end, also beyond what was folded. */
        bool rest = piece->kind == TB_PIECE_TEXT && i + 1 == shape->piece_count;
        ret_match->captures[captured++] =
            rest ? tb_str_trim(tb_str_slice(folded->text, folded->origin[at], folded->text.size))
                 : original(folded, at, end);
        at = end;
    }
    ret_match->shape = shape;
    *ret_end = at;
    return true;
}

static bool ends_in_text(const tb_shape *shape)
{
    return shape->pieces[shape->piece_count - 1].kind == TB_PIECE_TEXT;
}

/* "年度目标：" is a label with a colon and no title of a goal that has neither number nor text. */
static bool captured_nothing(const tb_match *match)
{
    for (size_t i = 0; i < TB_CAPTURES_MAX; i++) {
        if (match->captures[i].size > 0)
            return false;
    }
    return true;
}

/* What says at a label's end that it goes on from the page before, as it is in a key. */
static const tb_str remarks[] = {
    {"(续)", 5}, {"(续表)", 8}, {"(接上页)", 11}, {"(续上页)", 11}, {"(续上表)", 11}, {"续表", 6},
};

/* The size of the remark that the key begins with, or 0. */
static size_t remark_size(tb_str key)
{
    for (size_t i = 0; i < sizeof remarks / sizeof remarks[0]; i++) {
        if (tb_str_starts(key, remarks[i]))
            return remarks[i].size;
    }
    return 0;
}

tb_str tb_label_without_remark(tb_str text, bool *ret_continued)
{
    tb_folded folded;
    tb_fold(text, &folded);
    *ret_continued = false;
    for (size_t i = 0; folded.whole && i < sizeof remarks / sizeof remarks[0]; i++) {
        if (!tb_str_ends(key_of(&folded), remarks[i]))
            continue;
        *ret_continued = true;
        return tb_str_trim(tb_str_slice(text, 0, folded.origin[folded.size - remarks[i].size]));
    }
    return text;
}

static bool begins_number(const tb_folded *folded, size_t at)
{
    return is_numeral(tb_text_next(key_of(folded), &at));
}

/* What follows a label inside its cell: nothing, or a colon and a value, or a value that begins
 * with a number. */
static bool match_rest(const tb_folded *folded, size_t at, bool bracketed, tb_match *match)
{
    while (at < folded->size && folded->key[at] == '*')
        at++;
    size_t end = at + remark_size(tb_str_slice(key_of(folded), at, folded->size));
    match->continued = end > at && end == folded->size;
    if (match->continued)
        return folded->whole;
    if (at == folded->size || (bracketed && at + 1 == folded->size && folded->key[at] == ')'))
        return folded->whole;
    match->no_colon = folded->key[at] != ':';
    if (match->no_colon && !begins_number(folded, at))
        return false;
    size_t from = folded->origin[at + !match->no_colon], to = folded->text.size;
    if (bracketed && folded->whole && folded->key[folded->size - 1] == ')')
        to = folded->origin[folded->size - 1];
    tb_str rest = tb_str_slice(folded->text, from, to);
    match->rest = tb_str_trim(rest);
    match->has_rest = match->rest.size > 0;
    return true;
}

bool tb_shape_match(const tb_shape *shape, const tb_folded *folded, size_t from,
                    tb_match *ret_match)
{
    tb_match match = {0};
    size_t end;
    if (!tb_shape_match_at(shape, folded, from, &match, &end))
        return false;
    bool bracketed = from > 0 && folded->key[from - 1] == '(';
    if (ends_in_text(shape) ? captured_nothing(&match)
                            : !match_rest(folded, end, bracketed, &match))
        return false;
    *ret_match = match;
    return true;
}
