/*
 * A workbook located by a definition, for the tests of what is decided about its rows; and its
 * cells by their names.
 */
#ifndef TB_TESTS_OPENED_FORM_H
#define TB_TESTS_OPENED_FORM_H

#include "form/form.h"
#include "sheet/reader.h"

typedef struct opened_form {
    tb_buffer json;
    tb_arena arena;
    tb_reader *reader;
    const tb_form *form;
} opened_form;

/* 0, or -1 as cmocka wants it of a setup. To be closed either way. */
int opened_form_init(opened_form *self, const char *definition_path, const char *path);
void opened_form_done(opened_form *self);

/* On the first sheet. */
tb_address opened_form_cell(const char *name);

#endif
