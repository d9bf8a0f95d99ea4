/*
 * What of a workbook its picture shows: which rows and columns, and which cells can be linked to.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "report/html_picture.h"
#include "report/terms.h"

#define SHOWN_OF_ALIKE 2 /* rows, where there are too many equal ones */

/* ---- targets of links ---- */

static tb_address first_of_merge(const tb_picture *picture, tb_address at)
{
    const tb_workbook *workbook = picture->result->form->workbook;
    if (at.sheet >= workbook->sheet_count)
        return at;
    const tb_range *merge = tb_sheet_find_merge(&workbook->sheets[at.sheet], at.row, at.column);
    return merge != NULL ? (tb_address){at.sheet, merge->row, merge->column} : at;
}

static int compare_addresses(tb_address a, tb_address b)
{
    if (a.sheet != b.sheet)
        return a.sheet < b.sheet ? -1 : 1;
    if (a.row != b.row)
        return a.row < b.row ? -1 : 1;
    return a.column < b.column ? -1 : a.column > b.column;
}

static int compare_targets(const void *left, const void *right)
{
    const tb_picture_target *a = left, *b = right;
    int order = compare_addresses(a->at, b->at);
    size_t first = a->finding != NULL ? a->finding->id : SIZE_MAX;
    size_t second = b->finding != NULL ? b->finding->id : SIZE_MAX;
    return order != 0 ? order : first < second ? -1 : first > second;
}

static size_t related_shown(const tb_finding *finding)
{
    return finding->related_count < TB_REPORT_MAX_RELATED ? finding->related_count
                                                          : TB_REPORT_MAX_RELATED;
}

static bool gather_targets(tb_picture *picture)
{
    const tb_result *result = picture->result;
    size_t room = result->finding_count * (TB_REPORT_MAX_RELATED + 1);
    picture->targets = tb_arena_array(&picture->arena, room + 1, sizeof *picture->targets);
    if (picture->targets == NULL)
        return false;
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *finding = &result->findings[i];
        picture->targets[picture->target_count++] =
            (tb_picture_target){first_of_merge(picture, finding->at), finding};
        for (size_t j = 0; j < related_shown(finding); j++)
            picture->targets[picture->target_count++] =
                (tb_picture_target){first_of_merge(picture, finding->related[j].at), NULL};
    }
    qsort(picture->targets, picture->target_count, sizeof *picture->targets, compare_targets);
    return true;
}

/* ---- rows ---- */

typedef struct row_plan {
    tb_picture *picture;
    tb_picture_sheet *sheet;
    size_t target, target_end; /* of this sheet; `target` has not been passed yet */
    bool left_out, by_limit;   /* rows since the last one shown */
} row_plan;

static bool show_row(row_plan *plan, uint32_t row, const tb_band *band)
{
    tb_picture_sheet *sheet = plan->sheet;
    if (sheet->row_count == sheet->row_capacity) {
        size_t wanted = sheet->row_capacity == 0 ? 64 : sheet->row_capacity * 2;
        tb_picture_row *grown = tb_arena_grow(&plan->picture->arena, sheet->rows, sheet->row_count,
                                              wanted, sizeof *grown);
        if (grown == NULL)
            return false;
        sheet->rows = grown;
        sheet->row_capacity = wanted;
    }
    sheet->rows[sheet->row_count++] =
        (tb_picture_row){row, band, plan->left_out, plan->left_out && plan->by_limit};
    plan->left_out = plan->by_limit = false;
    return true;
}

/* The next row from `row` on, below `end`, that has a finding; `end` when there is none. */
static uint32_t next_marked(row_plan *plan, uint32_t row, uint32_t end)
{
    const tb_picture_target *targets = plan->picture->targets;
    while (plan->target < plan->target_end &&
           (targets[plan->target].at.row < row || targets[plan->target].finding == NULL))
        plan->target++;
    bool found = plan->target < plan->target_end && targets[plan->target].at.row < end;
    return found ? targets[plan->target].at.row : end;
}

/* Equal rows: all where they are few, else the first ones and those that have findings. */
static bool add_rows(row_plan *plan, uint32_t from, uint32_t end, const tb_band *band)
{
    uint32_t count = end - from, wanted = count > TB_PICTURE_MAX_ALIKE ? SHOWN_OF_ALIKE : count;
    for (uint32_t row = from; row < end;) {
        bool marked = next_marked(plan, row, end) == row;
        bool budget = plan->picture->rows_left > 0;
        if (marked || (row - from < wanted && budget)) {
            if (!show_row(plan, row, band))
                return false;
            plan->picture->rows_left -= budget;
            row++;
            continue;
        }
        plan->left_out = true;
        plan->by_limit |= !budget;
        row = next_marked(plan, row, end);
    }
    return true;
}

