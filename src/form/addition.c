/*
 * Looks through the located tables and blocks; what is merged comes from the workbook.
 */
#include "form/addition.h"

#include "form/layout.h"

/* Tables */

static bool has_rows(const tb_record_list *list)
{
    return list->scope->kind == TB_SCOPE_TABLE && list->rows.columns != NULL &&
           list->rows.first < list->rows.limit;
}

static uint32_t distance(const tb_table_rows *rows, uint32_t row)
{
    if (row < rows->first)
        return rows->first - row;
    return row < rows->limit ? 0 : row - rows->limit + 1;
}

typedef struct nearest {
    const tb_record_list *list; /* NULL: none yet */
    uint32_t distance;
} nearest;

static void look_at_list(const tb_record_list *list, tb_address cursor, nearest *best)
{
    if (!has_rows(list) || list->rows.sheet != cursor.sheet)
        return;
    uint32_t away = distance(&list->rows, cursor.row);
    if (best->list == NULL || away < best->distance)
        *best = (nearest){list, away};
}

static const tb_record_list *find_table(const tb_form *form, tb_address cursor)
{
    const tb_record *root = form->root;
    nearest best = {0};
    for (size_t i = 0; i < root->scope->scope_count; i++) {
        const tb_record_list *list = &root->lists[i];
        look_at_list(list, cursor, &best);
        for (size_t j = 0; list->scope->kind == TB_SCOPE_BLOCK && j < list->count; j++) {
            for (size_t k = 0; k < list->scope->scope_count; k++)
                look_at_list(&list->records[j]->lists[k], cursor, &best);
        }
    }
    return best.list;
}

/* The row of the table that is at the cursor or nearest to it; blank rows count only while the
 * cursor is among them. */
static uint32_t model_row(const tb_table_rows *rows, uint32_t cursor)
{
    if (cursor < rows->first)
        return rows->first;
    if (cursor < rows->limit)
        return cursor;
    return rows->end > rows->first ? rows->end - 1 : rows->limit - 1;
}

/* Merges */

static bool crosses_rows(const tb_range *merge, uint32_t row)
{
    return merge->row < merge->last_row && merge->row <= row && row <= merge->last_row;
}

/* Inside of all that is merged with the row: below it, unless something ends there. */
static uint32_t insertion_row(const tb_sheet *sheet, uint32_t row)
{
    for (size_t i = 0; i < sheet->merge_count; i++) {
        if (crosses_rows(&sheet->merges[i], row) && sheet->merges[i].last_row == row)
            return row;
    }
    return row + 1;
}

/* The merge across rows that covers the cell, or NULL. */
static const tb_range *merge_across(const tb_sheet *sheet, uint32_t row, uint32_t column)
{
    const tb_range *merge = tb_sheet_find_merge(sheet, row, column);
    return merge != NULL && crosses_rows(merge, row) ? merge : NULL;
}

static void add_span(tb_row_addition *addition, uint32_t from, uint32_t end)
{
    if (from < end && addition->span_count < TB_ADDITION_SPANS_MAX)
        addition->spans[addition->span_count++] = (tb_column_span){from, end};
}

static void add_spans(tb_row_addition *addition, const tb_sheet *sheet)
{
    uint32_t from = 0;
    for (uint32_t column = 0; column < sheet->column_count; column++) {
        const tb_range *merge = merge_across(sheet, addition->model, column);
        if (merge == NULL)
            continue;
        add_span(addition, from, column);
        column = merge->last_column;
        from = column + 1;
    }
    add_span(addition, from, sheet->column_count);
}

/* The column of the outermost kind, or TB_NO_COLUMN. */
static uint32_t kind_column(const tb_record_list *list)
{
    const tb_table_layout *layout = list->scope->layout;
    for (size_t i = 0; i < list->scope->field_count; i++) {
        if (layout->columns[i].fill_down)
            return list->rows.columns[i];
    }
    return TB_NO_COLUMN;
}

