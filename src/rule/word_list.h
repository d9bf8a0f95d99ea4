/*
 * Lists of words in one parameter, between bars: "合格率|及时率".
 */
#ifndef TB_RULE_WORD_LIST_H
#define TB_RULE_WORD_LIST_H

#include "base/arena.h"
#include "base/text.h"

/* Whether one of the words is in the text, begins it, ends it. The text is folded already
 * (tb_text_key); the words are folded here, in the scratch arena. */
bool tb_word_list_has(tb_str words, tb_str folded, tb_arena *scratch);
bool tb_word_list_starts(tb_str words, tb_str folded, tb_arena *scratch);
bool tb_word_list_ends(tb_str words, tb_str folded, tb_arena *scratch);

#endif
