/*
 * A form with nothing filled in, without a sheet: the layout of an empty workbook, with one record
 * wherever something repeats. `tianbao forms lint` asks of each rule what it has against it.
 */
#include "form/locate.h"

static bool fill(tb_locator *locator, tb_record *record)
{
    for (size_t i = 0; i < record->scope->field_count; i++)
        record->items[i]->state = TB_ITEM_BLANK;
    for (size_t i = 0; i < record->scope->scope_count; i++) {
        tb_record_list *list = &record->lists[i];
        if (list->count == 0) {
            tb_record *added = tb_locator__record(locator, list->scope, record, record->at);
            if (added == NULL || !tb_locator__push(locator, list, added))
                return false;
        }
        for (size_t j = 0; j < list->count; j++)
            if (!fill(locator, list->records[j]))
                return false;
    }
    return true;
}

static tb_status make_empty_workbook(tb_arena *arena, tb_workbook **ret_workbook, tb_error *error)
{
    tb_workbook_builder *builder = NULL;
    tb_status status = tb_workbook_builder_new(arena, &builder, error);
    if (status == TB_OK)
        status = tb_workbook_builder_sheet(builder, TB_STR(""), false, error);
    return status == TB_OK ? tb_workbook_builder_finish(builder, ret_workbook, error) : status;
}

tb_status tb_form_make_blank(const tb_definition *definition, tb_arena *arena,
                             const tb_form **ret_form, tb_error *error)
{
    tb_workbook *workbook = NULL;
    tb_status status = make_empty_workbook(arena, &workbook, error);
    if (status == TB_OK)
        status = tb_form_locate(workbook, definition, NULL, arena, ret_form, error);
    if (status != TB_OK)
        return status;
    tb_locator locator = {.definition = definition, .arena = arena, .error = error};
    return fill(&locator, (*ret_form)->root) ? TB_OK : tb_error_memory(error);
}
