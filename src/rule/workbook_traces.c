/*
 * Looks at rows and formulas that the form's fields do not lead to.
 */
#include "rule/workbook_traces.h"

#include "base/limits.h"
#include "rule/check_failure.h"

const char *const tb_hidden_rows_placeholders[] = {"first", "last", NULL};
const char *const tb_external_links_placeholders[] = {"formula", NULL};

static tb_status add_at(tb_run *run, const tb_compiled_rule *rule, tb_address at,
                        tb_failure **ret_failure, tb_error *error)
{
    tb_status status = tb_check_failure_add(run, rule, run->form->root, NULL, ret_failure, error);
    if (*ret_failure != NULL)
        (*ret_failure)->at = at;
    return status;
}

/* What the cell holds, in no format's spelling. */
static void append_cell(tb_buffer *out, const tb_cell *cell)
{
    char number[TB_DECIMAL_TEXT_SIZE];
    tb_str text = cell->text;
    if (cell->type == TB_CELL_NUMBER || cell->type == TB_CELL_DATE || cell->type == TB_CELL_BOOLEAN)
        text = tb_decimal_format(tb_decimal_normalize(cell->number), number);
    tb_buffer_uint(out, text.size);
    tb_buffer_char(out, ':');
    tb_buffer_text(out, text);
}

/* ---- hidden rows ---- */

/* Rows that follow one another, hidden and not empty. */
typedef struct hidden_run {
    tb_address at; /* their first cell */
    uint32_t end;  /* the row behind them */
} hidden_run;

static bool is_hidden_content(const tb_band *band)
{
    return band->hidden && band->cell_count > 0;
}

/* The next ones from band *at on, which moves behind them. */
static bool next_hidden(const tb_sheet *sheet, uint32_t index, size_t *at, hidden_run *ret)
{
    const tb_band *bands = sheet->bands;
    while (*at < sheet->band_count && !is_hidden_content(&bands[*at]))
        ++*at;
    if (*at == sheet->band_count)
        return false;
    const tb_band *first = &bands[*at];
    *ret = (hidden_run){{index, first->row, first->cells[0].column}, first->row + first->rows};
    for (++*at;
         *at < sheet->band_count && is_hidden_content(&bands[*at]) && bands[*at].row == ret->end;
         ++*at)
        ret->end += bands[*at].rows;
    return true;
}

static void say_row(tb_run *run, tb_failure *failure, size_t placeholder, uint32_t row)
{
    tb_buffer text;
    tb_buffer_init(&text, 32);
    tb_buffer_uint(&text, row);
    tb_check_failure_say(run, failure, placeholder, &text);
}

/* The sheet and the cells of the rows, wherever on it they are. */
static void see_rows(tb_run *run, tb_failure *failure, const hidden_run *rows)
{
    tb_buffer seen;
    const tb_sheet *sheet = &run->form->workbook->sheets[rows->at.sheet];
    tb_buffer_init(&seen, TB_MAX_PART_SIZE);
    tb_buffer_text(&seen, sheet->name);
    for (size_t i = 0; i < sheet->band_count; i++) {
        const tb_band *band = &sheet->bands[i];
        for (size_t j = 0; j < band->cell_count && band->row >= rows->at.row; j++)
            if (band->row < rows->end)
                append_cell(&seen, &band->cells[j]);
    }
    tb_check_failure_see(run, failure, &seen);
}

static tb_status report_hidden(tb_run *run, const tb_compiled_rule *rule, const hidden_run *rows,
                               tb_error *error)
{
    tb_failure *failure = NULL;
    tb_status status = add_at(run, rule, rows->at, &failure, error);
    if (failure == NULL)
        return status;
    say_row(run, failure, 0, rows->at.row + 1);
    say_row(run, failure, 1, rows->end);
    see_rows(run, failure, rows);
    return tb_check_failure_status(run, error);
}

tb_status tb_hidden_rows_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error)
{
    const tb_workbook *workbook = run->form->workbook;
    tb_status status = TB_OK;
    for (uint32_t i = 0; i < workbook->sheet_count && status == TB_OK; i++) {
        const tb_sheet *sheet = &workbook->sheets[i];
        hidden_run rows;
        for (size_t at = 0;
             !sheet->hidden && status == TB_OK && !run->full && next_hidden(sheet, i, &at, &rows);)
            status = report_hidden(run, rule, &rows, error);
    }
    return status;
}

/* ---- links to other files ---- */

/* [2]Sheet1!A1 in one format, 'file:///…'#$Sheet1.A1 in the other. */
static bool is_external(tb_str formula)
{
    ptrdiff_t bracket = tb_str_find(formula, TB_STR("["));
    size_t next = bracket < 0 ? formula.size : (size_t)bracket + 1;
    bool numbered = next < formula.size && formula.data[next] >= '0' && formula.data[next] <= '9';
    return numbered || tb_str_find(formula, TB_STR("'file:")) >= 0;
}

static const tb_cell *find_external_in_row(const tb_band *band)
{
    for (size_t i = 0; i < band->cell_count; i++)
        if (band->cells[i].formula.size > 0 && is_external(band->cells[i].formula))
            return &band->cells[i];
    return NULL;
}

static const tb_cell *find_external(const tb_workbook *workbook, tb_address *ret_at)
{
    for (uint32_t i = 0; i < workbook->sheet_count; i++) {
        const tb_sheet *sheet = &workbook->sheets[i];
        for (size_t j = 0; j < sheet->band_count; j++) {
            const tb_cell *cell = find_external_in_row(&sheet->bands[j]);
            if (cell == NULL)
                continue;
            *ret_at = (tb_address){i, sheet->bands[j].row, cell->column};
            return cell;
        }
    }
    return NULL;
}

tb_status tb_external_links_run(tb_run *run, const tb_compiled_rule *rule, tb_error *error)
{
    const tb_workbook *workbook = run->form->workbook;
    if (!workbook->has_external_links)
        return TB_OK;
    tb_address at = run->form->root->at;
    const tb_cell *cell = find_external(workbook, &at);
    tb_failure *failure = NULL;
    tb_status status = add_at(run, rule, at, &failure, error);
    if (failure == NULL)
        return status;
    tb_buffer text;
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (cell != NULL)
        tb_buffer_text(&text, cell->formula);
    tb_check_failure_say(run, failure, 0, &text);
    tb_buffer_init(&text, TB_MAX_TEXT_SIZE);
    if (cell != NULL)
        append_cell(&text, cell);
    tb_check_failure_see(run, failure, &text);
    return tb_check_failure_status(run, error);
}
