/*
 * Opening a definition and its forms, with an end to the program where that fails.
 */
#include "forms.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/message.h"

_Noreturn void test_fail(const char *what, const tb_error *error)
{
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_OUTPUT_SIZE);
    tb_error_format(&text, TB_LANGUAGE_EN, error);
    fprintf(stderr, "%s: %.*s\n", what, (int)tb_buffer_get(&text).size, tb_buffer_get(&text).data);
    exit(2);
}

void test_forms_open(test_forms *forms, const char *definition, size_t content_memory)
{
    tb_definition_sources sources = {.only = definition};
    const tb_definition *const *definitions = NULL;
    tb_error error;
    tb_arena_init(&forms->form_arena, TB_MAX_RESULT_MEMORY);
    tb_arena_init(&forms->arena, TB_MAX_RESULT_MEMORY);
    tb_arena_init(&forms->scratch, TB_MAX_RESULT_MEMORY);
    forms->dictionary = tb_dictionary_new(content_memory);
    if (forms->dictionary == NULL)
        test_fail("dictionary", (tb_error_memory(&error), &error));
    if (tb_checker_new(&sources, &forms->checker, &error) != TB_OK ||
        tb_reader_new(&forms->reader, &error) != TB_OK)
        test_fail(definition, &error);
    tb_checker_definitions(forms->checker, &definitions);
    forms->book = tb_checker_rulebook(forms->checker, definitions[0]);
}

void test_forms_close(test_forms *forms)
{
    tb_reader_free(forms->reader);
    tb_checker_free(forms->checker);
    tb_arena_done(&forms->form_arena);
    tb_arena_done(&forms->arena);
    tb_arena_done(&forms->scratch);
    tb_dictionary_free(forms->dictionary);
}

const tb_form *test_forms_locate(test_forms *forms, const char *path)
{
    const tb_workbook *workbook = NULL;
    const tb_form *form = NULL;
    tb_error error;
    tb_arena_reset(&forms->form_arena);
    tb_arena_reset(&forms->arena);
    tb_arena_reset(&forms->scratch);
    tb_dictionary_begin(forms->dictionary);
    tb_status status = tb_reader_read_file(forms->reader, path, &workbook, &error);
    if (status == TB_OK)
        status = tb_form_locate(workbook, forms->book->definition, forms->dictionary,
                                &forms->form_arena, &form, &error);
    if (status != TB_OK)
        test_fail(path, &error);
    return form;
}