/* A table whose kinds are merged over their rows: a kind of one row is merged with the new one. */
static void share_kind(tb_row_addition *addition, const tb_sheet *sheet)
{
    const tb_table_rows *rows = &addition->list->rows;
    uint32_t column = kind_column(addition->list), model = addition->model;
    if (column == TB_NO_COLUMN || merge_across(sheet, model, column) != NULL)
        return;
    const tb_range *own = tb_sheet_find_merge(sheet, model, column);
    for (uint32_t row = rows->first; row < rows->end; row++)
        addition->merges = addition->merges || merge_across(sheet, row, column) != NULL;
    addition->shared =
        (tb_range){model, column, model + 1, own == NULL ? column : own->last_column};
}

bool tb_addition_find_row(const tb_form *form, tb_address cursor, tb_row_addition *ret)
{
    const tb_record_list *list = find_table(form, cursor);
    if (list == NULL)
        return false;
    const tb_sheet *sheet = &form->workbook->sheets[cursor.sheet];
    uint32_t model = model_row(&list->rows, cursor.row);
    *ret = (tb_row_addition){
        .list = list, .sheet = cursor.sheet, .model = model, .insert = insertion_row(sheet, model)};
    add_spans(ret, sheet);
    share_kind(ret, sheet);
    return true;
}

bool tb_addition_keeps(const tb_record_list *list, uint32_t column)
{
    const tb_table_layout *layout = list->scope->layout;
    for (size_t i = 0; i < list->scope->field_count; i++) {
        if (list->rows.columns[i] == column)
            return layout->columns[i].fill_down;
    }
    return false;
}

/* Blocks */

/* Whether the block comes later in the workbook than the other, up to the cursor. */
static bool is_later(const tb_record *block, const tb_record *other, tb_address cursor)
{
    if (block->at.sheet != cursor.sheet || block->at.row > cursor.row)
        return false;
    return other == NULL || block->at.row > other->at.row;
}

/* The kind of blocks at the cursor, or the first that there is; NULL: there are none. */
static const tb_record_list *find_kind(const tb_form *form, tb_address cursor)
{
    const tb_record *root = form->root, *last = NULL;
    const tb_record_list *kind = NULL;
    for (size_t i = 0; i < root->scope->scope_count; i++) {
        const tb_record_list *list = &root->lists[i];
        if (list->scope->kind != TB_SCOPE_BLOCK || list->count == 0)
            continue;
        kind = kind == NULL ? list : kind;
        for (size_t j = 0; j < list->count; j++) {
            if (is_later(list->records[j], last, cursor)) {
                last = list->records[j];
                kind = list;
            }
        }
    }
    return kind;
}

static uint32_t end_of(const tb_record *block)
{
    uint32_t end = block->at.row + 1;
    for (size_t i = 0; i < block->scope->scope_count; i++) {
        const tb_table_rows *rows = &block->lists[i].rows;
        if (rows->columns != NULL && rows->sheet == block->at.sheet && rows->end > end)
            end = rows->end;
    }
    return end;
}

static int64_t next_number(const tb_record_list *kind)
{
    int64_t highest = 0;
    for (size_t i = 0; i < kind->count; i++) {
        for (size_t j = 0; j < kind->scope->field_count; j++) {
            const tb_item *item = kind->records[i]->items[j];
            int64_t number;
            if (item->field->type == TB_FIELD_NUMBER && item->state == TB_ITEM_VALID &&
                tb_decimal_to_int(item->number, &number) && number >= highest)
                highest = number;
        }
    }
    return highest == 0 ? 0 : highest + 1;
}

bool tb_addition_find_block(const tb_form *form, tb_address cursor, tb_block_addition *ret)
{
    const tb_record_list *kind = find_kind(form, cursor);
    if (kind == NULL)
        return false;
    const tb_record *model = kind->records[kind->count - 1];
    *ret = (tb_block_addition){.model = model,
                               .sheet = model->at.sheet,
                               .from = model->at.row,
                               .end = end_of(model),
                               .column_count = form->workbook->sheets[model->at.sheet].column_count,
                               .number = next_number(kind)};
    return true;
}

