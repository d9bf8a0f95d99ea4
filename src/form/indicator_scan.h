/*
 * Reading an indicator's value from left to right, and from its end: operators, numbers, units.
 * For indicator.c, which knows the notations made of them.
 */
#ifndef TB_FORM_INDICATOR_SCAN_H
#define TB_FORM_INDICATOR_SCAN_H

#include "form/indicator.h"
#include "form/label.h"

#define TB_COUNT(array) (sizeof(array) / sizeof(array)[0])
#define TB_WORD(literal)                                                                           \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

typedef struct tb_scanner {
    const tb_folded *folded;
    size_t at, end; /* what is left of the key */
} tb_scanner;

static inline tb_str tb_scanner_left(const tb_scanner *cursor)
{
    return (tb_str){cursor->folded->key + cursor->at, cursor->end - cursor->at};
}

/* The text that gave this part of the key, trimmed. */
tb_str tb_scanner_original(const tb_scanner *cursor, size_t from, size_t to);

/* Pass over a word at the beginning, or at the end, of what is left; false: it is not there. */
bool tb_scanner_take(tb_scanner *cursor, tb_str word);
bool tb_scanner_take_end(tb_scanner *cursor, tb_str word);
/* Over the first word of the table that stands at the beginning. */
bool tb_scanner_take_any(tb_scanner *cursor, const tb_str *words, size_t count);

/* An operator before the number, if one stands there. */
void tb_scanner_take_prefix(tb_scanner *cursor, tb_indicator_operator *operator_, bool *known);
/* One behind it; it counts only where none stands before. */
void tb_scanner_take_suffix(tb_scanner *cursor, tb_indicator *ret);
bool tb_scanner_take_number(tb_scanner *cursor, tb_decimal *ret);
/* A number, or a single Chinese numeral. */
bool tb_scanner_take_count(tb_scanner *cursor, tb_decimal *ret);
/* The unit up to the cursor's end. False where what follows the number is no unit but a text. */
bool tb_scanner_take_unit(tb_scanner *cursor, tb_indicator *ret);
/* The factor and the base unit that the unit has. */
void tb_indicator_set_factor(tb_indicator *ret);

#endif
