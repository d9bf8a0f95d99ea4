/*
 * Finds out what to mend by a check of what stands there now, asks, and writes. While the question
 * is shown the document may change: then nothing is written but what was shown.
 */
#include "calc/mend.h"

#include "base/limits.h"
#include "calc/message_box.h"
#include "calc/sheet.h"
#include "calc/uno/value.h"

enum { MOST_LISTED = 20 }; /* lines of the question */

/* ---- writing ---- */

typedef struct writing {
    tb_calls calls;
    uno_Interface *document, *undo;
    bool is_open;
    size_t written, locked;
} writing;

/* com.sun.star.util.CellProtection */
typedef struct cell_protection {
    sal_Bool is_locked, is_formula_hidden, is_hidden, is_print_hidden;
} cell_protection;

static bool is_locked(tb_calls *calls, uno_Interface *sheet, uno_Interface *cell)
{
    if (!tb_uno_call_boolean(calls, sheet, TB_XProtectable_isProtected, NULL))
        return false;
    const uno_Any *value = tb_property(calls, cell, "CellProtection");
    return value == NULL || value->pType->eTypeClass != typelib_TypeClass_STRUCT ||
           ((const cell_protection *)value->pData)->is_locked;
}

static void write_mend(writing *self, const tb_mend *mend)
{
    tb_calls *calls = &self->calls;
    sal_Int32 index = (sal_Int32)mend->at.sheet, row = (sal_Int32)mend->at.row;
    sal_Int32 column = (sal_Int32)mend->at.column;
    uno_Interface *sheets =
        tb_uno_call_object(calls, self->document, TB_XSpreadsheetDocument_getSheets, NULL);
    uno_Interface *sheet =
        tb_uno_call_object(calls, sheets, TB_XIndexAccess_getByIndex, TB_ARGS(&index));
    uno_Interface *cell =
        tb_uno_call_object(calls, sheet, TB_XCellRange_getCellByPosition, TB_ARGS(&column, &row));
    if (is_locked(calls, sheet, cell)) {
        self->locked++;
        return;
    }
    if (mend->cell.type == TB_CELL_NUMBER) {
        double number = tb_decimal_to_double(mend->cell.number);
        tb_uno_call(calls, cell, TB_XCell_setValue, TB_ARGS(&number));
    } else {
        rtl_uString *text = tb_calls_text(calls, mend->cell.text);
        tb_uno_call(calls, cell, TB_XTextRange_setString, TB_ARGS(&text));
    }
    self->written += !tb_calls_failed(calls);
}

static void open_step(writing *self, tb_language language)
{
    tb_calls *calls = &self->calls;
    if (tb_uno_call_boolean(calls, self->document, TB_XStorable_isReadonly, NULL))
        tb_error_set(&calls->error, TB_INVALID, TB_MSG_CALC_MEND_READ_ONLY, NULL);
    rtl_uString *title =
        tb_calls_text(calls, tb_str_of(tb_message_get(language, TB_MSG_CALC_MEND_STEP)));
    self->undo =
        tb_uno_call_object(calls, self->document, TB_XUndoManagerSupplier_getUndoManager, NULL);
    tb_uno_call(calls, self->undo, TB_XUndoManager_enterUndoContext, TB_ARGS(&title));
    self->is_open = !tb_calls_failed(calls);
}

/* After a failure everything is as it was. */
static void close_step(writing *self)
{
    tb_calls calls; /* of its own: it must be closed after a failure too */
    if (!self->is_open)
        return;
    tb_calls_init(&calls);
    tb_uno_call(&calls, self->undo, TB_XUndoManager_leaveUndoContext, NULL);
    if (tb_calls_failed(&self->calls) && self->written > 0) {
        tb_uno_call(&calls, self->undo, TB_XUndoManager_undo, NULL);
        tb_uno_call(&calls, self->undo, TB_XUndoManager_clearRedo, NULL);
    }
    tb_calls_done(&calls, NULL);
}

