/*
 * Finds out what to add by reading the document as a form (form/addition.h decides), and adds it
 * through calc/sheet_edit.h.
 */
#include "calc/add_rows.h"

#include "base/limits.h"
#include "calc/jump.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/session.h"
#include "calc/sheet.h"
#include "calc/sheet_edit.h"
#include "form/addition.h"

typedef struct growth {
    tb_calls calls;
    tb_arena arena; /* texts of formulas */
    tb_session *session;
    const tb_form *form;
    uno_Interface *document;
    tb_address cursor;
    tb_language language;
} growth;

/* Returns the cell to go to; fails through grow->calls. */
typedef tb_address (*growth_work)(growth *grow);

/* A row */

static void copy_row(tb_sheet_edit *edit, const tb_row_addition *row, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < row->span_count; i++) {
        tb_range range = {from, row->spans[i].from, from, row->spans[i].end - 1};
        tb_sheet_edit_copy(edit, range, to);
    }
    tb_sheet_edit_copy_height(edit, from, to);
}

static void clear_row(tb_sheet_edit *edit, const tb_record_list *list, uint32_t row,
                      uint32_t column_count)
{
    for (uint32_t column = 0; column < column_count; column++) {
        if (!tb_addition_keeps(list, column))
            tb_sheet_edit_clear(edit, row, column);
    }
}

static void merge_kind(tb_sheet_edit *edit, const tb_row_addition *row)
{
    tb_sheet_edit_clear(edit, row->shared.last_row, row->shared.column);
    tb_sheet_edit_merge(edit, row->shared);
}

/* The first column that is to be filled in. */
static uint32_t first_column(const tb_record_list *list)
{
    for (size_t i = 0; i < list->scope->field_count; i++) {
        uint32_t column = list->rows.columns[i];
        if (column != TB_NO_COLUMN && !tb_addition_keeps(list, column))
            return column;
    }
    return 0;
}

static uint32_t column_count(const growth *grow, uint32_t sheet)
{
    return grow->form->workbook->sheets[sheet].column_count;
}

static tb_address add_row(growth *grow)
{
    tb_row_addition row;
    if (!tb_addition_find_row(grow->form, grow->cursor, &row)) {
        tb_error_set(&grow->calls.error, TB_NOT_FOUND, TB_MSG_CALC_NO_TABLE, NULL);
        return grow->cursor;
    }
    tb_sheet_edit edit;
    tb_sheet_edit_begin(&edit, &grow->calls, grow->document, row.sheet,
                        tb_str_of(tb_message_get(grow->language, TB_MSG_CALC_UNDO_ADD_ROW)));
    tb_sheet_edit_insert_rows(&edit, row.insert, 1);
    bool above = row.insert == row.model;
    copy_row(&edit, &row, above ? row.model + 1 : row.model, above ? row.model : row.model + 1);
    clear_row(&edit, row.list, row.model + 1, column_count(grow, row.sheet));
    if (row.merges)
        merge_kind(&edit, &row);
    tb_sheet_edit_end(&edit);
    return (tb_address){row.sheet, row.model + 1, first_column(row.list)};
}

/* A block */

static void clear_tables(tb_sheet_edit *edit, const tb_block_addition *block)
{
    const tb_record *model = block->model;
    uint32_t down = block->end - block->from;
    for (size_t i = 0; i < model->scope->scope_count; i++) {
        const tb_record_list *list = &model->lists[i];
        if (list->rows.columns == NULL || list->rows.sheet != block->sheet)
            continue;
        for (uint32_t row = list->rows.first; row < list->rows.end; row++)
            clear_row(edit, list, row + down, block->column_count);
    }
}

static void write_title(growth *grow, tb_sheet_edit *edit, const tb_block_addition *block)
{
    tb_buffer title;
    tb_buffer_init(&title, TB_MAX_TEXT_SIZE);
    uint32_t column = block->model->at.column;
    if (tb_addition_title(grow->form, block, &title))
        tb_sheet_edit_set_text(edit, block->end, column, tb_buffer_get(&title));
    tb_buffer_done(&title);
    tb_address text = tb_addition_text_cell(grow->form, block);
    if (text.column != column)
        tb_sheet_edit_clear(edit, text.row - block->from + block->end, text.column);
}

