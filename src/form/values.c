/*
 * Reading typed values from texts and cells. A text's key is read, so that full-width digits and
 * blanks inside do not matter; each type is one function in a table.
 */
#include "form/values.h"

#include "form/layout.h"
#include "form/value_readers.h"

static bool read_code(tb_str key, tb_item *item)
{
    item->code = tb_code_index_find(item->field->list->index, key, &item->code_is_alias);
    return item->code != NULL;
}

static bool (*const readers[])(tb_str key, tb_item *item) = {
    [TB_FIELD_AMOUNT] = tb_value_read_amount,
    [TB_FIELD_NUMBER] = tb_value_read_plain_number,
    [TB_FIELD_SHARE] = tb_value_read_share,
    [TB_FIELD_DATE] = tb_value_read_date,
    [TB_FIELD_YEAR] = tb_value_read_year,
    [TB_FIELD_PHONE] = tb_value_read_phone,
    [TB_FIELD_CODE] = read_code,
};

static bool read_indicator(tb_arena *arena, tb_item *item)
{
    tb_indicator *indicator = tb_arena_room(arena, sizeof *indicator);
    if (indicator == NULL || !tb_indicator_parse(arena, item->text, indicator))
        return false;
    item->indicator = indicator;
    return true;
}

#define KEY_SIZE_MAX 384 /* of a text that may be a value */

/* Reads the item's text, which is neither empty nor has blanks at its ends. */
static bool read_content(tb_arena *arena, tb_item *item)
{
    item->decimals = TB_DECIMALS_ANY;
    item->state = TB_ITEM_VALID;
    if (item->field->type == TB_FIELD_TEXT)
        return true;
    if (item->field->type == TB_FIELD_INDICATOR)
        return read_indicator(arena, item);
    tb_str key = tb_text_key(arena, item->text);
    if (key.data == NULL)
        return false;
    if (key.size > KEY_SIZE_MAX || !readers[item->field->type](key, item))
        item->state = TB_ITEM_INVALID;
    return true;
}

/* Reads a content's text; what is made of it lives in the dictionary. */
static bool read_known(tb_dictionary *dictionary, tb_content *content)
{
    tb_item item = {.field = content->field, .text = content->text->text};
    content->is_read = read_content(tb_dictionary_arena(dictionary), &item);
    content->state = item.state;
    content->number = item.number;
    content->decimals = item.decimals;
    content->code = item.code;
    content->code_is_alias = item.code_is_alias;
    content->indicator = item.indicator;
    return content->is_read;
}

/* The value of a content that the dictionary has; false: it has none. */
static bool recall(tb_dictionary *dictionary, tb_known_text *known, tb_item *item)
{
    tb_content *content = known == NULL || !tb_field_may_recur(item->field)
                              ? NULL
                              : tb_dictionary_content(dictionary, known, item->field);
    if (content == NULL || (!content->is_read && !read_known(dictionary, content)))
        return false;
    item->state = content->state;
    item->number = content->number;
    item->decimals = content->decimals;
    item->code = content->code;
    item->code_is_alias = content->code_is_alias;
    item->indicator = content->indicator;
    item->content = content;
    return true;
}

static tb_known_text *look_up(const tb_value_reader *reader, const tb_item *item)
{
    if (reader->dictionary == NULL || !tb_field_may_recur(item->field))
        return NULL;
    return tb_dictionary_look_up(reader->dictionary, item->text,
                                 (uintptr_t)item->field / sizeof *item->field);
}

/* False: the text is blank. */
static bool begin_text(tb_str text, tb_item *item)
{
    item->decimals = TB_DECIMALS_ANY;
    item->text = tb_str_trim(text);
    item->state = TB_ITEM_BLANK;
    return item->text.size > 0;
}

bool tb_value_read_text(const tb_value_reader *reader, tb_str text, tb_item *item)
{
    return !begin_text(text, item) || recall(reader->dictionary, look_up(reader, item), item) ||
           read_content(reader->arena, item);
}

/* Cells */

static bool is_quantity(tb_field_type type)
{
    return type == TB_FIELD_AMOUNT || type == TB_FIELD_NUMBER || type == TB_FIELD_SHARE;
}

/* A number as the text that stands for it: its digits, of a percentage with the sign. */
static bool number_text(tb_arena *arena, const tb_cell *cell, tb_str *ret)
{
    char digits[TB_DECIMAL_TEXT_SIZE + 1];
    tb_decimal number = cell->number;
    bool percent = cell->format.class_ == TB_FORMAT_PERCENT;
    if (percent && !tb_decimal_multiply(number, tb_decimal_of(100), &number))
        percent = false;
    tb_str text = tb_decimal_format(tb_decimal_normalize(number), digits);
    if (percent)
        digits[text.size++] = '%';
    *ret = tb_arena_dup(arena, (tb_str){digits, text.size});
    return ret->data != NULL;
}

