/*
 * Many texts to look for at once: which of them equals a text, or stands within one. Both take as
 * long for thousands of texts as for a few.
 */
#ifndef TB_RULE_TEXT_INDEX_H
#define TB_RULE_TEXT_INDEX_H

#include "base/arena.h"

typedef struct tb_text_index tb_text_index;

/* An index in the arena of texts that outlive it. NULL: no memory. */
const tb_text_index *tb_text_index_make(tb_arena *arena, const tb_str *texts, size_t count);

#define TB_NO_TEXT SIZE_MAX

/* The place of the first text that equals this one, or TB_NO_TEXT. */
size_t tb_text_index_find(const tb_text_index *index, tb_str text);

/* Whether one of the texts that are not empty stands within `text` and not within `known`. */
bool tb_text_index_has_other(const tb_text_index *index, tb_str text, tb_str known);

#endif