tb_status tb_mend_apply(tb_checked *checked, const tb_mend *mends, size_t count, size_t *ret_locked,
                        tb_error *error)
{
    writing self = {.document = tb_checked_document(checked)};
    tb_calls_init(&self.calls);
    open_step(&self, tb_checked_language(checked));
    for (size_t i = 0; i < count && !tb_calls_failed(&self.calls); i++) {
        tb_calls_value *mark = tb_calls_mark(&self.calls);
        write_mend(&self, &mends[i]);
        tb_calls_release(&self.calls, mark);
    }
    close_step(&self);
    tb_status status = tb_calls_done(&self.calls, error);
    if (status != TB_OK)
        return status;
    *ret_locked = self.locked;
    return tb_checked_run(checked, error);
}

/* ---- what there is to mend ---- */

/* The mends of the document as it is now; TB_NOT_FOUND with the reason where there are none. */
static tb_status find_mends(tb_checked *checked, tb_mends *ret_mends, tb_error *error)
{
    tb_status status = tb_checked_refresh(checked, error);
    const tb_result *result = tb_checked_result(checked);
    if (status == TB_OK && result == NULL) {
        *error = *tb_checked_error(checked);
        status = error->status;
    }
    if (status == TB_OK && result->form == NULL) {
        *error = result->error;
        status = error->status;
    }
    if (status == TB_OK)
        status = tb_session_mends(tb_checked_session(checked), ret_mends, error);
    return status;
}

static void append_mend(tb_buffer *out, const tb_checked *checked, const tb_mend *mend)
{
    char cell[TB_CELL_NAME_SIZE];
    const tb_str arguments[] = {tb_cell_name(mend->at.row, mend->at.column, cell), mend->place,
                                mend->before, mend->after, mend->why};
    tb_message message =
        mend->before.size > 0 ? TB_MSG_CALC_MEND_LINE : TB_MSG_CALC_MEND_LINE_BLANK;
    tb_message_append(out, tb_checked_language(checked), message, arguments, 5);
    tb_buffer_char(out, '\n');
}

static void append_number(tb_buffer *out, const tb_checked *checked, tb_message message,
                          size_t number)
{
    tb_buffer digits;
    tb_buffer_init(&digits, TB_MAX_TEXT_SIZE);
    tb_buffer_uint(&digits, number);
    tb_str argument = tb_buffer_get(&digits);
    tb_message_append(out, tb_checked_language(checked), message, &argument, 1);
    tb_buffer_done(&digits);
}

/* All mends, of which the first are listed; two texts of equal mends are equal. */
static void write_question(tb_buffer *out, const tb_checked *checked, const tb_mends *mends)
{
    append_number(out, checked, TB_MSG_CALC_MEND_QUESTION, mends->count);
    tb_buffer_cstr(out, "\n\n");
    for (size_t i = 0; i < mends->count && i < MOST_LISTED; i++)
        append_mend(out, checked, &mends->list[i]);
    if (mends->count > MOST_LISTED)
        append_number(out, checked, TB_MSG_CALC_MEND_MORE, mends->count - MOST_LISTED);
}

/* ---- the commands ---- */

typedef struct mending {
    uno_Interface *context, *frame;
    tb_checked *checked;
    tb_address cursor;
} mending;

static void say(const mending *self, tb_message message)
{
    tb_language language = tb_checked_language(self->checked);
    tb_message_box_show(self->context, self->frame, tb_str_of(tb_message_get(language, message)));
}

static tb_status apply(const mending *self, const tb_mend *mends, size_t count, tb_error *error)
{
    size_t locked = 0;
    tb_status status = tb_mend_apply(self->checked, mends, count, &locked, error);
    if (status != TB_OK || locked == 0)
        return status;
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    append_number(&text, self->checked, TB_MSG_CALC_MEND_LOCKED, locked);
    tb_message_box_show(self->context, self->frame, tb_buffer_get(&text));
    tb_buffer_done(&text);
    return TB_OK;
}

