/*
 * Reading the groups of equally formatted ranges. A merge is part of the format (its first cell
 * says how far it reaches), so that all cells of a group are merged alike or not at all: one look
 * at the first cell of each group tells. So is a validity, and all cells of a group share it.
 */
#include "calc/formats.h"

/* Bits of com.sun.star.util.NumberFormat, the first that applies wins. */
static const struct {
    sal_Int32 bit;
    tb_format_class class_;
} format_classes[] = {
    {2, TB_FORMAT_DATE},     {4, TB_FORMAT_DATE},        {128, TB_FORMAT_PERCENT},
    {8, TB_FORMAT_CURRENCY}, {32, TB_FORMAT_SCIENTIFIC}, {64, TB_FORMAT_FRACTION},
    {256, TB_FORMAT_TEXT},   {1024, TB_FORMAT_BOOLEAN},  {16, TB_FORMAT_NUMBER},
};

static tb_format_class class_of(sal_Int32 type)
{
    for (size_t i = 0; i < sizeof(format_classes) / sizeof(format_classes[0]); i++) {
        if (type & format_classes[i].bit)
            return format_classes[i].class_;
    }
    return TB_FORMAT_GENERAL;
}

static bool counts_places(tb_format_class class_)
{
    return class_ == TB_FORMAT_NUMBER || class_ == TB_FORMAT_PERCENT ||
           class_ == TB_FORMAT_CURRENCY || class_ == TB_FORMAT_SCIENTIFIC;
}

static tb_number_format read_format(tb_reading *reading, uno_Interface *group)
{
    tb_calls *calls = reading->calls;
    sal_Int32 key = tb_property_long(calls, group, "NumberFormat");
    uno_Interface *format = tb_uno_call_object(calls, reading->number_formats,
                                               TB_XNumberFormats_getByKey, TB_ARGS(&key));
    tb_number_format result = {class_of(tb_property_long(calls, format, "Type")),
                               tb_property_long(calls, format, "Decimals")};
    bool as_it_comes =
        result.class_ == TB_FORMAT_NUMBER && tb_property_boolean(calls, format, "StandardFormat");
    if (as_it_comes)
        result.class_ = TB_FORMAT_GENERAL;
    if (as_it_comes || !counts_places(result.class_))
        result.decimals = TB_DECIMALS_ANY;
    return result;
}

/* Every cell of the ranges begins a merge of this size. */
static void add_merges(tb_reading *reading, const tb_format_group *group, sal_Int32 rows,
                       sal_Int32 columns)
{
    for (size_t i = 0; i < group->count; i++) {
        const tb_range_address *at = &group->ranges[i];
        for (sal_Int32 row = at->row; row <= at->last_row; row++) {
            for (sal_Int32 column = at->column; column <= at->last_column; column++) {
                if (tb_calls_failed(reading->calls))
                    return;
                tb_range merge = {(uint32_t)row, (uint32_t)column, (uint32_t)(row + rows - 1),
                                  (uint32_t)(column + columns - 1)};
                tb_workbook_builder_merge(reading->builder, merge, &reading->calls->error);
            }
        }
    }
}

static void read_merges(tb_reading *reading, uno_Interface *sheet, const tb_format_group *group)
{
    tb_calls *calls = reading->calls;
    const tb_range_address *first = &group->ranges[0];
    uno_Interface *cell = tb_uno_call_object(calls, sheet, TB_XCellRange_getCellRangeByPosition,
                                             TB_ARGS((void *)&first->column, (void *)&first->row,
                                                     (void *)&first->column, (void *)&first->row));
    if (!tb_uno_call_boolean(calls, cell, TB_XMergeable_getIsMerged, NULL))
        return;
    uno_Interface *range = tb_calls_query(calls, cell, TB_TYPE_SHEET_CELL_RANGE);
    uno_Interface *cursor =
        tb_uno_call_object(calls, sheet, TB_XSpreadsheet_createCursorByRange, TB_ARGS(&range));
    tb_uno_call(calls, cursor, TB_XSheetCellCursor_collapseToMergedArea, NULL);
    const tb_range_address *merged =
        tb_uno_call(calls, cursor, TB_XCellRangeAddressable_getRangeAddress, NULL);
    if (merged != NULL)
        add_merges(reading, group, merged->last_row - merged->row + 1,
                   merged->last_column - merged->column + 1);
}

/* com.sun.star.sheet.ValidationType: ANY, which restricts nothing, is 0. */
static void read_validity(tb_reading *reading, uno_Interface *range, const tb_format_group *group)
{
    uno_Interface *validity = tb_property_object(reading->calls, range, "Validation");
    if (validity == NULL || tb_property_long(reading->calls, validity, "Type") == 0)
        return;
    for (size_t i = 0; i < group->count && !tb_calls_failed(reading->calls); i++) {
        const tb_range_address *at = &group->ranges[i];
        tb_range area = {(uint32_t)at->row, (uint32_t)at->column, (uint32_t)at->last_row,
                         (uint32_t)at->last_column};
        tb_workbook_builder_validity(reading->builder, area, &reading->calls->error);
    }
}

void tb_formats_read(tb_reading *reading, uno_Interface *sheet, tb_formats *ret_formats)
{
    tb_calls *calls = reading->calls;
    uno_Interface *ranges = tb_uno_call_object(
        calls, sheet, TB_XUniqueCellFormatRangesSupplier_getUniqueCellFormatRanges, NULL);
    sal_Int32 count = tb_uno_call_long(calls, ranges, TB_XIndexAccess_getCount, NULL);
    tb_format_group *groups =
        tb_arena_array(reading->arena, count > 0 ? (size_t)count : 1, sizeof(*groups));
    *ret_formats = (tb_formats){0, groups};
    if (groups == NULL && !tb_calls_failed(calls))
        tb_error_memory(&calls->error);
    for (sal_Int32 i = 0; i < count && !tb_calls_failed(calls); i++) {
        tb_format_group *group = &groups[ret_formats->count++];
        uno_Interface *range =
            tb_uno_call_object(calls, ranges, TB_XIndexAccess_getByIndex, TB_ARGS(&i));
        group->format = read_format(reading, range);
        group->count = tb_sheet_addresses(calls, range, &group->ranges);
        if (group->count > 0)
            read_merges(reading, sheet, group);
        read_validity(reading, range, group);
    }
}

static uint32_t larger(sal_Int32 a, uint32_t b)
{
    return (uint32_t)a > b ? (uint32_t)a : b;
}

static uint32_t smaller(sal_Int32 a, uint32_t b)
{
    return (uint32_t)a < b ? (uint32_t)a : b;
}

static void paint_range(const tb_range_address *range, tb_number_format format, tb_range block,
                        tb_number_format *grid)
{
    size_t width = block.last_column - block.column + 1;
    uint32_t last_row = smaller(range->last_row, block.last_row);
    uint32_t last_column = smaller(range->last_column, block.last_column);
    for (uint32_t row = larger(range->row, block.row); row <= last_row; row++) {
        tb_number_format *line = grid + (row - block.row) * width;
        for (uint32_t column = larger(range->column, block.column); column <= last_column; column++)
            line[column - block.column] = format;
    }
}

void tb_formats_paint(const tb_formats *formats, tb_range block, tb_number_format *grid)
{
    for (size_t i = 0; i < formats->count; i++) {
        const tb_format_group *group = &formats->groups[i];
        for (size_t j = 0; j < group->count; j++)
            paint_range(&group->ranges[j], group->format, block, grid);
    }
}
