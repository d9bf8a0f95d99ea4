/*
 * Writing values.
 */
#include "rule/display.h"

/* Digits before the point in groups of three: 1234567.89 → 1,234,567.89. */
static void append_grouped(tb_buffer *out, tb_str digits)
{
    size_t at = digits.size > 0 && digits.data[0] == '-' ? 1 : 0;
    ptrdiff_t point = tb_str_find(digits, TB_STR("."));
    size_t whole = point < 0 ? digits.size : (size_t)point;
    tb_buffer_text(out, tb_str_slice(digits, 0, at));
    for (; at < whole; at++) {
        tb_buffer_char(out, digits.data[at]);
        if (at + 1 < whole && (whole - at - 1) % 3 == 0)
            tb_buffer_char(out, ',');
    }
    tb_buffer_text(out, tb_str_slice(digits, whole, digits.size));
}

/* Exact, with at least `places` digits after the point where that fits. */
static tb_decimal pad(tb_decimal number, int places)
{
    number = tb_decimal_normalize(number);
    tb_decimal zero = {0, places > 0 ? places : 0}, padded;
    return number.scale < zero.scale && tb_decimal_add(number, zero, &padded) ? padded : number;
}

/* As a sheet shows it: rounded where the places are known. */
static void append_share(tb_buffer *out, tb_decimal ratio, int places)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    tb_decimal percent;
    if (places >= 0)
        tb_decimal_round(ratio, places + 2, TB_ROUND_HALF_UP, &ratio);
    if (!tb_decimal_multiply(ratio, tb_decimal_of(100), &percent))
        percent = ratio;
    tb_buffer_text(out, tb_decimal_format(pad(percent, places), text));
    tb_buffer_char(out, '%');
}

void tb_display_plain_number(tb_buffer *out, tb_decimal number)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    tb_buffer_text(out, tb_decimal_format(tb_decimal_normalize(number), text));
}

void tb_display_amount(tb_buffer *out, tb_decimal amount, int places)
{
    char text[TB_DECIMAL_TEXT_SIZE];
    append_grouped(out, tb_decimal_format(pad(amount, places), text));
}

void tb_display_number(tb_buffer *out, tb_decimal number, const tb_item *like)
{
    tb_field_type type = like != NULL ? like->field->type : TB_FIELD_NUMBER;
    if (type == TB_FIELD_SHARE)
        append_share(out, number, like->decimals - 2);
    else if (type == TB_FIELD_AMOUNT)
        tb_display_amount(out, number, like->decimals);
    else
        tb_display_plain_number(out, number);
}

void tb_display_value(tb_buffer *out, const tb_value *value, const tb_item *like)
{
    if (value->type == TB_VALUE_NUMBER)
        tb_display_number(out, value->as.number, like);
    else
        tb_display_plain(out, value);
}

void tb_display_plain(tb_buffer *out, const tb_value *value)
{
    if (value->type == TB_VALUE_NUMBER)
        tb_display_plain_number(out, value->as.number);
    else if (value->type == TB_VALUE_TEXT)
        tb_buffer_text(out, value->as.text);
    else if (value->type == TB_VALUE_BOOLEAN)
        tb_buffer_cstr(out, value->as.boolean ? "TRUE" : "FALSE");
}

void tb_display_item(tb_buffer *out, const tb_item *item)
{
    bool grouped = item->state == TB_ITEM_VALID &&
                   (item->field->type == TB_FIELD_AMOUNT || item->field->type == TB_FIELD_SHARE);
    if (grouped)
        tb_display_number(out, item->number, item);
    else
        tb_buffer_text(out, item->text);
}