static tb_status mend_cell(mending *self, tb_error *error)
{
    tb_mends mends = {0};
    tb_status status = find_mends(self->checked, &mends, error);
    for (size_t i = 0; i < mends.count && status == TB_OK; i++) {
        tb_address at = mends.list[i].at;
        if (at.sheet == self->cursor.sheet && at.row == self->cursor.row &&
            at.column == self->cursor.column)
            return apply(self, &mends.list[i], 1, error);
    }
    if (status == TB_OK)
        say(self, TB_MSG_CALC_MEND_NOT_HERE);
    return status;
}

static tb_status mend_as_shown(mending *self, tb_str shown, tb_error *error)
{
    tb_mends mends = {0};
    tb_buffer now;
    tb_status status = find_mends(self->checked, &mends, error);
    if (status != TB_OK)
        return status;
    tb_buffer_init(&now, TB_MAX_TEXT_SIZE);
    write_question(&now, self->checked, &mends);
    if (tb_str_equal(shown, tb_buffer_get(&now)))
        status = apply(self, mends.list, mends.count, error);
    else
        say(self, TB_MSG_CALC_MEND_CHANGED);
    tb_buffer_done(&now);
    return status;
}

static tb_status mend_all(mending *self, tb_error *error)
{
    tb_mends mends = {0};
    tb_buffer question;
    tb_status status = find_mends(self->checked, &mends, error);
    if (status != TB_OK)
        return status;
    if (mends.count == 0) {
        say(self, TB_MSG_CALC_MEND_NOTHING);
        return TB_OK;
    }
    tb_buffer_init(&question, TB_MAX_TEXT_SIZE);
    write_question(&question, self->checked, &mends);
    if (tb_message_box_ask(self->context, self->frame, tb_buffer_get(&question)))
        status = mend_as_shown(self, tb_buffer_get(&question), error);
    tb_buffer_done(&question);
    return status;
}

/* Where the selection begins. */
static void find_cursor(tb_calls *calls, mending *self, uno_Interface *controller)
{
    uno_Interface *selection =
        tb_uno_call_object(calls, controller, TB_XSelectionSupplier_getSelection, NULL);
    const tb_range_address *at =
        tb_uno_call(calls, selection, TB_XCellRangeAddressable_getRangeAddress, NULL);
    tb_calls_forgive(calls);
    self->cursor = (tb_address){UINT32_MAX, 0, 0};
    if (at != NULL)
        self->cursor = (tb_address){(uint32_t)at->sheet, (uint32_t)at->row, (uint32_t)at->column};
}

static void run(uno_Interface *context, uno_Interface *frame,
                tb_status (*work)(mending *self, tb_error *error))
{
    tb_calls calls;
    tb_error error = {0};
    mending self = {.context = context, .frame = frame};
    tb_calls_init(&calls);
    uno_Interface *controller = tb_uno_call_object(&calls, frame, TB_XFrame_getController, NULL);
    uno_Interface *document = tb_uno_call_object(&calls, controller, TB_XController_getModel, NULL);
    if (!tb_calls_failed(&calls))
        tb_checked_get(context, document, &self.checked, &calls.error);
    if (!tb_calls_failed(&calls))
        find_cursor(&calls, &self, controller);
    tb_status status = tb_calls_done(&calls, &error);
    if (status == TB_OK)
        status = work(&self, &error);
    if (status != TB_OK)
        tb_message_box_show_error(context, frame, &error);
    tb_checked_unref(self.checked);
}

void tb_mend_cell(uno_Interface *context, uno_Interface *frame)
{
    run(context, frame, mend_cell);
}

void tb_mend_all(uno_Interface *context, uno_Interface *frame)
{
    run(context, frame, mend_all);
}
