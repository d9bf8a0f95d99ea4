/*
 * Texts that recur, kept from form to form with what was found out about them: which label they are
 * (scan.c), and their contents, that is what values.c made of them as the value of a field (≥95%,
 * 数量指标, the name of an indicator). What rules found out about a content, or about two that
 * stand side by side, is kept too (rule/fact.h). So a cell's text is looked up once for all of
 * that.
 *
 * A text is kept when it is seen for the second time, so what never recurs costs a hash, and where
 * nearly nothing recurs only now and then. Memory is bounded; a full dictionary takes nothing more,
 * and is emptied before the next form. What was read from it is good until then. One dictionary
 * serves one thread.
 */
#ifndef TB_FORM_DICTIONARY_H
#define TB_FORM_DICTIONARY_H

#include "form/form.h"

struct tb_match; /* form/label.h */
struct tb_shape;
struct tb_shape_set;

#define TB_CONTENT_OWNERS 2

/* What one owner, whoever that is, found out about a content; zeros at first. */
typedef struct tb_content_facts {
    const void *owner; /* NULL: none yet */
    void *facts;
} tb_content_facts;

/* A text as the value of a field. */
typedef struct tb_content {
    struct tb_content *next; /* of the same text, in another field */
    const tb_field *field;
    struct tb_known_text *text;
    bool is_read; /* what follows is filled in, as in a tb_item */
    bool code_is_alias;
    tb_item_state state;
    int decimals;
    tb_decimal number;
    const tb_code *code;
    const tb_indicator *indicator;
    tb_content_facts facts[TB_CONTENT_OWNERS];
} tb_content;

typedef struct tb_known_text {
    tb_str text; /* the dictionary's own */
    tb_content *contents;
    const struct tb_shape_set *labels; /* that `label` is one of; NULL: it was not looked for */
    const struct tb_shape *label;      /* that the text is, or NULL */
    struct tb_match *match;            /* what the label captured of it; NULL: nothing */
    bool is_filler;                    /* it only holds a place (form/values.h) */
    tb_str key;                        /* tb_text_key, when it was asked for; else without data */
    bool is_plain;                     /* it was written as JSON and needed no escape */
} tb_known_text;

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

/* What is known of a text that is neither empty nor has blanks at its ends; NULL where nothing is
 * kept. Texts of one `place`, whatever that number stands for, recur more or less often: where they
 * hardly do, only some are looked up. */
tb_known_text *tb_dictionary_look_up(tb_dictionary *dictionary, tb_str text, size_t place);

/* The text as the value of that field. One that is not read yet has nothing but text and field.
 * NULL: there is no room left. */
tb_content *tb_dictionary_content(tb_dictionary *dictionary, tb_known_text *text,
                                  const tb_field *field);

/* Where what is kept with a content lives. */
tb_arena *tb_dictionary_arena(tb_dictionary *dictionary);
/* Room there for what is kept with a text. NULL: there is none left. */
void *tb_dictionary_room(tb_dictionary *dictionary, size_t size);

/* The owner's facts of the content, of `size` bytes, which is always the same for an owner. NULL:
 * there is no room left. */
void *tb_dictionary_facts(tb_dictionary *dictionary, tb_content *content, const void *owner,
                          size_t size);

/* The same for two contents together, in this order. NULL also where they stand together for the
 * first time, or hardly ever any two of the owner's for the second. */
void *tb_dictionary_pair_facts(tb_dictionary *dictionary, const tb_content *first,
                               const tb_content *second, const void *owner, size_t size);

/* The key of the content's text (tb_text_key). NULL data: there is no room left. */
tb_str tb_dictionary_key(tb_dictionary *dictionary, tb_content *content);

tb_dictionary_counts tb_dictionary_count(const tb_dictionary *dictionary);

#endif
