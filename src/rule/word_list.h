/*
 * Lists of words in one parameter, between bars: "合格率|及时率". The list and the text are folded
 * already (tb_text_key).
 */
#ifndef TB_RULE_WORD_LIST_H
#define TB_RULE_WORD_LIST_H

#include "base/text.h"

/* Whether one of the words is in the text, begins it, ends it. */
bool tb_word_list_has(tb_str words, tb_str text);
bool tb_word_list_starts(tb_str words, tb_str text);
bool tb_word_list_ends(tb_str words, tb_str text);

#endif