static bool plan_rows(row_plan *plan, const tb_sheet *sheet)
{
    uint32_t row = 0;
    for (size_t i = 0; i < sheet->band_count && row < sheet->row_count; i++) {
        const tb_band *band = &sheet->bands[i];
        uint32_t end = band->row + band->rows;
        end = end < sheet->row_count ? end : sheet->row_count;
        if (band->row > row && !add_rows(plan, row, band->row, NULL))
            return false;
        if (band->row < end && !add_rows(plan, band->row, end, band))
            return false;
        row = end > row ? end : row;
    }
    plan->sheet->rows_left_out = plan->left_out;
    return true;
}

/* ---- columns ---- */

/* Those with content, and those that a merge with content covers. */
static void plan_columns(tb_picture_sheet *shown, const tb_sheet *sheet)
{
    uint32_t first = TB_MAX_COLUMNS, end = 0;
    for (size_t i = 0; i < sheet->band_count; i++) {
        const tb_band *band = &sheet->bands[i];
        if (band->cell_count == 0)
            continue;
        const tb_cell *last = &band->cells[band->cell_count - 1];
        first = band->cells[0].column < first ? band->cells[0].column : first;
        end = last->column + last->width > end ? last->column + last->width : end;
    }
    for (size_t i = 0; i < sheet->merge_count; i++) {
        const tb_range *merge = &sheet->merges[i];
        if (merge->row < sheet->row_count && merge->column < end && merge->last_column >= end)
            end = merge->last_column + 1;
    }
    shown->columns_left_out = end > first && end - first > TB_PICTURE_MAX_COLUMNS;
    shown->first_column = first;
    shown->last_column = shown->columns_left_out ? first + TB_PICTURE_MAX_COLUMNS - 1 : end - 1;
    if (end <= first)
        *shown = (tb_picture_sheet){.first_column = 1};
}

/* ---- the whole ---- */

static bool plan_sheets(tb_picture *picture)
{
    const tb_workbook *workbook = picture->result->form->workbook;
    picture->sheets =
        tb_arena_array(&picture->arena, workbook->sheet_count + 1, sizeof *picture->sheets);
    if (picture->sheets == NULL)
        return false;
    size_t target = 0;
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        row_plan plan = {.picture = picture, .sheet = &picture->sheets[i], .target = target};
        while (target < picture->target_count && picture->targets[target].at.sheet == i)
            target++;
        plan.target_end = target;
        plan_columns(plan.sheet, &workbook->sheets[i]);
        if (plan.sheet->last_column >= plan.sheet->first_column &&
            !plan_rows(&plan, &workbook->sheets[i]))
            return false;
    }
    return true;
}

bool tb_picture_init(tb_picture *picture, const tb_result *result, size_t file)
{
    *picture = (tb_picture){.result = result,
                            .file = file,
                            .rows_left = TB_PICTURE_MAX_ROWS,
                            .text_left = TB_PICTURE_MAX_TEXT};
    tb_arena_init(&picture->arena, TB_MAX_RESULT_MEMORY);
    if (gather_targets(picture) && plan_sheets(picture))
        return true;
    tb_picture_done(picture);
    return false;
}

void tb_picture_done(tb_picture *picture)
{
    tb_arena_done(&picture->arena);
}

static int compare_row(const void *key, const void *element)
{
    const uint32_t *row = key;
    const tb_picture_row *shown = element;
    return *row < shown->row ? -1 : *row > shown->row;
}

bool tb_picture_find(const tb_picture *picture, tb_address at, tb_address *ret)
{
    at = first_of_merge(picture, at);
    if (at.sheet >= picture->result->form->workbook->sheet_count ||
        compare_addresses(at, first_of_merge(picture, at)) != 0) /* merges that overlap */
        return false;
    const tb_picture_sheet *sheet = &picture->sheets[at.sheet];
    if (sheet->row_count == 0 || at.column < sheet->first_column ||
        at.column > sheet->last_column ||
        bsearch(&at.row, sheet->rows, sheet->row_count, sizeof *sheet->rows, compare_row) == NULL)
        return false;
    *ret = at;
    return true;
}
