/*
 * Reading typed values. Texts are folded first, so that full-width digits and blanks inside do not
 * matter; each type is one function in a table.
 */
#include "form/values.h"

#include <string.h>

#include "form/label.h"
#include "form/layout.h"

/* Numbers in texts: -1,234.50, with what stands behind */

typedef struct written_number {
    tb_decimal number;
    int places;  /* digits after the point, as written */
    tb_str rest; /* of the key, behind the digits */
} written_number;

#define NUMBER_SIZE_MAX 48

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static tb_str skip_currency(tb_str key)
{
    static const tb_str signs[] = {{"¥", 2}, {"￥", 3}, {"$", 1}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (tb_str_starts(key, signs[i]))
            return tb_str_slice(key, signs[i].size, key.size);
    }
    return key;
}

static bool parse_number(tb_str key, written_number *ret)
{
    char digits[NUMBER_SIZE_MAX];
    size_t size = 0, at = 0;
    key = skip_currency(key);
    if (tb_str_starts(key, TB_STR("−"))) {
        digits[size++] = '-';
        at = sizeof "−" - 1;
    } else if (at < key.size && (key.data[at] == '-' || key.data[at] == '+')) {
        if (key.data[at++] == '-')
            digits[size++] = '-';
    }
    size_t first = at;
    ret->places = 0;
    bool point = false;
    for (; at < key.size && size < sizeof digits; at++) {
        char c = key.data[at];
        if (is_digit(c)) {
            digits[size++] = c;
            ret->places += point;
        } else if (c == '.' && !point && at > first) {
            point = true;
            digits[size++] = c;
        } else if (c != ',' || point || at == first) {
            break;
        }
    }
    if (size > 0 && digits[size - 1] == '.')
        size--;
    ret->rest = tb_str_slice(key, at, key.size);
    return at > first && tb_decimal_parse((tb_str){digits, size}, &ret->number);
}

/* Units of money, and how many of the smallest one each is. */
static const struct {
    tb_str name;
    int64_t factor;
} money_units[] = {
    {{"元", 3}, 1},       {{"百元", 6}, 100},       {{"千元", 6}, 1000},
    {{"万元", 6}, 10000}, {{"亿元", 6}, 100000000},
};

static int64_t money_factor(tb_str unit)
{
    for (size_t i = 0; i < sizeof money_units / sizeof money_units[0]; i++) {
        if (tb_str_equal(unit, money_units[i].name))
            return money_units[i].factor;
    }
    return 0;
}

static bool read_amount(tb_str key, tb_item *item)
{
    written_number written;
    if (!parse_number(key, &written))
        return false;
    item->number = written.number;
    item->decimals = written.places;
    if (written.rest.size == 0)
        return true;
    int64_t from = money_factor(written.rest), to = money_factor(item->field->unit);
    if (from == 0)
        return false;
    if (to == 0 || to == from)
        return true;
    item->decimals = TB_DECIMALS_ANY;
    return tb_decimal_multiply(item->number, tb_decimal_of(from), &item->number) &&
           tb_decimal_divide(item->number, tb_decimal_of(to), &item->number);
}

/* Chinese numerals; 十 multiplies what stands before it. */
static const struct {
    tb_str sign;
    int value;
} numerals[] = {
    {{"〇", 3}, 0}, {{"○", 3}, 0},  {{"零", 3}, 0},  {{"一", 3}, 1}, {{"二", 3}, 2},
    {{"三", 3}, 3}, {{"四", 3}, 4}, {{"五", 3}, 5},  {{"六", 3}, 6}, {{"七", 3}, 7},
    {{"八", 3}, 8}, {{"九", 3}, 9}, {{"十", 3}, 10},
};

static int numeral_value(tb_str rest)
{
    for (size_t i = 0; i < sizeof numerals / sizeof numerals[0]; i++) {
        if (tb_str_starts(rest, numerals[i].sign))
            return numerals[i].value;
    }
    return -1;
}

#define COUNT_DIGITS_MAX 8

/* A whole number at the offset, in digits or in numerals (二〇二三, 十一). Returns where it ends;
 * `at` when there is none. */
