/*
 * All labels of a definition as a trie: a cell's text is followed through it character by
 * character, so that what is no label costs a step or two. Only a label with something behind or
 * before it is folded and matched piece by piece (label.c).
 */
#include <string.h>

#include "form/label.h"

#define ROOT       1u /* 0 is no node */
#define FIRST_ROOM 64u

#define OPEN_SIZE_MAX 48 /* bytes of a cell that may be a label beginning with a capture */

/* What may stand before a label. */
static bool is_decoration(uint32_t c)
{
    return c == '(' || c == '*' || c == 0x2605 /* ★ */;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* The trie */

static uint64_t step_of(uint32_t node, uint32_t c)
{
    return (uint64_t)node << 32 | c;
}

static size_t slot_of(const tb_shape_set *set, uint64_t step)
{
    size_t mask = set->edge_room - 1, slot = (size_t)(step * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (set->edges[slot].step != 0 && set->edges[slot].step != step)
        slot = (slot + 1) & mask;
    return slot;
}

/* The node behind that character, or 0. */
static uint32_t follow(const tb_shape_set *set, uint32_t node, uint32_t c)
{
    return set->edges[slot_of(set, step_of(node, c))].to;
}

/* Room for one more edge in a table that is never more than half full. */
static bool grow_edges(tb_shape_set *set, tb_arena *arena)
{
    if (2 * (set->edge_count + 1) <= set->edge_room)
        return true;
    struct tb_shape_edge *old = set->edges;
    size_t old_room = set->edge_room;
    set->edge_room = old_room == 0 ? FIRST_ROOM : 2 * old_room;
    set->edges = tb_arena_array(arena, set->edge_room, sizeof *set->edges);
    for (size_t i = 0; set->edges != NULL && i < old_room; i++) {
        if (old[i].step != 0)
            set->edges[slot_of(set, old[i].step)] = old[i];
    }
    return set->edges != NULL;
}

static bool grow_nodes(tb_shape_set *set, tb_arena *arena)
{
    if (set->node_count < set->node_room)
        return true;
    uint32_t room = set->node_room == 0 ? FIRST_ROOM : 2 * set->node_room;
    set->ends = tb_arena_grow(arena, set->ends, set->node_room, room, sizeof(tb_shape *));
    set->node_room = room;
    if (set->node_count == 0)
        set->node_count = ROOT + 1;
    return set->ends != NULL;
}

static bool add_step(tb_shape_set *set, tb_arena *arena, uint32_t *node, uint32_t c)
{
    if (!grow_edges(set, arena) || !grow_nodes(set, arena))
        return false;
    struct tb_shape_edge *edge = &set->edges[slot_of(set, step_of(*node, c))];
    if (edge->step == 0) {
        *edge = (struct tb_shape_edge){step_of(*node, c), set->node_count++};
        set->edge_count++;
    }
    *node = edge->to;
    return true;
}

/* For tb_shape_set_may_match; 0 stands for the digits that a shape may begin with which begins with
 * a capture. Decorations may begin any. */
static void enter_first(tb_shape_set *set, uint32_t c)
{
    static const char any[] = "(*0123456789";
    size_t size = c == 0 ? sizeof any - 1 : 2;
    for (size_t i = 0; i < size; i++)
        set->firsts[(unsigned char)any[i] / 64] |= (uint64_t)1 << any[i] % 64;
    set->firsts[c % TB_FIRSTS / 64] |= (uint64_t)(c != 0) << c % 64;
}

/* The same for the second look. A literal of one character may have any behind it. */
static void enter_pair(tb_shape_set *set, tb_str key)
{
    size_t at = 0;
    uint32_t first = tb_text_next(key, &at), second = 0;
    if (at == key.size)
        memset(set->pairs, 0xFF, sizeof set->pairs);
    else
        second = tb_text_next(key, &at);
    size_t other = tb_shape_set__pair(first, 0);
    size_t pair = tb_shape_set__pair(first, tb_text_is_ideograph(second) ? second : 0);
    set->pairs[other / 64] |= (uint64_t)1 << other % 64;
    set->pairs[pair / 64] |= (uint64_t)1 << pair % 64;
}

/* The list in which a shape belongs that begins with this piece; NULL: no memory. */
static tb_shape **list_of(tb_shape_set *set, tb_arena *arena, const tb_piece *first)
{
    uint32_t node = ROOT;
    if (!grow_edges(set, arena) || !grow_nodes(set, arena))
        return NULL;
    size_t begin = 0;
    enter_first(set, first->kind == TB_PIECE_LITERAL ? tb_text_next(first->key, &begin) : 0);
    if (first->kind != TB_PIECE_LITERAL)
        return &set->open;
    enter_pair(set, first->key);
    for (size_t at = 0; at < first->key.size;) {
        if (!add_step(set, arena, &node, tb_text_next(first->key, &at)))
            return NULL;
    }
    return &set->ends[node];
}

/* Labels without captures, by their keys */

/* Where the label of that key is or belongs. */
static tb_shape **find_plain(const tb_shape_set *set, tb_str key)
{
    size_t mask = set->plain_room - 1, slot = (size_t)tb_str_hash(key, 0) & mask;
    while (set->plain[slot] != NULL && !tb_str_equal(set->plain[slot]->pieces[0].key, key))
        slot = (slot + 1) & mask;
    return &set->plain[slot];
}

/* Room for one more in a table that is never more than a quarter full. */
static bool grow_plain(tb_shape_set *set, tb_arena *arena)
{
    if (4 * (set->plain_count + 1) <= set->plain_room)
        return true;
    tb_shape **old = set->plain;
    size_t old_room = set->plain_room;
    set->plain_room = old_room == 0 ? FIRST_ROOM : 2 * old_room;
    set->plain = tb_arena_array(arena, set->plain_room, sizeof(tb_shape *));
    for (size_t i = 0; set->plain != NULL && i < old_room; i++) {
        if (old[i] != NULL)
            *find_plain(set, old[i]->pieces[0].key) = old[i];
    }
    return set->plain != NULL;
}

/* One that begins with a decoration is left to the full look. */
static bool enter_plain(tb_shape_set *set, tb_arena *arena, tb_shape *shape)
{
    tb_str key = shape->pieces[0].key;
    size_t at = 0;
    if (shape->piece_count > 1 || shape->pieces[0].kind != TB_PIECE_LITERAL ||
        is_decoration(tb_text_next(key, &at)))
        return true;
    if (!grow_plain(set, arena))
        return false;
    *find_plain(set, key) = shape;
    set->plain_count++;
    return true;
}

static bool same_pieces(const tb_shape *shape, const tb_piece *pieces, size_t count)
{
    if (shape->piece_count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (shape->pieces[i].kind != pieces[i].kind ||
            !tb_str_equal(shape->pieces[i].key, pieces[i].key))
            return false;
    }
    return true;
}

static bool has_ideograph(tb_str key)
{
    for (size_t at = 0; at < key.size;) {
        if (tb_text_is_ideograph(tb_text_next(key, &at)))
            return true;
    }
    return false;
}

static void sum_up(tb_shape *shape)
{
    shape->weight = 0;
    shape->is_numbering = true;
    for (size_t i = 0; i < shape->piece_count; i++) {
        shape->weight += shape->pieces[i].key.size;
        if (has_ideograph(shape->pieces[i].key))
            shape->is_numbering = false;
    }
}

const tb_shape *tb_shape_set_add(tb_shape_set *set, tb_arena *arena, const tb_piece *pieces,
                                 size_t count)
{
    tb_shape **list = list_of(set, arena, &pieces[0]);
    if (list == NULL)
        return NULL;
    for (tb_shape *shape = *list; shape != NULL; shape = shape->next) {
        if (same_pieces(shape, pieces, count))
            return shape;
    }
    tb_shape *shape = tb_arena_alloc(arena, sizeof *shape);
    if (shape == NULL)
        return NULL;
    *shape = (tb_shape){.index = set->count++, .piece_count = count, .next = *list};
    memcpy(shape->pieces, pieces, count * sizeof *pieces);
    sum_up(shape);
    *list = shape;
    return enter_plain(set, arena, shape) ? shape : NULL;
}

/* A first look at a text */

typedef struct label_walk {
    const tb_shape_set *set;
    uint32_t node;
    bool decorated;   /* something stands before the label */
    bool found;       /* some label's first literal was passed */
    bool digit_first; /* of what is behind the decoration */
} label_walk;

/* False: no label goes on so. */
static bool take_step(label_walk *walk, uint32_t c)
{
    uint32_t next = follow(walk->set, walk->node, c);
    if (walk->node == ROOT) {
        walk->digit_first = is_digit(c);
        if (is_decoration(c)) {
            walk->decorated = true;
            walk->found = next != 0; /* a label may begin so too: leave it to the full look */
            return next == 0;
        }
    }
    walk->node = next;
    walk->found = walk->found || (next != 0 && walk->set->ends[next] != NULL);
    return next != 0;
}

static bool take_key(label_walk *walk, tb_str key)
{
    for (size_t at = 0; at < key.size;) {
        if (!take_step(walk, tb_text_next(key, &at)))
            return false;
    }
    return true;
}

/* Whether the text was followed to its end. */
static bool follow_text(label_walk *walk, tb_str text)
{
    for (size_t at = 0; at < text.size;) {
        char part[TB_TEXT_KEY_MAX];
        uint32_t c = tb_text_next(text, &at);
        if (tb_text_is_ideograph(c) ? !take_step(walk, c)
                                    : !take_key(walk, (tb_str){part, tb_text_key_of(c, part)}))
            return false;
    }
    return true;
}

/* Of the shapes that end at the node the one that is nothing but this literal, or NULL. */
static const tb_shape *whole_label(const tb_shape_set *set, uint32_t node)
{
    const tb_shape *shape = set->ends[node];
    while (shape != NULL && shape->piece_count > 1)
        shape = shape->next;
    return shape;
}

/* The full look, at the folded text */

typedef struct label_search {
    const tb_shape_set *set;
    const tb_folded *folded;
    tb_match best;
    size_t refused; /* the largest weight of the shapes that did not match */
} label_search;

/* What a shape must outweigh; a match without a colon gives way to any other. */
static size_t weight_of(const tb_match *match)
{
    return match->shape == NULL || match->no_colon ? 0 : match->shape->weight;
}

static void match_list(label_search *search, const tb_shape *shape, size_t from)
{
    for (; shape != NULL; shape = shape->next) {
        tb_match match;
        if (shape->weight <= weight_of(&search->best))
            continue;
        if (tb_shape_match(shape, search->folded, from, &match) &&
            (search->best.shape == NULL || !match.no_colon))
            search->best = match;
        else if (shape->weight > search->refused)
            search->refused = shape->weight;
    }
}

static void match_from(label_search *search, size_t from)
{
    tb_str key = {search->folded->key, search->folded->size};
    uint32_t node = ROOT;
    for (size_t at = from; at < key.size;) {
        node = follow(search->set, node, tb_text_next(key, &at));
        if (node == 0)
            return;
        match_list(search, search->set->ends[node], from);
    }
}

static size_t skip_decoration(const tb_folded *folded)
{
    size_t from = 0;
    while (from < folded->size) {
        size_t next = from;
        if (!is_decoration(tb_text_next((tb_str){folded->key, folded->size}, &next)))
            break;
        from = next;
    }
    return from;
}

static void match_folded(label_search *search, bool open)
{
    size_t from = skip_decoration(search->folded);
    search->best = (tb_match){0};
    search->refused = 0;
    match_from(search, from);
    if (from > 0)
        match_from(search, 0);
    if (open)
        match_list(search, search->set->open, from);
}

#define BEGINNING 72 /* bytes of a key that tell most labels */

/* A label such as 目标1：… is known by its beginning, however long its text is. Only where a label
 * that was refused might outweigh it, all of the text is looked at. */
static const tb_shape *match_slowly(const tb_shape_set *set, tb_str text, bool open,
                                    tb_match *ret_match)
{
    tb_folded folded;
    label_search search = {.set = set, .folded = &folded};
    tb_fold_beginning(text, BEGINNING, &folded);
    match_folded(&search, open);
    if (!folded.whole && search.refused > weight_of(&search.best)) {
        tb_fold(text, &folded);
        match_folded(&search, open);
    }
    *ret_match = search.best;
    return ret_match->shape;
}

const tb_shape *tb_shape_set_match(const tb_shape_set *set, tb_str text, tb_match *ret_match)
{
    label_walk walk = {.set = set, .node = ROOT};
    if (set->count == 0)
        return NULL;
    ret_match->shape = NULL;
    const tb_shape *same = set->plain_count == 0 ? NULL : *find_plain(set, text);
    if (same != NULL)
        return same;
    bool whole = follow_text(&walk, text) && walk.found && !walk.decorated;
    const tb_shape *label = whole ? whole_label(set, walk.node) : NULL;
    if (label != NULL)
        return label;
    bool open = walk.digit_first && set->open != NULL && text.size <= OPEN_SIZE_MAX;
    return walk.found || open ? match_slowly(set, text, open, ret_match) : NULL;
}
