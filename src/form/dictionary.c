/*
 * A hash table with open addressing, and beside it a table of marks of the hashes that were seen
 * last, by which a text that occurs for the second time is known. Both are small, since what does
 * not recur costs mostly their cache lines; and of a place whose texts hardly ever recur only one
 * in some is looked up.
 */
#include "form/values.h"

#include <stdlib.h>
#include <string.h>

#define SLOT_COUNT  4096u /* these three are powers of two */
#define SEEN_COUNT  8192u
#define HABIT_COUNT 256u
#define TEXTS_MAX   (SLOT_COUNT / 4 * 3)
#define SIZE_KEPT   128 /* bytes; longer texts are sentences, which do not recur */

/* What became of looking up a place's texts, or an owner's pairs, lately; two may share one by
 * accident. */
typedef struct place_habit {
    uint8_t missed; /* 1 for each text that was unknown, less KNOWN_WEIGHT for each known */
    uint8_t passed; /* how many were passed over since it was so */
} place_habit;

typedef struct text_slot {
    uint32_t mark; /* of the hash; 0: free */
    uint32_t index;
} text_slot;

#define KNOWN_WEIGHT 16
#define MISSED_MAX   128 /* so far, and only one in TRY_ONE_IN is looked up */
#define TRY_ONE_IN   8

typedef struct content_pair {
    const tb_content *first, *second; /* first is NULL: free */
    tb_content_facts facts;
} content_pair;

#define PAIR_SLOT_COUNT  4096u /* these two are powers of two */
#define PAIR_HABIT_COUNT 16u
#define PAIRS_MAX        (PAIR_SLOT_COUNT / 2)

