/*
 * Labels: what the definition says is printed on the form, compared with what stands in cells as
 * tb_text_key does (blanks, line breaks, width, kinds of brackets and a colon at the end do not
 * matter). A label may capture parts: "长期目标（截止{long_end_year}年）".
 *
 * All labels of a definition form one set, so that a cell is looked at once for all of them.
 */
#ifndef TB_FORM_LABEL_H
#define TB_FORM_LABEL_H

#include "base/arena.h"

typedef enum tb_piece_kind {
    TB_PIECE_LITERAL,
    TB_PIECE_NUMBER, /* up to three digits, or Chinese numerals; may be left out */
    TB_PIECE_YEAR,   /* whatever short stands there; may be left out */
    TB_PIECE_TEXT    /* anything */
} tb_piece_kind;

typedef struct tb_piece {
    tb_piece_kind kind;
    tb_str key; /* of a literal */
} tb_piece;

#define TB_PIECES_MAX   8
#define TB_CAPTURES_MAX 4

/* A label's form; labels that differ only in what their captures are called share one. */
typedef struct tb_shape {
    size_t index; /* in its set */
    size_t piece_count;
    tb_piece pieces[TB_PIECES_MAX];
    size_t weight;     /* bytes of the literals: of two shapes that match the heavier one wins */
    bool is_numbering; /* no literal has an ideograph: {number}、{text} */
    struct tb_shape *next; /* of those that end at the same node */
} tb_shape;

#define TB_FIRSTS 1024 /* a power of two */
#define TB_PAIRS  8192 /* so too */

/* The first literals of all shapes as a trie over the characters of their keys. */
typedef struct tb_shape_set {
    size_t count;
    uint64_t firsts[TB_FIRSTS / 64]; /* the first characters, by their lowest bits: a first look */
    uint64_t pairs[TB_PAIRS / 64];   /* the first two, mixed: a second look */
    tb_shape *open;                  /* shapes that begin with a capture */
    size_t plain_count;
    size_t plain_room; /* a power of two; open addressing */
    tb_shape **plain;  /* shapes that are one literal and nothing else, by its hash */
    uint32_t node_count;
    uint32_t node_room;
    tb_shape **ends; /* of each node: the shapes whose first literal ends there */
    size_t edge_count;
    size_t edge_room; /* a power of two; open addressing */
    struct tb_shape_edge {
        uint64_t step; /* the node that it leaves and its character; 0: free */
        uint32_t to;
    } * edges;
} tb_shape_set;

/* The shape of these pieces, made and added where the set lacks it. NULL: no memory. */
const tb_shape *tb_shape_set_add(tb_shape_set *set, tb_arena *arena, const tb_piece *pieces,
                                 size_t count);

/* A cell's text folded for comparing, as far as labels can reach. */
#define TB_FOLDED_MAX 384
typedef struct tb_folded {
    tb_str text; /* as it stands in the cell */
    size_t size; /* of key */
    bool whole;  /* key is all of the text's key */
    char key[TB_FOLDED_MAX];
    uint32_t origin[TB_FOLDED_MAX + 1]; /* of each byte of key: its character's offset in text */
} tb_folded;

void tb_fold(tb_str text, tb_folded *ret_folded);
/* The same, but no more than about `limit` bytes of it. */
void tb_fold_beginning(tb_str text, size_t limit, tb_folded *ret_folded);

typedef struct tb_match {
    const tb_shape *shape;
    tb_str captures[TB_CAPTURES_MAX]; /* parts of the cell's text, trimmed */
    bool has_rest;                    /* a colon and more text follow the label */
    bool continued;                   /* the label says that it goes on: （续） */
    bool no_colon;                    /* the rest is a number that follows without one */
    tb_str rest;                      /* that text, trimmed */
} tb_match;

/* Whether the key is this label from `from` on, perhaps followed by a colon and a value. */
bool tb_shape_match(const tb_shape *shape, const tb_folded *folded, size_t from,
                    tb_match *ret_match);
/* As above, but nothing is said about what follows the last piece. *ret_end is the place in the
 * key behind it. */
bool tb_shape_match_at(const tb_shape *shape, const tb_folded *folded, size_t from,
                       tb_match *ret_match, size_t *ret_end);

/* The second character is 0 for all that are no ideographs. */
static inline size_t tb_shape_set__pair(uint32_t first, uint32_t second)
{
    return (first * 61 + second) % TB_PAIRS;
}

/* False where no label of the set begins with the text's first two characters, as far as two looks
 * tell. */
static inline bool tb_shape_set_may_match(const tb_shape_set *set, tb_str text)
{
    size_t at = 0;
    uint32_t first = text.size == 0 ? ' ' : tb_text_next(text, &at);
    if (!tb_text_is_own_key(first))
        return text.size > 0;
    if ((set->firsts[first % TB_FIRSTS / 64] >> first % 64 & 1) == 0)
        return false;
    if (!tb_text_is_ideograph(first))
        return true;
    uint32_t second = at == text.size ? ' ' : tb_text_next(text, &at);
    size_t pair = tb_shape_set__pair(first, tb_text_is_ideograph(second) ? second : 0);
    return (set->pairs[pair / 64] >> pair % 64 & 1) != 0;
}

/* Without the remark at its end that something goes on from the page before: （续）, （接上页）. */
tb_str tb_label_without_remark(tb_str text, bool *ret_continued);

/* The heaviest label that the text is, or NULL. *ret_match has no shape where the text is nothing
 * but the label. */
const tb_shape *tb_shape_set_match(const tb_shape_set *set, tb_str text, tb_match *ret_match);

#endif
