/*
 * One row a word.
 */
#include "sum/word.h"

static const struct word {
    const char *word;
    tb_message text;
} words[] = {
    {"comparison", TB_MSG_SUM_WORD_COMPARISON},
    {"quality", TB_MSG_SUM_WORD_QUALITY},
    {"deadline", TB_MSG_SUM_WORD_DEADLINE},
    {"frequency", TB_MSG_SUM_WORD_FREQUENCY},
    {"range", TB_MSG_SUM_WORD_RANGE},
    {"error", TB_MSG_SUM_WORD_ERROR},
    {"warning", TB_MSG_SUM_WORD_WARNING},
    {"notice", TB_MSG_SUM_WORD_NOTICE},
    {"current", TB_MSG_SUM_WORD_CURRENT},
    {"stale", TB_MSG_SUM_WORD_STALE},
    {"refused", TB_MSG_SUM_WORD_REFUSED},
    {"unused", TB_MSG_SUM_WORD_UNUSED},
    {"pass", TB_MSG_SUM_WORD_PASS},
    {"fail", TB_MSG_SUM_WORD_FAIL},
    {"set_aside", TB_MSG_SUM_WORD_SET_ASIDE},
    {"unreadable", TB_MSG_SUM_WORD_UNREADABLE},
    {"unrecognised", TB_MSG_SUM_WORD_UNRECOGNISED},
    {"no_form", TB_MSG_SUM_WORD_NO_FORM},
    {"missing", TB_MSG_SUM_WORD_MISSING},
    {"listed", TB_MSG_SUM_WORD_LISTED},
    {"unlisted", TB_MSG_SUM_WORD_UNLISTED},
};

tb_str tb_sum_word(tb_str word, tb_language language)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tb_str_equal(word, tb_str_of(words[i].word)))
            return tb_str_of(tb_message_get(language, words[i].text));
    return word;
}