static size_t read_count(tb_str key, size_t at, int64_t *ret)
{
    int64_t tens = 0, ones = 0;
    size_t begin = at;
    for (; at < key.size && is_digit(key.data[at]) && at - begin < COUNT_DIGITS_MAX; at++)
        ones = ones * 10 + (key.data[at] - '0');
    for (int i = 0, value; (at == begin || i > 0) && i < COUNT_DIGITS_MAX; i++, at += 3) {
        value = numeral_value(tb_str_slice(key, at, key.size));
        if (value < 0)
            break;
        if (value == 10)
            tens = 10 * (ones == 0 ? 1 : ones);
        ones = value == 10 ? 0 : ones * 10 + value;
    }
    *ret = tens + ones;
    return at;
}

static bool read_plain_number(tb_str key, tb_item *item)
{
    written_number written;
    int64_t count;
    item->decimals = 0;
    if (parse_number(key, &written) && written.rest.size == 0) {
        item->number = written.number;
        item->decimals = written.places;
        return true;
    }
    if (key.size == 0 || read_count(key, 0, &count) != key.size)
        return false;
    item->number = tb_decimal_of(count);
    return true;
}

static bool read_share(tb_str key, tb_item *item)
{
    written_number written;
    if (!parse_number(key, &written))
        return false;
    item->number = written.number;
    item->decimals = written.places;
    if (written.rest.size == 0)
        return true;
    item->share_settled = true;
    item->decimals += 2;
    return tb_str_equal(written.rest, TB_STR("%")) &&
           tb_decimal_multiply(item->number, (tb_decimal){1, 2}, &item->number);
}

/* Dates */

static int64_t days_of_month(int64_t year, int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Days before March 1st of the year, counted from year 0. */
static int64_t days_before_march(int64_t year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

bool tb_date_serial(int64_t year, int64_t month, int64_t day, int64_t *ret_serial)
{
    static const int before[] = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
    const int64_t epoch = days_before_march(1899) + 275 + 29; /* 1899-12-30 */
    if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_of_month(year, month))
        return false;
    int64_t march_year = month < 3 ? year - 1 : year;
    *ret_serial = days_before_march(march_year) + before[month - 1] + day - 1 - epoch;
    return true;
}

#define DATE_PARTS 3

/* The size of a separator of dates there, or 0; forms are printed with a line to write on. */
static size_t date_separator(tb_str rest)
{
    static const tb_str separators[] = {{"年", 3}, {"月", 3}, {"日", 3}, {"号", 3},
                                        {"-", 1},  {"/", 1},  {".", 1},  {"_", 1}};
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        if (tb_str_starts(rest, separators[i]))
            return separators[i].size;
    }
    return 0;
}

/* The numbers of a date: 2023年11月15日, 2023-11-15, 2023/11/15, 2023.11.15, 20231115,
 * 二〇二三年十一月十五日. */
static size_t date_parts(tb_str key, int64_t parts[DATE_PARTS], bool *ret_clean)
{
    size_t count = 0, at = 0;
    *ret_clean = true;
    while (at < key.size) {
        int64_t number;
        size_t end = read_count(key, at, &number);
        if (end > at && count < DATE_PARTS)
            parts[count++] = number;
        else if (end > at)
            *ret_clean = false;
        size_t separator = date_separator(tb_str_slice(key, end, key.size));
        if (end == at && separator == 0) {
            *ret_clean = false;
            separator = 1;
        }
        at = end + separator;
    }
    if (count == 1 && parts[0] > 9999999) {
        parts[2] = parts[0] % 100;
        parts[1] = parts[0] / 100 % 100;
        parts[0] /= 10000;
        return DATE_PARTS;
    }
    return count;
}

static bool read_date(tb_str key, tb_item *item)
{
    int64_t parts[DATE_PARTS], serial;
    bool clean;
    size_t count = date_parts(key, parts, &clean);
    if (count == 0 && clean) {
        item->state = TB_ITEM_BLANK; /* only 年 月 日, as printed on the form */
        return true;
    }
    if (!clean || count != DATE_PARTS || !tb_date_serial(parts[0], parts[1], parts[2], &serial))
        return false;
    item->number = tb_decimal_of(serial);
    item->decimals = 0;
    return true;
}

