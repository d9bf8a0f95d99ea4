/*
 * A hash table with open addressing, and beside it a table of the hashes that were seen last, by
 * which a content that occurs for the second time is known.
 */
#include "form/dictionary.h"

#include <stdlib.h>
#include <string.h>

#define SLOT_COUNT   4096u /* powers of two */
#define SEEN_COUNT   8192u
#define CONTENTS_MAX (SLOT_COUNT / 4 * 3)
#define TEXT_MAX     128 /* bytes; longer texts are sentences, which do not recur */

typedef struct slot {
    uint64_t hash;
    tb_content *content; /* NULL: free */
} slot;

struct tb_dictionary {
    tb_arena arena;
    size_t content_count;
    bool full;
    tb_dictionary_counts counts;
    slot slots[SLOT_COUNT];
    uint32_t seen[SEEN_COUNT];
};

tb_dictionary *tb_dictionary_new(size_t max)
{
    tb_dictionary *dictionary = calloc(1, sizeof *dictionary);
    if (dictionary != NULL)
        tb_arena_init(&dictionary->arena, max);
    return dictionary;
}

void tb_dictionary_free(tb_dictionary *dictionary)
{
    if (dictionary == NULL)
        return;
    tb_arena_done(&dictionary->arena);
    free(dictionary);
}

void tb_dictionary_begin(tb_dictionary *dictionary)
{
    if (!dictionary->full)
        return;
    tb_arena_reset(&dictionary->arena);
    memset(dictionary->slots, 0, sizeof dictionary->slots);
    dictionary->content_count = 0;
    dictionary->full = false;
    dictionary->counts.emptied++;
}

tb_arena *tb_dictionary_arena(tb_dictionary *dictionary)
{
    return &dictionary->arena;
}

/* Whether this hash was seen before; it is from now on. */
static bool see(tb_dictionary *self, uint64_t hash)
{
    uint32_t *place = &self->seen[hash >> 20 & (SEEN_COUNT - 1)], mark = (uint32_t)hash | 1;
    bool seen = *place == mark;
    *place = mark;
    return seen;
}

static tb_content *add(tb_dictionary *self, slot *place, uint64_t hash, const tb_field *field,
                       tb_str text)
{
    tb_content *content = NULL;
    tb_str copy = {NULL, 0};
    if (self->content_count < CONTENTS_MAX)
        content = tb_arena_alloc(&self->arena, sizeof *content);
    if (content != NULL)
        copy = tb_arena_dup(&self->arena, text);
    if (copy.data == NULL) {
        self->full = true;
        return NULL;
    }
    content->value.field = field;
    content->value.text = copy;
    content->value.content = content;
    *place = (slot){hash, content};
    self->content_count++;
    return content;
}

tb_content *tb_dictionary_find(tb_dictionary *dictionary, const tb_field *field, tb_str text)
{
    if (text.size > TEXT_MAX)
        return NULL;
    uint64_t hash = tb_str_hash(text, (uint64_t)(uintptr_t)field);
    size_t at = hash & (SLOT_COUNT - 1);
    for (; dictionary->slots[at].content != NULL; at = (at + 1) & (SLOT_COUNT - 1)) {
        const slot *place = &dictionary->slots[at];
        const tb_item *value = &place->content->value;
        if (place->hash == hash && value->field == field && tb_str_equal(value->text, text)) {
            dictionary->counts.known++;
            return place->content;
        }
    }
    dictionary->counts.unknown++;
    if (!see(dictionary, hash) || dictionary->full)
        return NULL;
    return add(dictionary, &dictionary->slots[at], hash, field, text);
}

static uint8_t *make_facts(tb_dictionary *self, tb_content_facts *place, const void *owner,
                           size_t count)
{
    uint8_t *facts = self->full ? NULL : tb_arena_alloc(&self->arena, count);
    self->full = facts == NULL;
    if (facts != NULL)
        *place = (tb_content_facts){owner, facts};
    return facts;
}

uint8_t *tb_dictionary_facts(tb_dictionary *dictionary, tb_content *content, const void *owner,
                             size_t count)
{
    for (size_t i = 0; i < TB_CONTENT_OWNERS; i++) {
        tb_content_facts *place = &content->facts[i];
        if (place->owner == owner)
            return place->facts;
        if (place->owner == NULL)
            return make_facts(dictionary, place, owner, count);
    }
    return NULL;
}

tb_str tb_dictionary_key(tb_dictionary *dictionary, tb_content *content)
{
    if (content->key.data == NULL && !dictionary->full) {
        content->key = tb_text_key(&dictionary->arena, content->value.text);
        dictionary->full = content->key.data == NULL;
    }
    return content->key;
}

tb_dictionary_counts tb_dictionary_count(const tb_dictionary *dictionary)
{
    return dictionary->counts;
}
