/*
 * words = word { "|" word }
 */
#include "rule/word_list.h"

static bool fits_any(tb_str words, tb_str folded, tb_arena *scratch,
                     bool (*fits)(tb_str text, tb_str word))
{
    for (size_t from = 0; from < words.size;) {
        ptrdiff_t bar = tb_str_find(tb_str_slice(words, from, words.size), TB_STR("|"));
        size_t to = bar < 0 ? words.size : from + (size_t)bar;
        tb_str word = tb_text_key(scratch, tb_str_slice(words, from, to));
        if (word.size > 0 && fits(folded, word))
            return true;
        from = to + 1;
    }
    return false;
}

static bool contains(tb_str text, tb_str word)
{
    return tb_str_find(text, word) >= 0;
}

bool tb_word_list_has(tb_str words, tb_str folded, tb_arena *scratch)
{
    return fits_any(words, folded, scratch, contains);
}

bool tb_word_list_starts(tb_str words, tb_str folded, tb_arena *scratch)
{
    return fits_any(words, folded, scratch, tb_str_starts);
}

bool tb_word_list_ends(tb_str words, tb_str folded, tb_arena *scratch)
{
    return fits_any(words, folded, scratch, tb_str_ends);
}
