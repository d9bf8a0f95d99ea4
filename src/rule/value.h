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
    const void *origin; /* where it was read from (a tb_item for forms), or NULL when computed */
};

#endif
