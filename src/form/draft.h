/*
 * A first guess at the definition of a form, from the blank form: title, fields by their labels,
 * tables by their rows of headings, matrices, numbered blocks. It is a start for a person to go on
 * from; every guess is noted with its cell.
 */
#ifndef TB_FORM_DRAFT_H
#define TB_FORM_DRAFT_H

#include "form/build.h"

/* Fills the rows of `build` (made by tb_build_init with the blank form). What was guessed stands
 * in build->mistakes as notes, in the order of the sheets. */
tb_status tb_draft_make(tb_build *build, tb_error *error);

#endif
