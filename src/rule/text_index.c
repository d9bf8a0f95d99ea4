/*
 * A hash table of the texts, and the list of their sizes: what stands at a place of a longer text
 * is looked up once for each size that there is.
 */
#include "rule/text_index.h"

#include <string.h>

struct tb_text_index {
    const tb_str *texts;
    size_t mask;
    size_t *slots; /* places of texts, from 1; 0: free */
    size_t size_count;
    size_t *sizes; /* those that occur, 0 left out */
};

/* The slot of the text, or the free one where it belongs. */
static size_t *find_slot(const tb_text_index *self, tb_str text)
{
    size_t at = (size_t)tb_str_hash(text, 0) & self->mask;
    while (self->slots[at] != 0 && !tb_str_equal(self->texts[self->slots[at] - 1], text))
        at = (at + 1) & self->mask;
    return &self->slots[at];
}

static void note_size(tb_text_index *self, size_t size)
{
    size_t at = 0;
    while (at < self->size_count && self->sizes[at] != size)
        at++;
    self->sizes[at] = size;
    self->size_count += size > 0 && at == self->size_count;
}

const tb_text_index *tb_text_index_make(tb_arena *arena, const tb_str *texts, size_t count)
{
    size_t slot_count = 8;
    while (slot_count < 2 * count)
        slot_count *= 2;
    tb_text_index *made = tb_arena_alloc(arena, sizeof *made);
    size_t *slots = tb_arena_array(arena, slot_count, sizeof *slots);
    size_t *sizes = tb_arena_array(arena, count + 1, sizeof *sizes);
    if (made == NULL || slots == NULL || sizes == NULL)
        return NULL;
    *made = (tb_text_index){.texts = texts, .mask = slot_count - 1, .slots = slots, .sizes = sizes};
    for (size_t i = 0; i < count; i++) {
        size_t *slot = find_slot(made, texts[i]);
        if (*slot != 0)
            continue;
        *slot = i + 1;
        note_size(made, texts[i].size);
    }
    return made;
}

size_t tb_text_index_find(const tb_text_index *index, tb_str text)
{
    size_t place = *find_slot(index, text);
    return place != 0 ? place - 1 : TB_NO_TEXT;
}

/* Whether such a text begins the text. */
static bool begins_with_other(const tb_text_index *self, tb_str text, tb_str known)
{
    for (size_t i = 0; i < self->size_count; i++) {
        if (self->sizes[i] > text.size)
            continue;
        tb_str part = tb_str_slice(text, 0, self->sizes[i]);
        if (*find_slot(self, part) != 0 && tb_str_find(known, part) < 0)
            return true;
    }
    return false;
}

bool tb_text_index_has_other(const tb_text_index *index, tb_str text, tb_str known)
{
    for (size_t at = 0; at < text.size; at++)
        if (((unsigned char)text.data[at] & 0xC0) != 0x80 &&
            begins_with_other(index, tb_str_slice(text, at, text.size), known))
            return true;
    return false;
}
