/*
 * A hash table with open addressing, and beside it a table of marks of the hashes that were seen
 * last, by which a content that occurs for the second time is known. Both are small, since what
 * does not recur costs mostly their cache lines; and of a field whose contents hardly ever recur
 * only one in some is looked up.
 */
#include "form/dictionary.h"

#include <stdlib.h>
#include <string.h>

#define SLOT_COUNT   4096u /* these three are powers of two */
#define SEEN_COUNT   8192u
#define HABIT_COUNT  256u
#define CONTENTS_MAX (SLOT_COUNT / 4 * 3)
#define TEXT_MAX     128 /* bytes; longer texts are sentences, which do not recur */

/* What became of looking up a field's contents lately; fields may share one by accident. */
typedef struct field_habit {
    uint8_t missed; /* 1 for each content that was unknown, less KNOWN_WEIGHT for each known */
    uint8_t passed; /* how many were passed over since it was so */
} field_habit;

#define KNOWN_WEIGHT 16
#define MISSED_MAX   128 /* so far, and only one in TRY_ONE_IN is looked up */
#define TRY_ONE_IN   8

struct tb_dictionary {
    tb_arena arena;
    size_t content_count;
    bool full;
    tb_dictionary_counts counts;
    uint32_t marks[SLOT_COUNT]; /* of the contents; 0: free */
    uint16_t seen[SEEN_COUNT];
    field_habit habits[HABIT_COUNT];
    tb_content *contents[SLOT_COUNT];
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
    memset(dictionary->marks, 0, sizeof dictionary->marks);
    dictionary->content_count = 0;
    dictionary->full = false;
    dictionary->counts.emptied++;
}

tb_arena *tb_dictionary_arena(tb_dictionary *dictionary)
{
    return &dictionary->arena;
}

static field_habit *habit_of(tb_dictionary *self, const tb_field *field)
{
    return &self->habits[(uintptr_t)field / sizeof *field & (HABIT_COUNT - 1)];
}

static bool is_worth_looking_up(field_habit *habit)
{
    return habit->missed < MISSED_MAX || ++habit->passed % TRY_ONE_IN == 0;
}

static void note_habit(field_habit *habit, bool known)
{
    if (known)
        habit->missed = habit->missed > KNOWN_WEIGHT ? habit->missed - KNOWN_WEIGHT : 0;
    else if (habit->missed < MISSED_MAX)
        habit->missed++;
}

/* Whether this hash was seen before; it is from now on. */
static bool see(tb_dictionary *self, uint64_t hash)
{
    uint16_t *place = &self->seen[hash >> 16 & (SEEN_COUNT - 1)], mark = (uint16_t)(hash | 1);
    bool seen = *place == mark;
    *place = mark;
    return seen;
}

static tb_content *make_content(tb_dictionary *self, const tb_field *field, tb_str text)
{
    tb_content *content = NULL;
    tb_str copy = {NULL, 0};
    if (self->content_count < CONTENTS_MAX && !self->full)
        content = tb_arena_alloc(&self->arena, sizeof *content);
    if (content != NULL)
        copy = tb_arena_dup(&self->arena, text);
    self->full |= copy.data == NULL;
    if (copy.data == NULL)
        return NULL;
    content->value.field = field;
    content->value.text = copy;
    content->value.content = content;
    self->content_count++;
    return content;
}

/* The slot of the content, or the free one where it belongs. */
static size_t find_slot(const tb_dictionary *self, uint64_t hash, const tb_field *field,
                        tb_str text)
{
    uint32_t mark = (uint32_t)(hash >> 32) | 1;
    size_t at = hash & (SLOT_COUNT - 1);
    for (; self->marks[at] != 0; at = (at + 1) & (SLOT_COUNT - 1)) {
        if (self->marks[at] != mark)
            continue;
        const tb_item *value = &self->contents[at]->value;
        if (value->field == field && tb_str_equal(value->text, text))
            break;
    }
    return at;
}

tb_content *tb_dictionary_find(tb_dictionary *dictionary, const tb_field *field, tb_str text)
{
    field_habit *habit = habit_of(dictionary, field);
    if (text.size > TEXT_MAX || !is_worth_looking_up(habit)) {
        dictionary->counts.unknown++;
        return NULL;
    }
    uint64_t hash = tb_str_hash(text, (uint64_t)(uintptr_t)field);
    size_t at = find_slot(dictionary, hash, field, text);
    bool known = dictionary->marks[at] != 0;
    if (!dictionary->full)
        note_habit(habit, known);
    dictionary->counts.known += known;
    dictionary->counts.unknown += !known;
    if (known)
        return dictionary->contents[at];
    tb_content *made = see(dictionary, hash) ? make_content(dictionary, field, text) : NULL;
    if (made != NULL) {
        dictionary->contents[at] = made;
        dictionary->marks[at] = (uint32_t)(hash >> 32) | 1;
    }
    return made;
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
