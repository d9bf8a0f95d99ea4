/*
 * Numbers that identify: the unified social credit code of an organisation (统一社会信用代码,
 * GB 32100-2015) and the identity number of a citizen (公民身份号码, GB 11643-1999). Both have 18
 * characters, the last of which checks the others. Width, blanks and letters' case do not matter.
 */
#ifndef TB_RULE_IDENTITY_H
#define TB_RULE_IDENTITY_H

#include <stdbool.h>

#include "base/text.h"

/* 31 characters (no I, O, S, V, Z), digits in places 3 to 8, and the check character. */
bool tb_identity_is_credit_code(tb_str text);

/* 17 digits with a day of the calendar in places 7 to 14, and the check character. */
bool tb_identity_is_citizen_number(tb_str text);

#endif
