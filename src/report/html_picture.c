/*
 * Writes the picture that html_picture_plan.c has decided on. A merge is cut where rows are left
 * out, so that the tables are sound whatever the merges are.
 */
#include "report/html_picture.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"
#include "report/html_cell.h"
#include "report/html_markup.h"
#include "report/terms.h"

#define MAX_FORMULA 200 /* characters shown in a tooltip */

typedef struct picture_writer {
    tb_picture *picture;
    tb_buffer *out;
    tb_language language;
    size_t sheet_index;
    const tb_sheet *sheet;
    const tb_picture_sheet *shown;
    const tb_picture_target *target, *target_end; /* from the current row on */
    size_t row_index;
    size_t run_begin, run_end; /* rows without a gap around the current one */
    tb_buffer scratch;
} picture_writer;

/* A cell of the table. */
typedef struct picture_cell {
    tb_address at;              /* what it shows */
    uint32_t row_span, columns; /* how much it covers */
} picture_cell;

/* ---- cells ---- */

static void append_span(tb_buffer *out, const char *name, uint32_t span)
{
    if (span < 2)
        return;
    tb_buffer_char(out, ' ');
    tb_buffer_cstr(out, name);
    tb_buffer_cstr(out, "=\"");
    tb_buffer_uint(out, span);
    tb_buffer_char(out, '"');
}

/* The first target at the place, or NULL. */
static const tb_picture_target *find_target(const picture_writer *self, tb_address at)
{
    const tb_picture_target *target = self->target;
    while (target < self->target_end && target->at.row == at.row && target->at.column < at.column)
        target++;
    bool found =
        target < self->target_end && target->at.row == at.row && target->at.column == at.column;
    return found ? target : NULL;
}

/* A sign and the number of each finding at the cell, linked to it. */
static void append_signs(const picture_writer *self, const tb_picture_target *first)
{
    for (const tb_picture_target *target = first;
         target < self->target_end && target->finding != NULL && target->at.row == first->at.row &&
         target->at.column == first->at.column;
         target++) {
        const tb_finding *finding = target->finding;
        tb_buffer_cstr(self->out, "<a class=\"sign ");
        tb_buffer_cstr(self->out, tb_html_class(finding->severity));
        tb_buffer_cstr(self->out, "\" href=\"#");
        tb_html_finding_id(self->out, self->picture->file, finding->id);
        tb_buffer_cstr(self->out, "\" title=\"");
        tb_html_text(self->out, finding->message);
        tb_buffer_cstr(self->out, "\">");
        tb_buffer_cstr(self->out, tb_html_symbol(finding->severity));
        tb_buffer_uint(self->out, finding->id);
        tb_buffer_cstr(self->out, "</a> ");
    }
}

/* The gravest severity at the cell, as its class. */
static const char *class_of(const picture_writer *self, const tb_picture_target *first)
{
    tb_severity worst = first->finding->severity;
    for (const tb_picture_target *target = first;
         target < self->target_end && target->finding != NULL && target->at.row == first->at.row &&
         target->at.column == first->at.column;
         target++)
        worst = target->finding->severity < worst ? target->finding->severity : worst;
    return tb_html_class(worst);
}

static void append_class(const picture_writer *self, const tb_picture_target *target,
                         const tb_cell *cell)
{
    bool marked = target != NULL && target->finding != NULL;
    bool right = cell != NULL && tb_html_cell_is_right(cell);
    if (!marked && !right)
        return;
    tb_buffer_cstr(self->out, " class=\"");
    if (marked)
        tb_buffer_cstr(self->out, class_of(self, target));
    if (right)
        tb_buffer_cstr(self->out, marked ? " right" : "right");
    tb_buffer_char(self->out, '"');
}

static void append_content(picture_writer *self, const tb_cell *cell)
{
    size_t max = self->picture->text_left;
    tb_buffer_reset(&self->scratch);
    tb_html_show_cell(&self->scratch, cell);
    tb_str text = tb_buffer_get(&self->scratch);
    size_t size = text.size < TB_PICTURE_MAX_CELL ? text.size : TB_PICTURE_MAX_CELL;
    tb_html_cut(self->out, text, max < TB_PICTURE_MAX_CELL ? max : TB_PICTURE_MAX_CELL);
    self->picture->text_left -= size < max ? size : max;
}

