/*
 * Finds out what to add or remove by reading the document as a form (form/addition.h and
 * form/removal.h decide), and does it through calc/sheet_edit.h.
 */
#include "calc/rows.h"

#include "base/limits.h"
#include "calc/jump.h"
#include "calc/message_box.h"
#include "calc/office.h"
#include "calc/session.h"
#include "calc/sheet.h"
#include "calc/sheet_edit.h"
#include "form/addition.h"
#include "form/removal.h"

typedef struct row_work {
    tb_calls calls;
    tb_arena arena; /* texts of formulas */
    tb_session *session;
    const tb_form *form;
    uno_Interface *document;
    tb_range selection; /* on the cursor's sheet */
    tb_address cursor;  /* where it begins */
    tb_language language;
} row_work;

/* What is known of the form is good until the next call. */
static void read_form(row_work *work)
{
    tb_error *error = &work->calls.error;
    const tb_result *result = NULL;
    if (tb_calls_failed(&work->calls) ||
        tb_session_run(work->session, work->document, &result, error) != TB_OK)
        return;
    work->form = result->form;
    if (result->form == NULL)
        *error = result->error;
}

/* Returns the cell to go to; fails through work->calls. */
typedef tb_address (*row_step)(row_work *work);

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

static uint32_t column_count(const row_work *work, uint32_t sheet)
{
    return work->form->workbook->sheets[sheet].column_count;
}

