/*
 * A definition and filled forms of it, located one after the other, for the programs of the tests
 * that look at single stages of a check. What goes wrong ends the program with a message.
 */
#ifndef TB_TESTS_FORMS_H
#define TB_TESTS_FORMS_H

#include "form/dictionary.h"
#include "rule/checker.h"
#include "sheet/reader.h"

typedef struct test_forms {
    const tb_rulebook *book; /* of the definition */
    tb_checker *checker;
    tb_reader *reader;
    tb_dictionary *dictionary; /* of the forms' contents */
    tb_arena form_arena;       /* the located form, until the next one */
    tb_arena arena, scratch;   /* for whoever looks at it; emptied with each form */
} test_forms;

/* `definition` is a file; the dictionary takes so much memory. */
void test_forms_open(test_forms *forms, const char *definition, size_t content_memory);
void test_forms_close(test_forms *forms);

/* The form in the file: good until the next call. */
const tb_form *test_forms_locate(test_forms *forms, const char *path);

/* Prints what was being done and the error, and ends the program with status 2. */
_Noreturn void test_fail(const char *what, const tb_error *error);

#endif