/* Texts of blocks */

static const tb_item *find_item(const tb_record *block, tb_field_type type)
{
    for (size_t i = 0; i < block->scope->field_count; i++) {
        if (block->scope->fields[i].type == type)
            return block->items[i];
    }
    return NULL;
}

/* Where the part begins, or the text's size. */
static size_t find_or_end(tb_str text, tb_str part)
{
    ptrdiff_t at = part.size == 0 ? -1 : tb_str_find(text, part);
    return at < 0 ? text.size : (size_t)at;
}

/* Appends the text with the model's number replaced by the new one where it stands first. */
static void append_numbered(tb_buffer *out, const tb_block_addition *addition, tb_str text)
{
    const tb_item *item = find_item(addition->model, TB_FIELD_NUMBER);
    tb_str number = item == NULL || addition->number == 0 ? TB_STR("") : item->text;
    size_t at = find_or_end(text, number);
    tb_buffer_text(out, tb_str_slice(text, 0, at));
    if (at == text.size)
        return;
    tb_buffer_uint(out, (unsigned long long)addition->number);
    tb_buffer_text(out, tb_str_slice(text, at + number.size, text.size));
}

tb_address tb_addition_text_cell(const tb_form *form, const tb_block_addition *addition)
{
    tb_address title = addition->model->at;
    const tb_item *text = find_item(addition->model, TB_FIELD_TEXT);
    if (text == NULL || text->state != TB_ITEM_BLANK || text->at.column != title.column)
        return text == NULL ? title : text->at;
    const tb_sheet *sheet = &form->workbook->sheets[title.sheet];
    const tb_range *merge = tb_sheet_find_merge(sheet, title.row, title.column);
    uint32_t beside = (merge == NULL ? title.column : merge->last_column) + 1;
    return beside < addition->column_count ? (tb_address){title.sheet, title.row, beside} : title;
}

bool tb_addition_title(const tb_form *form, const tb_block_addition *addition, tb_buffer *out)
{
    const tb_record *model = addition->model;
    const tb_sheet *sheet = &form->workbook->sheets[model->at.sheet];
    const tb_cell *cell = tb_sheet_find_cell(sheet, model->at.row, model->at.column);
    if (cell == NULL || cell->type != TB_CELL_TEXT || cell->formula.size > 0)
        return false;
    tb_str title = cell->text;
    const tb_item *text = find_item(model, TB_FIELD_TEXT);
    size_t end = text == NULL ? title.size : find_or_end(title, text->text);
    append_numbered(out, addition, tb_str_slice(title, 0, end));
    return true;
}

/* The begin of the last text in quotes, or the formula's size. */
static size_t last_quoted(tb_str formula)
{
    size_t quotes = 0;
    for (size_t i = formula.size; i > 0; i--) {
        if (formula.data[i - 1] == '"' && ++quotes == 2)
            return i - 1;
    }
    return formula.size;
}

bool tb_addition_join(const tb_form *form, const tb_block_addition *addition, tb_str formula,
                      tb_buffer *out)
{
    char name[TB_CELL_NAME_SIZE];
    tb_address at = tb_addition_text_cell(form, addition);
    tb_str cell = tb_cell_name(at.row, at.column, name);
    size_t quoted = last_quoted(formula);
    size_t tail = formula.size - (formula.size < cell.size ? formula.size : cell.size);
    bool joins = tb_str_ends(formula, cell) && tail > 0 && formula.data[tail - 1] == '&';
    if (!joins || quoted == formula.size)
        return false;
    tb_buffer_text(out, formula);
    tb_buffer_cstr(out, "&CHAR(10)&");
    append_numbered(out, addition, tb_str_slice(formula, quoted, tail));
    tb_buffer_text(out, tb_cell_name(at.row - addition->from + addition->end, at.column, name));
    return true;
}
