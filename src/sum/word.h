/*
 * The words that stand in tables for states, severities and kinds: one for programs, and what
 * people see instead.
 */
#ifndef TB_SUM_WORD_H
#define TB_SUM_WORD_H

#include "base/message.h"

/* 错误 for "error"; the word itself where it is none of ours. */
tb_str tb_sum_word(tb_str word, tb_language language);

#endif
