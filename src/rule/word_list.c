/*
 * words = word { "|" word }
 */
#include "rule/word_list.h"

#include <string.h>

static bool fits_any(tb_str words, tb_str text, bool (*fits)(tb_str text, tb_str word))
{
    for (size_t from = 0; from < words.size;) {
        const char *bar = memchr(words.data + from, '|', words.size - from);
        size_t to = bar == NULL ? words.size : (size_t)(bar - words.data);
        tb_str word = tb_str_slice(words, from, to);
        if (word.size > 0 && fits(text, word))
            return true;
        from = to + 1;
    }
    return false;
}

static bool contains(tb_str text, tb_str word)
{
    return tb_str_find(text, word) >= 0;
}

bool tb_word_list_has(tb_str words, tb_str text)
{
    return fits_any(words, text, contains);
}

bool tb_word_list_starts(tb_str words, tb_str text)
{
    return fits_any(words, text, tb_str_starts);
}

bool tb_word_list_ends(tb_str words, tb_str text)
{
    return fits_any(words, text, tb_str_ends);
}
