/*
 * Writes the rows of a definition as a spreadsheet (.fods), as tb_build_read reads it: what a draft
 * becomes for people who go on with it in a spreadsheet program.
 */
#ifndef TB_FORM_BUILD_FODS_H
#define TB_FORM_BUILD_FODS_H

#include "base/message.h"
#include "form/build.h"

/* Sheets, headings and words are in the language. Failure is the buffer's. */
void tb_build_write_fods(const tb_build *build, tb_language language, tb_buffer *out);

#endif