static tb_address add_row(row_work *work)
{
    tb_row_addition row;
    if (!tb_addition_find_row(work->form, work->cursor, &row)) {
        tb_error_set(&work->calls.error, TB_NOT_FOUND, TB_MSG_CALC_NO_TABLE, NULL);
        return work->cursor;
    }
    tb_sheet_edit edit;
    tb_sheet_edit_begin(&edit, &work->calls, work->document, row.sheet,
                        tb_str_of(tb_message_get(work->language, TB_MSG_CALC_UNDO_ADD_ROW)));
    tb_sheet_edit_insert_rows(&edit, row.insert, 1);
    bool above = row.insert == row.model;
    copy_row(&edit, &row, above ? row.model + 1 : row.model, above ? row.model : row.model + 1);
    clear_row(&edit, row.list, row.model + 1, column_count(work, row.sheet));
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

static void write_title(row_work *work, tb_sheet_edit *edit, const tb_block_addition *block)
{
    tb_buffer title;
    tb_buffer_init(&title, TB_MAX_TEXT_SIZE);
    uint32_t column = block->model->at.column;
    if (tb_addition_title(work->form, block, &title))
        tb_sheet_edit_set_text(edit, block->end, column, tb_buffer_get(&title));
    tb_buffer_done(&title);
    tb_address text = tb_addition_text_cell(work->form, block);
    if (text.column != column)
        tb_sheet_edit_clear(edit, text.row - block->from + block->end, text.column);
}

/* The cells that list the goals join their texts by a formula, in our templates. */
static void join_text(row_work *work, tb_sheet_edit *edit, const tb_block_addition *block)
{
    const tb_record *root = work->form->root;
    tb_buffer joined;
    tb_buffer_init(&joined, TB_MAX_TEXT_SIZE);
    for (size_t i = 0; i < root->scope->scope_count; i++) {
        const tb_record_list *list = &root->lists[i];
        if (list->scope->kind != TB_SCOPE_ENTRIES || list->at.sheet != block->sheet)
            continue;
        uint32_t row = list->at.row;
        row += row >= block->end ? block->end - block->from : 0;
        tb_str formula = tb_sheet_edit_formula(edit, row, list->at.column, &work->arena);
        tb_buffer_reset(&joined);
        if (tb_addition_join(work->form, block, formula, &joined))
            tb_sheet_edit_set_formula(edit, row, list->at.column, tb_buffer_get(&joined));
    }
    tb_buffer_done(&joined);
}

static tb_address add_block(row_work *work)
{
    tb_block_addition block;
    if (!tb_addition_find_block(work->form, work->cursor, &block)) {
        tb_error_set(&work->calls.error, TB_NOT_FOUND, TB_MSG_CALC_NO_BLOCK, NULL);
        return work->cursor;
    }
    tb_sheet_edit edit;
    tb_sheet_edit_begin(&edit, &work->calls, work->document, block.sheet,
                        tb_str_of(tb_message_get(work->language, TB_MSG_CALC_UNDO_ADD_BLOCK)));
    uint32_t rows = block.end - block.from;
    tb_sheet_edit_insert_rows(&edit, block.end, rows);
    tb_sheet_edit_copy_rows(&edit, block.from, rows, block.end);
    clear_tables(&edit, &block);
    write_title(work, &edit, &block);
    join_text(work, &edit, &block);
    tb_sheet_edit_end(&edit);
    tb_address text = tb_addition_text_cell(work->form, &block);
    return (tb_address){block.sheet, text.row + rows, text.column};
}

/* Removing */

/* What must not become more: what the form lacks, and references to cells that are gone. */
typedef struct damage {
    size_t gaps, references;
} damage;

static damage assess(const tb_form *form)
{
    damage found = {.gaps = form->gap_count};
    for (size_t i = 0; i < form->workbook->sheet_count; i++) {
        const tb_sheet *sheet = &form->workbook->sheets[i];
        for (size_t j = 0; j < sheet->band_count; j++) {
            for (size_t k = 0; k < sheet->bands[j].cell_count; k++)
                found.references += tb_str_equal(sheet->bands[j].cells[k].text, TB_STR("#REF!"));
        }
    }
    return found;
}

/* Takes one row out; see tb_removal_spans. */
static void remove_row(const row_work *work, tb_sheet_edit *edit, const tb_row_removal *removal,
                       uint32_t row)
{
    tb_column_span spans[TB_ADDITION_SPANS_MAX];
    size_t count = tb_removal_spans(work->form, removal, row, spans);
    for (size_t i = 0; i < count; i++) {
        tb_range own = {row, spans[i].from, row, spans[i].end - 1};
        tb_range below = {row + 1, spans[i].from, row + 1, spans[i].end - 1};
        tb_sheet_edit_divide(edit, own);
        tb_sheet_edit_copy(edit, below, row);
    }
    if (count > 0)
        tb_sheet_edit_copy_height(edit, row + 1, row);
    tb_sheet_edit_remove_row(edit, count > 0 ? row + 1 : row);
}

/* Reads the form anew: what would harm it is refused, and taken back by whoever ends the edit. */
static void refuse_damage(row_work *work, damage before)
{
    read_form(work);
    if (tb_calls_failed(&work->calls))
        return;
    damage after = assess(work->form);
    if (after.gaps > before.gaps || after.references > before.references)
        tb_error_set(&work->calls.error, TB_INVALID, TB_MSG_CALC_REMOVE_DAMAGES, NULL);
}

static tb_address remove_rows(row_work *work)
{
    static const tb_message refusals[] = {[TB_REMOVAL_NO_ROWS] = TB_MSG_CALC_REMOVE_NO_ROWS,
                                          [TB_REMOVAL_LAST_ROW] = TB_MSG_CALC_REMOVE_LAST_ROW,
                                          [TB_REMOVAL_LAST_OF_KIND] =
                                              TB_MSG_CALC_REMOVE_LAST_OF_KIND};
    tb_row_removal removal;
    tb_sheet_edit edit;
    tb_removal_verdict verdict = tb_removal_find_rows(
        work->form, work->cursor.sheet, work->selection.row, work->selection.last_row, &removal);
    if (verdict != TB_REMOVAL_POSSIBLE) {
        tb_error_set(&work->calls.error, TB_INVALID, refusals[verdict], NULL);
        return work->cursor;
    }
    damage before = assess(work->form);
    tb_sheet_edit_begin(&edit, &work->calls, work->document, removal.sheet,
                        tb_str_of(tb_message_get(work->language, TB_MSG_CALC_UNDO_REMOVE_ROWS)));
    for (uint32_t row = removal.last + 1; row-- > removal.first;)
        remove_row(work, &edit, &removal, row);
    refuse_damage(work, before);
    tb_sheet_edit_end(&edit);
    return work->cursor;
}

/* Around all */

static void find_cursor(row_work *work, uno_Interface *controller)
{
    tb_calls *calls = &work->calls;
    if (!tb_jump_find_selection(calls, controller, &work->cursor.sheet, &work->selection) &&
        !tb_calls_failed(calls))
        tb_error_set(&calls->error, TB_INVALID, TB_MSG_CALC_NO_CURSOR, NULL);
    work->cursor.row = work->selection.row;
    work->cursor.column = work->selection.column;
}

static void refuse_read_only(row_work *work)
{
    if (tb_uno_call_boolean(&work->calls, work->document, TB_XStorable_isReadonly, NULL))
        tb_error_set(&work->calls.error, TB_INVALID, TB_MSG_CALC_READ_ONLY, NULL);
}

static void run(uno_Interface *context, uno_Interface *frame, row_step work)
{
    row_work self = {.language = tb_office_language(context)};
    tb_calls_init(&self.calls);
    tb_arena_init(&self.arena, TB_MAX_TEXT_SIZE);
    uno_Interface *controller =
        tb_uno_call_object(&self.calls, frame, TB_XFrame_getController, NULL);
    self.document = tb_uno_call_object(&self.calls, controller, TB_XController_getModel, NULL);
    refuse_read_only(&self);
    find_cursor(&self, controller);
    if (!tb_calls_failed(&self.calls))
        tb_session_new(context, self.language, &self.session, &self.calls.error);
    read_form(&self);
    tb_error error;
    tb_address to = self.cursor;
    if (!tb_calls_failed(&self.calls))
        to = work(&self);
    if (!tb_calls_failed(&self.calls) &&
        tb_jump_to_cell(self.document, tb_session_sheet_name(self.session, to), to, &error) !=
            TB_OK)
        self.calls.error = error;
    tb_session_free(self.session);
    tb_arena_done(&self.arena);
    if (tb_calls_done(&self.calls, &error) != TB_OK)
        tb_message_box_show_error(context, frame, &error);
}

void tb_rows_add(uno_Interface *context, uno_Interface *frame)
{
    run(context, frame, add_row);
}

void tb_rows_add_block(uno_Interface *context, uno_Interface *frame)
{
    run(context, frame, add_block);
}

void tb_rows_remove(uno_Interface *context, uno_Interface *frame)
{
    run(context, frame, remove_rows);
}