/* A date cell as ISO writes it. */
static bool date_text(tb_arena *arena, const tb_cell *cell, tb_str *ret)
{
    int64_t serial, year, month, day;
    tb_decimal whole;
    if (!tb_decimal_round(cell->number, 0, TB_ROUND_FLOOR, &whole) ||
        !tb_decimal_to_int(whole, &serial) || serial < 2 || serial > 2958465)
        return number_text(arena, cell, ret);
    tb_date_from_serial(serial, &year, &month, &day);
    char text[] = "0000-00-00";
    for (int i = 3; i >= 0; i--, year /= 10)
        text[i] = (char)('0' + year % 10);
    text[5] = (char)('0' + month / 10);
    text[6] = (char)('0' + month % 10);
    text[8] = (char)('0' + day / 10);
    text[9] = (char)('0' + day % 10);
    *ret = tb_arena_dup(arena, (tb_str){text, sizeof text - 1});
    return ret->data != NULL;
}

/* The places that a numeric cell shows; a percentage's are those of the ratio. */
static int shown_decimals(const tb_cell *cell)
{
    tb_format_class class_ = cell->format.class_;
    if (cell->format.decimals == TB_DECIMALS_ANY || class_ == TB_FORMAT_GENERAL)
        return tb_decimal_places(cell->number);
    return cell->format.decimals + (class_ == TB_FORMAT_PERCENT ? 2 : 0);
}

static bool read_number_cell(const tb_value_reader *reader, const tb_cell *cell, tb_item *item)
{
    if (!number_text(reader->arena, cell, &item->text))
        return false;
    if (!is_quantity(item->field->type))
        return tb_value_read_text(reader, item->text, item);
    item->state = TB_ITEM_VALID;
    item->number = cell->number;
    item->decimals = shown_decimals(cell);
    item->share_settled = cell->format.class_ == TB_FORMAT_PERCENT;
    return true;
}

static bool read_date_cell(const tb_value_reader *reader, const tb_cell *cell, tb_item *item)
{
    return date_text(reader->arena, cell, &item->text) &&
           tb_value_read_text(reader, item->text, item);
}

/* Of a text that is known nothing is looked at. */
static bool read_text_cell(const tb_value_reader *reader, const tb_cell *cell, tb_known_text *known,
                           tb_item *item)
{
    item->text = cell->text;
    if ((known != NULL || begin_text(cell->text, item)) &&
        !recall(reader->dictionary, known, item) && !read_content(reader->arena, item))
        return false;
    item->number_as_text = item->state == TB_ITEM_VALID && is_quantity(item->field->type);
    return true;
}

bool tb_value_read_cell(const tb_value_reader *reader, const tb_cell *cell, tb_known_text *known,
                        tb_item *item)
{
    item->cell = cell;
    item->decimals = TB_DECIMALS_ANY;
    item->state = TB_ITEM_BLANK;
    if (cell == NULL)
        return true;
    switch (cell->type) {
    case TB_CELL_EMPTY:
        return true;
    case TB_CELL_NUMBER:
        return read_number_cell(reader, cell, item);
    case TB_CELL_DATE:
        return read_date_cell(reader, cell, item);
    case TB_CELL_TEXT:
        return read_text_cell(reader, cell, known, item);
    case TB_CELL_BOOLEAN:
        item->text = tb_decimal_sign(cell->number) != 0 ? TB_STR("TRUE") : TB_STR("FALSE");
        break;
    case TB_CELL_ERROR:
        item->text = cell->text;
        break;
    }
    item->state = TB_ITEM_INVALID;
    return true;
}

bool tb_value_is_phone(tb_arena *arena, tb_str text)
{
    static const tb_field phone = {.type = TB_FIELD_PHONE};
    tb_item item = {.field = &phone};
    tb_value_reader reader = {.arena = arena};
    return tb_value_read_text(&reader, text, &item) && item.state == TB_ITEM_VALID;
}

/* Columns */

static bool is_plain_share(const tb_item *item)
{
    return item->field->type == TB_FIELD_SHARE && item->state == TB_ITEM_VALID &&
           !item->share_settled;
}

void tb_value_settle_shares(tb_item *const *items, size_t count)
{
    size_t above = 0, below = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_plain_share(items[i]) || tb_decimal_sign(items[i]->number) == 0)
            continue;
        bool large =
            tb_decimal_compare(tb_decimal_absolute(items[i]->number), tb_decimal_of(1)) > 0;
        above += large;
        below += !large;
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_plain_share(items[i]))
            continue;
        items[i]->share_settled = true;
        if (above == 0 || above < below)
            continue;
        if (tb_decimal_multiply(items[i]->number, (tb_decimal){1, 2}, &items[i]->number) &&
            items[i]->decimals != TB_DECIMALS_ANY)
            items[i]->decimals += 2;
    }
}

void tb_value_settle_decimals(tb_item *const *items, size_t count)
{
    int finest = TB_DECIMALS_ANY;
    for (size_t i = 0; i < count; i++) {
        if (items[i]->state == TB_ITEM_VALID && items[i]->decimals > finest)
            finest = items[i]->decimals;
    }
    for (size_t i = 0; i < count; i++) {
        if (is_quantity(items[i]->field->type))
            items[i]->decimals = finest;
    }
}

bool tb_value__is_filler(tb_str text)
{
    bool any = false;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = tb_text_next(text, &at);
        if (c != '.' && c != 0x2026 && c != 0x22EF && c != 0x3002 && c != 0x00B7 && c > ' ' &&
            c != 0x3000 && c != 0x00A0)
            return false;
        any = any || (c > ' ' && c != 0x3000 && c != 0x00A0);
    }
    return any;
}