static void append_cell(picture_writer *self, const picture_cell *place)
{
    tb_buffer *out = self->out;
    const tb_cell *cell = tb_sheet_find_cell(self->sheet, place->at.row, place->at.column);
    bool here = place->at.row == self->shown->rows[self->row_index].row;
    const tb_picture_target *target = here ? find_target(self, place->at) : NULL;
    tb_buffer_cstr(out, "<td");
    if (target != NULL) {
        tb_buffer_cstr(out, " id=\"");
        tb_html_cell_id(out, self->picture->file, place->at);
        tb_buffer_char(out, '"');
    }
    append_class(self, target, cell);
    append_span(out, "rowspan", place->row_span);
    append_span(out, "colspan", place->columns);
    if (cell != NULL && cell->formula.size > 0) {
        tb_buffer_cstr(out, " title=\"=");
        tb_html_cut(out, cell->formula, MAX_FORMULA);
        tb_buffer_char(out, '"');
    }
    tb_buffer_char(out, '>');
    if (target != NULL)
        append_signs(self, target);
    if (cell != NULL)
        append_content(self, cell);
    tb_buffer_cstr(out, "</td>");
}

/* ---- rows ---- */

/* What the table has at a row and column; false: nothing, a merge that begins elsewhere covers it.
 */
static bool place_cell(const picture_writer *self, uint32_t row, uint32_t column, picture_cell *ret)
{
    const tb_range *merge = tb_sheet_find_merge(self->sheet, row, column);
    *ret = (picture_cell){{(uint32_t)self->sheet_index, row, column}, 1, 1};
    if (merge == NULL)
        return true;
    const tb_picture_sheet *shown = self->shown;
    uint32_t left = merge->column > shown->first_column ? merge->column : shown->first_column;
    bool first_row = row == merge->row || self->row_index == self->run_begin;
    if (column != left || !first_row)
        return false;
    uint32_t last_row = shown->rows[self->run_end - 1].row;
    uint32_t bottom = merge->last_row < last_row ? merge->last_row : last_row;
    uint32_t right =
        merge->last_column < shown->last_column ? merge->last_column : shown->last_column;
    ret->at.row = merge->row;
    ret->at.column = merge->column;
    ret->row_span = bottom - row + 1;
    ret->columns = right - column + 1;
    return true;
}

