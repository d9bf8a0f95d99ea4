/*
 * Who should have sent a form: a text file that names one unit a line, in UTF-8 or GB18030.
 */
#ifndef TB_SUM_EXPECTED_H
#define TB_SUM_EXPECTED_H

#include "base/buffer.h"
#include "base/status.h"

typedef struct tb_expected {
    tb_buffer text; /* owned; in UTF-8 */
    size_t count;
    tb_str *names; /* owned, pointing into the text; as they stand there, without blanks around */
} tb_expected;

/* Reads the file at the path. One that is no text, or that names nobody, is an error. */
tb_status tb_expected_read(tb_expected *expected, const char *path, tb_error *error);
void tb_expected_done(tb_expected *expected); /* a zeroed struct is fine */

#endif