/* The end of the year that a period begins with, and of the sign behind it (2024-, 2024年至); 0
 * where it is no period. */
static size_t skip_period_begin(tb_str key)
{
    static const tb_str signs[] = {{"-", 1}, {"–", 3}, {"—", 3}, {"~", 1}, {"至", 3}, {"到", 3}};
    int64_t year;
    size_t at = read_count(key, 0, &year);
    if (at == 0)
        return 0;
    if (tb_str_starts(tb_str_slice(key, at, key.size), TB_STR("年")))
        at += 3;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (tb_str_starts(tb_str_slice(key, at, key.size), signs[i]))
            return at + signs[i].size;
    }
    return 0;
}

/* A year, with anything behind 年 (2023年度, 2026年12月31日, 2023年金额); of a period the last one.
 */
static bool read_year(tb_str key, tb_item *item)
{
    int64_t year;
    while (tb_str_starts(key, TB_STR("_")))
        key = tb_str_slice(key, 1, key.size);
    if (key.size == 0 || tb_str_equal(key, TB_STR("年"))) {
        item->state = TB_ITEM_BLANK; /* the line to write on, as printed on the form */
        return true;
    }
    key = tb_str_slice(key, skip_period_begin(key), key.size);
    tb_str tail = tb_str_slice(key, read_count(key, 0, &year), key.size);
    if (year < 1900 || year > 9999 || (tail.size > 0 && !tb_str_starts(tail, TB_STR("年"))))
        return false;
    item->number = tb_decimal_of(year);
    item->decimals = 0;
    return true;
}

/* Phones */

#define PHONE_DIGITS_MIN 10
#define PHONE_DIGITS_MAX 48

static bool is_mobile(const char *digits, size_t size)
{
    return size == 11 && digits[0] == '1' && digits[1] >= '3';
}

/* Area code (0 and two or three digits) and a number of seven or eight. */
static bool is_landline(const char *digits, size_t size)
{
    if (size < 10 || size > 12 || digits[0] != '0' || digits[1] == '0')
        return false;
    bool three = digits[1] == '1' || digits[1] == '2';
    size_t area = three ? 3 : 4, local = size - area;
    return (local == 7 || local == 8) && digits[area] >= '2';
}

static bool is_phone(const char *digits, size_t size)
{
    if (size > 11 && digits[0] == '8' && digits[1] == '6') {
        digits += 2;
        size -= 2;
    }
    return is_mobile(digits, size) || is_landline(digits, size);
}

/* Numbers written one behind the other are told apart by their lengths. */
static bool are_phones(const char *digits, size_t size)
{
    if (is_phone(digits, size))
        return true;
    for (size_t first = PHONE_DIGITS_MIN; first + PHONE_DIGITS_MIN <= size; first++) {
        if (is_phone(digits, first) && are_phones(digits + first, size - first))
            return true;
    }
    return false;
}

/* The size of the sign there that ends one number, or 0. */
static size_t phone_separator(tb_str rest)
{
    static const tb_str signs[] = {{"/", 1}, {",", 1}, {";", 1}, {"、", 3}, {"或", 3}, {"和", 3}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (tb_str_starts(rest, signs[i]))
            return signs[i].size;
    }
    return 0;
}

static bool begins_extension(tb_str rest, const char *digits, size_t size)
{
    return tb_str_starts(rest, TB_STR("转")) || tb_str_starts(rest, TB_STR("分机")) ||
           (rest.data[0] == '-' && is_landline(digits, size));
}

/* One number or several; behind an extension nothing more is read. */
static bool read_phone(tb_str key, tb_item *item)
{
    (void)item;
    char digits[PHONE_DIGITS_MAX];
    size_t size = 0;
    for (size_t at = 0; at < key.size; at++) {
        tb_str rest = tb_str_slice(key, at, key.size);
        size_t separator = phone_separator(rest);
        if (separator > 0 && !are_phones(digits, size))
            return false;
        if (separator > 0) {
            size = 0;
            at += separator - 1;
        } else if (begins_extension(rest, digits, size)) {
            break;
        } else if (is_digit(rest.data[0]) && size < sizeof digits) {
            digits[size++] = rest.data[0];
        } else if (strchr("-()+", rest.data[0]) == NULL) {
            return false;
        }
    }
    return are_phones(digits, size);
}