static void append_row_number(const picture_writer *self, uint32_t row, bool hidden)
{
    tb_buffer_cstr(self->out,
                   hidden ? "<tr class=\"hidden\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
    tb_buffer_uint(self->out, (unsigned long long)row + 1);
    if (hidden) {
        tb_buffer_cstr(self->out, "<small>");
        tb_html_message(self->out, TB_MSG_REPORT_HTML_HIDDEN, self->language);
        tb_buffer_cstr(self->out, "</small>");
    }
    tb_buffer_cstr(self->out, "</th>");
}

static void append_row(picture_writer *self)
{
    const tb_picture_row *shown = &self->shown->rows[self->row_index];
    while (self->target < self->target_end && self->target->at.row < shown->row)
        self->target++;
    append_row_number(self, shown->row, shown->band != NULL && shown->band->hidden);
    for (uint32_t column = self->shown->first_column; column <= self->shown->last_column;
         column++) {
        picture_cell cell;
        if (place_cell(self, shown->row, column, &cell))
            append_cell(self, &cell);
    }
    tb_buffer_cstr(self->out, "</tr>\n");
}

/* A row that says which ones are not shown; `to` is the last of them. */
static void append_gap(const picture_writer *self, uint32_t from, uint32_t to, bool by_limit)
{
    char first[24], last[24];
    snprintf(first, sizeof first, "%" PRIu32, from + 1);
    snprintf(last, sizeof last, "%" PRIu32, to + 1);
    tb_str args[] = {tb_str_of(first), tb_str_of(last)};
    tb_buffer_cstr(self->out, "<tr class=\"gap\"><th>⋮</th><td colspan=\"");
    tb_buffer_uint(self->out, self->shown->last_column - self->shown->first_column + 1);
    tb_buffer_cstr(self->out, "\">");
    tb_html_format(self->out, self->language,
                   by_limit ? TB_MSG_REPORT_HTML_ROWS_TOO_MANY : TB_MSG_REPORT_HTML_ROWS_ALIKE,
                   args, 2);
    tb_buffer_cstr(self->out, "</td></tr>\n");
}

static size_t find_run_end(const tb_picture_sheet *shown, size_t begin)
{
    size_t end = begin + 1;
    while (end < shown->row_count && !shown->rows[end].left_out)
        end++;
    return end;
}

static void append_rows(picture_writer *self)
{
    const tb_picture_sheet *shown = self->shown;
    uint32_t next = 0; /* the row after the last one shown */
    for (size_t i = 0; i < shown->row_count; i++) {
        if (i == 0 || shown->rows[i].left_out) {
            self->run_begin = i;
            self->run_end = find_run_end(shown, i);
        }
        if (shown->rows[i].left_out)
            append_gap(self, next, shown->rows[i].row - 1, shown->rows[i].by_limit);
        self->row_index = i;
        append_row(self);
        next = shown->rows[i].row + 1;
    }
    if (shown->rows_left_out)
        append_gap(self, next, self->sheet->row_count - 1, self->picture->rows_left == 0);
}

/* ---- sheets ---- */

static tb_str column_name(uint32_t column, char out[TB_CELL_NAME_SIZE])
{
    tb_str name = tb_cell_name(0, column, out);
    return tb_str_slice(name, 0, name.size - 1); /* without the row's 1 */
}

static void append_caption(const picture_writer *self)
{
    tb_buffer_cstr(self->out, "<caption>");
    tb_html_text(self->out, self->sheet->name);
    if (self->sheet->hidden) {
        tb_buffer_cstr(self->out, " <small>");
        tb_html_message(self->out, TB_MSG_REPORT_HTML_HIDDEN_SHEET, self->language);
        tb_buffer_cstr(self->out, "</small>");
    }
    if (self->shown->columns_left_out) {
        char name[TB_CELL_NAME_SIZE];
        tb_str args[] = {column_name(self->shown->last_column, name)};
        tb_buffer_cstr(self->out, " <small>");
        tb_html_format(self->out, self->language, TB_MSG_REPORT_HTML_COLUMNS_TOO_MANY, args, 1);
        tb_buffer_cstr(self->out, "</small>");
    }
    tb_buffer_cstr(self->out, "</caption>\n");
}

/* The letters of the columns; a browser repeats them on every page. */
static void append_letters(const picture_writer *self)
{
    char name[TB_CELL_NAME_SIZE];
    tb_buffer_cstr(self->out, "<thead><tr><th></th>");
    for (uint32_t column = self->shown->first_column; column <= self->shown->last_column;
         column++) {
        tb_buffer_cstr(self->out, "<th scope=\"col\">");
        tb_buffer_text(self->out, column_name(column, name));
        tb_buffer_cstr(self->out, "</th>");
    }
    tb_buffer_cstr(self->out, "</tr></thead>\n");
}

static void append_sheet(picture_writer *self)
{
    const tb_picture *picture = self->picture;
    self->target = picture->targets;
    self->target_end = picture->targets + picture->target_count;
    while (self->target < self->target_end && self->target->at.sheet < self->sheet_index)
        self->target++;
    const tb_picture_target *end = self->target;
    while (end < self->target_end && end->at.sheet == self->sheet_index)
        end++;
    self->target_end = end;
    tb_buffer_cstr(self->out, "<table class=\"sheet\">");
    append_caption(self);
    append_letters(self);
    tb_buffer_cstr(self->out, "<tbody>\n");
    append_rows(self);
    tb_buffer_cstr(self->out, "</tbody></table>\n");
}

void tb_picture_append(tb_picture *picture, tb_buffer *out, tb_language language)
{
    const tb_workbook *workbook = picture->result->form->workbook;
    picture_writer self = {.picture = picture, .out = out, .language = language};
    tb_buffer_init(&self.scratch, TB_MAX_TEXT_SIZE + 1);
    tb_buffer_cstr(out, "<div class=\"picture\">\n");
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        self.sheet_index = i;
        self.sheet = &workbook->sheets[i];
        self.shown = &picture->sheets[i];
        if (self.shown->row_count > 0)
            append_sheet(&self);
    }
    tb_buffer_cstr(out, "</div>\n");
    tb_buffer_done(&self.scratch);
}
