/*
 * Typed values: what a cell's content, or a part of a text, means as a field of some type.
 */
#ifndef TB_FORM_VALUES_H
#define TB_FORM_VALUES_H

#include "form/dictionary.h"

/* Where values are read: what is made of them lives in the arena, or in the dictionary. */
typedef struct tb_value_reader {
    tb_arena *arena;
    tb_dictionary *dictionary; /* NULL: none */
} tb_value_reader;

/* Fill in state, text, number, decimals, code and so on of an item whose field is set. The cell may
 * be NULL (nothing is stored there); of its text the reader's dictionary knows that, or NULL.
 * False: no memory. */
bool tb_value_read_cell(const tb_value_reader *reader, const tb_cell *cell, tb_known_text *known,
                        tb_item *item);
/* The same from a text: a part of a cell, or what a label captured. It is looked up here. */
bool tb_value_read_text(const tb_value_reader *reader, tb_str text, tb_item *item);

/* Whether the plain numbers of a column of shares are percent points (47.03) and not ratios
 * (0.4703): most of them are above 1. Turns them into ratios if so. */
void tb_value_settle_shares(tb_item *const *items, size_t count);
/* Gives all numeric items of a column the finest decimals among them. */
void tb_value_settle_decimals(tb_item *const *items, size_t count);

/* Whether a text is a phone number, or several, as a field of that type takes it. */
bool tb_value_is_phone(tb_arena *arena, tb_str text);

bool tb_value__is_filler(tb_str text);

/* A text that only holds a place: dots, as in "……". Nearly all texts are told by their first byte.
 */
static inline bool tb_value_is_filler(tb_str text)
{
    unsigned char first = text.size > 0 ? (unsigned char)text.data[0] : 'x';
    bool visible = first >= 0xE4 || (first > '.' && first < 0x80);
    return !visible && tb_value__is_filler(text);
}

/* The serial day of a date in the Gregorian calendar (1899-12-30 is 0); false: no such day. */
bool tb_date_serial(int64_t year, int64_t month, int64_t day, int64_t *ret_serial);

#endif