static bool read_code(tb_str key, tb_item *item)
{
    item->code = tb_code_index_find(item->field->list->index, key, &item->code_is_alias);
    return item->code != NULL;
}

static bool (*const readers[])(tb_str key, tb_item *item) = {
    [TB_FIELD_AMOUNT] = read_amount, [TB_FIELD_NUMBER] = read_plain_number,
    [TB_FIELD_SHARE] = read_share,   [TB_FIELD_DATE] = read_date,
    [TB_FIELD_YEAR] = read_year,     [TB_FIELD_PHONE] = read_phone,
    [TB_FIELD_CODE] = read_code,
};

static bool read_indicator(tb_arena *arena, tb_item *item)
{
    tb_indicator *indicator = tb_arena_alloc(arena, sizeof *indicator);
    if (indicator == NULL || !tb_indicator_parse(arena, item->text, indicator))
        return false;
    item->indicator = indicator;
    return true;
}

bool tb_value_read_text(tb_arena *arena, tb_str text, tb_item *item)
{
    item->decimals = TB_DECIMALS_ANY;
    item->text = tb_str_trim(text);
    item->state = item->text.size == 0 ? TB_ITEM_BLANK : TB_ITEM_VALID;
    if (item->state == TB_ITEM_BLANK || item->field->type == TB_FIELD_TEXT)
        return true;
    if (item->field->type == TB_FIELD_INDICATOR)
        return read_indicator(arena, item);
    tb_folded folded;
    tb_fold(item->text, &folded);
    if (!folded.whole || !readers[item->field->type]((tb_str){folded.key, folded.size}, item))
        item->state = TB_ITEM_INVALID;
    return true;
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

static void date_from_serial(int64_t serial, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t first;
    *year = 1900 + serial / 366;
    while (tb_date_serial(*year + 1, 1, 1, &first) && first <= serial)
        *year += 1;
    *month = 1;
    while (*month < 12 && tb_date_serial(*year, *month + 1, 1, &first) && first <= serial)
        *month += 1;
    tb_date_serial(*year, *month, 1, &first);
    *day = serial - first + 1;
}

/* A date cell as ISO writes it. */
static bool date_text(tb_arena *arena, const tb_cell *cell, tb_str *ret)
{
    int64_t serial, year, month, day;
    tb_decimal whole;
    if (!tb_decimal_round(cell->number, 0, TB_ROUND_FLOOR, &whole) ||
        !tb_decimal_to_int(whole, &serial) || serial < 2 || serial > 2958465)
        return number_text(arena, cell, ret);
    date_from_serial(serial, &year, &month, &day);
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

static bool read_number_cell(tb_arena *arena, const tb_cell *cell, tb_item *item)
{
    if (!number_text(arena, cell, &item->text))
        return false;
    if (!is_quantity(item->field->type))
        return tb_value_read_text(arena, item->text, item);
    item->state = TB_ITEM_VALID;
    item->number = cell->number;
    item->decimals = shown_decimals(cell);
    item->share_settled = cell->format.class_ == TB_FORMAT_PERCENT;
    return true;
}

static bool read_date_cell(tb_arena *arena, const tb_cell *cell, tb_item *item)
{
    if (!date_text(arena, cell, &item->text) || !tb_value_read_text(arena, item->text, item))
        return false;
    return true;
}

bool tb_value_read_cell(tb_arena *arena, const tb_cell *cell, tb_item *item)
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
        return read_number_cell(arena, cell, item);
    case TB_CELL_DATE:
        return read_date_cell(arena, cell, item);
    case TB_CELL_TEXT:
        if (!tb_value_read_text(arena, cell->text, item))
            return false;
        item->number_as_text = item->state == TB_ITEM_VALID && is_quantity(item->field->type);
        return true;
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

bool tb_value_is_filler(tb_str text)
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
