/*
 * The code of an explanation: which finding it is about, and what the finding's rule read. Used by
 * explanation_match.c to find the two together again, and for writing new explanations.
 */
#ifndef TB_RULE_EXPLANATION_CODE_H
#define TB_RULE_EXPLANATION_CODE_H

#include "rule/explanation.h"
#include "rule/run.h"

/*
 * Written as "1-<identity>-<reads>", each half 32 hexadecimal digits: the first 16 bytes of a
 * SHA-256. The 1 is the version of what is hashed. A piece below is its size in bytes, a colon, and
 * the bytes.
 *
 * - identity: the rule's id, the path of the field of a rule for several (`each`), and from the
 *   outermost record inwards for each the pieces of its scope's id and its name, and the number of
 *   records before it in its list that have the same name. A record is named by its required text,
 *   else its required number. So the identity stays the same wherever the rows have moved to. Of a
 *   named check that saw more than fields (hidden rows) a piece with the SHA-256 of that follows,
 *   and how many findings before it saw the same.
 * - reads: of every item that the rule's condition and formula read, or a named check weighed, once
 *   and in the order of the first time: a letter (M missing, B blank, I not of the field's type,
 *   N number, T text), and of the last three a piece of what the rule sees: the number in plain
 *   notation without needless zeros, the code of a code list, or the text without blanks at its
 *   ends. Nothing of how a file stores it goes in, so .ods, .xlsx and the open document give the
 *   same.
 */
#define TB_EXPLANATION_CODE_SIZE (2 + 4 * TB_HALF_CODE_SIZE + 2) /* with the NUL at its end */

/* Both work on failures that have a rule; false when memory ran out. */
bool tb_explanation_identity(const tb_run *run, const tb_failure *failure,
                             unsigned char out[TB_HALF_CODE_SIZE]);
bool tb_explanation_reads(tb_run *run, const tb_failure *failure,
                          unsigned char out[TB_HALF_CODE_SIZE]);

void tb_explanation_code_format(const unsigned char identity[TB_HALF_CODE_SIZE],
                                const unsigned char reads[TB_HALF_CODE_SIZE],
                                char out[TB_EXPLANATION_CODE_SIZE]);
/* False when the text is no code of this version. */
bool tb_explanation_code_parse(tb_str text, unsigned char identity[TB_HALF_CODE_SIZE],
                               unsigned char reads[TB_HALF_CODE_SIZE]);

#endif
