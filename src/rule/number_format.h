/*
 * The number formats that TEXT knows: 0 # , . and %, with other characters only in quotes or behind
 * a backslash. "#,##0.00" "0.0%" "0000" "0.00," (in thousands).
 */
#ifndef TB_RULE_NUMBER_FORMAT_H
#define TB_RULE_NUMBER_FORMAT_H

#include "base/decimal.h"

#define TB_NUMBER_FORMAT_SIZE 512 /* room for any result */

/* Writes the number into out; false when the format is none of those, or too long. */
bool tb_number_format_apply(tb_decimal number, tb_str format, char out[TB_NUMBER_FORMAT_SIZE],
                            tb_str *ret);

#endif