/* The cells that list the goals join their texts by a formula, in our templates. */
static void join_text(growth *grow, tb_sheet_edit *edit, const tb_block_addition *block)
{
    const tb_record *root = grow->form->root;
    tb_buffer joined;
    tb_buffer_init(&joined, TB_MAX_TEXT_SIZE);
    for (size_t i = 0; i < root->scope->scope_count; i++) {
        const tb_record_list *list = &root->lists[i];
        if (list->scope->kind != TB_SCOPE_ENTRIES || list->at.sheet != block->sheet)
            continue;
        uint32_t row = list->at.row;
        row += row >= block->end ? block->end - block->from : 0;
        tb_str formula = tb_sheet_edit_formula(edit, row, list->at.column, &grow->arena);
        tb_buffer_reset(&joined);
        if (tb_addition_join(grow->form, block, formula, &joined))
            tb_sheet_edit_set_formula(edit, row, list->at.column, tb_buffer_get(&joined));
    }
    tb_buffer_done(&joined);
}

static tb_address add_block(growth *grow)
{
    tb_block_addition block;
    if (!tb_addition_find_block(grow->form, grow->cursor, &block)) {
        tb_error_set(&grow->calls.error, TB_NOT_FOUND, TB_MSG_CALC_NO_BLOCK, NULL);
        return grow->cursor;
    }
    tb_sheet_edit edit;
    tb_sheet_edit_begin(&edit, &grow->calls, grow->document, block.sheet,
                        tb_str_of(tb_message_get(grow->language, TB_MSG_CALC_UNDO_ADD_BLOCK)));
    uint32_t rows = block.end - block.from;
    tb_sheet_edit_insert_rows(&edit, block.end, rows);
    tb_sheet_edit_copy_rows(&edit, block.from, rows, block.end);
    clear_tables(&edit, &block);
    write_title(grow, &edit, &block);
    join_text(grow, &edit, &block);
    tb_sheet_edit_end(&edit);
    tb_address text = tb_addition_text_cell(grow->form, &block);
    return (tb_address){block.sheet, text.row + rows, text.column};
}

/* Around both */

static void find_cursor(growth *grow, uno_Interface *controller)
{
    tb_calls *calls = &grow->calls;
    if (!tb_jump_find_cursor(calls, controller, &grow->cursor) && !tb_calls_failed(calls))
        tb_error_set(&calls->error, TB_INVALID, TB_MSG_CALC_NO_CURSOR, NULL);
}

static void read_form(growth *grow, uno_Interface *context)
{
    tb_error *error = &grow->calls.error;
    const tb_result *result = NULL;
    if (tb_calls_failed(&grow->calls) ||
        tb_session_new(context, grow->language, &grow->session, error) != TB_OK ||
        tb_session_run(grow->session, grow->document, &result, error) != TB_OK)
        return;
    grow->form = result->form;
    if (result->form == NULL)
        *error = result->error;
}

static void refuse_read_only(growth *grow)
{
    if (tb_uno_call_boolean(&grow->calls, grow->document, TB_XStorable_isReadonly, NULL))
        tb_error_set(&grow->calls.error, TB_INVALID, TB_MSG_CALC_READ_ONLY, NULL);
}

static void run(uno_Interface *context, uno_Interface *frame, growth_work work)
{
    growth grow = {.language = tb_office_language(context)};
    tb_calls_init(&grow.calls);
    tb_arena_init(&grow.arena, TB_MAX_TEXT_SIZE);
    uno_Interface *controller =
        tb_uno_call_object(&grow.calls, frame, TB_XFrame_getController, NULL);
    grow.document = tb_uno_call_object(&grow.calls, controller, TB_XController_getModel, NULL);
    refuse_read_only(&grow);
    find_cursor(&grow, controller);
    read_form(&grow, context);
    tb_error error;
    tb_address to = grow.cursor;
    if (!tb_calls_failed(&grow.calls))
        to = work(&grow);
    if (!tb_calls_failed(&grow.calls) &&
        tb_jump_to_cell(grow.document, tb_session_sheet_name(grow.session, to), to, &error) !=
            TB_OK)
        grow.calls.error = error;
    tb_session_free(grow.session);
    tb_arena_done(&grow.arena);
    if (tb_calls_done(&grow.calls, &error) != TB_OK)
        tb_message_box_show_error(context, frame, &error);
}

void tb_add_row(uno_Interface *context, uno_Interface *frame)
{
    run(context, frame, add_row);
}

void tb_add_block(uno_Interface *context, uno_Interface *frame)
{
    run(context, frame, add_block);
}
