/*
 * Showing cells. Thousands separators and currency signs of a number format are not known to the
 * workbook and left out; the places are as shown.
 */
#include "report/html_cell.h"

#include <stdio.h>

#include "rule/calendar.h"

static void append_number(tb_buffer *out, tb_decimal number, int places)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    tb_decimal zero = {0, places}, padded;
    number = tb_decimal_normalize(number);
    if (places >= 0 && places <= TB_DECIMAL_MAX_SCALE) {
        tb_decimal_round(number, places, TB_ROUND_HALF_UP, &number);
        if (number.scale < places && tb_decimal_add(number, zero, &padded))
            number = padded;
    }
    tb_buffer_text(out, tb_decimal_format(number, text));
}

static void append_percent(tb_buffer *out, const tb_cell *cell)
{
    tb_decimal percent;
    if (!tb_decimal_multiply(cell->number, tb_decimal_of(100), &percent)) {
        append_number(out, cell->number, TB_DECIMALS_ANY);
        return;
    }
    append_number(out, percent, cell->format.decimals);
    tb_buffer_char(out, '%');
}

static void append_date(tb_buffer *out, const tb_cell *cell)
{
    char text[32];
    int year = 0, month = 0, day = 0;
    int64_t serial = 0;
    tb_decimal whole;
    if (!tb_decimal_round(cell->number, 0, TB_ROUND_FLOOR, &whole) ||
        !tb_decimal_to_int(whole, &serial) || !tb_calendar_date(serial, &year, &month, &day)) {
        append_number(out, cell->number, TB_DECIMALS_ANY);
        return;
    }
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    tb_buffer_cstr(out, text);
}

void tb_html_show_cell(tb_buffer *out, const tb_cell *cell)
{
    switch (cell->type) {
    case TB_CELL_EMPTY:
        return;
    case TB_CELL_TEXT:
    case TB_CELL_ERROR:
        tb_buffer_text(out, cell->text);
        return;
    case TB_CELL_BOOLEAN:
        tb_buffer_cstr(out, tb_decimal_sign(cell->number) != 0 ? "TRUE" : "FALSE");
        return;
    case TB_CELL_DATE:
        append_date(out, cell);
        return;
    case TB_CELL_NUMBER:
        break;
    }
    if (cell->format.class_ == TB_FORMAT_PERCENT)
        append_percent(out, cell);
    else if (cell->format.class_ == TB_FORMAT_NUMBER || cell->format.class_ == TB_FORMAT_CURRENCY)
        append_number(out, cell->number, cell->format.decimals);
    else
        append_number(out, cell->number, TB_DECIMALS_ANY);
}

bool tb_html_cell_is_right(const tb_cell *cell)
{
    return cell->type == TB_CELL_NUMBER || cell->type == TB_CELL_DATE;
}
