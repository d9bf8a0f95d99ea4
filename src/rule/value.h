/*
 * What a formula computes with. Errors are values, as in a spreadsheet, and spread through
 * operators and functions.
 */
#ifndef TB_RULE_VALUE_H
#define TB_RULE_VALUE_H

#include "base/decimal.h"
#include "base/text.h"

typedef enum tb_value_type {
    TB_VALUE_BLANK,
    TB_VALUE_NUMBER,
    TB_VALUE_TEXT,
    TB_VALUE_BOOLEAN,
    TB_VALUE_ERROR,
    TB_VALUE_ARRAY /* of a field over the records of a scope: projects.budget */
} tb_value_type;

typedef enum tb_value_error {
    TB_VALUE_ERROR_VALUE, /* #VALUE! a text where a number is needed */
    TB_VALUE_ERROR_DIV0,  /* #DIV/0! */
    TB_VALUE_ERROR_NA,    /* #N/A    nothing found */
    TB_VALUE_ERROR_NUM,   /* #NUM!   overflow, or an argument out of range */
    TB_VALUE_ERROR_REF,   /* #REF!   a field that the form does not have */
    TB_VALUE_ERROR_LIMIT  /* #LIMIT! too many steps, too long a text */
} tb_value_error;

typedef struct tb_value tb_value;

struct tb_value {
    tb_value_type type;
    const void *origin; /* where it was read from (a tb_item for forms), or NULL when computed. As
                         * in Calc, SUM and its like pass over a text that was read from a field,
                         * but a computed one is an error */
    union {
        tb_decimal number;
        tb_str text;
        bool boolean;
        tb_value_error error;
        struct {
            size_t count;
            const tb_value *values; /* never arrays again */
        } array;
    } as;
};

static inline tb_value tb_value_blank(void)
{
    return (tb_value){.type = TB_VALUE_BLANK};
}

static inline tb_value tb_value_of_number(tb_decimal number)
{
    return (tb_value){.type = TB_VALUE_NUMBER, .as.number = number};
}

static inline tb_value tb_value_of_integer(int64_t integer)
{
    return tb_value_of_number(tb_decimal_of(integer));
}

static inline tb_value tb_value_of_text(tb_str text)
{
    return (tb_value){.type = TB_VALUE_TEXT, .as.text = text};
}

static inline tb_value tb_value_of_boolean(bool boolean)
{
    return (tb_value){.type = TB_VALUE_BOOLEAN, .as.boolean = boolean};
}

static inline tb_value tb_value_of_error(tb_value_error error)
{
    return (tb_value){.type = TB_VALUE_ERROR, .as.error = error};
}

static inline tb_value tb_value_of_array(size_t count, const tb_value *values)
{
    return (tb_value){.type = TB_VALUE_ARRAY, .as.array = {count, values}};
}

static inline bool tb_value_is_limit(const tb_value *value)
{
    return value->type == TB_VALUE_ERROR && value->as.error == TB_VALUE_ERROR_LIMIT;
}

/* A copy, made member by member: what was just written so could only be read back slowly as a
 * whole. */
static inline void tb_value_put(tb_value *to, const tb_value *from)
{
    to->type = from->type;
    to->origin = from->origin;
    switch (from->type) {
    case TB_VALUE_BOOLEAN:
        to->as.boolean = from->as.boolean;
        break;
    case TB_VALUE_ERROR:
        to->as.error = from->as.error;
        break;
    case TB_VALUE_TEXT:
        to->as.text.data = from->as.text.data;
        to->as.text.size = from->as.text.size;
        break;
    case TB_VALUE_NUMBER:
        to->as.number.coefficient = from->as.number.coefficient;
        to->as.number.scale = from->as.number.scale;
        break;
    case TB_VALUE_ARRAY:
        to->as.array = from->as.array;
        break;
    case TB_VALUE_BLANK:
        break;
    }
}

static inline void tb_value_put_result(tb_value *to, tb_value result)
{
    tb_value_put(to, &result);
}

struct tb_arena;
struct tb_buffer;

/*
 * Conversions as Calc makes them. They fail (false, and *ret_error says which) for errors, which
 * spread, for arrays, and where the text is not what is needed.
 */
/* TRUE is 1, blank is 0, a text must be written like a number (tb_number_of_text). */
bool tb_value_to_number(const tb_value *value, tb_decimal *ret, tb_value_error *ret_error);
/* Every number but 0 is TRUE. */
bool tb_value__number_to_boolean(const tb_value *value, bool *ret, tb_value_error *ret_error);
static inline bool tb_value_to_boolean(const tb_value *value, bool *ret, tb_value_error *ret_error)
{
    if (value->type != TB_VALUE_BOOLEAN)
        return tb_value__number_to_boolean(value, ret, ret_error);
    *ret = value->as.boolean;
    return true;
}
/* A number is written plainly with at most 15 significant digits; made in `scratch`. TRUE gives
 * "1", as in Calc. */
bool tb_value_to_text(const tb_value *value, struct tb_arena *scratch, tb_str *ret,
                      tb_value_error *ret_error);

/* -1, 0, 1: a number comes before every text, letters' case does not matter, blank is 0 or "".
 * Neither may be an error or an array. */
int tb_value_compare(const tb_value *a, const tb_value *b);

/* The number that a text writes: blanks around it, a sign, thousands commas, an exponent, a final
 * %, or a date as 2023-05-31 (its serial day). Anything else is no number, a text of blanks too. */
bool tb_number_of_text(tb_str text, tb_decimal *ret);

/* Texts without regard to letters' case, by code points: -1, 0, 1. */
int tb_text_compare_folded(tb_str a, tb_str b);
/* Whether two texts that are not empty begin with characters that differ: ASCII ones, of which one
 * may be the other's capital letter, or ideographs, which have no case. False: that is not told
 * yet. */
static inline bool tb_text__leads_differ(tb_str a, tb_str b)
{
    unsigned char lead_a = (unsigned char)a.data[0], lead_b = (unsigned char)b.data[0];
    bool ascii_a = lead_a < 0x80, ascii_b = lead_b < 0x80;
    bool ideograph_a = lead_a >= 0xE4 && lead_a <= 0xE9;
    bool ideograph_b = lead_b >= 0xE4 && lead_b <= 0xE9;
    if (ascii_a && ascii_b)
        return (lead_a | 0x20) != (lead_b | 0x20);
    if (ideograph_a && ideograph_b && a.size >= 3 && b.size >= 3)
        return lead_a != lead_b || a.data[1] != b.data[1] || a.data[2] != b.data[2];
    return lead_a != lead_b && (ascii_a || ideograph_a) && (ascii_b || ideograph_b);
}

/* Whether that is 0; quick for texts that are the same or begin differently. */
static inline bool tb_text_equal_folded(tb_str a, tb_str b)
{
    if (a.size == 0 || b.size == 0)
        return a.size == b.size;
    if (tb_text__leads_differ(a, b))
        return false;
    return tb_str_equal(a, b) || tb_text_compare_folded(a, b) == 0;
}

/* "#DIV/0!" and so on; static. */
const char *tb_value_error_name(tb_value_error error);

#endif
