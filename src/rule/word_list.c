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
    uint64_t ends; /* bit i: a word ends with a byte of which these are the last bits */
    word *buckets[BUCKETS];
};

/* The bucket of a character, by its last byte, in which characters differ most. */
static inline size_t bucket_of(char last_byte)
{
    return (unsigned char)last_byte % BUCKETS;
}

static inline size_t first_bucket(tb_str text, size_t character_size)
{
    return bucket_of(text.data[character_size - 1]);
}

/* The size of a text's first character. */
static inline size_t first_size(tb_str text)
{
    unsigned char lead = (unsigned char)text.data[0];
    size_t size = 0;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xE0 && lead < 0xF0 && text.size >= 3)
        return 3;
    tb_text_next(text, &size);
    return size;
}

static void add_word(tb_word_list *list, tb_str text)
{
    if (text.size == 0)
        return;
    size_t index = first_bucket(text, first_size(text));
    word **bucket = &list->buckets[index];
    word *added = &list->words[list->count++];
    *added = (word){text, *bucket};
    *bucket = added;
    list->used |= (uint64_t)1 << index;
    list->ends |= (uint64_t)1 << bucket_of(text.data[text.size - 1]);
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

/* The words that the text, whose first character has that size, may begin with; or NULL. */
static inline const word *find_bucket(const tb_word_list *list, tb_str text, size_t size)
{
    size_t index = first_bucket(text, size);
    return (list->used >> index & 1) != 0 ? list->buckets[index] : NULL;
}

static bool begins_with(tb_str text, const word *candidate)
{
    while (candidate != NULL && !tb_str_starts(text, candidate->text))
        candidate = candidate->next;
    return candidate != NULL;
}

bool tb_word_list_has(const tb_word_list *list, tb_str text)
{
    while (text.size > 0) {
        size_t size = first_size(text);
        const word *candidate = find_bucket(list, text, size);
        if (candidate != NULL && begins_with(text, candidate))
            return true;
        text = (tb_str){text.data + size, text.size - size};
    }
    return false;
}

bool tb_word_list_starts(const tb_word_list *list, tb_str text)
{
    return text.size > 0 && begins_with(text, find_bucket(list, text, first_size(text)));
}

static bool may_end(const tb_word_list *list, tb_str text)
{
    return text.size > 0 && (list->ends >> bucket_of(text.data[text.size - 1]) & 1) != 0;
}

bool tb_word_list_ends(const tb_word_list *list, tb_str text)
{
    if (!may_end(list, text))
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (tb_str_ends(text, list->words[i].text))
            return true;
    return false;
}

size_t tb_word_list_start_size(const tb_word_list *list, tb_str text)
{
    size_t size = 0;
    const word *candidate = text.size > 0 ? find_bucket(list, text, first_size(text)) : NULL;
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
