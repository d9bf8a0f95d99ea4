/*
 * Reads, recognises nothing, locates: the definition is given. Each step can fail, and the setup of
 * the tests with it.
 */
#include "opened_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/platform.h"

int opened_form_init(opened_form *self, const char *definition_path, const char *path)
{
    const tb_definition *definition;
    const tb_workbook *workbook;
    *self = (opened_form){0};
    tb_buffer_init(&self->json, TB_MAX_DEFINITION_SIZE);
    tb_arena_init(&self->arena, TB_MAX_DEFINITION_MEMORY);
    if (tb_platform_read_file(definition_path, &self->json, NULL) != TB_OK ||
        tb_definition_read(&self->arena, tb_buffer_get(&self->json), "form.json", &definition,
                           NULL) != TB_OK ||
        tb_reader_new(&self->reader, NULL) != TB_OK ||
        tb_reader_read_file(self->reader, path, &workbook, NULL) != TB_OK ||
        tb_form_locate(workbook, definition, NULL, &self->arena, &self->form, NULL) != TB_OK)
        return -1;
    return 0;
}

void opened_form_done(opened_form *self)
{
    tb_reader_free(self->reader);
    tb_arena_done(&self->arena);
    tb_buffer_done(&self->json);
}

tb_address opened_form_cell(const char *name)
{
    tb_address at = {0};
    assert_true(tb_cell_parse_name(tb_str_of(name), &at.row, &at.column));
    return at;
}
