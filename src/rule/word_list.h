/*
 * Lists of words in one parameter, between bars: "合格率|及时率". Made once, with the formula that
 * uses it, so that a text is looked through once for all words.
 */
#ifndef TB_RULE_WORD_LIST_H
#define TB_RULE_WORD_LIST_H

#include "base/arena.h"

typedef struct tb_word_list tb_word_list;

/* The list of these words, folded (tb_text_key), in the arena; NULL when memory ran out. */
const tb_word_list *tb_word_list_make(tb_arena *arena, tb_str words);

/* Whether one of the words is in the text, begins it, ends it. The text is folded already. */
bool tb_word_list_has(const tb_word_list *list, tb_str text);
bool tb_word_list_starts(const tb_word_list *list, tb_str text);
bool tb_word_list_ends(const tb_word_list *list, tb_str text);
/* The size of the longest word that the text begins or ends with, or 0. */
size_t tb_word_list_start_size(const tb_word_list *list, tb_str text);
size_t tb_word_list_end_size(const tb_word_list *list, tb_str text);

#endif
