/*
 * Contents that recur: what values.c made of the texts of fields, kept from form to form, so that a
 * text that is known is not read again (≥95%, 数量指标, the name of an indicator). What rules found
 * out about a content is kept with it (rule/column.c).
 *
 * A content is kept when it is seen for the second time, so what never recurs costs a hash, and
 * where nearly nothing recurs only now and then. Memory is bounded; a full dictionary takes nothing
 * more, and is emptied before the next form. What was read from it is good until then. One
 * dictionary serves one thread.
 */
#ifndef TB_FORM_DICTIONARY_H
#define TB_FORM_DICTIONARY_H

#include "form/form.h"

#define TB_CONTENT_OWNERS 2

/* What one owner, whoever that is, found out about a content; a byte each, 0 at first. */
typedef struct tb_content_facts {
    const void *owner; /* NULL: none yet */
    uint8_t *facts;
} tb_content_facts;

typedef struct tb_content {
    tb_item value; /* as read; its text is the dictionary's own; of a place it knows nothing */
    bool is_read;  /* the value is filled in */
    tb_str key;    /* tb_text_key of the text, when it was asked for; else without data */
    tb_content_facts facts[TB_CONTENT_OWNERS];
} tb_content;

typedef struct tb_dictionary tb_dictionary;

typedef struct tb_dictionary_counts {
    uint64_t known, unknown; /* texts that were read */
    uint64_t emptied;        /* how often */
} tb_dictionary_counts;

/* One that takes no more than so much memory beside its tables (TB_MAX_CONTENT_MEMORY). NULL: no
 * memory; the caller frees it. */
tb_dictionary *tb_dictionary_new(size_t max);
void tb_dictionary_free(tb_dictionary *dictionary);

/* Before a form is located: empties the dictionary where it is full. */
void tb_dictionary_begin(tb_dictionary *dictionary);

/* Whether contents of the field are kept. Quantities are not: they do not recur, and their columns
 * are settled afterwards (form/values.h). */
static inline bool tb_field_may_recur(const tb_field *field)
{
    return field->type != TB_FIELD_AMOUNT && field->type != TB_FIELD_NUMBER &&
           field->type != TB_FIELD_SHARE;
}

/* The content of a text that is neither empty nor has blanks at its ends, read as that field; NULL
 * where none is kept. One that is not read yet has only its field and text. */
tb_content *tb_dictionary_find(tb_dictionary *dictionary, const tb_field *field, tb_str text);

/* Where what is kept with a content lives. */
tb_arena *tb_dictionary_arena(tb_dictionary *dictionary);

/* The owner's facts of the content, `count` of them, which is always the same for an owner. NULL:
 * there is no room left. */
uint8_t *tb_dictionary_facts(tb_dictionary *dictionary, tb_content *content, const void *owner,
                             size_t count);

/* The key of the content's text (tb_text_key). NULL data: there is no room left. */
tb_str tb_dictionary_key(tb_dictionary *dictionary, tb_content *content);

tb_dictionary_counts tb_dictionary_count(const tb_dictionary *dictionary);

#endif
