/*
 * Finds the next blank cell in the located form of the document's check, which is made anew where
 * the document has changed since.
 */
#include "calc/filling/required.h"

#include "calc/checked.h"
#include "calc/jump.h"
#include "calc/message_box.h"
#include "calc/office.h"

/* Among the required blank cells the first one, and the first one behind the cursor. */
typedef struct search {
    tb_address cursor, first, next;
    bool has_first, has_next;
} search;

/* Sheet by sheet, row by row. */
static int compare(tb_address a, tb_address b)
{
    if (a.sheet != b.sheet)
        return a.sheet < b.sheet ? -1 : 1;
    if (a.row != b.row)
        return a.row < b.row ? -1 : 1;
    return a.column == b.column ? 0 : a.column < b.column ? -1 : 1;
}

static void look_at(search *looking, tb_address at)
{
    if (!looking->has_first || compare(at, looking->first) < 0)
        looking->first = at;
    looking->has_first = true;
    if (compare(at, looking->cursor) <= 0)
        return;
    if (!looking->has_next || compare(at, looking->next) < 0)
        looking->next = at;
    looking->has_next = true;
}

/* The rows of a table that has none yet: the first one is to be filled in. */
static void look_into_empty_table(search *looking, const tb_record_list *list)
{
    const tb_table_rows *rows = &list->rows;
    for (size_t i = 0; i < list->scope->field_count; i++) {
        if (list->scope->fields[i].required && rows->columns[i] != TB_NO_COLUMN)
            look_at(looking, (tb_address){rows->sheet, rows->first, rows->columns[i]});
    }
}

/* The depth is that of the definition, which has a limit. */
static void look_into(search *looking, const tb_record *record)
{
    for (size_t i = 0; i < record->scope->field_count; i++) {
        const tb_item *item = record->items[i];
        if (item->field->required && item->state == TB_ITEM_BLANK)
            look_at(looking, item->at);
    }
    for (size_t i = 0; i < record->scope->scope_count; i++) {
        const tb_record_list *list = &record->lists[i];
        for (size_t j = 0; j < list->count; j++)
            look_into(looking, list->records[j]);
        if (list->count == 0 && list->found && list->rows.columns != NULL)
            look_into_empty_table(looking, list);
    }
}

static tb_status find_next(tb_checked *checked, search *looking, tb_error *error)
{
    tb_status status = tb_checked_refresh(checked, error);
    const tb_result *result = status == TB_OK ? tb_checked_result(checked) : NULL;
    if (result == NULL)
        return status;
    if (result->form == NULL) {
        *error = result->error;
        return error->status;
    }
    look_into(looking, result->form->root);
    return TB_OK;
}

static void say(uno_Interface *context, uno_Interface *frame, tb_message message)
{
    tb_message_box_show(context, frame,
                        tb_str_of(tb_message_get(tb_office_language(context), message)));
}

static tb_status go(uno_Interface *context, uno_Interface *frame, tb_checked *checked,
                    const search *looking, tb_error *error)
{
    if (!looking->has_first) {
        say(context, frame, TB_MSG_CALC_REQUIRED_NONE);
        return TB_OK;
    }
    tb_address to = looking->has_next ? looking->next : looking->first;
    tb_str sheet = tb_session_sheet_name(tb_checked_session(checked), to);
    tb_status status = tb_jump_to_cell(tb_checked_document(checked), sheet, to, error);
    if (status == TB_OK && !looking->has_next)
        say(context, frame, TB_MSG_CALC_REQUIRED_AGAIN);
    return status;
}

/* What is selected without being a cell is no place to go on from: the search begins at the top. */
static tb_status run(uno_Interface *context, uno_Interface *frame, tb_error *error)
{
    search looking = {.has_first = false};
    tb_checked *checked = NULL;
    tb_calls calls;
    tb_calls_init(&calls);
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    uno_Interface *document = tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL);
    tb_jump_find_cursor(&calls, controller, &looking.cursor);
    if (!tb_calls_failed(&calls))
        tb_checked_get(context, document, &checked, &calls.error);
    tb_status status = tb_calls_done(&calls, error);
    if (status == TB_OK)
        status = find_next(checked, &looking, error);
    if (status == TB_OK)
        status = go(context, frame, checked, &looking, error);
    tb_checked_unref(checked);
    return status;
}

void tb_required_next(uno_Interface *context, uno_Interface *frame)
{
    tb_error error;
    if (run(context, frame, &error) != TB_OK)
        tb_message_box_show_error(context, frame, &error);
}