struct tb_dictionary {
    tb_arena arena;
    size_t text_count;
    bool full;
    tb_dictionary_counts counts;
    text_slot slots[SLOT_COUNT];
    uint16_t seen[SEEN_COUNT];
    place_habit habits[HABIT_COUNT];
    tb_known_text texts[TEXTS_MAX];
    size_t pair_count;
    place_habit pair_habits[PAIR_HABIT_COUNT];
    content_pair pairs[PAIR_SLOT_COUNT];
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

static void forget_pairs(tb_dictionary *self)
{
    memset(self->pairs, 0, sizeof self->pairs);
    self->pair_count = 0;
}

void tb_dictionary_begin(tb_dictionary *dictionary)
{
    if (dictionary->full || dictionary->pair_count >= PAIRS_MAX)
        forget_pairs(dictionary);
    if (!dictionary->full)
        return;
    tb_arena_reset(&dictionary->arena);
    memset(dictionary->slots, 0, sizeof dictionary->slots);
    dictionary->text_count = 0;
    dictionary->full = false;
    dictionary->counts.emptied++;
}

tb_arena *tb_dictionary_arena(tb_dictionary *dictionary)
{
    return &dictionary->arena;
}

static bool is_worth_looking_up(place_habit *habit)
{
    return habit->missed < MISSED_MAX || ++habit->passed % TRY_ONE_IN == 0;
}

static void note_habit(place_habit *habit, bool known)
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

static tb_known_text *keep_text(tb_dictionary *self, text_slot slot, size_t at, tb_str text)
{
    tb_str copy = {NULL, 0};
    if (self->text_count < TEXTS_MAX && !self->full)
        copy = tb_arena_dup(&self->arena, text);
    self->full |= copy.data == NULL;
    if (copy.data == NULL)
        return NULL;
    slot.index = (uint32_t)self->text_count++;
    self->slots[at] = slot;
    self->texts[slot.index] = (tb_known_text){.text = copy, .is_filler = tb_value_is_filler(copy)};
    return &self->texts[slot.index];
}

/* The slot of the text, or the free one where it belongs. */
static size_t find_slot(const tb_dictionary *self, uint64_t hash, uint32_t mark, tb_str text)
{
    size_t at = hash & (SLOT_COUNT - 1);
    for (; self->slots[at].mark != 0; at = (at + 1) & (SLOT_COUNT - 1)) {
        if (self->slots[at].mark == mark &&
            tb_str_equal(self->texts[self->slots[at].index].text, text))
            break;
    }
    return at;
}

tb_known_text *tb_dictionary_look_up(tb_dictionary *dictionary, tb_str text, size_t place)
{
    place_habit *habit = &dictionary->habits[place % HABIT_COUNT];
    if (text.size > SIZE_KEPT || !is_worth_looking_up(habit)) {
        dictionary->counts.unknown++;
        return NULL;
    }
    uint64_t hash = tb_str_hash(text, (uint64_t)(uintptr_t)dictionary);
    text_slot slot = {.mark = (uint32_t)(hash >> 32) | 1};
    size_t at = find_slot(dictionary, hash, slot.mark, text);
    bool known = dictionary->slots[at].mark != 0;
    if (!dictionary->full)
        note_habit(habit, known);
    dictionary->counts.known += known;
    dictionary->counts.unknown += !known;
    if (known)
        return &dictionary->texts[dictionary->slots[at].index];
    return see(dictionary, hash) ? keep_text(dictionary, slot, at, text) : NULL;
}

static tb_content *make_content(tb_dictionary *self, tb_known_text *text, const tb_field *field)
{
    tb_content *content = self->full ? NULL : tb_arena_alloc(&self->arena, sizeof *content);
    self->full = content == NULL;
    if (content == NULL)
        return NULL;
    content->next = text->contents;
    content->field = field;
    content->text = text;
    text->contents = content;
    return content;
}

tb_content *tb_dictionary_content(tb_dictionary *dictionary, tb_known_text *text,
                                  const tb_field *field)
{
    for (tb_content *content = text->contents; content != NULL; content = content->next) {
        if (content->field == field)
            return content;
    }
    return make_content(dictionary, text, field);
}

void *tb_dictionary_room(tb_dictionary *dictionary, size_t size)
{
    void *room = dictionary->full ? NULL : tb_arena_room(&dictionary->arena, size);
    dictionary->full = room == NULL;
    return room;
}

static void *make_facts(tb_dictionary *self, tb_content_facts *place, const void *owner,
                        size_t size)
{
    void *facts = self->full ? NULL : tb_arena_alloc(&self->arena, size);
    self->full = facts == NULL;
    if (facts != NULL)
        *place = (tb_content_facts){owner, facts};
    return facts;
}

void *tb_dictionary_facts(tb_dictionary *dictionary, tb_content *content, const void *owner,
                          size_t size)
{
    for (size_t i = 0; i < TB_CONTENT_OWNERS; i++) {
        tb_content_facts *place = &content->facts[i];
        if (place->owner == owner)
            return place->facts;
        if (place->owner == NULL)
            return make_facts(dictionary, place, owner, size);
    }
    return NULL;
}

static uint64_t hash_pair(const content_pair *pair)
{
    uint64_t hash = (uint64_t)(uintptr_t)pair->first * 0x9E3779B97F4A7C15u;
    hash ^= (uint64_t)(uintptr_t)pair->second ^ (uint64_t)(uintptr_t)pair->facts.owner << 20;
    hash *= 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

static bool same_pair(const content_pair *a, const content_pair *b)
{
    return a->first == b->first && a->second == b->second && a->facts.owner == b->facts.owner;
}

/* The place of the pair, or the free one where it belongs. */
static content_pair *find_pair(tb_dictionary *self, uint64_t hash, const content_pair *sought)
{
    size_t at = hash & (PAIR_SLOT_COUNT - 1);
    while (self->pairs[at].first != NULL && !same_pair(&self->pairs[at], sought))
        at = (at + 1) & (PAIR_SLOT_COUNT - 1);
    return &self->pairs[at];
}

static place_habit *pair_habit(tb_dictionary *self, const void *owner)
{
    uint64_t hash = (uint64_t)(uintptr_t)owner * 0x9E3779B97F4A7C15u;
    return &self->pair_habits[hash >> 32 & (PAIR_HABIT_COUNT - 1)];
}

void *tb_dictionary_pair_facts(tb_dictionary *dictionary, const tb_content *first,
                               const tb_content *second, const void *owner, size_t size)
{
    place_habit *habit = pair_habit(dictionary, owner);
    content_pair sought = {first, second, {owner, NULL}};
    if (!is_worth_looking_up(habit))
        return NULL;
    uint64_t hash = hash_pair(&sought);
    content_pair *place = find_pair(dictionary, hash, &sought);
    bool known = place->first != NULL;
    note_habit(habit, known);
    if (known)
        return place->facts.facts;
    if (dictionary->pair_count < PAIRS_MAX && see(dictionary, hash) &&
        make_facts(dictionary, &sought.facts, owner, size) != NULL) {
        *place = sought;
        dictionary->pair_count++;
    }
    return sought.facts.facts;
}

tb_str tb_dictionary_key(tb_dictionary *dictionary, tb_content *content)
{
    tb_known_text *text = content->text;
    if (text->key.data == NULL && !dictionary->full) {
        text->key = tb_text_key(&dictionary->arena, text->text);
        dictionary->full = text->key.data == NULL;
    }
    return text->key;
}

tb_dictionary_counts tb_dictionary_count(const tb_dictionary *dictionary)
{
    return dictionary->counts;
}
