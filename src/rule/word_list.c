/*
 * words = word { "|" word }
 *
 * The words lie in buckets by their first character, so that most places of a text cost one look.
 */
#include "rule/word_list.h"

#include <string.h>

#define BUCKETS 64 /* bits of a mask */

typedef struct word {
    tb_str text;
    struct word *next; /* in its bucket */
} word;

struct tb_word_list {
    size_t count;
    word *words;
    uint64_t used; /* bit i: there is a word in bucket i */
    word *buckets[BUCKETS];
};

/* The last bits of a character are those of its last byte, which differ most. */
static size_t bucket_of(uint32_t c)
{
    return c % BUCKETS;
}

static void add_word(tb_word_list *list, tb_str text)
{
    if (text.size == 0)
        return;
    size_t at = 0;
    size_t index = bucket_of(tb_text_next(text, &at));
    word **bucket = &list->buckets[index];
    word *added = &list->words[list->count++];
    *added = (word){text, *bucket};
    *bucket = added;
    list->used |= (uint64_t)1 << index;
}

static size_t count_bars(tb_str words)
{
    size_t bars = 0;
    for (size_t i = 0; i < words.size; i++)
        bars += words.data[i] == '|';
    return bars;
}

const tb_word_list *tb_word_list_make(tb_arena *arena, tb_str words)
{
    tb_str key = tb_text_key(arena, words);
    tb_word_list *list = tb_arena_alloc(arena, sizeof *list);
    if (list == NULL || (key.data == NULL && words.size > 0))
        return NULL;
    list->words = tb_arena_array(arena, count_bars(key) + 1, sizeof *list->words);
    if (list->words == NULL)
        return NULL;
    for (size_t from = 0; from < key.size;) {
        const char *bar = memchr(key.data + from, '|', key.size - from);
        size_t to = bar == NULL ? key.size : (size_t)(bar - key.data);
        add_word(list, tb_str_slice(key, from, to));
        from = to + 1;
    }
    return list;
}

/* The words that may begin with the character, or NULL. */
static inline const word *find_bucket(const tb_word_list *list, uint32_t c)
{
    size_t index = bucket_of(c);
    return (list->used >> index & 1) != 0 ? list->buckets[index] : NULL;
}

/* Whether a word stands at `at`, which moves to the next character. */
static bool stands_at(const tb_word_list *list, tb_str text, size_t *at)
{
    tb_str rest = {text.data + *at, text.size - *at};
    const word *candidate = find_bucket(list, tb_text_next(text, at));
    while (candidate != NULL && !tb_str_starts(rest, candidate->text))
        candidate = candidate->next;
    return candidate != NULL;
}

bool tb_word_list_has(const tb_word_list *list, tb_str text)
{
    for (size_t at = 0; at < text.size;)
        if (stands_at(list, text, &at))
            return true;
    return false;
}

bool tb_word_list_starts(const tb_word_list *list, tb_str text)
{
    size_t at = 0;
    return text.size > 0 && stands_at(list, text, &at);
}

bool tb_word_list_ends(const tb_word_list *list, tb_str text)
{
    for (size_t i = 0; i < list->count; i++)
        if (tb_str_ends(text, list->words[i].text))
            return true;
    return false;
}

size_t tb_word_list_start_size(const tb_word_list *list, tb_str text)
{
    size_t at = 0, size = 0;
    const word *candidate = text.size > 0 ? find_bucket(list, tb_text_next(text, &at)) : NULL;
    for (; candidate != NULL; candidate = candidate->next)
        if (candidate->text.size > size && tb_str_starts(text, candidate->text))
            size = candidate->text.size;
    return size;
}

size_t tb_word_list_end_size(const tb_word_list *list, tb_str text)
{
    size_t size = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->words[i].text.size > size && tb_str_ends(text, list->words[i].text))
            size = list->words[i].text.size;
    return size;
}
