/*
 * One range container of the document for each severity.
 */
#include "calc/marks/places.h"

#include <stdlib.h>

#include "calc/uno/value.h"

typedef struct marked_cell {
    tb_address at;
    tb_severity severity;
} marked_cell;

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_addresses(const marked_cell *a, const marked_cell *b)
{
    int order = compare_numbers(a->at.sheet, b->at.sheet);
    order = order != 0 ? order : compare_numbers(a->at.row, b->at.row);
    return order != 0 ? order : compare_numbers(a->at.column, b->at.column);
}

static int compare_by_place(const void *left, const void *right)
{
    const marked_cell *a = left, *b = right;
    int order = compare_addresses(a, b);
    return order != 0 ? order : (a->severity > b->severity) - (a->severity < b->severity);
}

static int compare_by_severity(const void *left, const void *right)
{
    const marked_cell *a = left, *b = right;
    int order = (a->severity > b->severity) - (a->severity < b->severity);
    return order != 0 ? order : compare_addresses(a, b);
}

/* Each cell once; returns how many. */
static size_t collect(const tb_result *result, marked_cell *cells)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < result->finding_count; i++) {
        const tb_finding *finding = &result->findings[i];
        if (finding->explained != TB_EXPLANATION_CURRENT)
            cells[count++] = (marked_cell){finding->at, finding->severity};
    }
    if (count > 1)
        qsort(cells, count, sizeof *cells, compare_by_place);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || compare_addresses(&cells[kept - 1], &cells[i]) != 0)
            cells[kept++] = cells[i];
    if (kept > 1)
        qsort(cells, kept, sizeof *cells, compare_by_severity);
    return kept;
}

static void make_ranges(tb_calls *calls, tb_mark_places *places, uno_Interface *document,
                        const marked_cell *cells, size_t count)
{
    sal_Bool join = false;
    rtl_uString *name = tb_calls_text(calls, TB_STR("com.sun.star.sheet.SheetCellRanges"));
    uno_Interface *ranges =
        tb_uno_call_object(calls, document, TB_XMultiServiceFactory_createInstance, TB_ARGS(&name));
    uno_Sequence *addresses = tb_calls_sequence(calls, TB_TYPE_RANGE_ADDRESSES, count);
    if (tb_calls_failed(calls))
        return;
    for (size_t i = 0; i < count; i++) {
        sal_Int32 row = (sal_Int32)cells[i].at.row, column = (sal_Int32)cells[i].at.column;
        TB_ITEMS(addresses, tb_range_address)
        [i] = (tb_range_address){(sal_Int16)cells[i].at.sheet, column, row, column, row};
    }
    tb_uno_call(calls, ranges, TB_XSheetCellRangeContainer_addRangeAddresses,
                TB_ARGS(&addresses, &join));
    tb_object_acquire(ranges);
    places->ranges[cells[0].severity] = ranges;
}

void tb_mark_places_set(tb_calls *calls, tb_mark_places *places, uno_Interface *document,
                        const tb_result *result)
{
    tb_mark_places_done(places);
    if (result == NULL || result->form == NULL)
        return;
    marked_cell *cells = calloc(result->finding_count + 1, sizeof *cells);
    if (cells == NULL) {
        tb_error_memory(&calls->error);
        return;
    }
    size_t count = collect(result, cells);
    places->count = count < TB_MAX_MARKS ? count : TB_MAX_MARKS;
    places->left_out = count - places->count;
    for (size_t i = 0, end; i < places->count; i = end) {
        for (end = i + 1; end < places->count && cells[end].severity == cells[i].severity;)
            end++;
        make_ranges(calls, places, document, cells + i, end - i);
    }
    free(cells);
}

void tb_mark_places_done(tb_mark_places *places)
{
    for (size_t i = 0; i < TB_SEVERITY_COUNT; i++)
        tb_object_clear(&places->ranges[i]);
    *places = (tb_mark_places){0};
}

size_t tb_mark_places_get(tb_calls *calls, const tb_mark_places *places, tb_severity severity,
                          const tb_range_address **ret_addresses)
{
    uno_Interface *ranges = places->ranges[severity];
    return ranges == NULL ? 0 : tb_sheet_addresses(calls, ranges, ret_addresses);
}
