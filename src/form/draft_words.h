/*
 * What is commonly printed on forms, and what it usually means: for the first guess that draft.c
 * makes of a form nobody has defined yet.
 */
#ifndef TB_FORM_DRAFT_WORDS_H
#define TB_FORM_DRAFT_WORDS_H

#include "base/text.h"

typedef struct tb_draft_word {
    const char *label; /* folded as labels are compared */
    const char *id;    /* NULL: only tells the type, wherever it occurs in a label */
    const char *name;  /* in English */
    const char *type;  /* as in form.json */
} tb_draft_word;

/* The row for a label's key, or the first whose text occurs in it; never NULL: the last row is for
 * everything else. */
const tb_draft_word *tb_draft_find_word(tb_str key);

#endif
